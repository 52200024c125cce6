//! Tables keep everything, are read in the encodings and with the separators that programs write, and list what
//! cannot be taken.

use domain::{Explain, PartnerTarget};
use proptest::prelude::*;

use super::{Headings, read_csv, read_xlsx, write_csv, write_xlsx};
use crate::partners::{Column, PartnerFile, PartnerFormat, RefusedReason, read};
use crate::testing_partners::{any_partner, partners};
use crate::{Encoding, FormatError};

fn csv(partners: &[domain::Partner], headings: Headings) -> Vec<u8> {
    let mut out = Vec::new();
    write_csv(partners, headings, &mut out).unwrap();
    out
}

fn xlsx(partners: &[domain::Partner]) -> Vec<u8> {
    let mut out = Vec::new();
    write_xlsx(partners, Headings::Hungarian, &mut out).unwrap();
    out
}

fn file(partners: Vec<domain::Partner>) -> PartnerFile {
    PartnerFile { partners, ..PartnerFile::default() }
}

#[test]
fn a_table_always_looks_the_same() {
    let bytes = csv(&partners(), Headings::Hungarian);
    assert!(bytes.starts_with(b"\xef\xbb\xbf"));
    insta::assert_snapshot!(String::from_utf8(bytes.clone()).unwrap().replace('\r', ""));
    assert_eq!(read(&bytes).unwrap(), (PartnerFormat::Csv, file(partners())));
    assert_eq!(read_csv(&csv(&partners(), Headings::English)).unwrap(), file(partners()));
    let book = xlsx(&partners());
    assert_eq!(xlsx(&partners()), book);
    assert_eq!(read(&book).unwrap(), (PartnerFormat::Xlsx, file(partners())));
}

#[test]
fn tables_of_other_programs_are_understood() {
    let text = "Név,IBAN,Bank neve,Közlemény\n\
        Őrségi Faipari Kft.,HU42 1177 3016 1111 1018 0000 0000,OTP,\"bérleti díj, január\"\n\n\
        Tűzkő Bt.,\"10402142-00000103;11773016-11111018\",,\n";
    for encoding in [Encoding::Utf8, Encoding::Windows1250, Encoding::Cp852] {
        let mut bytes = Vec::new();
        encoding.encode(text, &mut bytes).unwrap();
        let file = read_csv(&bytes).unwrap();
        assert_eq!(file.refused, [], "{}", encoding.name());
        assert_eq!(file.partners[0].short_name.as_str(), "Őrségi Faipari Kft.");
        assert_eq!(file.partners[0].narrative.as_str(), "bérleti díj, január");
        let PartnerTarget::Accounts { numbers, .. } = &file.partners[1].target else { panic!() };
        assert_eq!(numbers.len(), 2);
        assert_eq!(file.absent.len(), 7);
        assert!(file.absent.contains(&Column::Note));
        assert_eq!(read_csv(&bytes).unwrap(), file, "the same identifiers each time");
    }
    let tabs = read_csv("partner\tmásodlagos azonosító\nKovács Anna\t06 30 123 4567\n".as_bytes()).unwrap();
    assert_eq!(tabs.partners.len(), 1);
}

#[test]
fn rows_that_cannot_be_taken_are_listed_with_line_and_reason() {
    let text = "Rövid név;Számlaszám;Másodlagos azonosító;Másodlagos azonosító fajtája;Ország\r\n\
        \"Jó\r\nKft.\";11773016-11111018;;;HU\r\n\
        Rossz;11773016-11111019;;;\r\n\
        Kerekített;1,17730161111102E+23;;;\r\n\
        Külföldi;DE89 3704 0044 0532 0130 00;;;\r\n\
        Kettős;11773016-11111018;anna@pelda.hu;email;\r\n\
        Fax;;1234;fax;\r\n\
        Semmi;;;;\r\n\
        \"Jó Kft.\";11773016-11111018;;;\r\n\
        Sok;11773016-11111018;;;HU;még\r\n\
        Ország;10402142-00000103;;;HUN\r\n";
    let file = read_csv(text.as_bytes()).unwrap();
    assert_eq!(file.partners.len(), 1);
    let found: Vec<_> = file.refused.iter().map(|r| (r.line, r.label.as_str(), r.column)).collect();
    assert_eq!(
        found,
        [
            (4, "Rossz", Column::Accounts),
            (5, "Kerekített", Column::Accounts),
            (6, "Külföldi", Column::Accounts),
            (7, "Kettős", Column::SecondaryId),
            (8, "Fax", Column::SecondaryKind),
            (9, "Semmi", Column::Accounts),
            (10, "Jó Kft.", Column::Id),
            (11, "Sok", Column::Note),
            (12, "Ország", Column::Country),
        ]
    );
    assert_eq!(file.refused[1].reason, RefusedReason::Rounded);
    assert_eq!(file.refused[2].reason, RefusedReason::Foreign);
    assert_eq!(file.refused[3].reason, RefusedReason::Mixed);
    assert_eq!(file.refused[6].reason, RefusedReason::Twice);
    assert_eq!(file.refused[7].reason, RefusedReason::Surplus);
}

#[test]
fn broken_tables_are_refused_with_their_line() {
    let error = |text: &str| read_csv(text.as_bytes()).unwrap_err();
    assert_eq!(error("a;b\n1;2\n"), FormatError::NotPartners { line: 1 });
    assert_eq!(
        error("név;számlaszám;közlemény\nA;11773016-11111018;\"nincs vége\nB;;\n"),
        FormatError::Quote { line: 2 }
    );
    assert_eq!(error("név;számlaszám\n\"A\"x;11773016-11111018\n"), FormatError::Quote { line: 2 });
    assert_eq!(
        error("név;számlaszám;közlemény;narrative\n"),
        FormatError::HeadingTwice { line: 1, column: "narrative" }
    );
    assert!(matches!(read_xlsx(b"PK\x03\x04nothing").unwrap_err(), FormatError::Spreadsheet(_)));
}

#[test]
fn a_spreadsheet_sees_texts_and_no_formula() {
    let mut list = partners();
    list[0].note = "=HYPERLINK(\"http://x\")".to_owned();
    list[1].note = "'aposztróf".to_owned();
    let bytes = csv(&list, Headings::Hungarian);
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains("\"'=HYPERLINK"), "{text}");
    assert_eq!(read_csv(&bytes).unwrap().partners, list);
    assert_eq!(read_xlsx(&xlsx(&list)).unwrap().partners, list);
}

#[test]
fn numbers_in_a_workbook_are_taken_only_where_they_are_exact() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(1, 2, "Partner").unwrap();
    sheet.write_string(1, 3, "Számlaszám").unwrap();
    sheet.write_string(1, 4, "Másodlagos azonosító").unwrap();
    sheet.write_string(2, 2, "Kerekített").unwrap();
    sheet.write_number(2, 3, 1_177_301_611_111_018_f64).unwrap();
    sheet.write_string(4, 2, "Adószám").unwrap();
    sheet.write_number(4, 4, 12_892_312_f64).unwrap();
    let file = read_xlsx(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!((file.refused[0].line, file.refused[0].reason), (3, RefusedReason::Rounded));
    assert_eq!(file.partners[0].short_name.as_str(), "Adószám");
}

/// Bytes of windows-1250 as a ledger writes them, with no-break spaces among the digits.
#[test]
fn no_break_spaces_do_not_change_the_letters_of_a_table() {
    let text = "Rövid név;Név;Számlaszám\r\nNador u. Kft.;Tűzkő Bt.;10400126\u{a0}76543212\r\n\
        Alfa;Pék Kft.;11773016\u{a0}23456718\r\nDelta;Delta Nyrt.;11600006\u{a0}00000003\u{a0}45678906\r\n";
    let plain = "Partner;IBAN\r\nTűzkő Bt.;10400126\u{a0}76543212\r\nPék Kft.;11773016\u{a0}23456718\r\n";
    for (text, names) in [(text, ["Tűzkő Bt.", "Pék Kft."]), (plain, ["Tűzkő Bt.", "Pék Kft."])] {
        let mut bytes = Vec::new();
        Encoding::Windows1250.encode(text, &mut bytes).unwrap();
        let (_, file) = read(&bytes).unwrap();
        assert_eq!(file.refused, []);
        let payees = file.partners.iter().filter_map(|partner| match &partner.target {
            PartnerTarget::Accounts { name, .. } => Some(name.as_str()),
            PartnerTarget::SecondaryId { .. } => None,
        });
        assert_eq!(payees.take(2).collect::<Vec<_>>(), names);
        assert_eq!((file.read_as.encoding, file.read_as.doubtful), (Encoding::Windows1250, false));
        assert!(file.read_as.sample.contains("Pék"), "{}", file.read_as.sample);
    }
}

#[test]
fn a_column_of_accounts_holds_nothing_else() {
    let text = "Név;Számlaszám;Közlemény\r\nAlfa Szerviz Kft.;11773016;\r\nTűzkő Bt.;10400126-76543212;\r\n\
        Adószám;12892312;\r\nTelefon;+36301234567;\r\nLevél;anna@pelda.hu;\r\nJel;8400001230;\r\n";
    let file = read_csv(text.as_bytes()).unwrap();
    assert_eq!(file.partners.len(), 1);
    assert!(
        file.refused.iter().all(|r| r.column == Column::Accounts && r.reason == RefusedReason::NotAccount)
    );
    assert_eq!(file.refused.len(), 5);
    assert_eq!((file.refused[0].line, file.refused[0].value.as_str()), (2, "11773016"));
}

#[test]
fn an_account_that_a_spreadsheet_rounded_is_refused_with_the_reason() {
    let text = "Név;Számlaszám\r\nRendes Kft.;11600006-00000003-49532215\r\n\
        Kerekített Kft.;116000060000000000000000\r\nMásik Bt.;11600006-00000000-00000000\r\n\
        Tizenöt Bt.;100320000605595000000000\r\nRövid Bt.;1003200006055950\r\nKötőjel Bt.;10032000-06055950-00000000\r\n";
    let file = read_csv(text.as_bytes()).unwrap();
    let taken: Vec<_> = file.partners.iter().map(|p| p.short_name.as_str()).collect();
    // The last two are one account, written so that nobody can have rounded it.
    assert_eq!(taken, ["Rendes Kft.", "Rövid Bt.", "Kötőjel Bt."]);
    let reasons: Vec<_> = file.refused.iter().map(|r| (r.line, r.reason.code())).collect();
    assert_eq!(
        reasons,
        [(3, "refused-perhaps-rounded"), (4, "account-part-zero"), (5, "refused-perhaps-rounded")]
    );
}

#[test]
fn what_spreadsheets_put_around_texts_is_taken_away() {
    let text = "sep=;\r\nNév;Számlaszám;Másodlagos azonosító\r\n\
        =\"Alfa Kft.\";=\"11773016-11111018\";\r\nBéta Kft.;'10402142-00000103;\r\n\
        \"=\"\"Gamma Kft.\"\"\";\"=\"\"11773016-11111018\"\"\";\r\nAnna;;'06301234567\r\nBéla;;'+36301234568\r\n\u{1a}";
    let (format, file) = read(text.as_bytes()).unwrap();
    assert_eq!((format, file.refused.as_slice()), (PartnerFormat::Csv, &[][..]));
    let names: Vec<_> = file.partners.iter().map(|p| p.short_name.as_str()).collect();
    assert_eq!(names, ["Alfa Kft.", "Béta Kft.", "Gamma Kft.", "Anna", "Béla"]);
    let bad = read_csv(b"sep=,\nname,account\nA,x\n").unwrap();
    assert_eq!(bad.refused[0].line, 3);
    // Another office program saved the apostrophes of a CSV into the cells of a workbook.
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip([
        ["Név", "Számlaszám", "Másodlagos azonosító"],
        ["'=Alfa", "'11773016-11111018", ""],
        ["'-Anna", "", "'+36301234567"],
    ]) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    let file = read_xlsx(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(file.refused, []);
    let names: Vec<_> = file.partners.iter().map(|p| p.short_name.as_str()).collect();
    assert_eq!(names, ["=Alfa", "-Anna"]);
}

#[test]
fn typographic_characters_become_plain_and_are_told() {
    let text = "Név;Számlaszám;Közlemény\r\n„Őrség” – Fia;11773016-11111018;bérleti díj…\r\n";
    let file = read_csv(text.as_bytes()).unwrap();
    assert_eq!(file.partners[0].short_name.as_str(), "\"Őrség\" - Fia");
    assert_eq!(file.partners[0].narrative.as_str(), "bérleti díj...");
    let told: Vec<_> =
        file.adapted.iter().map(|a| (a.line, a.label.as_str(), a.column, a.characters.as_str())).collect();
    let label = "\"Őrség\" - Fia";
    assert_eq!(told, [(2, label, Column::Name, "„ ” –"), (2, label, Column::Narrative, "…")]);
}

#[test]
fn a_table_in_utf_16_is_read() {
    let text = csv(&partners(), Headings::Hungarian);
    let text = std::str::from_utf8(&text).unwrap();
    for encoding in [Encoding::Utf16Le, Encoding::Utf16Be] {
        for text in [text, text.trim_start_matches('\u{feff}')] {
            let mut bytes = Vec::new();
            encoding.encode(text, &mut bytes).unwrap();
            let (format, file) = read(&bytes).unwrap();
            assert_eq!(
                (format, file.partners, file.read_as.encoding),
                (PartnerFormat::Csv, partners(), encoding)
            );
        }
    }
}

proptest! {
    #[test]
    fn everything_survives(mut partners in proptest::collection::vec(any_partner(), 0..5)) {
        partners.sort_by_key(|p| p.id);
        partners.dedup_by_key(|p| p.id);
        let file = file(partners);
        prop_assert_eq!(&read_csv(&csv(&file.partners, Headings::Hungarian)).unwrap(), &file);
        prop_assert_eq!(&read_xlsx(&xlsx(&file.partners)).unwrap(), &file);
    }

    #[test]
    fn any_table_ends(text in "név;számlaszám\n([\\PC\";\n]{0,40}\n){0,6}") {
        let _: crate::Result<PartnerFile> = read_csv(text.as_bytes());
    }
}
