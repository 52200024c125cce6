//! The window of Kapocs: the design layer, texts and formats, and the screens that are composed of them.
#![warn(unreachable_pub)]

pub mod app;
pub mod arguments;
pub mod design;
mod desk;
pub mod folders;
mod format;
mod go;
mod house;
mod navigation;
pub mod preferences;
pub mod screen;
pub mod texts;
