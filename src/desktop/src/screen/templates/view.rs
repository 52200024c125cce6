//! How the place looks: the list, and beside it the form of the chosen template.

use domain::{Currency, Template, key};
use iced::Length;
use iced::widget::space;

use super::{LIST, Message, NAME, SEARCH, Templates};
use crate::design::field::{self, Note};
use crate::design::table::{self, Cell, column};
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, button, empty, panel, spacing};
use crate::desk::Desk;
use crate::screen::order::fields::{self, Fields, Own};
use crate::screen::record_form::{self, Asked};
use crate::texts::explain;
use crate::{format, tr};

/// Width of the form beside the list.
const FORM: f32 = 480.0;

/// The customer's forint accounts.
pub(super) fn own_accounts(desk: &Desk) -> Vec<Own> {
    let accounts = desk.rules.as_ref().map(|rules| rules.accounts.as_slice()).unwrap_or_default();
    let forints = accounts.iter().filter(|account| account.currency == Currency::HUF);
    forints.map(|own| Own { name: own.name.clone(), number: own.number, available: None }).collect()
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
        let body = Row::new().spacing(spacing::L).push(panel::bare_panel(self.list(desk))).push(form);
        panel::page(Column::new().spacing(spacing::M).push(title).push(body.height(Length::Fill)))
    }

    fn list(&self, desk: &Desk) -> Element<'_, Message> {
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
            (Some(template), 1) => Cell::text(amount_of(template)),
            (Some(template), _) => record_form::owner_cell(template.is_own),
            (None, _) => Cell::empty(),
        });
        let whose = desk.house.is_shared().then(|| column(2, tr!("owner-column")).fixed(72.0));
        let columns = [
            column(0, tr!("template-column-name")).fill(1),
            column(1, tr!("order-amount")).fixed(130.0).right(),
        ];
        let columns = columns.into_iter().chain(whose);
        table::table(columns, rows)
            .id(LIST)
            .row_height(table::RowHeight::Tall)
            .selection(&self.selection)
            .single()
            .on_pick(Message::Picked)
            .on_activate(Message::Opened)
            .into()
    }

    fn form<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        let form = &self.record.form;
        let wrong = self.name().err().filter(|_| self.record.tried);
        let name = field::text(tr!("template-name"), &form.name)
            .id(NAME)
            .on_input(Message::Name)
            .note(wrong.map(|error| Note { tone: Tone::Bad, text: explain(&error) }));
        let title =
            if form.id.is_some() { self.record.stored.name.clone() } else { tr!("template-new-title") };
        let fields = Fields {
            kind: form.order_type,
            values: &form.fields,
            rules: desk.rules.as_deref(),
            accounts: &own_accounts(desk),
            open_account: true,
            problem: &|_| None,
            payee: None,
            is_partner: false,
            suggestions: Vec::new(),
            more: self.more,
        };
        Column::new()
            .spacing(spacing::M)
            .push(text::detail_title(title))
            .push(self.record.banner().map(|banner| banner.map(Message::Record)))
            .push(name)
            .push(text::hint(tr!("template-help")).dim())
            .push(record_form::owner(form.is_own, desk, Message::Owner))
            .push(desk.rules.as_deref().map(|rules| fields::kinds(form.order_type, rules, Message::Type)))
            .push(fields.view().map(Message::Field))
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
    let parts = [key::BENEFICIARY_NAME, key::TARGET].map(|field| template.fields.get(field).trim());
    let parts: Vec<&str> = parts.into_iter().filter(|text| !text.is_empty()).collect();
    let kind = template.order_type.code();
    std::iter::once(kind).chain(parts).collect::<Vec<_>>().join(" · ")
}

fn amount_of(template: &Template) -> String {
    domain::entry::amount(template.fields.get(key::AMOUNT))
        .map(|amount| format::amount_of(amount, "HUF"))
        .unwrap_or_default()
}
