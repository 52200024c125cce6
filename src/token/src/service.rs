//! One thread that owns the token, and a handle through which the rest of the program talks to it.

use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{mpsc, oneshot, watch};

use crate::turn::Readers;
use crate::watcher::Watcher;
use crate::worker::{Job, Worker, guarded};
use crate::{
    Authorisation, NewCertificates, Pin, PinChange, ReaderSeen, Result, SignRequest, StagedKeys, TokenConfig,
    TokenError, TokenInfo, TokenStatus, UnblockAnswer, UnblockQuestion,
};

/// The handle; cheap to clone. The threads end with the last clone.
#[derive(Clone)]
pub struct TokenService {
    jobs: Sender<Job>,
    status: watch::Receiver<TokenStatus>,
    question: watch::Receiver<Option<UnblockQuestion>>,
    watcher: Arc<Mutex<Option<Watcher>>>,
    readers: Readers,
}

impl TokenService {
    /// Starts the token thread and, for cards, the watcher beside it.
    pub fn start(config: TokenConfig) -> Self {
        Self::among(Readers::default(), config)
    }

    /// Starts another one for the same program. Where both come to the same reader they take turns, and one that takes
    /// any reader leaves those to the others that they have chosen, as long as it finds a card elsewhere.
    #[must_use]
    pub fn beside(&self, config: TokenConfig) -> Self {
        Self::among(self.readers.clone(), config)
    }

    fn among(readers: Readers, config: TokenConfig) -> Self {
        let (jobs, queue) = channel();
        let (status_sender, status) = watch::channel(TokenStatus::Starting);
        let (question_sender, question) = watch::channel(None);
        let watched = config.is_watched();
        let worker = Worker::new(config, readers.clone(), status_sender, question_sender);
        let thread = std::thread::Builder::new().name("token".to_owned()).spawn(move || worker.run(&queue));
        if let Err(error) = thread {
            // The queue is gone with the thread, so every request answers `Stopped`.
            tracing::error!(%error, "the token thread cannot be started");
        }
        let service = Self { jobs, status, question, watcher: Arc::default(), readers };
        service.look_or_watch(watched);
        service
    }

    /// Whether another handle than this one is held: then somebody may ask for something yet.
    pub fn is_shared(&self) -> bool {
        Arc::strong_count(&self.watcher) > 1
    }

    /// Uses another token from now on. An unblocking that was under way is given up.
    ///
    /// # Errors
    /// [`TokenError::Stopped`].
    pub async fn use_token(&self, config: TokenConfig) -> Result<()> {
        let watched = config.is_watched();
        self.run(move |worker| {
            worker.use_token(config);
            Ok(())
        })
        .await?;
        self.look_or_watch(watched);
        Ok(())
    }

    /// Reads the token anew, for something that a PIN was entered for: where another service of the program is at the
    /// reader, it waits as long as that will.
    ///
    /// # Errors
    /// What keeps the token from answering.
    pub async fn info(&self) -> Result<TokenInfo> {
        self.run(Worker::info_in_turn).await
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
        self.run(move |worker| worker.unblock(&answer, &new)).await
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

    /// Looks at the token now and, for cards, watches it over a fresh connection to the smart card service: the one
    /// before may have died without a word. May block for two seconds.
    pub fn watch_anew(&self) {
        let before = self.watcher.lock().unwrap_or_else(PoisonError::into_inner).take();
        let watched = before.is_some();
        drop(before);
        self.look_or_watch(watched);
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
