//! The card in a PC/SC reader as [`Token`]: finds it anew for every operation, so that no handle
//! outlives a pulled token or a restarted service.

use std::ffi::{CStr, CString};
use std::time::{Duration, Instant};

use crate::apdu::Transport;
use crate::gids::GidsProfile;
use crate::meaning::{meaning, of_service, reason};
use crate::piv::PivProfile;
use crate::profile::CardProfile;
use crate::transaction::PcscTransport;
use crate::turn::{Chosen, Readers, Turn, Walk, until_free};
use crate::unblocking::Waiting;
use crate::{
    Authorisation, NewCertificates, Pin, PinChange, ReaderSeen, Result, SignRequest, StagedKeys, Token,
    TokenError, TokenInfo, UnblockAnswer, UnblockQuestion, card, renewal,
};

/// The kinds of cards that we know, in the order in which a card is asked.
const KINDS: [&dyn CardProfile; 2] = [&PivProfile, &GidsProfile];

/// How long other programs may keep a card after its insertion (Windows reads each new card).
const SHARING_PATIENCE: Duration = Duration::from_secs(3);
/// How long it may take until nobody else uses a card that is to be unblocked.
const EXCLUSIVE_PATIENCE: Duration = Duration::from_secs(5);
/// How long something that a person entered a PIN for waits until another thread of this program is done at the reader:
/// making new keys takes a card a minute, and so do many signatures (ours).
const WORK_PATIENCE: Duration = Duration::from_secs(2 * 60);
const SHARING_PAUSE: Duration = Duration::from_millis(100);
/// Fewest tries of an operation that failed before any PIN was sent, for a reason that passes.
const ATTEMPTS: usize = 3;

/// The first card that we know in any reader, or in the named one.
pub struct PcscToken {
    shared: Readers,
    wanted: Option<Chosen>,
    /// The reader that served last; asked first.
    current: Option<CString>,
    context: Option<pcsc::Context>,
    /// A card that waits for its code, and the turn at its reader, which nobody else has meanwhile.
    waiting: Option<(Waiting, Turn)>,
    /// What the operation of now met.
    met: Met,
}

/// What an operation met on its way over the readers.
#[derive(Clone, Copy, Debug, Default)]
struct Met {
    /// Another thread of this program was at one of them.
    others: bool,
    /// A PIN was sent to a card: it must not be sent again.
    pin_sent: bool,
}

impl Met {
    /// Whether the others are worth waiting for: nothing was done yet, and the card may be where they are.
    fn is_worth_waiting(self, error: &TokenError) -> bool {
        self.others && !self.pin_sent && weight(error).is_some()
    }
}

/// A failed attempt and whether it may be repeated.
struct Failure {
    error: TokenError,
    pin_sent: bool,
}

impl Failure {
    fn untouched(error: TokenError) -> Self {
        Self { error, pin_sent: false }
    }
}

impl PcscToken {
    /// A token in the named reader, or in any when `reader` is `None`. Nothing is opened yet.
    pub fn new(reader: Option<String>) -> Self {
        Self::among(Readers::default(), reader)
    }

    /// The same beside other threads of this program, with which it takes turns.
    pub(crate) fn among(shared: Readers, reader: Option<String>) -> Self {
        let wanted = reader.map(|reader| shared.choose(reader));
        Self { shared, wanted, current: None, context: None, waiting: None, met: Met::default() }
    }

    /// Runs something that a PIN was entered for as [`Self::on_card`] does, after whatever another thread does at the
    /// reader: the person would have to begin anew. A mere look is not worth the wait; it comes again by itself.
    fn in_turn<T>(
        &mut self,
        mut operation: impl FnMut(&dyn CardProfile, &mut dyn Transport, &str) -> Result<T>,
    ) -> Result<T> {
        until_free(WORK_PATIENCE, || {
            self.met = Met::default();
            let result = self.on_card(&mut operation);
            let again = result.as_ref().is_err_and(|error| self.met.is_worth_waiting(error));
            Walk { result, again }
        })
    }

    /// Runs `operation` in a transaction on the first card that we know.
    fn on_card<T>(
        &mut self,
        mut operation: impl FnMut(&dyn CardProfile, &mut dyn Transport, &str) -> Result<T>,
    ) -> Result<T> {
        self.on_first(|token, reader| token.patiently(|token| token.attempt(reader, &mut operation)))
    }

    /// The readers in turn, until one serves.
    fn on_first<T>(&mut self, mut operation: impl FnMut(&mut Self, &CStr) -> Result<T>) -> Result<T> {
        let mut refusal = TokenError::NoReader;
        for reader in self.readers().map_err(reason)? {
            match operation(self, &reader) {
                Ok(done) => {
                    self.current = Some(reader);
                    return Ok(done);
                }
                Err(error) => match (weight(&error), weight(&refusal)) {
                    (None, _) => return Err(reason(error)),
                    (new, old) if new > old => refusal = error,
                    _ => {}
                },
            }
        }
        Err(reason(refusal))
    }

    /// Repeats what failed for a reason that passes, as long as no secret was sent.
    fn patiently<T>(
        &mut self,
        mut operation: impl FnMut(&mut Self) -> std::result::Result<T, Failure>,
    ) -> Result<T> {
        let (mut attempt, start) = (1, Instant::now());
        loop {
            let failure = match operation(self) {
                Ok(done) => return Ok(done),
                Err(failure) => failure,
            };
            tracing::debug!(error = %failure.error, attempt, "a card operation failed");
            // What the crate cannot name may be a context that died with its service.
            if matches!(failure.error, TokenError::NoService | TokenError::Reader(_)) {
                self.context = None;
            }
            // Another program's reset, a restarted service, a protocol mismatch after another
            // program's death: all pass, and repeating harms nothing while no PIN was sent.
            // A card that says "conditions not satisfied" to a question has lost its application.
            let passing = matches!(
                failure.error,
                TokenError::Reset
                    | TokenError::NoService
                    | TokenError::Reader(_)
                    | TokenError::CardRefused { sw: 0x6985 }
            );
            // A service that does not run is told at once; a busy card is left to the others for a while.
            let busy = failure.error != TokenError::NoService && start.elapsed() < SHARING_PATIENCE;
            let tired = attempt >= ATTEMPTS && !busy;
            if failure.pin_sent || !passing || tired {
                return Err(failure.error);
            }
            attempt += 1;
            if attempt > 2 {
                std::thread::sleep(SHARING_PAUSE);
            }
        }
    }

    fn attempt<T>(
        &mut self,
        reader: &CStr,
        operation: &mut impl FnMut(&dyn CardProfile, &mut dyn Transport, &str) -> Result<T>,
    ) -> std::result::Result<T, Failure> {
        let turn = self.shared.turn(&reader.to_string_lossy(), SHARING_PATIENCE);
        self.met.others |= turn.is_err();
        let turn = turn.map_err(Failure::untouched)?;
        let context = self.context().map_err(Failure::untouched)?;
        let mut connected = connect(&context, reader, pcsc::ShareMode::Shared, SHARING_PATIENCE)
            .map_err(Failure::untouched)?;
        let mut transport =
            PcscTransport::new(connected.transaction().map_err(|error| Failure::untouched(meaning(error)))?);
        let result = card::recognise(&KINDS, &mut transport)
            .and_then(|profile| operation(profile, &mut transport, &reader.to_string_lossy()));
        let pin_sent = transport.pin_sent();
        self.met.pin_sent |= pin_sent;
        let forgotten = transport.end() || !pin_sent;
        // Dropping the card resets it, outside any transaction: only where the PIN may still be open.
        if forgotten && let Err((card, error)) = connected.disconnect(pcsc::Disposition::LeaveCard) {
            tracing::debug!(?error, "the card was not released cleanly");
            drop(card);
        }
        drop(turn);
        result.map_err(|error| Failure { error, pin_sent })
    }

    fn context(&mut self) -> Result<pcsc::Context> {
        if let Some(context) = self.context.as_ref().filter(|context| context.is_valid().is_ok()) {
            return Ok(context.clone());
        }
        let context = pcsc::Context::establish(pcsc::Scope::User).map_err(of_service)?;
        Ok(self.context.insert(context).clone())
    }

    /// The readers to ask: those that nobody else has chosen first, and of them the one that served last.
    fn readers(&mut self) -> Result<Vec<CString>> {
        let mut names = self.context()?.list_readers_owned().map_err(of_service);
        if names == Err(TokenError::NoService) {
            // The context may be that of a service which has been started anew since.
            self.context = None;
            names = self.context()?.list_readers_owned().map_err(of_service);
        }
        let mut names = names?;
        if let Some(wanted) = &self.wanted {
            names.retain(|name| name.to_string_lossy() == wanted.name());
        }
        let (any, shared) = (self.wanted.is_none(), &self.shared);
        let anothers = |name: &CStr| any && shared.is_chosen(&name.to_string_lossy());
        names.sort_by_key(|name| (anothers(name), Some(name) != self.current.as_ref()));
        Ok(names)
    }
}

/// The readers that are plugged in, and whether a card is in them. Talks to no card.
pub(crate) fn readers_seen() -> Result<Vec<ReaderSeen>> {
    let context = pcsc::Context::establish(pcsc::Scope::User).map_err(of_service).map_err(reason)?;
    let names = context.list_readers_owned().map_err(of_service).map_err(reason)?;
    let mut states: Vec<_> =
        names.into_iter().map(|name| pcsc::ReaderState::new(name, pcsc::State::UNAWARE)).collect();
    if states.is_empty() {
        return Ok(vec![]);
    }
    context.get_status_change(Duration::ZERO, &mut states).map_err(meaning)?;
    let seen = |state: &pcsc::ReaderState| ReaderSeen {
        name: state.name().to_string_lossy().into_owned(),
        has_card: state.event_state().contains(pcsc::State::PRESENT),
    };
    Ok(states.iter().map(seen).collect())
}

impl Token for PcscToken {
    fn info(&mut self) -> Result<TokenInfo> {
        self.on_card(card::read_info)
    }

    fn info_in_turn(&mut self) -> Result<TokenInfo> {
        self.in_turn(card::read_info)
    }

    fn sign_each(&mut self, request: &SignRequest, done: &mut dyn FnMut(Vec<u8>)) -> Result<()> {
        self.in_turn(|profile, card, _| card::sign(profile, card, request, done))
    }

    fn change_pin(&mut self, change: &PinChange) -> Result<()> {
        self.in_turn(|profile, card, _| card::change_pin(profile, card, change))
    }

    fn start_unblock(&mut self) -> Result<UnblockQuestion> {
        self.cancel_unblock();
        let (waiting, question) = self.on_first(|token, reader| {
            token.patiently(|token| {
                let turn = token.shared.turn(&reader.to_string_lossy(), EXCLUSIVE_PATIENCE);
                let turn = turn.map_err(Failure::untouched)?;
                let context = token.context().map_err(Failure::untouched)?;
                let (waiting, question) =
                    connect(&context, reader, pcsc::ShareMode::Exclusive, EXCLUSIVE_PATIENCE)
                        .and_then(|connected| Waiting::begin(context, connected, reader, &KINDS))
                        .map_err(Failure::untouched)?;
                Ok(((waiting, turn), question))
            })
        })?;
        self.waiting = Some(waiting);
        Ok(question)
    }

    fn unblock_stands(&mut self) -> bool {
        self.waiting.as_ref().is_some_and(|(waiting, _)| waiting.stands())
    }

    fn unblock(&mut self, answer: &UnblockAnswer, new: &Pin) -> Result<()> {
        let (waiting, _turn) = self.waiting.take().ok_or(TokenError::UnblockLapsed)?;
        waiting.answer(answer, new)
    }

    fn cancel_unblock(&mut self) {
        self.waiting = None;
    }

    fn stage_keys(&mut self, by: &Authorisation) -> Result<StagedKeys> {
        self.in_turn(|profile, card, _| renewal::stage(profile, card, by))
    }

    fn prove_staged(
        &mut self,
        by: &Authorisation,
        login: &[u8; 32],
        signing: &[u8; 32],
    ) -> Result<[Vec<u8>; 2]> {
        self.in_turn(|profile, card, _| renewal::prove(profile, card, by, login, signing))
    }

    fn install_staged(&mut self, by: &Authorisation, new: &NewCertificates) -> Result<()> {
        self.in_turn(|profile, card, _| renewal::install(profile, card, by, new))
    }
}

/// For errors after which the other readers are still worth asking: how much the error tells, so
/// that the person hears the most telling one when no reader serves.
fn weight(error: &TokenError) -> Option<u8> {
    match error {
        TokenError::NoReader => Some(0),
        TokenError::NoCard => Some(1),
        TokenError::ForeignCard => Some(2),
        TokenError::Reader(_) => Some(3),
        TokenError::ReaderBusy => Some(4),
        TokenError::AnotherCard => Some(5),
        _ => None,
    }
}

fn connect(
    context: &pcsc::Context,
    reader: &CStr,
    share: pcsc::ShareMode,
    patience: Duration,
) -> Result<pcsc::Card> {
    let start = Instant::now();
    loop {
        match context.connect(reader, share, pcsc::Protocols::ANY) {
            Err(pcsc::Error::SharingViolation) if start.elapsed() < patience => {
                std::thread::sleep(SHARING_PAUSE);
            }
            result => return result.map_err(meaning),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_to_a_card_is_never_repeated_because_others_are_at_a_reader() {
        let met = |others, pin_sent| Met { others, pin_sent };
        for error in [TokenError::ReaderBusy, TokenError::AnotherCard, TokenError::NoCard] {
            assert!(met(true, false).is_worth_waiting(&error));
            assert!(!met(false, false).is_worth_waiting(&error), "nobody to wait for");
            assert!(!met(true, true).is_worth_waiting(&error));
        }
        for error in [TokenError::PinWrong { left: 2 }, TokenError::PinBlocked, TokenError::LastTry] {
            assert!(!met(true, false).is_worth_waiting(&error));
        }
    }
}
