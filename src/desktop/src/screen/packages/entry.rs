//! The token's PIN on a sheet that signs: its field, the tries that are left, or why none can be asked for.

use client::domain::Explain;
use client::{ClientError, KeyPurpose, TokenKind, TokenStatus};
use iced::task::Handle;
use iced::{Alignment, Length, Task};

use super::words;
use crate::design::text::Inked;
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, banner, button, check, field, pill, spacing, text};
use crate::screen::typed::TypedPin;
use crate::shared::Shared;
use crate::texts::explain;
use crate::tr;

/// The name by which focus finds the PIN field.
pub(super) const PIN: &str = "signing-pin";

/// Why nothing was signed.
#[derive(Debug, Clone)]
pub struct Failure {
    pub(super) code: &'static str,
    pub(super) words: String,
}

impl Failure {
    /// The failure in the person's language.
    pub(super) fn of(error: ClientError) -> Self {
        Self { code: error.code(), words: explain(&error) }
    }
}

/// The PIN and what is known of the token.
#[derive(Debug)]
pub struct Entry {
    pub(super) token: TokenStatus,
    pub(super) pin: TypedPin,
    pub(super) last_try: bool,
    pub(super) busy: bool,
    /// What went wrong with the last attempt, in words.
    pub(super) error: Option<String>,
}

/// What happens to it.
#[derive(Debug, Clone)]
pub enum Message {
    /// The PIN was typed.
    Pin(TypedPin),
    /// The user knows that it is the last try.
    LastTry(bool),
    /// Enter.
    Sign,
    /// To the place where a blocked token is mended.
    OpenToken,
}

impl Entry {
    /// An empty field for the token that is in the reader.
    pub(super) fn new(token: TokenStatus) -> Self {
        Self { token, pin: TypedPin::default(), last_try: false, busy: false, error: None }
    }

    /// PIN tries that remain, if the token tells.
    pub(super) fn tries_left(&self) -> Option<u8> {
        self.token.info().and_then(|info| info.tries_left)
    }

    /// Whether the token can sign at all.
    fn token_ready(&self) -> bool {
        matches!(self.token, TokenStatus::Present(_) | TokenStatus::Software(_))
            && self.token.info().is_some_and(|info| info.signing.is_some())
    }

    /// Whether the token may be asked.
    pub(super) fn may_sign(&self) -> bool {
        self.token_ready()
            && !self.busy
            && !self.pin.is_empty()
            && (self.tries_left() != Some(1) || self.last_try)
    }

    /// Another token, or another count of tries; a consent was given for the count before.
    pub(super) fn token_changed(&mut self, status: TokenStatus) {
        if self.tries_left() != status.info().and_then(|info| info.tries_left) {
            self.last_try = false;
        }
        self.token = status;
    }

    /// Takes the PIN out of the field and the consent with it: the token is asked.
    pub(super) fn ask(&mut self) -> (client::Pin, bool) {
        (self.busy, self.error) = (true, None);
        (std::mem::take(&mut self.pin).pin(), std::mem::take(&mut self.last_try))
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
        if let Some(words) = &self.error {
            column = column.push(text::hint(words.as_str()).bad());
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
                client::TokenError::KeyMissing(KeyPurpose::Signing).code()
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

/// Tells of a token that is another than the known one, once; ends with the handle.
pub(super) fn watch<M: Send + 'static>(
    known: TokenStatus,
    shared: &Shared,
    message: impl Fn(TokenStatus) -> M + Send + 'static,
) -> (Task<M>, Handle) {
    let mut status = shared.client.token_status();
    let news = Task::future(async move {
        loop {
            let now = status.borrow_and_update().clone();
            if now != known {
                return Some(message(now));
            }
            if status.changed().await.is_err() {
                return None;
            }
        }
    });
    let (task, handle) = news.and_then(Task::done).abortable();
    (task, handle.abort_on_drop())
}
