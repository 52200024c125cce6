//! "Új megbízás": the form of a domestic forint transfer (HCT), with what the bank will do beside it.
//!
//! Fields are checked with the key press by the rules at hand; route, past payments and suggestions are asked from
//! the client at every pause. What is typed is kept at the same pauses, so that a crash loses nothing.

pub(super) mod form;
mod kept;
pub(super) mod notes;
mod save;
mod side;
mod typing;
mod view;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use client::domain::{Field, FieldError, OrderId, PackageId, Partner, PartnerId};
use client::store::Page;
use client::{ClientError, OrderCheck, Saved, draft_for_partner};
use iced::Task;
use iced::keyboard::key::Named;
use uuid::Uuid;

use super::ask::{Question, after_pause};
use super::notice::Notice;
use crate::design::calendar::Words;
use crate::design::keys::{self, Press};
use crate::go::{Go, NewOrder};
use crate::shared::Shared;
use crate::texts::{self, explain};
use crate::tr;
use kept::{Beginning, Keeper, Kept, Lists};

/// Partners that the payee's field offers.
const SUGGESTED: u32 = 8;

/// The form.
pub struct OrderForm {
    kept: Kept,
    aside: Option<Kept>,
    restored: bool,
    lists: Lists,
    keeper: Keeper,
    suggestions: Vec<Partner>,
    problems: Vec<FieldError>,
    left: BTreeSet<Field>,
    tried: bool,
    more: bool,
    answer: Option<Arc<Answer>>,
    trouble: Option<String>,
    began: bool,
    saving: bool,
    asked: Question,
    pause: Question,
    words: Words,
}

/// What the client said of the typed order.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    check: std::result::Result<OrderCheck, String>,
    /// Whether some partner has this account or identifier.
    known: bool,
}

/// What follows a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// To the package.
    Package,
    /// The next order.
    Next,
    /// To the package, to sign and send it.
    Sign,
}

/// What happens in the form.
#[derive(Debug, Clone)]
pub enum Message {
    /// What the form begins with has been loaded.
    Began(Question, Result<Arc<Beginning>, Arc<ClientError>>),
    /// Typed into a field.
    Typed(Field, String),
    /// A field was left.
    Left(Field),
    /// One of the own accounts was chosen.
    Account(usize),
    /// A suggested partner was chosen.
    Partner(usize),
    /// A template was chosen.
    Template(usize),
    /// A day was picked from the calendar.
    Day(NaiveDate),
    /// The tick "azonnali".
    Instant(bool),
    /// The tick "VIBER".
    Viber(bool),
    /// Shows or hides the rare fields.
    More,
    /// A line of the list of packages was chosen.
    Package(usize),
    /// The order shall go alone.
    Alone,
    /// Nothing was typed for a while.
    Paused(Question),
    /// The client's judgement.
    Checked(Question, Arc<Answer>),
    /// Partners that fit the payee's name.
    Suggested(Question, Vec<Partner>),
    /// What is typed has been kept, or could not be.
    Kept(Result<(), Arc<ClientError>>),
    /// Save.
    Save(After),
    /// Something that the form chooses from may have changed: look again.
    Refresh,
    /// What it chooses from, as it is now.
    Refreshed(Result<Lists, Arc<ClientError>>),
    /// The save ended.
    Saved(After, Result<Saved, Arc<ClientError>>),
    /// Keep the payee as a partner.
    SavePartner,
    /// The partner was saved.
    PartnerSaved(Result<PartnerId, Arc<ClientError>>),
    /// Show what was typed earlier instead.
    PutBack,
    /// Begin with an empty form.
    Clear,
    /// To the list of packages.
    FocusPackages,
    /// Away from here; what is typed stays.
    Leave,
    /// What is typed has been kept, so the form can be left.
    LeftKept(Go, Result<(), Arc<ClientError>>),
}

/// What the window must do.
pub enum Action {
    /// Nothing.
    None,
    /// Run this.
    Run(Task<Message>),
    /// Open a place.
    Go(Go),
    /// Say something and run this.
    Say(Notice, Task<Message>),
    /// Say something and open a place.
    SayAndGo(Notice, Go),
    /// Say something, then open this package and begin to sign it.
    Sign(Notice, PackageId),
}

impl OrderForm {
    /// The form, which begins with what is asked for.
    pub fn new(shared: &Shared, how: NewOrder) -> (Self, Task<Message>) {
        let asked = Question::ask();
        let form = Self {
            kept: Kept::default(),
            aside: None,
            restored: false,
            lists: Lists::default(),
            keeper: Keeper::default(),
            suggestions: Vec::new(),
            problems: Vec::new(),
            left: BTreeSet::new(),
            tried: false,
            more: false,
            answer: None,
            trouble: None,
            began: false,
            saving: false,
            asked,
            pause: Question::ask(),
            words: texts::calendar(),
        };
        let begin = kept::begin(shared.client.clone(), how);
        (form, Task::perform(begin, move |all| Message::Began(asked, all.map_err(Arc::new))))
    }

    /// The message of a key that no widget wanted.
    pub fn key(&self, press: &Press) -> Option<Message> {
        if press.is_ctrl('s') {
            return Some(Message::Save(After::Package));
        }
        if press.is_ctrl_named(Named::Enter) {
            return Some(Message::Save(After::Next));
        }
        if press.is_ctrl('k') {
            return Some(Message::FocusPackages);
        }
        press.is(Named::Escape).then_some(Message::Leave)
    }

    /// Does what happened.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action {
        match message {
            Message::Began(question, result) => self.began(question, result, shared),
            Message::Typed(field, text) => self.typed(field, text, shared),
            Message::Left(field) => {
                let _ = self.left.insert(field);
                Action::None
            }
            Message::Account(index) => {
                if let Some(row) = self.lists.accounts.get(index) {
                    self.kept.draft.debit_account = row.account.number.to_string();
                }
                self.changed(shared)
            }
            Message::Partner(index) => {
                let Some(partner) = self.suggestions.get(index) else { return Action::None };
                self.kept.draft = draft_for_partner(partner, self.kept.draft.clone());
                self.suggestions.clear();
                if self.kept.draft.instant {
                    self.put_date_aside();
                }
                self.changed(shared)
            }
            Message::Template(index) => self.template(index, shared),
            Message::Day(day) => self.typed(Field::ValueDate, notes::typed_date(day), shared),
            Message::Instant(on) => {
                self.kept.draft.instant = on;
                if on {
                    self.put_date_aside();
                } else {
                    self.kept.draft.value_date = std::mem::take(&mut self.kept.date_aside);
                }
                self.changed(shared)
            }
            Message::Viber(on) => {
                self.kept.draft.viber = on;
                let _ = self.left.insert(Field::Urgency);
                self.changed(shared)
            }
            Message::More => {
                self.more = !self.more;
                Action::None
            }
            Message::Package(index) => {
                let choices = self.package_choices();
                (self.kept.package, self.kept.new_package) = match index {
                    0 => (None, false),
                    1 => (None, true),
                    _ => (choices.get(index - 2).map(|package| package.header.id), false),
                };
                self.changed(shared)
            }
            Message::Alone => {
                (self.kept.package, self.kept.new_package) = (None, true);
                self.changed(shared)
            }
            Message::Paused(pause) if pause == self.pause => Action::Run(self.ask(shared)),
            Message::Checked(question, answer) if question == self.asked => {
                self.answer = Some(answer);
                Action::None
            }
            Message::Suggested(question, partners) if question == self.asked => {
                self.suggestions = partners;
                Action::None
            }
            Message::Paused(_) | Message::Checked(..) | Message::Suggested(..) => Action::None,
            Message::Kept(Ok(())) => Action::None,
            Message::Kept(Err(error)) => self.troubled(&error),
            Message::Refresh => Action::Run(Task::batch([self.refresh(shared), self.look_again()])),
            Message::Refreshed(Ok(lists)) => {
                self.lists = lists;
                Action::None
            }
            Message::Refreshed(Err(error)) => self.troubled(&error),
            Message::Save(after) => self.save(after, shared),
            Message::Saved(after, result) => self.saved(after, result, shared),
            Message::SavePartner => self.save_partner(shared),
            Message::PartnerSaved(Ok(id)) => {
                self.kept.draft.partner = Some(id);
                let task = self.look_again();
                Action::Say(Notice::good(tr!("order-partner-saved")), task)
            }
            Message::PartnerSaved(Err(error)) => self.troubled(&error),
            Message::PutBack => {
                if let Some(aside) = self.aside.take() {
                    self.kept = aside;
                    self.restored = true;
                }
                self.changed(shared)
            }
            Message::Clear => {
                let forget = self.forget(shared);
                self.clear();
                Action::Run(Task::batch([forget, self.changed_task(shared), focus(Field::BeneficiaryName)]))
            }
            Message::FocusPackages => Action::Run(keys::focus("order-package")),
            Message::Leave => self.leave(shared),
            Message::LeftKept(go, Ok(())) => Action::Go(go),
            Message::LeftKept(_, Err(error)) => self.troubled(&error),
        }
    }

    /// Judges the fields and, at the next pause, asks the client and keeps what is typed.
    fn changed(&mut self, shared: &Shared) -> Action {
        Action::Run(self.changed_task(shared))
    }

    fn changed_task(&mut self, shared: &Shared) -> Task<Message> {
        self.trouble = None;
        self.judge(shared);
        self.look_again()
    }

    fn look_again(&mut self) -> Task<Message> {
        self.pause = Question::ask();
        after_pause(Message::Paused(self.pause))
    }

    fn judge(&mut self, shared: &Shared) {
        self.words = texts::calendar();
        let Some(rules) = &shared.rules else { return };
        let id = self.kept.editing.unwrap_or(OrderId(Uuid::nil()));
        self.problems = self.kept.draft.check(id, &rules.check_context()).err().unwrap_or_default();
    }

    fn ask(&mut self, shared: &Shared) -> Task<Message> {
        let (client, kept) = (shared.client.clone(), self.kept.clone());
        let keep = Task::perform(self.keeper.clone().keep(client, kept), |done| {
            Message::Kept(done.map_err(Arc::new))
        });
        let task = self.ask_only(shared);
        if self.kept.is_blank() { task } else { Task::batch([keep, task]) }
    }

    fn ask_only(&mut self, shared: &Shared) -> Task<Message> {
        let question = Question::ask();
        self.asked = question;
        let (client, kept) = (shared.client.clone(), self.kept.clone());
        let check = async move {
            let check = client.check_order(kept.draft.clone(), kept.choice(), kept.editing).await;
            let known = save::is_known(&client, &kept.draft).await;
            Answer { check: check.map_err(|error| explain(&error)), known }
        };
        let check = Task::perform(check, move |answer| Message::Checked(question, Arc::new(answer)));
        let name = self.kept.draft.beneficiary_name.trim().to_owned();
        if name.is_empty() || self.kept.draft.partner.is_some() {
            self.suggestions.clear();
            return check;
        }
        let client = shared.client.clone();
        let suggest = async move { client.partners(name, Page::first(SUGGESTED)).await };
        let suggest = Task::perform(suggest, move |found| {
            Message::Suggested(question, found.map(|(partners, _)| partners).unwrap_or_default())
        });
        Task::batch([check, suggest])
    }
}

/// Gives the keyboard to a field.
fn focus(field: Field) -> Task<Message> {
    keys::focus(field.key())
}
