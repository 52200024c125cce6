//! What packages are judged by besides themselves.

use chrono::{DateTime, Utc};
use domain::CustomerKind;
use domain::routing::RoutingContext;

use crate::ground::rules::Rules;
use crate::ground::time::local;

/// What the checks look at besides the package. There is no trust store here: signatures were verified before
/// ([`super::examined`]), and what is left to ask is whether a certificate has ended meanwhile.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    pub(crate) rules: &'a Rules,
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
