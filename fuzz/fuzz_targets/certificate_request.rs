//! Hostile certification requests are refused, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signature::CertificateRequest;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(request) = CertificateRequest::from_der(bytes) {
        assert!(request.public_key_der().is_ok());
    }
});
