//! In: a file of partners is read whole and sorted out against those that are kept, before anything is stored; then
//! what is chosen is taken in one go.

mod sides;
mod view;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use client::{ClientError, PartnerChoices, PartnerPreview, PartnersTaken, Resolution};
use iced::keyboard::key::Named;
use iced::task::Handle;
use iced::{Subscription, Task, window};

use crate::design::keys::{self, Press};
use crate::design::table::{Pick, Selection};
use crate::go::Go;
use crate::screen::ask::Question;
use crate::screen::notice::Notice;
use crate::shared::Shared;
use crate::texts::explain;
use crate::tr;

/// The field of the path.
const PATH: &str = "partner-import-path";

/// The place.
pub struct Import {
    path: String,
    hovered: bool,
    stage: Stage,
    tab: Tab,
    /// Where the cursor of the shown list is.
    selection: Selection,
    /// Whether the new ones are taken.
    new: bool,
    /// Changed records that are taken; partners count first, then templates.
    changed: BTreeSet<usize>,
    /// What becomes of records in conflict, counted alike; the others stay behind.
    clashes: BTreeMap<usize, Resolution>,
    trouble: Option<String>,
    question: Question,
    /// The running reading; dropping it stops it.
    work: Option<Handle>,
}

/// How far the import is.
enum Stage {
    /// No file yet.
    Choosing,
    /// The file is being read.
    Reading,
    /// This is in it.
    Shown(Arc<PartnerPreview>),
    /// What was chosen is being stored.
    Taking(Arc<PartnerPreview>),
    /// Stored.
    Done(PartnersTaken),
}

/// The lists of a preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Records that fit nothing that is kept.
    New,
    /// Records that differ from the kept ones.
    Changed,
    /// Records that need a decision.
    Clash,
    /// Records that cannot be taken.
    Refused,
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
    Previewed(Question, Result<Arc<PartnerPreview>, Arc<ClientError>>),
    /// Another list.
    Tab(Tab),
    /// A row was picked.
    Picked(Pick),
    /// The new ones are taken or not.
    New(bool),
    /// This changed record is taken, or no longer.
    Change(usize),
    /// All changed records are taken, or none.
    ChangeAll(bool),
    /// What becomes of this record in conflict.
    Resolve(usize, Option<Resolution>),
    /// Store what is chosen.
    Take,
    /// It is stored.
    Taken(Question, Result<PartnersTaken, Arc<ClientError>>),
    /// Stop what is running, or go back to choosing.
    Cancel,
    /// Back to the partners.
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
        (Self::blank(), keys::focus(PATH))
    }

    /// The place without a client: pictures.
    pub(crate) fn blank() -> Self {
        Self {
            path: String::new(),
            hovered: false,
            stage: Stage::Choosing,
            tab: Tab::New,
            selection: Selection::default(),
            new: true,
            changed: BTreeSet::new(),
            clashes: BTreeMap::new(),
            trouble: None,
            question: Question::ask(),
            work: None,
        }
    }

    /// The place with a file read: pictures.
    pub(crate) fn showing(preview: PartnerPreview, tab: Tab) -> Self {
        let mut place = Self::blank();
        place.show(Arc::new(preview));
        place.tab = tab;
        place
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
            (press, Stage::Shown(_)) if press.is_ctrl('s') => Some(Message::Take),
            (press, Stage::Shown(_)) if self.tab == Tab::Changed && press.is_ctrl('a') => {
                Some(Message::ChangeAll(true))
            }
            (press, Stage::Reading | Stage::Shown(_)) if press.is(Named::Escape) => Some(Message::Cancel),
            (press, Stage::Choosing | Stage::Done(_)) if press.is(Named::Escape) => Some(Message::Leave),
            _ => None,
        }
    }

    /// Does what happened.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action {
        match message {
            Message::Path(path) => {
                (self.path, self.trouble) = (path, None);
                Action::None
            }
            Message::Browse => Action::Run(browse()),
            Message::Browsed(Some(path)) => self.read(path, shared),
            Message::Hovered(hovered) => {
                self.hovered = hovered;
                Action::None
            }
            Message::Dropped(path) => {
                self.hovered = false;
                if matches!(self.stage, Stage::Taking(_)) { Action::None } else { self.read(path, shared) }
            }
            Message::Read if self.path.trim().is_empty() => Action::Run(keys::focus(PATH)),
            Message::Read => {
                // Explorer's "copy as path" puts quotes around it.
                let path = PathBuf::from(self.path.trim().trim_matches('"'));
                self.read(path, shared)
            }
            Message::Previewed(question, result) if question == self.question => {
                self.work = None;
                match result {
                    Ok(preview) => self.show(preview),
                    Err(error) => {
                        self.stage = Stage::Choosing;
                        self.trouble = Some(explain(&*error));
                    }
                }
                Action::None
            }
            Message::Taken(question, result) if question == self.question => self.taken(result),
            Message::Browsed(None) | Message::Previewed(..) | Message::Taken(..) => Action::None,
            Message::Tab(tab) => {
                self.tab = tab;
                self.selection = Selection::of(0);
                Action::None
            }
            Message::Picked(pick) => {
                self.selection.apply(pick);
                Action::None
            }
            Message::New(new) => {
                self.new = new;
                Action::None
            }
            Message::Change(row) => {
                if !self.changed.remove(&row) {
                    let _: bool = self.changed.insert(row);
                }
                Action::None
            }
            Message::ChangeAll(all) => {
                let Stage::Shown(preview) = &self.stage else { return Action::None };
                let count = preview.partners.changed.len() + preview.templates.changed.len();
                self.changed = if all { (0..count).collect() } else { BTreeSet::new() };
                Action::None
            }
            Message::Resolve(row, Some(resolution)) => {
                let _: Option<Resolution> = self.clashes.insert(row, resolution);
                Action::None
            }
            Message::Resolve(row, None) => {
                let _: Option<Resolution> = self.clashes.remove(&row);
                Action::None
            }
            Message::Take => self.take(shared),
            Message::Cancel => self.cancel(),
            Message::Leave => Action::Go(Go::Partners),
        }
    }

    fn read(&mut self, path: PathBuf, shared: &Shared) -> Action {
        self.path = path.display().to_string();
        self.trouble = None;
        let question = Question::ask();
        self.question = question;
        self.stage = Stage::Reading;
        let client = shared.client.clone();
        let read = async move { client.preview_partners(path).await };
        let read = Task::perform(read, move |done| {
            Message::Previewed(question, done.map(Arc::new).map_err(Arc::new))
        });
        let (task, handle) = read.abortable();
        self.work = Some(handle.abort_on_drop());
        Action::Run(task)
    }

    /// Shows a file, beginning with the list that most needs a look.
    fn show(&mut self, preview: Arc<PartnerPreview>) {
        let any = |partners: usize, templates: usize| partners + templates > 0;
        self.tab = if any(preview.partners.conflicting.len(), preview.templates.conflicting.len()) {
            Tab::Clash
        } else if any(preview.partners.changed.len(), preview.templates.changed.len()) {
            Tab::Changed
        } else if any(preview.partners.new.len(), preview.templates.new.len()) || preview.refused.is_empty() {
            Tab::New
        } else {
            Tab::Refused
        };
        self.selection = Selection::of(0);
        self.new = true;
        self.changed.clear();
        self.clashes.clear();
        self.stage = Stage::Shown(preview);
    }

    /// What is chosen, sorted by partners and templates.
    fn choices(&self, preview: &PartnerPreview) -> PartnerChoices {
        let mut choices = PartnerChoices::default();
        (choices.partners.new, choices.templates.new) = (self.new, self.new);
        let partners = preview.partners.changed.len();
        for row in &self.changed {
            let _: bool = match row.checked_sub(partners) {
                None => choices.partners.changed.insert(*row),
                Some(row) => choices.templates.changed.insert(row),
            };
        }
        let partners = preview.partners.conflicting.len();
        for (row, resolution) in &self.clashes {
            let _: Option<Resolution> = match row.checked_sub(partners) {
                None => choices.partners.conflicting.insert(*row, *resolution),
                Some(row) => choices.templates.conflicting.insert(row, *resolution),
            };
        }
        choices
    }

    /// How many records are chosen.
    fn count(&self, preview: &PartnerPreview) -> usize {
        let choices = self.choices(preview);
        choices.partners.count(&preview.partners) + choices.templates.count(&preview.templates)
    }

    fn take(&mut self, shared: &Shared) -> Action {
        let Stage::Shown(preview) = &self.stage else { return Action::None };
        if self.count(preview) == 0 {
            return Action::None;
        }
        let (preview, choices) = (Arc::clone(preview), self.choices(preview));
        let question = Question::ask();
        self.question = question;
        self.trouble = None;
        self.stage = Stage::Taking(Arc::clone(&preview));
        let client = shared.client.clone();
        let take = async move { client.take_partners(&preview, choices).await };
        // Not abortable: whether a stopped transaction was stored could not be told.
        Action::Run(Task::perform(take, move |done| Message::Taken(question, done.map_err(Arc::new))))
    }

    fn taken(&mut self, result: Result<PartnersTaken, Arc<ClientError>>) -> Action {
        match (result, std::mem::replace(&mut self.stage, Stage::Choosing)) {
            (Ok(taken), _) => {
                self.stage = Stage::Done(taken);
                Action::Say(Notice::good(tr!("partner-import-done")))
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
        if matches!(self.stage, Stage::Taking(_)) {
            return Action::None;
        }
        self.work = None;
        self.question = Question::ask();
        (self.stage, self.trouble) = (Stage::Choosing, None);
        Action::Run(keys::focus(PATH))
    }
}

fn browse() -> Task<Message> {
    let pick = rfd::AsyncFileDialog::new()
        .add_filter(tr!("partner-import-filter"), &["DAT", "dat", "csv", "txt", "xlsx", "vcf"])
        .add_filter(tr!("import-filter-all"), &["*"]);
    let pick = async move { pick.pick_file().await.map(|file| file.path().to_owned()) };
    Task::perform(pick, Message::Browsed)
}
