//! A private smart card service, a card in its reader and the product's token on it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use des::TdesEde3;
use des::cipher::{BlockEncrypt, KeyInit};
use sha2::{Digest, Sha256};
use token::{
    Authorisation, KeyPurpose, PcscToken, Pin, PinChange, Result, SignRequest, Token, TokenError, TokenInfo,
    UnblockAnswer, UnblockQuestion,
};

use crate::card::holder::{Holder, PIN};
use crate::card::{CardBuilder, DEFAULT_ADMIN_KEY, DEFAULT_PUK, Moment, VirtualCard};
use crate::pcscd::Pcscd;

/// PUK that follows [`DEFAULT_PUK`].
pub const NEXT_PUK: &str = "55667788";
/// How long something that must happen is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// The desk. Runs in a test of [`crate::pcscd::isolated`].
pub struct Desk {
    /// Whose keys are on the card.
    pub holder: Holder,
    /// The card.
    pub card: VirtualCard,
    /// The product's side.
    pub token: PcscToken,
    /// The smart card service.
    pub service: Pcscd,
}

/// The outcome of something and how many commands with a PIN or PUK the card got for it.
pub type Spent<T> = (Result<T>, usize);

impl Desk {
    /// A desk with a P-256 card as ordered, inserted and read.
    ///
    /// # Panics
    /// When anything of it does not work.
    pub fn new(order: CardBuilder) -> Self {
        let holder = Holder::p256().expect("keys");
        let card = order.from_key_file(&holder.key_file().expect("a key file"), PIN).expect("a card");
        let service = Pcscd::start().expect("pcscd");
        let mut desk = Self { holder, card, token: PcscToken::new(None), service };
        desk.insert();
        desk
    }

    /// Plugs the card in (again) and waits until it can be read.
    pub fn insert(&mut self) -> TokenInfo {
        self.card.act_when(|_| crate::card::Action::Go);
        self.card.insert(self.service.slot()).expect("the reader listens");
        self.info()
    }

    /// What the token tells as soon as the reader has noticed its card.
    pub fn info(&mut self) -> TokenInfo {
        eventually(|| match self.token.info() {
            Ok(info) => Some(info),
            Err(TokenError::NoCard | TokenError::Removed) => None,
            Err(error) => panic!("{error}"),
        })
    }

    /// Does something with the token and counts the secrets that it cost.
    pub fn spend<T>(&mut self, act: impl FnOnce(&mut PcscToken) -> Result<T>) -> Spent<T> {
        let before = self.card.verify_count();
        let result = act(&mut self.token);
        (result, self.card.verify_count() - before)
    }

    /// Signs one digest and checks the signature.
    pub fn sign(&mut self, key: KeyPurpose, pin: &str) -> Spent<()> {
        let (made, secrets) = self.spend(|token| token.sign(&request(key, pin)));
        let checked = made.map(|made| {
            let info = self.token.info().expect("the card was just there");
            let certificate = info.certificate(key).expect("its certificate");
            assert!(certificate.verifies(&request(key, pin).digests[0], &made[0]), "the signature is wrong");
        });
        (checked, secrets)
    }

    /// Both keys sign under this PIN.
    ///
    /// # Panics
    /// When one does not.
    pub fn assert_signs(&mut self, pin: &str) {
        for key in [KeyPurpose::Login, KeyPurpose::Signing] {
            assert_eq!(self.sign(key, pin), (Ok(()), 1), "{key:?}");
        }
    }

    /// Changes the PIN, or sets the first one.
    pub fn change(&mut self, old: Option<&str>, new: &str) -> Spent<()> {
        let csn = self.info().csn;
        let change = PinChange { old: old.map(Pin::new), new: Pin::new(new), csn, last_try_confirmed: true };
        self.spend(|token| token.change_pin(&change))
    }

    /// Five wrong PINs.
    ///
    /// # Panics
    /// When the card is not blocked after them.
    pub fn block(&mut self) {
        for left in [4, 3, 2, 1] {
            let wrong = self.sign(KeyPurpose::Login, "000000");
            assert_eq!(wrong, (Err(TokenError::PinWrong { left }), 1));
        }
        assert_eq!(self.sign(KeyPurpose::Login, PIN), (Err(TokenError::LastTry), 0));
        let last = SignRequest { last_try_confirmed: true, ..request(KeyPurpose::Login, "000000") };
        assert_eq!(self.spend(|token| token.sign(&last)), (Err(TokenError::PinBlocked), 1));
        assert_eq!(self.spend(|token| token.sign(&last)), (Err(TokenError::PinBlocked), 0));
        assert_eq!(self.info().tries_left, Some(0));
    }

    /// Pulls the card at the command of this number from now on (from 0), at this moment of it.
    pub fn pull_at(&self, number: usize, moment: Moment) {
        let count = Arc::new(AtomicUsize::new(0));
        self.card.pull_when(move |step| {
            // A command that was under way when this was asked for has arrived before and does not count.
            let now = match step.moment {
                Moment::Arrived => Some(count.fetch_add(1, Ordering::SeqCst)),
                _ => count.load(Ordering::SeqCst).checked_sub(1),
            };
            step.moment == moment && now == Some(number)
        });
    }

    /// Pulls the card at the next command with this instruction that carries data or needs none.
    pub fn pull_when(&self, instruction: u8, moment: Moment) {
        self.card.pull_when(move |step| {
            let bare = matches!(instruction, 0x44 | 0xf6);
            step.instruction == instruction && (step.has_data || bare) && step.moment == moment
        });
    }

    /// What changes keys and certificates.
    pub fn authorisation(&mut self) -> Authorisation {
        Authorisation { pin: Pin::new(PIN), csn: self.info().csn, last_try_confirmed: false }
    }
}

/// A digest to be signed.
pub fn request(key: KeyPurpose, pin: &str) -> SignRequest {
    let digests = vec![Sha256::digest(b"content").into()];
    SignRequest { key, pin: Pin::new(pin), digests, expected: None, last_try_confirmed: false }
}

/// The bank's right answer to a question of one of our cards.
///
/// # Panics
/// For a question that no card of ours asks.
pub fn answer(question: &UnblockQuestion) -> UnblockAnswer {
    let mut block =
        hex::decode(&question.random).expect("hex").try_into().map(<[u8; 8]>::into).expect("8 bytes");
    match question.kind {
        token::UnblockKind::ChallengeResponse => {
            TdesEde3::new(&DEFAULT_ADMIN_KEY.into()).encrypt_block(&mut block);
            UnblockAnswer::Response(block.to_vec())
        }
        _ => puks(DEFAULT_PUK, NEXT_PUK),
    }
}

/// The answer of these PUKs.
pub fn puks(current: &str, next: &str) -> UnblockAnswer {
    UnblockAnswer::PukPair { current: Pin::new(current), next: Pin::new(next) }
}

/// Waits until `probe` finds something.
///
/// # Panics
/// After 10 s.
pub fn eventually<T>(mut probe: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = probe() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "did not happen within {PATIENCE:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}
