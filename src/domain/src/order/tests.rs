use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::samples::{OTP, OWN, OWN_TOO, accounts, calendar, day, kdb, kh, order};
use crate::{AccountNumber, BankProfile, Money};

fn check(profile: &BankProfile, draft: &OrderDraft) -> Result<Order, Vec<(&'static str, &'static str)>> {
    use crate::Explain;
    let (calendar, accounts) = (calendar(), accounts());
    let context = CheckContext {
        profile,
        calendar: &calendar,
        accounts: &accounts,
        authority: None,
        user: None,
        today: day("2026-11-23"),
    };
    draft
        .check(OrderId(Uuid::from_u128(7)), &context)
        .map_err(|errors| errors.iter().map(|e| (e.field, e.code())).collect())
}

fn own(amount: &str) -> OrderDraft {
    OrderDraft::new(OrderType::Hve)
        .with(key::DEBIT_ACCOUNT, OWN)
        .with(key::TARGET, OWN_TOO)
        .with(key::AMOUNT, amount)
}

fn viber(amount: &str) -> OrderDraft {
    OrderDraft::new(OrderType::Vib)
        .with(key::DEBIT_ACCOUNT, OWN)
        .with(key::BENEFICIARY_NAME, "Őrségi Faipari Zrt.")
        .with(key::TARGET, OTP)
        .with(key::AMOUNT, amount)
}

#[test]
fn codes_names_and_texts_are_those_of_the_table() {
    for kind in OrderType::ALL {
        assert_eq!(OrderType::from_code(kind.code()), Some(*kind));
        assert_eq!(serde_json::to_string(kind).unwrap(), format!("{:?}", kind.code()));
        assert_eq!(kind.code().to_lowercase().parse(), Ok(*kind));
    }
    assert_eq!("XYZ".parse::<OrderType>(), Err(UnknownOrderType));
    assert_eq!(OrderType::Hve.text_key("name"), "order-hve-name");
}

#[test]
fn no_form_has_a_field_twice() {
    for kind in OrderType::ALL {
        let mut keys: Vec<&str> = kind.fields().iter().map(|field| field.key).collect();
        keys.sort_unstable();
        let all = keys.len();
        keys.dedup();
        assert_eq!(keys.len(), all, "{kind}");
    }
}

#[test]
fn own_accounts_are_chosen_and_need_no_name() {
    let order = check(&kh(), &own("1 250 000")).unwrap();
    let transfer = order.transfer().unwrap();
    let number: AccountNumber = OWN_TOO.parse().unwrap();
    assert_eq!(transfer.beneficiary, Beneficiary::OwnAccount { number });
    assert_eq!(order.face().label, Label::Words("label-own-account"));
    assert_eq!(
        check(&kh(), &own("1").with(key::TARGET, OTP)),
        Err(vec![(key::TARGET, "field-not-own-target")])
    );
    let euro = own("1").with(key::TARGET, "10410400-00000190-04894827");
    assert_eq!(check(&kh(), &euro), Err(vec![(key::TARGET, "field-not-own-target")]));
    assert_eq!(
        check(&kh(), &own("1").with(key::TARGET, OWN)),
        Err(vec![(key::TARGET, "field-same-account")])
    );
    assert_eq!(check(&kh(), &own("1").with(key::TARGET, "")), Err(vec![(key::TARGET, "field-missing")]));
}

#[test]
fn what_qualifies_as_instant_is_no_viber_order() {
    let small = viber("20 000 000");
    assert_eq!(check(&kdb(), &small), Err(vec![(key::AMOUNT, "field-qualifies-as-instant")]));
    assert!(check(&kdb(), &viber("20 000 001")).is_ok());
    assert!(check(&kdb(), &small.clone().with(key::VALUE_DATE, "2026-11-24")).is_ok());
    assert!(check(&kh(), &small).is_ok(), "packages of several orders may ask for VIBER there");
    let domestic = small.turned_into(OrderType::Hct);
    assert_eq!(check(&kdb(), &domestic).unwrap().transfer().unwrap().amount, Money::huf(20_000_000));
}

#[test]
fn viber_pays_accounts_under_a_name() {
    let nameless = viber("30 000 000").with(key::BENEFICIARY_NAME, "");
    assert_eq!(check(&kdb(), &nameless), Err(vec![(key::BENEFICIARY_NAME, "field-missing")]));
    let phone = viber("30 000 000").with(key::TARGET, "+36 30 123 4567");
    assert_eq!(check(&kdb(), &phone), Err(vec![(key::TARGET, "field-no-secondary-id")]));
}

#[test]
fn a_payment_is_only_what_its_type_knows() {
    let plain = order(1, Timing::Soon, Urgency::Normal);
    assert!(OrderType::Hct.of_transfer(plain.clone()).is_ok());
    for kind in [OrderType::Hve, OrderType::Vib, OrderType::Adm] {
        assert_eq!(kind.of_transfer(plain.clone()), Err(ContentError::OtherType), "{kind}");
    }
    let content = OrderType::Hct.of_transfer(plain).unwrap().content().unwrap();
    assert!(matches!(OrderType::Vib.of_content(&content), Err(ContentError::Form(_))));
}

#[test]
fn unknown_fields_of_a_later_version_are_passed_over() {
    let values: Values = serde_json::from_str(r#"{"amount":"12","moon":"full"}"#).unwrap();
    assert_eq!(values, Values::default().with(key::AMOUNT, "12"));
}

proptest! {
    /// For payments of every type: typing what an order says makes the same order, and so does reading its content.
    #[test]
    fn every_payment_survives_its_form_and_its_content(
        kind in prop::sample::select(OrderType::ALL.iter().copied().filter(|k| k.is_payment()).collect::<Vec<_>>()),
        amount in 1u64..40_000_000, instant: bool, ahead in 0usize..3, narrative in "[a-zőű0-9/-]{0,30}",
    ) {
        let has = |key| kind.fields().iter().any(|field| field.key == key);
        let instant = instant && has(key::INSTANT) && amount <= 20_000_000;
        let mut draft = OrderDraft::new(kind)
            .with(key::DEBIT_ACCOUNT, OWN)
            .with(key::TARGET, if has(key::BENEFICIARY_NAME) { OTP } else { OWN_TOO })
            .with(key::BENEFICIARY_NAME, if has(key::BENEFICIARY_NAME) { "Őrségi Faipari Zrt." } else { "" })
            .with(key::AMOUNT, amount.to_string())
            .with(key::VALUE_DATE, if instant { "" } else { ["", "2026-11-24", "+2"][ahead] })
            .with(key::NARRATIVE, narrative)
            .with_tick(key::INSTANT, instant);
        for (key, text) in [
            (key::LEGAL_CODE, "101"), (key::DOCUMENT_NUMBER, "B-17"), (key::OWN_REFERENCE, "SZ-1"),
            (key::COUNTRY, "hu"), (key::PAYER_NAME, "Rába Kft."),
        ] {
            if has(key) {
                draft = draft.with(key, text);
            }
        }
        let order = check(&kh(), &draft).unwrap();
        prop_assert_eq!(check(&kh(), &OrderDraft::of_order(&order)), Ok(order.clone()));
        prop_assert_eq!(kind.of_content(&order.content().unwrap()), Ok(order.clone()));
        prop_assert_eq!(kind.of_transfer(order.transfer().unwrap().clone()), Ok(order));
    }
}
