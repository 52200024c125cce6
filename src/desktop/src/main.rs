//! Kapocs, the program with the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use clap::Parser;
use desktop::design::{font, theme::Appearance};
use desktop::screen::gallery::{Gallery, Page};
use desktop::texts;
use desktop::tr;
use iced::Size;

/// The corporate banking client.
#[derive(Debug, Parser)]
#[command(name = "kapocs", version)]
struct Arguments {
    /// Shows every piece of the window's design instead of the program.
    #[arg(long)]
    gallery: bool,
    /// The size of everything: 1 is 100 %.
    #[arg(long, default_value_t = 1.0)]
    scale: f32,
}

fn main() -> iced::Result {
    let arguments = Arguments::parse();
    texts::speak(texts::Language::of_system());
    if arguments.gallery {
        return gallery(arguments.scale.clamp(0.75, 2.0));
    }
    Ok(())
}

fn gallery(scale: f32) -> iced::Result {
    let boot = || Gallery::new(Page::Overview, Appearance::Light);
    iced::application(boot, Gallery::update, Gallery::view)
        .settings(font::settings())
        .title(|_: &Gallery| tr!("window-title", version = env!("CARGO_PKG_VERSION")))
        .subscription(Gallery::subscription)
        .theme(|gallery: &Gallery| Some(gallery.theme()))
        .scale_factor(move |_| scale)
        .window(iced::window::Settings {
            size: Size::new(1280.0, 720.0),
            min_size: Some(Size::new(1000.0, 650.0)),
            ..iced::window::Settings::default()
        })
        .run()
}
