//! What stands around every place: top bar, navigation, status line.

use client::{Connection, ConnectionState, Counts, TokenKind};
use iced::{Alignment, Length, padding};

use super::{Message, Window};
use crate::design::pressable::{Look, pressable};
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{
    Container, Element, Row, button, empty, frame, menu, nav, panel, pill, segmented, spacing, tooltip,
};
use crate::format;
use crate::house::called;
use crate::navigation::{Area, Place};
use crate::screen::token::{self, Condition};
use crate::texts::{Language, language};
use crate::tr;

pub(super) fn bar(window: &Window) -> Element<'_, Message> {
    let mut states = Vec::new();
    if window.facts.house.has_choice() {
        states.push(choice(window));
    }
    states.push(if window.place == Place::Everyone { banks(window) } else { bank(window) });
    states.push(token_state(window));
    let areas = segmented::segmented(
        [(Area::Banking, tr!("area-banking")), (Area::Administration, tr!("area-administration"))],
        window.place.area(),
        Message::Area,
    );
    let user = window.connection.user().map(|user| {
        Element::from(
            menu::menu(user.name.as_str(), [tr!("log-out").as_str()], |_| Message::LogOut).id("user"),
        )
    });
    let right = Row::new().spacing(spacing::M).align_y(Alignment::Center).push(user).push(areas);
    frame::top_bar(tr!("product"), states, right.into())
}

fn state<'a>(
    tone: Tone,
    words: String,
    id: &'static str,
    help: String,
    press: Message,
) -> Element<'a, Message> {
    let pill = pressable(Look::Bare, pill::state_pill(tone, words)).id(id).on_press(press);
    tooltip::tooltip(pill, help)
}

/// Whose data is shown, and the way to others.
fn choice(window: &Window) -> Element<'_, Message> {
    let house = &window.facts.house;
    let shown = window.desk.client.shown_customer().and_then(|key| house.customer(key));
    let name = match (window.place, shown) {
        (Place::Everyone, _) => tr!("nav-everyone"),
        (_, Some(one)) => called(one),
        (_, None) => {
            let bank = window.desk.client.own_connection().and_then(|key| house.bank(key));
            bank.map_or_else(|| tr!("choice-title"), |bank| bank.line.name.clone())
        }
    };
    let content = Row::new()
        .spacing(spacing::S)
        .align_y(Alignment::Center)
        .push(Container::new(text::strong(name).one_line()).max_width(280.0).clip(true))
        .push(text::hint("▾").dim());
    let choice = pressable(Look::Secondary, content)
        .id("customer")
        .height(Length::Fixed(spacing::CONTROL - 4.0))
        .padding(padding::horizontal(spacing::M))
        .on_press(Message::Choose);
    tooltip::tooltip(choice, tr!("choice-help"))
}

/// How many banks are connected, where all customers are shown.
fn banks(window: &Window) -> Element<'_, Message> {
    let banks: Vec<_> = window.facts.house.shown().collect();
    let open = banks.iter().filter(|bank| bank.is_open()).count();
    let tone = if open == banks.len() { Tone::Good } else { Tone::Neutral };
    let words = tr!("everyone-banks", open = open, count = banks.len());
    state(tone, words, "bank", tr!("everyone-banks-help"), Message::Sync)
}

fn bank(window: &Window) -> Element<'_, Message> {
    let own = window.desk.client.own_connection().and_then(|key| window.facts.house.bank(key));
    let name = window.desk.rules.as_ref().map_or_else(|| tr!("bank"), |rules| rules.profile.name.clone());
    let (tone, word, help) = match &window.connection {
        _ if own.is_some_and(|bank| bank.line.state != ConnectionState::Active) => {
            (Tone::Neutral, tr!("bank-paused"), tr!("bank-paused-help"))
        }
        Connection::LoggedOut if own.is_some_and(|bank| bank.locked.is_some()) => {
            (Tone::Care, tr!("bank-locked"), tr!("bank-locked-help"))
        }
        Connection::NoBank => (Tone::Care, tr!("bank-none"), tr!("bank-none-help")),
        Connection::LoggedOut => (Tone::Neutral, tr!("bank-logged-out"), tr!("bank-logged-out-help")),
        Connection::LoggedIn { .. } => (Tone::Good, tr!("bank-connected"), tr!("bank-connected-help")),
        Connection::Interrupted { .. } => (Tone::Care, tr!("bank-interrupted"), tr!("bank-interrupted-help")),
    };
    let words = match window.connection {
        // Where there is a choice, it stands beside this and names the bank.
        _ if window.facts.house.has_choice() => word,
        Connection::NoBank => word,
        _ => tr!("bank-state", bank = name, state = word),
    };
    state(tone, words, "bank", help, Message::Bank)
}

fn token_state(window: &Window) -> Element<'_, Message> {
    let now = window.desk.client.now();
    let state_of = token::state(&window.desk.token, window.connection.user().is_some(), now);
    let software = window.desk.token.info().is_some_and(|info| info.kind == TokenKind::Software);
    let words = if software {
        tr!("software-key-state", state = state_of.word)
    } else {
        tr!("token-state", state = state_of.word)
    };
    state(state_of.tone, words, "token", state_of.title, Message::Open(Place::Token))
}

/// What stands in a place's room while the bank lets nobody look at data without a login. What was typed is kept.
pub(super) fn closed<'a>() -> Element<'a, Message> {
    let log_in = button::primary(tr!("login-open")).id("closed-login").on_press(Message::Bank);
    panel::page(empty::empty(tr!("closed-title"), tr!("closed-help"), Some(log_in.into())))
}

/// What waits at the customer; where all are shown, the numbers of one would be taken for those of all.
fn counts(window: &Window) -> Counts {
    if window.place == Place::Everyone { Counts::default() } else { window.facts.counts }
}

/// The navigation of the area.
pub(super) fn navigation(window: &Window) -> Element<'_, Message> {
    let counts = counts(window);
    let condition = token::state(&window.desk.token, false, window.desk.client.now()).condition;
    let alert = !matches!(condition, Condition::Absent | Condition::Ready);
    let everyone = window.facts.house.is_shared() && window.place.area() == Area::Banking;
    let offered = window.desk.client.capabilities();
    let sections = window.place.area().sections().into_iter().enumerate().map(|(at, (title, places))| {
        let first = (everyone && at == 0).then_some(Place::Everyone);
        nav::section(
            title,
            first.into_iter().chain(places).filter(|place| place.is_offered(&offered)).map(|place| {
                let item = nav::item(place, place.label());
                match place {
                    Place::Prepared => item.count(counts.prepared as usize),
                    Place::Shared => item.count(counts.shared as usize),
                    Place::Sent if counts.unknown > 0 => item.alert(true),
                    Place::Sent => item.count(counts.at_bank as usize),
                    Place::Messages => item.count(counts.unread as usize),
                    Place::Token => item.alert(alert),
                    _ => item,
                }
            }),
        )
    });
    nav::nav(sections, window.place, Message::Open)
}

/// The line at the bottom.
pub(super) fn status(window: &Window) -> Element<'_, Message> {
    let mut left: Vec<Element<'_, Message>> = Vec::new();
    let synced = match window.facts.last_sync {
        Some(at) => {
            let (at, now) = (window.desk.local(at), window.desk.now());
            tr!("status-synced", time = format::relative(at, now))
        }
        None => tr!("status-never-synced"),
    };
    left.push(text::hint(synced).dim().one_line().into());
    if window.sync.is_some() || window.fetching > 0 {
        left.push(text::hint(tr!("status-syncing")).one_line().into());
    }
    if window.sync.is_some() {
        left.push(button::link(tr!("cancel")).id("cancel-sync").on_press(Message::CancelSync).into());
    }
    let counts = counts(window);
    let mut right: Vec<Element<'_, Message>> = Vec::new();
    let waiting = [
        (counts.unknown, tr!("status-unknown", count = counts.unknown)),
        (counts.to_sign, tr!("status-to-sign", count = counts.to_sign)),
        (counts.to_send, tr!("status-to-send", count = counts.to_send)),
    ];
    for (_, words) in waiting.into_iter().filter(|(count, _)| *count > 0) {
        right.push(text::hint(words).dim().one_line().into());
    }
    right.push(languages());
    right.push(
        text::hint(format!("{} {}", tr!("product"), env!("CARGO_PKG_VERSION"))).dim().one_line().into(),
    );
    frame::status_line(left, right)
}

fn languages<'a>() -> Element<'a, Message> {
    let mut row = Row::new().spacing(spacing::S).align_y(Alignment::Center);
    for (one, id) in [(Language::Hu, "language-hu"), (Language::En, "language-en")] {
        let code = one.code().to_uppercase();
        row = if one == language() {
            row.push(text::header(code).one_line())
        } else {
            row.push(button::link(code).id(id).on_press(Message::Language(one)))
        };
    }
    row.into()
}
