//! How the domain's values look in JSON, for the OpenAPI document only.
//!
//! `domain` knows no OpenAPI library, so its JSON forms are described here a second time; the test below
//! holds the two together: a real value must read as its description and come back unchanged.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! described {
    ($($(#[$meta:meta])* struct $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)+ })+) => {
        $(
            $(#[$meta])*
            #[derive(Serialize, Deserialize, ToSchema)]
            #[serde(deny_unknown_fields)]
            pub struct $name { $($(#[$field_meta])* $field: $type,)+ }
        )+
    };
}

/// Domestic account number, 16 or 24 digits with valid check digits.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct AccountNumber(String);

/// Decimal number as text, with a point.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Decimal(String);

/// A bank of the routing table.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct BankEntry {
    /// First digits of the account numbers that it keeps; three here, up to eight in a full table. The
    /// longest fitting one counts.
    code: String,
    /// Name to show.
    name: String,
}

/// How far the bank is with an order.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// Just received; the route is not chosen yet.
    Received,
    /// Waits for its time: a cycle, its turn in a paced batch, its value date ("függő").
    Waiting,
    /// Waits for cover ("sorbanálló"); never an instant order.
    Queued,
    /// Cover is blocked, the payee's bank is asked.
    InExecution,
    /// Executed and booked ("teljesült").
    Executed,
    /// Refused with a reason ("visszautasított").
    Rejected,
}

/// How the bank executes an order: `instant`, `instant_paced`, `intraday`, `viber` or `refused`.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Route(String);

described! {
    /// An amount of a currency.
    struct Money {
        /// Decimal number as text, with a point, no more decimals than the currency has.
        amount: String,
        /// ISO 4217 code.
        currency: String,
    }
    /// Secondary account identifier.
    struct SecondaryId {
        /// `mobile`, `email`, `tax_number` or `tax_id`.
        kind: String,
        /// Normal form without spaces or dashes.
        value: String,
    }
    /// A person with a token.
    struct User {
        /// The bank's number.
        id: String,
        /// Full name.
        name: String,
    }
    /// Whose accounts they are.
    struct Customer {
        /// The bank's number.
        id: String,
        /// Name as the bank keeps it.
        name: String,
        /// `company` or `private_person`.
        kind: String,
    }
    /// A payment account.
    struct Account {
        /// Domestic number.
        number: AccountNumber,
        /// Short name.
        name: String,
        /// ISO 4217 code.
        currency: String,
    }
    /// What an account holds.
    struct Balance {
        /// The account.
        account: AccountNumber,
        /// Booked.
        booked: Money,
        /// Can be spent.
        available: Money,
        /// Held for orders in execution.
        blocked: Money,
        /// Debits that wait.
        pending_debits: Money,
        /// Credits that wait.
        pending_credits: Money,
        /// Agreed credit line.
        credit_line: Money,
        /// Must stay.
        minimum: Money,
        /// When.
        as_of: DateTime<Utc>,
    }
    /// Who may do what with one account.
    struct AccountRight {
        /// User id.
        user: String,
        /// Account.
        account: AccountNumber,
        /// See it.
        view: bool,
        /// Record orders.
        dispose: bool,
        /// Signature class, if the user may sign.
        sign: Option<String>,
    }
    /// How many signatures a debit needs.
    struct SigningRule {
        /// One account, or every one.
        account: Option<AccountNumber>,
        /// Above this amount.
        above: Decimal,
        /// Different signers.
        signatures: u8,
        /// At least so many of a class.
        classes: BTreeMap<String, u8>,
    }
    /// A user of the authority table.
    struct AuthorizedUser {
        /// The bank's number.
        id: String,
        /// Full name.
        name: String,
        /// How the bank reaches the user.
        contact: UserContact,
        /// Tokens and virtual chip cards.
        devices: Vec<UserDevice>,
        /// Failed logins that count.
        error_points: u32,
        /// Locked out by them.
        locked: bool,
    }
    /// How the bank reaches a user.
    struct UserContact {
        /// Mobile number, E.164.
        phone: Option<String>,
        /// E-mail address.
        email: Option<String>,
        /// Whether notices go there.
        notify: bool,
    }
    /// What a user signs with.
    struct UserDevice {
        /// CSN or number of the virtual card.
        id: String,
        /// `token` or `virtual_card`.
        kind: String,
        /// Name to show.
        label: String,
        /// Whether it is suspended.
        suspended: bool,
    }
    /// What a user may do in the web client.
    struct WebAccess {
        /// User id.
        user: String,
        /// `none` or `virtual_card`.
        login: String,
        /// `none` or `virtual_card`.
        signing: String,
    }
    /// The web client of a customer.
    struct WebService {
        /// Whether the customer uses it.
        enabled: bool,
        /// Users with any setting.
        users: Vec<WebAccess>,
    }
    /// Signatures that self-administration needs.
    struct AdministrationRule {
        /// Different signers.
        signatures: u8,
        /// At least so many of a class.
        classes: BTreeMap<String, u8>,
    }
    /// A registered secondary identifier.
    struct RegisteredId {
        /// The identifier.
        id: SecondaryId,
        /// The account that it stands for.
        account: AccountNumber,
        /// Confirm by this day.
        confirm_by: NaiveDate,
    }
    /// Who may sign what.
    struct AuthorityTable {
        /// Rises with every change.
        version: u32,
        /// Users.
        users: Vec<AuthorizedUser>,
        /// Rights.
        rights: Vec<AccountRight>,
        /// Rules.
        rules: Vec<SigningRule>,
        /// Self-administration.
        administration: AdministrationRule,
        /// The web client.
        web: WebService,
        /// Accounts that nobody has taken into the service.
        new_accounts: Vec<Account>,
        /// Own secondary identifiers.
        secondary_ids: Vec<RegisteredId>,
    }
    /// Banking days.
    struct Calendar {
        /// Data version.
        version: u32,
        /// Years whose days are exact. Other years follow `yearly` and `easter`, and are provisional.
        years: Vec<i32>,
        /// Weekdays of rest and their names.
        holidays: BTreeMap<NaiveDate, String>,
        /// Saturdays of work.
        working_saturdays: Vec<NaiveDate>,
        /// Days of rest of every year that have their date.
        yearly: Vec<YearlyHoliday>,
        /// Days of rest of every year that move with Easter.
        easter: Vec<EasterHoliday>,
    }
    /// A day of rest of every year that has its date.
    struct YearlyHoliday {
        /// 1 to 12.
        month: u32,
        /// Day of the month.
        day: u32,
        /// Its name.
        name: String,
    }
    /// A day of rest of every year that moves with Easter.
    struct EasterHoliday {
        /// Days after Easter Sunday, negative before it.
        days: i32,
        /// Its name.
        name: String,
    }
    /// Instant payments.
    struct InstantRules {
        /// Largest amount in forints.
        limit: Decimal,
        /// Usual seconds to the final answer.
        target_seconds: u32,
        /// Refused after so many seconds.
        limit_seconds: u32,
        /// `tick_decides`, `never_in_batch` or `each_order`.
        company: String,
        /// The same for private persons.
        private_person: String,
        /// Hours within which a paced batch is settled.
        paced_hours: u32,
    }
    /// Intraday clearing.
    struct IntradayRules {
        /// Local times of the cycles.
        cycles: Vec<NaiveTime>,
        /// Local time.
        cut_off: NaiveTime,
        /// Local time, inside the bank.
        own_bank_cut_off: NaiveTime,
        /// Hours from receipt to credit.
        limit_hours: u32,
    }
    /// VIBER.
    struct ViberRules {
        /// Local time.
        open: NaiveTime,
        /// Local time.
        cut_off: NaiveTime,
        /// Whether batches of companies may ask for it.
        company_batches: bool,
        /// Whether it goes to other banks only.
        only_to_other_banks: bool,
    }
    /// Packages.
    struct PackageRules {
        /// Check before signing.
        check_before_signing: bool,
        /// Ticked orders of companies travel alone.
        company_instant_alone: bool,
        /// Several order types.
        mixed_types: bool,
        /// Several debited accounts.
        several_debit_accounts: bool,
        /// Largest number of orders.
        max_orders: u32,
    }
    /// Tokens.
    struct TokenRules {
        /// Software tokens allowed.
        software_allowed: bool,
        /// Wrong PINs until a token blocks itself.
        pin_tries: u8,
        /// New PINs.
        pin: PinRules,
        /// Locking and work without a login.
        session: SessionRules,
        /// Days before the signing certificate's end from which both certificates can be renewed.
        renewal_days: u16,
    }
    /// What a new PIN must be like beyond what the token itself wants.
    struct PinRules {
        /// Fewest characters.
        min_length: u8,
        /// No PIN of one repeated digit.
        no_repeats: bool,
        /// No run of four or more digits.
        no_runs: bool,
        /// Not the old PIN.
        not_old: bool,
        /// No part of the card's serial number of so many characters; 0 allows any.
        csn_part: u8,
    }
    /// When a client locks itself, and what it allows without a login.
    struct SessionRules {
        /// Minutes without a key or click.
        idle_minutes: u32,
        /// Minutes after the login.
        absolute_minutes: u32,
        /// Pulling the token locks.
        lock_on_removal: bool,
        /// Looking at recorded data without a login.
        view_offline: bool,
        /// Recording without a login.
        record_offline: bool,
    }
    /// The bank's rules.
    struct BankProfile {
        /// Short stable name.
        id: String,
        /// Data version.
        version: u32,
        /// Name to show.
        name: String,
        /// Its three-digit codes.
        bank_codes: Vec<String>,
        /// Order types, for instance `HCT`.
        order_types: Vec<String>,
        /// Furthest value date in days.
        max_days_ahead: Option<u32>,
        /// Instant payments.
        instant: InstantRules,
        /// Intraday clearing.
        intraday: IntradayRules,
        /// VIBER.
        viber: ViberRules,
        /// Packages.
        packages: PackageRules,
        /// Tokens.
        token: TokenRules,
    }
}

#[cfg(test)]
pub(crate) mod agreement {
    use serde::Serialize;
    use serde::de::DeserializeOwned;

    /// The real type's JSON reads as its description and comes back unchanged, and the other way round.
    pub(crate) fn agree<Real, Description>(sample: serde_json::Value)
    where
        Real: Serialize + DeserializeOwned,
        Description: Serialize + DeserializeOwned,
    {
        let real: Real = serde_json::from_value(sample).unwrap();
        let json = serde_json::to_value(&real).unwrap();
        let description: Description = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(serde_json::to_value(description).unwrap(), json);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::agreement::agree;
    use super::*;

    const ACCOUNT: &str = "10400023-53656565-85691020";

    #[test]
    fn descriptions_agree_with_the_domain() {
        let money = json!({"amount": "12.5", "currency": "EUR"});
        agree::<domain::Money, Money>(money.clone());
        agree::<domain::AccountNumber, AccountNumber>(json!(ACCOUNT));
        agree::<domain::routing::Route, Route>(json!("instant_paced"));
        for state in domain::submission::ItemState::ALL {
            agree::<domain::submission::ItemState, ItemState>(json!(state.name()));
        }
        agree::<domain::SecondaryId, SecondaryId>(json!({"kind": "email", "value": "a@example.hu"}));
        agree::<domain::User, User>(json!({"id": "10000001", "name": "N"}));
        agree::<domain::Customer, Customer>(json!({"id": "1", "name": "N", "kind": "private_person"}));
        agree::<domain::Account, Account>(json!({"number": ACCOUNT, "name": "N", "currency": "HUF"}));
        agree::<domain::Balance, Balance>(json!({
            "account": ACCOUNT, "booked": money, "available": money, "blocked": money, "pending_debits": money,
            "pending_credits": money, "credit_line": money, "minimum": money, "as_of": "2026-11-21T10:00:00Z",
        }));
        agree::<domain::AuthorityTable, AuthorityTable>(json!({
            "version": 3, "users": [{
                "id": "1", "name": "N", "contact": {"phone": "+36301234567", "email": null, "notify": true},
                "devices": [{"id": "AB", "kind": "virtual_card", "label": "L", "suspended": false}],
                "error_points": 1, "locked": false,
            }],
            "administration": {"signatures": 1, "classes": {"A": 1}},
            "web": {"enabled": true, "users": [{"user": "1", "login": "virtual_card", "signing": "none"}]},
            "new_accounts": [{"number": ACCOUNT, "name": "N", "currency": "HUF"}],
            "secondary_ids": [{
                "id": {"kind": "email", "value": "a@example.hu"}, "account": ACCOUNT, "confirm_by": "2027-11-21",
            }],
            "rights": [{"user": "1", "account": ACCOUNT, "view": true, "dispose": false, "sign": "A"}],
            "rules": [{"account": null, "above": "5000000", "signatures": 2, "classes": {"A": 1}}],
        }));
        agree::<domain::Calendar, Calendar>(json!({
            "version": 1, "years": [2026], "holidays": {"2026-10-23": "n"}, "working_saturdays": ["2026-01-10"],
            "yearly": [{"month": 1, "day": 1, "name": "n"}], "easter": [{"days": -2, "name": "n"}],
        }));
        agree::<domain::BankEntry, BankEntry>(json!({"code": "104", "name": "K&H Bank"}));
        agree::<domain::BankProfile, BankProfile>(json!({
            "id": "x", "version": 1, "name": "X", "bank_codes": ["104"], "order_types": ["HCT"], "max_days_ahead": 365,
            "instant": {
                "limit": "20000000", "target_seconds": 5, "limit_seconds": 20, "company": "tick_decides",
                "private_person": "each_order", "paced_hours": 4,
            },
            "intraday": {
                "cycles": ["07:30:00"], "cut_off": "16:30:00", "own_bank_cut_off": "18:00:00", "limit_hours": 4,
            },
            "viber": {
                "open": "08:00:00", "cut_off": "16:00:00", "company_batches": true, "only_to_other_banks": false,
            },
            "packages": {
                "check_before_signing": false, "company_instant_alone": false, "mixed_types": false,
                "several_debit_accounts": false, "max_orders": 10,
            },
            "token": {
                "software_allowed": true, "pin_tries": 3,
                "pin": {"min_length": 6, "no_repeats": true, "no_runs": true, "not_old": true, "csn_part": 4},
                "session": {
                    "idle_minutes": 15, "absolute_minutes": 480, "lock_on_removal": true, "view_offline": true,
                    "record_offline": true,
                },
                "renewal_days": 60,
            },
        }));
    }
}
