//! Taking command APDUs apart as a card does: short and extended (ISO 7816-3, 12.1.3).

/// A command.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Command<'a> {
    pub chained: bool,
    pub ins: u8,
    pub p1: u8,
    pub p2: u8,
    pub data: &'a [u8],
    /// Most bytes that the reader wants back. A missing Le counts as 256: libykpiv sends none with
    /// SELECT and still wants the answer.
    pub le: usize,
}

/// Reads a command; `None` when its lengths contradict each other (6700).
pub(super) fn parse(bytes: &[u8]) -> Option<Command<'_>> {
    let (&[cla, ins, p1, p2], body) = bytes.split_first_chunk::<4>()?;
    let (data, le) = match body {
        [] => (&[][..], 256),
        [le] => (&[][..], short_le(*le)),
        [0, high, low] => (&[][..], extended_le(*high, *low)),
        [0, high, low, rest @ ..] => {
            let (data, rest) = rest.split_at_checked(usize::from(*high) << 8 | usize::from(*low))?;
            match rest {
                [] => (data, 256),
                [high, low] => (data, extended_le(*high, *low)),
                _ => return None,
            }
        }
        [lc, rest @ ..] => {
            let (data, rest) = rest.split_at_checked(usize::from(*lc))?;
            match rest {
                [] => (data, 256),
                [le] => (data, short_le(*le)),
                _ => return None,
            }
        }
    };
    Some(Command { chained: cla & 0x10 != 0, ins, p1, p2, data, le })
}

fn short_le(le: u8) -> usize {
    if le == 0 { 256 } else { usize::from(le) }
}

fn extended_le(high: u8, low: u8) -> usize {
    match usize::from(high) << 8 | usize::from(low) {
        0 => 65_536,
        le => le,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_four_cases_short_and_extended_are_told_apart() {
        let head = [0x10, 0xcb, 0x3f, 0xff];
        for (body, data, le) in [
            (&[][..], &[][..], 256),
            (&[0x10], &[], 16),
            (&[0], &[], 256),
            (&[2, 7, 8], &[7, 8], 256),
            (&[2, 7, 8, 0], &[7, 8], 256),
            (&[0, 0, 0], &[], 65_536),
            (&[0, 1, 0], &[], 256),
            (&[0, 0, 2, 7, 8], &[7, 8], 256),
            (&[0, 0, 2, 7, 8, 0, 0], &[7, 8], 65_536),
        ] {
            let bytes = [&head[..], body].concat();
            let command = Command { chained: true, ins: 0xcb, p1: 0x3f, p2: 0xff, data, le };
            assert_eq!(parse(&bytes), Some(command), "{body:02x?}");
        }
        for body in [&[3, 7, 8][..], &[2, 7, 8, 0, 0], &[0, 0, 9, 7, 8], &[0, 0, 1, 7, 8]] {
            assert_eq!(parse(&[&head[..], body].concat()), None, "{body:02x?}");
        }
        assert_eq!(parse(&head[..3]), None);
    }
}
