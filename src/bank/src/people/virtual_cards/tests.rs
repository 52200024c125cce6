use domain::UserId;

use super::activation::CODE_LIFE;
use super::*;
use crate::ground::slow_hash::SlowHash;
use crate::people::error_points::POINTS;
use crate::testing::{CLERK, World};
use chrono::TimeDelta;

fn clerk() -> UserId {
    CLERK.parse().unwrap()
}

/// A new code of the user, as it is read out.
fn new_code(world: &World, user: &str) -> String {
    let code = NewCode::make().unwrap();
    world.read(|db| code.give(db, &user.parse().unwrap(), world.bank.clock.now()));
    code.spoken
}

fn attempt(world: &World, code: &str) -> std::result::Result<(), CodeProblem> {
    let code = normalize(code)?;
    world.read(|db| kept(db, CLERK)).judge(&code, world.bank.clock.now()).unwrap()
}

#[test]
fn a_code_is_for_one_user_one_registration_and_one_day() {
    let world = World::new("kh");
    let now = world.bank.clock.now();
    let code = new_code(&world, CLERK);
    assert_eq!(code.len(), 14);
    assert_eq!(attempt(&world, &code.to_lowercase().replace('-', " ")), Ok(()));
    let code_of_clerk = world.read(|db| kept(db, CLERK));
    assert_eq!(
        code_of_clerk.judge(&normalize(&code).unwrap(), now + CODE_LIFE).unwrap(),
        Err(CodeProblem::Expired)
    );
    let other = world.read(|db| kept(db, crate::testing::SIGNER_A));
    assert_eq!(other.judge(&normalize(&code).unwrap(), now).unwrap(), Err(CodeProblem::Wrong));
    assert!(world.read(|db| use_up(db, CLERK, &code_of_clerk)));
    assert!(!world.read(|db| use_up(db, CLERK, &code_of_clerk)), "once");
    assert_eq!(attempt(&world, &code), Err(CodeProblem::Used));
}

#[test]
fn a_new_code_makes_the_old_one_void_and_a_slip_costs_nothing() {
    let world = World::new("kh");
    let code = || new_code(&world, CLERK);
    let (old, new) = (code(), code());
    assert_eq!(attempt(&world, &old), Err(CodeProblem::Wrong));
    let mut slip: Vec<char> = new.chars().collect();
    slip[0] = if slip[0] == 'A' { 'B' } else { 'A' };
    let slip: String = slip.into_iter().collect();
    for _ in 0..20 {
        assert_eq!(attempt(&world, &slip), Err(CodeProblem::Mistyped));
    }
    for nonsense in ["", "AAAA", "0000-0000-0000", &"A".repeat(100), "ÁÁÁÁÁÁÁÁÁÁÁÁ"] {
        assert_eq!(normalize(nonsense), Err(CodeProblem::Mistyped), "{nonsense}");
    }
    assert_eq!(attempt(&world, &new), Ok(()));
}

#[test]
fn wrong_codes_take_the_right_one_from_nobody() {
    let world = World::new("kh");
    let code = new_code(&world, CLERK);
    // A colleague's code has the right form, too.
    let wrong = new_code(&world, crate::testing::SIGNER_A);
    for _ in 0..20 {
        assert_eq!(attempt(&world, &wrong), Err(CodeProblem::Wrong));
    }
    assert_eq!(attempt(&world, &code), Ok(()));
    let stranger = "99999999".parse().unwrap();
    let (code, now) = (NewCode::make().unwrap(), world.bank.clock.now());
    assert!(world.bank.write(|db| code.give(db, &stranger, now)).is_err());
}

fn card(world: &World, id: &str) -> VirtualCard {
    let now = world.bank.clock.now();
    let authority = &world.bank.identity.authority;
    let certificate = |kind| {
        let key = signature::PrivateKey::generate_p256().public_key_der().unwrap();
        authority.issue_user("Teszt", CLERK, kind, &key, now, now + TimeDelta::days(9)).unwrap()
    };
    VirtualCard {
        id: id.to_owned(),
        user: clerk(),
        label: "Irodai gép".to_owned(),
        login: certificate(signature::issue::UserCertificate::Login),
        signing: certificate(signature::issue::UserCertificate::Signing),
        state: CardState::Active,
        registered: now,
        last_login: None,
    }
}

#[test]
fn certificates_of_a_suspended_card_are_not_trusted() {
    let world = World::new("kh");
    let card = card(&world, "one");
    let code = SlowHash::of("258036").unwrap();
    world.read(|db| add(db, &card, &code));
    let trusted = || {
        let (trust, now) = (world.bank.trust().unwrap(), world.bank.clock.now());
        [&card.login, &card.signing].map(|c| trust.check(c, &[], now).is_ok())
    };
    assert_eq!(trusted(), [true, true]);
    assert_eq!(world.read(|db| of_user(db, &clerk())), std::slice::from_ref(&card));
    assert!(world.read(|db| has_key(db, [&card.login, &card.login])));
    assert!(world.read(|db| set_state(db, "one", CardState::Suspended)));
    assert_eq!(trusted(), [false, false]);
    assert!(world.read(|db| set_state(db, "one", CardState::Active)));
    assert_eq!(trusted(), [true, true]);
    assert!(world.read(|db| set_state(db, "one", CardState::Withdrawn)));
    assert!(!world.read(|db| set_state(db, "one", CardState::Active)), "for ever");
    assert_eq!(trusted(), [false, false]);
    assert!(!world.read(|db| set_state(db, "two", CardState::Active)));
}

#[test]
fn guesses_are_counted_before_they_are_compared() {
    let world = World::new("kh");
    let card = card(&world, "one");
    world.read(|db| add(db, &card, &SlowHash::of("258036")?));
    let begin = || world.read(|db| begin_guess(db, &clerk(), "one"));
    let locked = || world.read(|db| crate::people::users::find(db, CLERK)).unwrap().locked;
    assert!(matches!(begin(), Guess::Against(hash) if hash.is_of("258036").unwrap()));
    world.read(|db| settle_guess(db, &clerk(), true));
    // Six at the same moment: five are compared, the sixth is not, and the user is not locked before one is wrong.
    for _ in 0..POINTS {
        assert!(matches!(begin(), Guess::Against(_)));
    }
    assert!(matches!(begin(), Guess::Locked));
    assert!(!locked());
    world.read(|db| settle_guess(db, &clerk(), false));
    assert!(locked());
    assert!(matches!(begin(), Guess::Locked));
    world.read(|db| crate::people::error_points::set_locked(db, CLERK, false));
    assert!(matches!(begin(), Guess::Against(_)), "unlocked by the bank, the points are forgiven");
}

#[test]
fn personal_codes_follow_the_rules_of_pins() {
    for (code, good) in [
        ("258036", true),
        ("2580369147", true),
        ("25803", false),
        ("2580369147258", false),
        ("111111", false),
        ("123456", false),
        ("25803a", false),
        ("100000", false),
    ] {
        assert_eq!(is_good_code(code, CLERK), good, "{code}");
    }
}
