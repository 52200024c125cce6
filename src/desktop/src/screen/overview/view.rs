//! How the overview looks: composed from its data, nothing remembered.

use chrono::{NaiveDateTime, Timelike};
use client::texts::explain;
use client::{ClientError, Overview as Data, Waiting, WaitingKind};
use domain::{Currency, Money};
use iced::{Alignment, Length};
use rust_decimal::Decimal;

use super::Message;
use super::forecast::{course, picture};
use crate::design::chart::{self, Week};
use crate::design::table::{self, Cell, column};
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Column, Container, Element, Row, button, empty, panel, pill, spacing};
use crate::desk::Desk;
use crate::format;
use crate::screen::packages::words;
use crate::tr;

/// Days before its end from which a certificate is told of.
const EXPIRY_NOTICE: i64 = 60;
/// Waiting lines that are as high as the deadlines.
const DEADLINES: usize = 3;
/// Room of the pill of a waiting line: the longest word of both languages.
const WAITING_PILL: f32 = 144.0;
/// Height of the pictures.
const PICTURE: u32 = 104;
/// Weeks that fit beside the balance.
const WEEKS: usize = 6;

/// Before the first answer: the page with its room, so that nothing jumps.
pub(super) fn loading<'a>() -> Element<'a, Message> {
    panel::page(empty::empty("", tr!("loading"), None))
}

/// Nothing can be shown: nobody has logged in yet, or the store refuses.
pub(super) fn nothing<'a>(error: &ClientError, desk: &Desk) -> Element<'a, Message> {
    let first_time = matches!(error, ClientError::NoCustomer | ClientError::NoRules);
    let content = if first_time && desk.user.is_none() {
        let log_in = button::primary(tr!("login-open")).id("overview-login").on_press(Message::LogIn);
        empty::empty(tr!("overview-first-title"), tr!("overview-first-help"), Some(log_in.into()))
    } else if first_time {
        empty::empty(tr!("overview-waiting-title"), tr!("overview-waiting-help"), None)
    } else {
        empty::empty(tr!("overview-failed"), explain(error), None)
    };
    panel::page(panel::panel(content).height(Length::Fill))
}

pub(super) fn overview<'a>(data: &'a Data, desk: &Desk) -> Element<'a, Message> {
    let now = data.deadlines.now;
    let kind = if data.deadlines.banking_day { tr!("banking-day") } else { tr!("not-banking-day") };
    let day = tr!("overview-day", day = format::long_date(now.date()), kind = kind);
    let title = panel::title_line(greeting(now, desk), None, Some(text::body(day).dim().into()));
    // The higher of the two gives the height, the other one fills it.
    let (left, right) = if data.waiting.len() > DEADLINES {
        (Length::Shrink, Length::Fill)
    } else {
        (Length::Fill, Length::Shrink)
    };
    let next = panel::card(tr!("overview-deadlines"), None, deadlines(data, desk));
    let top = Row::new()
        .spacing(spacing::M)
        .push(panel::card(tr!("overview-waiting"), None, waiting(data)).height(left))
        .push(next.width(spacing::SIDE_PANEL).height(right));
    let asked = data.accounts.iter().filter_map(|row| row.balance.as_ref()).map(|b| b.as_of).min();
    let asked = asked.map(|at| {
        text::hint(tr!("overview-asked", time = format::relative(desk.local(at), now))).dim().into()
    });
    let mut content = Column::new().spacing(spacing::M).push(top).push(panel::card(
        tr!("overview-accounts"),
        asked,
        accounts(data),
    ));
    if let Some(first) = data.accounts.first().filter(|_| !data.balance.is_empty()) {
        content = content.push(charts(data, &first.account.name));
    }
    panel::page(Column::new().spacing(spacing::M).push(title).push(panel::scroll(content)))
}

fn greeting(now: NaiveDateTime, desk: &Desk) -> String {
    // Hungarian names end with the given name, and both languages greet by it.
    let given = desk.user.as_ref().and_then(|user| user.name.split_whitespace().last()).map(str::to_owned);
    let hour = now.hour();
    let words = match hour {
        4..=9 => tr!("greeting-morning"),
        10..=17 => tr!("greeting-day"),
        _ => tr!("greeting-evening"),
    };
    match given {
        Some(name) => tr!("greeting-named", greeting = words, name = name),
        None => tr!("greeting-unnamed", greeting = words),
    }
}

fn waiting(data: &Data) -> Element<'_, Message> {
    if data.waiting.is_empty() {
        let order = button::secondary(tr!("nav-new-order"))
            .small()
            .shortcut("F2")
            .id("overview-new-order")
            .on_press(Message::NewOrder);
        let words = Column::new()
            .spacing(spacing::S)
            .align_x(Alignment::Center)
            .push(text::strong(tr!("overview-nothing-title")))
            .push(text::hint(tr!("overview-nothing-help")).dim())
            .push(order);
        return Container::new(words).center(Length::Fill).into();
    }
    let mut list = Column::new();
    for (index, line) in data.waiting.iter().enumerate() {
        let (tone, word) = match line.kind {
            WaitingKind::Sign => (Tone::Care, tr!("waiting-sign")),
            WaitingKind::Send => (Tone::Good, tr!("waiting-send")),
            WaitingKind::Uncertain => (Tone::Care, tr!("waiting-uncertain")),
            WaitingKind::Rejected => (Tone::Bad, tr!("waiting-rejected")),
        };
        let action =
            if line.kind == WaitingKind::Rejected { tr!("waiting-again") } else { tr!("waiting-look") };
        let name = Row::new()
            .spacing(spacing::S)
            .push(text::strong(line.name.as_str()).one_line())
            .push(text::body(details(line)).dim().one_line());
        let row = Row::new()
            .spacing(spacing::M)
            .align_y(Alignment::Center)
            .padding(spacing::LINE)
            .push(Container::new(pill::pill(tone, word)).width(Length::Fixed(WAITING_PILL)))
            .push(Container::new(name).width(Length::Fill).clip(true))
            .push(text::body(words::total(line.total)).one_line())
            .push(
                Container::new(button::secondary(action).small().on_press(Message::Open(index)))
                    .width(Length::Fixed(96.0))
                    .align_x(Alignment::End),
            );
        list = list.push(row).push(panel::rule());
    }
    list.into()
}

fn details(line: &Waiting) -> String {
    match &line.reason {
        // Two words; the whole reason and what to do stand beside the package.
        Some(reason) => client::texts::text(&format!("{reason}-short"), &[]),
        None => tr!("orders-count", count = line.count),
    }
}

fn deadlines<'a>(data: &Data, desk: &Desk) -> Element<'a, Message> {
    let now = data.deadlines.now;
    let when = |at: NaiveDateTime| {
        let day = match (at.date() - now.date()).num_days() {
            0 => tr!("today"),
            1 => tr!("tomorrow"),
            _ => format::weekday(at.date()),
        };
        value(format::time(at), text::hint(day).dim())
    };
    // In whole millions, as people say it.
    let limit = (data.deadlines.instant_limit.amount() / Decimal::from(1_000_000)).normalize();
    let limit = text::hint(tr!("deadline-up-to", millions = limit.to_string())).dim();
    let mut lines = vec![
        (tr!("deadline-viber"), when(data.deadlines.viber)),
        (tr!("deadline-cycle"), when(data.deadlines.cycle)),
        (tr!("deadline-instant"), value(tr!("deadline-always"), limit)),
    ];
    let certificate = desk.client.token_status().borrow().info().and_then(|info| info.signing.clone());
    if let Some(certificate) = certificate {
        let left = (certificate.not_after() - desk.client.now()).num_days();
        let date = format::date(desk.local(certificate.not_after()).date());
        let words = match left {
            ..0 => value(tr!("certificate-past"), text::hint(date).bad()),
            0..=EXPIRY_NOTICE => value(tr!("days", count = left), text::hint(date).care()),
            _ => text::body(date).into(),
        };
        lines.push((tr!("deadline-certificate"), words));
    }
    panel::key_values(lines)
}

fn value<'a>(strong: String, hint: text::Text<'a>) -> Element<'a, Message> {
    Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(text::strong(strong).one_line())
        .push(Container::new(hint.one_line()).width(Length::Fixed(88.0)))
        .into()
}

fn accounts(data: &Data) -> Element<'_, Message> {
    if data.accounts.is_empty() {
        return Container::new(text::body(tr!("accounts-none")).dim()).into();
    }
    let sum = |part: fn(&domain::Balance) -> Decimal| -> Decimal {
        let forints = data.accounts.iter().filter(|row| row.account.currency.code() == "HUF");
        forints.filter_map(|row| row.balance.as_ref()).map(part).sum()
    };
    let footer = [
        (0, Cell::strong(tr!("accounts-total"))),
        (2, Cell::strong(format::amount_of(sum(|b| b.booked.amount()), "HUF"))),
        (3, Cell::strong(format::amount_of(sum(|b| b.available.amount()), "HUF"))),
    ];
    table::table(
        [
            column(0, tr!("account")).fixed(205.0),
            column(1, tr!("account-number")).fill(3),
            column(2, tr!("balance-booked")).fill(2).right(),
            column(3, tr!("balance-available")).fill(2).right(),
        ],
        table::rows(data.accounts.len(), move |row, column| {
            let line = &data.accounts[row];
            match column {
                0 => Cell::strong(line.account.name.as_str()),
                1 => Cell::text(line.account.number.to_string()),
                2 => Cell::text(money(line.balance.as_ref().map(|b| b.booked))),
                _ => Cell::text(money(line.balance.as_ref().map(|b| b.available))),
            }
        }),
    )
    .id("overview-accounts")
    .flush()
    .fit()
    .footer(footer)
    .on_activate(|_| Message::Accounts)
    .into()
}

fn money(sum: Option<Money>) -> String {
    sum.map_or_else(|| tr!("unknown"), format::money)
}

fn charts<'a>(data: &'a Data, name: &'a str) -> Element<'a, Message> {
    let course = course(&data.balance, &data.planned);
    let currency = data.balance.last().map_or(Currency::HUF, |day| day.booked.currency());
    let lowest =
        course.lowest.filter(|(_, left)| data.balance.last().is_some_and(|b| *left < b.booked.amount()));
    let lowest = lowest.map(|(day, left)| {
        let words =
            tr!("chart-lowest", sum = format::amount_of(left, currency.code()), day = format::date(day));
        let words = text::hint(words).one_line();
        if left < Decimal::ZERO { words.bad().into() } else { words.dim().into() }
    });
    let weeks = data.flow.iter().rev().take(WEEKS).rev().map(|week| Week {
        name: format::short_date(week.monday),
        inflow: picture(week.credits.amount()),
        outflow: picture(week.debits.amount()),
    });
    Row::new()
        .spacing(spacing::M)
        .push(
            panel::card(
                tr!("chart-balance", account = name),
                lowest,
                chart::line(course.was, course.will, tr!("today"), PICTURE),
            )
            .width(Length::FillPortion(7)),
        )
        .push(
            panel::card(tr!("chart-flow"), Some(legend()), chart::bars(weeks.collect(), PICTURE))
                .width(Length::FillPortion(6)),
        )
        .into()
}

fn legend<'a>() -> Element<'a, Message> {
    text::hint(tr!("chart-flow-legend")).dim().one_line().into()
}
