//! A package file of anybody: an error or something that can be written again and is read the same.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(file) = formats::package_file::read(bytes) {
        let again = formats::package_file::to_bytes(&file).expect("what was read can be written");
        assert_eq!(formats::package_file::read(&again).expect("and read again"), file);
        drop(formats::package_document::read(file.document.as_slice()));
    }
});
