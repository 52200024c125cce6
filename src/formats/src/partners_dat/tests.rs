//! The file keeps everything, is written the same each time, and shows any damage with its line.

use proptest::prelude::*;

use super::{FILE_NAME, Layout, PartnerFile, read, write};
use crate::partners::{Column, RecordKind, RefusedReason};
use crate::testing_partners::{any_partner, any_template, partners, templates};
use crate::{FormatError, Result};

fn written(file: &PartnerFile) -> Vec<u8> {
    let mut out = Vec::new();
    write(&file.partners, &file.templates, &mut out).unwrap();
    out
}

fn small() -> PartnerFile {
    PartnerFile { partners: partners(), templates: templates(), ..PartnerFile::default() }
}

fn error(bytes: &[u8]) -> FormatError {
    read(bytes).unwrap_err()
}

/// The file with line `number` (from 1) changed and its checksums made right again, as a forger could.
fn with_line(number: usize, change: impl Fn(&str) -> String) -> Vec<u8> {
    let text = String::from_utf8(written(&small())).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let (values, _) = lines[number - 1].rsplit_once('\t').unwrap();
    let changed = change(values);
    lines[number - 1] = format!("{changed}\t{}", super::kapocs::testing::check(changed.as_bytes()));
    sealed(&lines[..lines.len() - 1])
}

fn sealed(lines: &[String]) -> Vec<u8> {
    let mut text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let sum = super::kapocs::testing::sum(text.as_bytes());
    text.push_str(&format!("END\t{sum}\n"));
    text.into_bytes()
}

#[test]
fn a_file_always_looks_the_same() {
    let bytes = written(&small());
    let mut turned = small();
    turned.partners.reverse();
    turned.templates.reverse();
    assert_eq!(written(&turned), bytes);
    insta::assert_snapshot!(String::from_utf8(bytes.clone()).unwrap());
    assert_eq!(read(bytes.as_slice()).unwrap(), small());
    assert_eq!(Layout::of(&bytes), Some(Layout::Kapocs));
    assert_eq!(FILE_NAME, "PARTNERS.DAT");
}

/// [`small`] as version 1 wrote it.
const VERSION_1: &str = include_str!("version-1.dat");

#[test]
fn a_file_of_version_1_is_read() {
    assert_eq!(read(VERSION_1.as_bytes()).unwrap(), small());
    let wrong = VERSION_1.replacen("\tyes\tno\t", "\t1\tno\t", 1);
    let lines: Vec<String> = wrong.lines().map(str::to_owned).collect();
    let mut lines = lines[..lines.len() - 1].to_vec();
    let (values, _) = lines[8].rsplit_once('\t').unwrap();
    lines[8] = format!("{values}\t{}", super::kapocs::testing::check(values.as_bytes()));
    assert_eq!(error(&sealed(&lines)), FormatError::Record { line: 9, column: "instant" });
}

#[test]
fn an_empty_master_data_is_a_file_too() {
    let empty = PartnerFile::default();
    assert_eq!(read(written(&empty).as_slice()).unwrap(), empty);
}

#[test]
fn every_changed_byte_is_noticed_with_its_line() {
    let good = written(&small());
    let line_of = |at: usize| 1 + good[..at].iter().filter(|b| **b == b'\n').count() as u64;
    for at in 0..good.len() {
        for flip in [0x01, 0x80, good[at] ^ b'\n', good[at] ^ b'\t'] {
            if flip == 0 {
                continue;
            }
            let mut bad = good.clone();
            bad[at] ^= flip;
            let error = error(&bad);
            let line = error.line().unwrap_or_else(|| panic!("byte {at}: {error} has no line"));
            // A new line feed makes two lines of one: the first of them is wrong.
            assert!(line == line_of(at) || line == line_of(at) + 1, "byte {at}: {error}");
        }
    }
}

#[test]
fn every_lost_or_doubled_piece_is_noticed() {
    let good = written(&small());
    for end in 0..good.len() {
        assert!(error(&good[..end]).line().is_some(), "cut at {end}");
    }
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad.insert(at, good[at]);
        assert!(error(&bad).line().is_some(), "byte {at} doubled");
    }
    let lines: Vec<String> = String::from_utf8(good.clone()).unwrap().lines().map(str::to_owned).collect();
    for lost in 0..lines.len() - 1 {
        let mut rest = lines[..lines.len() - 1].to_vec();
        let _: String = rest.remove(lost);
        assert!(read(sealed(&rest).as_slice()).is_err(), "line {} lost, sums mended", lost + 1);
    }
    let twice = [good.as_slice(), good.as_slice()].concat();
    assert!(matches!(error(&twice), FormatError::Damaged { line: 11 }), "{}", error(&twice));
}

#[test]
fn what_is_wrong_is_named() {
    let good = String::from_utf8(written(&small())).unwrap();
    let replaced = |from: &str, to: &str| error(good.replacen(from, to, 1).as_bytes());
    assert_eq!(error(b""), FormatError::NotPartners { line: 1 });
    assert_eq!(error(b"\"name\";\"account\"\n"), FormatError::NotPartners { line: 1 });
    assert_eq!(replaced("\t2\t", "\t3\t"), FormatError::UnknownVersion { line: 1, found: "3".into() });
    assert_eq!(replaced("UTF-8", "CP852"), FormatError::Recoded { line: 1 });
    assert_eq!(replaced("árvíztűrő", "árvízturo"), FormatError::Recoded { line: 1 });
    assert_eq!(error(format!("\u{feff}{good}").as_bytes()), FormatError::Recoded { line: 1 });
    let windows: Vec<u8> = encoding_rs::WINDOWS_1250.encode(&good).0.into_owned();
    assert_eq!(error(&windows), FormatError::Recoded { line: 1 });
    assert!(matches!(error(good.replace('\n', "\r\n").as_bytes()), FormatError::Recoded { line: 1 }));
    assert_eq!(replaced("Őrségi", "Orségi"), FormatError::Damaged { line: 5 });
    let count = with_line(2, |line| line.replace("partners=3", "partners=4"));
    assert_eq!(error(&count), FormatError::RecordCount { line: 2, declared: 4, found: 3 });
    let column = with_line(5, |line| format!("{line}\tmore"));
    assert_eq!(error(&column), FormatError::Columns { line: 5, expected: 11, found: 12 });
    let number = with_line(6, |line| line.replacen("P\t2", "P\t3", 1));
    assert_eq!(error(&number), FormatError::Record { line: 6, column: "number" });
    let escape = with_line(5, |line| line.replacen("Őrségi", "\\x", 1));
    assert_eq!(error(&escape), FormatError::Record { line: 5, column: "short_name" });
    let fields = with_line(9, |line| line.replacen("{\"", "{", 1));
    assert_eq!(error(&fields), FormatError::Record { line: 9, column: "fields" });
    let id = small().partners[0].id.to_string();
    let twice = with_line(6, |line| line.replacen(&small().partners[1].id.to_string(), &id, 1));
    assert_eq!(error(&twice), FormatError::DuplicateRecord { line: 6, id });
    let long = with_line(5, |line| format!("{line}{}", "a".repeat(70_000)));
    assert_eq!(error(&long), FormatError::TooLong { line: 5, limit: 65_536 });
}

#[test]
fn what_cannot_be_taken_is_listed_and_the_rest_is_given() {
    let refused = |bytes: &[u8]| {
        let file = read(bytes).unwrap();
        assert_eq!(file.refused.len(), 1);
        assert_eq!(file.partners.len() + file.templates.len(), 4);
        let refused = file.refused[0].clone();
        (refused.line, refused.kind, refused.label, refused.column, refused.value, refused.reason)
    };
    let number = small().partners[0].clone();
    let domain::PartnerTarget::Accounts { numbers, .. } = number.target else { panic!() };
    let digits = numbers[0].digits24();
    let wrong = format!("{}0", &digits[..23]);
    assert_ne!(wrong, digits);
    let (line, kind, label, column, value, reason) =
        refused(&with_line(5, |line| line.replacen(&digits, "12345", 1)));
    assert_eq!((line, kind, label.as_str()), (5, RecordKind::Partner, "Őrségi Faipari Zrt."));
    assert_eq!(column, Column::Accounts);
    assert!(value.starts_with("12345 "), "{value}");
    assert!(matches!(reason, RefusedReason::Account(_)));
    let email = refused(&with_line(6, |line| line.replacen("\temail\t", "\tfax\t", 1)));
    assert_eq!((email.3, email.5), (Column::SecondaryKind, RefusedReason::Kind));
    let name = refused(&with_line(8, |line| line.replacen("\tBérek\t", "\tB\u{1f642}\t", 1)));
    assert_eq!((name.1, name.3, name.4.as_str()), (RecordKind::Template, Column::TemplateName, "B\u{1f642}"));
    let order = refused(&with_line(8, |line| line.replacen("\tHCT\t", "\tXYZ\t", 1)));
    assert_eq!((order.3, order.5), (Column::OrderType, RefusedReason::OrderType));
}

#[test]
fn what_a_reader_would_refuse_is_not_written() {
    let mut file = small();
    file.partners[1].note = "á".repeat(40_000);
    let mut out = Vec::new();
    let result: Result<()> = write(&file.partners, &[], &mut out);
    let id = file.partners[1].id.to_string();
    assert_eq!(result, Err(FormatError::CannotWriteRecord { id, column: "note" }));
    let twice = [small().partners[0].clone(), small().partners[0].clone()];
    let id = twice[0].id.to_string();
    assert_eq!(write(&twice, &[], &mut out), Err(FormatError::DuplicateRecord { line: 0, id }));
}

proptest! {
    #[test]
    fn everything_survives(
        partners in proptest::collection::vec(any_partner(), 0..6),
        templates in proptest::collection::vec(any_template(), 0..6),
    ) {
        let mut file = PartnerFile { partners, templates, ..PartnerFile::default() };
        file.partners.sort_by_key(|p| p.id);
        file.partners.dedup_by_key(|p| p.id);
        file.templates.sort_by_key(|t| t.id);
        file.templates.dedup_by_key(|t| t.id);
        let bytes = written(&file);
        prop_assert_eq!(&read(bytes.as_slice()).unwrap(), &file);
    }

    #[test]
    fn damage_at_random_is_refused_with_its_place(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let good = written(&small());
        let mut bad = good.clone();
        for (at, byte) in changes {
            let at = at.index(bad.len());
            bad[at] = byte;
        }
        prop_assume!(bad != good);
        prop_assert!(read(bad.as_slice()).unwrap_err().line().is_some());
    }
}
