//! Hostile signature files, certificates and PEM texts are refused without panic; an empty trust store
//! trusts nobody.
#![no_main]

use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use signature::{Purpose, TrustStore, verify};

fuzz_target!(|bytes: &[u8]| {
    let at = DateTime::from_timestamp(1_795_421_700, 0).expect("a time");
    for purpose in [Purpose::Login, Purpose::Document, Purpose::Receipt] {
        assert!(verify(bytes, [0; 32], &TrustStore::default(), purpose, at).is_err());
    }
    let _ = std::str::from_utf8(bytes).map(TrustStore::from_pem);
});
