//! Unblocking by telephone: what is read aloud, the Code that is heard, and the new PIN.
//!
//! While the question stands the token belongs to this program alone. Every second the time that is left is shown;
//! when the question falls, the typed Code is worthless and goes. The view is in `unblock_view`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use client::{ClientError, Pin, TokenError, TokenStatus};
use domain::pin::{PinForm, PinRules};
use domain::unblock::{UnblockProblem, UnblockQuestion, grouped};
use iced::Task;
use iced::task::Handle;
use iced::widget::operation::move_cursor_to_end;

use super::Over;
use super::new_pin::{Judge, NewPin};
use crate::design::keys;
use crate::desk::Desk;
use crate::screen::action::Action;
use crate::screen::ask::Question;
use crate::screen::notice::Notice;
use crate::screen::typed::TypedPin;
use crate::texts::explain;
use crate::tr;

/// The name by which focus finds the Code's field.
pub(super) const CODE: &str = "unblock-code";
/// How long a question stands.
pub(super) const LIFE: Duration = Duration::from_secs(15 * 60);

/// Why there is no question that could be answered.
#[derive(Debug, Clone)]
pub(crate) enum Lapse {
    /// Its time is over.
    Time,
    /// The token was pulled.
    Pulled,
    /// Another program used the token.
    Used,
    /// The token or the program refused.
    Refused(Arc<ClientError>),
}

/// The place's state while a token is unblocked.
#[derive(Debug)]
pub(crate) struct Unblock {
    pub(super) question: Option<UnblockQuestion>,
    pub(super) lapse: Option<Lapse>,
    /// The Code as typed: a secret until the token has seen it.
    pub(super) code: TypedPin,
    pub(super) pin: NewPin,
    /// What went wrong and can be mended with the same question.
    pub(super) error: Option<Arc<ClientError>>,
    /// The client asks the token, or answers it.
    pub(super) busy: bool,
    pub(super) left: Duration,
    asked_at: Instant,
    form: PinForm,
    rules: PinRules,
    asked: Question,
    watching: Option<Handle>,
}

/// What happens while a token is unblocked.
#[derive(Debug, Clone)]
pub enum Message {
    /// The token gave a question, or refused.
    Started(Question, Result<UnblockQuestion, Arc<ClientError>>),
    /// The question is no more.
    Fell(Question),
    /// A second went by.
    Tick(Instant),
    /// The Code, as typed so far.
    Code(TypedPin),
    New(TypedPin),
    /// The new PIN once more.
    Again(TypedPin),
    NewRandom,
    Submit,
    Answered(Question, Result<(), Arc<ClientError>>),
    /// The token was given free.
    Freed,
    Leave,
}

impl Unblock {
    /// Takes up the question that stands, or asks the token for one.
    pub(crate) fn new(rules: (PinForm, PinRules), desk: &Desk) -> (Self, Task<Message>) {
        let mut panel = Self::idle(rules);
        let standing = desk.client.unblock_question().borrow().clone();
        let task = match standing {
            Some(question) => panel.ask_with(question, desk),
            None => panel.start(desk),
        };
        (panel, task)
    }

    /// Before anything was asked.
    pub(super) fn idle((form, rules): (PinForm, PinRules)) -> Self {
        Self {
            question: None,
            lapse: None,
            code: TypedPin::default(),
            pin: NewPin::default(),
            error: None,
            busy: true,
            left: LIFE,
            asked_at: Instant::now(),
            form,
            rules,
            asked: Question::ask(),
            watching: None,
        }
    }

    fn start(&mut self, desk: &Desk) -> Task<Message> {
        self.forget_typed();
        (self.question, self.lapse, self.watching) = (None, None, None);
        (self.busy, self.asked) = (true, Question::ask());
        let (client, asked) = (desk.client.clone(), self.asked);
        Task::perform(async move { client.start_unblock().await.map_err(Arc::new) }, move |answer| {
            Message::Started(asked, answer)
        })
    }

    fn ask_with(&mut self, question: UnblockQuestion, desk: &Desk) -> Task<Message> {
        let (news, watching) = watch(self.asked, &question, desk);
        self.stand(question);
        self.watching = Some(watching);
        Task::batch([news, keys::focus(CODE)])
    }

    /// Shows a question that stands from now on.
    pub(super) fn stand(&mut self, question: UnblockQuestion) {
        (self.question, self.lapse, self.busy) = (Some(question), None, false);
        (self.asked_at, self.left) = (Instant::now(), LIFE);
    }

    /// As if this had been typed.
    pub(super) fn show(&mut self, code: &str, new: &str, again: &str) {
        self.code = TypedPin::new(code.to_owned());
        self.pin.new = TypedPin::new(new.to_owned());
        self.pin.again = TypedPin::new(again.to_owned());
    }

    fn forget_typed(&mut self) {
        (self.code, self.pin, self.error) = (TypedPin::default(), NewPin::default(), None);
    }

    /// Lets the question go for a reason; what was typed for it goes too.
    pub(super) fn fall(&mut self, why: Lapse) {
        self.forget_typed();
        (self.question, self.watching, self.busy) = (None, None, false);
        self.lapse = Some(why);
    }

    /// Whether a second makes a difference.
    pub(super) fn ticks(&self) -> bool {
        self.question.is_some()
    }

    /// What the typed Code lacks; `Ok` when it may be sent.
    pub(super) fn code_state(&self) -> Result<(), UnblockProblem> {
        let question = self.question.as_ref().ok_or(UnblockProblem::Unsupported)?;
        question.parse_code(self.code.shown()).map(drop)
    }

    pub(super) fn judge(&self) -> Judge<'_> {
        let csn = self.question.as_ref().map_or("", |question| &question.csn);
        Judge { form: self.form, rules: self.rules, old: None, csn }
    }

    pub(super) fn may_submit(&self) -> bool {
        !self.busy && self.code_state().is_ok() && self.pin.is_confirmed(self.judge())
    }

    /// Does what happened; `token` is what is in the reader now.
    pub(crate) fn update(
        &mut self,
        message: Message,
        token: &TokenStatus,
        desk: &Desk,
    ) -> Action<Message, Over> {
        match message {
            Message::Started(asked, answer) if asked == self.asked => match answer {
                Ok(question) => Action::run(self.ask_with(question, desk)),
                Err(error) => {
                    self.fall(Lapse::Refused(error));
                    Action::none()
                }
            },
            Message::Fell(asked) if asked == self.asked && !self.busy => {
                let why = why_fallen(self.left, token);
                self.fall(why);
                Action::none()
            }
            Message::Tick(now) => {
                self.left = LIFE.saturating_sub(now.saturating_duration_since(self.asked_at));
                Action::none()
            }
            Message::Code(typed) => {
                self.error = None;
                self.type_code(typed)
            }
            Message::New(pin) => {
                self.pin.new = pin;
                Action::none()
            }
            Message::Again(pin) => {
                self.pin.again = pin;
                Action::none()
            }
            Message::NewRandom if !self.busy => Action::run(self.start(desk)),
            Message::Submit if self.may_submit() => self.submit(desk),
            Message::Answered(asked, answer) if asked == self.asked => self.answered(answer),
            Message::Freed => Action::wish(Over),
            Message::Leave if !self.busy => {
                self.watching = None;
                let client = desk.client.clone();
                Action::run(Task::perform(
                    async move {
                        if let Err(error) = client.cancel_unblock().await {
                            tracing::info!(%error, "the token was not given free");
                        }
                    },
                    |()| Message::Freed,
                ))
            }
            // Late, or not now.
            _ => Action::none(),
        }
    }

    /// Groups the Code by four while it grows at its end; elsewhere the caret must stay where it is.
    fn type_code(&mut self, typed: TypedPin) -> Action<Message, Over> {
        let (before, after) = (bare(self.code.shown()), bare(typed.shown()));
        let grown = after.len() > before.len() && after.starts_with(&*before);
        if !grown {
            self.code = typed;
            return Action::none();
        }
        self.code = TypedPin::new(grouped(&after));
        Action::run(move_cursor_to_end(CODE))
    }

    fn submit(&mut self, desk: &Desk) -> Action<Message, Over> {
        (self.busy, self.error) = (true, None);
        let (client, asked) = (desk.client.clone(), self.asked);
        let (code, pin): (TypedPin, Pin) = (self.code.clone(), self.pin.new.pin());
        Action::run(Task::perform(
            async move { client.unblock(code.shown(), pin).await.map_err(Arc::new) },
            move |answer| Message::Answered(asked, answer),
        ))
    }

    fn answered(&mut self, answer: Result<(), Arc<ClientError>>) -> Action<Message, Over> {
        self.busy = false;
        let Err(error) = answer else {
            return Action::say(Notice::good(tr!("unblock-done"))).and(Action::wish(Over));
        };
        match &*error {
            // Refused on our side: the question stands.
            ClientError::UnblockCode(_) | ClientError::PinRule(_) => self.error = Some(error),
            // The new PIN is set; what is to be told to the bank stays on the screen until it is closed.
            ClientError::Token(TokenError::PukNotReplaced) => {
                return Action::say(Notice::bad(explain(&*error))).and(Action::wish(Over));
            }
            _ => self.fall(Lapse::Refused(error)),
        }
        Action::none()
    }
}

/// Why a question fell that nobody answered.
fn why_fallen(left: Duration, token: &TokenStatus) -> Lapse {
    match token {
        _ if left < Duration::from_secs(2) => Lapse::Time,
        TokenStatus::NoCard | TokenStatus::NoReader | TokenStatus::NoService => Lapse::Pulled,
        _ => Lapse::Used,
    }
}

/// What counts of a Code: its letters and digits.
fn bare(typed: &str) -> zeroize::Zeroizing<String> {
    let kept = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '·' | '.' | '-'));
    kept.flat_map(char::to_uppercase).collect::<String>().into()
}

/// Tells, once, that this question stands no more; ends with the handle.
fn watch(asked: Question, known: &UnblockQuestion, desk: &Desk) -> (Task<Message>, Handle) {
    let (mut question, known) = (desk.client.unblock_question(), known.clone());
    // The watch may tell of the new question a moment after the token gave it.
    let news = Task::future(async move {
        let mut seen = false;
        loop {
            let stands = question.borrow_and_update().as_ref() == Some(&known);
            if seen && !stands {
                return Some(Message::Fell(asked));
            }
            seen |= stands;
            if question.changed().await.is_err() {
                return None;
            }
        }
    });
    let (task, handle) = news.and_then(Task::done).abortable();
    (task, handle.abort_on_drop())
}
