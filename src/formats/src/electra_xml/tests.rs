//! Files of the wild are understood, ours keep the limits.

use chrono::NaiveDate;
use domain::{Beneficiary, Timing, Urgency, key};
use proptest::prelude::*;

use super::*;
use crate::import::{ImportEnd, ImportRow, ProblemKind, WarningKind};
use crate::testing::{order, orders};
use crate::{Encoding, FormatError, Result};

fn read(bytes: &[u8]) -> (Vec<ImportRow>, Result<ImportEnd>) {
    let mut rows = Vec::new();
    let end = crate::import::import(bytes, &mut |row| rows.push(row));
    (rows, end)
}

fn written(orders: &[domain::Transfer], encoding: Encoding) -> Result<(Vec<u8>, Vec<ExportWarning>)> {
    let created = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap().and_hms_opt(10, 30, 0).unwrap();
    let scheduled = NaiveDate::from_ymd_opt(2026, 11, 23);
    let mut bytes = Vec::new();
    let orders: Vec<&domain::Transfer> = orders.iter().collect();
    let warnings = export(&Export { orders: &orders, created, scheduled, encoding }, &mut bytes)?;
    Ok((bytes, warnings))
}

fn full() -> domain::Transfer {
    let mut order = crate::testing::transfers().remove(1);
    order.narrative =
        "A 2026/000117, 2026/000118 és 2026/000121 számlák kiegyenlítése, köszönjük".parse().unwrap();
    order
}

#[test]
fn an_export_always_looks_the_same() {
    let (bytes, warnings) = written(&[order(1), full()], Encoding::Utf8).unwrap();
    insta::assert_snapshot!(String::from_utf8(bytes).unwrap());
    assert_eq!(
        warnings,
        [ExportWarning { position: 2, field: key::OWN_REFERENCE, kind: ExportWarningKind::NoPlace }]
    );
}

const WILD: &str = r#"<?xml version="1.0" encoding="ISO-8859-2"?>
<!DOCTYPE HUFTransactions SYSTEM "HUFTransactions.dtd">
<HUFTransactions>
  <ScheduledDate>2026-11-23</ScheduledDate>
  <!-- első -->
  <Transaction ProcessingMode="VIBER">
    <Originator><Account><AccountNumber>117730161111101800000000</AccountNumber></Account></Originator>
    <Beneficiary><Name>Nemzeti Adó- és Vámhivatal Kiemelt Adózók Adóigazgatósága letéti</Name>
      <CountryOfRegistration><CountryCode>HU</CountryCode></CountryOfRegistration>
      <Account><AccountNumber Type="GIRO">10032000-06055950</AccountNumber></Account></Beneficiary>
    <Amount Currency="HUF">1000.00</Amount>
    <RequestedExecutionDate>2026-12-01</RequestedExecutionDate>
    <RemittanceInfo><Text>adószám: 12892312-2-41 időszak: 2026.</Text><Text>november &amp; őszi</Text></RemittanceInfo>
    <CustomerSpecifiedReference>000117</CustomerSpecifiedReference>
    <StatisticalInfo><StatisticalCode>101</StatisticalCode></StatisticalInfo>
  </Transaction>
  <Transaction>
    <Originator><Account><AccountNumber>117730161111101800000000</AccountNumber></Account></Originator>
    <Beneficiary><Name>X</Name><Account><AccountNumber>HU42117730161111101800000000</AccountNumber></Account></Beneficiary>
    <Amount Currency="EUR">1.000</Amount><RequestedExecutionDate>2026.12.01</RequestedExecutionDate>
  </Transaction>
</HUFTransactions>
"#;

#[test]
fn files_of_the_wild_are_understood_in_every_encoding() {
    let read_here = Encoding::ALL.into_iter().filter(|encoding| encoding.has('ő'));
    for encoding in read_here {
        let text = WILD.replace("ISO-8859-2", encoding.name());
        let mut bytes = Vec::new();
        encoding.encode(&text, &mut bytes).unwrap();
        let (rows, end) = read(&bytes);
        let end = end.unwrap();
        assert_eq!(end.encoding, encoding);
        assert_eq!(end.scheduled, NaiveDate::from_ymd_opt(2026, 11, 23));
        let row = &rows[0];
        assert_eq!((row.line, row.position), (6, 1));
        assert_eq!(row.draft.get(key::AMOUNT), "1000");
        assert_eq!(row.draft.get(key::VALUE_DATE), "2026-12-01");
        assert_eq!(row.draft.get(key::NARRATIVE), "adószám: 12892312-2-41 időszak: 2026. november & őszi");
        assert_eq!(row.draft.get(key::COUNTRY), "HU");
        assert_eq!(row.draft.get(key::DOCUMENT_NUMBER), "000117");
        assert_eq!(row.draft.get(key::LEGAL_CODE), "101");
        assert!(row.draft.values.ticked(key::URGENCY) && row.problems.is_empty());
        let warnings: Vec<_> = row.warnings.iter().map(|w| (w.line, w.field, w.kind.clone())).collect();
        assert_eq!(
            warnings,
            [
                (8, Some(key::BENEFICIARY_NAME), WarningKind::LongerThanFormat { max: 32, found: 64 }),
                (13, Some(key::NARRATIVE), WarningKind::LongerThanFormat { max: 32, found: 37 }),
            ]
        );
        let problems: Vec<_> = rows[1].problems.iter().map(|p| p.kind.clone()).collect();
        assert_eq!(
            problems,
            [
                ProblemKind::Currency { found: "EUR".to_owned() },
                ProblemKind::Amount { found: "1.000".to_owned() },
                ProblemKind::Date { found: "2026.12.01".to_owned() },
            ]
        );
    }
}

#[test]
fn bytes_of_another_encoding_are_refused_instead_of_read_wrong() {
    let mut bytes = Vec::new();
    Encoding::Cp852.encode(WILD, &mut bytes).unwrap();
    let error = read(&bytes).1.unwrap_err();
    assert_eq!(error, FormatError::InvalidBytes { line: 5, encoding: "ISO-8859-2" });
    let utf8 = WILD.replace("ISO-8859-2", "UTF-8");
    let mut bytes = Vec::new();
    Encoding::Latin2.encode(&utf8, &mut bytes).unwrap();
    assert_eq!(read(&bytes).1.unwrap_err(), FormatError::InvalidBytes { line: 5, encoding: "UTF-8" });
}

#[test]
fn encodings_that_nobody_declared_here_are_named() {
    let error = read(WILD.replace("ISO-8859-2", "EBCDIC-HU").as_bytes()).1.unwrap_err();
    assert_eq!(error, FormatError::UnsupportedEncoding { name: "EBCDIC-HU".to_owned() });
}

#[test]
fn what_the_format_lacks_is_refused_or_named() {
    let mut instant = order(1);
    instant.timing = Timing::Instant;
    let (_, warnings) = written(&[instant.clone()], Encoding::Utf8).unwrap();
    assert_eq!(warnings[0].field, key::INSTANT);
    assert_eq!(
        written(&crate::testing::transfers(), Encoding::Utf8).unwrap_err(),
        FormatError::NoSecondaryId { position: 3 }
    );
    assert_eq!(
        written(&[order(1)], Encoding::Latin1).unwrap_err(),
        FormatError::CannotEncode { position: 1, character: 'Ő', encoding: "ISO-8859-1" }
    );
}

proptest! {
    #[test]
    fn an_export_keeps_the_limits_and_comes_back(order in orders(), encoding in 0..Encoding::ALL.len()) {
        let encoding = Encoding::ALL[encoding];
        let (bytes, warnings) = match written(std::slice::from_ref(&order), encoding) {
            Ok(done) => done,
            Err(FormatError::NoSecondaryId { .. } | FormatError::CannotEncode { .. }) => return Ok(()),
            Err(e) => return Err(TestCaseError::fail(e.to_string())),
        };
        let (rows, end) = read(&bytes);
        prop_assert!(end.is_ok());
        let row = &rows[0];
        prop_assert!(row.warnings.is_empty() && row.problems.is_empty(), "{:?}", row);
        prop_assert_eq!(row.draft.get(key::AMOUNT), order.amount.amount().to_string());
        prop_assert_eq!(row.draft.values.ticked(key::URGENCY), order.urgency == Urgency::Viber);
        let lost = |field| warnings.iter().any(|w| w.field == field);
        if !lost(key::NARRATIVE) {
            prop_assert_eq!(row.draft.get(key::NARRATIVE), order.narrative.as_str());
        }
        if let (Beneficiary::Account { name, .. }, false) = (&order.beneficiary, lost(key::BENEFICIARY_NAME)) {
            prop_assert_eq!(row.draft.get(key::BENEFICIARY_NAME), name.as_str());
        }
    }

    #[test]
    fn any_text_in_a_file_is_answered_without_panic(text in "\\PC{0,200}") {
        for place in ["<Amount", "<Text>", "<Name>", "<AccountNumber>", "<HUFTransactions"] {
            let _ = read(WILD.replacen(place, &format!("{place}{text}"), 1).as_bytes());
        }
    }
}

#[test]
fn a_file_cut_anywhere_gives_its_good_rows_and_the_error() {
    let whole = read(WILD.replace("ISO-8859-2", "UTF-8").as_bytes()).0;
    let text = WILD.replace("ISO-8859-2", "UTF-8");
    for end in 0..text.trim_end().len() {
        let (rows, result) = read(&text.as_bytes()[..end]);
        assert!(result.is_err(), "{end}");
        assert_eq!(rows[..], whole[..rows.len()], "{end}");
    }
}
