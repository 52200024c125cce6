//! Our layout of PARTNERS.DAT, versions 1 and 2: UTF-8 text, one record a line, tabs between its values.
//!
//! ```text
//! KAPOCS-PARTNERS ⇥ 2 ⇥ UTF-8 ⇥ árvíztűrő ÁRVÍZTŰRŐ
//! COUNT ⇥ partners=2 ⇥ templates=1 ⇥ CHECK
//! #P ⇥ names of a partner's columns
//! #T ⇥ names of a template's columns
//! P ⇥ 1 ⇥ values ⇥ CHECK
//! P ⇥ 2 ⇥ values ⇥ CHECK
//! T ⇥ 1 ⇥ values ⇥ CHECK
//! END ⇥ SHA-256 of all bytes before this line, 64 small hexadecimal digits
//! ```
//!
//! - Every line ends with one line feed, the last one too. Nothing follows it.
//! - The first line's Hungarian words are the encoding mark: a program that saved the file in another encoding
//!   has changed them, and the file is refused before any name is read wrong.
//! - CHECK is the first 8 hexadecimal digits of the SHA-256 of the line before its last tab; it tells in which
//!   line a file is damaged.
//! - Records of a kind are numbered from 1 without gaps; partners come first. They are written by ascending
//!   identifier, which makes writing deterministic; the reader takes any order.
//! - In values `\\`, `\t`, `\n`, `\r` and `\uXXXX` (other control characters) are escaped and nothing else is.
//! - An absent value is empty. Accounts have 24 digits, a space between two; the first is the usual one.
//!   Yes and no are written as `yes` and `no`.

mod escape;
mod partner;
mod read;
mod template;
mod template_1;
mod write;

pub use read::read;
pub use write::write;

use sha2::{Digest, Sha256};

/// First value of the first line.
const MAGIC: &str = "KAPOCS-PARTNERS";

/// A version of the layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    /// With templates of domestic transfers only, one column a field; read.
    One,
    /// With templates of every order type, all fields in one column; read and written.
    Two,
}

impl Version {
    const ALL: [Self; 2] = [Self::One, Self::Two];
    /// The one that is written.
    const WRITTEN: Self = Self::Two;

    fn name(self) -> &'static str {
        match self {
            Self::One => "1",
            Self::Two => "2",
        }
    }

    fn template_columns(self) -> &'static [&'static str] {
        match self {
            Self::One => &template_1::COLUMNS,
            Self::Two => &template::COLUMNS,
        }
    }
}

/// The name of the encoding and words that look different in any other.
const ENCODING: [&str; 2] = ["UTF-8", "árvíztűrő ÁRVÍZTŰRŐ"];
/// Bytes that a line may have. The longest honest one is a few thousand.
const LINE_LIMIT: usize = 64 * 1024;

/// Whether a file that begins so is one of ours, in whatever version or damaged state.
pub(super) fn claims(beginning: &[u8]) -> bool {
    let beginning = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
    beginning.starts_with(MAGIC.as_bytes())
}

/// The whole first line.
fn first_line(version: Version) -> String {
    [MAGIC, version.name(), ENCODING[0], ENCODING[1]].join("\t")
}

/// The line that names the columns of a kind of record.
fn columns_line(letter: &str, columns: &[&str]) -> String {
    format!("#{letter}\tnumber\t{}", columns.join("\t"))
}

/// The checksum at a line's end.
fn check(line: &[u8]) -> String {
    hex(&Sha256::digest(line)[..4])
}

/// Small hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|b| [digit(b >> 4), digit(b & 15)]).collect()
}

/// The sums, for tests that make a file wrong in another way.
#[cfg(test)]
pub(super) mod testing {
    use sha2::{Digest, Sha256};

    pub(in super::super) fn check(line: &[u8]) -> String {
        super::check(line)
    }

    pub(in super::super) fn sum(bytes: &[u8]) -> String {
        super::hex(&Sha256::digest(bytes))
    }
}
