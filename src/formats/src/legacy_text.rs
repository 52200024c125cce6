//! Texts of files that do not say their encoding: tables and business cards.
//!
//! UTF-8 and UTF-16 tell themselves apart from everything else. What is left is in one of the single-byte encodings
//! that Hungarian programs write, and only the words can tell in which: it is the one in which the letters make
//! Hungarian words. Letters alone would not do, since a no-break space of windows-1250 between two digits is an "á" of
//! CP852. ISO-8859-2 and -15 have the Hungarian letters where windows-1250 has them, so they are read as that.

use std::borrow::Cow;

use crate::{Encoding, FormatError, Result};

/// Bytes that tell what a file is.
const BEGINNING: usize = 8 * 1024;
/// The single-byte encodings, the likelier first.
const SINGLE_BYTE: [Encoding; 2] = [Encoding::Windows1250, Encoding::Cp852];
/// Words that are shown of a text whose encoding was guessed, and letters that all of them may have.
const SAMPLE_WORDS: usize = 4;
const SAMPLE_LETTERS: usize = 80;
const HUNGARIAN: &str = "áéíóöőúüűÁÉÍÓÖŐÚÜŰ";
/// What honest texts have besides: signs and the letters of German names. A no-break space is the usual one.
const USUAL: &str = "\u{a0}§°€„”“’‘‚–—…«»×±½äÄßôõûÔÕÛčćšžČĆŠŽăâîșțĂÂÎ";
/// DOS's end of a file; editors of that time put it behind the text, and some programs still do.
const END_OF_FILE: char = '\u{1a}';

/// In which encoding a text was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadAs {
    /// The encoding.
    pub encoding: Encoding,
    /// Whether another encoding gives words that are about as good; then people must look.
    pub doubtful: bool,
    /// A few words that would look different in another encoding; empty where nothing had to be guessed.
    pub sample: String,
}

/// A text and how it was read.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) read_as: ReadAs,
}

/// The text of the bytes, without a byte order mark and without a closing 0x1A.
///
/// # Errors
/// [`FormatError::InvalidBytes`] with the line for bytes that are no text in the encoding that they must have.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded<'_>> {
    let found = encoding_of(bytes);
    let plain = &bytes[found.mark..];
    let text = match found.encoding {
        Encoding::Utf8 => Cow::Borrowed(utf8(plain)?),
        Encoding::Utf16Le | Encoding::Utf16Be => Cow::Owned(utf16(plain, found.encoding)?),
        single => Cow::Owned(single_byte(plain, single)?),
    };
    let sample = if found.guessed { sample(&text) } else { String::new() };
    let read_as = ReadAs { encoding: found.encoding, doubtful: found.doubtful, sample };
    Ok(Decoded { text: without_end(text), read_as })
}

/// The first lines of a text, to see what it is; what cannot be read of them is left out.
pub(crate) fn beginning(bytes: &[u8]) -> String {
    let part = &bytes[..bytes.len().min(BEGINNING)];
    let found = encoding_of(part);
    let plain = &part[found.mark..];
    match found.encoding {
        Encoding::Utf8 => String::from_utf8_lossy(plain).into_owned(),
        Encoding::Utf16Le | Encoding::Utf16Be => {
            char::decode_utf16(units(plain, found.encoding)).map_while(std::result::Result::ok).collect()
        }
        single => plain.iter().filter_map(|byte| single.character(*byte)).collect(),
    }
}

/// What the bytes say of their encoding.
struct Found {
    encoding: Encoding,
    /// Bytes of the byte order mark.
    mark: usize,
    guessed: bool,
    doubtful: bool,
}

fn encoding_of(bytes: &[u8]) -> Found {
    let sure = |encoding, mark| Found { encoding, mark, guessed: false, doubtful: false };
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => return sure(Encoding::Utf8, 3),
        [0xff, 0xfe, ..] => return sure(Encoding::Utf16Le, 2),
        [0xfe, 0xff, ..] => return sure(Encoding::Utf16Be, 2),
        _ => {}
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return sure(encoding, 0);
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => return sure(Encoding::Utf8, 0),
        // The beginning of a file may end inside a letter.
        Err(error) if bytes.len() == BEGINNING && error.error_len().is_none() => {
            return sure(Encoding::Utf8, 0);
        }
        Err(_) => {}
    }
    let [(first, likely), (second, other)] =
        SINGLE_BYTE.map(|encoding| (likeness(bytes, encoding), encoding));
    let (best, encoding, next) =
        if second > first { (second, other, first) } else { (first, likely, second) };
    Found { encoding, mark: 0, guessed: true, doubtful: next >= best || best < 0 }
}

/// UTF-16 without a mark: of the two bytes of most characters one is zero, always the same one. No other text has
/// zeros.
fn unmarked_utf16(bytes: &[u8]) -> Option<Encoding> {
    let part = &bytes[..bytes.len().min(BEGINNING)];
    let zeros = |from: usize| part.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // More than half of the characters: letters beyond Latin-1 are a few of a Hungarian text.
    match (even > part.len() / 4, odd > part.len() / 4) {
        (true, false) => Some(Encoding::Utf16Be),
        (false, true) => Some(Encoding::Utf16Le),
        _ => None,
    }
}

/// How much like a Hungarian text the bytes look in a single-byte encoding: a point for each Hungarian letter in a
/// word, one less for whatever stands where it does not belong.
fn likeness(bytes: &[u8], encoding: Encoding) -> i64 {
    let character = |index: usize| bytes.get(index).and_then(|byte| encoding.character(*byte));
    let beside = |index: usize| [index.checked_sub(1).and_then(character), character(index + 1)];
    let points = |index: usize| match character(index) {
        Some(c) if HUNGARIAN.contains(c) => {
            let [before, after] = beside(index);
            let digit = [before, after].into_iter().flatten().any(|c| c.is_ascii_digit());
            let letter = [before, after].into_iter().flatten().any(char::is_alphabetic);
            // "PÚk": a capital between small letters is another encoding's small one.
            let capital_inside = c.is_uppercase() && before.is_some_and(char::is_lowercase);
            if letter && !digit && !capital_inside { 1 } else { -1 }
        }
        Some(c) if USUAL.contains(c) => 0,
        _ => -1,
    };
    (0..bytes.len()).filter(|index| !bytes[*index].is_ascii()).map(points).sum()
}

fn utf8(bytes: &[u8]) -> Result<&str> {
    std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + count(&bytes[..error.valid_up_to()]);
        FormatError::InvalidBytes { line, encoding: Encoding::Utf8.name() }
    })
}

fn units(bytes: &[u8], encoding: Encoding) -> impl Iterator<Item = u16> {
    let little = encoding == Encoding::Utf16Le;
    bytes.chunks_exact(2).map(move |pair| {
        let pair = [pair[0], pair[1]];
        if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
    })
}

fn utf16(bytes: &[u8], encoding: Encoding) -> Result<String> {
    let mut text = String::with_capacity(bytes.len());
    let invalid = |text: &str| {
        let line = 1 + count(text.as_bytes());
        FormatError::InvalidBytes { line, encoding: encoding.name() }
    };
    for c in char::decode_utf16(units(bytes, encoding)) {
        match c {
            Ok(c) => text.push(c),
            Err(_) => return Err(invalid(&text)),
        }
    }
    // Half a character at the end: the file was cut, unless it is what DOS put there.
    match bytes.chunks_exact(2).remainder() {
        [] | [0x1a] => Ok(text),
        _ => Err(invalid(&text)),
    }
}

fn single_byte(bytes: &[u8], encoding: Encoding) -> Result<String> {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    for (index, byte) in bytes.iter().enumerate() {
        let invalid =
            || FormatError::InvalidBytes { line: 1 + count(&bytes[..index]), encoding: encoding.name() };
        text.push(encoding.character(*byte).ok_or_else(invalid)?);
    }
    Ok(text)
}

fn count(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|b| **b == b'\n').count() as u64
}

fn without_end(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_end_matches(END_OF_FILE)),
        Cow::Owned(mut text) => {
            text.truncate(text.trim_end_matches(END_OF_FILE).len());
            Cow::Owned(text)
        }
    }
}

/// Words with letters that another encoding would show differently; below the first line if there are any, since names
/// tell people more than headings.
fn sample(text: &str) -> String {
    let below = text.split_once('\n').map(|(_, below)| telling_words(below)).unwrap_or_default();
    if below.is_empty() { telling_words(text) } else { below }
}

fn telling_words(text: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    let telling = |word: &&str| word.chars().any(|c| !c.is_ascii() && c.is_alphabetic());
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(telling) {
        if !words.contains(&word) {
            words.push(word);
        }
        if words.len() == SAMPLE_WORDS {
            break;
        }
    }
    words.join(", ").chars().take(SAMPLE_LETTERS).collect()
}

#[cfg(test)]
#[path = "legacy_text_tests.rs"]
mod tests;
