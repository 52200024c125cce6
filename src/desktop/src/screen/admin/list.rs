//! The page: title line with "Új megbízás" at its left, the list of packages, and beside it what was chosen.

use client::ListedPackage;
use domain::PackageState;
use domain::submission::SubmissionState;
use iced::widget::space;
use iced::{Alignment, Length};

use super::{Administration, Beside, Message, Which, detail, form_view, kinds};
use crate::design::table::{Cell, RowHeight, column, rows, table};
use crate::design::text::Inked;
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, banner, button, empty, panel, segmented, spacing, text};
use crate::desk::Desk;
use crate::screen::packages::words;
use crate::tr;

const LIST_WIDTH: f32 = 400.0;

pub(super) fn page<'a>(state: &'a Administration, desk: &'a Desk) -> Element<'a, Message> {
    let which = segmented::segmented(
        [(Which::Prepared, tr!("admin-prepared")), (Which::Sent, tr!("admin-sent"))],
        state.which,
        Message::Which,
    );
    let title = Row::new()
        .spacing(spacing::L)
        .align_y(Alignment::Center)
        .height(Length::Fixed(spacing::CONTROL))
        .push(text::page_title(tr!("nav-admin-orders")).one_line())
        .push(
            button::secondary(tr!("admin-new"))
                .id("admin-new")
                .shortcut("F2")
                .on_press_maybe(state.overview.is_some().then_some(Message::New)),
        )
        .push(space::horizontal())
        .push(which);
    let body = Row::new()
        .spacing(spacing::M)
        .push(panel::bare_panel(list(state, desk)).width(Length::Fixed(LIST_WIDTH)).height(Length::Fill))
        .push(panel::panel(beside(state, desk)).height(Length::Fill));
    panel::page(Column::new().spacing(spacing::M).push(title).push(body))
}

fn list<'a>(state: &'a Administration, desk: &'a Desk) -> Element<'a, Message> {
    if state.list.is_empty() {
        let (title, help) = match state.which {
            // Why it cannot be read stands beside it.
            _ if !state.read && state.failure.is_some() => return Column::new().into(),
            _ if !state.read => return text::hint(tr!("loading")).dim().into(),
            Which::Prepared => (tr!("admin-none"), tr!("admin-none-help")),
            Which::Sent => (tr!("admin-none-sent"), tr!("admin-none-sent-help")),
        };
        return empty::empty(title, help, None);
    }
    table(
        [column(0, tr!("column-package")).fill(1), column(1, tr!("admin-column-state")).fixed(124.0).right()],
        rows(state.list.len(), move |row, column| {
            let package = &state.list[row];
            match column {
                0 => Cell::strong(package.header.name.as_str()).below(Cell::hint(about(package, desk))),
                _ => {
                    let (tone, word) = package_state(package, desk);
                    Cell::pill(tone, word)
                }
            }
        }),
    )
    .id("admin-list")
    .row_height(RowHeight::Tall)
    .selection(&state.selection)
    .single()
    .on_pick(Message::Pick)
    .into()
}

/// "1 tétel · tegnap 14:05".
fn about(package: &ListedPackage, desk: &Desk) -> String {
    let at = package.sent_at.unwrap_or(package.updated_at);
    format!("{} · {}", words::items(package.count), desk.relative(at))
}

/// Word and tone of a package, prepared or sent.
pub(super) fn package_state(package: &ListedPackage, desk: &Desk) -> (Tone, String) {
    match package.state {
        PackageState::Sending if package.submission == Some(SubmissionState::Unknown) => {
            (Tone::Care, tr!("sent-state-waiting"))
        }
        _ => words::prepared_state(desk, package),
    }
}

fn beside<'a>(state: &'a Administration, desk: &'a Desk) -> Element<'a, Message> {
    match (&state.beside, &state.overview) {
        (Beside::Chooser, Some(overview)) => kinds::chooser(overview),
        (Beside::Form(form), _) => form_view::view(form, state.busy.is_some()),
        _ => match (&state.detail, &state.failure) {
            (Some(shown), _) => detail::view(state, shown, desk),
            (None, Some(words)) => banner::banner(Tone::Bad, tr!("admin-failed"), words.as_str(), None),
            (None, None) if state.read && state.open.is_none() => nothing(state),
            (None, None) => text::hint(tr!("loading")).dim().into(),
        },
    }
}

fn nothing(state: &Administration) -> Element<'_, Message> {
    let new = state
        .overview
        .is_some()
        .then(|| button::primary(tr!("admin-new")).id("admin-new-first").on_press(Message::New).into());
    empty::empty(tr!("admin-nothing"), tr!("admin-nothing-help"), new)
}
