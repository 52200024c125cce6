//! "Partnerek": the payees that the customer keeps; the list, and the chosen one as a form beside it.

mod typing;
mod view;
mod windows;
mod work;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use client::EarlierPayment;
use client::PartnerField;
use client::{Client, PartnerDraft, PartnerProblem};
use domain::{Partner, PartnerId};
use iced::Task;
use iced::keyboard::key::Named;
use serde::{Deserialize, Serialize};

use super::ask::{Answer, Question};
use super::browse::Search;
use super::record_form::{self, Asked, Owned, Record, RecordForm, Texts};
use crate::design::Element;
use crate::design::keys::{self, Press};
use crate::design::table::{Pick, Selection};
use crate::desk::Desk;
use crate::go::{Go, NewOrder};
use crate::screen::action::Action;
use crate::screen::contract::{Screen, Topic};
use crate::tr;
use windows::{Wanted, Windows};

/// The first field of the form.
const FIRST: &str = "partner-short-name";
const SEARCH: &str = "partner-search";

/// A place of the form in which something can be wrong; accounts count by line.
type Place = (PartnerField, usize);

/// The form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Form {
    /// The partner that saving replaces.
    id: Option<PartnerId>,
    draft: PartnerDraft,
    /// Whether it is the customer's own.
    is_own: bool,
}

impl Record for Form {
    type Stored = Owned<Partner>;
    type Id = PartnerId;
    const KEY: &'static str = "partner-form";

    fn blank() -> Self {
        let draft = PartnerDraft { targets: vec![String::new()], ..PartnerDraft::default() };
        Self { id: None, draft, is_own: false }
    }

    fn of(partner: &Owned<Partner>) -> Self {
        Self { id: Some(partner.id), draft: PartnerDraft::of(partner), is_own: partner.is_own }
    }

    fn id(&self) -> Option<PartnerId> {
        self.id
    }

    /// An empty line of accounts is no account.
    fn bare(&self) -> Self {
        let mut form = self.clone();
        form.draft.targets.retain(|target| !target.trim().is_empty());
        form
    }

    async fn find(client: Client, id: PartnerId) -> client::Result<Owned<Partner>> {
        let is_own = client.own_partners(vec![id]).await?.contains(&id);
        Ok(Owned { record: client.partner(id).await?, is_own })
    }

    async fn save(client: Client, partner: Owned<Partner>) -> client::Result<()> {
        client.save_partner_as(partner.record, partner.is_own).await
    }

    async fn remove(client: Client, id: PartnerId) -> client::Result<()> {
        client.remove_partner(id).await
    }

    fn texts() -> Texts {
        Texts {
            restored: tr!("partner-restored"),
            delete: (tr!("partner-delete"), tr!("partner-delete-help")),
        }
    }
}

pub(crate) struct Partners {
    search: Search,
    windows: Windows,
    selection: Selection,
    record: RecordForm<Form>,
    problems: Vec<PartnerProblem>,
    left: BTreeSet<Place>,
    last: Vec<EarlierPayment>,
    list: Question,
    past: Question,
}

#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// Typed into the search box.
    Search(String),
    /// Nothing was typed into the search box for a while.
    Searched(Question),
    /// A new list's first window.
    Listed(Question, Answer<(Arc<[Owned<Partner>]>, u32)>),
    /// The table wants a window.
    Wanted(Wanted),
    /// A window of the list.
    Loaded(Wanted, Answer<Arc<[Owned<Partner>]>>),
    /// A row was picked.
    Picked(Pick),
    /// A row was opened: the keyboard goes to the form.
    Opened,
    Record(record_form::Message<Form>),
    /// Typed into a field.
    Typed(PartnerField, String),
    /// Typed into the note.
    Note(String),
    /// Whether it shall be the customer's own.
    Owner(bool),
    /// Typed into a line of accounts.
    Target(usize, String),
    AddTarget,
    RemoveTarget(usize),
    /// A field was left.
    Left(PartnerField, usize),
    /// The last payments to the shown partner.
    Past(Question, Vec<EarlierPayment>),
    /// A new order to the partner.
    Order,
    /// To the place that writes partners to a file.
    Export,
    /// To the place that takes partners from a file.
    Import,
    /// To the search box.
    FocusSearch,
    Leave,
}

impl Partners {
    /// The place, with all partners.
    pub(crate) fn new(desk: &Desk) -> (Self, Task<Message>) {
        let (windows, wants) = Windows::new(Message::Wanted);
        let (record, restore) = RecordForm::new(desk);
        let mut place = Self {
            search: Search::default(),
            windows,
            selection: Selection::default(),
            record,
            problems: Vec::new(),
            left: BTreeSet::new(),
            last: Vec::new(),
            list: Question::ask(),
            past: Question::ask(),
        };
        let tasks = [wants, place.look(desk), restore.map(Message::Record), keys::focus(SEARCH)];
        (place, Task::batch(tasks))
    }
}

impl Screen for Partners {
    type Message = Message;

    fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        match message {
            Message::Search(text) => Action::run(self.search.typed(text, Message::Searched)),
            Message::Searched(pause) if self.search.is_due(pause) => Action::run(self.look(desk)),
            Message::Searched(_) => Action::none(),
            Message::Listed(question, answer) => self.listed(question, answer),
            Message::Wanted(wanted) => self.load(wanted, desk),
            Message::Loaded(wanted, Ok(rows)) => {
                self.windows.take(wanted, rows);
                Action::none()
            }
            Message::Loaded(wanted, Err(error)) => {
                self.windows.failed(wanted);
                self.record.troubled(error);
                Action::none()
            }
            Message::Picked(pick) => match pick {
                Pick::Only(row) | Pick::Toggle(row) | Pick::To(row) | Pick::Cursor(row) => {
                    self.record_message(record_form::Message::Show(Asked::Row(row)), desk)
                }
                Pick::All(_) => Action::none(),
            },
            Message::Opened => Action::run(keys::focus(FIRST)),
            Message::Record(message) => self.record_message(message, desk),
            Message::Typed(field, text) => {
                if let Some(place) = typing::text_of(&mut self.record.form.draft, field) {
                    *place = text;
                }
                Action::run(self.typed())
            }
            Message::Note(text) => {
                self.record.form.draft.note = text;
                Action::run(self.typed())
            }
            Message::Owner(is_own) => {
                self.record.form.is_own = is_own;
                Action::run(self.typed())
            }
            Message::Target(line, text) => self.target(line, text),
            Message::AddTarget => {
                self.record.form.draft.targets.push(String::new());
                let line = view::target_id(self.record.form.draft.targets.len() - 1);
                Action::run(keys::focus(line))
            }
            Message::RemoveTarget(line) => {
                if line < self.record.form.draft.targets.len() {
                    let _ = self.record.form.draft.targets.remove(line);
                }
                self.left.retain(|(field, _)| *field != PartnerField::Target);
                Action::run(self.typed())
            }
            Message::Left(field, line) => {
                let _ = self.left.insert((field, line));
                Action::none()
            }
            Message::Past(question, last) => {
                if question == self.past {
                    self.last = last;
                }
                Action::none()
            }
            Message::Order => match self.record.saved_id() {
                Some(id) => Action::go(Go::NewOrder(NewOrder::ToPartner(id))),
                None => Action::none(),
            },
            Message::Export => Action::go(Go::PartnerExport),
            Message::Import => Action::go(Go::PartnerImport),
            Message::FocusSearch => Action::run(keys::focus(SEARCH)),
            Message::Leave => Action::back(),
        }
    }

    fn changed(&mut self, topic: Topic, desk: &Desk) -> Task<Message> {
        match topic {
            Topic::MasterData => self.look(desk),
            Topic::Packages
            | Topic::SharedArea
            | Topic::Accounts
            | Topic::Authority
            | Topic::Messages
            | Topic::Session
            | Topic::Rules
            | Topic::Others
            | Topic::Token
            | Topic::Language => Task::none(),
        }
    }

    fn key(&self, press: &Press) -> Option<Message> {
        if let Some(message) = self.record.key(press) {
            return Some(Message::Record(message));
        }
        match press {
            press if press.is_ctrl('n') => Some(Message::Order),
            press if press.is_ctrl('e') => Some(Message::Export),
            press if press.is_ctrl('o') => Some(Message::Import),
            press if press.is_ctrl('f') => Some(Message::FocusSearch),
            press if press.is(Named::Escape) => Some(Message::Leave),
            _ => None,
        }
    }

    fn left(&mut self, desk: &Desk) -> Task<Message> {
        self.record.left(desk).map(Message::Record)
    }

    fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        self.page(desk)
    }
}
