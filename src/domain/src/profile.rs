//! The bank's rules as data. A bank sends its profile; the code names no bank.

use chrono::NaiveTime;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::customer::CustomerKind;
use crate::order::OrderType;
use crate::pin::PinRules;

/// Everything that differs by bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankProfile {
    /// Short stable name, for instance `kh`.
    pub id: String,
    /// Data version.
    pub version: u32,
    /// Name to show.
    pub name: String,
    /// The bank's own three-digit codes at the start of account numbers: transfers to them stay in the bank.
    pub bank_codes: Vec<String>,
    /// Order types that it offers.
    pub order_types: Vec<OrderType>,
    /// Furthest value date in days, if it has a limit.
    #[serde(default)]
    pub max_days_ahead: Option<u32>,
    /// Instant payments.
    pub instant: InstantRules,
    /// Intraday clearing.
    pub intraday: IntradayRules,
    /// VIBER.
    pub viber: ViberRules,
    /// Packages.
    pub packages: PackageRules,
    /// Tokens.
    pub token: TokenRules,
}

/// Rules of instant payments (AFR).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstantRules {
    /// Largest amount in forints (20,000,000 since 2023-09-01 [K&H AFR]).
    pub limit: Decimal,
    /// Usual time to the final answer, in seconds.
    pub target_seconds: u32,
    /// Rejected automatically after so many seconds.
    pub limit_seconds: u32,
    /// How companies' packages are treated.
    pub company: BatchRule,
    /// How private persons' packages are treated.
    pub private_person: BatchRule,
    /// Paced batches are settled within so many hours.
    pub paced_hours: u32,
}

/// What becomes of an instant-capable order that is not sent alone [K&H AFR] [KDB q12].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BatchRule {
    /// The tick box decides: ticked batches go to the instant system, paced; others intraday (K&H business).
    TickDecides,
    /// Never instant when anything else arrives at the same time (KDB company).
    NeverInBatch,
    /// Each order on its own merits (KDB private person).
    EachOrder,
}

/// Rules of intraday clearing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntradayRules {
    /// Cycles of a banking day, local time, ascending.
    pub cycles: Vec<NaiveTime>,
    /// Orders received later go on the next banking day.
    pub cut_off: NaiveTime,
    /// The same for transfers inside the bank.
    pub own_bank_cut_off: NaiveTime,
    /// Legal limit from receipt to credit, in hours.
    pub limit_hours: u32,
}

/// Rules of VIBER.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViberRules {
    /// Opening, local time.
    pub open: NaiveTime,
    /// Last acceptance for customers, local time.
    pub cut_off: NaiveTime,
    /// Whether companies' packages of several orders may ask for it (K&H yes, KDB no).
    pub company_batches: bool,
    /// Whether an amount above the instant limit must go to another bank (KDB).
    pub only_to_other_banks: bool,
}

/// Rules of packages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageRules {
    /// A second pair of eyes must check before signing (Porsche Netbank).
    pub check_before_signing: bool,
    /// Ticking "instant" gives companies packages of one order (KDB).
    pub company_instant_alone: bool,
    /// One package may hold orders of several types.
    pub mixed_types: bool,
    /// One package may debit several accounts.
    pub several_debit_accounts: bool,
    /// Largest number of orders in a package.
    pub max_orders: u32,
}

/// Rules of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRules {
    /// Whether a software token may be used (demo and tests).
    pub software_allowed: bool,
    /// Wrong PINs until a token blocks itself.
    pub pin_tries: u8,
    /// What a new PIN must be like beyond what the token itself wants.
    #[serde(default)]
    pub pin: PinRules,
    /// When the program locks itself and what it lets people do without a token.
    #[serde(default)]
    pub session: SessionRules,
    /// Days before the end of the signing certificate from which the holder can renew both certificates. After
    /// the end it is too late: the old certificate signs the request.
    #[serde(default = "renewal_days")]
    pub renewal_days: u16,
}

/// Ours: no bank's public text says from when a renewal is offered.
fn renewal_days() -> u16 {
    60
}

/// When the program locks itself, and what it lets people do without a token. Locking keeps everything that
/// was typed; the next login goes on where it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRules {
    /// Minutes without a key or a mouse click after which the session is locked.
    pub idle_minutes: u32,
    /// Minutes after the login at which the session ends whatever happens.
    pub absolute_minutes: u32,
    /// Pulling the token locks the session.
    pub lock_on_removal: bool,
    /// Recorded data may be looked at without a login.
    pub view_offline: bool,
    /// Orders may be recorded and changed without a login.
    pub record_offline: bool,
}

/// Ours: no bank's public text says them.
impl Default for SessionRules {
    fn default() -> Self {
        Self {
            idle_minutes: 15,
            absolute_minutes: 8 * 60,
            lock_on_removal: true,
            view_offline: true,
            record_offline: true,
        }
    }
}

impl InstantRules {
    /// The rule for that kind of customer.
    pub fn batch(&self, kind: CustomerKind) -> BatchRule {
        match kind {
            CustomerKind::Company => self.company,
            CustomerKind::PrivatePerson => self.private_person,
        }
    }
}

impl BankProfile {
    /// Whether an account of that three-digit code is kept by this bank.
    pub fn is_own_bank(&self, bank_code: &str) -> bool {
        self.bank_codes.iter().any(|code| code == bank_code)
    }
}
