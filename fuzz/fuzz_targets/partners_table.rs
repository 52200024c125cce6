//! Any bytes are a file of partners in one of the formats or an error. A CSV of what was read gives the same
//! partners again.
#![no_main]

use formats::partners::{PartnerFormat, read};
use formats::partners_table::{Headings, write_csv};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok((_, file)) = read(bytes) else { return };
    let mut again = Vec::new();
    write_csv(&file.partners, Headings::English, &mut again).expect("a vector takes everything");
    let (format, second) = read(&again).expect("what was written can be read");
    assert_eq!(format, PartnerFormat::Csv);
    assert_eq!(second.partners.len(), file.partners.len(), "{:?}", second.refused);
    for (first, second) in file.partners.iter().zip(&second.partners) {
        assert_eq!((&first.id, &first.target), (&second.id, &second.target));
        assert_eq!((&first.short_name, &first.narrative), (&second.short_name, &second.narrative));
        // A note of nothing but blanks is none in a table.
        assert!(first.note == second.note || first.note.trim().is_empty());
    }
});
