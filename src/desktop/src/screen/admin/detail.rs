//! The chosen self-administration package: how far it is, what it changes, what the bank says, what can be done.

use client::BankState;
use client::{Action as May, AdminPackage};
use iced::widget::space;
use iced::{Alignment, Length};

use super::list::package_state;
use super::{Administration, Message, Work, changes};
use crate::design::text::Inked;
use crate::design::theme::Tone;
use crate::design::{
    Column, Container, Element, Row, banner, button, panel, pill, spacing, steps as way, text,
};
use crate::desk::Desk;
use crate::screen::packages::{steps, words};
use crate::screen::sent::timeline;
use crate::{format, tr};

pub(super) fn view<'a>(
    state: &'a Administration,
    detail: &'a AdminPackage,
    desk: &'a Desk,
) -> Element<'a, Message> {
    let sent = detail.line.state.is_sent();
    let mut content = Column::new().spacing(spacing::M).push(head(detail, desk));
    content = content.push(if sent { sent_buttons(state, detail) } else { buttons(state, detail) });
    if !sent {
        content = content.push(way::steps(steps::of(&detail.package, desk)));
    }
    if detail.uncertain {
        let words = tr!("sent-uncertain");
        content = content.push(banner::banner(Tone::Care, tr!("sent-uncertain-title"), words, None));
    } else if let Some(code) = &detail.line.last_error {
        let words = words::code(code);
        content = content.push(banner::banner(Tone::Bad, tr!("packages-last-error"), words, None));
    }
    let mut below = Column::new().spacing(spacing::L).push(orders(detail));
    if sent {
        let story = timeline::lines(&detail.timeline, &detail.package.signatures, detail.uncertain, desk);
        below = below.push(Column::new().push(text::strong(tr!("sent-story"))).push(story));
    }
    content.push(Container::new(panel::scroll(below)).height(Length::Fill)).into()
}

fn head<'a>(detail: &'a AdminPackage, desk: &Desk) -> Element<'a, Message> {
    let (tone, word) = package_state(&detail.line, desk);
    let mut about = words::items(detail.line.count);
    if let Some((sequence, _)) = detail.receipt {
        about = format!("{about} · {}", tr!("admin-receipt", number = format::count(sequence as usize)));
    }
    Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(Container::new(text::detail_title(detail.line.header.name.as_str()).one_line()).clip(true))
        .push(pill::pill(tone, word))
        .push(space::horizontal())
        .push(text::hint(about).dim().one_line())
        .into()
}

fn buttons<'a>(state: &Administration, detail: &AdminPackage) -> Element<'a, Message> {
    let free = state.busy.is_none();
    let actions = &detail.package.actions;
    let press = |action, work| (free && actions.contains(&action)).then_some(Message::Do(work));
    let next = [May::Send, May::Sign, May::Check].into_iter().find(|action| actions.contains(action));
    let look = |action, label: String| {
        if next == Some(action) { button::primary(label) } else { button::secondary(label) }
    };
    let mut row = Row::new().spacing(spacing::S).align_y(Alignment::Center);
    if actions.contains(&May::Check) {
        let check = look(May::Check, tr!("packages-check"));
        row = row.push(check.id("admin-check").on_press_maybe(press(May::Check, Work::Check)));
    }
    let sending = state.busy == Some(Work::Send);
    let send = if sending { tr!("packages-sending") } else { tr!("packages-send") };
    row = row
        .push(
            look(May::Sign, tr!("packages-sign"))
                .id("admin-sign")
                .shortcut("F8")
                .on_press_maybe(press(May::Sign, Work::Sign)),
        )
        .push(
            look(May::Send, send)
                .id("admin-send")
                .shortcut("F9")
                .on_press_maybe(press(May::Send, Work::Send)),
        );
    if actions.contains(&May::Withdraw) {
        row = row.push(
            button::secondary(tr!("packages-withdraw"))
                .id("admin-withdraw")
                .tooltip(tr!("packages-withdraw-help"))
                .on_press_maybe(press(May::Withdraw, Work::Withdraw)),
        );
    }
    row = row.push(space::horizontal());
    if actions.contains(&May::Edit) && detail.orders.len() == 1 {
        row = row.push(
            button::secondary(tr!("admin-edit"))
                .id("admin-edit")
                .on_press_maybe(press(May::Edit, Work::Edit)),
        );
    }
    row.push(
        button::quiet(tr!("packages-delete"))
            .id("admin-delete")
            .shortcut("Del")
            .on_press_maybe(press(May::Delete, Work::Delete)),
    )
    .into()
}

fn sent_buttons<'a>(state: &Administration, detail: &AdminPackage) -> Element<'a, Message> {
    let asking = state.busy == Some(Work::Ask);
    let label = if asking { tr!("sent-asking-now") } else { tr!("sent-ask") };
    let free = state.busy.is_none();
    let ask = button::secondary(label).id("admin-ask").on_press_maybe(free.then_some(Message::Do(Work::Ask)));
    let signers: Vec<&str> = detail.package.signatures.iter().map(|s| s.name.as_str()).collect();
    let signed = tr!("admin-signed-by", names = signers.join(", "));
    Row::new().spacing(spacing::M).align_y(Alignment::Center).push(ask).push(text::hint(signed).dim()).into()
}

/// Each order with its lines; its title where there are several, and the bank's word once there is one.
fn orders(detail: &AdminPackage) -> Element<'_, Message> {
    let several = detail.orders.len() > 1;
    let mut column = Column::new().spacing(spacing::M);
    for (order, change) in detail.orders.iter().zip(&detail.changes) {
        let mut block = Column::new().spacing(spacing::XS);
        if let Some(status) = &order.status {
            let (tone, word) = match status.state {
                BankState::Sending => (Tone::Care, tr!("sent-state-waiting")),
                BankState::Received => (Tone::Accent, tr!("order-state-received")),
                BankState::Processing => (Tone::Accent, tr!("sent-state-processing")),
                BankState::Executed => (Tone::Good, tr!("state-completed")),
                BankState::Rejected => (Tone::Bad, tr!("state-rejected")),
            };
            let title = Row::new()
                .spacing(spacing::M)
                .align_y(Alignment::Center)
                .push(text::strong(change.title.as_str()))
                .push(pill::pill(tone, word));
            block = block.push(title);
            if let Some(reason) = &status.reason {
                block = block.push(text::body(words::code(reason)).bad());
            }
        } else if several {
            block = block.push(text::strong(change.title.as_str()));
        }
        column = column.push(block.push(changes::lines(change)));
    }
    column.into()
}
