//! Buttons. One primary a view; the shortcut stands on the button, longer help in its tooltip.

use iced::advanced::widget::Id;
use iced::{Alignment, Length, padding};

use super::pressable::{Look, pressable};
use super::theme::Ink;
use super::{Element, Row, spacing, text, tooltip};
use text::Inked;

/// A button that is being put together; without [`Button::on_press`] it is disabled.
pub struct Button<M> {
    label: String,
    look: Look,
    shortcut: Option<String>,
    tooltip: Option<String>,
    id: Option<Id>,
    on_press: Option<M>,
    small: bool,
    width: Length,
}

fn with_look<M>(look: Look, label: impl Into<String>) -> Button<M> {
    Button {
        label: label.into(),
        look,
        shortcut: None,
        tooltip: None,
        id: None,
        on_press: None,
        small: false,
        width: Length::Shrink,
    }
}

/// The one main action of a view.
pub fn primary<M>(label: impl Into<String>) -> Button<M> {
    with_look(Look::Primary, label)
}

pub fn secondary<M>(label: impl Into<String>) -> Button<M> {
    with_look(Look::Secondary, label)
}

/// An action without a border.
pub fn quiet<M>(label: impl Into<String>) -> Button<M> {
    with_look(Look::Quiet, label)
}

/// An action that cannot be taken back.
pub fn danger<M>(label: impl Into<String>) -> Button<M> {
    with_look(Look::Danger, label)
}

/// Words that lead somewhere, in the line of a text.
pub fn link<M>(label: impl Into<String>) -> Button<M> {
    with_look(Look::Link, label)
}

impl<M> Button<M> {
    /// The message of a press.
    #[must_use]
    pub fn on_press(mut self, message: M) -> Self {
        self.on_press = Some(message);
        self
    }

    /// The message of a press, or none to disable.
    #[must_use]
    pub fn on_press_maybe(mut self, message: Option<M>) -> Self {
        self.on_press = message;
        self
    }

    /// The shortcut, shown behind the label.
    #[must_use]
    pub fn shortcut(mut self, keys: impl Into<String>) -> Self {
        self.shortcut = Some(keys.into());
        self
    }

    /// What the button does, in a few more words.
    #[must_use]
    pub fn tooltip(mut self, words: impl Into<String>) -> Self {
        self.tooltip = Some(words.into());
        self
    }

    /// The name by which focus and tests find it.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// 26 px high instead of 32.
    #[must_use]
    pub fn small(mut self) -> Self {
        self.small = true;
        self
    }

    /// The width; as wide as its label by itself.
    #[must_use]
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }
}

impl<'a, M: Clone + 'a> From<Button<M>> for Element<'a, M> {
    fn from(button: Button<M>) -> Self {
        let role = if button.small || button.look == Look::Link { text::HINT } else { text::MEDIUM };
        let role = text::Role {
            font: if button.look == Look::Link { role.font } else { text::MEDIUM.font },
            ..role
        };
        let mut content = Row::new()
            .spacing(spacing::S)
            .align_y(Alignment::Center)
            .push(text::of(role, button.label).one_line());
        if let Some(keys) = button.shortcut {
            let ink = match button.look {
                Look::Primary if button.on_press.is_some() => Ink::OnAccentDim,
                Look::Primary | Look::Danger => Ink::Inherit,
                _ => Ink::Dim,
            };
            content = content.push(text::tiny(keys).ink(ink).one_line());
        }
        let (height, side) = match button.look {
            Look::Link => (Length::Shrink, 0.0),
            _ if button.small => (Length::Fixed(spacing::SMALL_CONTROL), 10.0),
            _ => (Length::Fixed(spacing::CONTROL), 15.0),
        };
        let mut pressed = pressable(button.look, content)
            .width(button.width)
            .height(height)
            .padding(padding::horizontal(side))
            .on_press_maybe(button.on_press);
        if let Some(id) = button.id {
            pressed = pressed.id(id);
        }
        match button.tooltip {
            Some(words) => tooltip::tooltip(pressed, words),
            None => pressed.into(),
        }
    }
}
