//! How the bank will execute a domestic HUF transfer, why, and when — said before it is sent.
//!
//! The decision table is that of the banks' own papers [KDB q12, q29] [K&H AFR]. It never promises seconds where the
//! bank does not: a ticked batch goes to the instant system paced, within hours. The two cases that the banks' texts
//! leave open are decided on the slower side and carry a warning.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::Explain;
use crate::calendar::Calendar;
use crate::customer::CustomerKind;
use crate::order::{Beneficiary, Timing, Transfer, Urgency};
use crate::profile::{BankProfile, BatchRule};

/// Settlement that an order will take ("teljesítési mód").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// Instant payment system, final in seconds.
    Instant,
    /// Instant payment system as a batch: paced by the bank, final within hours.
    InstantPaced,
    /// Intraday clearing cycle of a banking day.
    Intraday,
    /// VIBER (RTGS).
    Viber,
    /// The bank will not take it this way.
    Refused,
}

crate::names! {
    pub Route {
        Instant = "instant",
        InstantPaced = "instant_paced",
        Intraday = "intraday",
        Viber = "viber",
        Refused = "refused",
    }
}

impl Route {
    /// Key of the text that names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Instant => "route-instant",
            Self::InstantPaced => "route-instant-paced",
            Self::Intraday => "route-intraday",
            Self::Viber => "route-viber",
            Self::Refused => "route-refused",
        }
    }
}

/// When the payee's bank has the money at the latest, in the bank's local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Expected {
    /// Usually within `target` seconds, or rejected after `limit`.
    Seconds {
        /// Usual time.
        target: u32,
        /// Automatic rejection.
        limit: u32,
    },
    /// Within so many hours of receipt.
    Hours {
        /// Hours.
        hours: u32,
    },
    /// With the clearing cycle or window that starts then.
    At {
        /// Start of the cycle or window.
        time: NaiveDateTime,
    },
    /// Never.
    Never,
}

/// Why the route is what it is. The text of each says what would change it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// Meets every condition and is sent alone.
    SentAlone,
    /// Meets every condition; this bank judges each order of the customer by itself.
    EachOnItsOwn,
    /// Sent with others, but ticked: the bank paces it in the instant system.
    TickedBatch,
    /// Sent with others and not ticked.
    BatchNotTicked,
    /// Sent with others; this bank never splits companies' batches, ticked or not.
    BatchNeverInstant,
    /// Above the instant limit, whole forints.
    AboveInstantLimit {
        /// Limit.
        limit: String,
    },
    /// Has a later value date.
    ValueDated {
        /// The date.
        date: NaiveDate,
    },
    /// VIBER was asked for and is possible.
    ViberAsked,
    /// Too late for today.
    AfterCutOff {
        /// Cut-off, local time.
        cut_off: NaiveTime,
    },
    /// Today is no banking day.
    NotBankingDay,
    /// A secondary identifier can only be paid in the instant system, and this order would not go there.
    SecondaryIdNeedsInstant,
}

/// What the payer should know although the order can be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "warning", rename_all = "snake_case")]
pub enum Warning {
    /// VIBER was asked for but cannot be: the order meets the conditions of instant payment or the bank does
    /// not offer it for this one.
    ViberNotPossible,
    /// Open case: exactly one order of the package could be instant; the bank's text allows two readings.
    OneInstantAmongOthers,
    /// Open case: several packages with several orders each have no row in the bank's table.
    ManyPackagesOfMany,
    /// The calendar's data does not cover that year.
    CalendarUnknown {
        /// Year.
        year: i32,
    },
}

impl Explain for Reason {
    fn code(&self) -> &'static str {
        match self {
            Self::SentAlone => "reason-sent-alone",
            Self::EachOnItsOwn => "reason-each-on-its-own",
            Self::TickedBatch => "reason-ticked-batch",
            Self::BatchNotTicked => "reason-batch-not-ticked",
            Self::BatchNeverInstant => "reason-batch-never-instant",
            Self::AboveInstantLimit { .. } => "reason-above-instant-limit",
            Self::ValueDated { .. } => "reason-value-dated",
            Self::ViberAsked => "reason-viber-asked",
            Self::AfterCutOff { .. } => "reason-after-cut-off",
            Self::NotBankingDay => "reason-not-banking-day",
            Self::SecondaryIdNeedsInstant => "reason-secondary-needs-instant",
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::AboveInstantLimit { limit } => vec![("limit", limit.clone())],
            Self::ValueDated { date } => vec![("date", date.to_string())],
            Self::AfterCutOff { cut_off } => vec![("time", cut_off.format("%H:%M").to_string())],
            _ => Vec::new(),
        }
    }
}

impl Explain for Warning {
    fn code(&self) -> &'static str {
        match self {
            Self::ViberNotPossible => "warning-viber-not-possible",
            Self::OneInstantAmongOthers => "warning-one-instant-among-others",
            Self::ManyPackagesOfMany => "warning-many-packages-of-many",
            Self::CalendarUnknown { .. } => "warning-calendar-unknown",
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::CalendarUnknown { year } => vec![("year", year.to_string())],
            _ => Vec::new(),
        }
    }
}

/// Route, time, reasons and warnings for one order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// How.
    pub route: Route,
    /// When.
    pub expected: Expected,
    /// Why, the deciding reason first.
    pub reasons: Vec<Reason>,
    /// What to know.
    pub warnings: Vec<Warning>,
}

/// How an order travels: what arrives at the bank at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sending {
    /// Packages sent together, this one included.
    pub packages: u32,
    /// Orders in this package.
    pub orders: u32,
    /// Of those, orders that meet every condition of instant payment.
    pub instant_capable: u32,
}

impl Sending {
    /// One order in one package.
    pub const ALONE: Self = Self { packages: 1, orders: 1, instant_capable: 1 };

    fn is_alone(self) -> bool {
        self.packages <= 1 && self.orders <= 1
    }
}

/// What the decision needs to know besides the order.
#[derive(Clone, Copy, Debug)]
pub struct RoutingContext<'a> {
    /// The bank's rules.
    pub profile: &'a BankProfile,
    /// Banking days.
    pub calendar: &'a Calendar,
    /// Company or private person.
    pub customer: CustomerKind,
    /// When the bank will have it, in the bank's local time.
    pub now: NaiveDateTime,
}

/// Whether the order by itself meets the conditions of instant payment ([KDB q5]; the account is a HUF account
/// and the payee's account domestic by the order's type).
pub fn is_instant_capable(order: &Transfer, context: &RoutingContext<'_>) -> bool {
    let dated = matches!(order.timing, Timing::On { date } if date > context.now.date());
    !dated && order.amount.amount() <= context.profile.instant.limit
}

/// How the bank will execute `order` when it travels as `sending` says.
pub fn decide(order: &Transfer, sending: Sending, context: &RoutingContext<'_>) -> Decision {
    let mut warnings = Vec::new();
    let decision = if is_instant_capable(order, context) {
        capable(order, sending, context, &mut warnings)
    } else {
        not_capable(order, sending, context, &mut warnings)
    };
    let mut decision = refuse_stranded_secondary_id(order, decision);
    // Of today nothing is left to be decreed: through a whole year without data, only days to come are worth a word.
    if let Expected::At { time } = decision.expected
        && time.date() > context.now.date()
        && !context.calendar.covers(time.date())
    {
        use chrono::Datelike;
        warnings.push(Warning::CalendarUnknown { year: time.date().year() });
    }
    decision.warnings = warnings;
    decision
}

fn capable(
    order: &Transfer,
    sending: Sending,
    context: &RoutingContext<'_>,
    warnings: &mut Vec<Warning>,
) -> Decision {
    let rules = &context.profile.instant;
    let batch_rule = rules.batch(context.customer);
    let ticked = order.timing == Timing::Instant;
    let seconds = Expected::Seconds { target: rules.target_seconds, limit: rules.limit_seconds };
    let instant = |reason| decision(Route::Instant, seconds, vec![reason]);
    if batch_rule == BatchRule::EachOrder || sending.is_alone() {
        if order.urgency == Urgency::Viber {
            warnings.push(Warning::ViberNotPossible);
        }
        return instant(if sending.is_alone() { Reason::SentAlone } else { Reason::EachOnItsOwn });
    }
    if sending.packages > 1 && sending.orders > 1 && batch_rule == BatchRule::TickDecides {
        warnings.push(Warning::ManyPackagesOfMany);
    }
    if sending.orders > 1 && sending.instant_capable == 1 {
        warnings.push(Warning::OneInstantAmongOthers);
    }
    if order.urgency == Urgency::Viber {
        if sending.orders > 1 && context.profile.viber.company_batches {
            return viber(Reason::ViberAsked, context.now.date(), context);
        }
        warnings.push(Warning::ViberNotPossible);
    }
    match batch_rule {
        BatchRule::TickDecides if ticked => decision(
            Route::InstantPaced,
            Expected::Hours { hours: rules.paced_hours },
            vec![Reason::TickedBatch],
        ),
        BatchRule::TickDecides => intraday(order, Reason::BatchNotTicked, context.now.date(), context),
        BatchRule::NeverInBatch | BatchRule::EachOrder => {
            intraday(order, Reason::BatchNeverInstant, context.now.date(), context)
        }
    }
}

fn not_capable(
    order: &Transfer,
    sending: Sending,
    context: &RoutingContext<'_>,
    warnings: &mut Vec<Warning>,
) -> Decision {
    let today = context.now.date();
    let (reason, day) = match order.timing {
        Timing::On { date } if date > today => (Reason::ValueDated { date }, date),
        _ => {
            let limit = context.profile.instant.limit.normalize().to_string();
            (Reason::AboveInstantLimit { limit }, today)
        }
    };
    if sending.orders > 1 && sending.instant_capable == 1 {
        warnings.push(Warning::OneInstantAmongOthers);
    }
    if order.urgency == Urgency::Viber {
        let rules = &context.profile.viber;
        let batch_refused = sending.orders > 1 && !rules.company_batches;
        let own_bank_refused = rules.only_to_other_banks && to_own_bank(order, context);
        if !batch_refused && !own_bank_refused {
            let mut decision = viber(Reason::ViberAsked, day, context);
            decision.reasons.push(reason);
            return decision;
        }
        warnings.push(Warning::ViberNotPossible);
    }
    intraday(order, reason, day, context)
}

fn decision(route: Route, expected: Expected, reasons: Vec<Reason>) -> Decision {
    Decision { route, expected, reasons, warnings: Vec::new() }
}

fn to_own_bank(order: &Transfer, context: &RoutingContext<'_>) -> bool {
    order.beneficiary.account().is_some_and(|a| context.profile.is_own_bank(&a.bank_code()))
}

/// The next intraday cycle on or after `day`: today only before the cut-off.
fn intraday(order: &Transfer, reason: Reason, day: NaiveDate, context: &RoutingContext<'_>) -> Decision {
    let rules = &context.profile.intraday;
    let cut_off = if to_own_bank(order, context) { rules.own_bank_cut_off } else { rules.cut_off };
    let mut reasons = vec![reason];
    let today = context.now.date();
    let first = |day: NaiveDate| day.and_time(rules.cycles.first().copied().unwrap_or(NaiveTime::MIN));
    let time = if !context.calendar.is_banking_day(day) {
        // Of a value date it would be untrue: it is not today.
        reasons.extend((day == today).then_some(Reason::NotBankingDay));
        first(context.calendar.next_banking_day(day))
    } else if day > today {
        first(day)
    } else if context.now.time() > cut_off {
        reasons.push(Reason::AfterCutOff { cut_off });
        first(context.calendar.next_banking_day(day))
    } else {
        let next = rules.cycles.iter().find(|cycle| **cycle >= context.now.time());
        // Between the last cycle and the own-bank cut-off the bank books by itself, at once.
        next.map_or(context.now, |cycle| day.and_time(*cycle))
    };
    decision(Route::Intraday, Expected::At { time }, reasons)
}

/// The VIBER window on or after `day`: at once if it is open.
fn viber(reason: Reason, day: NaiveDate, context: &RoutingContext<'_>) -> Decision {
    let rules = &context.profile.viber;
    let mut reasons = vec![reason];
    let now = context.now;
    let time = if !context.calendar.is_banking_day(day) {
        reasons.extend((day == now.date()).then_some(Reason::NotBankingDay));
        context.calendar.next_banking_day(day).and_time(rules.open)
    } else if day > now.date() || now.time() < rules.open {
        day.and_time(rules.open)
    } else if now.time() > rules.cut_off {
        reasons.push(Reason::AfterCutOff { cut_off: rules.cut_off });
        context.calendar.next_banking_day(day).and_time(rules.open)
    } else {
        now
    };
    decision(Route::Viber, Expected::At { time }, reasons)
}

/// Outside the instant system nothing can find the account behind a secondary identifier.
fn refuse_stranded_secondary_id(order: &Transfer, decided: Decision) -> Decision {
    let stranded = matches!(order.beneficiary, Beneficiary::SecondaryId { .. })
        && !matches!(decided.route, Route::Instant | Route::InstantPaced);
    if !stranded {
        return decided;
    }
    let mut reasons = vec![Reason::SecondaryIdNeedsInstant];
    reasons.extend(decided.reasons);
    decision(Route::Refused, Expected::Never, reasons)
}

#[cfg(test)]
#[path = "routing_tests.rs"]
mod tests;
