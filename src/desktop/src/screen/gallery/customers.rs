//! Three customers of two banks, made up: the choice, the overview over all of them, the banks' connections. Pictures of
//! states that the demo's banks are not in: one is logged out, an old one is put away, one cannot be removed.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use clap::ValueEnum;
use client::{
    AccountRow, ClientError, Connection, ConnectionLine, ConnectionState, Counts, CustomerOf, Deadlines,
    Overview, Waiting, WaitingKind,
};
use domain::{
    Account, Balance, ConnectionKey, Currency, Customer, CustomerKey, CustomerKind, Money, PackageId, User,
};
use uuid::Uuid;

use super::{Gallery, Message};
use crate::design::modal::modal;
use crate::design::pressable::{Look, pressable};
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Element, Row, frame, nav, pill, segmented, spacing};
use crate::house::{Bank, House};
use crate::navigation::{Area, Place};
use crate::screen::choice::{self, Choice};
use crate::screen::connections::Connections;
use crate::screen::everyone::{Everyone, OfCustomer};
use crate::tr;

/// A made-up state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum State {
    /// The sheet in which a customer is found.
    Choice,
    /// Some letters of a name are typed into it.
    ChoiceTyped,
    /// The overview over all of them.
    Everyone,
    /// The banks' connections.
    Connections,
    /// One of them cannot be removed.
    ConnectionsKept,
}

/// What is shown.
pub(super) struct Shown {
    house: House,
    choice: Choice,
    everyone: Everyone,
    connections: Connections,
}

fn bank(key: i64, name: &str, customers: usize, standing: Connection, state: ConnectionState) -> Bank {
    let last_sync = NaiveDate::from_ymd_opt(2026, 11, 23).and_then(|day| day.and_hms_opt(8, 42, 10));
    let last_sync = last_sync.map(|at| at.and_utc());
    let line = ConnectionLine {
        key: ConnectionKey(key),
        name: name.to_owned(),
        state,
        standing,
        last_sync,
        customers,
    };
    Bank { line, locked: None, handle: None }
}

fn customer(key: i64, bank: &Bank, id: &str, name: &str, company: Option<i64>) -> Option<CustomerOf> {
    Some(CustomerOf {
        key: CustomerKey(key),
        connection: bank.line.key,
        bank: bank.line.name.clone(),
        customer: Customer { id: id.parse().ok()?, name: name.to_owned(), kind: CustomerKind::Company },
        company,
    })
}

fn house() -> House {
    use ConnectionState::{Active, Archived};
    let anna = "10000001".parse().ok().map(|id| User { id, name: "Kovács Anna".to_owned() });
    let logged_in = anna.map_or(Connection::LoggedOut, |user| Connection::LoggedIn { user });
    let kh = bank(1, "K&H", 2, logged_in, Active);
    let kdb = bank(2, "KDB", 1, Connection::LoggedOut, Active);
    let customers = [
        customer(1, &kh, "20000001", "Minta Kereskedelmi Kft.", Some(1)),
        customer(2, &kh, "20000002", "Őrségi Faipari Zrt.", None),
        customer(3, &kdb, "30000001", "Minta Kereskedelmi Kft.", Some(1)),
    ];
    let old = bank(3, "Porsche Bank", 1, Connection::LoggedOut, Archived);
    House { banks: vec![kh, kdb, old], customers: customers.into_iter().flatten().collect() }
}

fn waiting(number: u128, kind: WaitingKind, name: &str, count: u32, total: i64) -> Waiting {
    let package = PackageId(Uuid::from_u128(number));
    let reason = (kind == WaitingKind::Rejected).then(|| "account-closed".to_owned());
    Waiting { kind, package, name: name.to_owned(), count, total: Money::huf(total), reason }
}

fn account(number: &str, available: i64, as_of: DateTime<Utc>) -> Option<AccountRow> {
    let (number, none) = (number.parse().ok()?, Money::huf(0));
    let balance = Balance {
        account: number,
        booked: Money::huf(available),
        available: Money::huf(available),
        blocked: none,
        pending_debits: none,
        pending_credits: none,
        credit_line: none,
        minimum: none,
        as_of,
    };
    let account = Account { number, name: "Forint fő számla".to_owned(), currency: Currency::HUF };
    Some(AccountRow { account, balance: Some(balance) })
}

fn overview(waiting: Vec<Waiting>, accounts: &[(&str, i64)], counts: Counts) -> Option<Overview> {
    let at = |hour, minute| -> Option<NaiveDateTime> {
        NaiveDate::from_ymd_opt(2026, 11, 23)?.and_hms_opt(hour, minute, 0)
    };
    let now = at(9, 42)?;
    Some(Overview {
        waiting,
        deadlines: Deadlines {
            cycle: at(10, 30)?,
            viber: at(16, 0)?,
            instant_limit: Money::huf(20_000_000),
            now,
            banking_day: true,
        },
        accounts: accounts.iter().filter_map(|(number, sum)| account(number, *sum, now.and_utc())).collect(),
        balance: Vec::new(),
        planned: Vec::new(),
        flow: Vec::new(),
        counts,
    })
}

fn gathered(house: &House) -> Arc<[OfCustomer]> {
    let overviews = [
        overview(
            vec![
                waiting(1, WaitingKind::Sign, "Novemberi szállítók", 34, 18_430_500),
                waiting(2, WaitingKind::Rejected, "Balatoni Szálloda Bt.", 1, 412_000),
            ],
            &[("10400023-53656565-85691020", 47_310_455)],
            Counts { to_sign: 1, unread: 2, ..Counts::default() },
        ),
        overview(
            vec![waiting(3, WaitingKind::Send, "Novemberi bérek", 112, 41_200_000)],
            &[("10400023-50526765-81561003", 9_804_120)],
            Counts { to_send: 1, ..Counts::default() },
        ),
        overview(
            vec![waiting(4, WaitingKind::Uncertain, "ÁFA október", 1, 3_216_000)],
            &[("11773016-11111018", 6_120_700)],
            Counts::default(),
        ),
    ];
    let all = house.customers.iter().zip(overviews).map(|(of, overview)| OfCustomer {
        of: of.clone(),
        overview: overview.ok_or_else(|| Arc::new(ClientError::NoCustomer)),
    });
    all.collect()
}

impl State {
    pub(super) fn shown(self) -> Shown {
        let house = house();
        let (mut choice, _) = Choice::new(Some(CustomerKey(1)), &house);
        if self == Self::ChoiceTyped {
            let _ = choice.update(choice::Message::Typed("minta kd".to_owned()), &house);
        }
        let everyone = Everyone::showing(gathered(&house));
        let at = if self == Self::ConnectionsKept { 1 } else { 0 };
        let connections = Connections::showing(at, self == Self::ConnectionsKept, &house);
        Shown { house, choice, everyone, connections }
    }
}

pub(super) fn place(gallery: &Gallery, state: State) -> Element<'_, Message> {
    let Shown { house, everyone, connections, .. } = &gallery.customers;
    match state {
        State::Choice | State::ChoiceTyped | State::Everyone => everyone.draw(house).map(|_| Message::Still),
        State::Connections | State::ConnectionsKept => {
            let place = connections.draw(house, &|_| format!("{} 08:42", tr!("today")));
            place.map(|_| Message::Still)
        }
    }
}

pub(super) fn view(gallery: &Gallery, state: State) -> Element<'_, Message> {
    let Shown { house, choice, connections, .. } = &gallery.customers;
    let (area, chosen, name) = match state {
        State::Everyone => (Area::Banking, Place::Everyone, tr!("nav-everyone")),
        State::Choice | State::ChoiceTyped => {
            (Area::Banking, Place::Everyone, "K&H · Minta Kereskedelmi Kft.".to_owned())
        }
        State::Connections | State::ConnectionsKept => {
            (Area::Administration, Place::Connections, "K&H · Minta Kereskedelmi Kft.".to_owned())
        }
    };
    let sheet = match state {
        State::Choice | State::ChoiceTyped => Some(choice.view(house).map(|_| Message::Still)),
        State::Connections | State::ConnectionsKept => {
            connections.sheet(house).map(|sheet| sheet.map(|_| Message::Still))
        }
        State::Everyone => None,
    };
    modal(around(area, chosen, name, place(gallery, state)), sheet, None)
}

/// The window around the place.
fn around<'a>(area: Area, chosen: Place, name: String, place: Element<'a, Message>) -> Element<'a, Message> {
    let choice = Row::new()
        .spacing(spacing::S)
        .align_y(iced::Alignment::Center)
        .push(text::strong(name).one_line())
        .push(text::hint("▾").dim());
    let choice = pressable(Look::Secondary, choice)
        .height(spacing::CONTROL - 4.0)
        .padding(iced::padding::horizontal(spacing::M))
        .on_press(Message::Still);
    let (tone, bank) = match chosen {
        Place::Everyone => (Tone::Neutral, tr!("everyone-banks", open = 1, count = 2)),
        _ => (Tone::Good, tr!("bank-state", bank = "K&H", state = tr!("bank-connected"))),
    };
    let top = frame::top_bar(
        tr!("product"),
        [
            choice.into(),
            pill::state_pill(tone, bank),
            pill::state_pill(Tone::Good, tr!("token-state", state = "Kovács Anna")),
        ],
        segmented::segmented(
            [(Area::Banking, tr!("area-banking")), (Area::Administration, tr!("area-administration"))],
            area,
            |_| Message::Still,
        ),
    );
    let mut first = (area == Area::Banking).then_some(Place::Everyone);
    let sections = area.sections().into_iter().map(|(title, places)| {
        let places = first.take().into_iter().chain(places);
        nav::section(title, places.map(|place| nav::item(place, place.label())).collect::<Vec<_>>())
    });
    let navigation = nav::nav(sections.collect::<Vec<_>>(), chosen, |_| Message::Still);
    let status = frame::status_line(
        [text::hint(tr!("status-synced", time = "09:42:10")).dim().into()],
        [format!("{} {}", tr!("product"), env!("CARGO_PKG_VERSION"))]
            .map(|words| text::hint(words).dim().one_line().into()),
    );
    frame::frame(top, navigation, place, status)
}
