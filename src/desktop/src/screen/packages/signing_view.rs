//! How the signing sheet looks.

use client::domain::HctOrder;
use client::{Attention, AttentionKind, KeyPurpose, SigningSheet, TokenKind, TokenStatus};
use iced::widget::{Container, space};
use iced::{Alignment, Length};

use super::signing::{Message, PIN, Signing};
use super::words;
use crate::design::table::{Cell, RowHeight, Table, column, rows, table};
use crate::design::text::Inked;
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, banner, button, check, field, pill, spacing, text};
use crate::format;
use crate::shared::Shared;
use crate::tr;

/// Width of what the sheet holds.
const WIDTH: f32 = 680.0;
/// Rows to look at that are seen without scrolling.
const SEEN: usize = 3;
/// Rows of "all orders" that are seen without scrolling.
const SEEN_ORDERS: usize = 5;
/// Height of a table's header.
const HEADER: f32 = 31.0;

impl Signing {
    /// The sheet's content; the caller puts it above the page.
    pub fn view<'a>(&'a self, shared: &'a Shared) -> Element<'a, Message> {
        let mut column = Column::new().spacing(spacing::M).width(Length::Fixed(WIDTH));
        match (&self.sheet, &self.failure) {
            (Some(sheet), _) => {
                column = column.push(head(sheet)).push(numbers(sheet, shared));
                column = column.push(self.attention(sheet)).push(self.orders(sheet));
            }
            (None, Some(words)) => {
                let again = button::link(tr!("close")).on_press(Message::Cancel);
                column = column.push(text::page_title(tr!("signing-title"))).push(banner::banner(
                    Tone::Bad,
                    tr!("signing-no-sheet"),
                    words,
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
            .push(Container::new(self.token()).width(Length::Fill))
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
                    _ => Cell::text(words::money(item.amount)),
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
                    _ => Cell::text(words::money(order.amount)),
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

    /// The PIN's field, or why there is none.
    fn token(&self) -> Element<'_, Message> {
        if let Some((title, words)) = self.hindrance() {
            let link = button::link(tr!("signing-open-token")).on_press(Message::OpenToken);
            return banner::banner(Tone::Care, title, words, Some(link.into()));
        }
        let mut label = Row::new().spacing(spacing::S).align_y(Alignment::Center);
        label = label.push(text::hint(tr!("signing-pin", name = self.signer())).dim());
        if self.token.info().is_some_and(|info| info.kind == TokenKind::Software) {
            label = label.push(pill::pill(Tone::Care, tr!("signing-software")));
        }
        let mut pin = field::secure("", self.pin.shown()).id(PIN).width(Length::Fixed(262.0));
        if !self.busy {
            pin = pin
                .on_input(|typed| Message::Pin(crate::screen::typed::TypedPin::new(typed)))
                .on_enter(Message::Sign);
        }
        if let Some(left) = self.tries_left() {
            pin = pin.trailing(tr!("tries-left", count = i64::from(left)));
        }
        let mut column = Column::new().spacing(spacing::XS).push(label).push(pin);
        if let Some(words) = &self.error {
            column = column.push(text::hint(words.as_str()).bad());
        }
        if self.tries_left() == Some(1) {
            let tick = check::checkbox(tr!("signing-last-try"), self.last_try)
                .id("signing-last-try")
                .on_toggle(Message::LastTry);
            column = column.push(text::hint(tr!("signing-last-try-help")).bad()).push(tick);
        }
        column.into()
    }

    /// Why no PIN can be asked for: title and words.
    fn hindrance(&self) -> Option<(String, String)> {
        let code = match &self.token {
            TokenStatus::Present(_) | TokenStatus::Software(_) if self.token_ready() => return None,
            TokenStatus::Present(_) | TokenStatus::Software(_) => {
                client::TokenError::KeyMissing(KeyPurpose::Signing).code()
            }
            TokenStatus::Blocked(_) => client::TokenError::PinBlocked.code(),
            TokenStatus::Starting => return Some((tr!("signing-no-token"), tr!("signing-token-looking"))),
            TokenStatus::NotConfigured => client::TokenError::NotConfigured.code(),
            TokenStatus::NoService => client::TokenError::NoService.code(),
            TokenStatus::NoReader => client::TokenError::NoReader.code(),
            TokenStatus::NoCard => client::TokenError::NoCard.code(),
            TokenStatus::ForeignCard => client::TokenError::ForeignCard.code(),
            TokenStatus::Failed(error) => error.code(),
        };
        let title = match &self.token {
            TokenStatus::Blocked(_) => tr!("signing-token-blocked"),
            _ => tr!("signing-no-token"),
        };
        Some((title, words::code(code)))
    }

    fn signer(&self) -> String {
        let certificate = self.token.info().and_then(|info| info.signing.as_ref());
        certificate.and_then(client::Certificate::subject_common_name).unwrap_or_default()
    }

    fn buttons(&self) -> Element<'_, Message> {
        let sign = if self.busy { tr!("signing-busy") } else { tr!("signing-sign") };
        let mut row = Row::new().spacing(spacing::M).align_y(Alignment::Center);
        row = row.push(
            button::secondary(tr!("cancel"))
                .id("signing-cancel")
                .shortcut("Esc")
                .on_press_maybe((!self.busy).then_some(Message::Cancel)),
        );
        row.push(
            button::primary(sign)
                .id("signing-sign")
                .shortcut("Enter")
                .on_press_maybe(self.may_sign().then_some(Message::Sign)),
        )
        .into()
    }
}

fn head(sheet: &SigningSheet) -> Element<'_, Message> {
    let (number, needed) = (i64::from(sheet.signature_number), i64::from(sheet.signatures_needed));
    Row::new()
        .align_y(Alignment::Center)
        .push(text::page_title(tr!("signing-title")))
        .push(space::horizontal())
        .push(text::body(tr!("signing-number", number = number, needed = needed)).dim())
        .into()
}

fn numbers<'a>(sheet: &'a SigningSheet, shared: &Shared) -> Element<'a, Message> {
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
                _ => tr!("signing-debit-of", account = account, sum = words::money(*debit)),
            }
        })
        .collect();
    left = left.push(text::hint(debits.join(" · ")).dim());
    if let Some(route) = &sheet.route {
        let route = words::decision(route, words::now(shared));
        left = left.push(text::hint(tr!("signing-earliest", route = route)).dim());
    }
    let groups = sheet.fingerprint_groups();
    let mut right = Column::new().push(text::hint(tr!("signing-fingerprint")).dim());
    for line in groups.chunks(8) {
        right = right.push(text::mono(line.join(" ")).one_line());
    }
    Row::new().spacing(spacing::L).push(left).push(right).into()
}

/// A table in so much height.
fn within<'a>(table: Table<'a, Message>, height: f32) -> Element<'a, Message> {
    Container::new(table).height(Length::Fixed(height)).into()
}

fn kind(item: &Attention) -> (Tone, String) {
    match item.kind {
        AttentionKind::ChangedAccount { .. } => (Tone::Bad, tr!("attention-changed-account")),
        AttentionKind::FirstPayment => (Tone::Care, tr!("attention-first-payment")),
        AttentionKind::LikelyDuplicate { .. } => (Tone::Care, tr!("attention-likely-duplicate")),
        AttentionKind::TwiceHere => (Tone::Care, tr!("attention-twice-here")),
    }
}

fn explained(item: &Attention) -> String {
    let payee = item.payee.as_str();
    match &item.kind {
        AttentionKind::ChangedAccount { before } => {
            tr!("attention-was", payee = payee, before = before.as_str(), now = item.target.as_str())
        }
        AttentionKind::FirstPayment if item.payee == item.target => item.payee.clone(),
        AttentionKind::FirstPayment => format!("{payee} · {}", item.target),
        AttentionKind::LikelyDuplicate { at } => {
            tr!("attention-same-sum", payee = payee, day = words::day(*at))
        }
        AttentionKind::TwiceHere => format!("{payee} · {}", item.target),
    }
}
