//! One thread that owns the token, and a handle through which the rest of the program talks to it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot, watch};

use crate::watcher::Watcher;
use crate::{
    Authorisation, NewCertificates, PcscToken, Pin, PinChange, Result, SignRequest, SoftwareToken,
    StagedKeys, Token, TokenError, TokenInfo, TokenKind, UnblockAnswer, UnblockQuestion,
};

/// Pause before a reader that another program had is looked at again.
const SECOND_LOOK: Duration = Duration::from_secs(2);
/// How long a question for the bank stands; the reader is kept from other programs all that time.
pub const QUESTION_LIFE: Duration = Duration::from_secs(15 * 60);

/// Which token the program uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenConfig {
    /// A card over PC/SC, in the reader of this name or in any.
    Pcsc {
        /// Exact reader name.
        reader: Option<String>,
    },
    /// The key file at this path.
    Software(PathBuf),
    /// A token behind a vendor's PKCS#11 module.
    Pkcs11 {
        /// The module's full path.
        module: PathBuf,
        /// Label or serial number of the token; the first with certificates when `None`.
        token: Option<String>,
    },
    /// None.
    None,
}

impl TokenConfig {
    fn is_watched(&self) -> bool {
        matches!(self, Self::Pcsc { .. } | Self::Pkcs11 { .. })
    }
}

/// A reader as the smart card service lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderSeen {
    /// Its name.
    pub name: String,
    /// A card is in it.
    pub has_card: bool,
}

/// What is plugged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenStatus {
    /// Not looked yet.
    Starting,
    /// No token is configured.
    NotConfigured,
    /// The smart card service does not run.
    NoService,
    /// No reader.
    NoReader,
    /// The reader is empty.
    NoCard,
    /// A card of an unknown kind.
    ForeignCard,
    /// A card that can be used.
    Present(TokenInfo),
    /// A card or key file whose PIN is blocked.
    Blocked(TokenInfo),
    /// A key file that can be used.
    Software(TokenInfo),
    /// Anything else that keeps the token from use.
    Failed(TokenError),
}

impl TokenStatus {
    /// What is known of the token, when one is there.
    pub fn info(&self) -> Option<&TokenInfo> {
        match self {
            Self::Present(info) | Self::Blocked(info) | Self::Software(info) => Some(info),
            _ => None,
        }
    }

    fn of(result: &Result<TokenInfo>) -> Self {
        match result {
            Ok(info) if info.tries_left == Some(0) => Self::Blocked(info.clone()),
            Ok(info) if info.kind == TokenKind::Software => Self::Software(info.clone()),
            Ok(info) => Self::Present(info.clone()),
            Err(TokenError::NotConfigured) => Self::NotConfigured,
            Err(TokenError::NoService) => Self::NoService,
            Err(TokenError::NoReader) => Self::NoReader,
            Err(TokenError::NoCard | TokenError::Removed) => Self::NoCard,
            Err(TokenError::ForeignCard) => Self::ForeignCard,
            Err(error) => Self::Failed(error.clone()),
        }
    }
}

/// The handle; cheap to clone. The threads end with the last clone.
#[derive(Clone)]
pub struct TokenService {
    jobs: Sender<Job>,
    status: watch::Receiver<TokenStatus>,
    question: watch::Receiver<Option<UnblockQuestion>>,
    watcher: Arc<Mutex<Option<Watcher>>>,
}

/// What the token thread does next: look at the token, or something for a caller.
enum Job {
    Look,
    Run(Box<dyn FnOnce(&mut Worker) + Send>),
}

impl TokenService {
    /// Starts the token thread and, for cards, the watcher beside it.
    pub fn start(config: TokenConfig) -> Self {
        let (jobs, queue) = channel();
        let (status_sender, status) = watch::channel(TokenStatus::Starting);
        let (question_sender, question) = watch::channel(None);
        let watched = config.is_watched();
        let worker = Worker {
            token: Configured { config, token: None },
            status: status_sender,
            question: question_sender,
            asked_at: Instant::now(),
        };
        let thread = std::thread::Builder::new().name("token".to_owned()).spawn(move || worker.run(&queue));
        if let Err(error) = thread {
            // The queue is gone with the thread, so every request answers `Stopped`.
            tracing::error!(%error, "the token thread cannot be started");
        }
        let service = Self { jobs, status, question, watcher: Arc::default() };
        service.look_or_watch(watched);
        service
    }

    /// Uses another token from now on. An unblocking that was under way is given up.
    ///
    /// # Errors
    /// [`TokenError::Stopped`].
    pub async fn use_token(&self, config: TokenConfig) -> Result<()> {
        let watched = config.is_watched();
        self.run(move |worker| {
            worker.give_up_question();
            worker.token = Configured { config, token: None };
            worker.publish(TokenStatus::Starting);
            Ok(())
        })
        .await?;
        self.look_or_watch(watched);
        Ok(())
    }

    /// Reads the token anew.
    ///
    /// # Errors
    /// What keeps the token from answering.
    pub async fn info(&self) -> Result<TokenInfo> {
        self.run(Worker::info).await
    }

    /// Signs; the PIN is wiped when the job is done.
    ///
    /// # Errors
    /// What kept the token from signing; no signature is returned unless all were made.
    pub async fn sign(&self, request: SignRequest) -> Result<Vec<Vec<u8>>> {
        self.run(move |worker| worker.with_pin(|token| token.sign(&request))).await
    }

    /// Signs one digest after the other under one PIN entry; each signature is sent as soon as it is made.
    ///
    /// # Errors
    /// What kept the token from going on; the signatures sent before are good.
    pub async fn sign_each(&self, request: SignRequest, made: mpsc::UnboundedSender<Vec<u8>>) -> Result<()> {
        self.run(move |worker| {
            worker.with_pin(|token| {
                token.sign_each(&request, &mut |signature| {
                    if made.send(signature).is_err() {
                        tracing::debug!("nobody takes the signature");
                    }
                })
            })
        })
        .await
    }

    /// Sets the first PIN or changes it.
    ///
    /// # Errors
    /// As [`Token::change_pin`].
    pub async fn change_pin(&self, change: PinChange) -> Result<()> {
        self.run(move |worker| {
            let result = worker.with_pin(|token| token.change_pin(&change));
            worker.look();
            result
        })
        .await
    }

    /// Begins to unblock; see [`Token::start_unblock`]. A question that stood before is given up. The new one
    /// stands for 15 minutes at most and ends when [`Self::unblock_question`] says so.
    ///
    /// # Errors
    /// As [`Token::start_unblock`].
    pub async fn start_unblock(&self) -> Result<UnblockQuestion> {
        self.run(Worker::start_unblock).await
    }

    /// Answers the question that stands and sets the new PIN.
    ///
    /// # Errors
    /// As [`Token::unblock`].
    pub async fn unblock(&self, answer: UnblockAnswer, new: Pin) -> Result<()> {
        self.run(move |worker| {
            if !worker.question_stands() {
                return Err(TokenError::UnblockLapsed);
            }
            let result = guarded(|| worker.token.unblock(&answer, &new));
            worker.give_up_question();
            worker.look();
            result
        })
        .await
    }

    /// Gives up an unblocking that was begun.
    ///
    /// # Errors
    /// [`TokenError::Stopped`].
    pub async fn cancel_unblock(&self) -> Result<()> {
        self.run(|worker| {
            worker.give_up_question();
            Ok(())
        })
        .await
    }

    /// The question that stands, now and after each change: it falls when the token is pulled, reset or used
    /// by another program, and after 15 minutes.
    pub fn unblock_question(&self) -> watch::Receiver<Option<UnblockQuestion>> {
        self.question.clone()
    }

    /// Makes new key pairs beside those in use.
    ///
    /// # Errors
    /// As [`Token::stage_keys`].
    pub async fn stage_keys(&self, by: Authorisation) -> Result<StagedKeys> {
        self.run(move |worker| worker.with_pin(|token| token.stage_keys(&by))).await
    }

    /// Signs a digest with each staged key.
    ///
    /// # Errors
    /// As [`Token::prove_staged`].
    pub async fn prove_staged(
        &self,
        by: Authorisation,
        login: [u8; 32],
        signing: [u8; 32],
    ) -> Result<[Vec<u8>; 2]> {
        self.run(move |worker| worker.with_pin(|token| token.prove_staged(&by, &login, &signing))).await
    }

    /// Puts staged keys and their certificates in the place of the old ones.
    ///
    /// # Errors
    /// As [`Token::install_staged`].
    pub async fn install_staged(&self, by: Authorisation, new: NewCertificates) -> Result<()> {
        self.run(move |worker| {
            let result = worker.with_pin(|token| token.install_staged(&by, &new));
            worker.look();
            result
        })
        .await
    }

    /// The readers that are plugged in.
    ///
    /// # Errors
    /// [`TokenError::NoService`].
    pub async fn readers(&self) -> Result<Vec<ReaderSeen>> {
        self.run(|_| guarded(crate::pcsc_token::readers_seen)).await
    }

    /// What is plugged in, now and after each change.
    pub fn status(&self) -> watch::Receiver<TokenStatus> {
        self.status.clone()
    }

    async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Worker) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (sender, answer) = oneshot::channel();
        let job = Box::new(move |worker: &mut Worker| {
            if sender.send(job(worker)).is_err() {
                tracing::debug!("nobody waits for the token's answer any more");
            }
        });
        self.jobs.send(Job::Run(job)).map_err(|_| TokenError::Stopped)?;
        answer.await.map_err(|_| TokenError::Stopped)?
    }

    /// Looks at the token now; a card is also watched from now on.
    fn look_or_watch(&self, watched: bool) {
        let mut watcher = self.watcher.lock().unwrap_or_else(PoisonError::into_inner);
        if !watched {
            *watcher = None;
        } else if watcher.is_none() {
            let jobs = self.jobs.clone();
            match Watcher::start(move || look(&jobs)) {
                Ok(started) => {
                    *watcher = Some(started);
                    return;
                }
                Err(error) => tracing::error!(%error, "the token watcher cannot be started"),
            }
        }
        look(&self.jobs);
    }
}

fn look(jobs: &Sender<Job>) {
    if jobs.send(Job::Look).is_err() {
        tracing::debug!("the token thread has ended");
    }
}

/// The configured token, opened when first used and again after a failure to open.
struct Configured {
    config: TokenConfig,
    token: Option<Box<dyn Token>>,
}

impl Configured {
    fn open(&mut self) -> Result<&mut Box<dyn Token>> {
        let token: Box<dyn Token> = match self.token.take() {
            Some(token) => token,
            None => match &self.config {
                TokenConfig::Pcsc { reader } => Box::new(PcscToken::new(reader.clone())),
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

    fn unblock(&mut self, answer: &UnblockAnswer, new: &Pin) -> Result<()> {
        self.open()?.unblock(answer, new)
    }
}

struct Worker {
    token: Configured,
    status: watch::Sender<TokenStatus>,
    question: watch::Sender<Option<UnblockQuestion>>,
    asked_at: Instant,
}

impl Worker {
    fn run(mut self, queue: &Receiver<Job>) {
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
    fn look(&mut self) {
        if !self.question_stands() {
            drop(self.info());
        }
    }

    fn info(&mut self) -> Result<TokenInfo> {
        if self.question_stands() {
            let known = self.status.borrow().info().cloned();
            return known.ok_or(TokenError::PinBlocked);
        }
        let result = guarded(|| self.token.open()?.info());
        self.publish(TokenStatus::of(&result));
        result
    }

    /// Runs something that spends the PIN, and brings the published tries counter up to date after it.
    fn with_pin<T>(&mut self, operation: impl FnOnce(&mut dyn Token) -> Result<T>) -> Result<T> {
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

    fn start_unblock(&mut self) -> Result<UnblockQuestion> {
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

    fn give_up_question(&mut self) {
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

    fn publish(&self, status: TokenStatus) {
        self.status.send_if_modified(|current| {
            let changed = *current != status;
            *current = status;
            changed
        });
    }
}

/// A defect (or pcsc 2.9's panic on unknown error codes in debug builds) must not end the thread.
fn guarded<T>(operation: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(operation)).unwrap_or(Err(TokenError::Internal))
}
