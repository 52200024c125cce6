//! The window's own design layer: colours, sizes, type, widgets.
//!
//! Screens compose what stands here and name neither a colour nor a number of their own; when a piece is missing it
//! is added here. Every piece can be reached by Tab and pressed by the keyboard, and draws itself from the
//! [`Palette`](palette::Palette) of the [`Theme`] in use. The gallery ([`crate::screen::gallery`]) shows them all.

pub mod aim;
pub mod banner;
pub mod button;
pub mod calendar;
pub mod chart;
pub mod check;
pub mod choices;
pub mod date_field;
pub mod empty;
pub mod field;
pub mod figure;
pub mod fold;
pub mod font;
pub mod footed;
pub mod frame;
pub mod inert;
pub mod input;
pub mod keyboard;
pub mod keys;
pub mod label;
mod look;
pub mod mark;
pub mod menu;
pub mod modal;
pub mod nav;
pub mod palette;
pub mod panel;
pub mod picture;
pub mod pill;
pub mod pressable;
pub mod progress;
pub mod room;
pub mod segmented;
pub mod select;
pub mod spacing;
pub mod steps;
pub mod strip;
pub mod table;
pub mod text;
pub mod theme;
pub mod tick;
pub mod toast;
pub mod tooltip;
mod wrapped;

pub use theme::Theme;

/// The renderer of the window: iced's software renderer.
pub type Renderer = iced::Renderer;

/// Any piece of a screen.
pub type Element<'a, M> = iced::Element<'a, M, Theme, Renderer>;

/// Pieces below one another.
pub type Column<'a, M> = iced::widget::Column<'a, M, Theme, Renderer>;

/// Pieces beside one another.
pub type Row<'a, M> = iced::widget::Row<'a, M, Theme, Renderer>;

/// A box around one piece.
pub type Container<'a, M> = iced::widget::Container<'a, M, Theme, Renderer>;
