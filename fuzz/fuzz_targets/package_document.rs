//! A document that is taken, of whatever order type, is written back to one that says the same.
#![no_main]

use formats::package_document::{payload_range, read, to_bytes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(content) = read(bytes) else { return };
    let range = payload_range(bytes).expect("a document that was read has a payload");
    assert!(bytes[range].starts_with(b"<"));
    let again = to_bytes(&content).expect("a document that was read can be written");
    assert_eq!(read(&again).expect("what was written can be read"), content);
});
