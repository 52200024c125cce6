//! Documents of self-administration: as strict as those of transfers, and never taken for them.

use domain::OrderType;
use domain::order::adm::AdminAction;
use proptest::prelude::*;

use super::*;
use crate::testing::{order, package};
use crate::testing_administration::{administration, administrations, mixed};

fn text() -> String {
    String::from_utf8(to_bytes(&administration()).unwrap()).unwrap()
}

fn changed(from: &str, to: &str) -> FormatError {
    let other = text().replacen(from, to, 1);
    assert_ne!(text(), other, "{from} does not occur");
    read(other.as_bytes()).unwrap_err()
}

#[test]
fn every_change_stands_there_in_words() {
    insta::assert_snapshot!(text());
}

#[test]
fn the_two_kinds_are_told_apart() {
    assert_eq!(read(text().as_bytes()).unwrap(), administration());
    let bytes = text().into_bytes();
    let payload = std::str::from_utf8(&bytes[payload_range(&bytes).unwrap()]).unwrap();
    assert!(payload.starts_with("<Administration xmlns=\"urn:kapocs:administration:1\">"), "{payload}");
    assert!(payload.ends_with("</Administration>"));
    let transfers = to_bytes(&package()).unwrap();
    assert_eq!(read(&transfers).unwrap(), package());
}

#[test]
fn what_belongs_to_transfers_cannot_stand_in_it() {
    for content in [
        mixed(),
        PackageContent {
            header: PackageHeader { order_type: OrderType::Adm, ..package().header },
            ..administration()
        },
        PackageContent {
            header: PackageHeader { instant: true, ..administration().header },
            ..administration()
        },
    ] {
        let refused = to_bytes(&content);
        assert!(matches!(refused, Err(FormatError::CannotWrite { .. })), "{refused:?}");
    }
    let transfers = PackageContent { header: administration().header, ..package() };
    assert!(matches!(to_bytes(&transfers), Err(FormatError::CannotWrite { .. })));
    assert!(matches!(changed("<OrderType>ADM", "<OrderType>HCT"), FormatError::Unexpected { .. }));
    let account = format!("<DebitAccount>{}</DebitAccount>\n<Created>", order(1).debit_account);
    assert!(matches!(changed("<Created>", &account), FormatError::Unexpected { .. }));
    let total = "</Count>\n<Total Currency=\"HUF\">1</Total>";
    assert!(matches!(changed("</Count>", total), FormatError::Unexpected { .. }));
    let transfers = String::from_utf8(to_bytes(&package()).unwrap()).unwrap();
    let payload = |text: &str| {
        let start = text.find("<Payload>").unwrap();
        text[start..].to_owned()
    };
    let swapped = text().replace(&payload(&text()), &payload(&transfers));
    assert!(matches!(read(swapped.as_bytes()), Err(FormatError::Unexpected { .. })));
}

#[test]
fn nothing_may_stand_beside_what_belongs_there() {
    for (from, to) in [
        ("<InternetBanking>", "<Surprise/><InternetBanking>"),
        ("<Enabled>true</Enabled>\n", ""),
        ("<Enabled>", "<Enabled why=\"x\">"),
        ("<Enabled>true", "<Enabled>true<!-- hidden -->"),
        ("<Login>virtual_card</Login>", "<Login>virtual_card</Login>hidden"),
        ("<Right>", "<Right><Right>"),
        ("<Code>041759</Code>", "<Code>041759</Code><Code>041759</Code>"),
        ("<Step>confirm</Step>", "<Step>confirm</Step><Code>041759</Code>"),
        ("<Administration xmlns", "<Administration a=\"b\" xmlns"),
    ] {
        let error = changed(from, to);
        assert!(
            matches!(error, FormatError::Unexpected { .. } | FormatError::NotXml { .. }),
            "{to}: {error}"
        );
    }
}

#[test]
fn each_value_has_one_form() {
    for (from, to) in [
        ("<Enabled>true", "<Enabled>1"),
        ("<Login>virtual_card", "<Login>VirtualCard"),
        ("<Phone>+3630", "<Phone>+36 30 "),
        ("<Step>register", "<Step>Register"),
        ("<Kind>mobile", "<Kind>phone"),
        ("<Kind>mobile", "<Kind>email"),
        ("<Identifier>12892312241", "<Identifier>12892312-2-41"),
        ("<Code>041759", "<Code>04 1759"),
        ("<Code>041759", "<Code>"),
        ("<Sign>A", "<Sign> A"),
        ("<DeviceId>93F0", "<DeviceId>\n93F0"),
        ("administration:1", "administration:2"),
    ] {
        assert!(matches!(changed(from, to), FormatError::Value { .. }), "{to}");
    }
    assert!(matches!(changed("<Count>12<", "<Count>11<"), FormatError::CountMismatch { .. }));
}

#[test]
fn an_order_stands_there_once_and_there_is_one() {
    let mut twice = administration();
    twice.orders[1] = twice.orders[0].clone();
    assert!(matches!(to_bytes(&twice), Err(FormatError::DuplicateOrder { .. })));
    let ids: Vec<String> = administration().orders.iter().map(|order| order.id().to_string()).collect();
    assert!(matches!(changed(&ids[1], &ids[0]), FormatError::DuplicateOrder { .. }));
    let none = PackageContent { orders: Vec::new(), ..administration() };
    assert_eq!(to_bytes(&none), Err(FormatError::NoOrders));
}

#[test]
fn an_order_that_contradicts_itself_is_not_written() {
    let mut content = administration();
    let at = content
        .orders
        .iter()
        .position(|order| matches!(order.administration().unwrap().action, AdminAction::UserRights { .. }));
    let at = at.unwrap();
    let mut order = content.orders[at].administration().unwrap().clone();
    let AdminAction::UserRights { user, .. } = &mut order.action else { panic!() };
    *user = "99999999".parse().unwrap();
    content.orders[at] = order.into();
    assert_eq!(to_bytes(&content), Err(FormatError::CannotWrite { position: 4, element: "UserId" }));
}

#[test]
fn a_document_cut_anywhere_is_refused() {
    let bytes = text().into_bytes();
    let trimmed = bytes.trim_ascii_end().len();
    for end in 0..trimmed {
        assert!(read(&bytes[..end]).is_err(), "{end}");
    }
    assert!(read(&bytes[..trimmed]).is_ok());
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(content in administrations()) {
        let bytes = to_bytes(&content).unwrap();
        let back = read(&bytes).unwrap();
        prop_assert_eq!(&back, &content);
        prop_assert_eq!(to_bytes(&back).unwrap(), bytes);
    }

    #[test]
    fn a_changed_byte_never_panics(at in 0usize..8000, byte in any::<u8>()) {
        let mut bytes = text().into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(content) = read(&bytes) {
            prop_assert!(to_bytes(&content).is_ok());
        }
    }
}
