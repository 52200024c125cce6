//! The chosen package: what it is, what can be done with it, how far it is, its orders, and what the bank will do.

use client::texts::label;
use client::{ExportFormat, PackageDetail};
use iced::widget::space;
use iced::{Alignment, Length};

use super::{Message, ORDERS, Packages, Work, route, steps, words};
use crate::design::choices::Choice;
use crate::design::table::{Cell, column, rows, table};
use crate::design::text::Inked;
use crate::design::theme::Tone;
use crate::design::{
    Column, Container, Element, Row, banner, button, menu, panel, pill, spacing, steps as way, text,
};
use crate::desk::Desk;
use crate::screen::admin::changes;
use crate::screen::shared_area::words::whereabouts;
use crate::{format, tr};

const PAYEE: usize = 0;
const TARGET: usize = 1;
const SUM: usize = 2;
const NARRATIVE: usize = 3;
const ROUTE: usize = 4;
/// Orders that change the service and are seen without scrolling, and the height of the table's header.
const SEEN: usize = 4;
const HEADER: f32 = 31.0;

pub(super) fn view<'a>(
    state: &'a Packages,
    detail: &'a PackageDetail,
    desk: &'a Desk,
) -> Element<'a, Message> {
    let mut content = Column::new()
        .spacing(spacing::M)
        .push(head(detail))
        .push(buttons(state, detail))
        .push(detail.where_it_is.is_none().then(|| way::steps(steps::of(detail, desk))));
    if let Some(place) = &detail.where_it_is {
        let (tone, title, words) = whereabouts(desk, place);
        content = content.push(banner::banner(tone, title, words, None));
    }
    if let Some(from) = &detail.taken_from {
        let title = tr!("taken-from", from = from.as_str());
        let words = match detail.signatures.len() {
            0 => tr!("taken-from-unsigned"),
            count => tr!("taken-from-signed", count = count),
        };
        content = content.push(banner::banner(Tone::Accent, title, words, None));
    }
    if state.busy.with(detail.header.id) == Some(Work::Send) {
        let what = format!("{} · {}", detail.header.name, words::extent(detail.count, detail.total));
        content = content.push(banner::banner(Tone::Care, tr!("packages-sending-this"), what, None));
    }
    if detail.state.is_sent() {
        let link = button::link(tr!("packages-open-sent")).on_press(Message::OpenSent(detail.header.id));
        let words = tr!("packages-sent-here-help");
        content =
            content.push(banner::banner(Tone::Accent, tr!("packages-sent-here"), words, Some(link.into())));
    }
    if let Some(code) = &detail.last_error {
        content =
            content.push(banner::banner(Tone::Bad, tr!("packages-last-error"), words::code(code), None));
    }
    content = content.push(words::cover(&detail.shortages));
    if !detail.header.order_type.is_payment() {
        return content.push(Container::new(changing(state, detail)).height(Length::Fill)).into();
    }
    content = content.push(Container::new(orders(state, detail)).height(Length::Fill));
    // What the bank would do is told where something can be done.
    if !detail.orders.is_empty() && detail.where_it_is.is_none() {
        content = content.push(route::banner(state, detail, desk));
    }
    content.into()
}

fn head(detail: &PackageDetail) -> Element<'_, Message> {
    let (tone, word) = match detail.state {
        domain::PackageState::PartlySigned => {
            words::partly_signed(u32::from(detail.signing.have), Some(detail.signing.need))
        }
        state => words::state_pill(state),
    };
    let mut about = words::extent(detail.count, detail.total);
    if !detail.account_name.is_empty() {
        about = format!("{about} · {}", detail.account_name);
    }
    let mut row = Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(
            Container::new(text::detail_title(detail.header.name.as_str()).one_line())
                .max_width(300.0)
                .clip(true),
        )
        .push(pill::pill(tone, word));
    if detail.header.instant {
        row = row.push(pill::pill(Tone::Accent, tr!("packages-instant")));
    }
    if let Some(day) = detail.header.scheduled {
        row = row.push(pill::pill(Tone::Accent, tr!("packages-planned", day = format::date(day))));
    }
    Column::new().spacing(spacing::XS).push(row).push(text::hint(about).dim()).into()
}

fn buttons<'a>(state: &'a Packages, detail: &'a PackageDetail) -> Element<'a, Message> {
    use client::Action as May;
    let free = state.busy.is_free();
    let may = |action| detail.actions.contains(&action);
    let press = |action, work| (free && may(action)).then_some(Message::Do(work));
    let mut row = Row::new().spacing(spacing::S).align_y(Alignment::Center);
    // One primary: the next step of this package.
    let next = [May::Send, May::Sign, May::Check].into_iter().find(|action| may(*action));
    let look = |action, label: String| {
        if next == Some(action) { button::primary(label) } else { button::secondary(label) }
    };
    if may(May::Check) {
        row = row.push(
            look(May::Check, tr!("packages-check"))
                .id("packages-check")
                .on_press_maybe(press(May::Check, Work::Check)),
        );
    }
    let sending = state.busy.with(detail.header.id) == Some(Work::Send);
    let send = if sending { tr!("packages-sending") } else { tr!("packages-send") };
    if detail.where_it_is.is_none() {
        row = row
            .push(
                look(May::Sign, tr!("packages-sign"))
                    .id("packages-sign")
                    .shortcut("F8")
                    .on_press_maybe(press(May::Sign, Work::Sign)),
            )
            .push(
                look(May::Send, send)
                    .id("packages-send")
                    .shortcut("F9")
                    .on_press_maybe(press(May::Send, Work::Send)),
            );
    }
    if may(May::Share) {
        row = row.push(
            button::secondary(tr!("packages-share"))
                .id("packages-share")
                .shortcut("F7")
                .tooltip(tr!("packages-share-help"))
                .on_press_maybe(press(May::Share, Work::Share)),
        );
    }
    if may(May::WithdrawShared) {
        row = row.push(
            button::primary(tr!("shared-withdraw"))
                .id("packages-withdraw-shared")
                .tooltip(tr!("shared-withdraw-help"))
                .on_press_maybe(press(May::WithdrawShared, Work::WithdrawShared)),
        );
    }
    if may(May::Withdraw) {
        row = row.push(
            button::secondary(tr!("packages-withdraw"))
                .id("packages-withdraw")
                .tooltip(tr!("packages-withdraw-help"))
                .on_press_maybe(press(May::Withdraw, Work::Withdraw)),
        );
    }
    row.push(space::horizontal()).push(more(detail)).into()
}

fn more(detail: &PackageDetail) -> Element<'_, Message> {
    use client::Action as May;
    let mut actions: Vec<(Choice, Work)> = Vec::new();
    if detail.actions.contains(&May::Edit) {
        actions.push((Choice::new(tr!("packages-add-order"), ""), Work::AddOrder));
        actions.push((Choice::new(tr!("packages-rename"), ""), Work::Rename));
        actions.push((Choice::new(tr!("packages-plan"), ""), Work::Plan));
    }
    let payments = detail.count > 0 && detail.header.order_type.is_payment();
    if payments {
        let pain = Choice::new(tr!("packages-export-pain"), "pain.001");
        actions.push((pain, Work::Export(ExportFormat::Pain001)));
        let electra = Choice::new(tr!("packages-export-electra"), "HUF XML");
        actions.push((electra, Work::Export(ExportFormat::ElectraXml)));
    }
    if detail.count > 0 {
        let file = Choice::new(tr!("packages-export-file"), ".kapocs");
        actions.push((file, Work::Export(ExportFormat::PackageFile)));
    }
    if detail.actions.contains(&May::Delete) {
        actions.push((Choice::new(tr!("packages-delete"), "Del"), Work::Delete));
    }
    let (choices, works): (Vec<Choice>, Vec<Work>) = actions.into_iter().unzip();
    let first = works.first().copied().unwrap_or(Work::NewOrder);
    menu::menu(tr!("packages-more"), choices, move |index| {
        Message::Do(works.get(index).copied().unwrap_or(first))
    })
    .id("packages-more")
    .into()
}

fn orders<'a>(state: &'a Packages, detail: &'a PackageDetail) -> Element<'a, Message> {
    let selected: Vec<_> = state.orders.iter().filter_map(|row| detail.orders.get(row)).collect();
    let (count, sum) = if selected.len() > 1 {
        let sum = words::sum_of(selected.iter().map(|shown| &shown.order));
        let (some, all) = (format::count(selected.len()), format::count(detail.count as usize));
        (tr!("items-of", some = some, all = all), sum)
    } else {
        (words::items(detail.count), format::money(detail.total))
    };
    table(
        [
            column(PAYEE, tr!("column-payee")).fill(3),
            column(TARGET, tr!("column-target")).fixed(if state.long_targets { 244.0 } else { 166.0 }),
            column(SUM, tr!("column-amount")).fixed(128.0).right(),
            column(NARRATIVE, tr!("column-narrative")).fill(2).spare(),
            column(ROUTE, tr!("column-route")).fixed(94.0).spare(),
        ],
        rows(detail.orders.len(), move |row, column| {
            let shown = &detail.orders[row];
            if let (ROUTE, Some(decision)) = (column, &shown.decision) {
                return Cell::ink(words::route(decision.route), words::route_ink(decision.route));
            }
            let face = shown.order.face();
            match column {
                PAYEE => Cell::strong(label(&face)),
                TARGET => Cell::text(face.target),
                SUM => Cell::text(face.amount.map(format::money).unwrap_or_default()),
                NARRATIVE => Cell::dim(face.text),
                _ => Cell::empty(),
            }
        }),
    )
    .id(ORDERS)
    .flush()
    .selection(&state.orders)
    .on_pick(Message::PickOrder)
    .on_activate(Message::OpenOrder)
    .footer([(PAYEE, Cell::strong(count)), (SUM, Cell::strong(sum))])
    .into()
}

/// Orders that change the service: to choose from, and below them what they change.
fn changing<'a>(state: &'a Packages, detail: &'a PackageDetail) -> Element<'a, Message> {
    let shown = detail.orders.len().min(SEEN) as f32;
    let list = table(
        [column(PAYEE, words::items(detail.count)).fill(1)],
        rows(detail.changes.len(), move |row, _| Cell::strong(detail.changes[row].title.as_str())),
    )
    .id(ORDERS)
    .flush()
    .selection(&state.orders)
    .on_pick(Message::PickOrder)
    .on_activate(Message::OpenOrder);
    Column::new()
        .spacing(spacing::M)
        .push(Container::new(list).height(Length::Fixed(HEADER + spacing::ROW * shown)))
        .push(panel::scroll(changes::view(&detail.changes, detail.changes.len() > 1)))
        .into()
}
