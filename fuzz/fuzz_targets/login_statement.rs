//! A login statement that is taken has exactly the bytes that it would be written with.
#![no_main]

use libfuzzer_sys::fuzz_target;
use protocol::LoginStatement;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(statement) = LoginStatement::parse(bytes) {
        assert_eq!(statement.to_bytes(), bytes);
    }
});
