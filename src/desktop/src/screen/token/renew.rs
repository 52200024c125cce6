//! Renewing the certificates: the PIN once, then new keys, a request that the old key signs, the bank, and writing
//! the new certificates, each shown as it is done. Until the last step the old certificates stay in use.

use std::sync::Arc;

use client::{ClientError, RenewalStep, Renewed, TokenError, TokenInfo};
use iced::widget::space;
use iced::{Alignment, Length, Task};
use tokio::sync::mpsc;

use super::{Over, last_try};
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, button, field, keys, spacing, tick};
use crate::desk::Desk;
use crate::screen::action::Action;
use crate::screen::ask::{Question, each};
use crate::screen::notice::Notice;
use crate::screen::trouble;
use crate::screen::typed::TypedPin;
use crate::texts::explain;
use crate::{format, tr};

const PIN: &str = "renew-pin";

/// What a renewal does, in order.
const STEPS: [RenewalStep; 4] =
    [RenewalStep::Keys, RenewalStep::Request, RenewalStep::Bank, RenewalStep::Install];

#[derive(Debug)]
pub(crate) struct Renew {
    csn: String,
    pin: TypedPin,
    consent: bool,
    /// What has been reached; none before it began.
    step: Option<RenewalStep>,
    busy: bool,
    error: Option<Arc<ClientError>>,
    asked: Question,
}

/// What happens to the panel.
#[derive(Debug, Clone)]
pub enum Message {
    /// The PIN as typed so far.
    Pin(TypedPin),
    /// The last try may be used, or not.
    Consent(bool),
    Submit,
    /// A step has begun.
    Step(Question, RenewalStep),
    Done(Question, Result<Renewed, Arc<ClientError>>),
    Leave,
}

impl Renew {
    /// The panel for a token, with the focus on its PIN.
    pub(crate) fn new(info: &TokenInfo) -> (Self, Task<Message>) {
        let panel = Self {
            csn: info.csn.clone(),
            pin: TypedPin::default(),
            consent: false,
            step: None,
            busy: false,
            error: None,
            asked: Question::ask(),
        };
        (panel, keys::focus(PIN))
    }

    /// Whether token and bank are at work.
    pub(super) fn is_busy(&self) -> bool {
        self.busy
    }

    /// The token that it is for.
    pub(super) fn csn(&self) -> &str {
        &self.csn
    }

    fn may_submit(&self, tries: Option<u8>) -> bool {
        !self.busy && !self.pin.is_empty() && (tries != Some(1) || self.consent)
    }
}

impl Renew {
    /// Does what happened; `tries` are those that the token has left.
    pub(crate) fn update(
        &mut self,
        message: Message,
        tries: Option<u8>,
        desk: &Desk,
    ) -> Action<Message, Over> {
        match message {
            Message::Pin(pin) => {
                (self.pin, self.error) = (pin, None);
                Action::none()
            }
            Message::Consent(consent) => {
                self.consent = consent;
                Action::none()
            }
            Message::Submit if self.may_submit(tries) => self.submit(desk),
            Message::Step(asked, step) if asked == self.asked => {
                self.step = Some(step);
                Action::none()
            }
            Message::Done(asked, answer) if asked == self.asked => {
                self.busy = false;
                match answer {
                    Ok(renewed) => Action::say(said(&renewed)).and(Action::wish(Over)),
                    Err(error) => {
                        self.error = Some(error);
                        Action::run(keys::focus(PIN))
                    }
                }
            }
            Message::Leave if !self.busy => Action::wish(Over),
            // Late, or not now: what token and bank have begun cannot be called back.
            _ => Action::none(),
        }
    }
}

impl Renew {
    fn submit(&mut self, desk: &Desk) -> Action<Message, Over> {
        (self.busy, self.error, self.step) = (true, None, None);
        self.asked = Question::ask();
        let (asked, client) = (self.asked, desk.client.clone());
        let (pin, csn) = (std::mem::take(&mut self.pin).pin(), self.csn.clone());
        let consent = std::mem::take(&mut self.consent);
        let (progress, steps) = mpsc::unbounded_channel();
        let steps = each(steps).map(move |step| Message::Step(asked, step));
        let ended = Task::perform(
            async move { client.renew(pin, csn, consent, progress).await.map_err(Arc::new) },
            move |answer| Message::Done(asked, answer),
        );
        Action::run(Task::batch([steps, ended]))
    }

    /// A renewal that waits for the bank, for pictures.
    pub(super) fn half_way(info: &TokenInfo) -> Self {
        Self { step: Some(RenewalStep::Bank), busy: true, ..Self::new(info).0 }
    }

    /// A renewal whose PIN was wrong, for pictures.
    pub(super) fn failed(info: &TokenInfo) -> Self {
        let error = ClientError::Token(TokenError::PinWrong { left: 4 });
        Self { error: Some(Arc::new(error)), ..Self::new(info).0 }
    }

    pub(crate) fn view(&self, tries: Option<u8>) -> Element<'_, Message> {
        let steps = STEPS.into_iter().map(|step| {
            let (met, word) = match self.step {
                Some(at) if step < at => (true, tr!("renew-step-done")),
                Some(at) if step == at && self.busy => (false, tr!("renew-step-now")),
                Some(at) if step == at => (false, tr!("renew-step-stopped")),
                _ => (false, tr!("renew-step-waits")),
            };
            tick::tick(met, words(step), word)
        });
        let trouble = self
            .error
            .as_ref()
            .filter(|error| !is_about_pin(error))
            .map(|error| trouble::note::<Message>(tr!("renew-failed"), &**error));
        let submit = if self.busy { tr!("renew-busy") } else { tr!("renew-submit") };
        let buttons = Row::new()
            .spacing(spacing::M)
            .align_y(Alignment::Center)
            .push(
                button::primary(submit)
                    .id("renew-submit")
                    .on_press_maybe(self.may_submit(tries).then_some(Message::Submit)),
            )
            .push(
                button::secondary(tr!("cancel"))
                    .id("renew-leave")
                    .shortcut("Esc")
                    .on_press_maybe((!self.busy).then_some(Message::Leave)),
            );
        Column::new()
            .spacing(spacing::M)
            .push(text::body(tr!("renew-help")).dim())
            .push(self.pin_field(tries))
            .push(last_try(tries, self.consent, Message::Consent))
            .push(Column::new().spacing(spacing::TICKS).extend(steps))
            .push(trouble)
            .push(buttons)
            .into()
    }

    fn pin_field(&self, tries: Option<u8>) -> Element<'_, Message> {
        let mut pin = field::secure(tr!("login-pin"), self.pin.shown()).id(PIN);
        if !self.busy {
            pin = pin.on_input(|typed| Message::Pin(TypedPin::new(typed))).on_enter(Message::Submit);
        }
        if let Some(tries) = tries {
            pin = pin.trailing(tr!("tries-left", count = i64::from(tries)));
        }
        if let Some(error) = self.error.as_ref().filter(|error| is_about_pin(error)) {
            pin = pin.error(explain(&**error));
        }
        let half = Length::FillPortion(1);
        Row::new().spacing(spacing::M).push(pin.width(half)).push(space().width(half)).into()
    }
}

fn words(step: RenewalStep) -> String {
    match step {
        RenewalStep::Keys => tr!("renew-step-keys"),
        RenewalStep::Request => tr!("renew-step-request"),
        RenewalStep::Bank => tr!("renew-step-bank"),
        RenewalStep::Install => tr!("renew-step-install"),
    }
}

/// What is said when it is done.
fn said(renewed: &Renewed) -> Notice {
    let until = format::date(format::local(renewed.until).date());
    if renewed.told {
        Notice::good(tr!("renew-done", until = until))
    } else {
        Notice { tone: Tone::Care, ..Notice::good(tr!("renew-done-untold", until = until)) }
    }
}

/// Whether the error belongs beside the PIN field.
fn is_about_pin(error: &ClientError) -> bool {
    matches!(
        error,
        ClientError::Token(TokenError::PinWrong { .. } | TokenError::PinFormat | TokenError::LastTry)
    )
}
