//! "Beállítások": language, colours and size of the window, and where things are kept.

use chrono::{DateTime, Utc};
use client::texts::Language;
use client::update::{OWN, UpdateState};
use iced::{Alignment, Length, Task};

use super::action::{Action, Wish};
use super::contract::{self, Screen, Topic};
use super::folders as kept;
use crate::design::text::{self, Inked};
use crate::design::{Column, Element, Row, button, check, panel, segmented, select, spacing};
use crate::desk::{Desk, Program};
use crate::preferences::{Colours, Preferences, SCALES};
use crate::texts::explain;
use crate::tr;

#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// Ask the bank for updates now.
    CheckUpdates,
    ShowUpdate,
    Language(Language),
    Colours(Colours),
    /// Another size, as an index into the choices.
    Scale(usize),
    Notify(bool),
    Kept(kept::Message),
}

impl Message {
    /// The preferences after this.
    #[must_use]
    pub(crate) fn apply(self, mut preferences: Preferences) -> Preferences {
        match self {
            Self::Language(language) => preferences.language = language,
            Self::Colours(colours) => preferences.colours = colours,
            Self::Notify(wanted) => preferences.notify = wanted,
            Self::CheckUpdates | Self::ShowUpdate | Self::Kept(_) => {}
            Self::Scale(index) => preferences.scale = SCALES.get(index).copied().unwrap_or(preferences.scale),
        }
        preferences
    }
}

/// Version, state and the last question; `when` says a moment in words.
pub(crate) fn program_card<'a>(
    program: &Program,
    when: impl Fn(DateTime<Utc>) -> String,
) -> Element<'a, Message> {
    let check =
        button::secondary(if program.checking { tr!("update-checking") } else { tr!("update-check") })
            .small()
            .id("settings-check-updates")
            .on_press_maybe((!program.checking).then_some(Message::CheckUpdates));
    let state = program.state.as_ref().map_or_else(|| tr!("update-unasked"), |state| explain(state));
    let mut line = Row::new().spacing(spacing::M).align_y(Alignment::Center).push(text::body(state));
    if matches!(program.state, Some(UpdateState::Newer { .. } | UpdateState::TooOld { .. })) {
        line =
            line.push(button::link(tr!("update-look")).id("settings-update").on_press(Message::ShowUpdate));
    }
    let checked = program.checked.map_or_else(|| tr!("update-never-checked"), when);
    let lines = panel::key_values([
        (tr!("settings-version"), text::body(OWN).into()),
        (tr!("update-state"), line.into()),
        (tr!("update-checked"), text::body(checked).into()),
    ]);
    let trouble = program
        .state
        .as_ref()
        .and_then(UpdateState::trouble)
        .map(|trouble| text::hint(explain(trouble)).dim());
    panel::card(
        tr!("settings-program"),
        Some(check.into()),
        Column::new().spacing(spacing::S).push(lines).push(trouble),
    )
    .into()
}

/// The place; it keeps nothing of its own.
pub(crate) struct Settings;

impl Screen for Settings {
    type Message = Message;

    fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        match message {
            Message::Kept(message) => kept::update(message).map(Message::Kept),
            Message::CheckUpdates => Action::wish(Wish::CheckUpdates),
            Message::ShowUpdate => Action::wish(Wish::ShowUpdate),
            message => Action::wish(Wish::Prefer(message.apply(desk.preferences))),
        }
    }

    // Everything shown is the frame's, which shows it anew by itself.
    fn changed(&mut self, topic: Topic, _: &Desk) -> Task<Message> {
        contract::nothing(topic)
    }

    fn is_of_customer(&self) -> bool {
        false
    }

    fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        view(desk)
    }
}

fn view(desk: &Desk) -> Element<'_, Message> {
    let preferences = desk.preferences;
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
    let lie = kept::folders(&desk.folders).map(Message::Kept);
    let policy = kept::policy(&desk.client).map(|policy| policy.map(Message::Kept));
    let content = Column::new()
        .spacing(spacing::M)
        .push(panel::card(tr!("settings-look"), None, look))
        .push(panel::card(tr!("settings-notify"), None, notifications(preferences)))
        .push(program_card(&desk.program, |at| desk.relative(at)))
        .push(panel::card(tr!("settings-kept"), None, lie))
        .push(policy);
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
