//! Approvals begun in the web client: what waits between the bank's question and the key's answer.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{PackageId, UserId};
use protocol::{CustomerAccess, ProblemCode};
use signature::Pending;

use crate::ground::random;

/// Life of an approval.
pub(crate) const LIFE: TimeDelta = TimeDelta::seconds(60);
/// Approvals in memory altogether.
const ALTOGETHER: usize = 10_000;

/// Approvals that wait for their signature. They live in memory only: after a restart people approve anew.
#[derive(Default)]
pub struct Approvals(Mutex<HashMap<String, Waiting>>);

/// An approval that waits.
pub struct Waiting {
    /// The signature, up to the key's part of it.
    pub pending: Pending,
    pub package: PackageId,
    /// SHA-256 of its document.
    pub document_sha256: [u8; 32],
    pub session: [u8; 32],
    pub at: DateTime<Utc>,
}

/// Who approves: a user with a card, in a session, for a customer.
#[derive(Clone, Copy)]
pub struct Approver<'a> {
    pub access: &'a CustomerAccess,
    pub user: &'a UserId,
    pub card: &'a str,
    /// Tells the session from every other.
    pub session: [u8; 32],
}

impl Approvals {
    /// Keeps an approval; gives its ticket.
    ///
    /// # Errors
    /// `rate-limited`.
    pub fn keep(&self, waiting: Waiting) -> Result<String, ProblemCode> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = waiting.at;
        all.retain(|_, known| now - known.at <= LIFE);
        if all.len() >= ALTOGETHER {
            return Err(ProblemCode::RateLimited);
        }
        let ticket = random::token();
        all.insert(ticket.clone(), waiting);
        Ok(ticket)
    }

    /// Takes an approval out, whatever comes of it.
    pub fn take(
        &self,
        ticket: &str,
        approver: &Approver<'_>,
        package: PackageId,
        now: DateTime<Utc>,
    ) -> Option<Waiting> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(ticket).filter(|waiting| {
            waiting.session == approver.session && waiting.package == package && now - waiting.at <= LIFE
        })
    }
}
