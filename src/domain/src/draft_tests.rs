use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::Explain;
use crate::samples::{OTP, OWN, accounts, calendar, day, kh};

fn check(draft: &OrderDraft) -> Result<HctOrder, Vec<(Field, &'static str)>> {
    let (profile, calendar, accounts) = (kh(), calendar(), accounts());
    let context = CheckContext {
        profile: &profile,
        calendar: &calendar,
        accounts: &accounts,
        today: day("2026-11-23"),
    };
    draft
        .check(OrderId(Uuid::from_u128(7)), &context)
        .map_err(|errors| errors.iter().map(|e| (e.field, e.code())).collect())
}

fn good() -> OrderDraft {
    OrderDraft {
        debit_account: OWN.into(),
        target: OTP.into(),
        beneficiary_name: "Őrségi Faipari Zrt.".into(),
        amount: "1 250 000".into(),
        narrative: "F-2026/1203 számla kiegyenlítése".into(),
        ..OrderDraft::default()
    }
}

#[test]
fn a_complete_form_is_an_order() {
    let order = check(&good()).unwrap();
    assert_eq!(order.amount, Money::huf(1_250_000));
    assert_eq!(order.timing, Timing::Soon);
    assert_eq!(order.beneficiary.target(), OTP);
}

#[test]
fn an_empty_form_tells_all_that_is_missing() {
    assert_eq!(
        check(&OrderDraft::default()).unwrap_err(),
        [
            (Field::DebitAccount, "field-missing"),
            (Field::Target, "field-missing"),
            (Field::Amount, "field-missing"),
        ]
    );
    assert!(OrderDraft::default().is_blank());
}

#[test]
fn every_wrong_field_is_named_at_once() {
    let draft = OrderDraft {
        target: "11773016-11111019".into(),
        amount: "12,50".into(),
        value_date: "2026-11-29".into(),
        narrative: "x".repeat(141),
        document_number: "1234567".into(),
        ..good()
    };
    assert_eq!(
        check(&draft).unwrap_err(),
        [
            (Field::Target, "account-check-second-block"),
            (Field::Amount, "money-decimals"),
            (Field::ValueDate, "field-not-banking-day"),
            (Field::Narrative, "text-too-long"),
            (Field::DocumentNumber, "text-too-long"),
        ]
    );
}

#[test]
fn the_tick_box_closes_the_date_and_caps_the_amount() {
    let instant = OrderDraft { instant: true, ..good() };
    assert_eq!(check(&instant).unwrap().timing, Timing::Instant);
    let dated = OrderDraft { value_date: "2026-11-24".into(), ..instant.clone() };
    assert_eq!(check(&dated).unwrap_err(), [(Field::ValueDate, "field-date-with-instant")]);
    let today = OrderDraft { value_date: "ma".into(), ..instant.clone() };
    assert_eq!(check(&today).unwrap().timing, Timing::Instant);
    let large = OrderDraft { amount: "20000001".into(), ..instant.clone() };
    assert_eq!(check(&large).unwrap_err(), [(Field::Amount, "field-above-instant-limit")]);
    let viber = OrderDraft { viber: true, ..instant };
    assert_eq!(check(&viber).unwrap_err(), [(Field::Urgency, "field-viber-with-instant")]);
}

#[test]
fn a_secondary_identifier_stands_alone_and_instant() {
    let phone = OrderDraft { target: "+36 30 123 4567".into(), ..good() };
    assert_eq!(
        check(&phone).unwrap_err(),
        [
            (Field::BeneficiaryName, "field-name-with-secondary"),
            (Field::Instant, "field-secondary-needs-instant"),
        ]
    );
    let right = OrderDraft { beneficiary_name: String::new(), instant: true, ..phone };
    assert_eq!(check(&right).unwrap().beneficiary.target(), "+36 30 123 4567");
}

#[test]
fn only_own_forint_accounts_are_debited_and_not_to_themselves() {
    let foreign = OrderDraft { debit_account: OTP.into(), ..good() };
    assert_eq!(check(&foreign).unwrap_err(), [(Field::DebitAccount, "field-not-own-account")]);
    let euro = OrderDraft { debit_account: "10410400-00000190-04894827".into(), ..good() };
    assert_eq!(check(&euro).unwrap_err(), [(Field::DebitAccount, "field-not-huf-account")]);
    let circle = OrderDraft { target: OWN.into(), ..good() };
    assert_eq!(check(&circle).unwrap_err(), [(Field::Target, "field-same-account")]);
    let abroad = OrderDraft { target: "DE89370400440532013000".into(), ..good() };
    assert_eq!(check(&abroad).unwrap_err(), [(Field::Target, "field-foreign-account")]);
}

#[test]
fn dates_stay_within_what_the_bank_takes() {
    let past = OrderDraft { value_date: "2026-11-20".into(), ..good() };
    assert_eq!(check(&past).unwrap_err(), [(Field::ValueDate, "field-date-past")]);
    let far = OrderDraft { value_date: "2027-06-01".into(), ..good() };
    assert_eq!(check(&far).unwrap_err(), [(Field::ValueDate, "field-too-far-ahead")]);
}

proptest! {
    #[test]
    fn an_order_typed_again_is_the_same_order(
        amount in 1u64..20_000_000, instant: bool, viber: bool, ahead in 0usize..3, narrative in "[a-zőű0-9/-]{0,30}"
    ) {
        let draft = OrderDraft {
            amount: amount.to_string(),
            instant,
            viber: viber && !instant,
            value_date: if instant { String::new() } else { ["", "2026-11-24", "+2"][ahead].into() },
            narrative,
            legal_code: "101".into(),
            document_number: "B-17".into(),
            own_reference: "SZ-1".into(),
            country: "hu".into(),
            ..good()
        };
        let order = check(&draft).unwrap();
        prop_assert_eq!(check(&OrderDraft::of_order(&order)), Ok(order));
    }

    #[test]
    fn any_typing_is_answered(a in ".{0,30}", b in ".{0,30}", c in ".{0,30}", d in ".{0,30}", instant: bool) {
        let draft = OrderDraft {
            debit_account: a, target: b, amount: c, value_date: d.clone(), narrative: d,
            instant, ..OrderDraft::default()
        };
        if let Err(errors) = check(&draft) {
            prop_assert!(!errors.is_empty());
        }
    }
}
