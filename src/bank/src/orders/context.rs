//! What packages are judged by besides themselves.

use chrono::{DateTime, Utc};
use domain::CustomerKind;
use domain::routing::RoutingContext;
use signature::TrustStore;

use crate::ground::rules::Rules;
use crate::ground::time::local;

/// What the checks look at besides the package.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    pub(crate) rules: &'a Rules,
    pub(crate) trust: &'a TrustStore,
    /// Bank time.
    pub(crate) now: DateTime<Utc>,
}

impl Context<'_> {
    /// What the way of an order is found by, if it came now.
    pub(crate) fn routing(&self, customer: CustomerKind) -> RoutingContext<'_> {
        RoutingContext {
            profile: &self.rules.profile,
            calendar: &self.rules.calendar,
            customer,
            now: local(self.now),
        }
    }
}
