//! Any bytes, in any encoding that they claim, end in rows and an end or an error.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut count = 0;
    let end = formats::electra_xml::import(bytes, &mut |row| {
        count += 1;
        assert_eq!(row.position, count);
    });
    if let Ok(end) = end {
        assert_eq!(end.rows, count);
    }
});
