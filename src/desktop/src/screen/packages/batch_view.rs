//! How the sheet of several packages looks.

use client::{Attention, ChangesSheet, PaymentsSheet, SheetBody, SigningSheet};
use domain::Money;
use iced::widget::Container;
use iced::{Alignment, Length};

use super::batch::{Batch, Message};
use super::signing_view::{HEADER, changes_within, kind, problem, told, within};
use super::{entry, words};
use crate::design::footed::footed;
use crate::design::table::{Cell, RowHeight, Table, column, rows, table};
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, banner, button, progress, spacing};
use crate::format;
use crate::screen::trouble;
use crate::texts::explain;
use crate::tr;

/// Width of what the sheet holds.
const WIDTH: f32 = 760.0;
/// Packages and rows to look at that are seen without scrolling.
const SEEN: usize = 5;
const SEEN_ATTENTION: usize = 3;
/// Lines of changes of a package that are seen without scrolling.
const SEEN_CHANGES: usize = 5;
/// Groups of the fingerprint in a line of the list.
const GROUPS: usize = 4;

impl Batch {
    /// The sheet's content; the caller puts it above the page.
    pub(crate) fn view(&self) -> Element<'_, Message> {
        let count = format::count(self.total());
        let mut column = Column::new().spacing(spacing::M).width(Length::Fixed(WIDTH));
        column = column.push(text::page_title(tr!("batch-title", count = count)));
        column = match (&self.sheets, &self.failure) {
            (Some(sheets), _) => {
                let column =
                    column.push(numbers(sheets)).push(self.list(sheets)).push(words::cover(&self.shortages));
                let column = column.push(attention(sheets));
                column.extend(changed(sheets)).push(self.far())
            }
            (None, Some(error)) => column.push(trouble::note(tr!("signing-no-sheet"), &**error)),
            (None, None) => column.push(text::body(tr!("signing-reading")).dim()),
        };
        let asks = self.stopped.is_none() && self.failure.is_none();
        let entry = asks.then(|| self.entry.view().map(Message::Entry));
        let below = Row::new()
            .spacing(spacing::M)
            .align_y(Alignment::End)
            .push(Container::new(Column::new().push(entry)).width(Length::Fill))
            .push(self.buttons());
        footed(column, below.width(Length::Fixed(WIDTH)))
    }

    fn list<'a>(&'a self, sheets: &'a [SigningSheet]) -> Element<'a, Message> {
        let table: Table<'_, Message> = table(
            [
                column(0, tr!("column-package")).fill(1).whole(),
                column(1, tr!("column-items")).fixed(72.0).right(),
                column(2, tr!("column-amount")).fixed(136.0).right(),
                column(3, tr!("batch-fingerprint")).fixed(176.0),
                column(4, tr!("batch-state")).fixed(112.0),
            ],
            rows(sheets.len(), move |row, column| {
                let sheet = &sheets[row];
                match column {
                    0 => Cell::strong(sheet.head.header.name.as_str()),
                    1 => Cell::text(format::count(sheet.head.count as usize)),
                    2 => Cell::text(
                        payments(sheet)
                            .map(|body| words::sums(body.total.iter().copied()))
                            .unwrap_or_default(),
                    ),
                    3 => Cell::text(sheet.fingerprint_groups()[..GROUPS].join(" ") + " …"),
                    _ => {
                        let (tone, word) = self.state_of(sheet);
                        Cell::pill(tone, word)
                    }
                }
            }),
        )
        .id("batch-packages")
        .row_height(RowHeight::Pills)
        .flush();
        within(table, HEADER + spacing::PILL_ROW * sheets.len().min(SEEN) as f32)
    }

    fn state_of(&self, sheet: &SigningSheet) -> (Tone, String) {
        if self.signed.contains(&sheet.head.package) {
            return (Tone::Good, tr!("batch-signed"));
        }
        match self.stop() {
            Some((package, _)) if *package == sheet.head.package => (Tone::Bad, tr!("batch-failed")),
            Some(_) => (Tone::Neutral, tr!("batch-untouched")),
            None => (Tone::Neutral, tr!("batch-waits")),
        }
    }

    /// How far the token is, or where it stopped.
    fn far(&self) -> Option<Element<'_, Message>> {
        let (signed, total) = (self.signed.len(), self.total());
        if let Some((package, why)) = self.stop() {
            let rest = total.saturating_sub(signed + 1);
            let title = tr!("batch-stopped", name = self.name(*package));
            let words = tr!("batch-stopped-words", why = explain(why), signed = signed, rest = rest);
            return Some(banner::banner(Tone::Bad, title, words, None));
        }
        if !self.entry.busy {
            return None;
        }
        let share = signed as f32 / total.max(1) as f32;
        let words = tr!("batch-progress", signed = signed, total = total);
        let row = Row::new()
            .spacing(spacing::M)
            .align_y(Alignment::Center)
            .push(progress::progress(share, Length::Fill))
            .push(text::body(words).one_line());
        Some(row.into())
    }

    fn buttons(&self) -> Element<'_, Message> {
        let busy = self.entry.busy;
        let over = self.stopped.is_some() || self.failure.is_some();
        let leave = if over { tr!("close") } else { tr!("cancel") };
        let mut row = Row::new().spacing(spacing::M).align_y(Alignment::Center);
        row = row.push(
            button::secondary(leave)
                .id("signing-cancel")
                .shortcut("Esc")
                .on_press_maybe((!busy).then_some(Message::Entry(entry::Message::Leave))),
        );
        if !over {
            let sign = if busy {
                tr!("signing-busy")
            } else {
                tr!("batch-sign", count = format::count(self.total()))
            };
            row = row.push(
                button::primary(sign)
                    .id("signing-sign")
                    .shortcut("Enter")
                    .on_press_maybe(self.may_sign().then_some(Message::Entry(entry::Message::Sign))),
            );
        }
        row.into()
    }
}

/// What a package moves, if it moves money.
fn payments(sheet: &SigningSheet) -> Option<&PaymentsSheet> {
    match &sheet.body {
        SheetBody::Payments(body) => Some(body),
        SheetBody::Changes(_) => None,
    }
}

/// What the packages that move no money change.
fn changed(sheets: &[SigningSheet]) -> impl Iterator<Item = Element<'_, Message>> {
    sheets.iter().filter_map(|sheet| match &sheet.body {
        SheetBody::Payments(_) => None,
        SheetBody::Changes(body) => Some(changes(body)),
    })
}

/// The changes of one package, under why they could not take effect.
fn changes(body: &ChangesSheet) -> Element<'_, Message> {
    let changes = changes_within(&body.changes, true, SEEN_CHANGES);
    Column::new().spacing(spacing::XS).push(problem(body)).push(changes).into()
}

fn numbers(sheets: &[SigningSheet]) -> Element<'_, Message> {
    let orders: u32 = sheets.iter().map(|sheet| sheet.head.count).sum();
    let sums: Vec<Money> =
        sheets.iter().filter_map(payments).flat_map(|body| body.total.iter().copied()).collect();
    let mut accounts: Vec<String> = sheets
        .iter()
        .filter_map(payments)
        .flat_map(|body| &body.debits)
        .map(|(number, name, _)| if name.is_empty() { number.to_string() } else { name.clone() })
        .collect();
    accounts.sort();
    accounts.dedup();
    let column = Column::new().push(text::hint(words::items(orders)).dim());
    if sums.is_empty() {
        return column.into();
    }
    let debits = tr!("signing-debit", account = accounts.join(" · "));
    column.push(text::big_number(words::sums(sums))).push(text::hint(debits).dim()).into()
}

/// What deserves a look in any of the packages, with the package's name.
fn attention(sheets: &[SigningSheet]) -> Element<'_, Message> {
    let items: Vec<(&str, &Attention)> = sheets
        .iter()
        .filter_map(|sheet| Some((sheet.head.header.name.as_str(), payments(sheet)?)))
        .flat_map(|(name, body)| body.attention.iter().map(move |item| (name, item)))
        .collect();
    if items.is_empty() {
        return text::hint(tr!("signing-nothing-special")).dim().into();
    }
    let title = tr!("signing-look-at", count = format::count(items.len()));
    let shown = items.len().min(SEEN_ATTENTION);
    let table: Table<'_, Message> = table(
        [
            column(0, title).fill(1).whole(),
            column(1, "").fixed(220.0).whole(),
            column(2, "").fixed(116.0).right().whole(),
        ],
        rows(items.len(), move |row, column| {
            let (package, item) = items[row];
            match column {
                0 => told(item),
                1 => {
                    let (tone, word) = kind(item);
                    Cell::pill(tone, word).below(Cell::hint(package))
                }
                _ => Cell::text(format::money(item.amount)),
            }
        }),
    )
    .id("batch-attention")
    .row_height(RowHeight::Tall)
    .flush();
    within(table, HEADER + spacing::TALL_ROW * shown as f32)
}
