//! Everything that we do with a card, against a card that answers anything: for fuzzing and tests.

use zeroize::Zeroizing;

use crate::apdu::Transport;
use crate::gids::GidsProfile;
use crate::piv::PivProfile;
use crate::profile::CardProfile;
use crate::transaction::carries_secret;
use crate::{Authorisation, KeyPurpose, Pin, PinChange, Result, SignRequest, UnblockAnswer, card, renewal};

/// A card that answers from a function and counts the secrets that it was told.
struct Stranger<F> {
    answer: F,
    secrets: Vec<Vec<u8>>,
}

impl<F: FnMut(&[u8]) -> Vec<u8>> Transport for Stranger<F> {
    fn transmit(&mut self, apdu: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        if carries_secret(apdu) {
            self.secrets.push(apdu.to_vec());
        }
        Ok(Zeroizing::new((self.answer)(apdu)))
    }
}

/// Does with each kind of card whatever can be done; `answers` makes a card for each attempt.
///
/// # Panics
/// When a secret goes out more often than it may.
pub fn with_answers<F: FnMut(&[u8]) -> Vec<u8>>(mut answers: impl FnMut() -> F) {
    let pin = Pin::new("123456");
    let by = Authorisation { pin: pin.clone(), csn: String::new(), last_try_confirmed: true };
    let change = PinChange {
        old: Some(pin.clone()),
        new: Pin::new("802146"),
        csn: String::new(),
        last_try_confirmed: true,
    };
    let puks = UnblockAnswer::PukPair { current: Pin::new("11112222"), next: Pin::new("33334444") };
    let code = UnblockAnswer::Response(vec![7; 8]);
    let digests = vec![[3; 32]];
    let (key, expected) = (KeyPurpose::Signing, None);
    let request = SignRequest { key, pin, digests, expected, last_try_confirmed: true };
    for profile in [&PivProfile as &dyn CardProfile, &GidsProfile] {
        let mut attempt = |most: usize, act: &dyn Fn(&mut dyn Transport) -> bool| {
            let mut card = Stranger { answer: answers(), secrets: Vec::new() };
            let done = act(&mut card);
            assert!(card.secrets.len() <= most, "{} secrets went out", card.secrets.len());
            done
        };
        attempt(0, &|card| profile.select(card).is_ok());
        attempt(0, &|card| card::read_info(profile, card, "reader").is_ok());
        attempt(0, &|card| card::question(profile, card).is_ok());
        attempt(1, &|card| card::sign(profile, card, &request, &mut |_| {}).is_ok());
        attempt(1, &|card| card::change_pin(profile, card, &change).is_ok());
        for answer in [&puks, &code] {
            attempt(2, &|card| profile.unblock(card, "", answer, &change.new).is_ok());
        }
        attempt(1, &|card| renewal::stage(profile, card, &by).is_ok());
        attempt(2, &|card| renewal::prove(profile, card, &by, &[1; 32], &[2; 32]).is_ok());
    }
}
