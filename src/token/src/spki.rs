//! Public keys as cards tell them (ISO 7816-8, 5.4.3) as SubjectPublicKeyInfo (RFC 5280, 4.1.2.7).

use crate::{Result, TokenError, tlv};

/// rsaEncryption with NULL (RFC 3279, 2.3.1).
const RSA: [u8; 15] =
    [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
/// id-ecPublicKey with prime256v1 (RFC 5480, 2.1.1).
const P_256: [u8; 21] = [
    0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
    0x3d, 0x03, 0x01, 0x07,
];
/// Bytes of an uncompressed point: 04, x, y.
const POINT: usize = 65;

/// The DER of a key that is told as modulus 81 and exponent 82, or as uncompressed point 86 on P-256.
///
/// # Errors
/// [`TokenError::CardAnswer`] when it is neither.
pub(crate) fn from_components(told: &[u8]) -> Result<Vec<u8>> {
    let (algorithm, key) = match (tlv::find(told, 0x81), tlv::find(told, 0x82), tlv::find(told, 0x86)) {
        (Some(modulus), Some(exponent), None) => {
            let numbers = [tlv::integer(modulus), tlv::integer(exponent)].concat();
            (&RSA[..], object(0x30, &numbers))
        }
        (None, None, Some(point)) if point.len() == POINT && point.first() == Some(&0x04) => {
            (&P_256[..], point.to_vec())
        }
        _ => return Err(TokenError::CardAnswer("public key")),
    };
    // A bit string that leaves no bits unused.
    let bits = object(0x03, &[&[0], key.as_slice()].concat());
    Ok(object(0x30, &[algorithm, &bits].concat()))
}

fn object(tag: u32, value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len() + 5);
    tlv::put(&mut out, tag, value);
    out
}

#[cfg(test)]
mod tests {
    use signature::PrivateKey;

    use super::*;

    /// What `PrivateKey::public_key_der` makes, taken apart and put together again.
    fn told(spki: &[u8], point: bool) -> Vec<u8> {
        let inner = tlv::find(spki, 0x30).unwrap();
        let bits = &tlv::find(inner, 0x03).unwrap()[1..];
        if point {
            return object(0x86, bits);
        }
        let numbers: Vec<_> =
            tlv::objects(tlv::find(bits, 0x30).unwrap()).map(|(_, number)| number).collect();
        // Cards tell the bare number.
        [object(0x81, numbers[0].strip_prefix(&[0]).unwrap()), object(0x82, numbers[1])].concat()
    }

    #[test]
    fn keys_of_both_kinds_come_out_as_the_libraries_write_them() {
        for (key, point) in
            [(PrivateKey::generate_p256(), true), (PrivateKey::generate_rsa().unwrap(), false)]
        {
            let spki = key.public_key_der().unwrap();
            assert_eq!(from_components(&told(&spki, point)), Ok(spki));
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let refused = Err(TokenError::CardAnswer("public key"));
        for told in [
            vec![],
            object(0x81, &[1; 256]),
            object(0x86, &[4; 64]),
            object(0x86, &[2; 65]),
            [object(0x81, &[1]), object(0x82, &[3]), object(0x86, &[4; 65])].concat(),
        ] {
            assert_eq!(from_components(&told), refused, "{told:02x?}");
        }
    }
}
