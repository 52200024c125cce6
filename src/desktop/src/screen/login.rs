//! "Bejelentkezés": the sheet that takes the token's PIN and opens a session with the bank.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use client::{
    Client, ClientError, KeyPurpose, Locked, LoggedIn, Pin, TokenError, TokenInfo, TokenKind, TokenStatus,
};
use iced::widget::space;
use iced::{Alignment, Length, Task};
use zeroize::Zeroizing;

use super::action::Action;
use super::trouble;
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, banner, button, check, field, keys, spacing};
use crate::folders::shown;
use crate::texts::explain;
use crate::tr;

/// Name of the PIN field.
const PIN: &str = "login-pin";

#[derive(Default)]
pub(crate) struct Login {
    pin: Zeroizing<String>,
    consent: bool,
    busy: bool,
    error: Option<Arc<ClientError>>,
    /// Whose session locked itself, and why.
    locked: Option<Locked>,
}

/// What happens on the sheet. Its `Debug` says nothing of the PIN.
#[derive(Clone)]
pub(crate) enum Message {
    /// The PIN as typed so far.
    Pin(Zeroizing<String>),
    /// The last try may be used, or not.
    Consent(bool),
    Submit,
    Done(Result<LoggedIn, Arc<ClientError>>),
    Leave,
    /// To the token's place.
    Token,
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Pin(_) => "Pin(hidden)",
            Self::Consent(_) => "Consent",
            Self::Submit => "Submit",
            Self::Done(_) => "Done",
            Self::Leave => "Leave",
            Self::Token => "Token",
        })
    }
}

/// The token that logs in at the sheet's bank, by that bank's clock and rules.
pub(crate) struct Asked {
    token: TokenStatus,
    now: DateTime<Utc>,
    /// Why its PIN must not be asked.
    barred: Option<ClientError>,
}

/// What the frame must do.
pub(crate) enum Wish {
    /// Take the sheet away.
    Close,
    /// Somebody has logged in.
    LoggedIn(LoggedIn),
    /// Show the token's place.
    Token,
}

impl Login {
    /// The sheet with the focus on the PIN.
    pub(crate) fn new() -> (Self, Task<Message>) {
        (Self::default(), keys::focus(PIN))
    }

    /// The sheet after a session that locked itself.
    pub(crate) fn after(locked: &Locked) -> (Self, Task<Message>) {
        (Self { locked: Some(locked.clone()), ..Self::default() }, keys::focus(PIN))
    }

    /// What happens on the sheet of that bank's client: the PIN goes to this bank alone, whoever is shown by then.
    pub(crate) fn update(&mut self, message: Message, client: &Client) -> Action<Message, Wish> {
        match message {
            Message::Pin(pin) => {
                self.pin = pin;
                self.error = None;
                Action::none()
            }
            Message::Consent(consent) => {
                self.consent = consent;
                Action::none()
            }
            Message::Submit if self.busy || !self.may_submit(&Asked::of(client)) => Action::none(),
            Message::Submit => {
                self.busy = true;
                self.error = None;
                let pin = Pin::new(std::mem::take(&mut *self.pin));
                let (client, consent) = (client.clone(), std::mem::take(&mut self.consent));
                Action::run(Task::perform(
                    async move { client.log_in(pin, consent).await.map_err(Arc::new) },
                    Message::Done,
                ))
            }
            Message::Done(Ok(logged_in)) => Action::wish(Wish::LoggedIn(logged_in)),
            Message::Done(Err(error)) => {
                self.busy = false;
                self.error = Some(error);
                Action::run(keys::focus(PIN))
            }
            // An answer is on its way: the sheet stays until it is here.
            Message::Leave if self.busy => Action::none(),
            Message::Leave => Action::wish(Wish::Close),
            Message::Token => Action::wish(Wish::Token),
        }
    }

    fn may_submit(&self, asked: &Asked) -> bool {
        let tries = asked.token.info().and_then(|info| info.tries_left);
        asked.usable().is_some() && !self.pin.is_empty() && (tries != Some(1) || self.consent)
    }

    pub(crate) fn view<'a>(&'a self, asked: &Asked) -> Element<'a, Message> {
        let mut sheet = Column::new()
            .spacing(spacing::L)
            .width(Length::Fixed(440.0))
            .push(text::page_title(self.title()))
            .push(self.why_locked());
        sheet = match asked.usable() {
            Some(info) => {
                let holder = info.login.as_ref().and_then(client::Certificate::subject_common_name);
                let holder = holder.unwrap_or_else(|| tr!("login-no-certificate"));
                let line = Column::new()
                    .push(text::strong(holder))
                    .push(text::hint(tr!("login-reader", reader = shown(Path::new(&info.reader)))).dim());
                let sheet = sheet.push(line);
                let sheet = match info.kind {
                    TokenKind::Software => sheet.push(banner::banner(
                        Tone::Care,
                        tr!("software-key"),
                        tr!("software-key-help"),
                        None,
                    )),
                    TokenKind::Card => sheet,
                };
                self.pin(sheet, info.tries_left)
            }
            None => {
                let more = button::link(tr!("login-to-token")).id("login-token").on_press(Message::Token);
                let (tone, title, help) = asked.hindrance();
                sheet.push(banner::banner(tone, title, help, Some(more.into())))
            }
        };
        sheet = sheet.push(self.trouble());
        let buttons = Row::new()
            .spacing(spacing::M)
            .align_y(Alignment::Center)
            .push(text::hint(if self.busy { tr!("login-busy") } else { String::new() }).dim())
            .push(space::horizontal())
            .push(
                button::secondary(tr!("login-offline"))
                    .id("login-leave")
                    .shortcut("Esc")
                    .on_press_maybe((!self.busy).then_some(Message::Leave)),
            )
            .push(
                button::primary(tr!("login-submit"))
                    .id("login-submit")
                    .shortcut("Enter")
                    .on_press_maybe((!self.busy && self.may_submit(asked)).then_some(Message::Submit)),
            );
        sheet.push(buttons).push(text::hint(tr!("login-offline-help")).dim()).into()
    }

    fn title(&self) -> String {
        if self.locked.is_some() { tr!("locked-title") } else { tr!("login-title") }
    }

    /// Why the session locked itself, until something else is to be said.
    fn why_locked(&self) -> Option<Element<'_, Message>> {
        let locked = self.locked.as_ref().filter(|_| self.error.is_none())?;
        let words = client::texts::text(locked.why.code(), &[]);
        Some(banner::banner(Tone::Accent, tr!("locked-user", name = locked.user.name.as_str()), words, None))
    }

    fn pin<'a>(&'a self, sheet: Column<'a, Message>, tries: Option<u8>) -> Column<'a, Message> {
        let mut pin = field::secure(tr!("login-pin"), &self.pin).id(PIN).on_enter(Message::Submit);
        if !self.busy {
            pin = pin.on_input(|typed| Message::Pin(Zeroizing::new(typed)));
        }
        if let Some(tries) = tries {
            pin = pin.trailing(tr!("login-tries", count = tries));
        }
        if let Some(error) = self.error.as_ref().filter(|error| is_about_pin(error)) {
            pin = pin.error(explain(error.as_ref()));
        }
        let sheet = sheet.push(pin);
        if tries != Some(1) {
            return sheet;
        }
        sheet.push(banner::banner(
            Tone::Bad,
            tr!("login-last-try"),
            tr!("login-last-try-help"),
            Some(
                check::checkbox(tr!("login-last-try-consent"), self.consent)
                    .id("login-consent")
                    .on_toggle(Message::Consent)
                    .into(),
            ),
        ))
    }

    fn trouble(&self) -> Option<Element<'_, Message>> {
        let error = self.error.as_ref().filter(|error| !is_about_pin(error))?;
        Some(trouble::note(tr!("login-failed"), error.as_ref()))
    }
}

impl Asked {
    /// As it is seen now at the bank of that client.
    pub(crate) fn of(client: &Client) -> Self {
        let token = client.token_status().borrow().clone();
        Self { token, now: client.now(), barred: client.may_ask_pin(KeyPurpose::Login).err() }
    }

    /// A made-up one, for pictures and tests.
    pub(crate) fn made_up(token: &TokenStatus, now: DateTime<Utc>) -> Self {
        let unfit = token.info().and_then(|info| client::fit(info, KeyPurpose::Login, now).err());
        Self { token: token.clone(), now, barred: unfit }
    }

    /// The token, unless it cannot log in whatever is typed.
    fn usable(&self) -> Option<&TokenInfo> {
        match &self.token {
            TokenStatus::Present(info) | TokenStatus::Software(info) if self.barred.is_none() => Some(info),
            _ => None,
        }
    }

    /// Why no PIN can be asked for: how it is to be seen, a title and words.
    fn hindrance(&self) -> (Tone, String, String) {
        match &self.barred {
            // The bank's own rule; the token itself is well.
            Some(error @ ClientError::SoftwareTokenForbidden) => {
                (Tone::Bad, tr!("login-not-here"), explain(error))
            }
            _ => {
                let state = super::token::state(&self.token, false, self.now);
                (state.tone, state.title, state.help)
            }
        }
    }
}

/// Whether the error belongs beside the PIN field.
fn is_about_pin(error: &ClientError) -> bool {
    matches!(
        error,
        ClientError::Token(
            TokenError::PinWrong { .. }
                | TokenError::PinWrongUncounted
                | TokenError::PinFormat
                | TokenError::LastTry
        )
    )
}

#[cfg(test)]
#[path = "login_tests.rs"]
mod tests;
