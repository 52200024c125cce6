//! BER-TLV as cards speak it (ISO 7816-4, 5.2.2): tags of one to three bytes, definite lengths.

/// The objects of a byte string, one after the other. Ends early where the bytes make no sense.
pub(crate) struct Objects<'a>(&'a [u8]);

/// Walks over the objects of `bytes`.
pub(crate) fn objects(bytes: &[u8]) -> Objects<'_> {
    Objects(bytes)
}

/// The value of the first object with this tag, on the top level.
pub(crate) fn find(bytes: &[u8], tag: u32) -> Option<&[u8]> {
    objects(bytes).find(|(found, _)| *found == tag).map(|(_, value)| value)
}

/// Appends an object.
pub(crate) fn put(out: &mut Vec<u8>, tag: u32, value: &[u8]) {
    let tag = tag.to_be_bytes();
    let skip = tag.iter().take_while(|&&byte| byte == 0).count().min(3);
    out.extend_from_slice(&tag[skip..]);
    let length = value.len().to_be_bytes();
    match value.len() {
        0..0x80 => out.push(length[length.len() - 1]),
        _ => {
            let skip = length.iter().take_while(|&&byte| byte == 0).count();
            let digits = &length[skip..];
            out.push(0x80 | u8::try_from(digits.len()).unwrap_or(u8::MAX));
            out.extend_from_slice(digits);
        }
    }
    out.extend_from_slice(value);
}

/// A number that is not negative, as DER INTEGER in the fewest bytes (X.690, 8.3).
pub(crate) fn integer(bytes: &[u8]) -> Vec<u8> {
    let start = bytes.iter().position(|&byte| byte != 0).unwrap_or(bytes.len());
    let digits = &bytes[start..];
    let sign = if digits.first().is_none_or(|&first| first >= 0x80) { &[0][..] } else { &[] };
    let mut out = Vec::with_capacity(bytes.len() + 5);
    put(&mut out, 0x02, &[sign, digits].concat());
    out
}

/// DER of the two numbers of an ECDSA signature (RFC 3279, 2.2.3).
pub(crate) fn ecdsa_value(r: &[u8], s: &[u8]) -> Vec<u8> {
    let mut value = Vec::with_capacity(r.len() + s.len() + 8);
    put(&mut value, 0x30, &[integer(r), integer(s)].concat());
    value
}

impl<'a> Iterator for Objects<'a> {
    type Item = (u32, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (tag, after_tag) = read_tag(self.0)?;
        let (length, rest) = read_length(after_tag)?;
        let (value, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some((tag, value))
    }
}

fn read_tag(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (&first, mut rest) = bytes.split_first()?;
    let mut tag = u32::from(first);
    if first & 0x1f == 0x1f {
        for _ in 0..2 {
            let (&next, after) = rest.split_first()?;
            tag = tag << 8 | u32::from(next);
            rest = after;
            if next & 0x80 == 0 {
                break;
            }
        }
    }
    Some((tag, rest))
}

fn read_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    if first < 0x80 {
        return Some((usize::from(first), rest));
    }
    let count = usize::from(first & 0x7f);
    if !(1..=3).contains(&count) {
        return None;
    }
    let (digits, rest) = rest.split_at_checked(count)?;
    Some((digits.iter().fold(0, |length, &digit| length << 8 | usize::from(digit)), rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn long_tags_and_lengths_are_read() {
        let mut bytes = vec![];
        put(&mut bytes, 0x7f49, &[7; 300]);
        put(&mut bytes, 0x5fc105, &[1]);
        assert_eq!(bytes[..5], [0x7f, 0x49, 0x82, 0x01, 0x2c]);
        assert_eq!(find(&bytes, 0x7f49), Some(&[7; 300][..]));
        assert_eq!(find(&bytes, 0x5fc105), Some(&[1][..]));
        assert_eq!(find(&bytes, 0x70), None);
    }

    #[test]
    fn lengths_beyond_the_bytes_or_indefinite_end_the_walk() {
        for broken in [
            &[0x70][..],
            &[0x70, 5, 1],
            &[0x70, 0x80, 0],
            &[0x70, 0x84, 0, 0, 0, 1, 9],
            &[0x5f],
            &[0x1f, 0x81],
        ] {
            assert_eq!(objects(broken).next(), None, "{broken:02x?}");
        }
    }

    #[test]
    fn integers_are_shortest_and_never_negative() {
        for (number, der) in [
            (&[0, 0, 5][..], &[2, 1, 5][..]),
            (&[0, 0x80, 1], &[2, 3, 0, 0x80, 1]),
            (&[0x7f, 0], &[2, 2, 0x7f, 0]),
            (&[0, 0], &[2, 1, 0]),
        ] {
            assert_eq!(integer(number), der);
        }
        assert_eq!(ecdsa_value(&[0, 7], &[0x80]), [0x30, 7, 2, 1, 7, 2, 2, 0, 0x80]);
    }

    proptest! {
        #[test]
        fn what_was_put_is_found(tag in prop::sample::select(vec![0x53u32, 0x70, 0x7c, 0x7f49, 0x5fc102]), value in prop::collection::vec(any::<u8>(), 0..70_000)) {
            let mut bytes = vec![];
            put(&mut bytes, tag, &value);
            put(&mut bytes, 0x81, &[1, 2]);
            prop_assert_eq!(find(&bytes, tag), Some(&value[..]));
            prop_assert_eq!(find(&bytes, 0x81), Some(&[1, 2][..]));
        }

        #[test]
        fn garbage_is_walked_without_panic_and_stays_inside(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            let total: usize = objects(&bytes).map(|(_, value)| value.len() + 2).sum();
            prop_assert!(total <= bytes.len());
        }
    }
}
