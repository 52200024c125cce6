//! A connection file that is taken says the same when it is written again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use protocol::ConnectionFile;

fuzz_target!(|text: &str| {
    let Ok(file) = toml::from_str::<ConnectionFile>(text) else { return };
    let written = toml::to_string(&file).expect("a connection file is TOML");
    assert_eq!(toml::from_str(&written), Ok(file));
});
