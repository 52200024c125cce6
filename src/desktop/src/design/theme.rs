//! The theme: a palette with a name, and how iced's own widgets look in it.
//!
//! The classes of the stock widgets are plain enums that say what a thing is ([`Ink`], [`Surface`]), so that screens
//! cannot name colours even by accident.

use iced::theme::{self, Mode};
use iced::widget::{container, scrollable, text, text_editor, text_input};
use iced::{Background, Border, Color, Shadow, border};

use super::palette::{self, Palette, mix};
use super::spacing;

/// Which look the user asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Appearance {
    /// As the system is set: light or dark.
    #[default]
    System,
    Light,
    Dark,
    /// White and yellow on black.
    HighContrast,
}

/// A palette with a name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Theme {
    pub palette: Palette,
    name: &'static str,
    mode: Mode,
}

impl Theme {
    /// Ink on light paper.
    pub const LIGHT: Self = Self { palette: palette::LIGHT, name: "light", mode: Mode::Light };
    /// Light ink on dark paper.
    pub const DARK: Self = Self { palette: palette::DARK, name: "dark", mode: Mode::Dark };
    /// White and yellow on black.
    pub const HIGH_CONTRAST: Self =
        Self { palette: palette::HIGH_CONTRAST, name: "high-contrast", mode: Mode::Dark };
    pub const ALL: [Self; 3] = [Self::LIGHT, Self::DARK, Self::HIGH_CONTRAST];

    /// The theme that fits the user's wish and the system's mode.
    #[must_use]
    pub fn of(appearance: Appearance, system: Mode) -> Self {
        match (appearance, system) {
            (Appearance::HighContrast, _) => Self::HIGH_CONTRAST,
            (Appearance::Dark, _) | (Appearance::System, Mode::Dark) => Self::DARK,
            (Appearance::Light | Appearance::System, _) => Self::LIGHT,
        }
    }
}

impl theme::Base for Theme {
    fn default(preference: Mode) -> Self {
        Self::of(Appearance::System, preference)
    }

    fn mode(&self) -> Mode {
        self.mode
    }

    fn base(&self) -> theme::Style {
        theme::Style { background_color: self.palette.background, text_color: self.palette.text }
    }

    fn palette(&self) -> Option<theme::Palette> {
        let p = &self.palette;
        Some(theme::Palette {
            background: p.background,
            text: p.text,
            primary: p.accent,
            success: p.good,
            warning: p.care,
            danger: p.bad,
        })
    }

    fn name(&self) -> &str {
        self.name
    }
}

/// What a text is, which decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ink {
    /// The colour of what it stands on: text in a panel, the label of a button.
    #[default]
    Inherit,
    /// Labels, hints, what is less important.
    Dim,
    /// Links and chosen things.
    Accent,
    Good,
    Care,
    Bad,
    /// Shortcut hints on the primary button.
    OnAccentDim,
    /// Sections of the navigation.
    NavigationDim,
    /// The count in the navigation.
    Badge,
}

impl Ink {
    /// The colour, or none to inherit.
    #[must_use]
    pub fn color(self, p: &Palette) -> Option<Color> {
        match self {
            Self::Inherit => None,
            Self::Dim => Some(p.dim),
            Self::Accent => Some(p.on_accent_weak),
            Self::Good => Some(p.good),
            Self::Care => Some(p.care),
            Self::Bad => Some(p.bad),
            Self::OnAccentDim => Some(p.on_accent_dim),
            Self::NavigationDim => Some(p.navigation_dim),
            Self::Badge => Some(p.navigation_on_selected),
        }
    }
}

impl text::Catalog for Theme {
    type Class<'a> = Ink;

    fn default<'a>() -> Self::Class<'a> {
        Ink::Inherit
    }

    fn style(&self, class: &Self::Class<'_>) -> text::Style {
        text::Style { color: class.color(&self.palette) }
    }
}

/// The meaning of a pill, banner or toast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    #[default]
    Neutral,
    /// Going on, chosen, information.
    Accent,
    Good,
    /// Wants a look, waits.
    Care,
    Bad,
}

impl Tone {
    /// Text and background of the tone.
    #[must_use]
    pub fn colors(self, p: &Palette) -> (Color, Color) {
        match self {
            Self::Neutral => (p.dim, p.weak_line),
            Self::Accent => (p.on_accent_weak, p.accent_weak),
            Self::Good => (p.good, p.good_weak),
            Self::Care => (p.care, p.care_weak),
            Self::Bad => (p.bad, p.bad_weak),
        }
    }
}

/// What a box is, which decides its look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Surface {
    /// Nothing of its own.
    #[default]
    Plain,
    /// The page behind the panels.
    Page,
    /// A panel with a border.
    Panel,
    Bar,
    /// A line of one pixel.
    Line,
    /// A weaker line of one pixel.
    WeakLine,
    /// The navigation at the left.
    Navigation,
    /// The count of a navigation item.
    Badge,
    /// A word in a coloured capsule.
    Pill(Tone),
    /// The dot of a capsule.
    Dot(Tone),
    /// A coloured note across a panel.
    Banner(Tone),
    /// A sheet above the page.
    Sheet,
    /// What dims the page behind a sheet.
    Shade,
    /// A message that floats above the page for a while.
    Toast(Tone),
    Tooltip,
    /// The empty part of a progress bar.
    Track,
    /// The full part of a progress bar.
    Progress,
}

fn flat(color: Color) -> container::Style {
    container::Style { background: Some(Background::Color(color)), ..container::Style::default() }
}

/// A box above the page. It has a border and no shadow: the software renderer draws shadows without regard to the
/// part of the window that it repaints, so they would grow darker with every small change and stay when the box goes.
fn raised(p: &Palette, edge: Color) -> container::Style {
    container::Style {
        text_color: Some(p.text),
        background: Some(Background::Color(p.panel)),
        border: border::rounded(spacing::PANEL_RADIUS).color(edge).width(1),
        ..container::Style::default()
    }
}

impl container::Catalog for Theme {
    type Class<'a> = Surface;

    fn default<'a>() -> Self::Class<'a> {
        Surface::Plain
    }

    fn style(&self, class: &Self::Class<'_>) -> container::Style {
        let p = &self.palette;
        // In high contrast the fills hardly differ from the ground: borders say where things end.
        let edge = |tone: Color| if *p == palette::HIGH_CONTRAST { tone } else { Color::TRANSPARENT };
        match *class {
            Surface::Plain => container::Style::default(),
            Surface::Page => container::Style { text_color: Some(p.text), ..flat(p.background) },
            Surface::Panel => container::Style {
                text_color: Some(p.text),
                border: border::rounded(spacing::PANEL_RADIUS).color(p.line).width(1),
                ..flat(p.panel)
            },
            Surface::Bar => container::Style { text_color: Some(p.text), ..flat(p.panel) },
            Surface::Line => flat(p.line),
            Surface::WeakLine => flat(p.weak_line),
            Surface::Navigation => {
                container::Style { text_color: Some(p.navigation_text), ..flat(p.navigation) }
            }
            Surface::Badge => container::Style {
                text_color: Some(p.navigation_on_selected),
                border: border::rounded(9),
                ..flat(p.badge)
            },
            Surface::Pill(tone) => {
                let (ink, paper) = tone.colors(p);
                container::Style {
                    text_color: Some(ink),
                    border: border::rounded(11).color(edge(ink)).width(if edge(ink).a > 0.0 { 1 } else { 0 }),
                    ..flat(paper)
                }
            }
            Surface::Dot(tone) => container::Style { border: border::rounded(5), ..flat(tone.colors(p).0) },
            Surface::Banner(tone) => {
                let (ink, paper) = tone.colors(p);
                container::Style {
                    text_color: Some(p.text),
                    border: border::rounded(spacing::CONTROL_RADIUS).color(mix(paper, ink, 0.18)).width(1),
                    ..flat(paper)
                }
            }
            Surface::Sheet => raised(p, p.line),
            Surface::Shade => flat(p.shade),
            Surface::Toast(tone) => raised(p, mix(p.panel, tone.colors(p).0, 0.5)),
            Surface::Tooltip => container::Style {
                text_color: Some(p.panel),
                border: border::rounded(4).color(edge(p.text)).width(if edge(p.text).a > 0.0 {
                    1
                } else {
                    0
                }),
                ..flat(p.text)
            },
            Surface::Track => container::Style { border: border::rounded(3), ..flat(p.weak_line) },
            Surface::Progress => container::Style { border: border::rounded(3), ..flat(p.accent) },
        }
    }
}

/// The look of a text input: bare, because its frame is drawn by [`super::input`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InputInk {
    #[default]
    Plain,
}

impl text_input::Catalog for Theme {
    type Class<'a> = InputInk;

    fn default<'a>() -> Self::Class<'a> {
        InputInk::Plain
    }

    fn style(&self, _class: &Self::Class<'_>, status: text_input::Status) -> text_input::Style {
        let p = &self.palette;
        let value = if matches!(status, text_input::Status::Disabled) { p.dim } else { p.text };
        text_input::Style {
            background: Background::Color(Color::TRANSPARENT),
            border: Border::default(),
            icon: p.dim,
            placeholder: p.dim,
            value,
            selection: mix(p.panel, p.accent, 0.35),
        }
    }
}

impl text_editor::Catalog for Theme {
    type Class<'a> = InputInk;

    fn default<'a>() -> Self::Class<'a> {
        InputInk::Plain
    }

    fn style(&self, _class: &Self::Class<'_>, status: text_editor::Status) -> text_editor::Style {
        let p = &self.palette;
        let focused = matches!(status, text_editor::Status::Focused { .. });
        text_editor::Style {
            background: Background::Color(p.panel),
            border: border::rounded(spacing::CONTROL_RADIUS)
                .color(if focused { p.focus } else { p.line })
                .width(if focused { 2 } else { 1 }),
            placeholder: p.dim,
            value: p.text,
            selection: mix(p.panel, p.accent, 0.35),
        }
    }
}

impl scrollable::Catalog for Theme {
    type Class<'a> = Surface;

    fn default<'a>() -> Self::Class<'a> {
        Surface::Plain
    }

    fn style(&self, _class: &Self::Class<'_>, status: scrollable::Status) -> scrollable::Style {
        let p = &self.palette;
        let busy = !matches!(status, scrollable::Status::Active { .. });
        let rail = scrollable::Rail {
            background: None,
            border: Border::default(),
            scroller: scrollable::Scroller {
                background: Background::Color(mix(p.panel, p.dim, if busy { 0.75 } else { 0.45 })),
                border: border::rounded(4),
            },
        };
        scrollable::Style {
            container: container::Style::default(),
            vertical_rail: rail,
            horizontal_rail: rail,
            gap: None,
            auto_scroll: scrollable::AutoScroll {
                background: Background::Color(p.panel),
                border: border::rounded(16).color(p.line).width(1),
                shadow: Shadow::default(),
                icon: p.text,
            },
        }
    }
}
