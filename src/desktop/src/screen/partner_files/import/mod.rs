//! In: a file of partners is read whole and sorted out against those that are kept, before anything is stored; then
//! what is chosen is taken in one go.

mod notes;
mod sides;
mod view;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use client::{PartnerChoices, PartnerPreview, PartnersTaken, Resolution};
use iced::keyboard::key::Named;
use iced::{Subscription, Task};

use crate::design::Element;
use crate::design::keys::Press;
use crate::design::table::{Pick, Selection};
use crate::desk::Desk;
use crate::go::Go;
use crate::screen::action::Action;
use crate::screen::contract::{self, Screen, Topic};
use crate::screen::intake::{self, Intake, Kind, Next, Stage};
use crate::screen::notice::Notice;
use crate::tr;

/// What is called what here.
const KIND: Kind = Kind {
    path: "partner-import-path",
    browse: "partner-import-browse",
    read: "partner-import-read",
    formats: || tr!("partner-import-formats"),
    filter: || tr!("partner-import-filter"),
    endings: &["DAT", "dat", "csv", "txt", "xlsx", "vcf"],
};

pub(crate) struct Import {
    intake: Intake<Arc<PartnerPreview>, PartnersTaken>,
    tab: Tab,
    /// Where the cursor of the shown list is.
    selection: Selection,
    /// Whether the new ones are taken.
    new: bool,
    /// Changed records that are taken; partners count first, then templates.
    changed: BTreeSet<usize>,
    /// What becomes of records in conflict, counted alike; the others stay behind.
    clashes: BTreeMap<usize, Resolution>,
}

/// The lists of a preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tab {
    /// Records that fit nothing that is kept.
    New,
    /// Records that differ from the kept ones.
    Changed,
    /// Records that need a decision.
    Clash,
    /// Records that cannot be taken.
    Refused,
}

#[derive(Debug, Clone)]
pub(crate) enum Message {
    File(intake::Message<Arc<PartnerPreview>, PartnersTaken>),
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
    /// Back to the partners.
    Leave,
}

impl Import {
    /// The place, waiting for a file.
    pub(crate) fn new() -> (Self, Task<Message>) {
        let place = Self::blank();
        let focus = place.intake.focus();
        (place, focus)
    }

    /// The place without a client: pictures.
    pub(crate) fn blank() -> Self {
        Self {
            intake: Intake::new(&KIND),
            tab: Tab::New,
            selection: Selection::default(),
            new: true,
            changed: BTreeSet::new(),
            clashes: BTreeMap::new(),
        }
    }

    /// The place with a file read: pictures.
    pub(crate) fn showing(preview: PartnerPreview, tab: Tab) -> Self {
        let mut place = Self::blank();
        place.intake.stage = Stage::Shown(Arc::new(preview));
        place.show();
        place.tab = tab;
        place
    }

    /// Shows a file, beginning with the list that most needs a look.
    fn show(&mut self) {
        let Some(preview) = self.intake.shown() else { return };
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

    fn take(&mut self, desk: &Desk) -> Action<Message> {
        let Some(preview) = self.intake.shown().cloned() else { return Action::none() };
        if self.count(&preview) == 0 {
            return Action::none();
        }
        let (client, choices) = (desk.client.clone(), self.choices(&preview));
        let take = async move { client.take_partners(&preview, choices).await };
        Action::run(self.intake.take(take).map(Message::File))
    }
}

impl Screen for Import {
    type Message = Message;

    fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        match message {
            Message::File(message) => {
                let (action, next) = self.intake.update(message).heard(Message::File);
                match next {
                    Some(Next::Read(path)) => {
                        let (client, file) = (desk.client.clone(), path.clone());
                        let read = async move { client.preview_partners(file).await.map(Arc::new) };
                        action.and_run(self.intake.read(path, read).map(Message::File))
                    }
                    Some(Next::Shown) => {
                        self.show();
                        action
                    }
                    Some(Next::Done) => action.and(Action::say(Notice::good(tr!("partner-import-done")))),
                    None => action,
                }
            }
            Message::Tab(tab) => {
                self.tab = tab;
                self.selection = Selection::of(0);
                Action::none()
            }
            Message::Picked(pick) => {
                self.selection.apply(pick);
                Action::none()
            }
            Message::New(new) => {
                self.new = new;
                Action::none()
            }
            Message::Change(row) => {
                if !self.changed.remove(&row) {
                    let _: bool = self.changed.insert(row);
                }
                Action::none()
            }
            Message::ChangeAll(all) => {
                let Some(preview) = self.intake.shown() else { return Action::none() };
                let count = preview.partners.changed.len() + preview.templates.changed.len();
                self.changed = if all { (0..count).collect() } else { BTreeSet::new() };
                Action::none()
            }
            Message::Resolve(row, Some(resolution)) => {
                let _: Option<Resolution> = self.clashes.insert(row, resolution);
                Action::none()
            }
            Message::Resolve(row, None) => {
                let _: Option<Resolution> = self.clashes.remove(&row);
                Action::none()
            }
            Message::Take => self.take(desk),
            Message::Leave => Action::go(Go::Partners),
        }
    }

    // What was read is judged again when it is taken: what changed here since then is not overwritten.
    fn changed(&mut self, topic: Topic, _: &Desk) -> Task<Message> {
        contract::nothing(topic)
    }

    fn key(&self, press: &Press) -> Option<Message> {
        let file = |message| Some(Message::File(message));
        let escape = press.is(Named::Escape);
        match &self.intake.stage {
            Stage::Choosing | Stage::Shown(_) if press.is_ctrl('o') => file(intake::Message::Browse),
            Stage::Shown(_) if press.is_ctrl('s') => Some(Message::Take),
            Stage::Shown(_) if self.tab == Tab::Changed && press.is_ctrl('a') => {
                Some(Message::ChangeAll(true))
            }
            Stage::Reading | Stage::Shown(_) if escape => file(intake::Message::Cancel),
            Stage::Choosing | Stage::Done(_) if escape => Some(Message::Leave),
            _ => None,
        }
    }

    fn subscription(&self) -> Subscription<Message> {
        self.intake.subscription().map(Message::File)
    }

    fn view<'a>(&'a self, _: &'a Desk) -> Element<'a, Message> {
        self.draw()
    }
}
