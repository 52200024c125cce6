//! Which texts are figures, of which no digit may be missing, and the room that they need.

use std::cell::RefCell;
use std::collections::HashMap;

use iced::Font;

use super::label;
use super::text::Role;

/// From so many digits on a number is a figure, with a unit or without: accounts, amounts, days, moments.
const DIGITS: usize = 5;
/// What stands between the digits of one number.
const SEPARATORS: &[char] = &[' ', '\u{a0}', '\u{202f}', '.', ',', '-', '/', ':'];

/// A number in a text: where it ends, with the unit behind it, and whether it is a figure.
struct Number {
    end: usize,
    is_figure: bool,
}

/// The first number of a text.
fn number(text: &str) -> Option<Number> {
    let begin = text.find(|c: char| c.is_ascii_digit())?;
    let (mut end, mut digits, mut is_time) = (begin, 0, false);
    // Digits with at most two separators between them: ". " stands in a day.
    let mut between = 0;
    for (at, c) in text[begin..].char_indices() {
        if c.is_ascii_digit() {
            (end, digits, between) = (begin + at + 1, digits + 1, 0);
        } else if SEPARATORS.contains(&c) && between < 2 {
            between += 1;
            is_time |= c == ':' && text[begin + at + 1..].starts_with(|c: char| c.is_ascii_digit());
        } else {
            break;
        }
    }
    // The point of a day, a percentage.
    let rest = &text[end..];
    end += rest.find(|c| !matches!(c, '.' | '%' | ')')).unwrap_or(rest.len());
    let behind = text[end..].trim_start();
    let unit = unit(behind);
    if unit > 0 {
        end = text.len() - behind.len() + unit;
    }
    Some(Number { end, is_figure: digits >= DIGITS || unit > 0 || is_time })
}

/// The length of the unit with which a text begins: "Ft", or the three letters of a currency.
fn unit(text: &str) -> usize {
    let word = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let is_unit =
        &text[..word] == "Ft" || (word == 3 && text[..word].bytes().all(|b| b.is_ascii_uppercase()));
    if is_unit { word } else { 0 }
}

/// Whether a text holds a fingerprint: many groups of four hexadecimal digits. Nobody reads it in a list; it is shown
/// whole where it matters.
fn is_fingerprint(text: &str) -> bool {
    let group = |word: &&str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_hexdigit());
    text.split(' ').filter(group).count() >= 8
}

/// The text up to the end of its last figure with its unit; `None` without one. What stands behind may be cut.
#[must_use]
pub fn figure(text: &str) -> Option<&str> {
    if is_fingerprint(text) {
        return None;
    }
    let (mut from, mut last) = (0, None);
    while let Some(Number { end, is_figure }) = number(&text[from..]) {
        from += end;
        if is_figure {
            last = Some(from);
        }
    }
    last.map(|end| &text[..end])
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
        for whole in [
            "1\u{a0}500\u{a0}Ft",
            "0 HUF",
            "12,50 CHF",
            "950.00 USD",
            "10400023-53656565-85691020",
            "2026. 11. 30.",
            "2026-11-30",
            "98,765.10 EUR",
            "tegnap 16:02",
            "09:42:10",
            "100 000 Ft · 1,50 EUR",
        ] {
            assert_eq!(figure(whole), Some(whole));
        }
        assert_eq!(figure("2 tétel · 1 500 Ft · Fő számla"), Some("2 tétel · 1 500 Ft"));
        assert_eq!(figure("1,50 EUR · hiányzik 2 számla"), Some("1,50 EUR"));
        for words in ["", "Őrségi Kft.", "2 tétel", "1. aláírás: A", "3 HCTX"] {
            assert_eq!(figure(words), None);
        }
        assert_eq!(figure(&"7c7c ".repeat(16)), None);
        assert_eq!(figure(&"1268 ".repeat(16)), None);
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
