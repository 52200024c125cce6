//! Words and figures that the places of packages share: states, routes, times, sums.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use client::{ListedPackage, Shortage};
use domain::arrival::{Arrival, Moment};
use domain::routing::{Decision, Expected, Route};
use domain::{Money, Order, PackageState};

use crate::design::theme::{Ink, Tone};
use crate::design::{Element, banner};
use crate::desk::Desk;
use crate::format;
use crate::texts::explain;
use crate::tr;

/// Sums per currency, with a mark between them; nothing where no money moves.
pub(in crate::screen) fn sums(totals: impl IntoIterator<Item = Money>) -> String {
    let mut sums: BTreeMap<String, rust_decimal::Decimal> = BTreeMap::new();
    for total in totals.into_iter().filter(|total| !total.amount().is_zero()) {
        *sums.entry(total.currency().code().to_owned()).or_default() += total.amount();
    }
    let written: Vec<String> = sums.into_iter().map(|(code, sum)| format::amount_of(sum, &code)).collect();
    written.join(" + ")
}

/// The same of balances: where all of them are nothing, that is said.
pub(in crate::screen) fn sums_or_zero(totals: impl IntoIterator<Item = Money>) -> String {
    let totals: Vec<Money> = totals.into_iter().collect();
    let written = sums(totals.iter().copied());
    match totals.first() {
        Some(first) if written.is_empty() => format::amount_of(first.amount(), first.currency().code()),
        _ => written,
    }
}

/// "34 tétel".
pub(in crate::screen) fn items(count: u32) -> String {
    tr!("items", count = i64::from(count), shown = format::count(count as usize))
}

/// A day with a time: "ma 10:30", "holnap 08:00", the date otherwise.
pub(in crate::screen) fn moment(at: NaiveDateTime, now: NaiveDateTime) -> String {
    explain(&Moment::new(at, now.date()))
}

/// The name of a route.
pub(in crate::screen) fn route(route: Route) -> String {
    client::texts::text(route.key(), &[])
}

/// The ink of a route in a list.
pub(in crate::screen) fn route_ink(route: Route) -> Ink {
    match route {
        Route::Instant | Route::InstantPaced => Ink::Good,
        Route::Intraday | Route::Viber => Ink::Accent,
        Route::Refused => Ink::Bad,
    }
}

/// Route and time in one: "napközbeni, ma 10:30"; of an order that will never be executed the route says it all.
pub(in crate::screen) fn decision(decision: &Decision, now: NaiveDateTime) -> String {
    match decision.expected {
        Expected::Never => route(decision.route),
        expected => format!("{}, {}", route(decision.route), explain(&Arrival::new(expected, now))),
    }
}

/// Word and tone of a prepared package's state; the signatures needed are worked out from the authority table.
pub(in crate::screen) fn prepared_state(desk: &Desk, line: &ListedPackage) -> (Tone, String) {
    match line.state {
        PackageState::PartlySigned => {
            let debits = line.header.debit_account.map(|account| (account, line.total)).into_iter().collect();
            let need = desk.rules.as_ref().map(|rules| {
                rules.authority.judge_package(line.header.order_type, &debits, &BTreeSet::new()).need
            });
            partly_signed(line.signatures, need)
        }
        state => state_pill(state),
    }
}

/// "aláírt 1/2"; without a known need only how many there are.
pub(in crate::screen) fn partly_signed(have: u32, need: Option<u8>) -> (Tone, String) {
    let words = match need {
        Some(need) => tr!("state-signed-of", have = i64::from(have), need = i64::from(need)),
        None => tr!("state-partly-signed"),
    };
    (Tone::Care, words)
}

/// Word and tone of a package's state.
pub(in crate::screen) fn state_pill(state: PackageState) -> (Tone, String) {
    match state {
        PackageState::Recorded => (Tone::Neutral, tr!("state-recorded")),
        PackageState::Checked => (Tone::Neutral, tr!("state-checked")),
        PackageState::PartlySigned => (Tone::Care, tr!("state-partly-signed")),
        PackageState::Signed => (Tone::Good, tr!("state-signed")),
        PackageState::Sending => (Tone::Care, tr!("state-sending")),
        PackageState::Sent => (Tone::Accent, tr!("state-sent")),
        PackageState::Completed => (Tone::Good, tr!("state-completed")),
        PackageState::PartlyRejected => (Tone::Bad, tr!("state-partly-rejected")),
        PackageState::Rejected => (Tone::Bad, tr!("state-rejected")),
        PackageState::InSharedArea => (Tone::Accent, tr!("state-shared")),
        PackageState::TakenOver => (Tone::Neutral, tr!("state-taken-over")),
        PackageState::Deleted => (Tone::Neutral, tr!("state-deleted")),
    }
}

/// Text of a stored code: a reason, a problem, an error.
pub(in crate::screen) fn code(code: &str) -> String {
    client::texts::text(code, &[])
}

/// The sum of orders, all in one currency; nothing of orders that move no money.
pub(in crate::screen) fn sum_of<'a>(orders: impl Iterator<Item = &'a Order>) -> String {
    sums(orders.filter_map(|order| order.face().amount))
}

/// The total of a package; nothing of one that moves no money, as no payment is of nothing.
pub(in crate::screen) fn total(total: Money) -> String {
    if total.amount().is_zero() { String::new() } else { format::money(total) }
}

/// "34 tétel · 1 250 000 Ft": how many orders, and their total.
pub(in crate::screen) fn extent(count: u32, sum: Money) -> String {
    match total(sum) {
        sum if sum.is_empty() => items(count),
        sum => format!("{} · {sum}", items(count)),
    }
}

/// "Novemberi szállítók · 34 tétel · 1 250 000 Ft".
pub(in crate::screen) fn whole(package: &ListedPackage) -> String {
    format!("{} · {}", package.header.name, extent(package.count, package.total))
}

/// A warning for accounts that do not cover what is to be debited; nothing where all do.
pub(in crate::screen) fn cover<'a, M: 'a>(shortages: &[Shortage]) -> Option<Element<'a, M>> {
    if shortages.is_empty() {
        return None;
    }
    let mut words: Vec<String> = shortages.iter().map(|shortage| explain(shortage)).collect();
    words.push(tr!("cover-help"));
    Some(banner::banner(Tone::Bad, tr!("cover-title"), words.join(" "), None))
}

/// Amount of one order; nothing of one that moves no money.
pub(in crate::screen) fn amount(order: &Order) -> String {
    order.face().amount.map(format::money).unwrap_or_default()
}
