//! Kapocs, the program with the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::time::Instant;

use clap::Parser;
use desktop::app::arguments::Arguments;
use desktop::app::{self, logs, preferences::Preferences, start::Folders};
use desktop::design::theme::Appearance;
use desktop::screen::gallery;
use desktop::texts;

fn main() -> iced::Result {
    let begun = Instant::now();
    let arguments = Arguments::parse();
    if let Some(page) = arguments.gallery {
        let preferences = Preferences::default().with(&arguments);
        texts::speak(preferences.language);
        let look = match preferences.colours.into() {
            Appearance::System => Appearance::Light,
            chosen => chosen,
        };
        return gallery::run(page, look, preferences.factor());
    }
    match Folders::of(&arguments) {
        Ok(folders) => {
            logs::begin(&folders.logs());
            app::run(arguments, folders, begun)
        }
        Err(error) => {
            eprintln!("kapocs: {error}");
            std::process::exit(1)
        }
    }
}
