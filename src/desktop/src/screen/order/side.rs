//! Beside the form: what the bank will do, and what is known of the payee.

use client::{OrderCheck, PayeeHint, Rules};
use domain::arrival::Arrival;
use domain::key;
use domain::routing::{Decision, Route};
use iced::{Alignment, Length};

use super::{Judgement, Message, OrderForm, fields};
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, button, panel, pill, spacing};
use crate::screen::packages::words::route;
use crate::texts::explain;
use crate::{format, tr};

impl Judgement {
    pub(super) fn payee(&self) -> Option<&PayeeHint> {
        self.check.as_ref().ok()?.payee.as_ref()
    }

    /// Day and amount of the last payment to the payee.
    pub(super) fn last_payment(&self) -> Option<(String, String)> {
        let last = self.payee()?.last.first()?;
        Some((format::date(last.day), format::money(last.amount)))
    }
}

impl OrderForm {
    pub(super) fn side<'a>(&'a self, rules: &'a Rules) -> Element<'a, Message> {
        let bank = match self.answer.as_ref().map(|answer| &answer.check) {
            Some(Ok(check)) => self.bank(check, rules),
            Some(Err(error)) => Column::new()
                .spacing(spacing::S)
                .push(text::hint(explain(&**error)).care())
                .push(button::link(tr!("order-into-new")).on_press(Message::Alone))
                .into(),
            None => text::hint(tr!("order-bank-later")).dim().into(),
        };
        Column::new()
            .spacing(spacing::M)
            .width(Length::Fixed(spacing::SIDE_PANEL))
            .push(panel::card(tr!("order-bank-title"), None, bank))
            .push(self.payee_card())
            .into()
    }

    fn bank<'a>(&self, check: &'a OrderCheck, rules: &Rules) -> Element<'a, Message> {
        let Some(decision) = &check.decision else {
            return text::hint(tr!("order-bank-later")).dim().into();
        };
        let mut column = Column::new().spacing(spacing::S).push(headline(decision, rules));
        for reason in &decision.reasons {
            column = column.push(text::hint(explain(reason)));
        }
        for warning in &decision.warnings {
            column = column.push(text::hint(explain(warning)).care());
        }
        for shortage in &check.shortages {
            column = column.push(text::hint(explain(shortage)).bad());
        }
        if let Some(alone) = &check.alone {
            let better = tr!("order-alone", route = route(alone.route), time = expected(alone, rules));
            column = column
                .push(panel::rule())
                .push(text::hint(better).dim())
                .push(button::link(tr!("order-alone-do")).id("order-alone").on_press(Message::Alone));
        }
        column.into()
    }

    fn payee_card(&self) -> Option<Element<'_, Message>> {
        // Money that stays the customer's own needs no word about its payee.
        let answer = self
            .answer
            .as_ref()
            .filter(|_| fields::has(self.kept.draft.order_type, key::BENEFICIARY_NAME))?;
        let payee = answer.payee()?;
        let name = self.kept.draft.get(key::BENEFICIARY_NAME).trim();
        let title = match (name, &payee.bank) {
            ("", Some(bank)) => bank.clone(),
            ("", None) => self.kept.draft.get(key::TARGET).to_owned(),
            (name, _) => name.to_owned(),
        };
        let mut column = Column::new().spacing(spacing::S);
        if payee.last.is_empty() {
            column = column.push(text::hint(tr!("order-first-payment")).care());
        } else {
            let lines = payee.last.iter().map(|payment| {
                let amount = format::money(payment.amount);
                (format::date(payment.day), Element::from(text::body(amount)))
            });
            column = column.push(panel::key_values(lines));
        }
        if let Some(times) = payee.times_usual {
            column = column.push(text::hint(tr!("order-times-usual", times = times)).care());
        }
        if !answer.known {
            let save = button::link(tr!("order-save-partner")).id("order-save-partner");
            column = column.push(save.on_press(Message::SavePartner));
        }
        Some(panel::card(title, None, column).into())
    }
}

fn headline<'a>(decision: &Decision, rules: &Rules) -> Element<'a, Message> {
    let tone = match decision.route {
        Route::Instant => Tone::Good,
        Route::InstantPaced | Route::Viber => Tone::Accent,
        Route::Intraday => Tone::Neutral,
        Route::Refused => Tone::Bad,
    };
    let row = Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(pill::pill(tone, route(decision.route)));
    let time = text::strong(expected(decision, rules)).width(Length::Fill);
    row.push(time).into()
}

/// When the payee has the money, in words.
fn expected(decision: &Decision, rules: &Rules) -> String {
    explain(&Arrival::new(decision.expected, rules.local_now()))
}
