//! What is written is imported again; what others write is understood; what is hostile is refused.

use domain::{
    AccountNumber, Beneficiary, Explain, Order, OrderDraft, OrderType, SecondaryId, Target, Timing, Transfer,
    Urgency, key,
};
use proptest::prelude::*;

use super::*;
use crate::import::{ImportEnd, ImportRow, ProblemKind, WarningKind};
use crate::package_document::PackageContent;
use crate::testing::{package, package_of, packages_of, payments, transfers};
use crate::{Detected, FormatError, PainVersion, Result};

fn exported(content: &PackageContent) -> Vec<u8> {
    file(content, &payments(content))
}

fn file(content: &PackageContent, orders: &[&Transfer]) -> Vec<u8> {
    let message = Message {
        id: content.header.id,
        created: content.created,
        customer: &content.header.customer,
        customer_name: &content.customer_name,
        orders,
    };
    let mut bytes = Vec::new();
    write(&message, &mut bytes).unwrap();
    bytes
}

fn read(bytes: &[u8]) -> (Vec<ImportRow>, Result<ImportEnd>) {
    let mut rows = Vec::new();
    let end = crate::import::import(bytes, &mut |row| rows.push(row));
    (rows, end)
}

/// The draft that an importer gives for an order of ours.
fn expected_draft(order: &Order) -> OrderDraft {
    let transfer = order.transfer().unwrap();
    let target = match &transfer.beneficiary {
        Beneficiary::Account { number, .. } | Beneficiary::OwnAccount { number } => {
            number.iban().as_str().to_owned()
        }
        Beneficiary::SecondaryId { id } => id.value().to_owned(),
    };
    OrderDraft::of_order(order)
        .with(key::DEBIT_ACCOUNT, transfer.debit_account.iban().as_str())
        .with(key::TARGET, target)
}

#[test]
fn an_export_always_looks_the_same() {
    insta::assert_snapshot!(String::from_utf8(exported(&package())).unwrap());
}

#[test]
fn payments_of_other_types_are_imported_as_what_anybody_could_have_sent() {
    let viber = package_of(OrderType::Vib);
    for (row, order) in read(&exported(&viber)).0.iter().zip(payments(&viber)) {
        assert_eq!(row.draft.order_type, OrderType::default());
        assert!(row.draft.values.ticked(key::URGENCY));
        assert_eq!(row.draft.get(key::BENEFICIARY_NAME), order.beneficiary.name().unwrap().as_str());
    }
    // Between own accounts no name stands in the file: a clerk types it, or chooses the other form.
    let own = package_of(OrderType::Hve);
    let rows = read(&exported(&own)).0;
    assert_eq!(rows.len(), own.orders.len());
    assert!(
        rows.iter().all(|row| row.draft.get(key::BENEFICIARY_NAME).is_empty() && row.problems.is_empty())
    );
}

proptest! {
    #[test]
    fn what_is_written_is_imported_again(content in packages_of(OrderType::Hct)) {
        let (rows, end) = read(&exported(&content));
        let end = end.unwrap();
        prop_assert!(end.is_consistent(), "{:?}", end);
        prop_assert_eq!(end.format, Detected::Pain001 { version: PainVersion::V09 });
        prop_assert_eq!(rows.len(), content.orders.len());
        for (row, order) in rows.iter().zip(&content.orders) {
            prop_assert_eq!(&row.draft, &expected_draft(order));
            prop_assert!(row.warnings.is_empty() && row.problems.is_empty(), "{:?}", row);
        }
    }

    #[test]
    fn any_text_in_a_file_is_answered_without_panic(text in "\\PC{0,200}") {
        let file = String::from_utf8(exported(&package())).unwrap();
        for place in ["<Ustrd>", "<CdtrAcct>", "Ccy=\"", "<ReqdExctnDt>", "<NbOfTxs>", "<Document"] {
            let _ = read(file.replacen(place, &format!("{place}{text}"), 1).as_bytes());
        }
    }
}

const V03: &str = r#"<?xml version="1.0" encoding="ISO-8859-2"?>
<p:Document xmlns:p="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"><p:CstmrCdtTrfInitn>
<p:GrpHdr><p:MsgId>1</p:MsgId><p:CreDtTm>2026-11-21T10:00:00</p:CreDtTm><p:NbOfTxs>3</p:NbOfTxs><p:CtrlSum>4500.00</p:CtrlSum></p:GrpHdr>
<p:PmtInf><p:PmtInfId>a</p:PmtInfId><p:PmtMtd>TRF</p:PmtMtd><p:PmtTpInf><p:InstrPrty>HIGH</p:InstrPrty></p:PmtTpInf>
<p:ReqdExctnDt>2026-12-01</p:ReqdExctnDt><p:DbtrAcct><p:Id><p:Othr><p:Id>117730161111101800000000</p:Id></p:Othr></p:Id></p:DbtrAcct>
<p:CdtTrfTxInf><p:PmtId><p:EndToEndId>A-1</p:EndToEndId></p:PmtId><p:Amt><p:InstdAmt Ccy="HUF">1000.00</p:InstdAmt></p:Amt>
<p:Cdtr><p:Nm>Szallito Kft.</p:Nm></p:Cdtr><p:CdtrAcct><p:Id><p:IBAN>HU42117730161111101800000000</p:IBAN></p:Id></p:CdtrAcct>
<p:RmtInf><p:Ustrd>elso sor</p:Ustrd><p:Ustrd>masodik</p:Ustrd></p:RmtInf></p:CdtTrfTxInf>
<p:CdtTrfTxInf><p:PmtId><p:EndToEndId>A-2</p:EndToEndId></p:PmtId><p:Amt><p:InstdAmt Ccy="EUR">2000</p:InstdAmt></p:Amt>
<p:CdtrAcct><p:Id><p:Othr><p:Id>12892312</p:Id></p:Othr></p:Id></p:CdtrAcct><p:Purp><p:Cd>SALA</p:Cd></p:Purp></p:CdtTrfTxInf>
</p:PmtInf>
<p:PmtInf><p:PmtMtd>CHK</p:PmtMtd><p:ReqdExctnDt>holnap</p:ReqdExctnDt><p:DbtrAcct><p:Id><p:IBAN>HU42117730161111101800000000</p:IBAN></p:Id></p:DbtrAcct>
<p:CdtTrfTxInf><p:Amt><p:InstdAmt Ccy="HUF">1.500</p:InstdAmt></p:Amt></p:CdtTrfTxInf>
</p:PmtInf></p:CstmrCdtTrfInitn></p:Document>"#;

#[test]
fn version_3_with_prefixes_and_domestic_digits_is_understood() {
    let (rows, end) = read(V03.as_bytes());
    let end = end.unwrap();
    assert_eq!(end.format, Detected::Pain001 { version: PainVersion::V03 });
    assert_eq!(end.encoding, crate::Encoding::Latin2);
    assert!(end.count.clone().unwrap().is_kept());
    assert_eq!(end.sum.clone().map(|s| s.found), Some("3000".to_owned()));
    assert!(!end.is_consistent());
    let first = &rows[0];
    assert_eq!((first.line, first.position), (6, 1));
    assert_eq!(
        first.draft.get(key::DEBIT_ACCOUNT).parse::<AccountNumber>().unwrap().to_string(),
        "11773016-11111018"
    );
    assert!(matches!(first.draft.get(key::TARGET).parse(), Ok(Target::Account(_))));
    assert_eq!(first.draft.get(key::AMOUNT), "1000");
    assert_eq!(first.draft.get(key::VALUE_DATE), "2026-12-01");
    assert_eq!(first.draft.get(key::NARRATIVE), "elso sor masodik");
    assert_eq!(first.draft.get(key::OWN_REFERENCE), "A-1");
    assert!(first.draft.values.ticked(key::URGENCY) && !first.draft.values.ticked(key::INSTANT));
    let warnings: Vec<_> = first.warnings.iter().map(|w| w.kind.clone()).collect();
    assert_eq!(warnings, [WarningKind::HighIsViber, WarningKind::MoreLinesThanFormat { max: 1, found: 2 }]);
    assert!(first.problems.is_empty());
}

#[test]
fn every_problem_of_a_row_is_named_with_its_line() {
    let (rows, _) = read(V03.as_bytes());
    let problems =
        |row: &ImportRow| row.problems.iter().map(|p| (p.line, p.field, p.kind.clone())).collect::<Vec<_>>();
    assert_eq!(
        problems(&rows[1]),
        [
            (9, Some(key::AMOUNT), ProblemKind::Currency { found: "EUR".to_owned() }),
            (10, Some(key::TARGET), ProblemKind::Account { found: "12892312".to_owned() }),
        ]
    );
    assert_eq!(rows[1].warnings[0].kind, WarningKind::LeftOut { element: "Purp".to_owned() });
    assert_eq!(
        problems(&rows[2]),
        [
            (12, None, ProblemKind::NotTransfer { found: "CHK".to_owned() }),
            (12, Some(key::VALUE_DATE), ProblemKind::Date { found: "holnap".to_owned() }),
            (13, Some(key::AMOUNT), ProblemKind::Amount { found: "1.500".to_owned() }),
        ]
    );
}

#[test]
fn a_group_that_breaks_its_promise_is_noticed() {
    let file = String::from_utf8(exported(&package())).unwrap();
    // The second NbOfTxs is the first group's.
    let at = file.match_indices("<NbOfTxs>1<").next().unwrap().0;
    let broken = format!("{}<NbOfTxs>7<{}", &file[..at], &file[at + "<NbOfTxs>1<".len()..]);
    let (_, end) = read(broken.as_bytes());
    let end = end.unwrap();
    assert!(!end.is_consistent());
    let broken: Vec<_> = end.broken().collect();
    assert_eq!(broken.len(), 1);
    assert_eq!(broken[0].code(), "import-group-count-broken");
    let args =
        [("declared", "7"), ("found", "1"), ("group", "1")].map(|(name, value)| (name, value.to_owned()));
    assert_eq!(broken[0].args(), args);
}

#[test]
fn orders_without_a_reference_have_each_an_end_to_end_id_of_their_own() {
    let content = package();
    let file = String::from_utf8(exported(&content)).unwrap();
    let ids: Vec<&str> = file.split("<EndToEndId>").skip(1).filter_map(|t| t.split('<').next()).collect();
    let different: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!((ids.len(), different.len()), (content.orders.len(), content.orders.len()), "{ids:?}");
    // Read back it is no reference; what another program writes into both places is one.
    let (rows, _) = read(file.as_bytes());
    let references = |rows: &[ImportRow]| -> Vec<String> {
        rows.iter().map(|row| row.draft.get(key::OWN_REFERENCE).to_owned()).collect()
    };
    let own = |order: &domain::Order| {
        order.transfer().and_then(|t| t.own_reference.as_ref()).map(ToString::to_string).unwrap_or_default()
    };
    assert_eq!(references(&rows), content.orders.iter().map(own).collect::<Vec<_>>());
    let without = rows.iter().position(|row| row.draft.get(key::OWN_REFERENCE).is_empty()).unwrap();
    let theirs = file.replace(ids[without], "SZAMLA-7");
    assert_eq!(references(&read(theirs.as_bytes()).0)[without], "SZAMLA-7");
}

/// A file of one group, with `group` behind its method of payment and `transaction` behind the id of its only order.
fn with_instructions(group: &str, transaction: &str) -> ImportRow {
    let file = format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.03\"><CstmrCdtTrfInitn><PmtInf>\
         <PmtMtd>TRF</PmtMtd>{group}<ReqdExctnDt></ReqdExctnDt>\
         <DbtrAcct><Id><IBAN>HU42117730161111101800000000</IBAN></Id></DbtrAcct><CdtTrfTxInf>\
         <PmtId><EndToEndId>NOTPROVIDED</EndToEndId></PmtId>{transaction}\
         <Amt><InstdAmt Ccy=\"HUF\">58420.00000</InstdAmt></Amt><Cdtr><Nm>Alfa Kft.</Nm></Cdtr>\
         <CdtrAcct><Id><IBAN>HU42117730161111101800000000</IBAN></Id></CdtrAcct></CdtTrfTxInf></PmtInf>\
         </CstmrCdtTrfInitn></Document>"
    );
    let (mut rows, end) = read(file.as_bytes());
    assert!(end.is_ok(), "{end:?}");
    assert_eq!(rows[0].draft.get(key::AMOUNT), "58420");
    rows.remove(0)
}

fn ticks(row: &ImportRow) -> (bool, bool) {
    (row.draft.values.ticked(key::INSTANT), row.draft.values.ticked(key::URGENCY))
}

fn left_out(row: &ImportRow) -> Vec<String> {
    let element = |warning: &crate::import::ImportWarning| match &warning.kind {
        WarningKind::LeftOut { element } => element.clone(),
        other => format!("{other:?}"),
    };
    row.warnings.iter().map(element).collect()
}

const SEPA: &str = "<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf>";
const SEPA_INST: &str =
    "<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl><LclInstrm><Cd>INST</Cd></LclInstrm></PmtTpInf>";
const VIBER_WISH: &str = "<PmtTpInf><SvcLvl><Prtry>VIBER</Prtry></SvcLvl></PmtTpInf>";

#[test]
fn what_a_transaction_says_is_added_to_what_its_group_says() {
    for (group, transaction, wished) in [
        (SEPA_INST, SEPA, (true, false)),
        (SEPA_INST, "", (true, false)),
        (SEPA, SEPA_INST, (true, false)),
        (VIBER_WISH, SEPA, (false, true)),
        (VIBER_WISH, "<PmtTpInf><InstrPrty></InstrPrty></PmtTpInf>", (false, true)),
        ("<PmtTpInf><InstrPrty>HIGH</InstrPrty></PmtTpInf>", SEPA_INST, (true, false)),
    ] {
        let row = with_instructions(group, transaction);
        assert_eq!((ticks(&row), left_out(&row)), (wished, Vec::new()), "{group} {transaction}");
    }
}

#[test]
fn a_wish_that_is_not_kept_is_warned_about() {
    let other = "<PmtTpInf><LclInstrm><Cd>TRF</Cd></LclInstrm></PmtTpInf>";
    let row = with_instructions(SEPA_INST, other);
    assert_eq!(ticks(&row), (false, false));
    assert_eq!(left_out(&row), ["LclInstrm TRF", "PmtInf/PmtTpInf LclInstrm INST"]);
    let normal = "<PmtTpInf><SvcLvl><Cd>NURG</Cd></SvcLvl></PmtTpInf>";
    let row = with_instructions(VIBER_WISH, normal);
    assert_eq!(
        (ticks(&row), left_out(&row)),
        ((false, false), vec!["PmtInf/PmtTpInf SvcLvl VIBER".to_owned()])
    );
    let salary = "<BtchBookg>true</BtchBookg><PmtTpInf><CtgyPurp><Cd>SALA</Cd></CtgyPurp></PmtTpInf>";
    assert_eq!(left_out(&with_instructions(salary, "")), ["BtchBookg true", "CtgyPurp SALA"]);
    // What happens anyway needs no warning.
    assert!(left_out(&with_instructions("<BtchBookg>false</BtchBookg>", "")).is_empty());
}

#[test]
fn a_high_priority_alone_is_taken_as_viber_and_said() {
    let row = with_instructions("", "<PmtTpInf><InstrPrty>HIGH</InstrPrty></PmtTpInf>");
    assert_eq!(ticks(&row), (false, true));
    assert_eq!(row.warnings[0].kind, WarningKind::HighIsViber);
}

#[test]
fn the_header_and_each_group_are_held_to_their_totals() {
    let file = |header: &str, group: &str| {
        let file = format!(
            "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.03\"><CstmrCdtTrfInitn>\
             <GrpHdr><NbOfTxs>2</NbOfTxs><CtrlSum>{header}</CtrlSum></GrpHdr><PmtInf><NbOfTxs>2</NbOfTxs>\
             <CtrlSum>{group}</CtrlSum><CdtTrfTxInf><Amt><InstdAmt Ccy=\"HUF\">58420</InstdAmt></Amt></CdtTrfTxInf>\
             <CdtTrfTxInf><Amt><InstdAmt Ccy=\"HUF\">12700</InstdAmt></Amt></CdtTrfTxInf></PmtInf>\
             </CstmrCdtTrfInitn></Document>"
        );
        let end = read(file.as_bytes()).1.unwrap();
        end.broken()
            .map(|promise| (promise.code(), promise.declared.clone(), promise.found.clone()))
            .collect::<Vec<_>>()
    };
    let found = || "71120".to_owned();
    assert_eq!(file("71120.00000", "71120"), []);
    assert_eq!(file("99999", "71120"), [("import-sum-broken", "99999".to_owned(), found())]);
    assert_eq!(file("71120", "71119"), [("import-group-sum-broken", "71119".to_owned(), found())]);
}

#[test]
fn only_accounts_are_read_from_where_accounts_stand() {
    let account = |account: &str| {
        let file = V03.replace("<p:Id>12892312</p:Id>", &format!("<p:Id>{account}</p:Id>"));
        read(file.as_bytes()).0[1].problems.iter().any(|p| p.field == Some(key::TARGET))
    };
    assert!(!account("117730161111101800000000"));
    for other in ["12892312", "ab@pelda.hu", "1177301611111018@pelda.hu", "+36301234567", "8400001230"] {
        assert!(account(other), "{other}");
    }
    let proxy = V03.replace(
        "<p:Othr><p:Id>12892312</p:Id></p:Othr></p:Id></p:CdtrAcct>",
        "</p:Id><p:Prxy><p:Id>117730161111101800000000</p:Id></p:Prxy></p:CdtrAcct>",
    );
    let row = &read(proxy.as_bytes()).0[1];
    assert_eq!(row.problems[1].kind.code(), "import-identifier");
}

#[test]
fn typographic_characters_become_plain_with_a_warning() {
    let file = V03.replace("Szallito Kft.", "&#x201E;Szallito&#x201D; &#x2013; Fia&#x2026;");
    let row = &read(file.as_bytes()).0[0];
    assert_eq!(row.draft.get(key::BENEFICIARY_NAME), "\"Szallito\" - Fia...");
    let warning = row.warnings.iter().find(|w| w.field == Some(key::BENEFICIARY_NAME)).unwrap();
    assert_eq!(warning.kind, WarningKind::MadePlain { characters: "„ ” – …".to_owned() });
}

#[test]
fn utf_16_and_what_only_says_so_are_read() {
    use crate::Encoding;
    let expected = read(V03.as_bytes()).0;
    let labelled = V03.replace("ISO-8859-2", "utf-16");
    let (rows, end) = read(labelled.as_bytes());
    assert_eq!((rows, end.unwrap().encoding), (expected.clone(), Encoding::Utf8));
    for encoding in [Encoding::Utf16Le, Encoding::Utf16Be] {
        for mark in ["", "\u{feff}"] {
            let mut bytes = Vec::new();
            encoding.encode(&format!("{mark}{labelled}"), &mut bytes).unwrap();
            let (rows, end) = read(&bytes);
            assert_eq!((rows, end.unwrap().encoding), (expected.clone(), encoding));
            let half = read(&bytes[..bytes.len() - 1]).1;
            assert!(matches!(half, Err(FormatError::Truncated { .. })), "{half:?}");
        }
    }
    let mut latin9 = Vec::new();
    Encoding::Latin9
        .encode(&V03.replace("ISO-8859-2", "ISO-8859-15").replace("Szallito", "Szállító"), &mut latin9)
        .unwrap();
    assert_eq!(read(&latin9).0[0].draft.get(key::BENEFICIARY_NAME), "Szállító Kft.");
    // Bytes that are neither what the label says nor UTF-8.
    let mut lying = Vec::new();
    Encoding::Latin2.encode(&labelled.replace("Szallito", "Szállító"), &mut lying).unwrap();
    assert!(matches!(read(&lying).1, Err(FormatError::InvalidBytes { encoding: "UTF-8", .. })));
}

#[test]
fn a_closing_end_of_file_of_dos_is_passed_over() {
    let (rows, end) = read(format!("{V03}\r\n\u{1a}").as_bytes());
    assert_eq!((rows.len(), end.is_ok()), (3, true));
    assert!(read(format!("{V03}\r\n\u{1a}x").as_bytes()).1.is_err());
}

#[test]
fn a_file_cut_anywhere_gives_its_good_rows_and_the_error() {
    let file = exported(&package());
    let whole = read(&file).0;
    let mut most = 0;
    for end in 0..file.trim_ascii_end().len() {
        let (rows, result) = read(&file[..end]);
        assert!(result.is_err(), "{end}");
        assert_eq!(rows[..], whole[..rows.len()], "{end}");
        most = most.max(rows.len());
    }
    assert_eq!(most, 3);
}

#[test]
fn another_document_is_named() {
    let (_, end) = read(b"<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.008.001.02\"/>");
    let error = end.unwrap_err();
    assert!(
        matches!(&error, FormatError::WrongRoot { line: 1, found } if found.contains("pain.008")),
        "{error}"
    );
}

#[test]
fn names_too_long_are_cut_with_a_warning() {
    let long = "x".repeat(80);
    let file = String::from_utf8(exported(&package())).unwrap().replace("Őrségi Faipari Zrt.", &long);
    let row = &read(file.as_bytes()).0[0];
    assert_eq!(row.draft.get(key::BENEFICIARY_NAME).len(), 70);
    assert_eq!(row.warnings[0].kind, WarningKind::Cut { kept: 70, found: 80 });
}

#[test]
fn a_second_different_payee_is_a_problem() {
    let file = String::from_utf8(exported(&package())).unwrap();
    let file = file.replacen("<Cdtr><Nm>", "<Cdtr><Nm>Más</Nm></Cdtr><Cdtr><Nm>", 1);
    let row = &read(file.as_bytes()).0[0];
    assert_eq!(row.problems[0].kind, ProblemKind::Twice { element: "Cdtr".to_owned() });
}

#[test]
fn the_types_of_secondary_identifiers_survive() {
    for (kind, value) in [("mobile", "+36301234567"), ("tax_number", "12892312241"), ("tax_id", "8400001230")]
    {
        let kind = domain::secondary_id::SecondaryIdKind::from_name(kind).unwrap();
        let id = SecondaryId::parse(kind, value).unwrap();
        let order = Transfer {
            beneficiary: Beneficiary::SecondaryId { id: id.clone() },
            timing: Timing::Instant,
            urgency: Urgency::Normal,
            ..transfers().remove(0)
        };
        let (rows, _) = read(&file(&package(), &[&order]));
        assert_eq!(rows[0].draft.get(key::TARGET).parse(), Ok(Target::SecondaryId(id)));
        assert!(rows[0].draft.values.ticked(key::INSTANT));
    }
}

#[test]
fn a_name_beside_a_secondary_identifier_is_left_out_with_a_warning() {
    let file = String::from_utf8(exported(&package())).unwrap();
    let named = file.replacen("<CdtrAcct><Id><Othr>", "<Cdtr><Nm>Anna</Nm></Cdtr><CdtrAcct><Id><Othr>", 1);
    let row = &read(named.as_bytes()).0[2];
    assert_eq!(row.draft.get(key::BENEFICIARY_NAME), "");
    assert_eq!(row.draft.get(key::TARGET), "+36301234567");
    assert_eq!(row.warnings[0].kind, WarningKind::LeftOut { element: "Cdtr/Nm".to_owned() });
}
