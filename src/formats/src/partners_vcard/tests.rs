//! Cards keep everything; cards of other programs are understood or listed.

use proptest::prelude::*;

use super::{read, write};
use crate::FormatError;
use crate::partners::{Column, PartnerFile, RefusedReason};
use crate::testing_partners::{any_partner, partners};

fn written(partners: &[domain::Partner]) -> Vec<u8> {
    let mut out = Vec::new();
    write(partners, &mut out).unwrap();
    out
}

#[test]
fn cards_always_look_the_same() {
    let bytes = written(&partners());
    insta::assert_snapshot!(String::from_utf8(bytes.clone()).unwrap().replace('\r', ""));
    assert!(String::from_utf8(bytes.clone()).unwrap().lines().all(|line| line.len() <= 76));
    assert_eq!(read(&bytes).unwrap(), PartnerFile { partners: partners(), ..PartnerFile::default() });
}

#[test]
fn cards_of_other_programs_are_understood_or_listed() {
    let text = "BEGIN:VCARD\nVERSION:3.0\nN:Minta;Anna;;;\nFN:Minta Anna\nTEL;TYPE=\"a:b;c\":+36301234567\n\
        item1.X-KAPOCS-ACCOUNT:11773016-11111018\nPHOTO;ENCODING=b:AAAA\n BBBB\nEND:VCARD\n\n\
        begin:vcard\nversion:3.0\nFN:Csak Telefon\nTEL:+36301234567\nend:vcard\n\
        BEGIN:VCARD\nVERSION:4.0\nFN:Rossz Számla\nX-KAPOCS-ACCOUNT:11773016-11111019\nEND:VCARD\n";
    let file = read(text.as_bytes()).unwrap();
    let names: Vec<&str> = file.partners.iter().map(|p| p.short_name.as_str()).collect();
    assert_eq!(names, ["Minta Anna"]);
    let refused: Vec<_> =
        file.refused.iter().map(|r| (r.line, r.label.as_str(), r.column, r.reason)).collect();
    assert_eq!(refused[0].0, 11);
    assert_eq!((refused[0].1, refused[0].2), ("Csak Telefon", Column::Accounts));
    assert_eq!((refused[1].0, refused[1].1), (16, "Rossz Számla"));
    assert!(matches!(refused[1].3, RefusedReason::Account(_)));
    // The identifier comes from the card's own words: the same card is the same partner.
    assert_eq!(read(text.as_bytes()).unwrap().partners[0].id, file.partners[0].id);
}

#[test]
fn what_is_no_card_is_refused_with_its_line() {
    let error = |text: &str| read(text.as_bytes()).unwrap_err();
    assert_eq!(error("BEGIN:VCARD\nVERSION:4.0\nFN:A\n"), FormatError::Incomplete { line: 3 });
    assert_eq!(
        error("BEGIN:VCARD\nVERSION:2.1\nEND:VCARD"),
        FormatError::UnknownVersion { line: 2, found: "2.1".into() }
    );
    assert_eq!(error("BEGIN:VCARD\nFN:A\nEND:VCARD"), FormatError::Record { line: 1, column: "VERSION" });
    assert_eq!(error("BEGIN:VCARD\nFN"), FormatError::Record { line: 2, column: ":" });
    assert_eq!(
        error("BEGIN:VCARD\nVERSION:4.0\nBEGIN:VCARD\n"),
        FormatError::Record { line: 3, column: "BEGIN" }
    );
}

proptest! {
    #[test]
    fn everything_survives(mut partners in proptest::collection::vec(any_partner(), 0..6)) {
        partners.sort_by_key(|p| p.id);
        partners.dedup_by_key(|p| p.id);
        let file = PartnerFile { partners, ..PartnerFile::default() };
        prop_assert_eq!(&read(&written(&file.partners)).unwrap(), &file);
    }

    #[test]
    fn any_text_ends(text in "(BEGIN:VCARD\n)?(VERSION:4.0\n)?(\\PC{0,40}\n){0,8}") {
        let _: crate::Result<PartnerFile> = read(text.as_bytes());
    }
}
