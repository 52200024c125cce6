//! What a receipt of the Kapocs protocol says.

pub(crate) use protocol::ReceiptBody;

/// What the signed bytes of a receipt say; `None` for bytes that are no receipt. Whether the bank really said so only
/// the signature shows: verify first.
pub(crate) fn read(body: &[u8]) -> Option<ReceiptBody> {
    let body: ReceiptBody = serde_json::from_slice(body).ok()?;
    (body.kind == ReceiptBody::KIND).then_some(body)
}
