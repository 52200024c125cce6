//! Splitting PEM text (RFC 7468) into its blocks; text between the blocks is allowed and ignored.

use zeroize::Zeroizing;

use crate::{Result, SignatureError};

/// One block: its label (`CERTIFICATE`, …) and the decoded bytes.
pub(crate) struct Block {
    pub label: String,
    pub der: Zeroizing<Vec<u8>>,
}

/// All blocks in their order.
pub(crate) fn blocks(text: &str) -> Result<Vec<Block>> {
    const BEGIN: &str = "-----BEGIN ";
    const END: &str = "-----END ";
    const DASHES: &str = "-----";
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(BEGIN) {
        let block = &rest[start..];
        let end = block.find(END).ok_or(SignatureError::Malformed("PEM"))?;
        let after_end = end + END.len();
        let close = block[after_end..].find(DASHES).ok_or(SignatureError::Malformed("PEM"))?;
        let length = after_end + close + DASHES.len();
        let (label, der) = der::pem::decode_vec(&block.as_bytes()[..length])
            .map_err(|_| SignatureError::Malformed("PEM"))?;
        found.push(Block { label: label.to_owned(), der: Zeroizing::new(der) });
        rest = &block[length..];
    }
    Ok(found)
}

/// One block as PEM text with Unix line ends.
pub(crate) fn encode(label: &str, der: &[u8]) -> Result<String> {
    der::pem::encode_string(label, der::pem::LineEnding::LF, der).map_err(|_| SignatureError::Encoding("PEM"))
}
