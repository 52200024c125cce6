//! Character encodings of the files that banks and bookkeeping programs write.
//!
//! Besides UTF-8 and UTF-16 all are single-byte, so each is a table of 128 characters taken from `encoding_rs` or
//! `oem_cp`. A byte that honest text never holds (a C1 control character) is refused: that is how a file
//! in CP852 that claims to be ISO-8859-2 is noticed instead of importing wrong names.

use std::sync::OnceLock;

/// An encoding that files are read and written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8.
    #[default]
    Utf8,
    /// ISO-8859-1, read as its superset windows-1252, which Windows programs mean by that name.
    Latin1,
    /// ISO-8859-2.
    Latin2,
    /// ISO-8859-15.
    Latin9,
    /// windows-1250.
    Windows1250,
    /// CP852 (DOS).
    Cp852,
    /// UTF-16 with the lower byte first, as Windows writes it.
    Utf16Le,
    /// UTF-16 with the higher byte first.
    Utf16Be,
}

/// Characters of the bytes 0x80–0xFF; `None` where the encoding has none.
pub(crate) type Table = [Option<char>; 128];

impl Encoding {
    /// All encodings.
    pub const ALL: [Self; 8] = [
        Self::Utf8,
        Self::Latin1,
        Self::Latin2,
        Self::Latin9,
        Self::Windows1250,
        Self::Cp852,
        Self::Utf16Le,
        Self::Utf16Be,
    ];

    /// The name that stands in XML declarations.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Latin1 => "ISO-8859-1",
            Self::Latin2 => "ISO-8859-2",
            Self::Latin9 => "ISO-8859-15",
            Self::Windows1250 => "windows-1250",
            Self::Cp852 => "CP852",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
        }
    }

    /// The encoding of a name as files give it, in any case.
    pub fn from_label(label: &str) -> Option<Self> {
        match label.trim().to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" | "us-ascii" | "ascii" => Some(Self::Utf8),
            "iso-8859-1" | "iso8859-1" | "iso_8859-1" | "latin1" | "windows-1252" | "cp1252" => {
                Some(Self::Latin1)
            }
            "iso-8859-2" | "iso8859-2" | "iso_8859-2" | "latin2" => Some(Self::Latin2),
            "iso-8859-15" | "iso8859-15" | "iso_8859-15" | "latin9" | "latin-9" => Some(Self::Latin9),
            "utf-16le" => Some(Self::Utf16Le),
            "utf-16be" => Some(Self::Utf16Be),
            "windows-1250" | "cp1250" | "cp-1250" => Some(Self::Windows1250),
            "cp852" | "cp-852" | "ibm852" | "ibm-852" | "852" => Some(Self::Cp852),
            _ => None,
        }
    }

    /// The character of a byte in a single-byte encoding, if it has one.
    pub(crate) fn character(self, byte: u8) -> Option<char> {
        match byte {
            0..=0x7f => Some(char::from(byte)),
            _ => self.table().and_then(|table| table[usize::from(byte - 0x80)]),
        }
    }

    /// The upper half of a single-byte encoding; `None` for UTF-8 and UTF-16.
    pub(crate) fn table(self) -> Option<&'static Table> {
        static LATIN1: OnceLock<Table> = OnceLock::new();
        static LATIN2: OnceLock<Table> = OnceLock::new();
        static LATIN9: OnceLock<Table> = OnceLock::new();
        static WINDOWS1250: OnceLock<Table> = OnceLock::new();
        static CP852: OnceLock<Table> = OnceLock::new();
        let from_encoding_rs = |encoding: &'static encoding_rs::Encoding| {
            std::array::from_fn(|i| {
                let byte = [0x80 + i as u8];
                let c = encoding.decode_without_bom_handling(&byte).0.chars().next();
                c.filter(|c| !c.is_control() && *c != '\u{fffd}')
            })
        };
        match self {
            Self::Utf8 | Self::Utf16Le | Self::Utf16Be => None,
            Self::Latin1 => Some(LATIN1.get_or_init(|| from_encoding_rs(encoding_rs::WINDOWS_1252))),
            Self::Latin2 => Some(LATIN2.get_or_init(|| from_encoding_rs(encoding_rs::ISO_8859_2))),
            Self::Latin9 => Some(LATIN9.get_or_init(|| from_encoding_rs(encoding_rs::ISO_8859_15))),
            Self::Windows1250 => {
                Some(WINDOWS1250.get_or_init(|| from_encoding_rs(encoding_rs::WINDOWS_1250)))
            }
            Self::Cp852 => Some(CP852.get_or_init(|| oem_cp::code_table::DECODING_TABLE_CP852.map(Some))),
        }
    }

    /// Appends `text` in this encoding, or gives the first character that it does not have.
    pub fn encode(self, text: &str, out: &mut Vec<u8>) -> Result<(), char> {
        let Some(table) = self.table() else {
            match self {
                Self::Utf16Le => out.extend(text.encode_utf16().flat_map(u16::to_le_bytes)),
                Self::Utf16Be => out.extend(text.encode_utf16().flat_map(u16::to_be_bytes)),
                _ => out.extend_from_slice(text.as_bytes()),
            }
            return Ok(());
        };
        for c in text.chars() {
            let byte = match c {
                '\0'..='\x7f' => c as u8,
                _ => match table.iter().position(|known| *known == Some(c)) {
                    Some(index) => 0x80 + index as u8,
                    None => return Err(c),
                },
            };
            out.push(byte);
        }
        Ok(())
    }

    /// Whether the character exists in this encoding.
    pub fn has(self, c: char) -> bool {
        c.is_ascii() || self.table().is_none_or(|table| table.contains(&Some(c)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hungarian_letters_exist_where_they_should() {
        for encoding in Encoding::ALL {
            for c in "áéíóöúüÁÉÍÓÖÚÜ".chars() {
                assert!(encoding.has(c), "{c} in {}", encoding.name());
            }
            for c in "őűŐŰ".chars() {
                let western = matches!(encoding, Encoding::Latin1 | Encoding::Latin9);
                assert_eq!(encoding.has(c), !western, "{c} in {}", encoding.name());
            }
            assert_eq!(Encoding::from_label(encoding.name()), Some(encoding));
        }
        let mut cp852 = Vec::new();
        Encoding::Cp852.encode("Őrség", &mut cp852).unwrap();
        assert_eq!(cp852, [0x8a, b'r', b's', 0x82, b'g']);
        let mut utf16 = Vec::new();
        Encoding::Utf16Be.encode("Ő1", &mut utf16).unwrap();
        assert_eq!(utf16, [0x01, 0x50, 0, b'1']);
        assert_eq!(Encoding::Latin1.encode("Őrség", &mut Vec::new()), Err('Ő'));
    }

    #[test]
    fn every_byte_of_a_table_comes_back() {
        for encoding in Encoding::ALL {
            let Some(table) = encoding.table() else { continue };
            for (i, c) in table.iter().enumerate() {
                let Some(c) = c else { continue };
                let mut out = Vec::new();
                encoding.encode(&c.to_string(), &mut out).unwrap();
                assert_eq!(out, [0x80 + i as u8]);
            }
        }
    }
}
