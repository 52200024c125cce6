//! The distances and heights of the window, in logical pixels.
//!
//! Five steps of space, and the fixed heights of the frame; nothing else may be named by a screen.

/// Between a label and its field, a mark and its text.
pub const XS: f32 = 4.0;
/// Between things that belong together.
pub const S: f32 = 8.0;
/// Between fields, between panels.
pub const M: f32 = 12.0;
pub const L: f32 = 16.0;
pub const XL: f32 = 20.0;

/// Above and below a line of a list that rules divide.
pub const LINE: [f32; 2] = [XS, 0.0];
/// Around what lies in a banner.
pub const BANNER: [f32; 2] = [S, M];
/// Beside a line that is put in below its head.
pub const INSET: [f32; 2] = [0.0, XL + S];
/// Around a choice of several lines.
pub const CHOICE: [f32; 2] = [6.0, S];
/// Between marks that stand below one another.
pub const TICKS: f32 = 6.0;
/// Between figures that stand beside one another.
pub const FIGURES: f32 = XL + M;
/// Around a card in the middle of a page.
pub const CARD: f32 = 2.0 * XL;

pub const CONTROL_RADIUS: f32 = 6.0;
/// Corner of panels and sheets.
pub const PANEL_RADIUS: f32 = 8.0;

/// Height of the top bar.
pub const TOP_BAR: f32 = 44.0;
/// Height of the status line.
pub const STATUS_LINE: f32 = 28.0;
/// Width of the navigation.
pub const NAVIGATION: f32 = 212.0;
/// Height of a field or button.
pub const CONTROL: f32 = 32.0;
/// Height of a small button.
pub const SMALL_CONTROL: f32 = 26.0;
/// Height of a dense table row.
pub const ROW: f32 = 27.0;
/// Height of a table row that holds pills.
pub const PILL_ROW: f32 = 33.0;
/// Height of a table row with two lines.
pub const TALL_ROW: f32 = 53.0;
/// Width of a panel beside the main one.
pub const SIDE_PANEL: f32 = 300.0;
