//! "Importálás": a file of orders is read whole and shown with everything that is wrong in it, before anything is
//! stored; then all of it or only its good rows become packages.

mod package;
mod report;
mod view;

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;

use client::domain::PackageId;
use client::{ClientError, ImportChoice, ImportReport, PackageFilePreview, Preview, Taken};
use iced::keyboard::key::Named;
use iced::task::Handle;
use iced::{Subscription, Task, window};

use super::ask::Question;
use super::notice::Notice;
use crate::design::keys::{self, Press};
use crate::design::table::{Pick, Selection};
use crate::go::Go;
use crate::shared::Shared;
use crate::texts::explain;
use crate::{format, tr};
use report::Finding;

/// The field of the path.
const PATH: &str = "import-path";

/// The place.
pub struct Import {
    path: String,
    hovered: bool,
    stage: Stage,
    tab: Tab,
    problems: Vec<Finding>,
    warnings: Vec<Finding>,
    selection: Selection,
    trouble: Option<String>,
    question: Question,
    /// The running work; dropping it stops it.
    work: Option<Handle>,
}

/// How far the import is.
enum Stage {
    /// No file yet.
    Choosing,
    /// The file is being read.
    Reading,
    /// This is in it.
    Shown(Arc<Preview>),
    /// Its rows are being stored.
    Taking(Arc<Preview>),
    /// Stored.
    Done(ImportReport),
    /// The file is a package with these things in it.
    Package(Arc<PackageFilePreview>),
    /// The package is being stored.
    TakingPackage(Arc<PackageFilePreview>),
}

/// The lists of a preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Rows that cannot be taken.
    Bad,
    /// Rows that were understood with a change.
    Warned,
    /// Rows without a remark.
    Good,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// The path was typed.
    Path(String),
    /// Ask the system for a file.
    Browse,
    /// The system's answer.
    Browsed(Option<PathBuf>),
    /// A file hangs above the window, or no longer.
    Hovered(bool),
    /// A file was dropped.
    Dropped(PathBuf),
    /// Read the typed path.
    Read,
    /// The file was read.
    Previewed(Question, Result<Arc<Preview>, Arc<ClientError>>),
    /// The file was a package and was read.
    PackageSeen(Question, Result<Arc<PackageFilePreview>, Arc<ClientError>>),
    /// Store the package.
    TakePackage,
    /// It is stored.
    PackageTaken(Question, Result<Taken, Arc<ClientError>>),
    /// Another list.
    Tab(Tab),
    /// A row was picked.
    Picked(Pick),
    /// Store rows.
    Take(ImportChoice),
    /// They are stored.
    Taken(Question, Result<ImportReport, Arc<ClientError>>),
    /// Save the list of errors.
    Report,
    /// It was saved there, or nowhere, or it could not be.
    Reported(Result<Option<PathBuf>, String>),
    /// Stop what is running, or go back to choosing.
    Cancel,
    /// The packages that were made.
    Open(Option<PackageId>),
    /// Away.
    Leave,
}

/// What the window must do.
pub enum Action {
    /// Nothing.
    None,
    /// Run this.
    Run(Task<Message>),
    /// Open a place.
    Go(Go),
    /// Say something.
    Say(Notice),
}

impl Import {
    /// The place, waiting for a file.
    pub fn new(_shared: &Shared) -> (Self, Task<Message>) {
        let place = Self {
            path: String::new(),
            hovered: false,
            stage: Stage::Choosing,
            tab: Tab::Bad,
            problems: Vec::new(),
            warnings: Vec::new(),
            selection: Selection::default(),
            trouble: None,
            question: Question::ask(),
            work: None,
        };
        (place, keys::focus(PATH))
    }

    /// The place, reading a file at once.
    pub fn of(path: PathBuf, shared: &Shared) -> (Self, Task<Message>) {
        let (mut place, task) = Self::new(shared);
        match place.read(path, shared) {
            Action::Run(read) => (place, read),
            _ => (place, task),
        }
    }

    /// Files that are dropped on the window.
    pub fn subscription(&self) -> Subscription<Message> {
        iced::event::listen_with(|event, _, _| match event {
            iced::Event::Window(window::Event::FileHovered(_)) => Some(Message::Hovered(true)),
            iced::Event::Window(window::Event::FilesHoveredLeft) => Some(Message::Hovered(false)),
            iced::Event::Window(window::Event::FileDropped(path)) => Some(Message::Dropped(path)),
            _ => None,
        })
    }

    /// The message of a key that no widget wanted.
    pub fn key(&self, press: &Press) -> Option<Message> {
        match (press, &self.stage) {
            (press, Stage::Choosing | Stage::Shown(_)) if press.is_ctrl('o') => Some(Message::Browse),
            (press, Stage::Shown(_)) if press.is_ctrl('e') => Some(Message::Report),
            (press, Stage::Shown(preview)) if press.is_ctrl('s') => view::offered(preview).map(Message::Take),
            (press, Stage::Package(_)) if press.is_ctrl('s') => Some(Message::TakePackage),
            (press, Stage::Reading | Stage::Shown(_) | Stage::Package(_)) if press.is(Named::Escape) => {
                Some(Message::Cancel)
            }
            (press, Stage::Choosing | Stage::Done(_)) if press.is(Named::Escape) => Some(Message::Leave),
            _ => None,
        }
    }

    /// Does what happened.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action {
        match message {
            Message::Path(path) => {
                self.path = path;
                self.trouble = None;
                Action::None
            }
            Message::Browse => Action::Run(browse()),
            Message::Browsed(Some(path)) => self.read(path, shared),
            Message::Browsed(None) => Action::None,
            Message::Hovered(hovered) => {
                self.hovered = hovered;
                Action::None
            }
            Message::Dropped(path) => {
                self.hovered = false;
                if self.takes() { Action::None } else { self.read(path, shared) }
            }
            Message::Read if self.path.trim().is_empty() => Action::Run(keys::focus(PATH)),
            Message::Read => {
                // Explorer's "copy as path" puts quotes around it.
                let path = PathBuf::from(self.path.trim().trim_matches('"'));
                self.read(path, shared)
            }
            Message::Previewed(question, result) if question == self.question => self.previewed(result),
            Message::Taken(question, result) if question == self.question => self.taken(result),
            Message::PackageSeen(question, result) if question == self.question => self.package_seen(result),
            Message::PackageTaken(question, result) if question == self.question => {
                self.package_taken(result)
            }
            Message::TakePackage => self.take_package(shared),
            Message::Previewed(..)
            | Message::Taken(..)
            | Message::PackageSeen(..)
            | Message::PackageTaken(..) => Action::None,
            Message::Tab(tab) => {
                self.tab = tab;
                self.selection = Selection::default();
                Action::None
            }
            Message::Picked(pick) => {
                self.selection.apply(pick);
                Action::None
            }
            Message::Take(choice) => self.take(choice, shared),
            Message::Report => self.report(),
            Message::Reported(Ok(None)) => Action::None,
            Message::Reported(Ok(Some(path))) => {
                let path = path.display().to_string();
                Action::Say(Notice::good(tr!("import-report-saved", path = path)))
            }
            Message::Reported(Err(reason)) => Action::Say(Notice::bad(reason)),
            Message::Cancel => self.cancel(),
            Message::Open(package) => Action::Go(Go::Prepared(package)),
            Message::Leave => Action::Go(Go::Overview),
        }
    }

    fn read(&mut self, path: PathBuf, shared: &Shared) -> Action {
        self.path = path.display().to_string();
        self.trouble = None;
        let question = Question::ask();
        self.question = question;
        self.stage = Stage::Reading;
        let client = shared.client.clone();
        if package::is_one(&path) {
            return self.read_package(client, path);
        }
        let read = async move { client.preview_import(path).await };
        let read = Task::perform(read, move |done| {
            Message::Previewed(question, done.map(Arc::new).map_err(Arc::new))
        });
        self.start(read)
    }

    /// Whether something is being stored.
    fn takes(&self) -> bool {
        matches!(self.stage, Stage::Taking(_) | Stage::TakingPackage(_))
    }

    fn start(&mut self, task: Task<Message>) -> Action {
        let (task, handle) = task.abortable();
        self.work = Some(handle.abort_on_drop());
        Action::Run(task)
    }

    fn previewed(&mut self, result: Result<Arc<Preview>, Arc<ClientError>>) -> Action {
        self.work = None;
        match result {
            Ok(preview) => {
                self.problems = report::problems(&preview);
                self.warnings = report::warnings(&preview);
                self.selection = Selection::default();
                self.tab = match (preview.bad, preview.warned) {
                    (1.., _) => Tab::Bad,
                    (0, 1..) => Tab::Warned,
                    (0, 0) => Tab::Good,
                };
                self.stage = Stage::Shown(preview);
            }
            Err(error) => {
                self.stage = Stage::Choosing;
                self.trouble = Some(explain(&*error));
            }
        }
        Action::None
    }

    fn take(&mut self, choice: ImportChoice, shared: &Shared) -> Action {
        let Stage::Shown(preview) = &self.stage else { return Action::None };
        let preview = Arc::clone(preview);
        let question = Question::ask();
        self.question = question;
        self.trouble = None;
        self.stage = Stage::Taking(Arc::clone(&preview));
        let client = shared.client.clone();
        let take = async move { client.take_import(&preview, choice).await };
        // Not abortable: whether a stopped transaction was stored could not be told.
        Action::Run(Task::perform(take, move |done| Message::Taken(question, done.map_err(Arc::new))))
    }

    fn taken(&mut self, result: Result<ImportReport, Arc<ClientError>>) -> Action {
        let stage = std::mem::replace(&mut self.stage, Stage::Choosing);
        match (result, stage) {
            (Ok(report), _) => {
                let total = format::money(report.total.amount(), "HUF");
                let notice = Notice::good(tr!("import-done", count = report.orders, total = total));
                let go = Go::Prepared(report.packages.first().copied());
                self.stage = Stage::Done(report);
                Action::Say(notice.leading_to(tr!("import-open"), go))
            }
            (Err(error), stage) => {
                if let Stage::Taking(preview) = stage {
                    self.stage = Stage::Shown(preview);
                }
                self.trouble = Some(explain(&*error));
                Action::None
            }
        }
    }

    fn cancel(&mut self) -> Action {
        if self.takes() {
            return Action::None;
        }
        self.work = None;
        self.question = Question::ask();
        (self.stage, self.trouble) = (Stage::Choosing, None);
        Action::Run(keys::focus(PATH))
    }

    /// Saves the list that is shown.
    fn report(&self) -> Action {
        let findings = match self.tab {
            Tab::Warned => &self.warnings,
            Tab::Bad | Tab::Good => &self.problems,
        };
        if findings.is_empty() {
            return Action::None;
        }
        let findings = findings.clone();
        let stem = PathBuf::from(&self.path);
        let stem = stem.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let name = tr!("import-report-name", file = stem);
        let save = async move {
            let chosen = rfd::AsyncFileDialog::new()
                .set_file_name(format!("{name}.csv"))
                .add_filter("CSV", &["csv"])
                .add_filter(tr!("import-report-text"), &["txt"])
                .save_file()
                .await;
            let Some(chosen) = chosen else { return Ok(None) };
            write_report(chosen.path().to_owned(), findings).await.map(Some)
        };
        Action::Run(Task::perform(save, Message::Reported))
    }
}

/// Writes the list; in words if it cannot be written.
async fn write_report(path: PathBuf, findings: Vec<Finding>) -> Result<PathBuf, String> {
    let write = move || std::fs::write(&path, report::contents(&path, &findings)).map(|()| path);
    match tokio::task::spawn_blocking(write).await {
        Ok(Ok(path)) => Ok(path),
        Ok(Err(reason)) => Err(tr!("import-report-failed", reason = reason.to_string())),
        Err(_) => Err(explain(&ClientError::Internal)),
    }
}

fn browse() -> Task<Message> {
    let pick = rfd::AsyncFileDialog::new()
        .add_filter(tr!("import-filter"), &["xml", "kapocs"])
        .add_filter(tr!("import-filter-all"), &["*"]);
    let pick = async move { pick.pick_file().await.map(|file| file.path().to_owned()) };
    Task::perform(pick, Message::Browsed)
}
