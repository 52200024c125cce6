//! What the bank will do with several packages, said before they leave: sent together or one by one.

use std::collections::BTreeMap;

use domain::routing::{Decision, Route};
use domain::{Money, Order, PackageId};

use crate::client::Client;
use crate::error::Result;
use crate::orders::rules::Rules;
use crate::packages::outbox::Pacing;
use crate::packages::routes::routed;

/// How many orders of a package take a route, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRoute {
    /// The decision for the first of them.
    pub decision: Decision,
    /// How many.
    pub orders: u32,
}

/// One package of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedPackage {
    /// Which.
    pub package: PackageId,
    /// Its name.
    pub name: String,
    /// Number of orders.
    pub count: u32,
    /// Sum.
    pub total: Money,
    /// Routes if all packages leave together, the commonest first.
    pub together: Vec<PlannedRoute>,
    /// Routes if each waits for the one before it, the commonest first.
    pub one_by_one: Vec<PlannedRoute>,
}

impl PlannedPackage {
    /// Whether the package gains by being sent after the others and not with them.
    pub fn gains_one_by_one(&self) -> bool {
        gain(&self.one_by_one) > gain(&self.together)
    }
}

/// What the bank will do with packages in both ways of sending them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendingPlan {
    /// The packages, in the order in which they leave.
    pub packages: Vec<PlannedPackage>,
}

impl SendingPlan {
    /// The way that gives more instant payments; together where both give the same.
    pub fn best(&self) -> Pacing {
        if self.packages.iter().any(PlannedPackage::gains_one_by_one) {
            Pacing::OneByOne
        } else {
            Pacing::Together
        }
    }

    /// The routes of a package for a way of sending.
    pub fn routes(package: &PlannedPackage, pacing: Pacing) -> &[PlannedRoute] {
        match pacing {
            Pacing::Together => &package.together,
            Pacing::OneByOne => &package.one_by_one,
        }
    }
}

/// Orders that the bank takes, and of those the ones that are final in seconds, count for more.
fn gain(routes: &[PlannedRoute]) -> u32 {
    routes
        .iter()
        .map(|planned| match planned.decision.route {
            Route::Instant => 2 * planned.orders,
            Route::Refused => 0,
            Route::InstantPaced | Route::Intraday | Route::Viber => planned.orders,
        })
        .sum()
}

impl Client {
    /// What the bank will do with the packages, for both ways of sending them.
    pub async fn sending_plan(&self, packages: Vec<PackageId>) -> Result<SendingPlan> {
        let scope = self.scope()?;
        self.read_of(scope.customer, move |conn| {
            let rules = scope.rules(conn)?;
            let together = u32::try_from(packages.len()).unwrap_or(u32::MAX);
            let packages =
                packages.into_iter().map(|id| planned(conn, &rules, id, together)).collect::<Result<_>>()?;
            Ok(SendingPlan { packages })
        })
        .await
    }
}

fn planned(
    conn: &store::OfCustomer<'_>,
    rules: &Rules,
    id: PackageId,
    together: u32,
) -> Result<PlannedPackage> {
    let package = store::packages::get(conn, id)?;
    let orders: Vec<Order> =
        store::orders::page(conn, id, store::Page::ALL)?.into_iter().map(|s| s.order).collect();
    Ok(PlannedPackage {
        package: id,
        name: package.header.name.to_string(),
        count: package.count,
        total: package.total,
        together: grouped(rules, &orders, package.count, together),
        one_by_one: grouped(rules, &orders, package.count, 1),
    })
}

/// The routes of a package's orders, the commonest first.
fn grouped(rules: &Rules, orders: &[Order], count: u32, packages: u32) -> Vec<PlannedRoute> {
    let mut routes: BTreeMap<&'static str, PlannedRoute> = BTreeMap::new();
    for decision in routed(rules, orders, count, packages).into_iter().flatten() {
        let route = routes.entry(decision.route.name()).or_insert(PlannedRoute { decision, orders: 0 });
        route.orders += 1;
    }
    let mut routes: Vec<PlannedRoute> = routes.into_values().collect();
    routes.sort_by_key(|planned| std::cmp::Reverse(planned.orders));
    routes
}
