//! The fields of the form: those of its type, with what is wrong and what is known of them, and the lines above them.

use client::Rules;
use domain::{FieldProblem, Partner, PartnerTarget, key};
use iced::Length;

use super::fields::{self, Fields};
use super::{Message, OrderForm};
use crate::design::choices::Choice;
use crate::design::field::Note;
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, banner, button, select, spacing};
use crate::texts::explain;
use crate::tr;

impl OrderForm {
    /// What is wrong with a field, once that may be said: after it was left, or after a save was tried.
    pub(super) fn problem(&self, field: &str) -> Option<Note> {
        let found = self.problems.iter().find(|problem| problem.field == field)?;
        // A secondary identifier makes demands on two other fields.
        let by_target = matches!(
            found.problem,
            FieldProblem::SecondaryIdNeedsInstant | FieldProblem::NameWithSecondaryId
        ) && self.left.contains(key::TARGET);
        let shown = self.tried || self.left.contains(field) || by_target;
        shown.then(|| Note { tone: Tone::Bad, text: explain(found) })
    }

    pub(super) fn fields<'a>(&'a self, rules: &'a Rules) -> Element<'a, Message> {
        let draft = &self.kept.draft;
        let last = self.answer.as_ref().and_then(|answer| answer.last_payment());
        let payee = last.map(|(day, amount)| Note {
            tone: Tone::Neutral,
            text: tr!("order-last-paid", date = day, amount = amount),
        });
        let fields = Fields {
            kind: draft.order_type,
            values: &draft.values,
            rules: Some(rules),
            accounts: &self.lists.accounts,
            open_account: false,
            problem: &|field| self.problem(field),
            payee,
            is_partner: draft.partner.is_some(),
            suggestions: self.suggestions.iter().map(suggestion).collect(),
            more: self.more,
        };
        Column::new()
            .spacing(spacing::M)
            .push(self.beginning(rules))
            .push(self.rather_instant())
            .push(fields.view().map(Message::Field))
            .into()
    }

    /// The type of the order, and the template that it is started from.
    fn beginning<'a>(&'a self, rules: &'a Rules) -> Element<'a, Message> {
        let draft = &self.kept.draft;
        let kind = fields::kinds(draft.order_type, rules, Message::Type).width(Length::FillPortion(6));
        let none = std::iter::once(Choice::from(tr!("order-no-template")));
        let templates = self.lists.templates.iter().map(|template| Choice::from(template.name.to_string()));
        let chosen = draft
            .template
            .and_then(|id| self.lists.templates.iter().position(|template| template.id == id))
            .map_or(0, |at| at + 1);
        let template = select::select(tr!("order-template"), none.chain(templates), Some(chosen))
            .id("order-template")
            .on_select(Message::Template)
            .width(Length::FillPortion(4));
        Row::new().spacing(spacing::M).push(kind).push(template).into()
    }

    /// Why the order is to be an instant one, and the way there with everything that is typed.
    fn rather_instant(&self) -> Option<Element<'_, Message>> {
        let kind = self.kept.draft.order_type;
        let (found, other) =
            self.problems.iter().find_map(|error| Some((error, kind.instead(&error.problem)?)))?;
        let on = button::link(tr!("order-on-as-domestic"))
            .id("order-on-as-domestic")
            .on_press(Message::Type(other));
        let title = tr!("order-rather-instant");
        Some(banner::banner(Tone::Care, title, explain(found), Some(on.into())))
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
