//! EMSA-PKCS1-v1_5 (RFC 8017, 9.2) for cards that do the bare RSA operation.

/// `DigestInfo` of SHA-256 up to the digest (RFC 8017, 9.2, note 1).
const SHA256_DIGEST_INFO: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
    0x04, 0x20,
];

/// `DigestInfo` of a SHA-256 digest.
pub(crate) fn digest_info(digest: &[u8; 32]) -> Vec<u8> {
    [&SHA256_DIGEST_INFO[..], digest].concat()
}

/// The padded block, as long as the modulus, which must have 62 bytes at least.
pub(crate) fn block(digest: &[u8; 32], modulus_len: usize) -> Vec<u8> {
    let info = digest_info(digest);
    let mut block = vec![0x00, 0x01];
    block.resize(modulus_len.saturating_sub(info.len() + 1), 0xff);
    block.push(0x00);
    block.extend_from_slice(&info);
    block
}
