//! The page: title line, the list, and the chosen package beside it.

use client::SharedState;
use client::texts::label;
use client::{SharedLine, ShownOrder};
use iced::widget::space;
use iced::{Alignment, Length};

use super::{Content, LIST, Message, ORDERS, SharedArea, Work, words};
use crate::design::table::{Cell, RowHeight, column, rows, table};
use crate::design::text::Inked;
use crate::design::theme::Tone;
use crate::design::{Column, Container, Element, Row, banner, button, empty, panel, pill, spacing, text};
use crate::desk::Desk;
use crate::screen::browse::Beside;
use crate::screen::packages::words as said;
use crate::screen::trouble;
use crate::texts::explain;
use crate::{format, tr};

const LIST_WIDTH: f32 = 496.0;
const NAME: usize = 0;
const PUT: usize = 1;
const SUM: usize = 2;
const PAYEE: usize = 0;
const AMOUNT: usize = 1;

pub(super) fn page<'a>(state: &'a SharedArea, desk: &'a Desk) -> Element<'a, Message> {
    let waiting = state.browse.rows().filter(|line| line.shared.state == SharedState::Waiting).count();
    let refresh = button::secondary(tr!("shared-refresh"))
        .id("shared-refresh")
        .tooltip(tr!("shared-refresh-help"))
        .on_press_maybe(state.busy.is_free().then_some(Message::Do(Work::Refresh)));
    let title = Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(text::page_title(tr!("shared-title")).one_line())
        .push(text::body(tr!("shared-waiting-count", count = waiting)).dim())
        .push(space::horizontal())
        .push(refresh);
    let body = Row::new()
        .spacing(spacing::M)
        .push(panel::bare_panel(list(state, desk)).width(Length::Fixed(LIST_WIDTH)).height(Length::Fill))
        .push(panel::panel(beside(state, desk)).height(Length::Fill));
    panel::page(Column::new().spacing(spacing::M).push(title).push(body))
}

fn list<'a>(state: &'a SharedArea, desk: &'a Desk) -> Element<'a, Message> {
    if state.browse.is_read() && state.browse.is_empty() {
        return empty::empty(tr!("shared-none"), tr!("shared-none-help"), None);
    }
    table(
        [
            column(NAME, tr!("column-package")).fill(1),
            column(PUT, tr!("shared-put")).fixed(138.0),
            column(SUM, tr!("column-amount-state")).fixed(136.0).right(),
        ],
        rows(state.browse.len(), move |row, column| {
            let line = state.browse.row(row);
            match column {
                NAME => Cell::strong(line.shared.name.as_str()).below(Cell::hint(about(line))),
                PUT => Cell::text(line.shared.put.user.name.as_str())
                    .below(Cell::hint(desk.relative(line.shared.put.at))),
                _ => {
                    let (tone, word) = words::state(line);
                    Cell::text(format::money(line.shared.total)).below(Cell::pill(tone, word))
                }
            }
        }),
    )
    .id(LIST)
    .row_height(RowHeight::Tall)
    .selection(state.browse.selection())
    .single()
    .on_pick(Message::Pick)
    .on_activate(|_| Message::FocusOrders)
    .into()
}

/// "34 tétel · aláírt 1/2".
fn about(line: &SharedLine) -> String {
    format!("{} · {}", said::items(line.shared.count), words::signed(line))
}

fn beside<'a>(state: &'a SharedArea, desk: &'a Desk) -> Element<'a, Message> {
    match (state.chosen(), state.browse.beside()) {
        (Some(line), _) => detail(state, line, desk),
        (None, Beside::Failure(error)) => trouble::note(tr!("shared-failed"), error),
        (None, Beside::Reading) => text::hint(tr!("loading")).dim().into(),
        (None, _) => empty::empty(tr!("shared-none-chosen"), tr!("shared-none-chosen-help"), None),
    }
}

fn detail<'a>(state: &'a SharedArea, line: &'a SharedLine, desk: &'a Desk) -> Element<'a, Message> {
    let (tone, word) = words::state(line);
    let name = Container::new(text::detail_title(line.shared.name.as_str()).one_line()).clip(true);
    let head = Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(name.max_width(230.0))
        .push(pill::pill(tone, word))
        .push(space::horizontal())
        .push(text::body(format::money(line.shared.total)).one_line());
    let mut content = Column::new().spacing(spacing::M).push(head);
    if let Some(buttons) = buttons(state, line) {
        content = content.push(buttons);
    }
    if let Some(Content::Look(look)) = state.browse.detail()
        && look.invalid > 0
    {
        let title = tr!("shared-invalid", count = i64::from(look.invalid));
        content = content.push(banner::banner(Tone::Bad, title, tr!("shared-invalid-words"), None));
    }
    content.push(facts(line, desk)).push(Container::new(orders(state, line)).height(Length::Fill)).into()
}

fn buttons<'a>(state: &'a SharedArea, line: &SharedLine) -> Option<Element<'a, Message>> {
    let press = |work| state.busy.is_free().then_some(Message::Do(work));
    let mut row = Row::new().spacing(spacing::S).align_y(Alignment::Center);
    let mut any = false;
    if line.can_take {
        let label =
            if state.busy.work() == Some(Work::Take) { tr!("shared-taking") } else { tr!("shared-take") };
        // One's own package is rather withdrawn than taken over.
        let take = if line.ours { button::secondary(label) } else { button::primary(label) };
        row = row.push(
            take.id("shared-take")
                .shortcut("F7")
                .tooltip(tr!("shared-take-help"))
                .on_press_maybe(press(Work::Take)),
        );
        any = true;
    }
    if line.can_withdraw {
        let label = tr!("shared-withdraw");
        let withdraw = if line.ours { button::primary(label) } else { button::secondary(label) };
        row = row.push(
            withdraw
                .id("shared-withdraw")
                .shortcut("Del")
                .tooltip(tr!("shared-withdraw-help"))
                .on_press_maybe(press(Work::Withdraw)),
        );
        any = true;
    }
    if line.copy_here {
        row = row.push(
            button::secondary(tr!("shared-open-copy"))
                .id("shared-open-copy")
                .tooltip(tr!("shared-open-copy-help"))
                .on_press_maybe(press(Work::OpenCopy)),
        );
        any = true;
    }
    any.then(|| row.into())
}

/// Who put it there, until when, who signed, what it debits, and how its stay ended.
fn facts<'a>(line: &'a SharedLine, desk: &'a Desk) -> Element<'a, Message> {
    let about = &line.shared;
    let value = |words: String| Element::from(text::body(words));
    let signers = match &about.signers[..] {
        [] => tr!("shared-unsigned", need = i64::from(line.need)),
        signers => {
            let names: Vec<&str> = signers.iter().map(|signer| signer.name.as_str()).collect();
            format!("{}/{} · {}", names.len(), line.need, names.join(", "))
        }
    };
    let account = desk
        .rules
        .as_ref()
        .and_then(|rules| rules.account(about.debit_account))
        .map_or_else(|| about.debit_account.to_string(), |account| account.name.clone());
    let mut lines = vec![(tr!("shared-put"), value(words::hand(desk, &about.put)))];
    match (&about.ended, about.state) {
        (Some(by), SharedState::TakenOver) => {
            lines.push((tr!("shared-taken-row"), value(words::hand(desk, by))));
        }
        (Some(by), SharedState::Withdrawn) => {
            lines.push((tr!("shared-withdrawn-by"), value(words::hand(desk, by))));
        }
        _ => {
            lines.push((tr!("shared-until"), value(words::last_day(desk, about.expires))));
        }
    }
    lines.push((tr!("shared-signatures"), value(signers)));
    lines.push((tr!("shared-account"), value(account)));
    if let Some(day) = about.scheduled {
        lines.push((tr!("shared-scheduled"), value(format::date(day))));
    }
    panel::key_values(lines)
}

fn orders<'a>(state: &'a SharedArea, line: &'a SharedLine) -> Element<'a, Message> {
    let orders: &[ShownOrder] = match state.browse.detail() {
        Some(Content::Look(look)) => &look.orders,
        Some(Content::Copy(orders)) => orders,
        Some(Content::LogIn) => return text::hint(tr!("shared-content-login")).dim().into(),
        Some(Content::Unknown(error)) => return text::hint(explain(&**error)).dim().into(),
        None => return text::hint(tr!("loading")).dim().into(),
    };
    table(
        [
            column(PAYEE, tr!("column-payee")).fill(1),
            column(AMOUNT, tr!("column-amount")).fixed(136.0).right(),
        ],
        rows(orders.len(), move |row, column| {
            let face = orders[row].order.face();
            match column {
                PAYEE => Cell::strong(label(&face)).below(Cell::hint(face.target)),
                _ => Cell::text(face.amount.map(format::money).unwrap_or_default())
                    .below(Cell::hint(face.text)),
            }
        }),
    )
    .id(ORDERS)
    .flush()
    .row_height(RowHeight::Tall)
    .selection(&state.orders)
    .on_pick(Message::PickOrder)
    .footer([
        (PAYEE, Cell::strong(said::items(line.shared.count))),
        (AMOUNT, Cell::strong(format::money(line.shared.total))),
    ])
    .into()
}
