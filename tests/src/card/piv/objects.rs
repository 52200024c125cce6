//! The data objects of the card (NIST SP 800-73-4 part 1, appendix A).

use std::collections::BTreeMap;

use signature::Certificate;

use super::super::tlv::object;

/// Data about the card's administration, as Yubico's tools write it.
const ADMIN_DATA: [u8; 3] = [0x5f, 0xff, 0x00];
/// Printed information; Yubico's tools keep the management key there.
const PRINTED: [u8; 3] = [0x5f, 0xc1, 0x09];

/// The PIV application identifier with its version.
pub(super) const AID: [u8; 11] = [0xa0, 0x00, 0x00, 0x03, 0x08, 0x00, 0x00, 0x10, 0x00, 0x01, 0x00];

/// FASC-N of a card outside the federal system: agency 9999 (SP 800-73-4 part 1, 3.4.1).
const FASC_N: [u8; 25] = [
    0xd4, 0xe7, 0x39, 0xda, 0x73, 0x9c, 0xed, 0x39, 0xce, 0x73, 0x9d, 0x83, 0x68, 0x58, 0x21, 0x08, 0x42,
    0x10, 0x84, 0x21, 0xc8, 0x42, 0x10, 0xc3, 0xeb,
];

/// Objects by name, as GET DATA returns them.
pub(super) fn all(csn: [u8; 16], login: &Certificate, signing: &Certificate) -> BTreeMap<Vec<u8>, Vec<u8>> {
    BTreeMap::from([
        (vec![0x5f, 0xc1, 0x02], chuid(csn)),
        (vec![0x5f, 0xc1, 0x07], capability_container(csn)),
        (vec![0x7e], discovery()),
        (vec![0x5f, 0xc1, 0x05], certificate(login)),
        (vec![0x5f, 0xc1, 0x0a], certificate(signing)),
    ])
}

/// A management key that the PIN opens: ADMIN DATA says so (80 with flags 81, bit 02), the printed
/// information holds it (88 with the key 89).
pub(super) fn management(key: &[u8]) -> [(Vec<u8>, Vec<u8>); 2] {
    [
        (ADMIN_DATA.to_vec(), data(&[object(&[0x80], &object(&[0x81], &[0x02]))])),
        (PRINTED.to_vec(), data(&[object(&[0x88], &object(&[0x89], key))])),
    ]
}

/// Whether reading the object wants a verified PIN (SP 800-73-4 part 1, table 2): fingerprints,
/// facial image, printed information.
pub(super) fn wants_pin(name: &[u8]) -> bool {
    matches!(name, [0x5f, 0xc1, 0x03 | 0x08 | 0x09])
}

/// The answer to SELECT: application property template (SP 800-73-4 part 2, 3.1.1).
pub(super) fn property_template() -> Vec<u8> {
    let authority = object(&[0x4f], &AID[..5]);
    object(&[0x61], &[object(&[0x4f], &AID[5..]), object(&[0x79], &authority)].concat())
}

/// Card holder unique identifier: FASC-N, GUID, expiry, no signature.
fn chuid(csn: [u8; 16]) -> Vec<u8> {
    data(&[
        object(&[0x30], &FASC_N),
        object(&[0x34], &csn),
        object(&[0x35], b"20361231"),
        object(&[0x3e], &[]),
        object(&[0xfe], &[]),
    ])
}

/// Card capability container: the card identifier and empty tables.
fn capability_container(csn: [u8; 16]) -> Vec<u8> {
    let identifier = [&AID[..5], &csn].concat();
    let mut parts = vec![
        object(&[0xf0], &identifier),
        object(&[0xf1], &[0x21]),
        object(&[0xf2], &[0x21]),
        object(&[0xf3], &[]),
        object(&[0xf4], &[0x00]),
        object(&[0xf5], &[0x10]),
    ];
    parts.extend([0xf6, 0xf7, 0xfa, 0xfb, 0xfc, 0xfd, 0xfe].map(|tag| object(&[tag], &[])));
    data(&parts)
}

/// Discovery object: this application, and its own PIN opens it.
fn discovery() -> Vec<u8> {
    object(&[0x7e], &[object(&[0x4f], &AID), object(&[0x5f, 0x2f], &[0x40, 0x10])].concat())
}

fn certificate(certificate: &Certificate) -> Vec<u8> {
    data(&[object(&[0x70], certificate.to_der()), object(&[0x71], &[0]), object(&[0xfe], &[])])
}

fn data(parts: &[Vec<u8>]) -> Vec<u8> {
    object(&[0x53], &parts.concat())
}
