//! How the place looks: the state and what is being done at the left, what is on the token at the right.

use std::path::Path;

use client::{TokenInfo, TokenKind};
use iced::{Alignment, Length};

use super::state::{Condition, State, state};
use super::{Manager, Message, Panel, Seen, details};
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, banner, button, panel, pill, spacing};
use crate::folders::shown;
use crate::tr;

/// Width of the panel at the right.
const DETAILS: f32 = 360.0;

pub(super) fn view<'a>(manager: &'a Manager, seen: Seen<'a>) -> Element<'a, Message> {
    let state = state(seen.token, seen.logged_in, seen.now);
    let info = seen.token.info();
    let mut reader = Row::new().spacing(spacing::M).align_y(Alignment::Center);
    if let Some(info) = info {
        reader = reader.push(text::body(shown(Path::new(&info.reader))).dim().one_line());
    }
    if matches!(manager.panel, Panel::State | Panel::Pin(_)) {
        reader = reader.push(
            button::secondary(tr!("token-choose")).small().id("token-choose").on_press(Message::StartChoose),
        );
    }
    let title = panel::title_line(tr!("nav-token"), None, Some(reader.into()));
    let mut body = Row::new().spacing(spacing::L).push(panel::panel(main(manager, seen, state)));
    if let Some(info) = info {
        body = body.push(panel::panel(details::view(info, seen.now)).width(Length::Fixed(DETAILS)));
    }
    panel::page(Column::new().spacing(spacing::M).push(title).push(panel::scroll(body)))
}

fn main<'a>(manager: &'a Manager, seen: Seen<'a>, state: State) -> Element<'a, Message> {
    let tries = seen.token.info().and_then(|info| info.tries_left);
    let (condition, mut column) = match &manager.panel {
        Panel::Choose(choose) => {
            let title = text::strong(tr!("choose-title"));
            return Column::new()
                .spacing(spacing::M)
                .push(title)
                .push(choose.view().map(Message::Choose))
                .into();
        }
        Panel::Renew(renew) => {
            let title = text::strong(tr!("renew-title"));
            return Column::new()
                .spacing(spacing::M)
                .push(title)
                .push(renew.view(tries).map(Message::Renew))
                .into();
        }
        Panel::Pin(pin) if !pin.is_first_use() => {
            let title = text::strong(tr!("pin-change-title"));
            return Column::new()
                .spacing(spacing::M)
                .push(title)
                .push(text::body(tr!("pin-change-help")).dim())
                .push(pin.view(tries).map(Message::Pin))
                .into();
        }
        _ => (state.condition, said(state)),
    };
    column = match &manager.panel {
        Panel::Unblock(unblock) => column.push(unblock.view().map(Message::Unblock)),
        Panel::Pin(pin) => column.push(pin.view(tries).map(Message::Pin)),
        _ => column
            .push(marked(seen.token.info()))
            .push(cut_off(manager))
            .push(actions(manager, condition, seen)),
    };
    column.into()
}

/// The state in words.
fn said<'a>(state: State) -> Column<'a, Message> {
    let line = Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(pill::pill(state.tone, state.word))
        .push(text::strong(state.title));
    let mut column = Column::new().spacing(spacing::M).push(line);
    if !state.help.is_empty() {
        column = column.push(text::body(state.help));
    }
    column
}

/// A software token is marked as such wherever it is met.
fn marked<'a>(info: Option<&TokenInfo>) -> Option<Element<'a, Message>> {
    let software = info.is_some_and(|info| info.kind == TokenKind::Software);
    software.then(|| banner::banner(Tone::Care, tr!("software-key"), tr!("software-key-help"), None))
}

/// A renewal that was cut off is told of until it has been finished.
fn cut_off<'a>(manager: &Manager) -> Option<Element<'a, Message>> {
    manager
        .unfinished
        .then(|| banner::banner(Tone::Care, tr!("renew-unfinished"), tr!("renew-unfinished-help"), None))
}

/// What can be done in this state: one main action at most.
fn actions<'a>(manager: &Manager, condition: Condition, seen: Seen<'a>) -> Option<Element<'a, Message>> {
    let log_in = || button::primary(tr!("login-open")).id("token-login").on_press(Message::LogIn);
    let change = || button::secondary(tr!("pin-change-open")).id("token-change").on_press(Message::ChangePin);
    let renewable = seen.token.info().is_some_and(|info| info.renewable);
    let wanted = manager.unfinished || (condition == Condition::Ending && renewable);
    let renew = || {
        let words = if manager.unfinished { tr!("renew-go-on") } else { tr!("renew-open") };
        button::primary(words).id("token-renew").on_press(Message::StartRenew)
    };
    let row = Row::new().spacing(spacing::M).align_y(Alignment::Center);
    let row = match condition {
        Condition::Blocked => {
            row.push(button::primary(tr!("unblock-open")).id("token-unblock").on_press(Message::StartUnblock))
        }
        Condition::Ready | Condition::Ending if wanted && seen.logged_in => row.push(renew()).push(change()),
        // The bank renews for who is logged in.
        Condition::Ready | Condition::Ending if wanted => {
            row.push(log_in()).push(change()).push(text::hint(tr!("renew-needs-login")).dim())
        }
        Condition::Ended => row.push(change()),
        Condition::Ready | Condition::Ending if seen.logged_in => row.push(change()),
        Condition::Ready | Condition::Ending => row.push(log_in()).push(change()),
        Condition::Absent | Condition::Useless | Condition::New => return None,
    };
    Some(row.into())
}
