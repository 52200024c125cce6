//! The page: title, tabs, and under the title how self-administration is signed.

use client::AdminOverview;
use iced::widget::space;
use iced::{Alignment, Length};

use super::{Message, Tab, Users, customer, matrix, person};
use crate::design::table::{Cell, RowHeight, column, rows, table};
use crate::design::text::Inked;
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, panel, segmented, spacing, text};
use crate::desk::Desk;
use crate::screen::trouble;
use crate::tr;

const LIST_WIDTH: f32 = 316.0;

pub(super) fn page<'a>(state: &'a Users, desk: &'a Desk) -> Element<'a, Message> {
    let tabs = segmented::segmented(
        [
            (Tab::People, tr!("users-people")),
            (Tab::Matrix, tr!("users-matrix")),
            (Tab::Customer, tr!("users-customer")),
        ],
        state.tab,
        Message::Tab,
    );
    let title = Row::new()
        .spacing(spacing::L)
        .align_y(Alignment::Center)
        .height(Length::Fixed(spacing::CONTROL))
        .push(text::page_title(tr!("nav-users")).one_line())
        .push(space::horizontal())
        .push(tabs);
    let mut content = Column::new().spacing(spacing::M).push(title);
    content = match (&state.overview, &state.failure) {
        (Some(overview), _) => {
            let body = match state.tab {
                Tab::People => people(state, overview),
                Tab::Matrix => matrix::view(overview),
                Tab::Customer => customer::view(overview, desk),
            };
            content.push(text::hint(signing(overview)).dim()).push(body)
        }
        (None, Some(error)) => content.push(trouble::note(tr!("admin-failed"), &**error)),
        (None, None) => content.push(text::hint(tr!("loading")).dim()),
    };
    panel::page(content)
}

/// How many must sign self-administration, and who may.
fn signing(overview: &AdminOverview) -> String {
    let names = overview.signers.join(", ");
    let version = i64::from(overview.table.version);
    let need = i64::from(overview.signing.need);
    let mut words = tr!("users-signing", version = version, need = need, names = names);
    for (class, number) in &overview.table.administration.classes {
        let number = i64::from(*number);
        words = format!("{words} · {}", tr!("users-signing-class", number = number, class = class.as_str()));
    }
    words
}

fn people<'a>(state: &'a Users, overview: &'a AdminOverview) -> Element<'a, Message> {
    let users = &overview.table.users;
    let list = table(
        [column(0, tr!("users-column-user")).fill(1), column(1, "").fixed(118.0).right()],
        rows(users.len(), move |row, column| {
            let user = &users[row];
            match column {
                0 => Cell::strong(user.name.as_str()).below(Cell::hint(user.id.to_string())),
                _ if user.locked => Cell::pill(Tone::Bad, tr!("users-locked")),
                _ if user.error_points > 0 => {
                    Cell::pill(Tone::Care, tr!("users-errors", count = i64::from(user.error_points)))
                }
                _ => Cell::empty(),
            }
        }),
    )
    .id("users-list")
    .row_height(RowHeight::Tall)
    .selection(&state.selection)
    .single()
    .on_pick(Message::Pick);
    let chosen = state.chosen().and_then(|row| users.get(row).map(|user| (row, user)));
    let beside = chosen.map(|(row, user)| person::view(overview, row, user));
    Row::new()
        .spacing(spacing::M)
        .push(panel::bare_panel(list).width(Length::Fixed(LIST_WIDTH)).height(Length::Fill))
        .push(panel::panel(Column::new().push(beside)).height(Length::Fill))
        .into()
}
