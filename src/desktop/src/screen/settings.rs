//! "Beállítások": language, colours and size of the window, and where things are kept.

use client::texts::Language;
use iced::Length;

use crate::app::preferences::{Colours, Preferences, SCALES};
use crate::app::start::Folders;
use crate::design::text::{self, Inked};
use crate::design::{Column, Element, check, panel, segmented, select, spacing};
use crate::tr;

/// What happens here.
#[derive(Debug, Clone, Copy)]
pub enum Message {
    /// Another language.
    Language(Language),
    /// Other colours.
    Colours(Colours),
    /// Another size, as an index into the choices.
    Scale(usize),
    /// Notifications or none.
    Notify(bool),
}

impl Message {
    /// The preferences after this.
    #[must_use]
    pub fn apply(self, mut preferences: Preferences) -> Preferences {
        match self {
            Self::Language(language) => preferences.language = language,
            Self::Colours(colours) => preferences.colours = colours,
            Self::Notify(wanted) => preferences.notify = wanted,
            Self::Scale(index) => preferences.scale = SCALES.get(index).copied().unwrap_or(preferences.scale),
        }
        preferences
    }
}

/// The place.
pub fn view<'a>(preferences: Preferences, folders: &Folders) -> Element<'a, Message> {
    let language = segmented::segmented(
        [(Language::Hu, tr!("language-hu")), (Language::En, tr!("language-en"))],
        preferences.language,
        Message::Language,
    );
    let colours = segmented::segmented(
        [
            (Colours::System, tr!("colours-system")),
            (Colours::Light, tr!("colours-light")),
            (Colours::Dark, tr!("colours-dark")),
            (Colours::HighContrast, tr!("colours-contrast")),
        ],
        preferences.colours,
        Message::Colours,
    );
    let chosen = SCALES.iter().position(|scale| *scale == preferences.scale);
    let sizes: Vec<String> = SCALES.iter().map(|scale| format!("{scale}\u{a0}%")).collect();
    let scale = select::select("", sizes.iter().map(String::as_str), chosen)
        .id("settings-scale")
        .placeholder(format!("{}\u{a0}%", preferences.scale))
        .on_select(Message::Scale)
        .width(Length::Fixed(120.0));
    let look = Column::new()
        .spacing(spacing::L)
        .push(labelled(tr!("settings-language"), language))
        .push(labelled(tr!("settings-colours"), colours))
        .push(labelled(tr!("settings-scale"), scale.into()))
        .push(text::hint(tr!("settings-scale-help")).dim());
    let kept = panel::key_values([
        (tr!("settings-data"), text::body(folders.data.display().to_string()).into()),
        (tr!("settings-logs"), text::body(folders.logs().display().to_string()).into()),
        (tr!("settings-version"), text::body(env!("CARGO_PKG_VERSION")).into()),
    ]);
    let content = Column::new()
        .spacing(spacing::M)
        .push(panel::card(tr!("settings-look"), None, look))
        .push(panel::card(tr!("settings-notify"), None, notifications(preferences)))
        .push(panel::card(tr!("settings-kept"), None, kept));
    let title = panel::title_line(tr!("nav-settings"), None, None);
    panel::page(Column::new().spacing(spacing::M).push(title).push(panel::scroll(content)))
}

/// What the system tells while the window is not looked at.
fn notifications<'a>(preferences: Preferences) -> Element<'a, Message> {
    let wanted = check::checkbox(tr!("settings-notify-wanted"), preferences.notify)
        .id("settings-notify")
        .on_toggle(Message::Notify);
    Column::new().spacing(spacing::S).push(wanted).push(text::hint(tr!("settings-notify-help")).dim()).into()
}

fn labelled<'a>(label: String, control: Element<'a, Message>) -> Element<'a, Message> {
    Column::new().spacing(spacing::XS).push(text::hint(label).dim()).push(control).into()
}
