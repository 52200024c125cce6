//! Which texts are figures, of which no digit may be missing, and the room that they need.

use std::cell::RefCell;
use std::collections::HashMap;

use iced::Font;

use super::label;
use super::text::Role;

/// From so many digits on a text is a figure, with a unit or without: accounts, amounts, days, moments.
const DIGITS: usize = 5;
/// What stands behind an amount.
const UNITS: [&str; 3] = ["Ft", "HUF", "EUR"];
/// Longer ones are fingerprints and identifiers, which nobody reads in a list; they are shown whole where they matter.
const LONGEST: usize = 64;

/// The text up to the end of its last figure with its unit; `None` without one. What stands behind may be cut.
#[must_use]
pub fn figure(text: &str) -> Option<&str> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let last = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    // The point of a day, a percentage.
    let last = last + text[last..].find(|c| !matches!(c, '.' | '%' | ')')).unwrap_or(text.len() - last);
    let rest = &text[last..];
    let behind = rest.trim_start();
    let unit = UNITS.into_iter().find(|unit| behind.starts_with(unit));
    if (digits < DIGITS && unit.is_none()) || text.chars().count() > LONGEST {
        return None;
    }
    let end = unit.map_or(last, |unit| text.len() - behind.len() + unit.len());
    Some(&text[..end])
}

/// The width that the figures of a text need in one line; nothing without any. It is summed from its characters,
/// because a table asks for every row that it shows.
#[must_use]
pub fn room(text: &str, role: Role) -> f32 {
    thread_local! {
        static WIDTHS: RefCell<HashMap<(char, u32, Font), f32>> = RefCell::default();
    }
    let Some(figure) = figure(text) else { return 0.0 };
    let of = |widths: &mut HashMap<_, f32>, c: char| {
        let known = widths.entry((c, role.size.to_bits(), role.font));
        *known.or_insert_with(|| label::width(c.encode_utf8(&mut [0; 4]), role))
    };
    let sum: f32 = WIDTHS.with_borrow_mut(|widths| figure.chars().map(|c| of(widths, c)).sum());
    // Letters stand a little nearer to some neighbours and a little farther from others. What may be cut behind a
    // figure is an ellipsis then.
    let dots = if figure.len() < text.len() { label::width("…", role) } else { 0.0 };
    sum.ceil() + 2.0 + dots
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::text::{BODY, HINT, STRONG};

    #[test]
    fn accounts_amounts_and_days_are_figures_and_words_are_not() {
        for whole in ["1 500 Ft", "0 HUF", "10400023-53656565-85691020", "2026. 11. 30.", "98,765.10 EUR"] {
            assert_eq!(figure(whole), Some(whole));
        }
        assert_eq!(figure("2 tétel · 1 500 Ft · Fő számla"), Some("2 tétel · 1 500 Ft"));
        for words in ["", "Őrségi Kft.", "2 tétel", "1. aláírás: A"] {
            assert_eq!(figure(words), None);
        }
        assert_eq!(figure(&"7c7c ".repeat(16)), None);
    }

    #[test]
    fn a_figure_fits_into_its_room_and_wastes_little() {
        for role in [BODY, STRONG, HINT] {
            for text in
                ["197 530 864 200 Ft", "-1,234,567.89 EUR", "10400023-53656565-85691020", "2026. 12. 01."]
            {
                let (room, width) = (room(text, role), label::width(text, role));
                assert!(room >= width && room < width + 8.0, "{text}: {width} in {room}");
            }
        }
    }
}
