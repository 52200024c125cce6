//! Amounts in words, so that a wrong zero is seen before it is paid.

use crate::format::Language;

/// The number in words of that language.
pub fn spelled(language: Language, number: u64) -> String {
    match language {
        Language::Hu => hungarian(number),
        Language::En => english(number),
    }
}

/// The number in Hungarian words; above 2000 thousands are joined by a dash, as the spelling rules (§289) ask.
fn hungarian(number: u64) -> String {
    if number == 0 {
        return "nulla".to_owned();
    }
    const SCALES: [(u64, &str); 5] = [
        (1_000_000_000_000_000, "billiárd"),
        (1_000_000_000_000, "billió"),
        (1_000_000_000, "milliárd"),
        (1_000_000, "millió"),
        (1_000, "ezer"),
    ];
    let mut parts = Vec::new();
    let mut rest = number;
    for (scale, name) in SCALES {
        let count = rest / scale;
        rest %= scale;
        if count > 0 {
            let bare_thousand = scale == 1_000 && count == 1;
            let words = if bare_thousand { String::new() } else { hungarian_below_thousand(count, true) };
            parts.push(format!("{words}{name}"));
        }
    }
    if rest > 0 {
        parts.push(hungarian_below_thousand(rest, false));
    }
    parts.join(if number > 2_000 { "-" } else { "" })
}

fn hungarian_below_thousand(number: u64, before_scale: bool) -> String {
    const ONES: [&str; 10] = ["", "egy", "kettő", "három", "négy", "öt", "hat", "hét", "nyolc", "kilenc"];
    const TENS: [&str; 10] =
        ["", "tíz", "húsz", "harminc", "negyven", "ötven", "hatvan", "hetven", "nyolcvan", "kilencven"];
    let mut out = String::new();
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    if hundreds > 0 {
        out.push_str(match hundreds {
            1 => "",
            2 => "két",
            n => ONES[n as usize],
        });
        out.push_str("száz");
    }
    out.push_str(match (tens, ones) {
        (1, 1..) => "tizen",
        (2, 1..) => "huszon",
        _ => TENS[tens as usize],
    });
    out.push_str(if before_scale && ones == 2 { "két" } else { ONES[ones as usize] });
    out
}

/// The number in English words.
fn english(number: u64) -> String {
    if number == 0 {
        return "zero".to_owned();
    }
    const SCALES: [(u64, &str); 6] = [
        (1_000_000_000_000_000, " quadrillion"),
        (1_000_000_000_000, " trillion"),
        (1_000_000_000, " billion"),
        (1_000_000, " million"),
        (1_000, " thousand"),
        (1, ""),
    ];
    let mut parts = Vec::new();
    let mut rest = number;
    for (scale, name) in SCALES {
        let count = rest / scale;
        rest %= scale;
        if count > 0 {
            parts.push(format!("{}{name}", english_below_thousand(count)));
        }
    }
    parts.join(" ")
}

fn english_below_thousand(number: u64) -> String {
    const ONES: [&str; 20] = [
        "",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] =
        ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let mut out = Vec::new();
    if number >= 100 {
        out.push(format!("{} hundred", ONES[(number / 100 % 10) as usize]));
    }
    match number % 100 {
        0 => {}
        n if n < 20 => out.push(ONES[n as usize].to_owned()),
        n if n % 10 == 0 => out.push(TENS[(n / 10) as usize].to_owned()),
        n => out.push(format!("{}-{}", TENS[(n / 10) as usize], ONES[(n % 10) as usize])),
    }
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hungarian_spelling() {
        for (n, words) in [
            (0, "nulla"),
            (2, "kettő"),
            (12, "tizenkettő"),
            (25, "huszonöt"),
            (200, "kétszáz"),
            (1_000, "ezer"),
            (1_987, "ezerkilencszáznyolcvanhét"),
            (2_000, "kétezer"),
            (2_001, "kétezer-egy"),
            (1_250_000, "egymillió-kétszázötvenezer"),
            (20_000_000, "húszmillió"),
            (3_001_000, "hárommillió-ezer"),
        ] {
            assert_eq!(hungarian(n), words);
        }
    }

    #[test]
    fn english_spelling() {
        assert_eq!(english(1_250_000), "one million two hundred fifty thousand");
        assert_eq!(english(21), "twenty-one");
        assert_eq!(english(0), "zero");
    }

    #[test]
    fn the_largest_number_has_words() {
        assert!(!hungarian(u64::MAX / 20).is_empty());
        assert!(!english(999_999_999_999_999).is_empty());
    }
}
