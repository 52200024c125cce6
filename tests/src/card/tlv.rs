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

/// The objects with one-byte tags on the top level of `bytes`, up to the first malformed one.
pub(super) fn objects(mut bytes: &[u8]) -> Vec<(u8, &[u8])> {
    let mut found = Vec::new();
    while let Some((&tag, rest)) = bytes.split_first() {
        let Some((value, rest)) = contents(rest) else { break };
        found.push((tag, value));
        bytes = rest;
    }
    found
}

/// The value of the object with this one-byte tag on the top level of `bytes`.
pub(super) fn value(bytes: &[u8], tag: u8) -> Option<&[u8]> {
    objects(bytes).into_iter().find(|(found, _)| *found == tag).map(|(_, value)| value)
}

/// Length and value at the start of `bytes`, and what comes after.
pub(super) fn contents(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = match bytes {
        [length @ 0..=0x7f, rest @ ..] => (usize::from(*length), rest),
        [0x81, length, rest @ ..] => (usize::from(*length), rest),
        [0x82, high, low, rest @ ..] => (usize::from(*high) << 8 | usize::from(*low), rest),
        _ => return None,
    };
    rest.split_at_checked(length)
}
