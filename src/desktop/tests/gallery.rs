//! Pictures of the gallery, page by page in every palette, compared by their hashes.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test -p kapocs-desktop --test gallery` writes new hashes, and the pictures themselves to
//! `target/gallery/` for somebody to look at.
#![allow(clippy::unwrap_used, clippy::expect_used)] // helpers of tests stop at the first surprise

use std::path::{Path, PathBuf};

use desktop::design::font;
use desktop::design::theme::Appearance;
use desktop::screen::gallery::{Gallery, Message, Page};
use iced_test::Simulator;

fn compare(name: &str, gallery: &Gallery) {
    let mut ui = Simulator::with_size(font::settings(), (1280.0, 720.0), gallery.view());
    let snapshot = ui.snapshot(&gallery.theme()).unwrap();
    let hash = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    let written = hash.with_file_name(format!("{name}-tiny-skia.sha256"));
    let picture = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("gallery").join(name);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        let _ = std::fs::remove_file(&written);
        let _ = std::fs::remove_file(picture.with_file_name(format!("{name}-tiny-skia.png")));
        assert!(snapshot.matches_image(&picture).unwrap());
    } else {
        assert!(written.exists(), "{} is missing", written.display());
    }
    assert!(
        snapshot.matches_hash(&hash).unwrap(),
        "{name} looks different: UPDATE_SNAPSHOTS=1 and look at it"
    );
}

fn in_every_palette(name: &str, page: Page, messages: &[Message]) {
    let palettes = [
        ("light", Appearance::Light),
        ("dark", Appearance::Dark),
        ("high-contrast", Appearance::HighContrast),
    ];
    for (palette, appearance) in palettes {
        let mut gallery = Gallery::new(page, appearance);
        for message in messages {
            let _ = gallery.update(message.clone());
        }
        compare(&format!("{name}-{palette}"), &gallery);
    }
}

#[test]
fn the_overview_looks_as_it_did() {
    in_every_palette("overview", Page::Overview, &[]);
}

#[test]
fn the_form_looks_as_it_did() {
    in_every_palette("form", Page::Form, &[]);
}

#[test]
fn the_lists_look_as_they_did() {
    in_every_palette("lists", Page::Lists, &[]);
}

#[test]
fn the_pieces_look_as_they_did() {
    in_every_palette("pieces", Page::Pieces, &[]);
}

#[test]
fn the_long_list_looks_as_it_did() {
    in_every_palette("long", Page::Long, &[]);
}

#[test]
fn the_signing_sheet_looks_as_it_did() {
    in_every_palette("signing", Page::Lists, &[Message::Sign]);
}

#[test]
fn the_places_of_several_customers_look_as_they_did() {
    for state in ["choice", "choice-typed", "everyone", "connections", "connections-kept"] {
        let name = format!("customers-{state}");
        in_every_palette(&name, name.parse().unwrap(), &[]);
    }
}
