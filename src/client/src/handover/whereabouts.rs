//! Where a package is that is not open here: in words a clerk can act on.

use crate::packages::moves::story;
use chrono::{DateTime, Utc};
use domain::shared::{Channel, Hand, SharedPackage, SharedState};
use domain::{PackageState, User, UserId};
use store::deed::Deed;
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
    conn: &store::OfCustomer<'_>,
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
    let story = story(conn, id)?;
    let deeds = || story.iter().map(|event| &event.deed);
    let taker = deeds().find_map(taker);
    let sent_changed = deeds().find_map(|deed| match deed {
        Deed::SentChanged { received_at, .. } => Some(*received_at),
        _ => None,
    });
    if let Some(received_at) = sent_changed {
        let decided = deeds().find_map(|deed| match deed {
            Deed::ChangedDecided { executed, rejected } => Some((*executed, *rejected)),
            _ => None,
        });
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

/// Who took the package over, if the deed tells that.
fn taker(deed: &Deed) -> Option<Hand> {
    let Deed::TakenOverElsewhere { by, user, channel, at } = deed else { return None };
    let user = User { id: user.clone(), name: by.clone() };
    Some(Hand { user, channel: Channel::from_name(channel)?, at: *at })
}

/// Who parked the package that was taken over here, as long as it is unchanged since.
pub(crate) fn taken_from(conn: &store::OfCustomer<'_>, package: &StoredPackage) -> Result<Option<String>> {
    if package.claim.is_none() || package.document.is_none() || !package.state.is_prepared() {
        return Ok(None);
    }
    Ok(story(conn, package.header.id)?.into_iter().find_map(|event| match event.deed {
        Deed::TakenOver { from, .. } => Some(from),
        _ => None,
    }))
}

/// Whether a copy in that state may give way to the package as it comes from the shared area.
pub(crate) fn may_replace(state: PackageState) -> bool {
    matches!(state, PackageState::InSharedArea | PackageState::TakenOver)
}

/// Whether the user parked it; before a login nobody's packages are told apart.
pub(crate) fn is_mine(shared: &SharedPackage, user: Option<&UserId>) -> bool {
    user.is_some_and(|user| shared.put.user.id == *user)
}
