//! "Adminisztráció: Önadminisztráció": orders that change the service itself, from the list of what can be changed over
//! the form to the question before it is recorded [K&H webElectra].
//!
//! What is recorded stands among the packages of all types, and is signed, sent and followed there.

pub(crate) mod changes;
mod form;
mod form_view;
mod kinds;
mod order;
mod sheets;
mod work;

use std::sync::Arc;

use client::{AdminOverview, ClientError, PackageChoice, Saved};
use domain::{AdminAction, OrderId};
use iced::{Length, Task};

use crate::design::text::Inked;
use crate::design::{Column, Element, keys, modal, panel, spacing, text};
use crate::desk::Desk;
use crate::go::{AdminKind, AdminStart, Administer};
use crate::screen::action::Action;
use crate::screen::ask::{Answer, Question, ask};
use crate::screen::contract::{Screen, Topic};
use crate::screen::trouble;
use crate::tr;
use form::{Form, Input};
use sheets::Confirm;

pub(crate) struct Administration {
    overview: Option<Arc<AdminOverview>>,
    /// Why the table could not be read.
    failure: Option<Arc<ClientError>>,
    /// The order that is being filled in; without one the kinds are shown.
    form: Option<Box<Form>>,
    /// Whether something was filled in that would be lost with the form.
    touched: bool,
    /// The question before that is left.
    leaves: bool,
    /// Whether one came for a certain order: leaving its form leads back there.
    is_visit: bool,
    /// Where a new order goes.
    choice: PackageChoice,
    /// The question before the order is recorded.
    sheet: Option<Confirm>,
    /// Whether it is being recorded.
    saving: bool,
    /// What is to be filled in as soon as everything is here.
    begin: Administer,
    looking: Question,
    coding: Question,
}

/// What the place begins with: the authority table, and the order that is asked for.
#[derive(Debug, Clone)]
pub(crate) struct Looked {
    overview: AdminOverview,
    recorded: Option<AdminAction>,
}

/// What happens in the place.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// The authority table was read.
    Looked(Question, Answer<Arc<Looked>>),
    /// To the kinds of orders.
    New,
    /// A kind of order was chosen.
    Choose(AdminKind),
    Input(Input),
    /// Has the bank send a one-time code.
    SendCode,
    /// The bank has sent it, or not.
    CodeSent(Question, Answer<()>),
    /// "Mentés": asks before the order is recorded.
    Save,
    /// Leaves the form, or asks whether to.
    Leave,
    /// Leaves the form for good.
    Discard,
    /// The order is recorded, or not.
    Saved(Answer<Saved>),
    /// Enter on the question.
    Accept,
    /// Esc on the question.
    Cancel,
}

impl Administration {
    /// Opens the place with what is asked for.
    pub(crate) fn new(begin: Administer, desk: &Desk) -> (Self, Task<Message>) {
        let choice = match begin {
            Administer::In(package) => PackageChoice::Into(package),
            _ => PackageChoice::Auto,
        };
        let mut place = Self {
            overview: None,
            failure: None,
            form: None,
            touched: false,
            leaves: false,
            is_visit: !matches!(begin, Administer::Choose),
            choice,
            sheet: None,
            saving: false,
            begin,
            looking: Question::ask(),
            coding: Question::ask(),
        };
        let task = place.look(desk);
        (place, task)
    }

    /// Reads the table, and the recorded order with which the place still has to begin.
    fn look(&mut self, desk: &Desk) -> Task<Message> {
        self.looking = Question::ask();
        let (client, question) = (desk.client.clone(), self.looking);
        let order = match self.begin {
            Administer::Edit(order) | Administer::Copy(order) => Some(order),
            Administer::Choose | Administer::Start(_) | Administer::In(_) => None,
        };
        let look = async move {
            let overview = client.admin_overview().await?;
            let recorded = match order {
                Some(order) => client.order_draft(order).await?.values.change(),
                None => None,
            };
            Ok(Arc::new(Looked { overview, recorded }))
        };
        ask(look, move |answer| Message::Looked(question, answer))
    }

    /// Opens the form that was asked for, once.
    fn begin(&mut self, looked: &Looked) -> Action<Message> {
        let overview = Arc::new(looked.overview.clone());
        self.overview = Some(overview.clone());
        let replaces: Option<OrderId> = match self.begin {
            Administer::Edit(order) => Some(order),
            _ => None,
        };
        let form = match (std::mem::replace(&mut self.begin, Administer::Choose), &looked.recorded) {
            (Administer::Start(start), _) => Form::new(start, overview),
            (_, Some(action)) => Form::of(replaces, action, overview),
            (_, None) => return Action::none(),
        };
        self.fill(form)
    }

    fn fill(&mut self, form: Form) -> Action<Message> {
        self.form = Some(Box::new(form));
        Action::run(keys::focus(form_view::FIRST))
    }

    fn page(&self) -> Element<'_, Message> {
        let title = panel::title_line(tr!("nav-self-administration"), None, None);
        let shown: Element<'_, Message> = match (&self.form, &self.overview, &self.failure) {
            (Some(form), _, _) => form_view::view(form, self.saving),
            (None, Some(overview), _) => kinds::chooser(overview),
            (None, None, Some(error)) => trouble::note(tr!("admin-failed"), &**error),
            (None, None, None) => text::hint(tr!("loading")).dim().into(),
        };
        let column = Column::new().spacing(spacing::M).push(title);
        panel::page(column.push(panel::panel(shown).height(Length::Fill)))
    }
}

impl Screen for Administration {
    type Message = Message;

    fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        match message {
            Message::Looked(question, answer) if question == self.looking => match answer {
                Ok(looked) => {
                    self.failure = None;
                    self.begin(&looked)
                }
                Err(error) => {
                    self.failure = Some(error);
                    Action::none()
                }
            },
            // What was filled in is asked about first.
            Message::New if self.touched => {
                self.leaves = true;
                Action::run(keys::focus(sheets::FIRST))
            }
            Message::New if self.overview.is_some() => {
                self.form = None;
                Action::run(keys::focus(kinds::FIRST))
            }
            Message::Choose(kind) => match self.overview.clone() {
                Some(overview) => self.fill(Form::new(AdminStart { kind, subject: None }, overview)),
                None => Action::none(),
            },
            Message::Input(input) => {
                if let Some(form) = &mut self.form {
                    self.touched |= !matches!(input, Input::Subject(_));
                    form.take(input);
                }
                Action::none()
            }
            Message::SendCode => self.send_code(desk),
            Message::CodeSent(question, answer) if question == self.coding => {
                self.code_sent(answer);
                Action::none()
            }
            Message::Save => self.save(),
            Message::Leave if self.touched => {
                self.leaves = true;
                Action::run(keys::focus(sheets::FIRST))
            }
            Message::Leave | Message::Discard => {
                (self.form, self.touched, self.leaves) = (None, false, false);
                if std::mem::take(&mut self.is_visit) {
                    return Action::back();
                }
                Action::run(keys::focus(kinds::FIRST))
            }
            Message::Saved(answer) => self.saved(answer),
            Message::Accept => self.accept(desk),
            Message::Cancel => {
                (self.sheet, self.leaves) = (None, false);
                Action::none()
            }
            Message::New | Message::Looked(..) | Message::CodeSent(..) => Action::none(),
        }
    }

    fn changed(&mut self, topic: Topic, desk: &Desk) -> Task<Message> {
        match topic {
            Topic::Accounts | Topic::Authority | Topic::Session | Topic::Rules => self.look(desk),
            Topic::Packages
            | Topic::SharedArea
            | Topic::MasterData
            | Topic::Messages
            | Topic::Others
            | Topic::Token
            | Topic::Language => Task::none(),
        }
    }

    fn key(&self, press: &keys::Press) -> Option<Message> {
        use iced::keyboard::key::Named;
        if self.has_sheet() {
            return None;
        }
        match press {
            press if press.is(Named::F2) => Some(Message::New),
            press if press.is_ctrl('s') && self.form.is_some() => Some(Message::Save),
            press if press.is(Named::Escape) && self.form.is_some() => Some(Message::Leave),
            _ => None,
        }
    }

    fn has_sheet(&self) -> bool {
        self.sheet.is_some() || self.leaves
    }

    fn may_lose(&self) -> bool {
        self.form.is_some()
    }

    fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        let sheet = self.sheet.as_ref().map(Confirm::view).or_else(|| self.leaves.then(sheets::leaving));
        let escape = self.has_sheet().then_some(Message::Cancel);
        modal::modal(self.page(), sheet.map(|sheet| desk.headed(sheet)), escape)
    }
}

#[cfg(test)]
pub(in crate::screen) mod tests;
