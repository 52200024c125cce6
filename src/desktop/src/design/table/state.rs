//! What a table remembers between frames.

use std::cell::RefCell;

use iced::Rectangle;
use iced::advanced::mouse;
use iced::keyboard::Modifiers;

use crate::design::label::Labels;
use crate::design::pressable::Focus;

use super::needs::Needs;

#[derive(Default)]
pub(super) struct State {
    pub(super) body: Focus,
    pub(super) header: Focus,
    pub(super) header_at: usize,
    pub(super) offset: f32,
    pub(super) hovered: Option<usize>,
    /// How far below the thumb's top the mouse took it.
    pub(super) dragged: Option<f32>,
    pub(super) needs: RefCell<Needs>,
    pub(super) labels: Labels,
    pub(super) tip_labels: Labels,
    pub(super) tip: Option<(Rectangle, String)>,
    pub(super) modifiers: Modifiers,
    pub(super) last_click: Option<mouse::Click>,
    pub(super) last_cursor: Option<usize>,
}
