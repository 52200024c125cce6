//! What a receipt of the Kapocs protocol says.

pub(crate) use protocol::ReceiptBody;

/// What the signed bytes of a receipt say; `None` for bytes that are no receipt. Whether the bank really said so only
/// the signature shows: verify first.
pub(crate) fn read(body: &[u8]) -> Option<ReceiptBody> {
    ReceiptBody::read(body).ok()
}
