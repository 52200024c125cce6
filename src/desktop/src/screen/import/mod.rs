//! "Importálás": a file of orders is read whole and shown with everything that is wrong in it, before anything is
//! stored; then all of it or only its good rows become packages.

mod package;
mod report;
mod view;

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;

use client::{ClientError, ImportChoice, ImportReport, PackageFilePreview, Preview, Taken};
use domain::PackageId;
use iced::keyboard::key::Named;
use iced::{Subscription, Task};

use super::intake::{self, Intake, Kind, Next, Stage};
use super::notice::Notice;
use crate::design::Element;
use crate::design::keys::Press;
use crate::design::table::{Pick, Selection};
use crate::desk::Desk;
use crate::go::Go;
use crate::screen::action::Action;
use crate::screen::contract::{Screen, Topic};
use crate::texts::explain;
use crate::{format, tr};
use report::Finding;

/// What is called what here.
const KIND: Kind = Kind {
    path: "import-path",
    browse: "import-browse",
    read: "import-read",
    formats: || tr!("import-formats"),
    filter: || tr!("import-filter"),
    endings: &["xml", "kapocs"],
};

pub(crate) struct Import {
    intake: Intake<Found, Stored>,
    tab: Tab,
    problems: Vec<Finding>,
    warnings: Vec<Finding>,
    selection: Selection,
}

/// What is in a file.
#[derive(Debug, Clone)]
pub(crate) enum Found {
    Orders(Arc<Preview>),
    /// The file is a package of its own.
    Package(Arc<PackageFilePreview>),
}

/// What became of it.
#[derive(Debug, Clone)]
pub(crate) enum Stored {
    Orders(ImportReport),
    Package(Taken),
}

/// The lists of a preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tab {
    /// Rows that cannot be taken.
    Bad,
    /// Rows that were understood with a change.
    Warned,
    /// Rows without a remark.
    Good,
}

#[derive(Debug, Clone)]
pub(crate) enum Message {
    File(intake::Message<Found, Stored>),
    TakePackage,
    Tab(Tab),
    /// A row was picked.
    Picked(Pick),
    Take(ImportChoice),
    /// The same, although the file was taken before.
    TakeAgain(ImportChoice),
    /// Save the list of errors.
    Report,
    /// It was saved there, or nowhere, or it could not be.
    Reported(Result<Option<PathBuf>, Unwritten>),
    /// The packages that were made.
    Open(Option<PackageId>),
    Leave,
}

/// Why the list of errors could not be saved.
#[derive(Debug, Clone)]
pub(crate) enum Unwritten {
    File(String),
    Internal,
}

impl Import {
    /// The place, waiting for a file.
    pub(crate) fn new() -> (Self, Task<Message>) {
        let place = Self {
            intake: Intake::new(&KIND),
            tab: Tab::Bad,
            problems: Vec::new(),
            warnings: Vec::new(),
            selection: Selection::default(),
        };
        let focus = place.intake.focus();
        (place, focus)
    }

    /// The place, reading a file at once.
    pub(crate) fn of(path: PathBuf, desk: &Desk) -> (Self, Task<Message>) {
        let (mut place, _) = Self::new();
        let read = place.read(path, desk);
        (place, read)
    }
}

impl Screen for Import {
    type Message = Message;

    fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        match message {
            Message::File(message) => {
                let (action, next) = self.intake.update(message).heard(Message::File);
                match next {
                    Some(Next::Read(path)) => action.and_run(self.read(path, desk)),
                    Some(Next::Shown) => {
                        self.show();
                        action
                    }
                    Some(Next::Done) => action.and(self.done()),
                    None => action,
                }
            }
            Message::TakePackage => self.take_package(desk),
            Message::Tab(tab) => {
                self.tab = tab;
                self.selection = Selection::default();
                Action::none()
            }
            Message::Picked(pick) => {
                self.selection.apply(pick);
                Action::none()
            }
            Message::Take(choice) => self.take(choice, false, desk),
            Message::TakeAgain(choice) => self.take(choice, true, desk),
            Message::Report => self.report(desk),
            Message::Reported(Ok(None)) => Action::none(),
            Message::Reported(Ok(Some(path))) => {
                let path = path.display().to_string();
                Action::say(Notice::good(tr!("import-report-saved", path = path)))
            }
            Message::Reported(Err(Unwritten::File(reason))) => {
                tracing::warn!(%reason, "a list of errors could not be written");
                Action::say(Notice::bad(tr!("import-report-failed")))
            }
            Message::Reported(Err(Unwritten::Internal)) => {
                Action::say(Notice::bad(explain(&ClientError::Internal)))
            }
            Message::Open(package) => Action::go(Go::Prepared(package)),
            Message::Leave => Action::back(),
        }
    }

    // What stands in a file changes with nothing that happens here.
    fn changed(&mut self, topic: Topic, _: &Desk) -> Task<Message> {
        match topic {
            Topic::Language => self.explain(),
            Topic::Packages
            | Topic::SharedArea
            | Topic::Accounts
            | Topic::MasterData
            | Topic::Authority
            | Topic::Messages
            | Topic::Session
            | Topic::Rules
            | Topic::Others
            | Topic::Token => {}
        }
        Task::none()
    }

    fn key(&self, press: &Press) -> Option<Message> {
        let file = |message| Some(Message::File(message));
        let escape = press.is(Named::Escape);
        match &self.intake.stage {
            Stage::Choosing if press.is_ctrl('o') => file(intake::Message::Browse),
            Stage::Choosing | Stage::Done(_) if escape => Some(Message::Leave),
            Stage::Shown(Found::Orders(_)) if press.is_ctrl('o') => file(intake::Message::Browse),
            Stage::Shown(Found::Orders(_)) if press.is_ctrl('e') => Some(Message::Report),
            Stage::Shown(Found::Orders(preview)) if press.is_ctrl('s') => {
                // What goes against the file's own totals is pressed as a button that says so.
                preview.least_choice().filter(|choice| !choice.is_despite_totals()).map(Message::Take)
            }
            Stage::Shown(Found::Package(_)) if press.is_ctrl('s') => Some(Message::TakePackage),
            Stage::Reading | Stage::Shown(_) if escape => file(intake::Message::Cancel),
            _ => None,
        }
    }

    fn subscription(&self) -> Subscription<Message> {
        self.intake.subscription().map(Message::File)
    }

    fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        self.page(desk)
    }
}

impl Import {
    fn read(&mut self, path: PathBuf, desk: &Desk) -> Task<Message> {
        let (client, file) = (desk.client.clone(), path.clone());
        let read = async move {
            if package::is_one(&file) {
                return client.preview_package_file(file).await.map(Arc::new).map(Found::Package);
            }
            client.preview_import(file).await.map(Arc::new).map(Found::Orders)
        };
        self.intake.read(path, read).map(Message::File)
    }

    /// Shows what was found, beginning with the list that most needs a look.
    fn show(&mut self) {
        let Some(Found::Orders(preview)) = self.intake.shown() else { return };
        self.tab = match (preview.bad, preview.warned) {
            (1.., _) => Tab::Bad,
            (0, 1..) => Tab::Warned,
            (0, 0) => Tab::Good,
        };
        self.selection = Selection::default();
        self.explain();
    }

    /// Says what is wrong in the file, in the language of now.
    fn explain(&mut self) {
        if let Some(Found::Orders(preview)) = self.intake.shown() {
            (self.problems, self.warnings) = (report::problems(preview), report::warnings(preview));
        }
    }

    fn take(&mut self, choice: ImportChoice, again: bool, desk: &Desk) -> Action<Message> {
        let Some(Found::Orders(preview)) = self.intake.shown().cloned() else { return Action::none() };
        let client = desk.client.clone();
        let take = async move {
            let taken = match again {
                true => client.take_import(&preview.again(), choice).await,
                false => client.take_import(&preview, choice).await,
            };
            taken.map(Stored::Orders)
        };
        Action::run(self.intake.take(take).map(Message::File))
    }

    /// Says what became of the file.
    fn done(&mut self) -> Action<Message> {
        match &self.intake.stage {
            Stage::Done(Stored::Orders(report)) => {
                let total = format::money(report.total);
                let notice = Notice::good(tr!("import-done", count = report.orders, total = total));
                let go = Go::Prepared(report.packages.first().copied());
                Action::say(notice.leading_to(tr!("import-open"), go))
            }
            Stage::Done(Stored::Package(taken)) => {
                let name = taken.name.as_str();
                let words = tr!("package-file-taken", name = name, signatures = taken.signers.len());
                let go = Go::Prepared(Some(taken.package));
                self.intake.leave();
                Action::say(Notice::good(words).leading_to(tr!("import-open"), go))
            }
            _ => Action::none(),
        }
    }

    /// Saves the list that is shown.
    fn report(&self, desk: &Desk) -> Action<Message> {
        let findings = match self.tab {
            Tab::Warned => &self.warnings,
            Tab::Bad | Tab::Good => &self.problems,
        };
        if findings.is_empty() {
            return Action::none();
        }
        let findings = findings.clone();
        let stem = PathBuf::from(self.intake.path());
        let stem = stem.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let name = desk.file_name(&tr!("import-report-name", file = stem));
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
        Action::run(Task::perform(save, Message::Reported))
    }
}

async fn write_report(path: PathBuf, findings: Vec<Finding>) -> Result<PathBuf, Unwritten> {
    let write = move || std::fs::write(&path, report::contents(&path, &findings)).map(|()| path);
    match tokio::task::spawn_blocking(write).await {
        Ok(Ok(path)) => Ok(path),
        Ok(Err(reason)) => Err(Unwritten::File(reason.to_string())),
        Err(_) => Err(Unwritten::Internal),
    }
}
