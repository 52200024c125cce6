//! "A program frissítése": the sheet of a new version. It tells what is new, brings the file with progress, and starts
//! the installer once the file is the one that was signed. Where the bank takes this version no more, it says what
//! still works.

mod notice;
mod view;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use client::update::{Downloaded, Fetched, HAS_INSTALLER, UpdateState};
use client::{Client, ClientError};
use iced::Task;
use iced::futures::stream;
use iced::task::Handle;
use tokio::sync::watch;

use super::action::Action;
pub(crate) use notice::{Press, notice};

/// The bar moves at most so often: more is work for nothing.
const STEP: Duration = Duration::from_millis(100);

pub struct Updating {
    state: UpdateState,
    stage: Stage,
    /// Whether there is an installer to start here; elsewhere the file is for the system's own tools.
    installs: bool,
}

/// How far it is.
enum Stage {
    Offer,
    Loading(Downloaded, Option<Handle>),
    /// The file is here and is the one that was signed.
    Ready(Fetched),
    /// What is typed in the open place would be lost.
    Asking(Fetched),
    Starting,
    /// It did not work.
    Failed(Arc<ClientError>),
}

/// What happens on the sheet.
#[derive(Debug, Clone)]
pub enum Message {
    Download,
    /// So much is here.
    Progress(Downloaded),
    /// The file is here, or not.
    Fetched(Result<Fetched, Arc<ClientError>>),
    Cancel,
    /// Start the installer and close the program.
    Install,
    /// Also when something that is typed is lost.
    ReallyInstall,
    /// Do not start it yet.
    Stay,
    /// The installer was started, or not.
    Started(Result<(), Arc<ClientError>>),
    Leave,
}

/// What the frame must do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Take the sheet away.
    Close,
    /// End the program: the installer waits for that.
    Quit,
}

/// What the sheet is about to use.
pub struct Around<'a> {
    pub client: &'a Client,
    /// Where the file is put.
    pub folder: PathBuf,
    /// Whether something that is typed in the open place would be lost with the window.
    pub loses: bool,
}

impl Updating {
    /// The sheet of a state.
    #[must_use]
    pub fn new(state: UpdateState) -> Self {
        Self { state, stage: Stage::Offer, installs: HAS_INSTALLER }
    }

    /// Another state is known: what is shown changes with it unless work goes on.
    pub fn know(&mut self, state: UpdateState) {
        if matches!(self.stage, Stage::Offer | Stage::Failed(_)) && state != self.state {
            self.state = state;
            self.stage = Stage::Offer;
        }
    }

    pub fn update(&mut self, message: Message, around: Around<'_>) -> Action<Message, Wish> {
        match message {
            Message::Download => self.download(around),
            Message::Progress(downloaded) => {
                if let Stage::Loading(shown, _) = &mut self.stage {
                    *shown = downloaded;
                }
                Action::none()
            }
            Message::Fetched(Ok(fetched)) => self.loaded(Stage::Ready(fetched)),
            Message::Fetched(Err(error)) => self.loaded(Stage::Failed(error)),
            Message::Cancel => self.loaded(Stage::Offer),
            Message::Install => match std::mem::replace(&mut self.stage, Stage::Offer) {
                Stage::Ready(fetched) if around.loses => {
                    self.stage = Stage::Asking(fetched);
                    Action::none()
                }
                Stage::Ready(fetched) => self.start(fetched),
                other => {
                    self.stage = other;
                    Action::none()
                }
            },
            Message::ReallyInstall | Message::Stay => {
                match std::mem::replace(&mut self.stage, Stage::Offer) {
                    Stage::Asking(fetched) if matches!(message, Message::Stay) => {
                        self.stage = Stage::Ready(fetched);
                        Action::none()
                    }
                    Stage::Asking(fetched) => self.start(fetched),
                    other => {
                        self.stage = other;
                        Action::none()
                    }
                }
            }
            Message::Started(Ok(())) => Action::wish(Wish::Quit),
            Message::Started(Err(error)) => {
                self.stage = Stage::Failed(error);
                Action::none()
            }
            Message::Leave => match &self.stage {
                Stage::Starting => Action::none(),
                Stage::Loading(..) => self.loaded(Stage::Offer),
                _ => Action::wish(Wish::Close),
            },
        }
    }

    fn download(&mut self, around: Around<'_>) -> Action<Message, Wish> {
        let Some(update) = self.state.update().cloned() else { return Action::none() };
        if !matches!(self.stage, Stage::Offer | Stage::Failed(_)) {
            return Action::none();
        }
        let (sender, progress) = watch::channel(Downloaded { bytes: 0, of: update.file.size });
        let (client, folder) = (around.client.clone(), around.folder);
        let bring = async move { client.download_update(&update, &folder, sender).await.map_err(Arc::new) };
        let (task, handle) =
            Task::batch([Task::perform(bring, Message::Fetched), steps(progress).map(Message::Progress)])
                .abortable();
        self.stage = Stage::Loading(Downloaded::default(), Some(handle.abort_on_drop()));
        Action::run(task)
    }

    /// Ends the download in one way or the other; late words of one that was given up change nothing.
    fn loaded(&mut self, next: Stage) -> Action<Message, Wish> {
        if let Stage::Loading(_, handle) = &self.stage {
            if let Some(handle) = handle {
                handle.abort();
            }
            self.stage = next;
        }
        Action::none()
    }

    fn start(&mut self, fetched: Fetched) -> Action<Message, Wish> {
        self.stage = Stage::Starting;
        // Reading the whole file again takes a moment.
        let start = async move {
            let started = tokio::task::spawn_blocking(move || fetched.start()).await;
            let started = started.map_err(|_| ClientError::Internal);
            started.and_then(|started| started.map_err(ClientError::from)).map_err(Arc::new)
        };
        Action::run(Task::perform(start, Message::Started))
    }
}

/// The progress as it grows, until the download ends.
fn steps(progress: watch::Receiver<Downloaded>) -> Task<Downloaded> {
    Task::stream(stream::unfold(progress, |mut progress| async move {
        progress.changed().await.ok()?;
        let downloaded = *progress.borrow_and_update();
        tokio::time::sleep(STEP).await;
        Some((downloaded, progress))
    }))
}

/// States for the gallery and for tests.
pub(crate) mod samples;

#[cfg(test)]
mod tests;
