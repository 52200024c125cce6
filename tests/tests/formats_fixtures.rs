//! Files as clerks get them: each row's problems are listed with line and field, the good rows can be taken.

use std::io::BufReader;
use std::path::Path;

use chrono::NaiveDate;
use domain::order::CheckContext;
use domain::{
    Account, BankProfile, Beneficiary, Calendar, Currency, Explain, Timing, Transfer, Urgency, key,
};
use formats::import::{ImportEnd, ImportRow, WarningKind, import};
use formats::{Detected, Encoding, FormatError, PainVersion};
use harness::orders::{account, plain_order};

fn file(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> (Vec<ImportRow>, Result<ImportEnd, FormatError>) {
    let mut rows = Vec::new();
    let opened = std::fs::File::open(file("data/formats").join(name)).expect("a fixture");
    let end = import(BufReader::new(opened), &mut |row| rows.push(row));
    (rows, end)
}

/// Line, field and code.
type Problem = (u64, Option<&'static str>, &'static str);

/// The order of a row, or every problem with its line, field and code: the file's first, then the draft's.
fn take(row: &ImportRow) -> Result<Transfer, Vec<Problem>> {
    let text = |name| std::fs::read_to_string(file("../assets/profiles").join(name)).expect("a profile");
    let profile: BankProfile = toml::from_str(&text("kh.toml")).expect("the profile's form");
    let calendar: Calendar = toml::from_str(&text("calendar-hu.toml")).expect("the calendar's form");
    let accounts = [Account { number: account(0), name: "Főszámla".to_owned(), currency: Currency::HUF }];
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
    let context = CheckContext {
        profile: &profile,
        calendar: &calendar,
        accounts: &accounts,
        authority: None,
        user: None,
        today,
    };
    let checked = row.draft.check(plain_order(u64::from(row.position)).id, &context);
    let mut problems: Vec<_> = row.problems.iter().map(|p| (p.line, p.field, p.kind.code())).collect();
    match checked {
        Ok(order) if problems.is_empty() => return Ok(order.transfer().expect("a payment").clone()),
        Ok(_) => {}
        Err(found) => problems.extend(found.iter().map(|e| (row.line, Some(e.field), e.code()))),
    }
    Err(problems)
}

#[test]
fn good_rows_of_a_pain_file_can_be_taken_without_the_bad() {
    let (rows, end) = read("good-and-bad.pain.001.001.03.xml");
    let end = end.expect("a complete file");
    assert_eq!(end.format, Detected::Pain001 { version: PainVersion::V03 });
    assert_eq!(end.rows, 6);
    assert!(end.is_consistent());
    let taken: Vec<_> = rows.iter().map(take).collect();
    let first = taken[0].as_ref().expect("row 1 is good");
    assert_eq!(first.debit_account, account(0));
    assert_eq!(first.amount, domain::Money::huf(125_000));
    assert_eq!(first.timing, Timing::On { date: NaiveDate::from_ymd_opt(2026, 12, 1).expect("a day") });
    assert_eq!(first.own_reference.as_ref().map(ToString::to_string).as_deref(), Some("SZ-1"));
    let second = taken[1].as_ref().expect("row 2 is good");
    assert!(
        matches!(&second.beneficiary, Beneficiary::Account { name, .. } if name.as_str() == "Kovács & Társa Bt.")
    );
    assert_eq!(taken[2], Err(vec![(29, Some(key::AMOUNT), "import-amount")]));
    assert_eq!(taken[3], Err(vec![(34, Some(key::TARGET), "account-check-second-block")]));
    assert_eq!(taken[4], Err(vec![(43, Some(key::AMOUNT), "import-currency")]));
    assert!(taken[5].is_ok());
    let warning = &rows[5].warnings[0];
    assert_eq!(warning.field, Some(key::BENEFICIARY_NAME));
    assert_eq!(warning.kind, WarningKind::Cut { kept: 70, found: 81 });
}

#[test]
fn electra_files_say_the_same_in_every_encoding() {
    let (plain, _) = read("electra-utf8.xml");
    for (name, encoding) in [
        ("electra-utf8.xml", Encoding::Utf8),
        ("electra-latin2.xml", Encoding::Latin2),
        ("electra-cp852.xml", Encoding::Cp852),
    ] {
        let (rows, end) = read(name);
        let end = end.expect("a complete file");
        assert_eq!((end.format, end.encoding), (Detected::ElectraXml, encoding));
        assert_eq!(end.scheduled, NaiveDate::from_ymd_opt(2026, 11, 30));
        assert_eq!(rows, plain);
        let first = take(&rows[0]).expect("row 1 is good");
        assert_eq!(first.narrative.as_str(), "adószám: 12892312-2-41 időszak: 2026. november");
        assert_eq!(first.document_number.map(|n| n.to_string()).as_deref(), Some("000117"));
        assert_eq!(take(&rows[1]).expect("row 2 is good").urgency, Urgency::Viber);
        let codes: Vec<_> = take(&rows[2]).expect_err("row 3 is bad").into_iter().map(|p| p.2).collect();
        assert_eq!(codes, ["import-amount", "account-check-second-block", "entry-amount"]);
    }
}

#[test]
fn a_cut_file_shows_its_whole_rows_and_that_it_is_cut() {
    let (rows, end) = read("truncated.pain.001.001.03.xml");
    assert!(matches!(end, Err(FormatError::Truncated { line: 28 })), "{end:?}");
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| take(row).is_ok()));
}

#[test]
fn an_entity_bomb_is_refused_whole() {
    let (rows, end) = read("entity-bomb.xml");
    assert!(rows.is_empty());
    assert_eq!(end, Err(FormatError::Dtd { line: 2 }));
}
