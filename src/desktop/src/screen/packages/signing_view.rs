//! How the signing sheet looks.

use client::{AdminSheet, Attention, AttentionKind, SigningSheet};
use domain::HctOrder;
use iced::widget::{Container, space};
use iced::{Alignment, Length};

use super::entry;
use super::signing::{Message, Shown, Signing};
use super::words;
use crate::design::table::{Cell, RowHeight, Table, column, rows, table};
use crate::design::text::Inked;
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, banner, button, panel, spacing, text};
use crate::desk::Desk;
use crate::format;
use crate::screen::admin::changes;
use crate::texts::explain;
use crate::tr;

/// Width of what the sheet holds.
const WIDTH: f32 = 680.0;
/// Rows to look at that are seen without scrolling.
const SEEN: usize = 3;
/// Rows of "all orders" that are seen without scrolling.
const SEEN_ORDERS: usize = 5;
/// Lines of changes that are seen without scrolling, and the height of more.
const SEEN_CHANGES: usize = 10;
const CHANGES: f32 = 290.0;
/// Height of a table's header.
pub(super) const HEADER: f32 = 31.0;

impl Signing {
    /// The sheet's content; the caller puts it above the page.
    pub(crate) fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        let mut column = Column::new().spacing(spacing::M).width(Length::Fixed(WIDTH));
        match (&self.sheet, &self.failure) {
            (Some(Shown::Administration(sheet)), _) => {
                let numbers = (sheet.signature_number, sheet.signatures_needed);
                column = column.push(head(numbers)).push(administration(sheet));
            }
            (Some(Shown::Payments(sheet)), _) => {
                let numbers = (sheet.signature_number, sheet.signatures_needed);
                column = column.push(head(numbers)).push(numbers_of(sheet, desk));
                column = column.push(self.attention(sheet)).push(self.orders(sheet));
            }
            (None, Some(error)) => {
                let again = button::link(tr!("close")).on_press(Message::Entry(entry::Message::Leave));
                column = column.push(text::page_title(tr!("signing-title"))).push(banner::banner(
                    Tone::Bad,
                    tr!("signing-no-sheet"),
                    explain(&**error),
                    Some(again.into()),
                ));
            }
            (None, None) => {
                column = column
                    .push(text::page_title(tr!("signing-title")))
                    .push(text::body(tr!("signing-reading")).dim());
            }
        }
        let below = Row::new()
            .spacing(spacing::M)
            .align_y(Alignment::End)
            .push(Container::new(self.entry.view().map(Message::Entry)).width(Length::Fill))
            .push(self.buttons());
        column.push(below).into()
    }

    fn attention<'a>(&'a self, sheet: &'a SigningSheet) -> Element<'a, Message> {
        if sheet.attention.is_empty() {
            return text::hint(tr!("signing-nothing-special")).dim().into();
        }
        let title = tr!("signing-look-at", count = format::count(sheet.attention.len()));
        let table: Table<'_, Message> = table(
            [column(0, title).fixed(172.0), column(1, "").fill(1), column(2, "").fixed(132.0).right()],
            rows(sheet.attention.len(), |row, column| {
                let item = &sheet.attention[row];
                match column {
                    0 => {
                        let (tone, word) = kind(item);
                        Cell::pill(tone, word)
                    }
                    1 => Cell::text(explained(item)),
                    _ => Cell::text(format::money(item.amount)),
                }
            }),
        )
        .id("signing-attention")
        .row_height(RowHeight::Pills)
        .flush();
        let shown = sheet.attention.len().min(if self.all { 2 } else { SEEN });
        within(table, HEADER + spacing::PILL_ROW * shown as f32)
    }

    fn orders<'a>(&'a self, sheet: &'a SigningSheet) -> Element<'a, Message> {
        let (title, orders): (String, &'a [HctOrder]) = if self.all {
            (tr!("signing-all-orders"), &sheet.orders)
        } else {
            (tr!("signing-largest"), &sheet.largest)
        };
        let table: Table<'_, Message> = table(
            [column(0, title).fill(1), column(1, "").fixed(220.0), column(2, "").fixed(132.0).right()],
            rows(orders.len(), |row, column| {
                let order = &orders[row];
                match column {
                    0 => Cell::strong(order.beneficiary.label()),
                    1 => Cell::text(order.beneficiary.target()),
                    _ => Cell::text(format::money(order.amount)),
                }
            }),
        )
        .id("signing-orders")
        .flush();
        let shown = orders.len().min(SEEN_ORDERS);
        let mut content = Column::new().spacing(spacing::XS);
        content = content.push(within(table, HEADER + spacing::ROW * shown as f32));
        if sheet.orders.len() > sheet.largest.len() {
            let label = if self.all {
                tr!("signing-only-largest")
            } else {
                tr!("signing-all", count = format::count(sheet.orders.len()))
            };
            content = content.push(button::link(label).id("signing-all").on_press(Message::All));
        }
        content.into()
    }

    fn buttons(&self) -> Element<'_, Message> {
        let busy = self.entry.busy;
        let sign = if busy { tr!("signing-busy") } else { tr!("signing-sign") };
        let mut row = Row::new().spacing(spacing::M).align_y(Alignment::Center);
        row = row.push(
            button::secondary(tr!("cancel"))
                .id("signing-cancel")
                .shortcut("Esc")
                .on_press_maybe((!busy).then_some(Message::Entry(entry::Message::Leave))),
        );
        row.push(
            button::primary(sign)
                .id("signing-sign")
                .shortcut("Enter")
                .on_press_maybe(self.may_sign().then_some(Message::Entry(entry::Message::Sign))),
        )
        .into()
    }
}

fn head<'a>((number, needed): (u8, u8)) -> Element<'a, Message> {
    let (number, needed) = (i64::from(number), i64::from(needed));
    Row::new()
        .align_y(Alignment::Center)
        .push(text::page_title(tr!("signing-title")))
        .push(space::horizontal())
        .push(text::body(tr!("signing-number", number = number, needed = needed)).dim())
        .into()
}

fn numbers_of<'a>(sheet: &'a SigningSheet, desk: &Desk) -> Element<'a, Message> {
    let what = format!("{} · {}", sheet.header.name, words::items(sheet.count));
    let mut left = Column::new().width(Length::Fill);
    left = left.push(text::hint(what).dim());
    left = left.push(text::big_number(words::sums(sheet.total.iter().copied())));
    let debits: Vec<String> = sheet
        .debits
        .iter()
        .map(|(number, name, debit)| {
            let account = if name.is_empty() { number.to_string() } else { name.clone() };
            match sheet.debits.len() {
                1 => tr!("signing-debit", account = account),
                _ => tr!("signing-debit-of", account = account, sum = format::money(*debit)),
            }
        })
        .collect();
    left = left.push(text::hint(debits.join(" · ")).dim());
    if let Some(route) = &sheet.route {
        let route = words::decision(route, desk.now());
        left = left.push(text::hint(tr!("signing-earliest", route = route)).dim());
    }
    Row::new().spacing(spacing::L).push(left).push(fingerprint(&sheet.fingerprint_groups())).into()
}

fn fingerprint<'a>(groups: &[String]) -> Column<'a, Message> {
    let mut column = Column::new().push(text::hint(tr!("signing-fingerprint")).dim());
    for line in groups.chunks(8) {
        column = column.push(text::mono(line.join(" ")).one_line());
    }
    column
}

/// What self-administration orders change, read from the bytes.
fn administration(sheet: &AdminSheet) -> Element<'_, Message> {
    let what = Column::new()
        .width(Length::Fill)
        .push(text::hint(tr!("admin-signing-what")).dim())
        .push(text::detail_title(sheet.header.name.as_str()));
    let top = Row::new().spacing(spacing::L).push(what).push(fingerprint(&sheet.fingerprint_groups()));
    let problem = sheet
        .problem
        .as_ref()
        .map(|why| banner::banner(Tone::Bad, tr!("admin-signing-problem"), why.as_str(), None));
    let rows: usize = sheet.changes.iter().map(|change| change.lines.len() + 2).sum();
    let changes = changes::view(&sheet.changes, sheet.changes.len() > 1);
    let changes: Element<'_, Message> = if rows > SEEN_CHANGES {
        Container::new(panel::scroll(changes)).height(Length::Fixed(CHANGES)).into()
    } else {
        changes
    };
    Column::new().spacing(spacing::M).push(top).push(problem).push(changes).into()
}

/// A table in so much height.
pub(super) fn within<'a, M: Clone + 'a>(table: Table<'a, M>, height: f32) -> Element<'a, M> {
    Container::new(table).height(Length::Fixed(height)).into()
}

pub(super) fn kind(item: &Attention) -> (Tone, String) {
    match item.kind {
        AttentionKind::ChangedAccount { .. } => (Tone::Bad, tr!("attention-changed-account")),
        AttentionKind::FirstPayment => (Tone::Care, tr!("attention-first-payment")),
        AttentionKind::LikelyDuplicate { .. } => (Tone::Care, tr!("attention-likely-duplicate")),
        AttentionKind::TwiceHere => (Tone::Care, tr!("attention-twice-here")),
    }
}

pub(super) fn explained(item: &Attention) -> String {
    let payee = item.payee.as_str();
    match &item.kind {
        AttentionKind::ChangedAccount { before } => {
            tr!("attention-was", payee = payee, before = before.as_str(), now = item.target.as_str())
        }
        AttentionKind::FirstPayment if item.payee == item.target => item.payee.clone(),
        AttentionKind::FirstPayment => format!("{payee} · {}", item.target),
        AttentionKind::LikelyDuplicate { at } => {
            tr!("attention-same-sum", payee = payee, day = format::date(*at))
        }
        AttentionKind::TwiceHere => format!("{payee} · {}", item.target),
    }
}
