//! The window of Kapocs: the design layer, texts and formats, and the screens that are composed of them.

pub mod app;
pub mod arguments;
pub mod design;
pub mod desk;
pub mod folders;
pub mod format;
pub mod go;
pub mod navigation;
pub mod preferences;
pub mod screen;
pub mod texts;
