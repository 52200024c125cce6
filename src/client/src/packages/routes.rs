//! How the bank will execute the orders of a package.

use domain::Order;
use domain::routing::{Decision, Sending};

use crate::orders::rules::Rules;

/// An order of the package as shown.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownOrder {
    /// The order.
    pub order: Order,
    /// Name of the payee's bank.
    pub bank: Option<String>,
    /// How the bank will execute it, if the package is sent alone; only payments take a route.
    pub decision: Option<Decision>,
}

/// What the bank decides on each of a package's orders when `packages` packages are sent together. `count` is the
/// number of all its orders, of which these are the first.
pub(crate) fn routed(rules: &Rules, orders: &[Order], count: u32, packages: u32) -> Vec<Option<Decision>> {
    let context = rules.routing_context();
    let sending = Sending { orders: count, ..Sending::of(orders, packages, &context) };
    orders.iter().map(|order| order.decide(sending, &context)).collect()
}

/// Orders as shown, with their routes if the package is sent alone.
pub(crate) fn shown(rules: &Rules, orders: Vec<Order>, count: u32) -> Vec<ShownOrder> {
    let decisions = routed(rules, &orders, count, 1);
    let with_bank = |(order, decision): (Order, Option<Decision>)| {
        let account = order.transfer().and_then(|payment| payment.beneficiary.account());
        let bank = account.and_then(|account| rules.banks.name_of(account)).map(str::to_owned);
        ShownOrder { order, bank, decision }
    };
    orders.into_iter().zip(decisions).map(with_bank).collect()
}
