//! Dates, amounts and account numbers as the web client shows them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::Money;

use crate::doors::http::texts::Texts;
use crate::ground::time::local;

/// A moment in the bank's time zone, to the minute.
pub(crate) fn moment(texts: &Texts, at: DateTime<Utc>) -> String {
    let pattern = if texts.language == "hu" { "%Y. %m. %d. %H:%M" } else { "%Y-%m-%d %H:%M" };
    local(at).format(pattern).to_string()
}

pub(crate) fn day(texts: &Texts, day: NaiveDate) -> String {
    let pattern = if texts.language == "hu" { "%Y. %m. %d." } else { "%Y-%m-%d" };
    day.format(pattern).to_string()
}

/// An amount with its currency: `1 250 000 Ft`, in English `1,250,000 HUF`; thin gaps never break.
pub(crate) fn money(texts: &Texts, money: Money) -> String {
    let currency = money.currency();
    let code = currency.code();
    let hungarian = texts.language == "hu";
    let (gap, point) = if hungarian { ('\u{a0}', ',') } else { (',', '.') };
    let unit = if hungarian && code == "HUF" { "Ft" } else { code };
    format!("{}\u{a0}{unit}", number(&money.amount().normalize().to_string(), gap, point))
}

/// Digits in groups of three, as the language writes them.
pub(crate) fn grouped(texts: &Texts, digits: &str) -> String {
    let (gap, point) = if texts.language == "hu" { ('\u{a0}', ',') } else { (',', '.') };
    number(digits, gap, point)
}

/// When the user last logged in, as a sentence.
pub(crate) fn last_login(texts: &Texts, at: Option<DateTime<Utc>>) -> String {
    match at {
        Some(at) => texts.with("web-last-login", &[("at", &moment(texts, at))]),
        None => texts.text("web-last-login-never"),
    }
}

fn number(plain: &str, gap: char, point: char) -> String {
    let (sign, plain) = plain.strip_prefix('-').map_or(("", plain), |rest| ("\u{2212}", rest));
    let (whole, part) = plain.split_once('.').unwrap_or((plain, ""));
    let mut text = sign.to_owned();
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n).is_multiple_of(3) {
            text.push(gap);
        }
        text.push(digit);
    }
    if !part.is_empty() {
        text.push(point);
        text.push_str(part);
        // Cents have two digits; `normalize` took the last nought away.
        text.push_str(if part.len() == 1 { "0" } else { "" });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doors::browser::texts;

    #[test]
    fn amounts_are_written_as_their_readers_do() {
        let (hu, en) = (texts::of(Some("hu")), texts::of(Some("en")));
        assert_eq!(money(hu, Money::huf(1_250_000)), "1\u{a0}250\u{a0}000\u{a0}Ft");
        assert_eq!(money(en, Money::huf(1_250_000)), "1,250,000\u{a0}HUF");
        assert_eq!(money(hu, Money::huf(-999)), "\u{2212}999\u{a0}Ft");
        assert_eq!(number("1234.5", ',', '.'), "1,234.50");
        assert_eq!(number("0", ',', '.'), "0");
    }

    #[test]
    fn moments_are_budapest_time() {
        let at = "2026-11-23T09:05:00Z".parse().unwrap();
        assert_eq!(moment(texts::of(None), at), "2026. 11. 23. 10:05");
        assert_eq!(moment(texts::of(Some("en")), at), "2026-11-23 10:05");
        assert!(last_login(texts::of(Some("en")), Some(at)).contains("2026-11-23 10:05"));
    }
}
