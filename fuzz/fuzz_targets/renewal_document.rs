//! A renewal document that is taken has exactly the bytes that it would be written with.
#![no_main]

use libfuzzer_sys::fuzz_target;
use protocol::RenewalDocument;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(document) = RenewalDocument::parse(bytes) {
        assert_eq!(document.to_bytes(), bytes);
    }
});
