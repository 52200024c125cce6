//! The token's place in its made-up states, in a frame like the program's: pictures, because what is pressed there
//! needs a token.

use client::{LockReason, Locked};
use domain::User;

use super::{Gallery, Message, Page};
use crate::design::modal::modal;
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Element, frame, nav, pill, segmented};
use crate::navigation::{Area, Place};
use crate::screen::login::{Asked, Login};
use crate::screen::token::samples::day;
use crate::screen::token::state;
use crate::tr;

pub(super) fn place(gallery: &Gallery) -> Element<'_, Message> {
    gallery.token.manager().draw(gallery.token.seen()).map(|_| Message::Still)
}

pub(super) fn view(gallery: &Gallery) -> Element<'_, Message> {
    let seen = gallery.token.seen();
    let token = state(seen.token, seen.logged_in, seen.now);
    let bank = if seen.logged_in {
        (Tone::Good, tr!("bank-state", bank = "K&H", state = tr!("bank-connected")))
    } else {
        (Tone::Neutral, tr!("bank-state", bank = "K&H", state = tr!("bank-logged-out")))
    };
    let top = frame::top_bar(
        tr!("product"),
        [
            pill::state_pill(bank.0, bank.1),
            pill::state_pill(token.tone, tr!("token-state", state = token.word)),
        ],
        segmented::segmented(
            [(Area::Banking, tr!("area-banking")), (Area::Administration, tr!("area-administration"))],
            Area::Administration,
            |_| Message::Still,
        ),
    );
    let sections = Area::Administration.sections().into_iter().map(|(title, places)| {
        nav::section(title, places.into_iter().map(|place| nav::item(place, place.label())))
    });
    let navigation = nav::nav(sections, Place::Token, |_| Message::Still);
    let status = frame::status_line(
        [text::hint(tr!("status-synced", time = "09:42:10")).dim().into()],
        [format!("{} {}", tr!("product"), env!("CARGO_PKG_VERSION"))]
            .map(|words| text::hint(words).dim().one_line().into()),
    );
    let window = frame::frame(top, navigation, place(gallery), status);
    let sheet = matches!(gallery.page, Page::Locked(_))
        .then(|| gallery.login.view(&Asked::made_up(seen.token, seen.now)).map(|_| Message::Still));
    modal(window, sheet, None)
}

/// The login after the token was pulled.
pub(super) fn locked() -> Login {
    let user = "10000001".parse().map(|id| User { id, name: "Kovács Anna".to_owned() });
    match user {
        Ok(user) => Login::after(&Locked { user, why: LockReason::Removed, at: day() }).0,
        Err(_) => Login::default(),
    }
}
