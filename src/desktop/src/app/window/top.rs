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
    let user = user(window).map(|(name, out)| {
        Element::from(menu::menu(name.as_str(), [out.as_str()], |_| Message::LogOut).id("user"))
    });
    let right = Row::new().spacing(spacing::M).align_y(Alignment::Center).push(user).push(areas);
    frame::top_bar(tr!("product"), states, right.into())
}

/// Who is logged in, and what the one action of the menu under the name says: whom it logs out where there are several.
fn user(window: &Window) -> Option<(String, String)> {
    let open = window.open_banks();
    let of_all = open.iter().find_map(|bank| bank.line.standing.user());
    let user = window.connection.user().or(of_all.filter(|_| window.place == Place::Everyone))?;
    let house = &window.facts.house;
    let out = match open[..] {
        [bank] => house.which_bank(bank.line.key).map(|name| tr!("log-out-of", bank = name)),
        [] => None,
        _ => Some(tr!("log-out-of-all")),
    };
    Some((user.name.clone(), out.unwrap_or_else(|| tr!("log-out"))))
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
    let (tone, word) = match (own, &window.connection) {
        (None, _) | (_, Connection::NoBank) => (Tone::Care, tr!("bank-none")),
        (Some(bank), session) => bank.standing_by(session),
    };
    let help = match &window.connection {
        _ if own.is_some_and(|bank| bank.line.state != ConnectionState::Active) => tr!("bank-paused-help"),
        Connection::LoggedOut if own.is_some_and(|bank| bank.locked.is_some()) => tr!("bank-locked-help"),
        Connection::NoBank => tr!("bank-none-help"),
        Connection::LoggedOut => tr!("bank-logged-out-help"),
        Connection::LoggedIn { .. } => tr!("bank-connected-help"),
        Connection::Interrupted { .. } => tr!("bank-interrupted-help"),
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
                let item = match key_of(place, window.facts.house.is_shared()) {
                    Some(key) => item.key(key),
                    None => item,
                };
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

/// The key that leads to a place of the navigation: where there are several customers Ctrl and a digit are theirs.
fn key_of(place: Place, is_shared: bool) -> Option<String> {
    if place == Place::Everyone {
        return Some("Ctrl+0".to_owned());
    }
    let number = place.area().number(place).filter(|number| *number <= 9)?;
    Some(if is_shared { format!("Ctrl+Shift+{number}") } else { format!("Ctrl+{number}") })
}

/// The line at the bottom.
pub(super) fn status(window: &Window) -> Element<'_, Message> {
    let mut left: Vec<Element<'_, Message>> = Vec::new();
    let synced = if window.place == Place::Everyone { synced_of_all(window) } else { synced(window) };
    left.push(text::hint(synced).dim().one_line().into());
    if window.is_changing() {
        left.push(text::hint(tr!("status-changing")).one_line().into());
    }
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
    right.push(button::link(tr!("help-link")).id("help").tooltip("F1").on_press(Message::Help(true)).into());
    right.push(languages());
    right.push(
        text::hint(format!("{} {}", tr!("product"), env!("CARGO_PKG_VERSION"))).dim().one_line().into(),
    );
    frame::status_line(left, right)
}

/// When the customer's data was brought last.
fn synced(window: &Window) -> String {
    let at = window.facts.last_sync.map(|at| window.desk.relative(at));
    at.map_or_else(|| tr!("status-never-synced"), |time| tr!("status-synced", time = time))
}

/// The bank whose data is the oldest, where all customers are shown.
fn synced_of_all(window: &Window) -> String {
    // A bank whose data was never brought is older than any.
    let oldest = window.facts.house.shown().min_by_key(|bank| bank.line.last_sync);
    let Some(bank) = oldest else { return tr!("status-never-synced") };
    let name = bank.line.name.as_str();
    match bank.line.last_sync {
        Some(at) => tr!("status-oldest", bank = name, time = window.desk.relative(at)),
        None => tr!("status-never-synced-there", bank = name),
    }
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
