//! The window of Kapocs: the design layer, texts and formats, and the screens that are composed of them.

pub mod app;
pub mod design;
pub mod format;
pub mod go;
pub mod screen;
pub mod shared;
pub mod texts;
