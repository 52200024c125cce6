//! Tokens behind PKCS#11 modules that nobody here wrote: opensc-pkcs11 over the virtual card in a real pcscd, and
//! SoftHSM.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use chrono::{Duration as Days, Utc};
use harness::card::holder::{Holder, PIN};
use harness::card::{Moment, VirtualCard};
use harness::pcscd::{Pcscd, isolated};
use harness::softhsm::{MODULE, SoftHsm, opensc_module};
use sha2::{Digest, Sha256};
use signature::issue::UserCertificate;
use signature::{Certificate, PrivateKey, Purpose, prepare, verify};
use token::{
    KeyPurpose, Pin, PinChange, PinState, Pkcs11Token, SignRequest, Token, TokenConfig, TokenError,
    TokenInfo, TokenKind, TokenProfile, TokenService, TokenStatus, UnblockKind,
};

const WRONG: &str = "000000";
const NEW_PIN: &str = "314159";

/// A service, a card in its reader and the product's token on it, by way of OpenSC.
struct Desk {
    holder: Holder,
    card: VirtualCard,
    token: Pkcs11Token,
    service: Pcscd,
}

impl Desk {
    fn new(holder: Holder) -> Self {
        let service = Pcscd::start().unwrap();
        let mut card = holder.card().unwrap();
        card.insert(service.slot()).unwrap();
        let token = Pkcs11Token::new(opensc_module().unwrap(), None);
        let mut desk = Self { holder, card, token, service };
        desk.await_card();
        desk
    }

    fn await_card(&mut self) -> TokenInfo {
        eventually(|| match self.token.info() {
            Ok(info) => Some(info),
            Err(TokenError::NoCard | TokenError::NoReader | TokenError::Removed) => None,
            Err(error) => panic!("{error}"),
        })
    }

    /// Commands to the card that carried a PIN.
    fn pins_sent(&self) -> usize {
        self.card.log().iter().filter(|line| line.starts_with("00200080") && line.contains('…')).count()
    }
}

fn eventually<T>(mut probe: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = probe() {
            return found;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "did not happen within 20 s");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn request(key: KeyPurpose, pin: &str) -> SignRequest {
    let digests = vec![Sha256::digest(b"content").into()];
    SignRequest { key, pin: Pin::new(pin), digests, expected: None, last_try_confirmed: false }
}

fn change(token: &mut dyn Token, old: Option<&str>, new: &str) -> Result<(), TokenError> {
    let csn = token.info().unwrap().csn;
    let (old, new) = (old.map(Pin::new), Pin::new(new));
    token.change_pin(&PinChange { old, new, csn, last_try_confirmed: false })
}

/// Both keys sign three files each, which verify down to the holder's authority.
fn assert_both_keys_sign(token: &mut dyn Token, holder: &Holder) {
    let content = Sha256::digest(b"package").into();
    for (key, certificate, purpose) in [
        (KeyPurpose::Login, &holder.login.1, Purpose::Login),
        (KeyPurpose::Signing, &holder.signing.1, Purpose::Document),
    ] {
        let pending = [1, 2, 3].map(|_| prepare(certificate, content, Utc::now()).unwrap());
        let digests = pending.iter().map(|pending| pending.digest()).collect();
        let expected = Some(certificate.fingerprint());
        let signatures = token.sign(&SignRequest { digests, expected, ..request(key, PIN) }).unwrap();
        assert_eq!(signatures.len(), 3);
        for (pending, signature) in pending.into_iter().zip(signatures) {
            let file = pending.finish(&signature, &[]).unwrap();
            let verified = verify(&file, content, &holder.trust(), purpose, Utc::now()).unwrap();
            assert_eq!(&verified.signer, certificate);
        }
    }
}

#[test]
fn opensc_tells_the_cards_certificates_without_a_pin() {
    isolated("opensc_tells_the_cards_certificates_without_a_pin", || {
        let mut desk = Desk::new(Holder::p256().unwrap());
        let info = desk.token.info().unwrap();
        assert_eq!(info.reader, desk.service.reader());
        assert_eq!(info.login.as_ref(), Some(&desk.holder.login.1));
        assert_eq!(info.signing.as_ref(), Some(&desk.holder.signing.1));
        assert_eq!((info.kind, info.profile), (TokenKind::Card, TokenProfile::Pkcs11));
        assert_eq!((info.tries_left, info.tries_max), (None, None));
        assert_eq!((info.pin_state, info.pin_form.max), (PinState::InUse, 8));
        assert_eq!((info.unblock, info.renewable), (UnblockKind::Unsupported, false));
        assert!(!info.csn.is_empty() && info.csn == info.csn.to_uppercase(), "{}", info.csn);
        assert_eq!(desk.pins_sent(), 0);
    });
}

#[test]
fn both_keys_of_either_kind_sign_through_opensc() {
    isolated("both_keys_of_either_kind_sign_through_opensc", || {
        for holder in [Holder::rsa().unwrap(), Holder::p256().unwrap()] {
            let mut desk = Desk::new(holder);
            assert_both_keys_sign(&mut desk.token, &desk.holder);
        }
    });
}

#[test]
fn a_wrong_pin_costs_one_try_the_last_needs_a_word_and_the_fifth_blocks() {
    isolated("a_wrong_pin_costs_one_try_the_last_needs_a_word_and_the_fifth_blocks", || {
        let mut desk = Desk::new(Holder::p256().unwrap());
        let wrong = request(KeyPurpose::Signing, WRONG);
        for left in [4, 3, 2] {
            assert_eq!(desk.token.sign(&wrong), Err(TokenError::PinWrongUncounted));
            assert_eq!(desk.card.tries_left(), left);
        }
        assert_eq!(desk.token.sign(&wrong), Err(TokenError::PinWrong { left: 1 }));
        let sent = desk.pins_sent();
        assert_eq!(desk.token.info().unwrap().tries_left, Some(1));
        assert_eq!(desk.token.sign(&request(KeyPurpose::Signing, PIN)), Err(TokenError::LastTry));
        assert_eq!((desk.card.tries_left(), desk.pins_sent()), (1, sent));
        let confirmed = |pin| SignRequest { last_try_confirmed: true, ..request(KeyPurpose::Login, pin) };
        assert_eq!(desk.token.sign(&confirmed(WRONG)), Err(TokenError::PinBlocked));
        assert_eq!(desk.token.info().unwrap().tries_left, Some(0));
        assert_eq!(desk.token.sign(&confirmed(PIN)), Err(TokenError::PinBlocked));
        assert_eq!(desk.pins_sent(), sent + 1);
    });
}

#[test]
fn a_pin_of_wrong_form_or_for_another_token_is_never_sent() {
    isolated("a_pin_of_wrong_form_or_for_another_token_is_never_sent", || {
        let mut desk = Desk::new(Holder::p256().unwrap());
        for pin in ["", "1", "123456789"] {
            let request = request(KeyPurpose::Login, pin);
            assert_eq!(desk.token.sign(&request), Err(TokenError::PinFormat), "{pin}");
        }
        let bound = SignRequest { expected: Some([7; 32]), ..request(KeyPurpose::Login, WRONG) };
        assert_eq!(desk.token.sign(&bound), Err(TokenError::AnotherCard));
        let change = PinChange {
            old: Some(Pin::new(PIN)),
            new: Pin::new(NEW_PIN),
            csn: "FFFF".to_owned(),
            last_try_confirmed: false,
        };
        assert_eq!(desk.token.change_pin(&change), Err(TokenError::AnotherCard));
        assert_eq!((desk.card.tries_left(), desk.pins_sent()), (5, 0));
    });
}

#[test]
fn the_pin_is_changed_through_opensc() {
    isolated("the_pin_is_changed_through_opensc", || {
        let mut desk = Desk::new(Holder::p256().unwrap());
        assert_eq!(change(&mut desk.token, Some(WRONG), NEW_PIN), Err(TokenError::PinWrongUncounted));
        assert_eq!(desk.card.tries_left(), 4);
        assert_eq!(change(&mut desk.token, Some(PIN), "123456789"), Err(TokenError::PinFormat));
        assert_eq!(desk.card.tries_left(), 4);
        assert_eq!(change(&mut desk.token, Some(PIN), NEW_PIN), Ok(()));
        let old = desk.token.sign(&request(KeyPurpose::Login, PIN));
        assert_eq!(old, Err(TokenError::PinWrongUncounted));
        desk.token.sign(&request(KeyPurpose::Signing, NEW_PIN)).unwrap();
        assert_eq!(desk.card.tries_left(), 5);
    });
}

#[test]
fn a_card_pulled_while_it_works_says_so_and_serves_again_when_back() {
    isolated("a_card_pulled_while_it_works_says_so_and_serves_again_when_back", || {
        let mut desk = Desk::new(Holder::p256().unwrap());
        for (instruction, moment, told, left) in [
            (0x20, Moment::Executed, TokenError::PinOutcomeUnknown, 4),
            (0x87, Moment::Executed, TokenError::Removed, 5),
        ] {
            let pin = if instruction == 0x20 { WRONG } else { PIN };
            desk.card.pull_when(move |step| {
                step.instruction == instruction && step.has_data && step.moment == moment
            });
            assert_eq!(desk.token.sign(&request(KeyPurpose::Signing, pin)), Err(told));
            assert_eq!(desk.card.tries_left(), left);
            assert_eq!(eventually(|| desk.token.info().err()), TokenError::NoCard);
            desk.card.pull_when(|_| false);
            desk.card.insert(desk.service.slot()).unwrap();
            desk.await_card();
            desk.token.sign(&request(KeyPurpose::Login, PIN)).unwrap();
        }
    });
}

#[test]
fn the_service_notices_a_card_that_comes_and_goes_and_outlives_the_card_service() {
    isolated("the_service_notices_a_card_that_comes_and_goes_and_outlives_the_card_service", || {
        harness::story::run(async {
            let mut service = Pcscd::start().unwrap();
            let holder = Holder::p256().unwrap();
            let mut card = holder.card().unwrap();
            let module = opensc_module().unwrap();
            let token = TokenService::start(TokenConfig::Pkcs11 { module, token: None });
            let mut status = token.status();
            let mut until = async |wanted: fn(&TokenStatus) -> bool| {
                let wait = tokio::time::timeout(Duration::from_secs(20), status.wait_for(wanted));
                let came = wait.await.is_ok_and(|status| status.is_ok());
                assert!(came, "it stays {:?}", *status.borrow());
            };
            until(|status| matches!(status, TokenStatus::NoCard)).await;
            card.insert(service.slot()).unwrap();
            until(|status| matches!(status, TokenStatus::Present(_))).await;
            token.sign(request(KeyPurpose::Signing, PIN)).await.unwrap();
            card.remove();
            until(|status| matches!(status, TokenStatus::NoCard)).await;
            service.stop();
            until(|status| matches!(status, TokenStatus::NoReader)).await;
            service.run().unwrap();
            card.insert(service.slot()).unwrap();
            until(|status| matches!(status, TokenStatus::Present(_))).await;
            assert_eq!(
                token.sign(request(KeyPurpose::Login, WRONG)).await,
                Err(TokenError::PinWrongUncounted)
            );
            assert_eq!(card.tries_left(), 4);
            token.sign(request(KeyPurpose::Login, PIN)).await.unwrap();
        });
    });
}

/// A SoftHSM token with a holder's keys.
fn softhsm(label: &str, holder: &Holder) -> SoftHsm {
    let token = SoftHsm::new(label, Some(PIN)).unwrap();
    token.import("01", &holder.login.0, &holder.login.1).unwrap();
    token.import("02", &holder.signing.0, &holder.signing.1).unwrap();
    token
}

fn on_softhsm(token: Option<&str>) -> Pkcs11Token {
    Pkcs11Token::new(MODULE, token.map(str::to_owned))
}

#[test]
fn both_keys_of_either_kind_sign_through_softhsm_and_tokens_are_told_apart() {
    isolated("both_keys_of_either_kind_sign_through_softhsm_and_tokens_are_told_apart", || {
        let (rsa, p256) = (Holder::rsa().unwrap(), Holder::p256().unwrap());
        drop(SoftHsm::new("üres", Some(PIN)).unwrap());
        let _kept = [softhsm("rsa", &rsa), softhsm("p256", &p256)];
        let mut serials = Vec::new();
        for (label, holder) in [("rsa", &rsa), ("p256", &p256)] {
            let mut token = on_softhsm(Some(label));
            let info = token.info().unwrap();
            assert_eq!(info.signing.as_ref(), Some(&holder.signing.1));
            assert_both_keys_sign(&mut token, holder);
            let mut by_serial = on_softhsm(Some(&info.csn));
            assert_eq!(by_serial.info().as_ref(), Ok(&info));
            serials.push(info.csn);
        }
        assert_ne!(serials[0], serials[1]);
        // Without a name, tokens without certificates are passed over, and the session's own one signs.
        assert!(serials.contains(&on_softhsm(None).info().unwrap().csn));
        for holder in [&rsa, &p256] {
            assert_both_keys_sign(&mut on_softhsm(None), holder);
        }
        let empty = on_softhsm(Some("üres")).info().unwrap();
        assert_eq!((empty.login, empty.signing), (None, None));
        let refusal = on_softhsm(Some("üres")).sign(&request(KeyPurpose::Login, PIN));
        assert_eq!(refusal, Err(TokenError::KeyMissing(KeyPurpose::Login)));
        assert_eq!(on_softhsm(Some("nincs")).info(), Err(TokenError::NoCard));
    });
}

#[test]
fn every_job_needs_the_right_pin_and_ends_logged_out() {
    isolated("every_job_needs_the_right_pin_and_ends_logged_out", || {
        let holder = Holder::p256().unwrap();
        let _kept = softhsm("token", &holder);
        let mut token = on_softhsm(None);
        for _ in 0..2 {
            token.sign(&request(KeyPurpose::Signing, PIN)).unwrap();
            let wrong = token.sign(&request(KeyPurpose::Signing, WRONG));
            assert_eq!(wrong, Err(TokenError::PinWrongUncounted));
        }
        assert_eq!(change(&mut token, Some(WRONG), NEW_PIN), Err(TokenError::PinWrongUncounted));
        assert_eq!(change(&mut token, Some(PIN), NEW_PIN), Ok(()));
        assert_eq!(token.sign(&request(KeyPurpose::Login, PIN)), Err(TokenError::PinWrongUncounted));
        token.sign(&request(KeyPurpose::Login, NEW_PIN)).unwrap();
    });
}

#[test]
fn a_token_without_a_pin_asks_for_one() {
    isolated("a_token_without_a_pin_asks_for_one", || {
        drop(SoftHsm::new("friss", None).unwrap());
        let mut token = on_softhsm(Some("friss"));
        assert_eq!(token.info().unwrap().pin_state, PinState::Unset);
        assert_eq!(change(&mut token, None, NEW_PIN), Err(TokenError::Unsupported));
        assert_eq!(on_softhsm(None).info(), Err(TokenError::ForeignCard));
    });
}

#[test]
fn of_an_old_and_a_renewed_certificate_the_new_one_signs() {
    isolated("of_an_old_and_a_renewed_certificate_the_new_one_signs", || {
        let holder = Holder::p256().unwrap();
        let kept = softhsm("token", &holder);
        let key = PrivateKey::generate_p256();
        let now = Utc::now();
        let spki = key.public_key_der().unwrap();
        let end = now + Days::days(8 * 365);
        let authority = &holder.authority;
        let renewed: Certificate = authority
            .issue_user("Teszt Elek", "10000001", UserCertificate::Signing, &spki, now, end)
            .unwrap();
        kept.import("03", &key, &renewed).unwrap();
        let mut token = on_softhsm(None);
        assert_eq!(token.info().unwrap().signing.as_ref(), Some(&renewed));
        let request = request(KeyPurpose::Signing, PIN);
        let signatures = token.sign(&request).unwrap();
        assert!(renewed.verifies(&request.digests[0], &signatures[0]));
        let expected = Some(holder.signing.1.fingerprint());
        assert_eq!(token.sign(&SignRequest { expected, ..request }), Err(TokenError::AnotherCard));
    });
}

#[test]
fn a_module_is_shared_while_anybody_uses_it_and_serves_anew_afterwards() {
    isolated("a_module_is_shared_while_anybody_uses_it_and_serves_anew_afterwards", || {
        let holder = Holder::p256().unwrap();
        let _kept = softhsm("token", &holder);
        let (mut first, mut second) = (on_softhsm(None), on_softhsm(Some("token")));
        assert_eq!(first.info(), second.info());
        drop(first);
        second.sign(&request(KeyPurpose::Login, PIN)).unwrap();
        drop(second);
        let threads = [(); 4].map(|()| {
            std::thread::spawn(|| {
                for _ in 0..5 {
                    on_softhsm(None).sign(&request(KeyPurpose::Signing, PIN)).unwrap();
                }
            })
        });
        for thread in threads {
            thread.join().unwrap();
        }
    });
}

#[test]
fn a_module_that_cannot_be_loaded_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("module.so");
    std::fs::write(&text, "no library").unwrap();
    // A library, but of another kind.
    let other = std::fs::read_dir("/usr/lib/pcsc/drivers/serial").unwrap().next().unwrap().unwrap().path();
    for path in [PathBuf::from("softhsm/libsofthsm2.so"), folder.path().join("nothing.so"), text, other] {
        let Err(TokenError::Module(told)) = Pkcs11Token::new(&path, None).info() else {
            panic!("{} was loaded", path.display())
        };
        assert!(told.contains(path.to_str().unwrap()), "{told}");
    }
}
