//! Profiles, accounts and orders for this crate's tests.

use std::str::FromStr;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::account::AccountNumber;
use crate::calendar::Calendar;
use crate::customer::Account;
use crate::ids::OrderId;
use crate::money::{Currency, Money};
use crate::narrative::Narrative;
use crate::order::{Beneficiary, OrderType, Timing, Transfer, Urgency};
use crate::pin::PinRules;
use crate::profile::{
    BankProfile, BatchRule, InstantRules, IntradayRules, PackageRules, SessionRules, TokenRules, ViberRules,
};

pub fn time(text: &str) -> NaiveTime {
    NaiveTime::from_str(&format!("{text}:00")).unwrap()
}

pub fn at(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn kh() -> BankProfile {
    BankProfile {
        id: "kh".into(),
        version: 1,
        name: "K&H".into(),
        bank_codes: vec!["104".into()],
        order_types: OrderType::ALL.to_vec(),
        max_days_ahead: Some(99),
        instant: InstantRules {
            limit: Decimal::from(20_000_000),
            target_seconds: 5,
            limit_seconds: 20,
            company: BatchRule::TickDecides,
            private_person: BatchRule::TickDecides,
            paced_hours: 4,
        },
        intraday: IntradayRules {
            cycles: ["07:30", "10:30", "13:30", "17:00"].map(time).to_vec(),
            cut_off: time("16:30"),
            own_bank_cut_off: time("18:00"),
            limit_hours: 4,
        },
        viber: ViberRules {
            open: time("08:00"),
            cut_off: time("16:00"),
            company_batches: true,
            only_to_other_banks: false,
        },
        packages: PackageRules {
            check_before_signing: false,
            company_instant_alone: false,
            mixed_types: false,
            several_debit_accounts: false,
            max_orders: 10_000,
        },
        token: TokenRules {
            software_allowed: true,
            pin_tries: 5,
            pin: PinRules::default(),
            session: SessionRules::default(),
            renewal_days: 60,
        },
    }
}

pub fn kdb() -> BankProfile {
    let mut profile = kh();
    profile.id = "kdb".into();
    profile.bank_codes = vec!["135".into()];
    profile.instant.company = BatchRule::NeverInBatch;
    profile.instant.private_person = BatchRule::EachOrder;
    profile.viber.company_batches = false;
    profile.viber.only_to_other_banks = true;
    profile.packages.company_instant_alone = true;
    profile
}

pub fn calendar() -> Calendar {
    Calendar {
        version: 1,
        years: [2026].into(),
        holidays: [(day("2026-12-25"), "karácsony".to_owned())].into(),
        working_saturdays: [day("2026-12-12")].into(),
        ..Calendar::default()
    }
}

pub fn account(text: &str) -> AccountNumber {
    text.parse().unwrap()
}

pub const OWN: &str = "10400023-53656565-85691020";
pub const OWN_TOO: &str = "10410400-00000024-00000017";
pub const OTP: &str = "11773016-11111018";

pub fn accounts() -> Vec<Account> {
    vec![
        Account { number: account(OWN), name: "Forint fő számla".into(), currency: Currency::HUF },
        Account { number: account(OWN_TOO), name: "Forint bér".into(), currency: Currency::HUF },
        Account {
            number: account("10410400-00000190-04894827"),
            name: "Euró".into(),
            currency: Currency::EUR,
        },
    ]
}

pub fn order(amount: i64, timing: Timing, urgency: Urgency) -> Transfer {
    Transfer {
        id: OrderId(Uuid::from_u128(1)),
        debit_account: account(OWN),
        payer_name: None,
        beneficiary: Beneficiary::Account {
            name: "Őrségi Faipari Zrt.".parse().unwrap(),
            number: account(OTP),
        },
        beneficiary_country: None,
        amount: Money::huf(amount),
        timing,
        urgency,
        narrative: Narrative::default(),
        document_number: None,
        legal_code: None,
        own_reference: None,
    }
}
