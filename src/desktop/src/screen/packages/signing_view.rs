//! How the signing sheet looks.

use client::texts::label;
use client::{
    AdminChange, Attention, AttentionKind, ChangesSheet, ClientError, PaymentsSheet, SheetBody, SheetHead,
    SigningSheet,
};
use domain::Order;
use iced::widget::{Container, space};
use iced::{Alignment, Length};

use super::entry;
use super::signing::{Message, Signing};
use super::words;
use crate::design::footed::footed;
use crate::design::table::{Cell, RowHeight, Table, column, rows, table};
use crate::design::text::Inked;
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, banner, button, panel, spacing, text};
use crate::desk::Desk;
use crate::format;
use crate::screen::admin::changes;
use crate::screen::order::fields;
use crate::texts::explain;
use crate::tr;

/// Width of what the sheet holds.
const WIDTH: f32 = 680.0;
/// Rows to look at that are seen without scrolling.
const SEEN: usize = 2;
/// Rows of "all orders" that are seen without scrolling.
const SEEN_ORDERS: usize = 3;
/// Lines of changes that are seen without scrolling, and the height of one.
const SEEN_CHANGES: usize = 10;
const LINE: f32 = 29.0;
/// Height of a table's header.
pub(super) const HEADER: f32 = 31.0;

impl Signing {
    /// The sheet's content; the caller puts it above the page.
    pub(crate) fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        let mut column = Column::new().spacing(spacing::M).width(Length::Fixed(WIDTH));
        match (&self.sheet, &self.failure) {
            (Some(sheet), _) => {
                column = column.push(head(&sheet.head));
                column = match &sheet.body {
                    SheetBody::Payments(body) => column
                        .push(numbers_of(sheet, body, desk))
                        .push(words::cover(&body.shortages))
                        .push(self.attention(body))
                        .push(self.orders(body)),
                    SheetBody::Changes(body) => column.push(administration(sheet, body)),
                };
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
            .push(Container::new(self.entry_or_why()).width(Length::Fill))
            .push(self.buttons());
        footed(column, below.width(Length::Fixed(WIDTH)))
    }

    /// The PIN's field, or why no PIN of this user is asked for.
    fn entry_or_why(&self) -> Element<'_, Message> {
        match self.not_to_sign() {
            Some(why) => {
                let words = explain(&ClientError::from(why));
                banner::banner(Tone::Care, tr!("signing-not-you"), words, None)
            }
            None => self.entry.view().map(Message::Entry),
        }
    }

    fn attention<'a>(&'a self, sheet: &'a PaymentsSheet) -> Element<'a, Message> {
        if sheet.attention.is_empty() {
            return text::hint(tr!("signing-nothing-special")).dim().into();
        }
        let title = tr!("signing-look-at", count = format::count(sheet.attention.len()));
        let table: Table<'_, Message> = table(
            [
                column(0, title).fill(1).whole(),
                column(1, "").fixed(172.0),
                column(2, "").fixed(132.0).right().whole(),
            ],
            rows(sheet.attention.len(), |row, column| {
                let item = &sheet.attention[row];
                match column {
                    0 => told(item),
                    1 => {
                        let (tone, word) = kind(item);
                        Cell::pill(tone, word)
                    }
                    _ => Cell::text(format::money(item.amount)),
                }
            }),
        )
        .id("signing-attention")
        .row_height(RowHeight::Tall)
        .flush();
        let shown = sheet.attention.len().min(if self.all { 1 } else { SEEN });
        within(table, HEADER + spacing::TALL_ROW * shown as f32)
    }

    fn orders<'a>(&'a self, sheet: &'a PaymentsSheet) -> Element<'a, Message> {
        let (title, orders): (String, &'a [Order]) = if self.all {
            (tr!("signing-all-orders"), &sheet.orders)
        } else {
            (tr!("signing-largest"), &sheet.largest)
        };
        let table: Table<'_, Message> = table(
            [column(0, title).fill(1).whole(), column(1, "").fixed(132.0).right().whole()],
            rows(orders.len(), |row, column| {
                let face = orders[row].face();
                match column {
                    0 => Cell::strong(label(&face)).below(Cell::hint(face.target)),
                    _ => Cell::text(face.amount.map(format::money).unwrap_or_default()),
                }
            }),
        )
        .id("signing-orders")
        .row_height(RowHeight::Tall)
        .flush();
        let shown = orders.len().min(SEEN_ORDERS);
        let mut content = Column::new().spacing(spacing::XS);
        content = content.push(within(table, HEADER + spacing::TALL_ROW * shown as f32));
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

fn head<'a>(sheet: &SheetHead) -> Element<'a, Message> {
    let (number, needed) = (i64::from(sheet.signature_number), i64::from(sheet.signatures_needed));
    Row::new()
        .align_y(Alignment::Center)
        .push(text::page_title(tr!("signing-title")))
        .push(space::horizontal())
        .push(text::body(tr!("signing-number", number = number, needed = needed)).dim())
        .into()
}

fn numbers_of<'a>(sheet: &SigningSheet, body: &'a PaymentsSheet, desk: &Desk) -> Element<'a, Message> {
    let kind = fields::kind_name(sheet.head.header.order_type);
    let what = format!("{} · {kind} · {}", sheet.head.header.name, words::items(sheet.head.count));
    let mut left = Column::new().width(Length::Fill);
    left = left.push(text::hint(what).dim());
    left = left.push(text::big_number(words::sums(body.total.iter().copied())));
    let debits: Vec<String> = body
        .debits
        .iter()
        .map(|(number, name, debit)| {
            let account = if name.is_empty() { number.to_string() } else { name.clone() };
            match body.debits.len() {
                1 => tr!("signing-debit", account = account),
                _ => tr!("signing-debit-of", account = account, sum = format::money(*debit)),
            }
        })
        .collect();
    left = left.push(text::hint(debits.join(" · ")).dim());
    if let Some(route) = &body.route {
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
fn administration<'a>(sheet: &'a SigningSheet, body: &'a ChangesSheet) -> Element<'a, Message> {
    let what = Column::new()
        .width(Length::Fill)
        .push(text::hint(tr!("admin-signing-what")).dim())
        .push(text::detail_title(sheet.head.header.name.as_str()));
    let top = Row::new().spacing(spacing::L).push(what).push(fingerprint(&sheet.fingerprint_groups()));
    let changes = changes_within(&body.changes, body.changes.len() > 1, SEEN_CHANGES);
    Column::new().spacing(spacing::M).push(top).push(problem(body)).push(changes).into()
}

/// Why the bank would refuse the changes.
pub(super) fn problem<'a, M: 'a>(body: &ChangesSheet) -> Option<Element<'a, M>> {
    let why = body.problem.as_ref()?;
    Some(banner::banner(Tone::Bad, tr!("admin-signing-problem"), why.as_str(), None))
}

/// What changes, under titles if `titles`, in a height of its own where there are more lines than `seen`.
pub(super) fn changes_within<'a, M: 'a>(
    changes: &'a [AdminChange],
    titles: bool,
    seen: usize,
) -> Element<'a, M> {
    let rows: usize = changes.iter().map(|change| change.lines.len() + 2).sum();
    let view = changes::view(changes, titles);
    if rows > seen {
        return Container::new(panel::scroll(view)).height(Length::Fixed(LINE * seen as f32)).into();
    }
    view
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
        AttentionKind::AlsoPrepared { .. } => (Tone::Care, tr!("attention-also-prepared")),
        AttentionKind::TwiceHere => (Tone::Care, tr!("attention-twice-here")),
    }
}

/// Who is paid, and below it what there is to look at.
pub(super) fn told(item: &Attention) -> Cell<'_> {
    let payee = Cell::strong(item.payee.as_str());
    let why = match &item.kind {
        AttentionKind::ChangedAccount { before } => {
            tr!("attention-was", before = before.as_str(), now = item.target.as_str())
        }
        AttentionKind::FirstPayment if item.payee == item.target => return payee,
        AttentionKind::FirstPayment | AttentionKind::TwiceHere => item.target.clone(),
        AttentionKind::LikelyDuplicate { at } => tr!("attention-same-sum", day = format::date(*at)),
        AttentionKind::AlsoPrepared { package } => tr!("attention-in-package", package = package.as_str()),
    };
    payee.below(Cell::hint(why))
}
