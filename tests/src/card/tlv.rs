//! BER-TLV for the card side, written apart from the product's so that both check each other.

/// An object with a tag of any length and a value below 64 KiB.
pub(super) fn object(tag: &[u8], value: &[u8]) -> Vec<u8> {
    let mut out = tag.to_vec();
    match u16::try_from(value.len()).expect("an object below 64 KiB").to_be_bytes() {
        [0, length @ 0..=0x7f] => out.push(length),
        [0, length] => out.extend_from_slice(&[0x81, length]),
        [high, low] => out.extend_from_slice(&[0x82, high, low]),
    }
    out.extend_from_slice(value);
    out
}

/// The value of the object with this one-byte tag on the top level of `bytes`.
pub(super) fn value(mut bytes: &[u8], tag: u8) -> Option<&[u8]> {
    loop {
        let (length, rest) = match bytes.get(1..)? {
            [length @ 0..=0x7f, rest @ ..] => (usize::from(*length), rest),
            [0x81, length, rest @ ..] => (usize::from(*length), rest),
            [0x82, high, low, rest @ ..] => (usize::from(*high) << 8 | usize::from(*low), rest),
            _ => return None,
        };
        let (found, rest) = rest.split_at_checked(length)?;
        if bytes[0] == tag {
            return Some(found);
        }
        bytes = rest;
    }
}
