use protocol::Base64Bytes;
use signature::PrivateKey;

use super::*;
use crate::ground::time::ClockSetting;
use crate::people::cards::CardKind;
use crate::people::login::Admitted;
use crate::people::sessions;
use crate::testing::{CLERK, SIGNER_A, World};

/// Serial number of the clerk's card.
const CSN: &str = "4B61";

/// A world whose certificates (400 days) have 30 days left.
fn late() -> World {
    let world = World::new("kh");
    world
        .bank
        .set_clock(ClockSetting::starting(world.bank.clock.now() + TimeDelta::days(370), false))
        .unwrap();
    for (user, csn) in [(CLERK, CSN), (SIGNER_A, "4B62")] {
        hand_out(&world, user, csn);
    }
    world
}

/// Notes that the user's certificates are in the card of that serial number.
fn hand_out(world: &World, user: &str, csn: &str) {
    let certificates = [true, false].map(|login| fingerprint(world.certificate(user, login)));
    world.read(|db| {
        cards::put(db, csn, &user.parse().unwrap(), CardKind::Piv, false, world.bank.clock.now())?;
        cards::add_certificates(db, csn, &certificates)
    });
}

fn session(world: &World, user: &str) -> OpenSession {
    let now = world.bank.clock.now();
    let certificate = world.certificate(user, true).clone();
    let admitted = Admitted { user: user.parse().unwrap(), previous_login: None, certificate };
    world
        .bank
        .write(|db| -> Result<_, Refusal> {
            let token = sessions::open(db, &admitted, TimeDelta::hours(8), now)?;
            sessions::use_token(db, &token.0, now)
        })
        .unwrap_or_else(|_| panic!("a session"))
}

fn asking(user: &str, key: &PrivateKey) -> Vec<u8> {
    let pending = signature::prepare_request("Somebody", user, &key.public_key_der().unwrap()).unwrap();
    let raw = key.sign_digest(&pending.digest()).unwrap();
    pending.finish(&raw).unwrap()
}

fn document(world: &World, user: &str) -> RenewalDocument {
    RenewalDocument {
        id: world.uuid(),
        user: user.parse().unwrap(),
        csn: CSN.to_owned(),
        time: world.bank.clock.now(),
        old_signing: world.certificate(user, false).fingerprint(),
        login_request: asking(user, &PrivateKey::generate_p256()),
        signing_request: asking(user, &PrivateKey::generate_p256()),
    }
}

fn signed(world: &World, signer: &str, document: &RenewalDocument) -> RenewalRequest {
    let bytes = document.to_bytes();
    RenewalRequest { signature: world.sign(signer, false, &bytes), document: bytes.into() }
}

fn ask(world: &World, session: &OpenSession, request: &RenewalRequest) -> Result<RenewalAnswer, ProblemCode> {
    let now = world.bank.clock.now();
    let trust = world.bank.trust().unwrap();
    let asked = Asked::of(request, &trust, now).map_err(|problem| problem.code)?;
    world
        .bank
        .write(|db| {
            let context = Context {
                identity: &world.bank.identity,
                window_days: world.bank.rules.profile.token.renewal_days,
                now,
            };
            renew(db, &context, session, &asked)
        })
        .map_err(code)
}

fn finish(world: &World, user: &str, id: Uuid) -> Result<(), ProblemCode> {
    let now = world.bank.clock.now();
    world.bank.write(|db| done(db, &user.parse().unwrap(), id, now)).map_err(code)
}

fn code(refusal: Refusal) -> ProblemCode {
    match refusal {
        Refusal::Problem(problem) => problem.code,
        Refusal::Failure(error) => panic!("{error}"),
    }
}

fn is_revoked(world: &World, certificate: &Certificate) -> bool {
    let trust = world.bank.trust().unwrap();
    let digest = Sha256::digest(b"x").into();
    let purpose = if certificate.may_authenticate() { Purpose::Login } else { Purpose::Document };
    let user = certificate.user_id().unwrap();
    let cms = world.sign(&user, certificate.may_authenticate(), b"x");
    let at = world.bank.clock.now().min(certificate.not_after());
    signature::verify(cms.as_slice(), digest, &trust, purpose, at) == Err(SignatureError::Revoked)
}

#[test]
fn new_certificates_are_issued_once_and_the_old_ones_end_when_the_token_has_them() {
    let world = late();
    let session = session(&world, CLERK);
    let document = document(&world, CLERK);
    let answer = ask(&world, &session, &signed(&world, CLERK, &document)).unwrap();
    let again = ask(&world, &session, &signed(&world, CLERK, &document)).unwrap();
    assert_eq!(answer, again, "a lost answer comes again");

    let login = Certificate::from_der(answer.login.as_slice()).unwrap();
    let signing = Certificate::from_der(answer.signing.as_slice()).unwrap();
    assert!(login.may_authenticate() && signing.may_sign_documents());
    assert_eq!(login.user_id().as_deref(), Some(CLERK));
    assert_eq!(
        login.subject_common_name().as_deref(),
        Some("Szabó Réka"),
        "the bank's name, not the request's"
    );
    let key = |request: &[u8]| CertificateRequest::from_der(request).unwrap().public_key_der().unwrap();
    assert_eq!(login.public_key_der().unwrap(), key(&document.login_request));
    assert_eq!(signing.public_key_der().unwrap(), key(&document.signing_request));
    let days = (signing.not_after() - world.bank.clock.now()).num_days();
    assert!((4 * 365..=4 * 365 + 1).contains(&days), "{days}");

    let (old_login, old_signing) = (world.certificate(CLERK, true), world.certificate(CLERK, false));
    assert!(!is_revoked(&world, old_login) && !is_revoked(&world, old_signing));
    assert_eq!(finish(&world, SIGNER_A, document.id), Err(ProblemCode::RenewalUnknown));
    assert_eq!(finish(&world, CLERK, world.uuid()), Err(ProblemCode::RenewalUnknown));
    finish(&world, CLERK, document.id).unwrap();
    finish(&world, CLERK, document.id).unwrap();
    assert!(is_revoked(&world, old_login) && is_revoked(&world, old_signing));
    assert_eq!(ask(&world, &session, &signed(&world, CLERK, &document)).unwrap(), answer);
}

#[test]
fn old_certificates_end_after_the_grace_even_if_nobody_says_done() {
    let world = late();
    ask(&world, &session(&world, CLERK), &signed(&world, CLERK, &document(&world, CLERK))).unwrap();
    let old = world.certificate(CLERK, false);
    let issued = world.bank.clock.now();
    world.bank.set_clock(ClockSetting::starting(issued + GRACE - TimeDelta::seconds(1), false)).unwrap();
    assert!(!is_revoked(&world, old));
    world.bank.set_clock(ClockSetting::starting(issued + GRACE, false)).unwrap();
    assert!(is_revoked(&world, old));
}

#[test]
fn each_wrong_request_has_its_own_word() {
    let world = late();
    let session = session(&world, CLERK);
    let refused = |change: &dyn Fn(&mut RenewalDocument)| {
        let mut document = document(&world, CLERK);
        change(&mut document);
        ask(&world, &session, &signed(&world, CLERK, &document)).unwrap_err()
    };
    assert_eq!(refused(&|d| d.old_signing[0] ^= 1), ProblemCode::RenewalSigner);
    assert_eq!(refused(&|d| d.user = SIGNER_A.parse().unwrap()), ProblemCode::RenewalSigner);
    assert_eq!(refused(&|d| d.login_request[20] ^= 1), ProblemCode::RenewalKeyInvalid);
    let others = asking(SIGNER_A, &PrivateKey::generate_p256());
    assert_eq!(refused(&|d| d.signing_request.clone_from(&others)), ProblemCode::RenewalKeyInvalid);
    assert_eq!(refused(&|d| d.signing_request.clone_from(&d.login_request)), ProblemCode::RenewalKeyReused);
    for login in [true, false] {
        let old = asking(CLERK, world.key(CLERK, login));
        assert_eq!(refused(&|d| d.login_request.clone_from(&old)), ProblemCode::RenewalKeyReused);
    }

    let foreign = document(&world, CLERK);
    let by_another = signed(&world, SIGNER_A, &foreign);
    assert_eq!(ask(&world, &session, &by_another), Err(ProblemCode::RenewalSigner));
    let bytes = foreign.to_bytes();
    let by_login_key = RenewalRequest { signature: world.sign(CLERK, true, &bytes), document: bytes.into() };
    assert_eq!(ask(&world, &session, &by_login_key), Err(ProblemCode::RenewalSignatureInvalid));
    let mut changed = signed(&world, CLERK, &foreign);
    changed.document = document(&world, CLERK).to_bytes().into();
    assert_eq!(ask(&world, &session, &changed), Err(ProblemCode::RenewalSignatureInvalid));
    changed.document = Base64Bytes(b"renew me".to_vec());
    assert_eq!(ask(&world, &session, &changed), Err(ProblemCode::RenewalDocumentInvalid));
}

#[test]
fn one_id_is_one_document() {
    let world = late();
    let (session, other) = (session(&world, CLERK), session(&world, SIGNER_A));
    let first = document(&world, CLERK);
    ask(&world, &session, &signed(&world, CLERK, &first)).unwrap();
    let same_id = RenewalDocument { id: first.id, ..document(&world, CLERK) };
    let conflict = Err(ProblemCode::RenewalIdConflict);
    assert_eq!(ask(&world, &session, &signed(&world, CLERK, &same_id)), conflict);
    assert_eq!(ask(&world, &other, &signed(&world, CLERK, &first)), conflict, "replayed by somebody else");
}

#[test]
fn renewal_is_open_only_in_its_time() {
    let world = World::new("kh");
    hand_out(&world, CLERK, CSN);
    let early = ask(&world, &session(&world, CLERK), &signed(&world, CLERK, &document(&world, CLERK)));
    assert_eq!(early, Err(ProblemCode::RenewalTooEarly));
    let end = world.certificate(CLERK, false).not_after();
    world.bank.set_clock(ClockSetting::starting(end + TimeDelta::seconds(1), false)).unwrap();
    let late = ask(&world, &session(&world, CLERK), &signed(&world, CLERK, &document(&world, CLERK)));
    assert_eq!(late, Err(ProblemCode::RenewalCertificate));
}

#[test]
fn a_second_try_replaces_a_renewal_that_was_never_done() {
    let world = late();
    let session = session(&world, CLERK);
    let (first, second) = (document(&world, CLERK), document(&world, CLERK));
    let lost = ask(&world, &session, &signed(&world, CLERK, &first)).unwrap();
    ask(&world, &session, &signed(&world, CLERK, &second)).unwrap();
    assert_eq!(ask(&world, &session, &signed(&world, CLERK, &first)), Err(ProblemCode::RenewalIdConflict));
    assert_eq!(finish(&world, CLERK, first.id), Err(ProblemCode::RenewalUnknown));
    let lost = Certificate::from_der(lost.signing.as_slice()).unwrap();
    let revoked: i64 = world.read(|db| {
        let sha256 = fingerprint(&lost);
        Ok(db.query_row("SELECT COUNT(*) FROM revoked_certificate WHERE sha256 = ?1", [sha256], |r| {
            r.get(0)
        })?)
    });
    assert_eq!(revoked, 1, "certificates that are in no token are good for nothing");
    finish(&world, CLERK, second.id).unwrap();
}

/// Whether the bank takes a certificate today.
fn is_taken(world: &World, certificate: &Certificate) -> bool {
    world.bank.trust().unwrap().check(certificate, &[], world.bank.clock.now()).is_ok()
}

#[test]
fn renewed_certificates_belong_to_the_device_of_the_session_and_end_with_it() {
    let world = late();
    let session = session(&world, CLERK);
    let document = document(&world, CLERK);
    let answer = ask(&world, &session, &signed(&world, CLERK, &document)).unwrap();
    finish(&world, CLERK, document.id).unwrap();
    let renewed = [answer.login, answer.signing].map(|der| Certificate::from_der(der.as_slice()).unwrap());
    for certificate in &renewed {
        let holder = world.read(|db| cards::of_certificate(db, &fingerprint(certificate))).unwrap();
        assert_eq!((holder.csn.as_str(), holder.user.as_str()), (CSN, CLERK));
        assert!(is_taken(&world, certificate));
    }
    assert!(world.read(|db| cards::withdraw(db, CSN)));
    assert!(!renewed.iter().any(|certificate| is_taken(&world, certificate)));
}

#[test]
fn serial_numbers_that_are_not_the_sessions_device_are_refused() {
    let world = late();
    let session = session(&world, CLERK);
    let refused = |csn: &str| {
        let document = RenewalDocument { csn: csn.to_owned(), ..document(&world, CLERK) };
        ask(&world, &session, &signed(&world, CLERK, &document))
    };
    for csn in ["DEADBEEF", "4B62", "4B6100"] {
        assert_eq!(refused(csn), Err(ProblemCode::RenewalDeviceUnknown), "{csn}");
    }
    // A key file is told by its own login certificate, and not by another one.
    let [own, other] =
        [CLERK, SIGNER_A].map(|user| fingerprint(world.certificate(user, true))[..16].to_uppercase());
    assert_eq!(refused(&other), Err(ProblemCode::RenewalDeviceUnknown));
    refused(&own).unwrap();
    let held: String = world.read(|db| Ok(db.query_row("SELECT csn FROM renewal", [], |row| row.get(0))?));
    assert_eq!(held, CSN, "whatever the document calls it, the device is the bank's");
}

#[test]
fn certificates_of_no_device_are_not_renewed() {
    let world = late();
    let session = session(&world, CLERK);
    // The login key of one device with the signing key of another.
    let signing = fingerprint(world.certificate(CLERK, false));
    world.read(|db| {
        cards::put(db, "4B63", &CLERK.parse().unwrap(), CardKind::Gids, false, world.bank.clock.now())?;
        cards::add_certificates(db, "4B63", std::slice::from_ref(&signing))
    });
    let ask = || ask(&world, &session, &signed(&world, CLERK, &document(&world, CLERK)));
    assert_eq!(ask(), Err(ProblemCode::RenewalDeviceUnknown));
    world.read(|db| Ok(db.execute("DELETE FROM card_certificate", [])?));
    assert_eq!(ask(), Err(ProblemCode::RenewalDeviceUnknown));
}

#[test]
fn the_session_that_renewed_goes_on_and_ends_with_its_device() {
    let world = late();
    let now = world.bank.clock.now();
    let certificate = world.certificate(CLERK, true).clone();
    let admitted = Admitted { user: CLERK.parse().unwrap(), previous_login: None, certificate };
    let token = world.read(|db| sessions::open(db, &admitted, TimeDelta::hours(8), now));
    let session = || world.bank.write(|db| sessions::use_token(db, &token.0, now)).map_err(code);
    let document = document(&world, CLERK);
    let answer = ask(&world, &session().unwrap(), &signed(&world, CLERK, &document)).unwrap();
    finish(&world, CLERK, document.id).unwrap();
    assert_eq!(session().unwrap().login_certificate, answer.login.as_slice());
    let renewed = revocation::sha256(answer.login.as_slice());
    world.read(|db| revocation::revoke(db, &renewed));
    assert_eq!(session().unwrap_err(), ProblemCode::SessionExpired);
}
