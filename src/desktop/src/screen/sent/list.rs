//! The page: title line with filters, the list, and the chosen package beside it.

use std::cmp::Ordering;

use client::SentPackage;
use domain::search;
use iced::widget::space;
use iced::{Alignment, Length};

use super::{Message, Period, SEARCH, Sent, StateFilter, detail, state, words};
use crate::design::table::{Cell, Order, RowHeight, column, rows, table};
use crate::design::text::Inked;
use crate::design::{Column, Element, Row, empty, field, panel, select, spacing, text};
use crate::desk::Desk;
use crate::format;
use crate::screen::browse::Beside;
use crate::screen::trouble;
use crate::tr;

/// The name by which focus finds the list.
pub(super) const ID: &str = "sent-list";
const SENT: usize = 0;
const NAME: usize = 1;
const COUNT: usize = 2;
const SUM: usize = 3;
const STATE: usize = 4;
/// Width of the panel beside the list.
const DETAIL_WIDTH: f32 = 388.0;

/// How two packages are sorted; without a column the latest sent stands first.
pub(super) fn compare(a: &SentPackage, b: &SentPackage, sorting: Option<(usize, Order)>) -> Ordering {
    let moment = |sent: &SentPackage| sent.line.sent_at.unwrap_or(sent.line.updated_at);
    let up = match sorting {
        None => return moment(b).cmp(&moment(a)),
        Some((NAME, _)) => search::order(a.line.header.name.as_str(), b.line.header.name.as_str()),
        Some((COUNT, _)) => a.line.count.cmp(&b.line.count),
        Some((SUM, _)) => a.line.total.amount().cmp(&b.line.total.amount()),
        Some((STATE, _)) => state::package(a).1.cmp(&state::package(b).1),
        Some(_) => moment(a).cmp(&moment(b)),
    };
    if matches!(sorting, Some((_, Order::Descending))) { up.reverse() } else { up }
}

pub(super) fn page<'a>(state: &'a Sent, desk: &'a Desk) -> Element<'a, Message> {
    let period = Period::ALL.iter().position(|period| *period == state.period);
    let filter = StateFilter::ALL.iter().position(|filter| *filter == state.filter);
    let title = Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(text::page_title(tr!("sent-title")).one_line())
        .push(space().width(Length::Fixed(spacing::L)))
        .push(field::search(tr!("sent-search"), state.search.text()).id(SEARCH).on_input(Message::Search))
        .push(
            select::select("", Period::ALL.map(Period::label), period)
                .id("sent-period")
                .on_select(Message::Period)
                .width(Length::Fixed(150.0)),
        )
        .push(
            select::select("", StateFilter::ALL.map(StateFilter::label), filter)
                .id("sent-state")
                .on_select(Message::State)
                .width(Length::Fixed(180.0)),
        );
    let body = Row::new()
        .spacing(spacing::M)
        .push(panel::bare_panel(packages(state, desk)).height(Length::Fill))
        .push(panel::panel(beside(state, desk)).width(Length::Fixed(DETAIL_WIDTH)).height(Length::Fill));
    panel::page(Column::new().spacing(spacing::M).push(title).push(body))
}

fn packages<'a>(state: &'a Sent, desk: &'a Desk) -> Element<'a, Message> {
    if state.browse.is_read() && state.browse.is_empty() {
        return if state.browse.all().is_empty() && state.search.is_blank() {
            empty::empty(tr!("sent-none"), tr!("sent-none-help"), None)
        } else {
            empty::empty(tr!("sent-not-found"), tr!("sent-not-found-help"), None)
        };
    }
    let sorted = |column| state.sorting.filter(|(by, _)| *by == column).map(|(_, order)| order);
    let sum = words::sums(state.browse.rows().map(|sent| sent.line.total));
    let latest = if state.sorting.is_none() { Some(Order::Descending) } else { sorted(SENT) };
    table(
        [
            column(SENT, tr!("column-sent")).fixed(116.0).sortable(latest),
            column(NAME, tr!("column-package")).fill(1).sortable(sorted(NAME)),
            column(COUNT, tr!("column-items")).fixed(60.0).right().sortable(sorted(COUNT)),
            column(SUM, tr!("column-amount")).fixed(140.0).right().sortable(sorted(SUM)),
            column(STATE, tr!("column-bank-state")).fixed(150.0).sortable(sorted(STATE)),
        ],
        rows(state.browse.len(), move |row, column| {
            let sent = state.browse.row(row);
            match column {
                SENT => Cell::dim(sent.line.sent_at.map(|at| desk.relative(at)).unwrap_or_default()),
                NAME => Cell::strong(sent.line.header.name.as_str()),
                COUNT => Cell::text(format::count(sent.line.count as usize)),
                SUM => Cell::text(words::total(sent.line.total)),
                _ => {
                    let (tone, word) = state::package(sent);
                    Cell::pill(tone, word)
                }
            }
        }),
    )
    .id(ID)
    .row_height(RowHeight::Pills)
    .selection(state.browse.selection())
    .single()
    .on_sort(Message::Sort)
    .on_pick(Message::Pick)
    .on_activate(|_| Message::OpenPackage)
    .footer([
        (SENT, Cell::hint(tr!("sent-count", count = format::count(state.browse.len())))),
        (SUM, Cell::strong(sum)),
    ])
    .into()
}

fn beside<'a>(state: &'a Sent, desk: &'a Desk) -> Element<'a, Message> {
    match state.browse.beside() {
        Beside::Detail(detail) => detail::view(state, detail, desk),
        Beside::Failure(error) => trouble::note(tr!("packages-failed"), error),
        Beside::Nothing => empty::empty(tr!("packages-none-chosen"), tr!("sent-none-chosen-help"), None),
        Beside::Reading => text::hint(tr!("loading")).dim().into(),
    }
}
