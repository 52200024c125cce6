//! Where a package is that is not open here: in words a clerk can act on.

use chrono::{DateTime, Utc};
use domain::{PackageId, PackageState, User, UserId};
use protocol::SharedPackage;
use protocol::shared::{Channel, Hand, SharedState};
use store::audit::AuditEvent;
use store::handovers::HandoverKind;
use store::packages::StoredPackage;

use crate::error::Result;
use crate::orders::rules::Rules;

/// Where a package is that was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhereItIs {
    /// It was asked to be parked; the bank's answer is awaited.
    Parking,
    /// It waits in the shared area.
    Waiting {
        /// Who parked it, when.
        put: Hand,
        /// Until when it stays.
        expires: DateTime<Utc>,
        /// Whether the user who is logged in may withdraw it.
        mine: bool,
    },
    /// It was asked to be withdrawn; the bank's answer is awaited.
    Withdrawing,
    /// It was asked to be taken over here; the bank's answer is awaited.
    Taking,
    /// Somebody took it over.
    TakenOver {
        /// Who, through which door, when.
        by: Hand,
    },
    /// Whoever took it over parked it again.
    SharedAgain {
        /// Who, when.
        put: Hand,
    },
    /// Whoever took it over changed it and sent it: what is here is not what was sent.
    SentChanged {
        /// Who took it over.
        by: Option<Hand>,
        /// When the bank received it.
        received_at: DateTime<Utc>,
        /// Orders executed and refused, once the bank has decided all.
        decided: Option<(u32, u32)>,
    },
}

/// Where the package is; `None` for one that is open here or at the bank.
pub(crate) fn where_it_is(
    conn: &store::Connection,
    rules: &Rules,
    package: &StoredPackage,
) -> Result<Option<WhereItIs>> {
    let id = package.header.id;
    if !may_replace(package.state) {
        return Ok(None);
    }
    match store::handovers::open_of(conn, id)?.map(|open| open.asked.kind) {
        Some(HandoverKind::Put) => return Ok(Some(WhereItIs::Parking)),
        Some(HandoverKind::Take) => return Ok(Some(WhereItIs::Taking)),
        Some(HandoverKind::Withdraw) => return Ok(Some(WhereItIs::Withdrawing)),
        None => {}
    }
    let newest: Option<SharedPackage> = store::shared::newest(conn, id)?;
    if package.state == PackageState::InSharedArea {
        let waiting = newest.filter(|shared| shared.state == SharedState::Waiting);
        return Ok(Some(waiting.map_or(WhereItIs::Parking, |shared| WhereItIs::Waiting {
            mine: is_mine(&shared, rules.actor.as_ref()),
            put: shared.put,
            expires: shared.expires,
        })));
    }
    let taker = last_of(conn, id, &["taken-over-elsewhere"])?.and_then(|event| hand_of(&event));
    if let Some(event) = last_of(conn, id, &["sent-changed"])? {
        let number = |event: &AuditEvent, name: &str| {
            event.detail[name].as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or_default()
        };
        let decided = last_of(conn, id, &["changed-decided"])?
            .map(|event| (number(&event, "executed"), number(&event, "rejected")));
        let received_at = event.detail["received_at"].as_str().and_then(|text| text.parse().ok());
        let received_at = received_at.unwrap_or(event.at);
        return Ok(Some(WhereItIs::SentChanged { by: taker, received_at, decided }));
    }
    Ok(match newest {
        Some(shared) if shared.state == SharedState::Waiting => {
            Some(WhereItIs::SharedAgain { put: shared.put })
        }
        Some(SharedPackage { state: SharedState::TakenOver, ended: Some(by), .. }) => {
            Some(WhereItIs::TakenOver { by })
        }
        // Withdrawn or expired after that: with the one who had it before.
        _ => taker.map(|by| WhereItIs::TakenOver { by }),
    })
}

/// The latest event of these in the package's story.
pub(super) fn last_of(
    conn: &store::Connection,
    id: PackageId,
    actions: &[&str],
) -> Result<Option<AuditEvent>> {
    let entries = store::audit::list(conn, Some(&id.to_string()), store::Page::ALL)?;
    Ok(entries.into_iter().map(|entry| entry.event).find(|event| actions.contains(&event.action.as_str())))
}

/// Who took it over, as the audit log keeps it.
fn hand_of(event: &AuditEvent) -> Option<Hand> {
    let text = |name: &str| event.detail[name].as_str();
    Some(Hand {
        user: User { id: text("user")?.parse().ok()?, name: text("by")?.to_owned() },
        channel: Channel::from_name(text("channel")?)?,
        at: text("at")?.parse().ok()?,
    })
}

/// Who parked the package that was taken over here, as long as it is unchanged since.
pub(crate) fn taken_from(conn: &store::Connection, package: &StoredPackage) -> Result<Option<String>> {
    if package.claim.is_none() || package.document.is_none() || !package.state.is_prepared() {
        return Ok(None);
    }
    let event = last_of(conn, package.header.id, &["taken-over"])?;
    Ok(event.and_then(|event| event.detail["from"].as_str().map(str::to_owned)))
}

/// Whether a copy in that state may give way to the package as it comes from the shared area.
pub(crate) fn may_replace(state: PackageState) -> bool {
    matches!(state, PackageState::InSharedArea | PackageState::TakenOver)
}

/// Whether the user parked it; before a login nobody's packages are told apart.
pub(crate) fn is_mine(shared: &SharedPackage, user: Option<&UserId>) -> bool {
    user.is_some_and(|user| shared.put.user.id == *user)
}
