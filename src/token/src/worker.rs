//! The token thread: does one job after the other, keeps what is published of the token up to date, and
//! leaves a token in peace that waits to be unblocked.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use crate::turn::Readers;
use crate::{
    PcscToken, Pin, Result, SoftwareToken, Token, TokenConfig, TokenError, TokenInfo, TokenStatus,
    UnblockAnswer, UnblockQuestion,
};

/// Pause before a reader that another program had is looked at again.
const SECOND_LOOK: Duration = Duration::from_secs(2);
/// How long a question for the bank stands; the reader is kept from other programs all that time.
pub const QUESTION_LIFE: Duration = Duration::from_secs(15 * 60);

/// What the token thread does next: look at the token, or something for a caller.
pub(crate) enum Job {
    Look,
    Run(Box<dyn FnOnce(&mut Worker) + Send>),
}

/// The configured token, opened when first used and again after a failure to open.
struct Configured {
    config: TokenConfig,
    readers: Readers,
    token: Option<Box<dyn Token>>,
}

impl Configured {
    fn open(&mut self) -> Result<&mut Box<dyn Token>> {
        let token: Box<dyn Token> = match self.token.take() {
            Some(token) => token,
            None => match &self.config {
                TokenConfig::Pcsc { reader } => {
                    Box::new(PcscToken::among(self.readers.clone(), reader.clone()))
                }
                TokenConfig::Software(path) => Box::new(SoftwareToken::open(path)?),
                #[cfg(feature = "pkcs11")]
                TokenConfig::Pkcs11 { module, token } => {
                    Box::new(crate::Pkcs11Token::new(module.clone(), token.clone()))
                }
                #[cfg(not(feature = "pkcs11"))]
                TokenConfig::Pkcs11 { .. } => return Err(TokenError::Unsupported),
                TokenConfig::None => return Err(TokenError::NotConfigured),
            },
        };
        Ok(self.token.insert(token))
    }
}

/// What runs in the token thread.
pub(crate) struct Worker {
    token: Configured,
    status: watch::Sender<TokenStatus>,
    question: watch::Sender<Option<UnblockQuestion>>,
    asked_at: Instant,
}

impl Worker {
    pub fn new(
        config: TokenConfig,
        readers: Readers,
        status: watch::Sender<TokenStatus>,
        question: watch::Sender<Option<UnblockQuestion>>,
    ) -> Self {
        let token = Configured { config, readers, token: None };
        Self { token, status, question, asked_at: Instant::now() }
    }

    /// Does what comes until nobody is left who could ask.
    pub fn run(mut self, queue: &Receiver<Job>) {
        while let Some(job) = self.next_job(queue) {
            match job {
                Job::Look => self.look(),
                Job::Run(job) => job(&mut self),
            }
        }
    }

    /// Waits for the next job. While the token is kept from us by something that passes without an
    /// event (another program has the reader), waiting too long means looking again; a question of an
    /// unblocking ends by itself.
    fn next_job(&self, queue: &Receiver<Job>) -> Option<Job> {
        let passing = matches!(
            &*self.status.borrow(),
            TokenStatus::Failed(TokenError::ReaderBusy | TokenError::Reset | TokenError::Reader(_))
        );
        let patience = match (self.question.borrow().is_some(), passing) {
            (true, _) => QUESTION_LIFE.saturating_sub(self.asked_at.elapsed()),
            (false, true) => SECOND_LOOK,
            (false, false) => return queue.recv().ok(),
        };
        match queue.recv_timeout(patience) {
            Err(RecvTimeoutError::Timeout) => Some(Job::Look),
            job => job.ok(),
        }
    }

    /// Reads the token, unless a question stands: then the token must be left in peace.
    pub fn look(&mut self) {
        if !self.question_stands() {
            drop(self.info());
        }
    }

    pub fn info(&mut self) -> Result<TokenInfo> {
        self.read(|token| token.info())
    }

    /// Reads the token for something that a PIN was entered for.
    pub fn info_in_turn(&mut self) -> Result<TokenInfo> {
        self.read(|token| token.info_in_turn())
    }

    fn read(&mut self, read: impl FnOnce(&mut dyn Token) -> Result<TokenInfo>) -> Result<TokenInfo> {
        if self.question_stands() {
            let known = self.status.borrow().info().cloned();
            return known.ok_or(TokenError::PinBlocked);
        }
        let result = guarded(|| read(&mut **self.token.open()?));
        self.publish(TokenStatus::of(&result));
        result
    }

    /// Runs something that spends the PIN, and brings the published tries counter up to date after it.
    pub fn with_pin<T>(&mut self, operation: impl FnOnce(&mut dyn Token) -> Result<T>) -> Result<T> {
        if self.question_stands() {
            return Err(TokenError::PinBlocked);
        }
        let result = guarded(|| operation(&mut **self.token.open()?));
        self.note(result.as_ref().err());
        result
    }

    /// Brings the published tries counter up to date after a PIN was used.
    fn note(&mut self, error: Option<&TokenError>) {
        let known = self.status.borrow().info().cloned();
        let left = match error {
            None => known.as_ref().and_then(|info| info.tries_max),
            Some(TokenError::PinWrong { left }) => Some(*left),
            Some(TokenError::PinBlocked) => Some(0),
            // Refused on our side: the token has not changed.
            Some(TokenError::PinFormat | TokenError::LastTry | TokenError::NotConfigured) => return,
            Some(_) => None,
        };
        match (known, left) {
            (Some(info), Some(left)) => {
                self.publish(TokenStatus::of(&Ok(TokenInfo { tries_left: Some(left), ..info })));
            }
            _ => drop(self.info()),
        }
    }

    pub fn start_unblock(&mut self) -> Result<UnblockQuestion> {
        self.give_up_question();
        // What is known of the token is read before: afterwards nothing may be sent to it.
        self.info()?;
        let question = guarded(|| self.token.open()?.start_unblock())?;
        self.asked_at = Instant::now();
        self.question.send_replace(Some(question.clone()));
        Ok(question)
    }

    /// Whether a question stands; gives it up when it fell.
    fn question_stands(&mut self) -> bool {
        if self.question.borrow().is_none() {
            return false;
        }
        let fresh = self.asked_at.elapsed() < QUESTION_LIFE;
        let stands = fresh && guarded(|| Ok(self.token.open()?.unblock_stands())).unwrap_or(false);
        if !stands {
            self.give_up_question();
        }
        stands
    }

    /// Answers the question that stands, which is used up by that.
    pub fn unblock(&mut self, answer: &UnblockAnswer, new: &Pin) -> Result<()> {
        if !self.question_stands() {
            return Err(TokenError::UnblockLapsed);
        }
        let result = guarded(|| self.token.open()?.unblock(answer, new));
        self.give_up_question();
        self.look();
        result
    }

    /// Gives the token free.
    pub fn give_up_question(&mut self) {
        if self.question.send_replace(None).is_none() {
            return;
        }
        let given_up = guarded(|| {
            self.token.open()?.cancel_unblock();
            Ok(())
        });
        if let Err(error) = given_up {
            tracing::debug!(%error, "the token was not given free cleanly");
        }
    }

    /// Uses another token from now on.
    pub fn use_token(&mut self, config: TokenConfig) {
        self.give_up_question();
        // The one before gives its reader up before the next one chooses.
        self.token.token = None;
        self.token.config = config;
        self.publish(TokenStatus::Starting);
    }

    fn publish(&self, status: TokenStatus) {
        self.status.send_if_modified(|current| {
            let changed = *current != status;
            *current = status;
            changed
        });
    }
}

/// A defect (or pcsc 2.9's panic on unknown error codes in debug builds) must not end the thread.
pub(crate) fn guarded<T>(operation: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(operation)).unwrap_or(Err(TokenError::Internal))
}
