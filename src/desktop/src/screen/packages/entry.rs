//! The token's PIN on a sheet that signs: its field, the tries that are left, or why none can be asked for. It watches
//! the token by itself; the sheet around it hears only what was pressed.

use std::sync::Arc;

use client::{ClientError, KeyPurpose, TokenKind, TokenStatus};
use iced::task::Handle;
use iced::{Alignment, Length, Task};

use super::words;
use crate::design::text::Inked;
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, banner, button, check, field, keys, pill, spacing, text};
use crate::desk::Desk;
use crate::screen::action::Action;
use crate::screen::ask::Question;
use crate::screen::typed::TypedPin;
use crate::texts::explain;
use crate::tr;

/// The name by which focus finds the PIN field.
pub(super) const PIN: &str = "signing-pin";

/// The PIN and what is known of the token.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(super) token: TokenStatus,
    /// Why that token cannot sign at this bank whatever is typed, by the bank's clock and rules.
    unfit: Option<Arc<ClientError>>,
    pub(super) pin: TypedPin,
    pub(super) last_try: bool,
    pub(super) busy: bool,
    /// What went wrong with the last attempt.
    pub(super) error: Option<Arc<ClientError>>,
    watch: Question,
    watching: Handle,
}

/// What happens to it.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// Another token, or another count of tries.
    Token(Question, TokenStatus),
    /// The PIN was typed.
    Pin(TypedPin),
    /// The user knows that it is the last try.
    LastTry(bool),
    /// Enter.
    Sign,
    /// To the place where a blocked token is mended.
    OpenToken,
    /// Esc.
    Leave,
}

/// What the sheet around it must do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Press {
    /// Ask the token, if the sheet has something to sign.
    Sign,
    OpenToken,
    Leave,
}

/// What a sheet that signs wishes of the screen below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wish<S> {
    /// The sheet is over.
    Leave,
    /// The sheet is over; the token needs its own place.
    OpenToken,
    Signed(S),
}

impl Entry {
    /// An empty field for the token that is in the reader, which it watches.
    pub(super) fn new(desk: &Desk) -> (Self, Task<Message>) {
        let watch = Question::ask();
        let token = desk.client.token_status().borrow().clone();
        let (news, watching) = watched(watch, token.clone(), desk);
        let entry = Self {
            token,
            unfit: unfit(desk),
            pin: TypedPin::default(),
            last_try: false,
            busy: false,
            error: None,
            watch,
            watching,
        };
        (entry, news)
    }

    pub(super) fn update(&mut self, message: Message, desk: &Desk) -> Action<Message, Press> {
        match message {
            Message::Token(watch, status) if watch == self.watch => {
                let (news, watching) = watched(watch, status.clone(), desk);
                self.token_changed(status, desk);
                self.watching = watching;
                Action::run(news)
            }
            Message::Token(..) => Action::none(),
            Message::Pin(pin) => {
                self.pin = pin;
                Action::none()
            }
            Message::LastTry(on) => {
                self.last_try = on;
                Action::none()
            }
            Message::Sign if self.may_sign() => Action::wish(Press::Sign),
            Message::Sign => Action::none(),
            Message::OpenToken => Action::wish(Press::OpenToken),
            // While the token works it cannot be called back; what it does must be seen.
            Message::Leave if self.busy => Action::none(),
            Message::Leave => Action::wish(Press::Leave),
        }
    }

    /// PIN tries that remain, if the token tells.
    pub(super) fn tries_left(&self) -> Option<u8> {
        self.token.info().and_then(|info| info.tries_left)
    }

    /// Whether the token can sign at all.
    fn token_ready(&self) -> bool {
        matches!(self.token, TokenStatus::Present(_) | TokenStatus::Software(_)) && self.unfit.is_none()
    }

    /// Whether the token may be asked.
    pub(super) fn may_sign(&self) -> bool {
        self.token_ready()
            && !self.busy
            && !self.pin.is_empty()
            && (self.tries_left() != Some(1) || self.last_try)
    }

    /// Another token, or another count of tries; a consent was given for the count before.
    fn token_changed(&mut self, status: TokenStatus, desk: &Desk) {
        if self.tries_left() != status.info().and_then(|info| info.tries_left) {
            self.last_try = false;
        }
        self.unfit = unfit(desk);
        self.token = status;
    }

    /// Takes the PIN out of the field and the consent with it: the token is asked.
    pub(super) fn ask(&mut self) -> (client::Pin, bool) {
        (self.busy, self.error) = (true, None);
        (std::mem::take(&mut self.pin).pin(), std::mem::take(&mut self.last_try))
    }

    /// The token has ended its work; it may have counted a try meanwhile.
    pub(super) fn ended(&mut self, desk: &Desk) {
        self.busy = false;
        let status = desk.client.token_status().borrow().clone();
        self.token_changed(status, desk);
    }

    /// Says why nothing was signed, and asks for the PIN again.
    pub(super) fn failed(&mut self, error: Arc<ClientError>) -> Task<Message> {
        self.error = Some(error);
        keys::focus(PIN)
    }

    /// The field, or why there is none.
    pub(super) fn view(&self) -> Element<'_, Message> {
        if let Some((title, words)) = self.hindrance() {
            let link = button::link(tr!("signing-open-token")).on_press(Message::OpenToken);
            return banner::banner(Tone::Care, title, words, Some(link.into()));
        }
        let mut label = Row::new().spacing(spacing::S).align_y(Alignment::Center);
        label = label.push(text::hint(tr!("signing-pin", name = self.signer())).dim());
        if self.token.info().is_some_and(|info| info.kind == TokenKind::Software) {
            label = label.push(pill::pill(Tone::Care, tr!("signing-software")));
        }
        let mut pin = field::secure("", self.pin.shown()).id(PIN).width(Length::Fixed(262.0));
        if !self.busy {
            pin = pin.on_input(|typed| Message::Pin(TypedPin::new(typed))).on_enter(Message::Sign);
        }
        if let Some(left) = self.tries_left() {
            pin = pin.trailing(tr!("tries-left", count = i64::from(left)));
        }
        let mut column = Column::new().spacing(spacing::XS).push(label).push(pin);
        if let Some(error) = &self.error {
            column = column.push(text::hint(explain(&**error)).bad());
        }
        if self.tries_left() == Some(1) {
            let tick = check::checkbox(tr!("signing-last-try"), self.last_try)
                .id("signing-last-try")
                .on_toggle(Message::LastTry);
            column = column.push(text::hint(tr!("signing-last-try-help")).bad()).push(tick);
        }
        column.into()
    }

    /// Why no PIN can be asked for: title and words.
    fn hindrance(&self) -> Option<(String, String)> {
        let code = match &self.token {
            TokenStatus::Present(_) | TokenStatus::Software(_) if self.token_ready() => return None,
            TokenStatus::Present(_) | TokenStatus::Software(_) => {
                let why = self.unfit.as_ref().map(|error| explain(&**error)).unwrap_or_default();
                return Some((tr!("signing-no-token"), why));
            }
            TokenStatus::Blocked(_) => client::TokenError::PinBlocked.code(),
            TokenStatus::Starting => return Some((tr!("signing-no-token"), tr!("signing-token-looking"))),
            TokenStatus::NotConfigured => client::TokenError::NotConfigured.code(),
            TokenStatus::NoService => client::TokenError::NoService.code(),
            TokenStatus::NoReader => client::TokenError::NoReader.code(),
            TokenStatus::NoCard => client::TokenError::NoCard.code(),
            TokenStatus::ForeignCard => client::TokenError::ForeignCard.code(),
            TokenStatus::Failed(error) => error.code(),
        };
        let title = match &self.token {
            TokenStatus::Blocked(_) => tr!("signing-token-blocked"),
            _ => tr!("signing-no-token"),
        };
        Some((title, words::code(code)))
    }

    fn signer(&self) -> String {
        let certificate = self.token.info().and_then(|info| info.signing.as_ref());
        certificate.and_then(client::Certificate::subject_common_name).unwrap_or_default()
    }
}

/// Why the token that is seen now cannot sign at the bank.
fn unfit(desk: &Desk) -> Option<Arc<ClientError>> {
    desk.client.may_ask_pin(KeyPurpose::Signing).err().map(Arc::new)
}

/// Tells of a token that is another than the known one, once; ends with the handle.
fn watched(watch: Question, known: TokenStatus, desk: &Desk) -> (Task<Message>, Handle) {
    let mut status = desk.client.token_status();
    let news = Task::future(async move {
        loop {
            let now = status.borrow_and_update().clone();
            if now != known {
                return Some(Message::Token(watch, now));
            }
            if status.changed().await.is_err() {
                return None;
            }
        }
    });
    let (task, handle) = news.and_then(Task::done).abortable();
    (task, handle.abort_on_drop())
}
