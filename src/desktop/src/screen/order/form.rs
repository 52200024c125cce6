//! The fields of the form, each with what it says of itself.

use client::Rules;
use domain::{Field, FieldProblem, Narrative, OrderDraft, Partner, PartnerTarget};
use iced::{Alignment, Length};

use super::notes;
use super::{Message, OrderForm};
use crate::design::choices::Choice;
use crate::design::field::{self, Note};
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, button, check, date_field, select, spacing};
use crate::{format, texts, tr};

/// Fields that few orders need.
const RARE: [Field; 4] = [Field::PayerName, Field::Country, Field::LegalCode, Field::OwnReference];

pub(crate) fn is_rare(field: Field) -> bool {
    RARE.contains(&field)
}

/// Whether one of the rare fields is filled.
pub(crate) fn has_rare(draft: &OrderDraft) -> bool {
    [&draft.payer_name, &draft.country, &draft.legal_code, &draft.own_reference]
        .iter()
        .any(|text| !text.trim().is_empty())
}

/// The text of a field that is typed.
pub(crate) fn text_of(draft: &mut OrderDraft, field: Field) -> Option<&mut String> {
    Some(match field {
        Field::DebitAccount => &mut draft.debit_account,
        Field::PayerName => &mut draft.payer_name,
        Field::Target => &mut draft.target,
        Field::BeneficiaryName => &mut draft.beneficiary_name,
        Field::Country => &mut draft.country,
        Field::Amount => &mut draft.amount,
        Field::ValueDate => &mut draft.value_date,
        Field::Narrative => &mut draft.narrative,
        Field::DocumentNumber => &mut draft.document_number,
        Field::LegalCode => &mut draft.legal_code,
        Field::OwnReference => &mut draft.own_reference,
        Field::Instant | Field::Urgency => return None,
    })
}

impl OrderForm {
    /// What is wrong with a field, once that may be said: after it was left, or after a save was tried.
    pub(super) fn problem(&self, field: Field) -> Option<Note> {
        let found = self.problems.iter().find(|problem| problem.field == field)?;
        // A secondary identifier makes demands on two other fields.
        let by_target = matches!(
            found.problem,
            FieldProblem::SecondaryIdNeedsInstant | FieldProblem::NameWithSecondaryId
        ) && self.left.contains(&Field::Target);
        let shown = self.tried || self.left.contains(&field) || by_target;
        shown.then(|| Note { tone: Tone::Bad, text: notes::said(found) })
    }

    fn text<'a>(
        &'a self,
        field: Field,
        label: String,
        value: &'a str,
        note: Option<Note>,
    ) -> field::Field<'a, Message> {
        field::text(label, value)
            .id(field.key())
            .on_input(move |text| Message::Typed(field, text))
            .on_blur(Message::Left(field))
            .note(self.problem(field).or(note))
    }

    pub(super) fn fields<'a>(&'a self, rules: &'a Rules) -> Element<'a, Message> {
        let draft = &self.kept.draft;
        Column::new()
            .spacing(spacing::M)
            .push(self.debit_account())
            .push(self.payee())
            .push(self.target(rules))
            .push(self.numbers(rules))
            .push(
                self.text(
                    Field::Narrative,
                    tr!("order-narrative"),
                    &draft.narrative,
                    notes::narrative(&draft.narrative),
                )
                .trailing(notes::counter(&draft.narrative, Narrative::MAX)),
            )
            .push(self.ticks())
            .push(self.rare())
            .into()
    }

    fn debit_account(&self) -> Element<'_, Message> {
        let choices = self.lists.accounts.iter().map(|row| {
            let available = row.balance.as_ref().map_or_else(String::new, |balance| {
                let money = balance.available;
                let amount = format::money(money);
                tr!("order-available", amount = amount)
            });
            Choice::new(format!("{} · {}", row.account.name, row.account.number), available)
        });
        let chosen = self
            .lists
            .accounts
            .iter()
            .position(|row| row.account.number.to_string() == self.kept.draft.debit_account);
        select::select(tr!("order-debit-account"), choices, chosen)
            .id(Field::DebitAccount.key())
            .placeholder(tr!("order-choose-account"))
            .on_select(Message::Account)
            .note(self.problem(Field::DebitAccount))
            .into()
    }

    fn payee(&self) -> Element<'_, Message> {
        let draft = &self.kept.draft;
        let last = self.answer.as_ref().and_then(|answer| answer.last_payment());
        let note = last.map(|(day, amount)| Note {
            tone: Tone::Neutral,
            text: tr!("order-last-paid", date = day, amount = amount),
        });
        let mut name = self.text(Field::BeneficiaryName, tr!("order-payee"), &draft.beneficiary_name, note);
        if draft.partner.is_some() {
            name = name.trailing(tr!("order-is-partner"));
        }
        let name = name
            .placeholder(tr!("order-payee-placeholder"))
            .suggestions(self.suggestions.iter().map(suggestion).collect(), Message::Partner)
            .width(Length::FillPortion(7));
        let none = std::iter::once(Choice::from(tr!("order-no-template")));
        let templates = self.lists.templates.iter().map(|template| Choice::from(template.name.to_string()));
        let chosen = draft
            .template
            .and_then(|id| self.lists.templates.iter().position(|template| template.id == id))
            .map_or(0, |at| at + 1);
        let template = select::select(tr!("order-template"), none.chain(templates), Some(chosen))
            .id("order-template")
            .on_select(Message::Template)
            .width(Length::FillPortion(3));
        Row::new().spacing(spacing::M).push(name).push(template).into()
    }

    fn target(&self, rules: &Rules) -> Element<'_, Message> {
        let typed = &self.kept.draft.target;
        let live = notes::target(typed, rules);
        let note = match (live, self.problem(Field::Target)) {
            // What is missing is told more exactly by the live note.
            (Some(live), Some(problem)) if live.tone == Tone::Care => {
                Some(Note { tone: problem.tone, ..live })
            }
            (live, problem) => problem.or(live),
        };
        field::text(tr!("order-target"), typed)
            .id(Field::Target.key())
            .on_input(|text| Message::Typed(Field::Target, text))
            .on_blur(Message::Left(Field::Target))
            .trailing(notes::blocks(typed))
            .note(note)
            .into()
    }

    fn numbers<'a>(&'a self, rules: &'a Rules) -> Element<'a, Message> {
        let draft = &self.kept.draft;
        let amount = field::amount(tr!("order-amount"), &draft.amount, format::currency("HUF"))
            .id(Field::Amount.key())
            .on_input(|text| Message::Typed(Field::Amount, text))
            .on_blur(Message::Left(Field::Amount))
            .group(notes::group_amount)
            .note(self.problem(Field::Amount).or_else(|| notes::amount(&draft.amount)))
            .width(Length::FillPortion(5));
        let day = if draft.instant { self.no_day() } else { self.day(rules) };
        let document = self
            .text(Field::DocumentNumber, tr!("order-document-number"), &draft.document_number, None)
            .width(Length::FillPortion(3));
        Row::new().spacing(spacing::M).push(amount).push(day).push(document).into()
    }

    fn day<'a>(&'a self, rules: &'a Rules) -> Element<'a, Message> {
        let draft = &self.kept.draft;
        let note = notes::value_date(&draft.value_date, rules);
        let typed = self
            .text(Field::ValueDate, tr!("order-value-date"), &draft.value_date, note)
            .placeholder(tr!("order-value-date-placeholder"))
            .width(Length::FillPortion(4));
        let understood = domain::entry::date(&draft.value_date, rules.today(), &rules.calendar).ok();
        date_field::date(typed, understood, rules.today(), texts::calendar())
            .work_days(|day| rules.calendar.is_banking_day(day))
            .on_pick(Message::Day)
            .into()
    }

    /// An instant transfer has no value date.
    fn no_day(&self) -> Element<'_, Message> {
        let note = self
            .problem(Field::ValueDate)
            .unwrap_or_else(|| Note { tone: Tone::Neutral, text: tr!("order-value-date-not") });
        field::text(tr!("order-value-date"), "")
            .placeholder(tr!("order-value-date-instant"))
            .note(Some(note))
            .width(Length::FillPortion(4))
            .into()
    }

    fn ticks(&self) -> Element<'_, Message> {
        let draft = &self.kept.draft;
        let instant = check::checkbox(tr!("order-instant"), draft.instant)
            .id(Field::Instant.key())
            .hint(tr!("order-instant-hint"))
            .on_toggle(Message::Instant);
        let viber = check::checkbox(tr!("order-viber"), draft.viber)
            .id(Field::Urgency.key())
            .on_toggle(Message::Viber);
        let ticks = Row::new().spacing(spacing::XL).align_y(Alignment::Center).push(instant).push(viber);
        let problems = [Field::Instant, Field::Urgency].into_iter().filter_map(|field| self.problem(field));
        let mut column = Column::new().spacing(spacing::XS).push(ticks);
        for problem in problems {
            column = column.push(text::hint(problem.text).bad());
        }
        column.into()
    }

    fn rare(&self) -> Element<'_, Message> {
        let label = if self.more { tr!("order-less") } else { tr!("order-more") };
        let toggle = Row::new().push(button::link(label).id("order-more").on_press(Message::More));
        let column = Column::new().spacing(spacing::M).push(toggle);
        if !self.more {
            return column.into();
        }
        let draft = &self.kept.draft;
        let payer = self
            .text(Field::PayerName, tr!("order-payer-name"), &draft.payer_name, None)
            .width(Length::FillPortion(6));
        let country = self
            .text(Field::Country, tr!("order-country"), &draft.country, None)
            .placeholder("HU")
            .width(Length::FillPortion(2));
        let legal = self
            .text(Field::LegalCode, tr!("order-legal-code"), &draft.legal_code, None)
            .width(Length::FillPortion(2));
        let own = self
            .text(Field::OwnReference, tr!("order-own-reference"), &draft.own_reference, None)
            .width(Length::FillPortion(4));
        column.push(Row::new().spacing(spacing::M).push(payer).push(country).push(legal).push(own)).into()
    }
}

/// A partner in the list below the payee's name.
fn suggestion(partner: &Partner) -> Choice {
    let target = match &partner.target {
        PartnerTarget::Accounts { numbers, .. } => {
            numbers.first().map(ToString::to_string).unwrap_or_default()
        }
        PartnerTarget::SecondaryId { id } => id.to_string(),
    };
    Choice::new(partner.short_name.to_string(), target)
}
