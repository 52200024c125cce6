//! The page: title line, list of packages, and beside it the chosen one or the sum of several.

use std::cmp::Ordering;

use client::ListedPackage;
use domain::{PackageState, search};
use iced::widget::space;
use iced::{Alignment, Length};

use super::{Message, Packages, SEARCH, Work, detail, words};
use crate::design::table::{Cell, Order, RowHeight, column, rows, table};
use crate::design::text::Inked;
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, button, empty, field, panel, pill, spacing, text};
use crate::desk::Desk;
use crate::format;
use crate::screen::browse::Beside;
use crate::screen::trouble;
use crate::tr;

/// The name by which focus finds the list.
pub(super) const ID: &str = "packages-list";
const LIST_WIDTH: f32 = 360.0;
const BY_NAME: usize = 0;
const BY_SUM: usize = 1;

/// How the list is sorted: as the client gives it (the latest change first), or by a column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sorting(Option<(usize, Order)>);

impl Sorting {
    /// The next way after a press on a column's header: up, down, as it was.
    pub(super) fn by(self, column: usize) -> Self {
        Self(match self.0 {
            Some((same, Order::Ascending)) if same == column => Some((column, Order::Descending)),
            Some((same, Order::Descending)) if same == column => None,
            _ => Some((column, Order::Ascending)),
        })
    }

    fn of(self, column: usize) -> Option<Order> {
        self.0.filter(|(sorted, _)| *sorted == column).map(|(_, order)| order)
    }

    /// How two packages stand to each other.
    pub(super) fn compare(self, a: &ListedPackage, b: &ListedPackage) -> Ordering {
        let up = match self.0 {
            Some((BY_NAME, _)) => search::order(a.header.name.as_str(), b.header.name.as_str()),
            Some((_, _)) => a.total.amount().cmp(&b.total.amount()),
            None => b.updated_at.cmp(&a.updated_at),
        };
        if matches!(self.0, Some((_, Order::Descending))) { up.reverse() } else { up }
    }
}

pub(super) fn page<'a>(state: &'a Packages, desk: &'a Desk) -> Element<'a, Message> {
    let title = Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(text::page_title(tr!("packages-title")).one_line())
        .push(space().width(Length::Fixed(spacing::L)))
        .push(field::search(tr!("packages-search"), state.search.text()).id(SEARCH).on_input(Message::Search))
        .push(space::horizontal())
        .push(
            button::secondary(tr!("packages-import"))
                .id("packages-import")
                .shortcut("Ctrl+I")
                .on_press(Message::Do(Work::Import)),
        )
        .push(
            button::secondary(tr!("packages-new"))
                .id("packages-new")
                .shortcut("F2")
                .on_press(Message::Do(Work::NewOrder)),
        );
    let body = Row::new()
        .spacing(spacing::M)
        .push(panel::bare_panel(packages(state, desk)).width(Length::Fixed(LIST_WIDTH)).height(Length::Fill))
        .push(panel::panel(beside(state, desk)).height(Length::Fill));
    panel::page(Column::new().spacing(spacing::M).push(title).push(body))
}

fn packages<'a>(state: &'a Packages, desk: &'a Desk) -> Element<'a, Message> {
    if state.browse.is_read() && state.browse.is_empty() {
        return nothing(state);
    }
    table(
        [
            column(BY_NAME, tr!("column-package")).fill(1).sortable(state.sorting.of(BY_NAME)),
            column(BY_SUM, tr!("column-amount-state"))
                .fixed(140.0)
                .right()
                .sortable(state.sorting.of(BY_SUM)),
        ],
        rows(state.browse.len(), move |row, column| {
            let package = state.browse.row(row);
            match column {
                BY_NAME => Cell::strong(package.header.name.as_str()).below(Cell::hint(about(package, desk))),
                _ => {
                    let (tone, word) = match state.busy.with(package.header.id) {
                        Some(work) => (Tone::Care, busy(work)),
                        None => words::prepared_state(desk, package),
                    };
                    Cell::text(words::total(package.total)).below(Cell::pill(tone, word))
                }
            }
        }),
    )
    .id(ID)
    .row_height(RowHeight::Tall)
    .selection(state.browse.selection())
    .on_sort(Message::Sort)
    .on_pick(Message::Pick)
    .on_activate(|_| Message::FocusOrders)
    .into()
}

/// "HCT · 34 tétel · 2026. 11. 23.": the planned day, or the day of the last change.
fn about(package: &ListedPackage, desk: &Desk) -> String {
    let day = package.header.scheduled.unwrap_or_else(|| desk.local(package.updated_at).date());
    format!("{} · {} · {}", package.header.order_type.code(), words::items(package.count), format::date(day))
}

/// What is being done to a package, in a word.
fn busy(work: Work) -> String {
    match work {
        Work::Send => tr!("packages-busy-sending"),
        _ => tr!("packages-busy"),
    }
}

fn nothing(state: &Packages) -> Element<'_, Message> {
    if state.search.is_blank() {
        let new = button::primary(tr!("packages-new")).on_press(Message::Do(Work::NewOrder));
        empty::empty(tr!("packages-none"), tr!("packages-none-help"), Some(new.into()))
    } else {
        empty::empty(tr!("packages-not-found"), tr!("packages-not-found-help"), None)
    }
}

fn beside<'a>(state: &'a Packages, desk: &'a Desk) -> Element<'a, Message> {
    if state.browse.selection().len() > 1 {
        return several(state, desk);
    }
    match state.browse.beside() {
        Beside::Detail(detail) => detail::view(state, detail, desk),
        Beside::Failure(error) => trouble::note(tr!("packages-failed"), error),
        Beside::Nothing => empty::empty(tr!("packages-none-chosen"), tr!("packages-none-chosen-help"), None),
        Beside::Reading => text::hint(tr!("loading")).dim().into(),
    }
}

/// Several packages: their sums, what can be done with them at once, and a line for each.
fn several<'a>(state: &'a Packages, desk: &'a Desk) -> Element<'a, Message> {
    let chosen: Vec<&ListedPackage> = state.chosen().collect();
    let orders: u32 = chosen.iter().map(|package| package.count).sum();
    let sum = words::sums(chosen.iter().map(|package| package.total));
    let ready = state.ready().len();
    let free = state.busy.is_free();
    let head = Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(text::detail_title(tr!("packages-chosen", count = format::count(chosen.len()))))
        .push(space::horizontal())
        .push(text::body(format!("{} · {sum}", words::items(orders))).dim());
    let signable = state.signable().len();
    let shareable = state.shareable().len();
    // Signing comes first; sending is the main action when there is nothing left to sign.
    type Made = fn(String) -> button::Button<Message>;
    let (sign, send): (Made, Made) = if signable > 0 {
        (button::primary, button::secondary)
    } else {
        (button::secondary, button::primary)
    };
    let buttons = Row::new()
        .spacing(spacing::S)
        .push(
            sign(tr!("packages-sign-several", count = format::count(signable)))
                .id("packages-sign")
                .shortcut("F8")
                .on_press_maybe((signable > 0 && free).then_some(Message::Do(Work::Sign))),
        )
        .push(
            send(tr!("packages-send-several", count = format::count(ready)))
                .id("packages-send")
                .shortcut("F9")
                .on_press_maybe((ready > 0 && free).then_some(Message::Do(Work::Send))),
        )
        .push(
            button::secondary(tr!("packages-share-several", count = format::count(shareable)))
                .id("packages-share")
                .shortcut("F7")
                .tooltip(tr!("packages-share-help"))
                .on_press_maybe((shareable > 0 && free).then_some(Message::Do(Work::Share))),
        )
        .push(
            button::secondary(tr!("packages-delete"))
                .id("packages-delete")
                .shortcut("Del")
                .on_press_maybe((!state.deletable().is_empty() && free).then_some(Message::Do(Work::Delete))),
        );
    let mut lines = Column::new();
    for package in &chosen {
        let (tone, word) = words::prepared_state(desk, package);
        let line = Row::new()
            .spacing(spacing::M)
            .padding(spacing::LINE)
            .align_y(Alignment::Center)
            .push(text::strong(package.header.name.as_str()))
            .push(text::hint(words::items(package.count)).dim())
            .push(space::horizontal())
            .push(text::body(words::total(package.total)))
            .push(pill::pill(tone, word));
        lines = lines.push(line).push(panel::rule());
    }
    let mut content = Column::new().spacing(spacing::M).push(head).push(buttons);
    if ready < chosen.len() {
        let unsigned = chosen.iter().filter(|package| package.state != PackageState::Signed).count();
        content = content.push(text::hint(tr!("packages-not-ready", count = format::count(unsigned))).dim());
    }
    content.push(panel::scroll(lines)).into()
}
