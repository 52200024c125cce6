//! Setting the first PIN and changing it.
//!
//! One form for both: the old PIN (the letter's, at the first use) where there is one, the new one with its rules on
//! the screen, the confirmation that opens when all of them are met.

use std::sync::Arc;

use client::{ClientError, PinChangeRequest, PinState, TokenError, TokenInfo};
use domain::pin::{PinForm, PinRules};
use iced::widget::space;
use iced::{Alignment, Length, Task};

use super::new_pin::{Fields, Judge, NewPin};
use super::{Over, last_try};
use crate::design::text::{self, Inked};
use crate::design::{Column, Element, Row, button, field, keys, spacing};
use crate::desk::Desk;
use crate::screen::action::Action;
use crate::screen::notice::Notice;
use crate::screen::trouble;
use crate::screen::typed::TypedPin;
use crate::texts::explain;
use crate::tr;

const OLD: &str = "pin-old";
const NEW: &str = "pin-new";
const AGAIN: &str = "pin-again";

/// What the PIN is set in place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Before {
    /// Nothing: the first PIN of a token that never had one.
    Nothing,
    /// The PIN of the bank's letter.
    Letter,
    /// The holder's own.
    Own,
}

#[derive(Debug)]
pub(crate) struct PinPanel {
    before: Before,
    csn: String,
    form: PinForm,
    rules: PinRules,
    old: TypedPin,
    pin: NewPin,
    consent: bool,
    busy: bool,
    error: Option<Arc<ClientError>>,
}

/// What happens to the form.
#[derive(Debug, Clone)]
pub enum Message {
    /// The old PIN, as typed so far.
    Old(TypedPin),
    New(TypedPin),
    /// The new one once more.
    Again(TypedPin),
    /// The last try may be used, or not.
    Consent(bool),
    Submit,
    Done(Result<(), Arc<ClientError>>),
    Leave,
}

impl PinPanel {
    /// The form for a token, with the focus on its first field.
    pub(crate) fn new(info: &TokenInfo, (form, rules): (PinForm, PinRules)) -> (Self, Task<Message>) {
        let before = match info.pin_state {
            PinState::Unset => Before::Nothing,
            PinState::Transport => Before::Letter,
            PinState::InUse => Before::Own,
        };
        let panel = Self {
            before,
            csn: info.csn.clone(),
            form,
            rules,
            old: TypedPin::default(),
            pin: NewPin::default(),
            consent: false,
            busy: false,
            error: None,
        };
        let first = if before == Before::Nothing { NEW } else { OLD };
        (panel, keys::focus(first))
    }

    /// As if this had been typed.
    pub(super) fn show(&mut self, old: &str, new: &str, again: &str) {
        self.old = TypedPin::new(old.to_owned());
        self.pin.new = TypedPin::new(new.to_owned());
        self.pin.again = TypedPin::new(again.to_owned());
    }

    /// Whether it is the form of a first use.
    pub(super) fn is_first_use(&self) -> bool {
        self.before != Before::Own
    }

    /// Whether the token is at work.
    pub(super) fn is_busy(&self) -> bool {
        self.busy
    }

    /// The token that it is for.
    pub(super) fn csn(&self) -> &str {
        &self.csn
    }

    fn judge(&self) -> Judge<'_> {
        let old = Some(self.old.shown()).filter(|_| self.before != Before::Nothing);
        Judge { form: self.form, rules: self.rules, old, csn: &self.csn }
    }

    /// Whether everything is there that the token needs.
    pub(super) fn may_submit(&self, tries: Option<u8>) -> bool {
        let old = self.before == Before::Nothing || !self.old.is_empty();
        let agreed = self.before == Before::Nothing || tries != Some(1) || self.consent;
        old && agreed && !self.busy && self.pin.is_confirmed(self.judge())
    }

    /// Does what happened; `tries` are those that the token has left.
    pub(crate) fn update(
        &mut self,
        message: Message,
        tries: Option<u8>,
        desk: &Desk,
    ) -> Action<Message, Over> {
        match message {
            Message::Old(pin) => {
                (self.old, self.error) = (pin, None);
                Action::none()
            }
            Message::New(pin) => {
                self.pin.new = pin;
                Action::none()
            }
            Message::Again(pin) => {
                self.pin.again = pin;
                Action::none()
            }
            Message::Consent(consent) => {
                self.consent = consent;
                Action::none()
            }
            Message::Submit if self.may_submit(tries) => self.submit(desk),
            Message::Submit => Action::none(),
            Message::Done(Ok(())) => Action::say(Notice::good(match self.before {
                Before::Own => tr!("pin-changed"),
                Before::Letter | Before::Nothing => tr!("pin-set"),
            }))
            .and(Action::wish(Over)),
            Message::Done(Err(error)) => {
                self.busy = false;
                self.old = TypedPin::default();
                let about_new = matches!(&*error, ClientError::PinRule(_));
                self.error = Some(error);
                Action::run(keys::focus(if about_new || self.before == Before::Nothing { NEW } else { OLD }))
            }
            // The token cannot be called back: its answer must be seen.
            Message::Leave if self.busy => Action::none(),
            Message::Leave => Action::wish(Over),
        }
    }

    fn submit(&mut self, desk: &Desk) -> Action<Message, Over> {
        (self.busy, self.error) = (true, None);
        let request = PinChangeRequest {
            old: (self.before != Before::Nothing).then(|| self.old.pin()),
            new: self.pin.new.pin(),
            csn: self.csn.clone(),
            last_try_confirmed: std::mem::take(&mut self.consent),
        };
        let client = desk.client.clone();
        Action::run(Task::perform(
            async move { client.change_pin(request).await.map_err(Arc::new) },
            Message::Done,
        ))
    }

    pub(crate) fn view(&self, tries: Option<u8>) -> Element<'_, Message> {
        let mut column = Column::new().spacing(spacing::M);
        if self.before != Before::Nothing {
            column = column.push(self.old_field(tries)).push(last_try(tries, self.consent, Message::Consent));
        }
        let fields = Fields {
            new_id: NEW,
            again_id: AGAIN,
            closed: self.busy.then(String::new),
            on_new: Message::New,
            on_again: Message::Again,
            on_enter: Message::Submit,
        };
        let submit = match self.before {
            Before::Own => tr!("pin-change-submit"),
            Before::Letter | Before::Nothing => tr!("pin-set-submit"),
        };
        let mut buttons = Row::new().spacing(spacing::M).align_y(Alignment::Center);
        buttons = buttons.push(
            button::primary(submit)
                .id("pin-submit")
                .on_press_maybe(self.may_submit(tries).then_some(Message::Submit)),
        );
        if self.before == Before::Own {
            buttons = buttons.push(
                button::secondary(tr!("cancel"))
                    .id("pin-leave")
                    .shortcut("Esc")
                    .on_press_maybe((!self.busy).then_some(Message::Leave)),
            );
        }
        let busy = if self.busy { tr!("pin-busy") } else { String::new() };
        column
            .push(Row::with_children(self.pin.fields(self.judge(), fields)).spacing(spacing::M))
            .push(self.pin.rules(self.judge()))
            .push(self.trouble())
            .push(buttons.push(text::hint(busy).dim()))
            .into()
    }

    fn old_field(&self, tries: Option<u8>) -> Element<'_, Message> {
        let label = match self.before {
            Before::Letter => tr!("pin-letter"),
            Before::Own | Before::Nothing => tr!("pin-old"),
        };
        let mut old = field::secure(label, self.old.shown()).id(OLD).width(Length::FillPortion(1));
        if !self.busy {
            old = old.on_input(|typed| Message::Old(TypedPin::new(typed)));
        }
        if let Some(tries) = tries {
            old = old.trailing(tr!("tries-left", count = i64::from(tries)));
        }
        if let Some(error) = self.error.as_ref().filter(|error| is_about_old(error)) {
            old = old.error(explain(&**error));
        } else if self.before == Before::Letter {
            old = old.hint(tr!("pin-letter-hint"));
        }
        Row::new().spacing(spacing::M).push(old).push(space().width(Length::FillPortion(1))).into()
    }

    fn trouble(&self) -> Option<Element<'_, Message>> {
        let error = self.error.as_ref().filter(|error| !is_about_old(error))?;
        Some(trouble::note(tr!("pin-failed"), &**error))
    }
}

/// Whether the error belongs beside the old PIN's field.
fn is_about_old(error: &ClientError) -> bool {
    matches!(error, ClientError::Token(TokenError::PinWrong { .. } | TokenError::LastTry))
}
