use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::Explain;
use crate::Money;
use crate::calendar::{Calendar, YearlyHoliday};
use crate::order::{Timing, Transfer};
use crate::samples::{OTP, OWN, accounts, calendar, day, kh};

fn check_any(draft: &OrderDraft) -> Result<Order, Vec<(&'static str, &'static str)>> {
    check_by(&calendar(), draft)
}

fn check_by(calendar: &Calendar, draft: &OrderDraft) -> Result<Order, Vec<(&'static str, &'static str)>> {
    let (profile, accounts) = (kh(), accounts());
    let context = CheckContext {
        profile: &profile,
        calendar,
        accounts: &accounts,
        authority: None,
        user: None,
        today: day("2026-11-23"),
    };
    draft
        .check(OrderId(Uuid::from_u128(7)), &context)
        .map_err(|errors| errors.iter().map(|e| (e.field, e.code())).collect())
}

fn check(draft: &OrderDraft) -> Result<Transfer, Vec<(&'static str, &'static str)>> {
    check_any(draft).map(|order| order.transfer().unwrap().clone())
}

fn good() -> OrderDraft {
    OrderDraft::default()
        .with(key::DEBIT_ACCOUNT, OWN)
        .with(key::TARGET, OTP)
        .with(key::BENEFICIARY_NAME, "Őrségi Faipari Zrt.")
        .with(key::AMOUNT, "1 250 000")
        .with(key::NARRATIVE, "F-2026/1203 számla kiegyenlítése")
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
            (key::DEBIT_ACCOUNT, "field-missing"),
            (key::TARGET, "field-missing"),
            (key::AMOUNT, "field-missing"),
        ]
    );
    assert!(OrderDraft::default().is_blank());
}

#[test]
fn every_wrong_field_is_named_at_once() {
    let draft = good()
        .with(key::TARGET, "11773016-11111019")
        .with(key::AMOUNT, "12,50")
        .with(key::VALUE_DATE, "2026-11-29")
        .with(key::NARRATIVE, "x".repeat(141))
        .with(key::DOCUMENT_NUMBER, "1234567");
    assert_eq!(
        check(&draft).unwrap_err(),
        [
            (key::TARGET, "account-check-second-block"),
            (key::AMOUNT, "money-decimals"),
            (key::VALUE_DATE, "field-not-banking-day"),
            (key::DOCUMENT_NUMBER, "text-too-long"),
            (key::NARRATIVE, "text-too-long"),
        ]
    );
}

#[test]
fn the_tick_box_closes_the_date_and_caps_the_amount() {
    let instant = good().with_tick(key::INSTANT, true);
    assert_eq!(check(&instant).unwrap().timing, Timing::Instant);
    let dated = instant.clone().with(key::VALUE_DATE, "2026-11-24");
    assert_eq!(check(&dated).unwrap_err(), [(key::VALUE_DATE, "field-date-with-instant")]);
    let today = instant.clone().with(key::VALUE_DATE, "ma");
    assert_eq!(check(&today).unwrap().timing, Timing::Instant);
    let large = instant.clone().with(key::AMOUNT, "20000001");
    assert_eq!(check(&large).unwrap_err(), [(key::AMOUNT, "field-above-instant-limit")]);
    let viber = instant.with_tick(key::URGENCY, true);
    assert_eq!(check(&viber).unwrap_err(), [(key::URGENCY, "field-viber-with-instant")]);
}

#[test]
fn a_secondary_identifier_stands_alone_and_instant() {
    let phone = good().with(key::TARGET, "+36 30 123 4567");
    assert_eq!(
        check(&phone).unwrap_err(),
        [
            (key::BENEFICIARY_NAME, "field-name-with-secondary"),
            (key::INSTANT, "field-secondary-needs-instant"),
        ]
    );
    let right = phone.with(key::BENEFICIARY_NAME, "").with_tick(key::INSTANT, true);
    assert_eq!(check(&right).unwrap().beneficiary.target(), "+36 30 123 4567");
}

#[test]
fn only_own_forint_accounts_are_debited_and_not_to_themselves() {
    let foreign = good().with(key::DEBIT_ACCOUNT, OTP);
    assert_eq!(check(&foreign).unwrap_err(), [(key::DEBIT_ACCOUNT, "field-not-own-account")]);
    let euro = good().with(key::DEBIT_ACCOUNT, "10410400-00000190-04894827");
    assert_eq!(check(&euro).unwrap_err(), [(key::DEBIT_ACCOUNT, "field-not-huf-account")]);
    let circle = good().with(key::TARGET, OWN);
    assert_eq!(check(&circle).unwrap_err(), [(key::TARGET, "field-same-account")]);
    let abroad = good().with(key::TARGET, "DE89370400440532013000");
    assert_eq!(check(&abroad).unwrap_err(), [(key::TARGET, "field-foreign-account")]);
}

#[test]
fn dates_stay_within_what_the_bank_takes() {
    let past = good().with(key::VALUE_DATE, "2026-11-20");
    assert_eq!(check(&past).unwrap_err(), [(key::VALUE_DATE, "field-date-past")]);
    let far = good().with(key::VALUE_DATE, "2027-06-01");
    assert_eq!(check(&far).unwrap_err(), [(key::VALUE_DATE, "field-too-far-ahead")]);
    // A Monday, but nobody knows yet whether banks settle then.
    let beyond = good().with(key::VALUE_DATE, "2027-01-04");
    assert_eq!(check(&beyond).unwrap_err(), [(key::VALUE_DATE, "field-beyond-calendar")]);
}

#[test]
fn a_bank_that_tells_the_holidays_of_every_year_takes_dates_of_the_next_one() {
    let mut calendar = calendar();
    let name = "Újév".to_owned();
    calendar.yearly = vec![YearlyHoliday { month: 1, day: 1, name }];
    let on = |date| check_by(&calendar, &good().with(key::VALUE_DATE, date));
    assert!(on("2027-01-04").is_ok());
    assert_eq!(on("2027-01-01").unwrap_err(), [(key::VALUE_DATE, "field-not-banking-day")]);
}

proptest! {
    #[test]
    fn any_typing_is_answered(a in ".{0,30}", b in ".{0,30}", c in ".{0,30}", d in ".{0,30}", instant: bool) {
        let draft = OrderDraft::default()
            .with(key::DEBIT_ACCOUNT, a)
            .with(key::TARGET, b)
            .with(key::AMOUNT, c)
            .with(key::VALUE_DATE, d.clone())
            .with(key::NARRATIVE, d)
            .with_tick(key::INSTANT, instant);
        if let Err(errors) = check(&draft) {
            prop_assert!(!errors.is_empty());
        }
    }
}
