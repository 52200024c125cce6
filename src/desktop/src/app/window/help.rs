//! The keys of the open place, on a sheet that F1 opens.

use iced::Length;

use super::Message;
use crate::design::text::{self, Inked};
use crate::design::{Column, Element, Row, button, panel, spacing};
use crate::navigation::Place;
use crate::tr;

/// Widths of the sheet's two columns, and of the keys in each.
const WIDTH: f32 = 352.0;
const KEYS: f32 = 132.0;
/// Height beyond which the sheet's content is scrolled.
const HEIGHT: f32 = 300.0;

/// A key, as people say it, and what it does.
type Line = (String, String);

/// The sheet, of the place that was open.
pub(super) struct Help {
    place: Place,
    /// Whether Ctrl and a digit are the customers'.
    is_shared: bool,
    /// Whether there is a customer to choose.
    has_choice: bool,
}

impl Help {
    pub(super) fn new(place: Place, is_shared: bool, has_choice: bool) -> Self {
        Self { place, is_shared, has_choice }
    }

    pub(super) fn view(&self) -> Element<'_, Message> {
        let (here, lists) = (of_place(self.place), lists(self.place));
        let left = Column::new()
            .spacing(spacing::M)
            .push((!here.is_empty()).then(|| group(self.place.label(), here)))
            .push((!lists.is_empty()).then(|| group(tr!("help-lists"), lists)));
        let columns = Row::new().spacing(spacing::XL).push(left.width(Length::Fixed(WIDTH))).push(
            Column::new().push(group(tr!("help-everywhere"), self.everywhere())).width(Length::Fixed(WIDTH)),
        );
        let close =
            button::secondary(tr!("close")).id("help-close").shortcut("Esc").on_press(Message::Help(false));
        Column::new()
            .spacing(spacing::L)
            .width(Length::Fixed(2.0 * WIDTH + spacing::XL))
            .push(text::page_title(tr!("help-title")))
            .push(iced::widget::container(panel::scroll(columns)).height(Length::Fixed(HEIGHT)))
            .push(close)
            .into()
    }

    fn everywhere(&self) -> Vec<Line> {
        let mut lines = vec![line("F1", tr!("help-help"))];
        // There F2 begins an order of that place.
        if self.place != Place::AdminOrders {
            lines.push(line("F2", tr!("help-new-order")));
        }
        lines.extend([line("Ctrl+I", tr!("help-import")), line("F5", tr!("help-sync"))]);
        if self.has_choice {
            lines.push(line("Ctrl+U", tr!("help-choose")));
        }
        if self.is_shared {
            lines.push(line("Ctrl+1…9", tr!("help-customer")));
            lines.push(line("Ctrl+0", tr!("help-everyone")));
        }
        let place = if self.is_shared { "Ctrl+Shift+1…9" } else { "Ctrl+1…9" };
        lines.extend([
            line(place, tr!("help-place")),
            line("Ctrl + / −", tr!("help-size")),
            line("Tab, Shift+Tab", tr!("help-walk")),
            line("Esc", tr!("help-back")),
        ]);
        lines
    }
}

fn line(key: &str, words: String) -> Line {
    (key.to_owned(), words)
}

fn group<'a>(title: String, lines: Vec<Line>) -> Element<'a, Message> {
    let mut column = Column::new().spacing(spacing::XS).push(text::strong(title));
    for (key, words) in lines {
        column = column.push(
            Row::new()
                .spacing(spacing::S)
                .push(text::medium(key).accent().width(Length::Fixed(KEYS)))
                .push(text::body(words).width(Length::Fill)),
        );
    }
    column.into()
}

/// What the lists of a place know.
fn lists(place: Place) -> Vec<Line> {
    let walk = || line("↑ ↓ PgUp PgDn", tr!("help-list-walk"));
    let open = || line("Enter", tr!("help-list-open"));
    match place {
        Place::Prepared => vec![
            walk(),
            line("Space", tr!("help-list-mark")),
            line("Shift+↑ ↓", tr!("help-list-extend")),
            line("Ctrl+A", tr!("help-list-all")),
            open(),
        ],
        Place::Overview
        | Place::Sent
        | Place::Shared
        | Place::Partners
        | Place::Templates
        | Place::Everyone => {
            vec![walk(), open()]
        }
        Place::Accounts
        | Place::Import
        | Place::PartnerImport
        | Place::Messages
        | Place::AdminOrders
        | Place::Users
        | Place::Journal
        | Place::Connections => vec![walk()],
        Place::Order | Place::PartnerExport | Place::Token | Place::Settings => Vec::new(),
    }
}

/// The keys of a place beside those of its lists.
fn of_place(place: Place) -> Vec<Line> {
    let search = || line("Ctrl+F", tr!("help-search"));
    let save = || line("Ctrl+S", tr!("help-save"));
    let open = || line("Ctrl+O", tr!("help-file"));
    match place {
        Place::Order => vec![
            save(),
            line("Ctrl+Enter", tr!("help-save-next")),
            line("Ctrl+K", tr!("help-package")),
            line("Enter", tr!("help-next-field")),
        ],
        Place::Prepared => vec![
            search(),
            line("F8", tr!("help-sign")),
            line("F9", tr!("help-send")),
            line("F7", tr!("help-share")),
            line("Del", tr!("help-delete")),
        ],
        Place::Shared => vec![line("F7", tr!("help-take")), line("Del", tr!("help-withdraw"))],
        Place::Sent | Place::Accounts | Place::Everyone => vec![search()],
        Place::Import => {
            vec![open(), line("Ctrl+S", tr!("help-take-in")), line("Ctrl+E", tr!("help-report"))]
        }
        Place::Partners => vec![
            search(),
            line("Ins", tr!("help-new")),
            save(),
            line("Ctrl+N", tr!("help-order-to")),
            line("Ctrl+O", tr!("help-partners-in")),
            line("Ctrl+E", tr!("help-partners-out")),
            line("Del", tr!("help-delete")),
        ],
        Place::Templates => vec![
            search(),
            line("Ins", tr!("help-new")),
            save(),
            line("Ctrl+N", tr!("help-order-from")),
            line("Del", tr!("help-delete")),
        ],
        Place::PartnerImport => {
            vec![open(), line("Ctrl+A", tr!("help-take-changed")), line("Ctrl+S", tr!("help-take-in"))]
        }
        Place::PartnerExport => vec![open(), line("Ctrl+S", tr!("help-write"))],
        Place::Messages => vec![line("Ins", tr!("help-new")), line("Ctrl+Enter", tr!("help-send-message"))],
        Place::AdminOrders => vec![line("F2", tr!("help-new-admin")), save()],
        Place::Connections => vec![line("Ins", tr!("help-new-bank")), save()],
        Place::Overview | Place::Users | Place::Token | Place::Journal | Place::Settings => Vec::new(),
    }
}
