//! Texts of files that do not say their encoding: UTF-8 if they are, otherwise one of the two single-byte
//! encodings that Hungarian programs write, by which of them gives more Hungarian letters.

use std::borrow::Cow;

use crate::{Encoding, FormatError, Result};

/// The text of the bytes, without a byte order mark.
///
/// # Errors
/// [`FormatError::UnsupportedEncoding`] for UTF-16, [`FormatError::InvalidBytes`] with the line for bytes that
/// are no text in any of the encodings.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(FormatError::UnsupportedEncoding { name: "UTF-16".to_owned() });
    }
    let marked = bytes.strip_prefix(b"\xef\xbb\xbf");
    let plain = marked.unwrap_or(bytes);
    match std::str::from_utf8(plain) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(error) if marked.is_some() => {
            let line = 1 + count(&plain[..error.valid_up_to()]);
            Err(FormatError::InvalidBytes { line, encoding: Encoding::Utf8.name() })
        }
        Err(_) => {
            let windows = letters(plain, Encoding::Windows1250);
            let dos = letters(plain, Encoding::Cp852);
            let encoding = if dos > windows { Encoding::Cp852 } else { Encoding::Windows1250 };
            single_byte(plain, encoding).map(Cow::Owned)
        }
    }
}

fn count(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|b| **b == b'\n').count() as u64
}

/// How many of the bytes are Hungarian letters in that encoding.
fn letters(bytes: &[u8], encoding: Encoding) -> usize {
    let Some(table) = encoding.table() else { return 0 };
    let hungarian = |byte: &&u8| {
        let letter = byte.checked_sub(0x80).and_then(|index| table[usize::from(index)]);
        letter.is_some_and(|c| "áéíóöőúüűÁÉÍÓÖŐÚÜŰ".contains(c))
    };
    bytes.iter().filter(hungarian).count()
}

fn single_byte(bytes: &[u8], encoding: Encoding) -> Result<String> {
    let table = encoding.table();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    for (index, byte) in bytes.iter().enumerate() {
        let c = match byte {
            0..=0x7f => Some(char::from(*byte)),
            _ => table.and_then(|table| table[usize::from(byte - 0x80)]),
        };
        let line = || 1 + count(&bytes[..index]);
        text.push(c.ok_or_else(|| FormatError::InvalidBytes { line: line(), encoding: encoding.name() })?);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hungarian_texts_are_read_in_the_encodings_that_programs_write() {
        let text = "Rövid név;Számlaszám\nŐrségi Faipari Kft.;1\nTűzkő Bt.;2\n";
        for encoding in [Encoding::Utf8, Encoding::Windows1250, Encoding::Cp852] {
            let mut bytes = Vec::new();
            encoding.encode(text, &mut bytes).unwrap();
            assert_eq!(decode(&bytes).unwrap(), text, "{}", encoding.name());
        }
        assert_eq!(decode(b"\xef\xbb\xbfa").unwrap(), "a");
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_line() {
        let line = |bytes: &[u8]| decode(bytes).unwrap_err().line();
        assert_eq!(line(b"\xef\xbb\xbfa\nb\xff"), Some(2));
        // 0x81 is no character in windows-1250 and more letters speak for that encoding.
        assert_eq!(line(b"\xf5\xfb\xd5\n\n\x81"), Some(3));
        assert!(matches!(decode(b"\xff\xfea\0"), Err(FormatError::UnsupportedEncoding { .. })));
    }
}
