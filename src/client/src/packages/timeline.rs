//! The story of a package, as the audit log tells it.

use crate::packages::moves::story;
use chrono::{DateTime, Utc};
use domain::{PackageId, PackageState};
use store::deed::Deed;

use crate::error::Result;

/// What happened in a package's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineKind {
    /// Something good or neutral.
    Done,
    /// Something that is being waited for, or uncertain.
    Waiting,
    /// Something bad.
    Failed,
}

/// One line of the story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineEntry {
    /// When.
    pub at: DateTime<Utc>,
    /// How it is to be seen.
    pub kind: TimelineKind,
    /// Key of its text, `timeline-` and the deed's name.
    pub code: String,
    /// Named values for the text.
    pub args: Vec<(String, String)>,
}

/// The story so far, oldest first.
pub(crate) fn timeline(conn: &store::OfCustomer<'_>, id: PackageId) -> Result<Vec<TimelineEntry>> {
    let mut timeline: Vec<TimelineEntry> = story(conn, id)?
        .into_iter()
        // Events of one moment stand in the order in which they were written down.
        .rev()
        .filter(|event| is_worth_a_line(&event.deed))
        .map(|event| TimelineEntry {
            at: event.at,
            kind: match event.deed {
                Deed::AnswerLost { .. } | Deed::Sending { .. } => TimelineKind::Waiting,
                Deed::PackageNotReceived { .. } => TimelineKind::Failed,
                Deed::PackageState { to: PackageState::Rejected, .. } => TimelineKind::Failed,
                _ => TimelineKind::Done,
            },
            code: format!("timeline-{}", event.deed.name()),
            args: arguments(&event.deed),
        })
        .collect();
    timeline.sort_by_key(|entry| entry.at);
    Ok(timeline)
}

/// Of the plain moves only the ends tell something that no other deed does.
fn is_worth_a_line(deed: &Deed) -> bool {
    use PackageState::{Completed, PartlyRejected, Rejected};
    !matches!(deed, Deed::PackageState { to, .. } if !matches!(to, Completed | PartlyRejected | Rejected))
}

fn arguments(deed: &Deed) -> Vec<(String, String)> {
    let detail = deed.detail();
    let Some(object) = detail.as_object() else { return Vec::new() };
    object
        .iter()
        .map(|(key, value)| (key.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
        .collect()
}
