//! A new version of the program in made-up states, above the settings: the demo's bank has none.

use super::{Gallery, Message};
use crate::design::modal::modal;
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Column, Element, frame, nav, panel, pill, segmented, spacing};
use crate::desk::Program;
use crate::navigation::{Area, Place};
use crate::screen::settings::program_card;
use crate::screen::token::samples::day;
use crate::screen::update::notice;
use crate::screen::update::samples::Sample;
use crate::tr;

pub(super) fn place<'a>(sample: Sample) -> Element<'a, Message> {
    let program = Program { state: Some(sample.state()), checked: Some(day()), checking: false };
    let card = program_card(&program, |_| "09:42:10".to_owned()).map(|_| Message::Still);
    let title = panel::title_line(tr!("nav-settings"), None, None);
    panel::page(Column::new().spacing(spacing::M).push(title).push(card))
}

pub(super) fn view(gallery: &Gallery, sample: Sample) -> Element<'_, Message> {
    let old = sample.state().is_too_old();
    let bank = if old { tr!("bank-logged-out") } else { tr!("bank-connected") };
    let tone = if old { Tone::Neutral } else { Tone::Good };
    let top = frame::top_bar(
        tr!("product"),
        [pill::state_pill(tone, tr!("bank-state", bank = "K&H", state = bank))],
        segmented::segmented(
            [(Area::Banking, tr!("area-banking")), (Area::Administration, tr!("area-administration"))],
            Area::Administration,
            |_| Message::Still,
        ),
    );
    let sections = Area::Administration.sections().into_iter().map(|(title, places)| {
        nav::section(title, places.into_iter().map(|place| nav::item(place, place.label())))
    });
    let navigation = nav::nav(sections, Place::Settings, |_| Message::Still);
    let status = frame::status_line(
        [text::hint(tr!("status-synced", time = "09:42:10")).dim().into()],
        [format!("{} {}", tr!("product"), env!("CARGO_PKG_VERSION"))]
            .map(|words| text::hint(words).dim().one_line().into()),
    );
    let notice = notice(&sample.state(), None).map(|notice| notice.map(|_| Message::Still));
    let window = frame::frame(top, navigation, frame::below_notice(notice, place(sample)), status);
    let sheet = gallery.update.as_ref().map(|sheet| sheet.view().map(|_| Message::Still));
    modal(window, sheet, None)
}
