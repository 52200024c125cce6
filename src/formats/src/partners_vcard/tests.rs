//! Cards keep everything; cards of other programs are understood or listed.

use domain::{Explain, PartnerTarget};
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
    assert_eq!(error("BEGIN:VCARD\nFN"), FormatError::Incomplete { line: 2 });
    assert_eq!(
        error("BEGIN:VCARD\nVERSION:4.0\nBEGIN:VCARD\n"),
        FormatError::Record { line: 3, column: "BEGIN" }
    );
}

/// As Outlook writes it: a name in windows-1250, another one in UTF-8 without a word about it, a picture whose lines are
/// not indented, and blank lines.
const OUTLOOK: &str = "BEGIN:VCARD\r\nVERSION:2.1\r\n\r\nN;CHARSET=windows-1250;ENCODING=QUOTED-PRINTABLE:=FBr;x\r\n\
    FN;ENCODING=QUOTED-PRINTABLE;CHARSET=windows-1250:T=FBzk=F5 Kereskedelmi =C9s =\r\nSzolg=E1ltat=F3 Bt.\r\n\
    NICKNAME;QUOTED-PRINTABLE:Sz=C3=BCcs\r\n\
    PHOTO;TYPE=JPEG;ENCODING=BASE64:\r\n /9j/4AAQ\r\nSkZJRgAB\r\nAQ==\r\n\r\n\
    X-KAPOCS-ACCOUNT:1040012676543212\r\nEND:VCARD\r\n";

#[test]
fn quoted_printable_is_decoded_with_its_charset() {
    let three = "BEGIN:VCARD\r\nVERSION:3.0\r\n\
        FN;ENCODING=QUOTED-PRINTABLE;CHARSET=windows-1250:T=FBzk=F5 Bt.\r\n\
        NICKNAME;ENCODING=QUOTED-PRINTABLE:Sz=C3=BCcs\r\nX-KAPOCS-ACCOUNT:1040012676543212\r\nEND:VCARD\r\n";
    for (text, name) in [(three, "Tűzkő Bt."), (OUTLOOK, "Tűzkő Kereskedelmi És Szolgáltató Bt.")] {
        let file = read(text.as_bytes()).unwrap();
        assert_eq!(file.refused, []);
        let PartnerTarget::Accounts { name: payee, .. } = &file.partners[0].target else { panic!() };
        assert_eq!((file.partners[0].short_name.as_str(), payee.as_str()), ("Szücs", name));
    }
}

#[test]
fn a_name_in_an_encoding_that_nobody_names_is_not_guessed() {
    let refused = |name: &str| {
        let card = OUTLOOK.replace("NICKNAME;QUOTED-PRINTABLE:Sz=C3=BCcs", name);
        read(card.as_bytes()).unwrap().refused.remove(0)
    };
    for name in ["NICKNAME;QUOTED-PRINTABLE:Sz=FCcs", "NICKNAME;QUOTED-PRINTABLE;CHARSET=EBCDIC:Sz=FCcs"] {
        let refused = refused(name);
        assert_eq!((refused.column, refused.reason), (Column::ShortName, RefusedReason::Charset));
        assert_eq!(refused.value, "Sz=FCcs");
    }
}

#[test]
fn a_card_that_cannot_be_read_leaves_the_others() {
    let strange = "BEGIN:VCARD\nVERSION:5.0\nFN:Jövő\nX-KAPOCS-ACCOUNT:1040012676543212\nEND:VCARD\n\
        BEGIN:VCARD\nFN:Régi\nX-KAPOCS-ACCOUNT:1040012676543212\nEND:VCARD\n\
        BEGIN:VCARD\nVERSION:3.0\nFN:Sor\nez nem tulajdonság\nX-KAPOCS-ACCOUNT:1040012676543212\nEND:VCARD\n";
    let file = read(format!("{strange}{OUTLOOK}").as_bytes()).unwrap();
    assert_eq!(file.partners.len(), 1);
    let found: Vec<_> = file.refused.iter().map(|r| (r.line, r.label.as_str(), r.reason)).collect();
    assert_eq!(
        found,
        [
            (1, "Jövő", RefusedReason::Version),
            (6, "Régi", RefusedReason::Version),
            (10, "Sor", RefusedReason::Line)
        ]
    );
    assert_eq!(file.refused[2].value, "ez nem tulajdonság");
}

#[test]
fn only_accounts_stand_where_accounts_stand() {
    let reason = |account: &str| {
        let card = format!("BEGIN:VCARD\nVERSION:4.0\nFN:A\nX-KAPOCS-ACCOUNT:{account}\nEND:VCARD\n");
        read(card.as_bytes()).unwrap().refused[0].reason
    };
    assert_eq!(reason("11773016").code(), "account-length");
    assert_eq!(reason("11600006-00000000-00000000").code(), "account-part-zero");
    assert_eq!(reason("anna@pelda.hu").code(), "account-character");
}

#[test]
fn cards_in_utf_16_and_with_typographic_names_are_read() {
    let text = OUTLOOK.replace("NICKNAME;QUOTED-PRINTABLE:Sz=C3=BCcs", "NICKNAME:„Őrség” – Fia");
    let mut bytes = vec![0xff, 0xfe];
    crate::Encoding::Utf16Le.encode(&text, &mut bytes).unwrap();
    let (format, file) = crate::partners::read(&bytes).unwrap();
    assert_eq!(
        (format, file.read_as.encoding),
        (crate::partners::PartnerFormat::Vcard, crate::Encoding::Utf16Le)
    );
    assert_eq!(file.partners[0].short_name.as_str(), "\"Őrség\" - Fia");
    assert_eq!(file.adapted[0].characters, "„ ” –");
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
