//! The chosen package: what is uncertain about it, its story, its orders, what proves it, and what can be done.

use client::SentDetail;
use client::StoredOrder;
use client::texts::label;
use domain::PackageState;
use domain::submission::{ItemState, OrderState, OrderStatus};
use iced::{Alignment, Length};

use super::{Message, ORDERS, Sent, Tab, Work, state, timeline, words};
use crate::design::table::{Cell, RowHeight, column, rows, table};
use crate::design::text::Inked;
use crate::design::theme::Tone;
use crate::design::{Column, Container, Element, Row, banner, button, panel, pill, segmented, spacing, text};
use crate::desk::Desk;
use crate::format;
use crate::screen::admin::changes;
use crate::tr;

pub(super) fn view<'a>(state: &'a Sent, detail: &'a SentDetail, desk: &'a Desk) -> Element<'a, Message> {
    let mut content = Column::new().spacing(spacing::M).push(head(state, detail));
    if detail.uncertain {
        content = content.push(banner::banner(
            Tone::Care,
            tr!("sent-uncertain-title"),
            tr!("sent-uncertain"),
            None,
        ));
    } else if state.rejected() > 0 {
        let title = tr!("sent-rejected-title", count = format::count(state.rejected()));
        content = content.push(banner::banner(Tone::Bad, title, reasons(detail), None));
    }
    content = content.push(queued(detail, desk));
    let tabs = segmented::tabs(
        [
            (Tab::Story, tr!("sent-story")),
            (Tab::Orders, tr!("sent-orders", count = format::count(detail.orders.len()))),
            (Tab::Proof, tr!("sent-proof")),
        ],
        state.tab,
        Message::Tab,
    );
    let shown = match state.tab {
        Tab::Story => panel::scroll(timeline::view(detail, desk)),
        Tab::Orders => orders(state, detail, desk),
        Tab::Proof => panel::scroll(proof(detail, desk)),
    };
    content.push(tabs).push(Container::new(shown).height(Length::Fill)).push(buttons(state, detail)).into()
}

fn head<'a>(state: &'a Sent, detail: &'a SentDetail) -> Element<'a, Message> {
    let chosen = state.browse.by_id(detail.line.header.id);
    let (tone, word) = chosen.map_or_else(|| words::state_pill(detail.line.state), state::package);
    let name = text::detail_title(detail.line.header.name.as_str()).one_line();
    let first = Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(Container::new(name).max_width(240.0).clip(true))
        .push(pill::pill(tone, word));
    let about = words::extent(detail.line.count, detail.line.total);
    Column::new().spacing(spacing::XS).push(first).push(text::hint(about).dim()).into()
}

/// How many orders wait for cover, and when the bank looks at the first of them again.
fn queued<'a>(detail: &SentDetail, desk: &Desk) -> Option<Element<'a, Message>> {
    let waits = |status: &&OrderStatus| status.state == OrderState::At(ItemState::Queued);
    let waiting: Vec<&OrderStatus> =
        detail.orders.iter().filter_map(|stored| stored.status.as_ref()).filter(waits).collect();
    let due = waiting.iter().filter_map(|status| status.due).min();
    let words = match due {
        Some(due) => tr!("sent-queued", when = words::moment(desk.local(due), desk.now())),
        None => tr!("sent-queued-later"),
    };
    let title = tr!("sent-queued-title", count = format::count(waiting.len()));
    (!waiting.is_empty()).then(|| banner::banner(Tone::Care, title, words, None))
}

/// Each reason of a refusal once: it says what to do.
fn reasons(detail: &SentDetail) -> String {
    let mut codes: Vec<&str> = Vec::new();
    for reason in detail.orders.iter().filter_map(reason) {
        if !codes.contains(&reason) {
            codes.push(reason);
        }
    }
    codes.into_iter().map(words::code).collect::<Vec<_>>().join(" ")
}

fn reason(stored: &StoredOrder) -> Option<&str> {
    stored.status.as_ref().and_then(|status| status.reason.as_deref())
}

fn orders<'a>(state: &'a Sent, detail: &'a SentDetail, desk: &'a Desk) -> Element<'a, Message> {
    let payments = detail.line.header.order_type.is_payment();
    let states = if payments { tr!("column-amount-state") } else { tr!("column-bank-state") };
    let table = table(
        [column(0, tr!("column-payee")).fill(1), column(1, states).fixed(170.0).right()],
        rows(detail.orders.len(), move |row, column| {
            let stored = &detail.orders[row];
            match column {
                0 => Cell::strong(title(detail, row)).below(Cell::hint(about(stored, desk))),
                _ => {
                    let (tone, word) = state::order(stored);
                    Cell::text(words::amount(&stored.order)).below(Cell::pill(tone, word))
                }
            }
        }),
    )
    .id(ORDERS)
    .flush()
    .row_height(RowHeight::Tall)
    .selection(&state.orders)
    .single()
    .on_pick(Message::PickOrder)
    .on_activate(|_| Message::Do(Work::Copy));
    if payments {
        return table.into();
    }
    // What was changed stands below the orders that changed it.
    Column::new()
        .spacing(spacing::M)
        .push(Container::new(table).height(Length::FillPortion(1)))
        .push(
            Container::new(panel::scroll(changes::view(&detail.changes, true)))
                .height(Length::FillPortion(1)),
        )
        .into()
}

/// The payee of an order, or what it changes.
fn title(detail: &SentDetail, row: usize) -> String {
    match detail.changes.get(row) {
        Some(change) => change.title.clone(),
        None => label(&detail.orders[row].order.face()),
    }
}

/// Under an order's payee: why it was refused, when the bank looks at it again or decided, or where the money goes.
fn about(stored: &StoredOrder, desk: &Desk) -> String {
    let target = || stored.order.face().target;
    let Some(status) = &stored.status else { return target() };
    match (status.state, status.due) {
        (OrderState::At(ItemState::Queued), Some(due)) => {
            return tr!("order-due-queued", when = words::moment(desk.local(due), desk.now()));
        }
        (OrderState::At(ItemState::Waiting), Some(due)) => {
            return tr!("order-due-waiting", when = words::moment(desk.local(due), desk.now()));
        }
        _ => {}
    }
    if let Some(reason) = reason(stored) {
        return words::code(reason);
    }
    match status.decided_at {
        Some(at) => format!("{} · {}", target(), desk.relative(at)),
        None => target(),
    }
}

/// Signatures, receipt and fingerprint: what proves what was sent and taken.
fn proof<'a>(detail: &'a SentDetail, desk: &Desk) -> Element<'a, Message> {
    let value = |words: String| Element::from(text::body(words));
    let mut lines: Vec<(String, Element<'a, Message>)> = detail
        .signatures
        .iter()
        .map(|signature| {
            let name = tr!("proof-signed", name = signature.name.as_str());
            (name, value(desk.relative(signature.at)))
        })
        .collect();
    if let Some((number, at)) = detail.receipt {
        lines.push((tr!("proof-receipt"), value(number.to_string())));
        lines.push((tr!("proof-received"), value(desk.relative(at))));
    }
    let mut column = Column::new().spacing(spacing::M).push(panel::key_values(lines));
    if detail.receipt.is_none() {
        column = column.push(text::hint(tr!("proof-no-receipt")).dim());
    }
    if let Some(sha256) = fingerprint(detail) {
        let groups: Vec<String> = format::fingerprint(sha256).split(' ').map(str::to_owned).collect();
        let mut mono = Column::new().push(text::hint(tr!("signing-fingerprint")).dim());
        for line in groups.chunks(8) {
            mono = mono.push(text::mono(line.join(" ")).one_line());
        }
        column = column.push(mono);
    }
    column.into()
}

/// The fingerprint of what was sent last.
fn fingerprint(detail: &SentDetail) -> Option<&str> {
    let sent = detail.timeline.iter().rev().find(|entry| entry.code == "timeline-sending")?;
    sent.args.iter().find(|(name, _)| name == "sha256").map(|(_, value)| value.as_str())
}

fn buttons<'a>(state: &'a Sent, detail: &'a SentDetail) -> Element<'a, Message> {
    let free = state.busy.is_free();
    let open = matches!(detail.line.state, PackageState::Sending | PackageState::Sent);
    let mut row = Row::new().spacing(spacing::S).align_y(Alignment::Center);
    if open {
        let label =
            if state.busy.work() == Some(Work::Ask) { tr!("sent-asking-now") } else { tr!("sent-ask") };
        let ask = if detail.uncertain { button::primary(label) } else { button::secondary(label) };
        row = row.push(ask.id("sent-ask").on_press_maybe(free.then_some(Message::Do(Work::Ask))));
    }
    if detail.again.is_some() {
        row = row.push(
            button::secondary(tr!("sent-again-open"))
                .id("sent-again")
                .tooltip(tr!("sent-again-open-help"))
                .on_press(Message::Do(Work::Again)),
        );
    } else if state.rejected() > 0 {
        row = row.push(
            button::primary(tr!("sent-again"))
                .id("sent-again")
                .tooltip(tr!("sent-again-help"))
                .on_press_maybe(free.then_some(Message::Do(Work::Again))),
        );
    }
    row.push(
        button::secondary(tr!("sent-copy"))
            .id("sent-copy")
            .tooltip(tr!("sent-copy-help"))
            .on_press_maybe(state.copied().map(|_| Message::Do(Work::Copy))),
    )
    .wrap()
    .vertical_spacing(spacing::S)
    .into()
}
