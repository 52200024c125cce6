//! Accounts against users: who may do what where, at one look.

use client::AdminOverview;
use client::admin::right_words;
use iced::Length;

use super::Message;
use crate::design::table::{Cell, RowHeight, column, rows, table};
use crate::design::text::Inked;
use crate::design::{Column, Element, panel, spacing, text};
use crate::tr;

/// Users side by side; with more, the others stand in the list of users only, and the page says so.
const SIDE_BY_SIDE: usize = 4;

pub(super) fn view(overview: &AdminOverview) -> Element<'_, Message> {
    let users = &overview.table.users;
    let shown = users.len().min(SIDE_BY_SIDE);
    let account = std::iter::once(column(0, tr!("admin-account")).fixed(236.0));
    let people = users.iter().take(shown).enumerate();
    let columns = account.chain(people.map(|(index, user)| column(index + 1, user.name.as_str()).fill(1)));
    let matrix = table(
        columns.collect::<Vec<_>>(),
        rows(overview.accounts.len(), move |row, column| {
            let account = &overview.accounts[row];
            let Some(user) = column.checked_sub(1).and_then(|index| users.get(index)) else {
                return Cell::strong(account.name.as_str()).below(Cell::hint(account.number.to_string()));
            };
            match overview.table.right(&user.id, account.number) {
                Some(right) => {
                    let sign = right.sign.as_ref();
                    let looks = domain::authority::AccountRight { sign: None, ..right.clone() };
                    let below = match sign {
                        Some(class) => Cell::strong(tr!("users-signs", class = class.as_str())),
                        None => Cell::hint(tr!("users-does-not-sign")),
                    };
                    Cell::text(right_words(Some(&looks))).below(below)
                }
                None => Cell::dim("–"),
            }
        }),
    )
    .row_height(RowHeight::Tall);
    let mut content = Column::new().spacing(spacing::S).push(panel::bare_panel(matrix).height(Length::Fill));
    if users.len() > shown {
        let more = i64::try_from(users.len() - shown).unwrap_or(i64::MAX);
        content = content.push(text::hint(tr!("users-matrix-more", count = more)).dim());
    }
    content.into()
}
