//! "Új megbízás": the form of a payment of any type, with what the bank will do beside it.
//!
//! The fields come from the type ([`fields`]) and say what they understand ([`notes`]). They are checked with the key
//! press by the rules at hand; route, past payments and suggestions are asked from the client at every pause. What is
//! typed is kept at the same pauses, so that a crash loses nothing.

pub(super) mod fields;
mod form;
mod kept;
mod leaving;
pub(super) mod notes;
mod save;
mod side;
mod typing;
mod view;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use client::{ClientError, OrderCheck, Page, PartnerProblem, Saved};
use domain::{FieldError, Order, OrderId, OrderType, Partner, PartnerId, key};
use iced::Task;
use iced::keyboard::key::Named;
use uuid::Uuid;

use super::ask::{Answer, Question, after_pause, ask};
use super::notice::Notice;
use crate::design::Element;
use crate::design::aim::Aim;
use crate::design::keys::{self, Press};
use crate::desk::Desk;
use crate::go::{Go, NewOrder};
use crate::screen::action::Action;
use crate::screen::contract::{Screen, Topic};
use crate::tr;
use fields::Edit;
use kept::{Beginning, Keeper, Kept, Lists, Stored};
use leaving::Leaving;

/// Partners that the payee's field offers.
const SUGGESTED: u32 = 8;

/// The form.
pub(crate) struct OrderForm {
    kept: Kept,
    /// Orders that wait for their turn in the form: not finished, or not saved.
    aside: Vec<Kept>,
    /// The form as it was begun: as long as it is the same, nothing is lost with it.
    untouched: Kept,
    /// The question before changes of a recorded order are left.
    leaves: bool,
    restored: bool,
    lists: Lists,
    keeper: Keeper,
    suggestions: Vec<Partner>,
    problems: Vec<FieldError>,
    left: BTreeSet<&'static str>,
    tried: bool,
    more: bool,
    answer: Option<Arc<Judgement>>,
    trouble: Option<Trouble>,
    began: bool,
    /// Orders that are on their way into the store.
    leaving: Leaving,
    /// Where the caret shall be.
    aim: Aim,
    asked: Question,
    pause: Question,
}

/// What the client said of the typed order.
#[derive(Debug, Clone)]
pub(crate) struct Judgement {
    check: Answer<OrderCheck>,
    /// Whether some partner has this account or identifier.
    known: bool,
}

/// What did not work.
#[derive(Debug)]
enum Trouble {
    /// The client said so.
    Client(Arc<ClientError>),
    /// The payee cannot be kept as a partner.
    Partner(PartnerProblem),
}

/// What follows a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum After {
    /// To the package.
    Package,
    /// The next order.
    Next,
    /// To the package, to sign and send it.
    Sign,
}

/// What happens in the form.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// What the form begins with has been loaded.
    Began(Question, Answer<Arc<Beginning>>),
    /// Of a field.
    Field(Edit),
    /// Another type of order.
    Type(OrderType),
    /// A template was chosen.
    Template(usize),
    /// A line of the list of packages was chosen.
    Package(usize),
    /// The order shall go alone.
    Alone,
    /// Nothing was typed for a while.
    Paused(Question),
    /// The client's judgement.
    Checked(Question, Arc<Judgement>),
    /// Partners that fit the payee's name.
    Suggested(Question, Vec<Partner>),
    /// What is typed has been kept, or could not be.
    Kept(Answer<()>),
    /// Save.
    Save(After),
    /// What it chooses from, as it is now.
    Refreshed(Answer<Lists>),
    /// The save of an order ended.
    Saved(After, Box<Kept>, Answer<Saved>),
    /// Keep the payee as a partner.
    SavePartner,
    /// The partner was saved.
    PartnerSaved(Answer<PartnerId>),
    /// Show what was typed earlier instead.
    PutBack,
    /// Begin with an empty form.
    Clear,
    /// To the list of packages.
    FocusPackages,
    /// Away from here; what is typed stays, or is asked about.
    Leave,
    /// Not away from here.
    Stay,
    /// Away from here, and the recorded order stays as it was.
    Discard,
    /// What was typed has been forgotten.
    Discarded(Option<Go>, Answer<()>),
    /// What is typed has been kept, so the form can be left.
    LeftKept(Option<Go>, Answer<()>),
}

impl OrderForm {
    /// The form, which begins with what is asked for.
    pub(crate) fn new(desk: &Desk, how: NewOrder) -> (Self, Task<Message>) {
        let asked = Question::ask();
        let form = Self {
            kept: Kept::default(),
            aside: Vec::new(),
            untouched: Kept::default(),
            leaves: false,
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
            leaving: Leaving::default(),
            aim: Aim::default(),
            asked,
            pause: Question::ask(),
        };
        let begin = kept::begin(desk.client.clone(), how);
        (form, ask(begin, move |all| Message::Began(asked, all)))
    }

    /// The caret goes to the first field that is still empty.
    fn aim_at_empty(&mut self) {
        self.aim.at(fields::first(self.kept.draft.order_type, &self.kept.draft.values));
    }

    /// Whether something was typed that would be lost.
    fn is_touched(&self) -> bool {
        !self.kept.is_blank() && self.kept != self.untouched
    }

    /// Judges the fields and, at the next pause, asks the client and keeps what is typed.
    fn typed_on(&mut self, desk: &Desk) -> Task<Message> {
        self.trouble = None;
        let _ = self.judge(desk);
        self.look_again()
    }

    /// What waits and can be put into this form: changes of another recorded order cannot.
    fn offered(&self) -> Vec<usize> {
        let fits = |kept: &Kept| kept.editing.is_none() || self.kept.editing.is_none();
        self.aside.iter().enumerate().filter(|(_, kept)| fits(kept)).map(|(at, _)| at).collect()
    }

    fn look_again(&mut self) -> Task<Message> {
        self.pause = Question::ask();
        after_pause(Message::Paused(self.pause))
    }

    /// What is typed, read once: the order, or what is wrong with the fields.
    fn judge(&mut self, desk: &Desk) -> Option<Order> {
        let rules = desk.rules.as_ref()?;
        let id = self.kept.editing.unwrap_or(OrderId(Uuid::nil()));
        match self.kept.draft.check(id, &rules.check_context()) {
            Ok(order) => {
                self.problems.clear();
                Some(order)
            }
            Err(problems) => {
                self.problems = problems;
                None
            }
        }
    }

    fn ask(&mut self, desk: &Desk) -> Task<Message> {
        Task::batch([self.keep(desk), self.ask_only(desk)])
    }

    /// Keeps what was typed, if anything was.
    fn keep(&self, desk: &Desk) -> Task<Message> {
        let Some(typed) = self.typed() else { return Task::none() };
        let keep = self.keeper.clone().keep(desk.client.clone(), self.kept.key(), typed);
        ask(keep, Message::Kept)
    }

    /// What is to be kept: what was typed here, and what waits beside it.
    fn typed(&self) -> Option<Stored> {
        let here = self.is_touched().then(|| self.kept.clone());
        Stored::of(self.kept.key(), self.aside.iter().cloned().chain(here))
    }

    fn ask_only(&mut self, desk: &Desk) -> Task<Message> {
        let question = Question::ask();
        self.asked = question;
        let (client, kept) = (desk.client.clone(), self.kept.clone());
        let check = async move {
            let check = client.check_order(kept.order_draft(), kept.choice(), kept.editing).await;
            let known = save::is_known(&client, &kept.draft).await;
            Judgement { check: check.map_err(Arc::new), known }
        };
        let check = Task::perform(check, move |answer| Message::Checked(question, Arc::new(answer)));
        let name = self.kept.draft.get(key::BENEFICIARY_NAME).trim().to_owned();
        if name.is_empty() || self.kept.draft.partner.is_some() {
            self.suggestions.clear();
            return check;
        }
        let client = desk.client.clone();
        let suggest = async move { client.partners(name, Page::first(SUGGESTED)).await };
        let suggest = Task::perform(suggest, move |found| {
            Message::Suggested(question, found.map(|(partners, _)| partners).unwrap_or_default())
        });
        Task::batch([check, suggest])
    }
}

impl Screen for OrderForm {
    type Message = Message;

    fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        match message {
            Message::Began(question, answer) => self.began(question, answer, desk),
            Message::Field(edit) => self.edited(edit, desk),
            Message::Type(kind) => self.turn_into(kind, desk),
            Message::Template(line) => self.template(line, desk),
            Message::Package(line) => {
                let choices = self.package_choices();
                (self.kept.package, self.kept.new_package) = match line {
                    0 => (None, false),
                    1 => (None, true),
                    _ => (choices.get(line - 2).map(|package| package.header.id), false),
                };
                Action::run(self.typed_on(desk))
            }
            Message::Alone => {
                (self.kept.package, self.kept.new_package) = (None, true);
                Action::run(self.typed_on(desk))
            }
            Message::Paused(pause) if pause == self.pause => Action::run(self.ask(desk)),
            Message::Checked(question, answer) if question == self.asked => {
                self.answer = Some(answer);
                Action::none()
            }
            Message::Suggested(question, partners) if question == self.asked => {
                self.suggestions = partners;
                Action::none()
            }
            Message::Paused(_) | Message::Checked(..) | Message::Suggested(..) => Action::none(),
            Message::Kept(Ok(())) => Action::none(),
            Message::Refreshed(Ok(lists)) => {
                self.lists = lists;
                Action::none()
            }
            Message::Save(after) => self.save(after, desk),
            Message::Saved(after, kept, answer) => self.saved(after, *kept, answer, desk),
            Message::SavePartner => self.save_partner(desk),
            Message::PartnerSaved(Ok(id)) => {
                self.kept.draft.partner = Some(id);
                let task = self.look_again();
                Action::say(Notice::good(tr!("order-partner-saved"))).and_run(task)
            }
            Message::PutBack => {
                if let Some(aside) = self.offered().last().map(|at| self.aside.remove(*at)) {
                    // What is typed now waits in its turn, behind all others.
                    let typed = self.is_touched();
                    let before = std::mem::replace(&mut self.kept, aside);
                    self.aside.splice(0..0, typed.then_some(before));
                    self.restored = true;
                }
                Action::run(self.typed_on(desk))
            }
            Message::Clear => {
                let forget = self.forget(desk);
                self.clear(self.kept.draft.order_type);
                self.aim_at_empty();
                Action::run(Task::batch([forget, self.typed_on(desk)]))
            }
            Message::FocusPackages => Action::run(keys::focus("order-package")),
            Message::Leave => self.leave(desk),
            Message::Stay => {
                self.leaves = false;
                Action::none()
            }
            Message::Discard => self.discard(desk),
            Message::LeftKept(go, Ok(())) | Message::Discarded(go, Ok(())) => save::away(go),
            Message::Kept(Err(error))
            | Message::Refreshed(Err(error))
            | Message::PartnerSaved(Err(error))
            | Message::Discarded(_, Err(error))
            | Message::LeftKept(_, Err(error)) => self.troubled(error),
        }
    }

    fn changed(&mut self, topic: Topic, desk: &Desk) -> Task<Message> {
        match topic {
            Topic::Packages | Topic::Accounts | Topic::MasterData | Topic::Session | Topic::Rules => {
                Task::batch([self.refresh(desk), self.typed_on(desk)])
            }
            Topic::SharedArea
            | Topic::Authority
            | Topic::Messages
            | Topic::Others
            | Topic::Token
            | Topic::Language => Task::none(),
        }
    }

    fn left(&mut self, desk: &Desk) -> Task<Message> {
        self.keep(desk)
    }

    fn key(&self, press: &Press) -> Option<Message> {
        if self.leaves {
            return None;
        }
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

    fn has_sheet(&self) -> bool {
        self.leaves
    }

    fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        self.page(desk)
    }
}
