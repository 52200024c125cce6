//! How the place looks: the list of banks, and beside it the chosen one.

use chrono::{DateTime, Utc};
use client::{Connection, ConnectionState, CustomerOf};
use iced::widget::space;
use iced::{Alignment, Length};

use super::work::{Work, life};
use super::{ACCEPT, CANCEL, Connections, LIST, Message, NAME, Question};
use crate::design::table::{self, Cell, RowHeight, column};
use crate::design::text::{self, Inked};
use crate::design::{Column, Element, Row, button, empty, field, panel, pill, select, spacing};
use crate::house::{Bank, House, called};
use crate::tr;

/// Width of the panel beside the list.
const DETAIL: f32 = 440.0;
/// Width of a question.
const SHEET: f32 = 480.0;

impl Connections {
    /// The place; `when` says a moment in words.
    pub(in crate::screen) fn draw<'a>(
        &'a self,
        house: &'a House,
        when: &dyn Fn(DateTime<Utc>) -> String,
    ) -> Element<'a, Message> {
        let add = button::secondary(tr!("connection-add"))
            .id("connection-add")
            .shortcut("Ins")
            .on_press(Message::Add);
        let title = panel::title_line(tr!("nav-connections"), None, Some(add.into()));
        let list = panel::bare_panel(self.list(house, when)).height(Length::Fill);
        let detail = match self.bank(house) {
            Some(bank) => panel::scroll(self.detail(bank, house, when)),
            None => empty::empty(tr!("connections-none"), tr!("connections-none-help"), None),
        };
        let detail = panel::panel(detail).width(Length::Fixed(DETAIL)).height(Length::Fill);
        let body = Row::new().spacing(spacing::L).push(list).push(detail);
        panel::page(Column::new().spacing(spacing::M).push(title).push(body.height(Length::Fill)))
    }

    fn list<'a>(&'a self, house: &'a House, when: &dyn Fn(DateTime<Utc>) -> String) -> Element<'a, Message> {
        let banks = &house.banks;
        let times: Vec<String> = banks.iter().map(|bank| synced(bank, when)).collect();
        let rows = table::rows(banks.len(), move |row, column| {
            let Some(bank) = banks.get(row) else { return Cell::empty() };
            match column {
                0 => Cell::strong(bank.line.name.as_str())
                    .below(Cell::hint(tr!("connection-customers", count = bank.line.customers))),
                1 => {
                    let (tone, word) = bank.standing();
                    Cell::pill(tone, word)
                }
                _ => Cell::dim(times.get(row).cloned().unwrap_or_default()),
            }
        });
        let columns = [
            column(0, tr!("connection-column-bank")).fill(1),
            column(1, tr!("everyone-state")).fixed(160.0),
            column(2, tr!("connection-column-synced")).fixed(130.0).right(),
        ];
        table::table(columns, rows)
            .id(LIST)
            .row_height(RowHeight::Tall)
            .selection(&self.selection)
            .single()
            .on_pick(Message::Picked)
            .into()
    }

    fn detail<'a>(
        &'a self,
        bank: &'a Bank,
        house: &'a House,
        when: &dyn Fn(DateTime<Utc>) -> String,
    ) -> Element<'a, Message> {
        let (tone, word) = bank.standing();
        let head = Row::new()
            .align_y(Alignment::Center)
            .push(text::detail_title(bank.line.name.as_str()).one_line())
            .push(space::horizontal())
            .push(pill::state_pill(tone, word));
        let save = button::secondary(tr!("connection-rename"))
            .id("connection-rename")
            .shortcut("Ctrl+S")
            .on_press_maybe(self.is_renamed(house).then_some(Message::Do(Work::Rename)));
        let name = Row::new()
            .spacing(spacing::S)
            .align_y(Alignment::End)
            .push(
                field::text(tr!("connection-name"), &self.name)
                    .id(NAME)
                    .on_input(Message::Name)
                    .on_enter(Message::Do(Work::Rename)),
            )
            .push(save);
        let user =
            bank.line.standing.user().map_or_else(|| tr!("connection-nobody"), |user| user.name.clone());
        let facts = panel::key_values([
            (tr!("connection-life"), text::body(life(bank.line.state)).into()),
            (tr!("connection-user"), text::body(user).into()),
            (tr!("connection-column-synced"), text::body(synced(bank, when)).into()),
        ]);
        Column::new()
            .spacing(spacing::L)
            .push(head)
            .push(name)
            .push(facts)
            .push(self.session(bank))
            .push(customers(bank, house))
            .push(panel::rule())
            .push(self.putting_away(bank, house))
            .into()
    }

    /// Logging in and out, pausing and taking into use again.
    fn session<'a>(&'a self, bank: &'a Bank) -> Element<'a, Message> {
        let free = self.busy.is_none();
        let work = |label: String, id: &'static str, work: Work| {
            button::secondary(label).id(id).on_press_maybe(free.then_some(Message::Do(work)))
        };
        let mut buttons = Row::new().spacing(spacing::S);
        if bank.line.state == ConnectionState::Active {
            buttons = match bank.line.standing {
                Connection::LoggedOut => buttons
                    .push(button::primary(tr!("login-open")).id("connection-login").on_press(Message::LogIn)),
                Connection::LoggedIn { .. } | Connection::Interrupted { .. } => {
                    buttons.push(work(tr!("log-out"), "connection-logout", Work::LogOut))
                }
                Connection::NoBank => buttons,
            };
            buttons = buttons.push(work(tr!("connection-pause"), "connection-pause", Work::Pause));
        } else {
            buttons = buttons.push(work(tr!("connection-resume"), "connection-resume", Work::Resume));
        }
        let help = match bank.line.state {
            ConnectionState::Active => tr!("connection-pause-help"),
            ConnectionState::Paused => tr!("connection-resume-help"),
            ConnectionState::Archived => tr!("connection-archived-help"),
        };
        Column::new().spacing(spacing::S).push(buttons).push(text::hint(help).dim()).into()
    }

    fn putting_away<'a>(&'a self, bank: &'a Bank, house: &'a House) -> Element<'a, Message> {
        let may = self.may_put_away(house) && self.busy.is_none();
        let archive = (bank.line.state != ConnectionState::Archived).then(|| {
            button::secondary(tr!("connection-archive"))
                .id("connection-archive")
                .on_press_maybe(may.then_some(Message::Do(Work::Archive)))
        });
        let remove = button::quiet(tr!("connection-remove"))
            .id("connection-remove")
            .on_press_maybe(may.then_some(Message::Do(Work::Remove)));
        let buttons = Row::new().spacing(spacing::S).push(archive.map(Element::from)).push(remove);
        let help = if self.may_put_away(house) {
            tr!("connection-put-away-help")
        } else {
            tr!("connection-only-one")
        };
        Column::new().spacing(spacing::S).push(buttons).push(text::hint(help).dim()).into()
    }

    /// The question before something ends.
    pub(in crate::screen) fn sheet<'a>(&self, house: &'a House) -> Option<Element<'a, Message>> {
        let (question, bank) = (self.question?, self.bank(house)?);
        let name = bank.line.name.as_str();
        let (title, words, accept) = match question {
            Question::Archive => (
                tr!("connection-archive-title", name = name),
                tr!("connection-archive-words"),
                button::primary(tr!("connection-archive")),
            ),
            Question::ArchiveInstead => (
                tr!("connection-kept-title", name = name),
                tr!("connection-kept-words"),
                button::primary(tr!("connection-archive")),
            ),
            Question::Remove => (
                tr!("connection-remove-title", name = name),
                tr!("connection-remove-words"),
                button::danger(tr!("connection-remove-accept")),
            ),
        };
        let free = self.busy.is_none();
        let accept = match question {
            Question::ArchiveInstead => accept,
            Question::Archive | Question::Remove => accept.shortcut("Enter"),
        };
        let accept = accept.id(ACCEPT).on_press_maybe(free.then_some(Message::Accept));
        let cancel = button::secondary(tr!("cancel")).id(CANCEL).shortcut("Esc");
        let buttons = Row::new()
            .spacing(spacing::M)
            .push(space::horizontal())
            .push(cancel.on_press_maybe(free.then_some(Message::Cancel)))
            .push(accept);
        let sheet = Column::new()
            .spacing(spacing::L)
            .width(Length::Fixed(SHEET))
            .push(text::page_title(title))
            .push(text::body(words))
            .push(buttons);
        Some(sheet.into())
    }
}

/// When the last sync ended well.
fn synced(bank: &Bank, when: &dyn Fn(DateTime<Utc>) -> String) -> String {
    bank.line.last_sync.map_or_else(|| tr!("connection-never"), when)
}

/// The bank's customers, and with whom each is one company.
fn customers<'a>(bank: &'a Bank, house: &'a House) -> Option<Element<'a, Message>> {
    let all = &house.customers;
    let own: Vec<&CustomerOf> = all.iter().filter(|one| one.connection == bank.line.key).collect();
    if own.is_empty() {
        return None;
    }
    let mut list = Column::new().spacing(spacing::M).push(text::strong(tr!("connection-customers-title")));
    for one in own {
        let others: Vec<&CustomerOf> = all.iter().filter(|other| other.key != one.key).collect();
        let same = |other: &&CustomerOf| other.company.is_some() && other.company == one.company;
        let chosen = others.iter().position(same).map_or(0, |at| at + 1);
        let names =
            std::iter::once(tr!("connection-no-company")).chain(others.iter().map(|other| called(other)));
        let keys: Vec<_> = others.iter().map(|other| other.key).collect();
        let key = one.key;
        let company = (!others.is_empty()).then(|| {
            select::select(tr!("connection-same-company"), names, Some(chosen)).on_select(move |at| {
                Message::Company(key, at.checked_sub(1).and_then(|at| keys.get(at).copied()))
            })
        });
        let number = text::hint(tr!("connection-customer-number", number = one.customer.id.as_str()));
        let name = Row::new()
            .spacing(spacing::S)
            .align_y(Alignment::Center)
            .push(text::body(one.customer.name.as_str()))
            .push(number.dim());
        list = list.push(Column::new().spacing(spacing::XS).push(name).push(company.map(Element::from)));
    }
    Some(list.into())
}
