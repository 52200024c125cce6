//! X.501 names: writing ours, reading attributes whatever string type a certificate authority chose.

use const_oid::ObjectIdentifier;
use der::asn1::{Any, PrintableString, SetOfVec, Utf8StringRef};
use der::{Tag, Tagged};
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};

use crate::{Result, SignatureError};

/// `id-at-commonName`.
pub(crate) const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
/// `id-at-serialNumber`: carries the user id in our users' certificates.
pub(crate) const SERIAL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.5");

/// A name of a common name and, for users, their id.
///
/// # Errors
/// [`SignatureError::Encoding`] when the id is not made of letters, digits, space and `'()+,-./:=?`.
pub(crate) fn build(common_name: &str, user_id: Option<&str>) -> Result<Name> {
    let build = || -> der::Result<Name> {
        let mut parts = vec![part(COMMON_NAME, Any::from(Utf8StringRef::new(common_name)?))?];
        if let Some(user_id) = user_id {
            parts.push(part(SERIAL_NUMBER, Any::from(&PrintableString::new(user_id)?))?);
        }
        Ok(RdnSequence(parts))
    };
    build().map_err(|_| SignatureError::Encoding("name"))
}

fn part(oid: ObjectIdentifier, value: Any) -> der::Result<RelativeDistinguishedName> {
    SetOfVec::try_from(vec![AttributeTypeAndValue { oid, value }]).map(RelativeDistinguishedName)
}

/// The first value of `oid` in the name, as text.
pub(crate) fn attribute(name: &Name, oid: ObjectIdentifier) -> Option<String> {
    name.0.iter().flat_map(|rdn| rdn.0.iter()).find(|pair| pair.oid == oid).and_then(|pair| text(&pair.value))
}

fn text(value: &Any) -> Option<String> {
    let bytes = value.value();
    match value.tag() {
        Tag::Utf8String | Tag::PrintableString | Tag::Ia5String => {
            std::str::from_utf8(bytes).ok().map(str::to_owned)
        }
        // In practice T61 strings are Latin-1.
        Tag::TeletexString => Some(bytes.iter().map(|&byte| char::from(byte)).collect()),
        Tag::BmpString if bytes.len().is_multiple_of(2) => {
            let units: Vec<u16> =
                bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).ok()
        }
        _ => None,
    }
}
