//! Kapocs, the program with the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::time::Instant;

use clap::Parser;
use desktop::app::instance::{self, Asked};
use desktop::app::{self, logs};
use desktop::arguments::Arguments;
use desktop::design::theme::Appearance;
use desktop::preferences::Preferences;
use desktop::screen::gallery;
use desktop::texts;

fn main() -> iced::Result {
    let begun = Instant::now();
    let arguments = Arguments::parse();
    if let Some(page) = arguments.gallery {
        let preferences = arguments.before(Preferences::default());
        texts::speak(preferences.language);
        let look = match preferences.colours.into() {
            Appearance::System => Appearance::Light,
            chosen => chosen,
        };
        return gallery::run(page, look, preferences.factor());
    }
    let folders = arguments.folders();
    let mut asked = Asked::Nobody;
    if let Ok(folders) = &folders {
        // Before anything is drawn: the window that is there already comes to the front instead.
        asked = instance::ask(&folders.data, arguments.file.as_deref());
        if asked == Asked::Raised {
            return Ok(());
        }
        logs::adopt(&folders.data.join("logs"), &folders.logs);
        logs::begin(&folders.logs);
    }
    // A program without a console tells of what went wrong in its window.
    app::run(arguments, folders.ok(), asked, begun)
}
