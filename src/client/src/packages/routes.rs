//! How the bank will execute the orders of a package.

use domain::HctOrder;
use domain::routing::{Decision, Sending, decide, is_instant_capable};

use crate::orders::rules::Rules;

/// An order of the package as shown.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownOrder {
    /// The order.
    pub order: HctOrder,
    /// Name of the payee's bank.
    pub bank: Option<String>,
    /// How the bank will execute it, if the package is sent alone.
    pub decision: Decision,
}

/// What the bank decides on each of a package's orders when `packages` packages are sent together. `count` is the
/// number of all its orders, of which these are the first.
pub(crate) fn routed(rules: &Rules, orders: &[HctOrder], count: u32, packages: u32) -> Vec<Decision> {
    let context = rules.routing_context();
    let capable = orders.iter().filter(|o| is_instant_capable(o, &context)).count();
    let sending =
        Sending { packages, orders: count, instant_capable: u32::try_from(capable).unwrap_or(u32::MAX) };
    orders.iter().map(|order| decide(order, sending, &context)).collect()
}

/// Orders as shown, with their routes if the package is sent alone.
pub(crate) fn shown(rules: &Rules, orders: Vec<HctOrder>, count: u32) -> Vec<ShownOrder> {
    let decisions = routed(rules, &orders, count, 1);
    let with_bank = |(order, decision): (HctOrder, Decision)| ShownOrder {
        bank: order.beneficiary.account().and_then(|a| rules.bank_name(a)).map(str::to_owned),
        decision,
        order,
    };
    orders.into_iter().zip(decisions).map(with_bank).collect()
}
