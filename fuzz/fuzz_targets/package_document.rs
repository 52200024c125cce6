//! A document that is taken, of either kind, is written back to one that says the same.
#![no_main]

use formats::package_document::{Document, administration_to_bytes, payload_range, read, read_any, to_bytes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(document) = read_any(bytes) else {
        assert!(read(bytes).is_err(), "the reader of transfers takes less, never more");
        return;
    };
    let again = match &document {
        Document::Transfers(content) => {
            let range = payload_range(bytes).expect("a document that was read has a payload");
            assert!(bytes[range].starts_with(b"<Document "));
            to_bytes(content)
        }
        Document::Administration(content) => {
            assert!(read(bytes).is_err(), "the reader of transfers takes no other kind");
            administration_to_bytes(content)
        }
    };
    let again = again.expect("a document that was read can be written");
    assert_eq!(read_any(&again).expect("what was written can be read"), document);
});
