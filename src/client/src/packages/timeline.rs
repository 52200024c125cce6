//! The story of a package, as the audit log tells it.

use chrono::{DateTime, Utc};
use domain::PackageId;

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
    /// Key of its text, `timeline-` and the audit log's action.
    pub code: String,
    /// Named values for the text.
    pub args: Vec<(String, String)>,
}

/// The story so far, oldest first.
pub(crate) fn timeline(conn: &store::Connection, id: PackageId) -> Result<Vec<TimelineEntry>> {
    let subject = id.to_string();
    let entries = store::audit::list(conn, Some(&subject), store::Page::ALL)?;
    let mut timeline: Vec<TimelineEntry> = entries
        .into_iter()
        // Events of one moment stand in the order in which they were written down.
        .rev()
        .filter(|entry| entry.event.action != "package-state" || is_final_state(&entry.event.detail))
        .map(|entry| TimelineEntry {
            at: entry.event.at,
            kind: match entry.event.action.as_str() {
                "answer-lost" | "sending" => TimelineKind::Waiting,
                "package-not-received" => TimelineKind::Failed,
                _ if entry.event.detail["to"] == "rejected" => TimelineKind::Failed,
                _ => TimelineKind::Done,
            },
            code: format!("timeline-{}", entry.event.action),
            args: arguments(&entry.event.detail),
        })
        .collect();
    timeline.sort_by_key(|entry| entry.at);
    Ok(timeline)
}

/// Of the plain moves only the ends tell something that no other entry does.
fn is_final_state(detail: &serde_json::Value) -> bool {
    matches!(detail["to"].as_str(), Some("completed" | "partly_rejected" | "rejected"))
}

fn arguments(detail: &serde_json::Value) -> Vec<(String, String)> {
    let Some(object) = detail.as_object() else { return Vec::new() };
    object
        .iter()
        .map(|(key, value)| (key.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
        .collect()
}
