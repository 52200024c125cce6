//! What we write is valid by the schemas that we publish, in the eyes of libxml2.

use std::path::Path;
use std::process::Command;

use domain::{Beneficiary, Order, OrderType, Transfer};
use formats::package_document;
use formats::pain001::{self, Message};
use harness::orders::{account, package, plain_order, varied_order};

fn schema(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/schema").join(name)
}

/// The complaints of `xmllint`, or none.
fn complaints(schema_name: &str, bytes: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("document.xml");
    std::fs::write(&file, bytes).expect("a file");
    let output = Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .arg(schema(schema_name))
        .arg(&file)
        .output()
        .expect("xmllint of libxml2-utils must be installed");
    (!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn package_documents_are_valid() {
    for orders in [vec![plain_order(1)], (0..500).map(varied_order).collect()] {
        let bytes = package_document::to_bytes(&package(orders)).expect("a document");
        assert_eq!(complaints("kapocs-package-1.xsd", &bytes), None);
    }
}

#[test]
fn a_document_of_every_payment_is_valid() {
    for kind in OrderType::ALL.iter().copied().filter(|kind| kind.is_payment()) {
        let own = |order: Transfer| {
            let number = order.beneficiary.account().unwrap_or_else(|| account(7));
            let beneficiary = Beneficiary::OwnAccount { number };
            Transfer { beneficiary, ..order }
        };
        let plain: Vec<Transfer> = (0..500).map(varied_order).collect();
        let between: Vec<Transfer> = plain.iter().cloned().map(own).collect();
        let orders: Vec<Order> =
            plain.into_iter().chain(between).filter_map(|order| kind.of_transfer(order).ok()).collect();
        assert!(!orders.is_empty(), "{kind}");
        let mut content = package(vec![plain_order(1)]);
        content.header.order_type = kind;
        content.orders = orders;
        let bytes = package_document::to_bytes(&content).expect("a document");
        assert_eq!(package_document::read(&bytes).expect("the same"), content);
        assert_eq!(complaints("kapocs-package-1.xsd", &bytes), None, "{kind}");
    }
}

#[test]
fn documents_of_self_administration_are_valid() {
    let example = include_bytes!("../../fuzz/seeds/package_document/administration.xml");
    let content = package_document::read(example).expect("every kind of self-administration order");
    let bytes = package_document::to_bytes(&content).expect("a document");
    assert_eq!(bytes, example);
    assert_eq!(complaints("kapocs-package-1.xsd", &bytes), None);
    let text = String::from_utf8(bytes).expect("UTF-8");
    // The schema leaves the set of types open; the reader does not.
    let unknown = text.replacen("<OrderType>ADM", "<OrderType>XYZ", 1);
    assert!(package_document::read(unknown.as_bytes()).is_err());
    for (from, to) in [
        ("<OrderType>ADM", "<OrderType>adm"),
        ("<Enabled>true", "<Enabled>1"),
        ("<Login>virtual_card", "<Login>token"),
        ("<InternetBanking>", "<Surprise/><InternetBanking>"),
        ("<View>true</View>\n", ""),
        ("<Kind>mobile", "<Kind>fax"),
        ("<Code>041759", "<Code>041 759"),
        ("administration:1", "administration:2"),
        ("<Notify>true</Notify>\n", "<Notify>true</Notify>\n<Notify>true</Notify>\n"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        assert!(complaints("kapocs-package-1.xsd", changed.as_bytes()).is_some(), "{to}");
        assert!(package_document::read(changed.as_bytes()).is_err(), "{to}");
    }
}

#[test]
fn the_payload_cut_out_is_valid_alone() {
    let bytes =
        package_document::to_bytes(&package((0..500).map(varied_order).collect())).expect("a document");
    let range = package_document::payload_range(&bytes).expect("a payload");
    assert_eq!(complaints("pain.001.001.09-hct.xsd", &bytes[range]), None);
}

#[test]
fn exported_files_are_valid() {
    let content = package((0..500).map(varied_order).collect());
    let payments: Vec<_> = content.orders.iter().filter_map(domain::Order::transfer).collect();
    let message = Message {
        id: content.header.id,
        created: content.created,
        customer: &content.header.customer,
        customer_name: &content.customer_name,
        orders: &payments,
    };
    let mut bytes = Vec::new();
    pain001::write(&message, &mut bytes).expect("a file");
    assert_eq!(complaints("pain.001.001.09-hct.xsd", &bytes), None);
}

#[test]
fn the_schemas_refuse_what_the_reader_refuses() {
    let bytes = package_document::to_bytes(&package(vec![plain_order(1)])).expect("a document");
    let text = String::from_utf8(bytes).expect("UTF-8");
    for (from, to) in [
        ("<Instant>false", "<Instant>0"),
        ("<Payload>", "<Extra/><Payload>"),
        ("<PmtMtd>TRF", "<PmtMtd>CHK"),
        ("Ccy=\"HUF\"", "Ccy=\"EUR\""),
        ("<Count>1<", "<Count>0<"),
        ("Z</Created>", "</Created>"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        assert!(complaints("kapocs-package-1.xsd", changed.as_bytes()).is_some(), "{to}");
        assert!(package_document::read(changed.as_bytes()).is_err(), "{to}");
    }
}
