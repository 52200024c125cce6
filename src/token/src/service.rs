//! One thread that owns the token, and a handle through which the rest of the program talks to it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use tokio::sync::{oneshot, watch};

use crate::watcher::Watcher;
use crate::{PcscToken, Result, SignRequest, SoftwareToken, Token, TokenError, TokenInfo, TokenKind};

/// Pause before a reader that another program had is looked at again.
const SECOND_LOOK: Duration = Duration::from_secs(2);

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
    /// None.
    None,
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
    _watcher: Option<Arc<Watcher>>,
}

enum Job {
    Info(oneshot::Sender<Result<TokenInfo>>),
    Sign(SignRequest, oneshot::Sender<Result<Vec<Vec<u8>>>>),
    Look,
}

impl TokenService {
    /// Starts the token thread and, for cards, the watcher beside it.
    pub fn start(config: TokenConfig) -> Self {
        let (jobs, queue) = channel();
        let (sender, status) = watch::channel(TokenStatus::Starting);
        let watches = matches!(config, TokenConfig::Pcsc { .. });
        let worker = Worker { token: Box::new(Configured { config, token: None }), status: sender };
        let thread = std::thread::Builder::new().name("token".to_owned()).spawn(move || worker.run(&queue));
        if let Err(error) = thread {
            // The queue is gone with the thread, so every request answers `Stopped`.
            tracing::error!(%error, "the token thread cannot be started");
        }
        let watcher = watches.then(|| {
            let jobs = jobs.clone();
            Watcher::start(move || look(&jobs))
        });
        let watcher = match watcher {
            Some(Ok(watcher)) => Some(Arc::new(watcher)),
            Some(Err(error)) => {
                tracing::error!(%error, "the token watcher cannot be started");
                look(&jobs);
                None
            }
            None => {
                look(&jobs);
                None
            }
        };
        Self { jobs, status, _watcher: watcher }
    }

    /// Reads the token anew.
    ///
    /// # Errors
    /// What keeps the token from answering.
    pub async fn info(&self) -> Result<TokenInfo> {
        self.ask(Job::Info).await
    }

    /// Signs; the PIN is wiped when the job is done.
    ///
    /// # Errors
    /// What kept the token from signing.
    pub async fn sign(&self, request: SignRequest) -> Result<Vec<Vec<u8>>> {
        self.ask(|answer| Job::Sign(request, answer)).await
    }

    /// What is plugged in, now and after each change.
    pub fn status(&self) -> watch::Receiver<TokenStatus> {
        self.status.clone()
    }

    async fn ask<T>(&self, job: impl FnOnce(oneshot::Sender<Result<T>>) -> Job) -> Result<T> {
        let (sender, answer) = oneshot::channel();
        self.jobs.send(job(sender)).map_err(|_| TokenError::Stopped)?;
        answer.await.map_err(|_| TokenError::Stopped)?
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
                TokenConfig::None => return Err(TokenError::NotConfigured),
            },
        };
        Ok(self.token.insert(token))
    }
}

impl Token for Configured {
    fn info(&mut self) -> Result<TokenInfo> {
        self.open()?.info()
    }

    fn sign(&mut self, request: &SignRequest) -> Result<Vec<Vec<u8>>> {
        self.open()?.sign(request)
    }
}

struct Worker {
    token: Box<dyn Token>,
    status: watch::Sender<TokenStatus>,
}

impl Worker {
    fn run(mut self, queue: &Receiver<Job>) {
        while let Some(job) = self.next_job(queue) {
            match job {
                Job::Look => drop(self.info()),
                Job::Info(answer) => {
                    let result = self.info();
                    reply(answer, result);
                }
                Job::Sign(request, answer) => {
                    let result = guarded(|| self.token.sign(&request));
                    drop(request);
                    let error = result.as_ref().err().cloned();
                    reply(answer, result);
                    self.note(error.as_ref());
                }
            }
        }
    }

    /// Waits for the next job. While the token is kept from us by something that passes without an
    /// event (another program has the reader), waiting too long means looking again.
    fn next_job(&self, queue: &Receiver<Job>) -> Option<Job> {
        let passing = matches!(
            &*self.status.borrow(),
            TokenStatus::Failed(TokenError::ReaderBusy | TokenError::Reset | TokenError::Reader(_))
        );
        if !passing {
            return queue.recv().ok();
        }
        match queue.recv_timeout(SECOND_LOOK) {
            Err(RecvTimeoutError::Timeout) => Some(Job::Look),
            job => job.ok(),
        }
    }

    fn info(&mut self) -> Result<TokenInfo> {
        let result = guarded(|| self.token.info());
        self.publish(TokenStatus::of(&result));
        result
    }

    /// Brings the published tries counter up to date after a signing.
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

fn reply<T>(answer: oneshot::Sender<Result<T>>, result: Result<T>) {
    if answer.send(result).is_err() {
        tracing::debug!("nobody waits for the token's answer any more");
    }
}
