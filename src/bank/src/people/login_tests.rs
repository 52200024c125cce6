use chrono::TimeDelta;
use domain::UserId;
use protocol::{LoginDevice, LoginRequest, LoginStatement, Problem, ProblemCode};

use super::error_points;
use super::{Admitted, check, prove};
use crate::ground::error::{BankError, Refusal};
use crate::ground::time::ClockSetting;
use crate::people::error_points::POINTS;
use crate::people::sessions;
use crate::testing::{CLERK, SIGNER_A, World};

fn statement(world: &World, user: &str) -> LoginStatement {
    let now = world.bank.clock.now();
    let challenge = world.bank.challenges.give(&user.parse().unwrap(), now).challenge;
    LoginStatement {
        origin: world.bank.origin(),
        server_certificate: world.bank.identity.server_certificate.fingerprint(),
        challenge: challenge.as_slice().try_into().unwrap(),
        time: now,
        client: "kapocs 0.1.0".to_owned(),
        device: LoginDevice::Software,
    }
}

fn signed(world: &World, user: &str, statement: &LoginStatement) -> LoginRequest {
    let bytes = statement.to_bytes();
    LoginRequest { signature: world.sign(user, true, &bytes), statement: bytes.into() }
}

fn log_in(world: &World, request: &LoginRequest) -> Result<UserId, Box<Problem>> {
    let now = world.bank.clock.now();
    let proven = prove(request, &world.bank.trust().unwrap(), now)?;
    world
        .bank
        .write(|db| -> Result<_, BankError> {
            world.bank.as_server(|server| check(db, &world.bank.challenges, server, proven, now))
        })
        .unwrap()
        .map(|admitted| admitted.user)
}

fn refused(world: &World, change: impl FnOnce(&mut LoginStatement)) -> ProblemCode {
    let mut statement = statement(world, CLERK);
    change(&mut statement);
    log_in(world, &signed(world, CLERK, &statement)).unwrap_err().code
}

#[test]
fn a_signed_statement_logs_in_once() {
    let world = World::new("kh");
    let request = signed(&world, CLERK, &statement(&world, CLERK));
    assert_eq!(log_in(&world, &request).unwrap().as_str(), CLERK);
    assert_eq!(log_in(&world, &request).unwrap_err().code, ProblemCode::LoginChallengeReplayed);
}

#[test]
fn each_wrong_statement_has_its_own_word() {
    let world = World::new("kh");
    let server = refused(&world, |s| s.server_certificate[0] ^= 1);
    assert_eq!(server, ProblemCode::LoginWrongServer);
    let origin = refused(&world, |s| s.origin = "https://evil.example".to_owned());
    assert_eq!(origin, ProblemCode::LoginWrongServer);
    let unknown = refused(&world, |s| s.challenge[0] ^= 1);
    assert_eq!(unknown, ProblemCode::LoginChallengeUnknown);
    let skew = refused(&world, |s| s.time += TimeDelta::minutes(6));
    assert_eq!(skew, ProblemCode::LoginClockSkew);
    let old = refused(&world, |s| s.client = "kapocs 0.0.9".to_owned());
    assert_eq!(old, ProblemCode::ClientOutdated);
    let mut late = statement(&world, CLERK);
    world.bank.set_clock(ClockSetting::starting(late.time + TimeDelta::seconds(61), false)).unwrap();
    late.time = world.bank.clock.now();
    let late = log_in(&world, &signed(&world, CLERK, &late)).unwrap_err().code;
    assert_eq!(late, ProblemCode::LoginChallengeExpired);
}

#[test]
fn each_wrong_key_has_its_own_word() {
    let world = World::new("kh");
    let statement_of = || statement(&world, CLERK);
    let bytes = statement_of().to_bytes();
    let signing = LoginRequest { signature: world.sign(CLERK, false, &bytes), statement: bytes.into() };
    let code = |request: &LoginRequest| log_in(&world, request).unwrap_err().code;
    assert_eq!(code(&signing), ProblemCode::LoginNotAnAuthenticationKey);
    let stolen = signed(&world, SIGNER_A, &statement_of());
    assert_eq!(code(&stolen), ProblemCode::LoginChallengeUnknown, "the challenge is another user's");
    let mut changed = signed(&world, CLERK, &statement_of());
    changed.statement = statement_of().to_bytes().into();
    assert_eq!(code(&changed), ProblemCode::LoginSignatureInvalid);
    let other_bank = signed(&World::new("kh"), CLERK, &statement_of());
    assert_eq!(code(&other_bank), ProblemCode::LoginCertificateUntrusted);
    changed.statement = b"let me in".to_vec().into();
    assert_eq!(code(&changed), ProblemCode::LoginStatementInvalid);

    let sha256 = hex::encode(world.certificate(CLERK, true).fingerprint());
    world.read(|db| Ok(db.execute("INSERT INTO revoked_certificate VALUES (?1)", [sha256])?));
    assert_eq!(code(&signed(&world, CLERK, &statement_of())), ProblemCode::LoginCertificateRevoked);
    let later = world.bank.clock.now() + TimeDelta::days(500);
    world.bank.set_clock(ClockSetting::starting(later, false)).unwrap();
    assert_eq!(
        code(&signed(&world, SIGNER_A, &statement(&world, SIGNER_A))),
        ProblemCode::LoginCertificateExpired
    );
}

#[test]
fn a_certificate_that_ends_while_its_login_is_verified_opens_nothing() {
    let world = World::new("kh");
    let (request, now) = (signed(&world, CLERK, &statement(&world, CLERK)), world.bank.clock.now());
    let proven = prove(&request, &world.bank.trust().unwrap(), now).unwrap();
    let sha256 = hex::encode(world.certificate(CLERK, true).fingerprint());
    world.read(|db| Ok(db.execute("INSERT INTO revoked_certificate VALUES (?1)", [sha256])?));
    let challenges = &world.bank.challenges;
    let judged = world.read(|db| world.bank.as_server(|server| check(db, challenges, server, proven, now)));
    assert_eq!(judged.unwrap_err().code, ProblemCode::LoginCertificateRevoked);
}

#[test]
fn error_points_lock_the_user_until_the_bank_unlocks() {
    let world = World::new("kh");
    let wrong = |s: &mut LoginStatement| s.origin = "https://evil.example".to_owned();
    for _ in 0..POINTS - 1 {
        assert_eq!(refused(&world, wrong), ProblemCode::LoginWrongServer);
    }
    // A good login forgives.
    log_in(&world, &signed(&world, CLERK, &statement(&world, CLERK))).unwrap();
    for _ in 0..POINTS {
        assert_eq!(refused(&world, wrong), ProblemCode::LoginWrongServer);
    }
    assert_eq!(refused(&world, |_| ()), ProblemCode::LoginUserLocked);
    world.read(|db| error_points::set_locked(db, CLERK, false));
    log_in(&world, &signed(&world, CLERK, &statement(&world, CLERK))).unwrap();
}

#[test]
fn a_session_ends_when_idle_when_old_and_when_closed() {
    let world = World::new("kh");
    let user: UserId = CLERK.parse().unwrap();
    let start = world.bank.clock.now();
    let admitted = || Admitted {
        user: user.clone(),
        previous_login: None,
        certificate: world.certificate(CLERK, true).clone(),
    };
    let life = world.bank.session_life();
    assert_eq!(life, TimeDelta::minutes(480), "as the profile says");
    let open = || world.read(|db| sessions::open(db, &admitted(), life, start)).0;
    let used = |token: &str, after: TimeDelta| {
        world.bank.write(|db| sessions::use_token(db, token, start + after)).map_err(|e| match e {
            Refusal::Problem(problem) => problem.code,
            Refusal::Failure(error) => panic!("{error}"),
        })
    };
    let token = open();
    assert_eq!(used(&token, TimeDelta::minutes(9)).unwrap().user, user);
    assert!(used(&token, TimeDelta::minutes(18)).is_ok(), "kept awake");
    assert_eq!(used(&token, TimeDelta::minutes(28)).unwrap_err(), ProblemCode::SessionExpired);

    let busy = open();
    for minutes in (5..480).step_by(5) {
        assert!(used(&busy, TimeDelta::minutes(minutes)).is_ok());
    }
    assert_eq!(used(&busy, TimeDelta::minutes(480)).unwrap_err(), ProblemCode::SessionExpired);

    let closed = open();
    world.read(|db| sessions::close(db, &closed));
    assert_eq!(used(&closed, TimeDelta::zero()).unwrap_err(), ProblemCode::SessionExpired);
    assert_eq!(used("nonsense", TimeDelta::zero()).unwrap_err(), ProblemCode::SessionExpired);
    let stored: Vec<u8> =
        world.read(|db| Ok(db.query_row("SELECT token_sha256 FROM session LIMIT 1", [], |r| r.get(0))?));
    assert!(
        !busy.as_bytes().windows(8).any(|part| stored.windows(8).any(|s| s == part)),
        "only hashes are kept"
    );
}

#[test]
fn a_bank_that_forbids_software_tokens_takes_cards_only() {
    let world = World::new("kh");
    assert!(world.bank.info().profile.token.software_allowed);
    world.bank.allow_software(false).unwrap();
    assert!(!world.bank.info().profile.token.software_allowed, "clients learn it before they try");
    assert_eq!(refused(&world, |_| ()), ProblemCode::SoftwareTokenForbidden);
    // No error point: the fifth wrong try of a key file locks nobody out.
    for _ in 0..POINTS {
        assert_eq!(refused(&world, |_| ()), ProblemCode::SoftwareTokenForbidden);
    }
    let card = LoginStatement { device: LoginDevice::Card, ..statement(&world, CLERK) };
    assert_eq!(log_in(&world, &signed(&world, CLERK, &card)).unwrap().as_str(), CLERK);
    // The word "card" written over a signed "software" is no signature any more.
    let mut forged = signed(&world, CLERK, &statement(&world, CLERK));
    let text = String::from_utf8(forged.statement.0).unwrap().replace("token: software", "token: card");
    forged.statement = text.into_bytes().into();
    assert_eq!(log_in(&world, &forged).unwrap_err().code, ProblemCode::LoginSignatureInvalid);
    world.bank.allow_software(true).unwrap();
    assert!(log_in(&world, &signed(&world, CLERK, &statement(&world, CLERK))).is_ok());
}

#[test]
fn revoking_a_certificate_ends_its_sessions_and_no_others() {
    let world = World::new("kh");
    let now = world.bank.clock.now();
    let open = |user: &str| {
        let certificate = world.certificate(user, true).clone();
        let admitted = Admitted { user: user.parse().unwrap(), previous_login: None, certificate };
        world.read(|db| sessions::open(db, &admitted, TimeDelta::hours(8), now))
    };
    let (clerk, signer) = (open(CLERK), open(SIGNER_A));
    let is_open = |token: &protocol::SessionToken| {
        world.bank.write(|db| sessions::use_token(db, &token.0, now)).is_ok()
    };
    assert!(is_open(&clerk) && is_open(&signer));
    let sha256 = hex::encode(world.certificate(CLERK, true).fingerprint());
    world.read(|db| crate::people::revocation::revoke(db, &sha256));
    assert!(!is_open(&clerk) && is_open(&signer));
}
