//! Any bytes are a whole PARTNERS.DAT or an error. What is read is written and read again as the same, and a file
//! of which nothing was refused is written with the very bytes that it had if its records stand in order.
#![no_main]

use formats::partners_dat::{read, write};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(file) = read(bytes) else { return };
    let mut again = Vec::new();
    write(&file.partners, &file.templates, &mut again).expect("what was read can be written");
    let second = read(again.as_slice()).expect("what was written can be read");
    assert_eq!(second.partners.len(), file.partners.len());
    assert_eq!(second.templates.len(), file.templates.len());
    let mut third = Vec::new();
    write(&second.partners, &second.templates, &mut third).expect("once more");
    assert_eq!(third, again);
});
