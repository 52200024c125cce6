//! How the place looks: the list, and beside it the form of the chosen template.

use domain::{Account, Currency, Field, Narrative, Template};
use iced::Length;
use iced::widget::space;

use super::{LIST, Message, NAME, SEARCH, Templates};
use crate::design::choices::Choice;
use crate::design::field::{self, Note};
use crate::design::table::{self, Cell, column};
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, button, check, empty, panel, select, spacing};
use crate::desk::Desk;
use crate::screen::order::notes;
use crate::screen::record_form::{self, Asked};
use crate::{format, tr};

/// Width of the form beside the list.
const FORM: f32 = 480.0;

/// The customer's forint accounts.
pub(super) fn own_accounts(desk: &Desk) -> impl Iterator<Item = &Account> {
    let accounts = desk.rules.as_ref().map(|rules| rules.accounts.as_slice()).unwrap_or_default();
    accounts.iter().filter(|account| account.currency == Currency::HUF)
}

impl Templates {
    pub(super) fn page<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        let search =
            field::search(tr!("template-search"), self.search.text()).id(SEARCH).on_input(Message::Search);
        let new = button::secondary(tr!("template-new"))
            .id("template-new")
            .shortcut("Ins")
            .on_press(Message::Record(record_form::Message::Show(Asked::New)));
        let title = panel::title_line(tr!("templates-title"), Some(search.into()), Some(new.into()));
        let form = Column::new()
            .spacing(spacing::L)
            .push(panel::scroll(self.form(desk)))
            .push(self.buttons())
            .height(Length::Fill);
        let form = panel::panel(form).width(Length::Fixed(FORM)).height(Length::Fill);
        let body = Row::new().spacing(spacing::L).push(panel::bare_panel(self.list())).push(form);
        panel::page(Column::new().spacing(spacing::M).push(title).push(body.height(Length::Fill)))
    }

    fn list(&self) -> Element<'_, Message> {
        if self.templates.is_empty() {
            return if self.search.is_blank() {
                empty::empty(tr!("templates-none"), tr!("templates-none-help"), None)
            } else {
                empty::empty(tr!("templates-not-found"), tr!("templates-not-found-help"), None)
            };
        }
        let rows = table::rows(self.templates.len(), |row, column| match (self.templates.get(row), column) {
            (Some(template), 0) => {
                Cell::strong(template.name.to_string()).below(Cell::hint(payee_of(template)))
            }
            (Some(template), _) => Cell::text(amount_of(template)),
            (None, _) => Cell::empty(),
        });
        let columns = [
            column(0, tr!("template-column-name")).fill(1),
            column(1, tr!("order-amount")).fixed(130.0).right(),
        ];
        table::table(columns, rows)
            .id(LIST)
            .row_height(table::RowHeight::Tall)
            .selection(&self.selection)
            .single()
            .on_pick(Message::Picked)
            .on_activate(Message::Opened)
            .into()
    }

    fn text<'a>(&'a self, field: Field, label: String, value: &'a str) -> field::Field<'a, Message> {
        field::text(label, value).id(field.key()).on_input(move |text| Message::Typed(field, text))
    }

    fn form<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        let fields = &self.record.form.fields;
        let wrong = self.name().err().filter(|_| self.record.tried);
        let name = field::text(tr!("template-name"), &self.record.form.name)
            .id(NAME)
            .on_input(Message::Name)
            .note(wrong.map(|error| Note { tone: Tone::Bad, text: notes::said(&error) }));
        let title = if self.record.form.id.is_some() {
            self.record.stored.name.clone()
        } else {
            tr!("template-new-title")
        };
        let live = desk.rules.as_deref().and_then(|rules| notes::target(&fields.target, rules));
        let amount = field::amount(tr!("order-amount"), &fields.amount, format::currency("HUF"))
            .id(Field::Amount.key())
            .on_input(|text| Message::Typed(Field::Amount, text))
            .group(notes::group_amount)
            .note(notes::amount(&fields.amount));
        let row = || Row::new().spacing(spacing::M);
        let instant = check::checkbox(tr!("order-instant"), fields.instant)
            .id(Field::Instant.key())
            .on_toggle(Message::Instant);
        Column::new()
            .spacing(spacing::M)
            .push(text::detail_title(title))
            .push(self.record.banner().map(|banner| banner.map(Message::Record)))
            .push(name)
            .push(text::hint(tr!("template-help")).dim())
            .push(self.debit_account(desk))
            .push(self.text(Field::BeneficiaryName, tr!("order-payee"), &fields.beneficiary_name))
            .push(
                self.text(Field::Target, tr!("order-target"), &fields.target)
                    .trailing(notes::blocks(&fields.target))
                    .note(live),
            )
            .push(row().push(amount).push(self.text(
                Field::DocumentNumber,
                tr!("order-document-number"),
                &fields.document_number,
            )))
            .push(
                self.text(Field::Narrative, tr!("order-narrative"), &fields.narrative)
                    .trailing(notes::counter(&fields.narrative, Narrative::MAX)),
            )
            .push(instant)
            .push(
                row()
                    .push(self.text(Field::Country, tr!("order-country"), &fields.country).placeholder("HU"))
                    .push(self.text(Field::LegalCode, tr!("order-legal-code"), &fields.legal_code))
                    .push(self.text(Field::OwnReference, tr!("order-own-reference"), &fields.own_reference)),
            )
            .into()
    }

    fn debit_account<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        let none = std::iter::once(Choice::from(tr!("template-any-account")));
        let own =
            own_accounts(desk).map(|account| Choice::from(format!("{} · {}", account.name, account.number)));
        let chosen = own_accounts(desk)
            .position(|account| account.number.to_string() == self.record.form.fields.debit_account)
            .map_or(0, |at| at + 1);
        select::select(tr!("order-debit-account"), none.chain(own), Some(chosen))
            .id(Field::DebitAccount.key())
            .on_select(Message::Account)
            .into()
    }

    fn buttons(&self) -> Element<'_, Message> {
        let order = button::secondary(tr!("template-order")).id("template-order").shortcut("Ctrl+N");
        let save = Element::from(self.record.save_button().id("template-save"));
        let delete = Element::from(self.record.delete_button().id("template-delete"));
        Row::new()
            .spacing(spacing::S)
            .push(save.map(Message::Record))
            .push(order.on_press_maybe(self.record.saved_id().map(|_| Message::Order)))
            .push(space::horizontal())
            .push(delete.map(Message::Record))
            .into()
    }
}

fn payee_of(template: &Template) -> String {
    let fields = &template.fields;
    let parts = [&fields.beneficiary_name, &fields.target];
    let parts: Vec<&str> = parts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    parts.join(" · ")
}

fn amount_of(template: &Template) -> String {
    domain::entry::amount(&template.fields.amount)
        .map(|amount| format::amount_of(amount, "HUF"))
        .unwrap_or_default()
}
