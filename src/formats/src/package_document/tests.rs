//! The document comes back as it was, and nothing but itself is taken for it.

use domain::order::Payload;
use domain::{OrderType, Transfer};
use proptest::prelude::*;

use super::*;
use crate::testing::{account, order, package, package_of, packages, transfers};

fn hct(transfer: Transfer) -> Order {
    OrderType::Hct.of_transfer(transfer).unwrap()
}

#[test]
fn the_same_package_always_gives_the_same_bytes() {
    for order_type in OrderType::ALL.iter().copied().filter(|kind| kind.payload() == Payload::Transfers) {
        let content = package_of(order_type);
        let bytes = to_bytes(&content).unwrap();
        assert_eq!(read(&bytes).unwrap(), content);
        insta::assert_snapshot!(order_type.code(), String::from_utf8(bytes).unwrap());
    }
}

#[test]
fn a_header_of_another_type_is_refused() {
    for (header, orders) in
        [(OrderType::Hve, OrderType::Hct), (OrderType::Hct, OrderType::Hve), (OrderType::Vib, OrderType::Hct)]
    {
        let mixed = PackageContent { orders: package_of(orders).orders, ..package_of(header) };
        let refused = FormatError::CannotWrite { position: 1, element: "OrderType" };
        assert_eq!(to_bytes(&mixed), Err(refused));
        // What nobody can write is not read either.
        let text = String::from_utf8(to_bytes(&package_of(orders)).unwrap()).unwrap();
        let named = |kind: OrderType| format!("<OrderType>{}<", kind.code());
        let relabelled = text.replace(&named(orders), &named(header));
        assert_eq!(read(relabelled.as_bytes()), Err(FormatError::OtherType { declared: header.code() }));
    }
}

#[test]
fn the_payload_can_be_cut_out() {
    let bytes = to_bytes(&package()).unwrap();
    let range = payload_range(&bytes).unwrap();
    let payload = std::str::from_utf8(&bytes[range]).unwrap();
    assert!(payload.starts_with("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\">"));
    assert!(payload.ends_with("</Document>"));
}

fn changed(from: &str, to: &str) -> FormatError {
    let text = String::from_utf8(to_bytes(&package()).unwrap()).unwrap();
    let other = text.replacen(from, to, 1);
    assert_ne!(text, other, "{from} does not occur");
    read(other.as_bytes()).unwrap_err()
}

#[test]
fn counts_and_sums_must_be_right_wherever_they_stand() {
    assert!(matches!(changed("<Count>3<", "<Count>2<"), FormatError::CountMismatch { .. }));
    assert!(matches!(changed("\"HUF\">375000<", "\"HUF\">375001<"), FormatError::SumMismatch { .. }));
    assert!(matches!(changed("<NbOfTxs>3<", "<NbOfTxs>4<"), FormatError::CountMismatch { .. }));
    assert!(matches!(changed("<NbOfTxs>1<", "<NbOfTxs>2<"), FormatError::CountMismatch { .. }));
    assert!(matches!(changed("<CtrlSum>125000<", "<CtrlSum>125000.00<"), FormatError::SumMismatch { .. }));
    assert!(matches!(changed("Ccy=\"HUF\">125000<", "Ccy=\"HUF\">125001<"), FormatError::SumMismatch { .. }));
}

#[test]
fn nothing_may_stand_beside_what_belongs_there() {
    assert!(matches!(changed("<Payload>", "<Extra/><Payload>"), FormatError::Unexpected { .. }));
    assert!(matches!(changed("<Payload>", "<Payload a=\"b\">"), FormatError::Unexpected { .. }));
    assert!(matches!(changed("<Payload>", "<Payload>text"), FormatError::Unexpected { .. }));
    assert!(matches!(changed("<Payload>", "<Payload><!-- hidden -->"), FormatError::Unexpected { .. }));
    assert!(matches!(changed("</Package>", "</Package><Package/>"), FormatError::NotXml { .. }));
    assert!(matches!(
        changed("<Package ", "<!DOCTYPE Package [<!ENTITY a \"b\">]><Package "),
        FormatError::Dtd { .. }
    ));
    assert!(matches!(changed("számla", "&szamla;"), FormatError::Entity { .. }));
    assert!(matches!(changed("<Instant>false</Instant>\n", ""), FormatError::Unexpected { .. }));
    assert!(matches!(changed("<PmtMtd>TRF", "<PmtMtd>CHK"), FormatError::Value { .. }));
    assert!(matches!(changed("Ccy=\"HUF\"", "Ccy=\"EUR\""), FormatError::Value { .. }));
    assert!(matches!(changed("package:1\"", "package:2\""), FormatError::Value { .. }));
    assert!(matches!(changed("encoding=\"UTF-8\"", "encoding=\"UTF-16\""), FormatError::NotXml { .. }));
}

#[test]
fn each_value_has_one_form() {
    for (from, to) in [
        ("<Instant>false", "<Instant>0"),
        ("<Ustrd>2026", "<Ustrd> 2026"),
        ("Z</Created>", "+00:00</Created>"),
        ("<IBAN>HU", "<IBAN>hu"),
        ("<Scheduled>2026-11-30", "<Scheduled>2026-11-3"),
    ] {
        assert!(matches!(changed(from, to), FormatError::Value { .. }), "{to}");
    }
}

#[test]
fn an_order_stands_there_once() {
    let twice = PackageContent { orders: vec![hct(order(1)), hct(order(1))], ..package() };
    assert!(matches!(to_bytes(&twice), Err(FormatError::DuplicateOrder { .. })));
    let none = PackageContent { orders: Vec::new(), ..package() };
    assert_eq!(to_bytes(&none), Err(FormatError::NoOrders));
}

#[test]
fn the_summary_adds_by_account_and_currency() {
    let other = Transfer { debit_account: account(7), ..transfers().remove(1) };
    let mut content = package();
    content.orders[1] = hct(other);
    let sums = summary(&content).unwrap();
    assert_eq!(sums.count, 3);
    assert_eq!(sums.total, [Money::huf(375_000)]);
    assert_eq!(sums.debits[&order(1).debit_account], Money::huf(250_000));
    assert_eq!(sums.debits[&account(7)], Money::huf(125_000));
}

#[test]
fn a_document_cut_anywhere_is_refused() {
    let bytes = to_bytes(&package()).unwrap();
    let trimmed = bytes.trim_ascii_end().len();
    for end in 0..trimmed {
        assert!(read(&bytes[..end]).is_err(), "{end}");
    }
    assert!(read(&bytes[..trimmed]).is_ok());
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(content in packages()) {
        let bytes = to_bytes(&content).unwrap();
        let back = read(&bytes).unwrap();
        prop_assert_eq!(&back, &content);
        prop_assert_eq!(to_bytes(&back).unwrap(), bytes);
    }

    #[test]
    fn any_bytes_are_answered_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(read(&bytes).is_err());
    }

    #[test]
    fn a_changed_byte_never_panics(at in 0usize..4000, byte in any::<u8>()) {
        let mut bytes = to_bytes(&package()).unwrap();
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = read(&bytes);
    }
}
