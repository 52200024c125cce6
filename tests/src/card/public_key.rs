//! Public keys and signatures in the forms that cards give them.

use signature::{KeyAlgorithm, PrivateKey};

use super::tlv;

/// Template of a public key (ISO 7816-8, table 3): 7F49 with modulus 81 and exponent 82, or with the
/// uncompressed point 86.
pub(super) fn template(key: &PrivateKey) -> Vec<u8> {
    let contents = match (key.algorithm(), bits(&key.public_key_der().unwrap_or_default())) {
        (KeyAlgorithm::P256, Some(point)) => tlv::object(&[0x86], &point),
        (KeyAlgorithm::Rsa { .. }, Some(key)) => rsa(&key).unwrap_or_default(),
        (_, None) => vec![],
    };
    tlv::object(&[0x7f, 0x49], &contents)
}

/// The same without the outer tag, as GET METADATA wants it.
pub(super) fn components(key: &PrivateKey) -> Vec<u8> {
    let template = template(key);
    tlv::contents(&template[2..]).map(|(contents, _)| contents.to_vec()).unwrap_or_default()
}

/// `r || s` of a DER ECDSA signature, 32 bytes each.
pub(super) fn plain_ecdsa(der: &[u8]) -> Option<Vec<u8>> {
    let sequence = tlv::value(der, 0x30)?;
    let numbers = tlv::objects(sequence);
    let mut out = Vec::with_capacity(64);
    for (_, number) in numbers {
        let number = unsigned(number);
        out.resize(out.len() + 32_usize.checked_sub(number.len())?, 0);
        out.extend_from_slice(number);
    }
    Some(out)
}

/// The bit string of a SubjectPublicKeyInfo.
fn bits(spki: &[u8]) -> Option<Vec<u8>> {
    let bits = tlv::value(tlv::value(spki, 0x30)?, 0x03)?;
    bits.strip_prefix(&[0]).map(<[u8]>::to_vec)
}

fn rsa(key: &[u8]) -> Option<Vec<u8>> {
    match tlv::objects(tlv::value(key, 0x30)?)[..] {
        [(0x02, modulus), (0x02, exponent)] => {
            Some([tlv::object(&[0x81], unsigned(modulus)), tlv::object(&[0x82], unsigned(exponent))].concat())
        }
        _ => None,
    }
}

/// A DER INTEGER without the zeros that keep it positive.
fn unsigned(mut number: &[u8]) -> &[u8] {
    while let [0, rest @ ..] = number {
        number = rest;
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_p256_key_gives_its_point_and_signatures_of_two_numbers() {
        let key = PrivateKey::generate_p256();
        let template = template(&key);
        assert_eq!(template[..5], [0x7f, 0x49, 0x43, 0x86, 0x41]);
        assert!(key.public_key_der().unwrap().ends_with(&template[5..]));
        let plain = plain_ecdsa(&key.sign_digest(&[3; 32]).unwrap()).unwrap();
        assert_eq!(plain.len(), 64);
    }

    #[test]
    fn an_rsa_key_gives_modulus_and_exponent() {
        let key = PrivateKey::generate_rsa().unwrap();
        let components = components(&key);
        assert_eq!(components.len(), 4 + 256 + 2 + 3);
        assert_eq!(components[..4], [0x81, 0x82, 0x01, 0x00]);
        assert_eq!(components[260..], [0x82, 0x03, 0x01, 0x00, 0x01]);
    }
}
