//! Any bytes end in rows and an end or an error; rows are counted from 1 and their notes bounded.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut count = 0;
    let end = formats::pain001::import(bytes, &mut |row| {
        count += 1;
        assert_eq!(row.position, count);
        assert!(row.warnings.len() <= 64 && row.problems.len() <= 64);
    });
    if let Ok(end) = end {
        assert_eq!(end.rows, count);
    }
    let _ = formats::detect(&mut &*bytes);
});
