//! Who is on the telephone.

use chrono::{DateTime, Utc};
use domain::UserId;

use super::log::{self, Event, Line};
use super::visits::{self, Visit};
use crate::bank::Bank;
use crate::ground::error::Result;
use crate::ground::slow_hash::SlowHash;
use crate::people::{phone, users};

/// Whether identifier and e-PIN are a customer's user's, whose telephone identification is not locked; then the
/// visit is about that user. What was wrong nobody is told: neither caller nor operator can try out identifiers.
pub(super) fn identify(bank: &Bank, visit: &Visit, id: &str, epin: &str, now: DateTime<Utc>) -> Result<bool> {
    let (id, epin) = (id.trim(), epin.trim());
    let known = bank.write(|db| -> Result<_> {
        let user = id.parse::<UserId>().ok().map(|id| users::find(db, id.as_str())).transpose()?.flatten();
        let hash = phone::begin_try(db, id)?;
        Ok(user.zip(hash))
    })?;
    let hash = known.as_ref().map_or_else(SlowHash::of_nobody, |(_, hash)| hash.clone());
    let caller = known.filter(|_| matches!(hash.is_of(epin), Ok(true))).map(|(row, _)| row.user.id);
    bank.write(|db| {
        if let Some(caller) = &caller {
            phone::forgive(db, caller.as_str())?;
        }
        visits::set_caller(db, visit, caller.as_ref())?;
        let event = match &caller {
            Some(_) => Event::Identified,
            None if phone::is_locked(db, id)? => Event::IdentificationLocked,
            None => Event::NotIdentified,
        };
        // A mistyped identifier may be anything, even a secret typed into the wrong field.
        let user = id.parse::<UserId>().ok();
        let line = Line { user: user.as_ref().map(UserId::as_str), ..Line::of(&visit.operator, event) };
        log::write(db, &line, now)
    })?;
    Ok(caller.is_some())
}
