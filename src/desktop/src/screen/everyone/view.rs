//! How the place looks: what waits beside the deadlines, and below them every customer with balances and counts.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use client::{Connection, ConnectionState, Deadlines, Overview, WaitingKind};
use domain::{ConnectionKey, Currency, Money};
use iced::{Alignment, Length};

use super::gather::{self, FOUND, Finds, Found, Hidden, OfCustomer, Waits};
use super::{Everyone, LIST, Message, SEARCH};
use crate::design::table::{self, Cell, RowHeight, column};
use crate::design::text::{self, Inked};
use crate::design::theme::{Ink, Tone};
use crate::design::{Column, Container, Element, Row, banner, button, empty, field, panel, pill, spacing};
use crate::house::{Bank, House, called};
use crate::screen::packages::words;
use crate::texts::explain;
use crate::{format, tr};

/// Waiting lines that are shown; the counts below tell of the others.
const WAITING: usize = 8;
/// Room of the pill of a waiting line: the longest word of both languages.
const WAITING_PILL: f32 = 144.0;
/// Room of a state's pill: the longest word of both languages.
const STATE_WIDTH: f32 = 196.0;
/// Waiting lines that are lower than the deadlines of one bank.
const LINES_OF_A_BANK: usize = 1;

impl Everyone {
    pub(in crate::screen) fn draw<'a>(&'a self, house: &'a House) -> Element<'a, Message> {
        let search =
            field::search(tr!("everyone-search"), self.search.text()).id(SEARCH).on_input(Message::Search);
        let title = panel::title_line(tr!("nav-everyone"), Some(search.into()), None);
        let content = match (&self.all, self.search.is_blank()) {
            (None, _) => empty::empty("", tr!("loading"), None),
            (Some(_), false) => self.finds(house),
            (Some(all), true) => self.overview(all, house),
        };
        panel::page(Column::new().spacing(spacing::M).push(title).push(content))
    }

    fn overview<'a>(&'a self, all: &'a [OfCustomer], house: &'a House) -> Element<'a, Message> {
        let waiting = panel::card(tr!("overview-waiting"), None, self.waiting(all, house));
        let deadlines = panel::card(tr!("overview-deadlines"), None, deadlines(all, house));
        // The higher of the two gives the height, the other one fills it.
        let banks = deadlines_of(all, house).len();
        let (left, right) = if self.waiting.len() > banks * LINES_OF_A_BANK {
            (Length::Shrink, Length::Fill)
        } else {
            (Length::Fill, Length::Shrink)
        };
        let top = Row::new()
            .spacing(spacing::M)
            .push(waiting.height(left))
            .push(deadlines.width(spacing::SIDE_PANEL).height(right));
        let customers = panel::card(tr!("everyone-customers"), log_ins(house), self.customers(all, house));
        let content = Column::new()
            .spacing(spacing::M)
            .push(failures(all, house))
            .push(top)
            .push(customers)
            .push(companies(all, house));
        panel::scroll(content)
    }

    fn waiting(&self, all: &[OfCustomer], house: &House) -> Element<'_, Message> {
        let lines = self.waiting.iter().enumerate().filter(|(_, waits)| house.may_view(waits.bank));
        let lines: Vec<_> = lines.take(WAITING).collect();
        if lines.is_empty() {
            let words = Column::new()
                .spacing(spacing::XS)
                .align_x(Alignment::Center)
                .push(text::strong(tr!("overview-nothing-title")))
                .push(text::hint(tr!("everyone-nothing-help")).dim());
            return Container::new(words).center_x(Length::Fill).padding(spacing::L).into();
        }
        let seen = all.iter().filter_map(|one| one.seen(house).ok());
        let more = seen.map(gather::count).sum::<usize>().saturating_sub(lines.len());
        let mut list = Column::new();
        for (at, waits) in lines {
            list = list.push(waiting_line(at, waits)).push(panel::rule());
        }
        let more = (more > 0).then(|| text::hint(tr!("everyone-more", count = more)).dim());
        Column::new().spacing(spacing::S).push(list).push(more).into()
    }

    fn customers<'a>(&'a self, all: &'a [OfCustomer], house: &'a House) -> Element<'a, Message> {
        let rows = table::rows(all.len(), move |row, column| {
            let Some(one) = all.get(row) else { return Cell::empty() };
            cell(one, column, house)
        });
        let columns = [
            column(NAME, tr!("everyone-customer")).fill(3),
            column(STATE, tr!("everyone-state")).fixed(STATE_WIDTH),
            column(BALANCE, tr!("everyone-balance")).fill(3).right(),
            column(TO_SIGN, tr!("everyone-to-sign")).fixed(88.0).right(),
            column(TO_SEND, tr!("everyone-to-send")).fixed(88.0).right(),
            column(UNREAD, tr!("everyone-unread")).fixed(88.0).right(),
        ];
        table::table(columns, rows)
            .id(LIST)
            .row_height(RowHeight::Tall)
            .fit()
            .selection(&self.selection)
            .single()
            .on_pick(Message::Picked)
            .on_activate(Message::Show)
            .into()
    }

    fn finds<'a>(&'a self, house: &'a House) -> Element<'a, Message> {
        let Some(found) = &self.found else { return empty::empty("", tr!("loading"), None) };
        let missed = missed(found);
        let list: Element<'a, Message> = if found.rows.is_empty() {
            let (title, help) = if found.failed.is_empty() {
                (tr!("everyone-not-found"), tr!("everyone-not-found-help"))
            } else {
                (tr!("everyone-not-found-there"), tr!("everyone-not-found-help"))
            };
            empty::empty(title, help, None)
        } else {
            panel::bare_panel(self.found_list(&found.rows, house)).height(Length::Fill).into()
        };
        Column::new().spacing(spacing::M).push(missed).push(list).into()
    }

    fn found_list<'a>(&'a self, found: &'a [Found], house: &'a House) -> Element<'a, Message> {
        let rows = table::rows(found.len(), move |row, column| {
            let Some(one) = found.get(row) else { return Cell::empty() };
            match column {
                NAME if !house.may_view(one.bank) => {
                    Cell::hint(tr!("everyone-login-needed")).below(Cell::hint(one.whose.as_str()))
                }
                _ if !house.may_view(one.bank) => Cell::empty(),
                NAME => {
                    Cell::strong(one.package.header.name.to_string()).below(Cell::hint(one.whose.as_str()))
                }
                STATE => {
                    let (tone, word) = words::state_pill(one.package.state);
                    Cell::pill(tone, word)
                }
                _ => Cell::text(words::total(one.package.total))
                    .below(Cell::hint(words::items(one.package.count))),
            }
        });
        let columns = [
            column(NAME, tr!("everyone-package")).fill(1),
            column(STATE, tr!("everyone-state")).fixed(STATE_WIDTH),
            column(BALANCE, tr!("order-amount")).fixed(170.0).right(),
        ];
        table::table(columns, rows)
            .id("everyone-found")
            .row_height(RowHeight::Tall)
            .selection(&self.chosen)
            .single()
            .on_pick(Message::PickedFound)
            .on_activate(Message::OpenFound)
            .into()
    }
}

/// What a search may have missed: customers who could not be searched, or of whom there is more than is shown.
fn missed<'a>(found: &Finds) -> Option<Element<'a, Message>> {
    if found.failed.is_empty() && found.cut.is_empty() {
        return None;
    }
    let mut column = Column::new().spacing(spacing::S);
    for (whose, error) in &found.failed {
        let title = tr!("everyone-not-searched", whose = whose.as_str());
        column = column.push(banner::banner(Tone::Care, title, explain(&**error), None));
    }
    let cut = (!found.cut.is_empty()).then(|| {
        let whose = found.cut.join(", ");
        text::hint(tr!("everyone-cut", count = i64::from(FOUND), whose = whose)).dim()
    });
    Some(column.push(cut).into())
}

const NAME: usize = 0;
const STATE: usize = 1;
const BALANCE: usize = 2;
const TO_SIGN: usize = 3;
const TO_SEND: usize = 4;
const UNREAD: usize = 5;

fn cell<'a>(one: &'a OfCustomer, column: usize, house: &House) -> Cell<'a> {
    match (column, one.seen(house)) {
        (NAME, _) => Cell::strong(one.of.customer.name.as_str()).below(Cell::hint(one.of.bank.as_str())),
        (STATE, _) => match house.bank(one.of.connection) {
            Some(bank) => {
                let (tone, word) = bank.standing();
                Cell::pill(tone, word)
            }
            None => Cell::empty(),
        },
        (BALANCE, Ok(overview)) => balance(overview),
        (BALANCE, Err(why)) => Cell::hint(hidden(why)),
        (TO_SIGN, Ok(overview)) => count(overview.counts.to_sign, Ink::Care),
        (TO_SEND, Ok(overview)) => count(overview.counts.to_send, Ink::Good),
        (UNREAD, Ok(overview)) => count(overview.counts.unread, Ink::Accent),
        _ => Cell::empty(),
    }
}

/// A count that wants a look; nothing where there is nothing.
fn count<'a>(count: u32, ink: Ink) -> Cell<'a> {
    if count == 0 { Cell::dim("–") } else { Cell::ink(format::count(count as usize), ink) }
}

/// Why nothing of a customer is shown.
fn hidden(why: Hidden<'_>) -> String {
    match why {
        Hidden::Closed => tr!("everyone-login-needed"),
        Hidden::NotYet => tr!("everyone-no-data"),
        Hidden::Failed(_) => tr!("everyone-unreadable"),
    }
}

/// What went wrong with reading a customer, for each of whom it did.
fn failures<'a>(all: &[OfCustomer], house: &House) -> Option<Element<'a, Message>> {
    let mut column = Column::new().spacing(spacing::S);
    let mut any = false;
    for one in all {
        if let Err(Hidden::Failed(error)) = one.seen(house) {
            let title = tr!("everyone-not-read", whose = called(&one.of));
            column = column.push(banner::banner(Tone::Care, title, explain(error), None));
            any = true;
        }
    }
    any.then(|| column.into())
}

/// What is available on all accounts of a customer: the forints, below them other currencies in one line, and how many
/// accounts are not in it.
fn balance<'a>(overview: &Overview) -> Cell<'a> {
    let missing = overview.accounts.iter().filter(|row| row.balance.is_none()).count();
    if missing > 0 && missing == overview.accounts.len() {
        return Cell::hint(tr!("everyone-no-data"));
    }
    let (forints, others): (Vec<Money>, Vec<Money>) =
        available(overview).partition(|sum| sum.currency() == Currency::HUF);
    let (first, others) = if forints.is_empty() { (others, Vec::new()) } else { (forints, others) };
    let others = words::sums(others);
    let without = (missing > 0).then(|| tr!("everyone-without", count = missing));
    let below: Vec<String> =
        [Some(others), without].into_iter().flatten().filter(|text| !text.is_empty()).collect();
    let sum = Cell::text(words::sums_or_zero(first));
    if below.is_empty() { sum } else { sum.below(Cell::hint(below.join(" · "))) }
}

fn available(overview: &Overview) -> impl Iterator<Item = Money> {
    overview.accounts.iter().filter_map(|row| row.balance.as_ref()).map(|balance| balance.available)
}

fn waiting_line<'a>(at: usize, waits: &'a Waits) -> Element<'a, Message> {
    let (tone, word) = match waits.line.kind {
        WaitingKind::Sign => (Tone::Care, tr!("waiting-sign")),
        WaitingKind::Send => (Tone::Good, tr!("waiting-send")),
        WaitingKind::Uncertain => (Tone::Care, tr!("waiting-uncertain")),
        WaitingKind::Rejected => (Tone::Bad, tr!("waiting-rejected")),
    };
    let name = Column::new()
        .push(text::strong(waits.line.name.as_str()).one_line())
        .push(text::hint(waits.whose.as_str()).dim().one_line());
    let look = button::secondary(tr!("waiting-look")).small().on_press(Message::Open(at));
    Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .padding(spacing::LINE)
        .push(Container::new(pill::pill(tone, word)).width(Length::Fixed(WAITING_PILL)))
        .push(Container::new(name).width(Length::Fill).clip(true))
        .push(text::body(words::total(waits.line.total)).one_line())
        .push(Container::new(look).width(Length::Fixed(96.0)).align_x(Alignment::End))
        .into()
}

/// The way to the login of each bank that is in use and at which nobody is logged in.
fn log_ins<'a>(house: &House) -> Option<Element<'a, Message>> {
    let closed = |bank: &&Bank| {
        bank.line.state == ConnectionState::Active && bank.line.standing == Connection::LoggedOut
    };
    let closed: Vec<&Bank> = house.banks.iter().filter(closed).collect();
    if closed.is_empty() {
        return None;
    }
    let mut row = Row::new().spacing(spacing::M);
    for bank in closed {
        let label = tr!("everyone-log-in", bank = bank.line.name.as_str());
        row = row.push(button::link(label).on_press(Message::LogIn(bank.line.key)));
    }
    Some(row.into())
}

/// The deadlines that are known, by bank.
fn deadlines_of<'a>(
    all: &'a [OfCustomer],
    house: &House,
) -> BTreeMap<ConnectionKey, (&'a str, &'a Deadlines)> {
    let mut banks = BTreeMap::new();
    for one in all {
        if let Ok(overview) = one.seen(house) {
            let _ = banks.entry(one.of.connection).or_insert((one.of.bank.as_str(), &overview.deadlines));
        }
    }
    banks
}

/// The next deadlines of each bank that is known.
fn deadlines<'a>(all: &'a [OfCustomer], house: &House) -> Element<'a, Message> {
    let mut list = Column::new().spacing(spacing::S);
    for (bank, next) in deadlines_of(all, house).into_values() {
        let lines = [(tr!("deadline-viber"), next.viber), (tr!("deadline-cycle"), next.cycle)];
        let lines = lines.map(|(label, at)| (label, when(at, next.now)));
        list = list.push(text::header(bank).dim().one_line()).push(panel::key_values(lines));
    }
    list.into()
}

fn when<'a>(at: NaiveDateTime, now: NaiveDateTime) -> Element<'a, Message> {
    text::strong(words::moment(at, now)).one_line().into()
}

/// Customers that are one company at several banks, added up; nothing where none are.
fn companies<'a>(all: &'a [OfCustomer], house: &House) -> Option<Element<'a, Message>> {
    let mut marked: BTreeMap<i64, Vec<&OfCustomer>> = BTreeMap::new();
    for one in all {
        if let Some(mark) = house.customer(one.of.key).and_then(|of| of.company) {
            marked.entry(mark).or_default().push(one);
        }
    }
    let lines: Vec<_> = marked
        .into_values()
        .filter(|of| of.len() > 1)
        .map(|of| {
            let name = of.first().map(|one| one.of.customer.name.clone()).unwrap_or_default();
            let banks: Vec<&str> = of.iter().map(|one| one.of.bank.as_str()).collect();
            let words = tr!("everyone-company", name = name, banks = banks.join(" + "));
            (words, total(&of, house))
        })
        .collect();
    (!lines.is_empty()).then(|| panel::card(tr!("everyone-companies"), None, panel::key_values(lines)).into())
}

/// What is available to a company at all its banks; what is not known of one of them is named, never left out silently.
fn total<'a>(of: &[&OfCustomer], house: &House) -> Element<'a, Message> {
    let is_whole = |one: &OfCustomer| {
        one.seen(house).is_ok_and(|overview| overview.accounts.iter().all(|row| row.balance.is_some()))
    };
    let seen = of.iter().filter_map(|one| one.seen(house).ok());
    let known: Vec<Money> = seen.flat_map(available).collect();
    let missing: Vec<&str> = of.iter().filter(|one| !is_whole(one)).map(|one| one.of.bank.as_str()).collect();
    let sum = (!known.is_empty()).then(|| text::strong(words::sums_or_zero(known)).one_line());
    let missing = (!missing.is_empty())
        .then(|| text::hint(tr!("everyone-company-without", banks = missing.join(", "))).care().one_line());
    Row::new().spacing(spacing::M).align_y(Alignment::Center).push(missing).push(sum).into()
}
