//! Quoted-printable (RFC 2045 §6.7): `=F5` is the byte 0xF5. Business cards of versions 2.1 and 3.0 carry accented
//! names so.

/// The bytes of a value without soft line breaks. An `=` without two digits stands for itself: it cannot have been
/// written by an encoder, and what people typed must not be lost.
pub(super) fn decode(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digit = |place: usize| bytes.get(at + place).and_then(|b| char::from(*b).to_digit(16));
        match (byte, digit(1), digit(2)) {
            (b'=', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                decoded.push(*byte);
                at += 1;
            }
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_and_a_lone_sign_stays() {
        assert_eq!(decode("T=FBzk=F5 Bt."), b"T\xfbzk\xf5 Bt.");
        assert_eq!(decode("=c3=bc"), "ü".as_bytes());
        assert_eq!(decode("1+1=2 ="), b"1+1=2 =");
    }
}
