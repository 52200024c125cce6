//! The desk's log: who did what when. The database itself refuses to change its rows, and to delete them before their
//! time, which `pruning.rs` says; no secret and no Code ever comes here.

use chrono::{DateTime, NaiveTime, Utc};
use rusqlite::{Connection, params};

use crate::ground::database::time;
use crate::ground::error::Result;
use crate::ground::time::{local, moment};

/// Characters of a text in a line: whatever somebody typed, nobody fills the log with it.
pub(super) const LONGEST: usize = 120;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// An operator came in.
    LoggedIn,
    /// A wrong name or password.
    LoginRefused,
    /// The same, and enough of them: no more is checked for a while.
    LoginLocked,
    /// The caller's e-PIN was right.
    Identified,
    /// The e-PIN was wrong, the user unknown or locked.
    NotIdentified,
    /// The e-PIN was wrong too often: telephone identification is locked from now on.
    IdentificationLocked,
    /// A Code was read out.
    Code,
    /// The serial number's check characters did not fit.
    CsnSlip,
    /// The Random's check characters did not fit.
    RandomSlip,
    /// The serial number is not of a card of the caller.
    ForeignCard,
    /// The card is lost or replaced.
    CardWithdrawn,
    /// Too many Codes for this card today.
    TooMany,
    /// The caller says: it works.
    Done,
    /// The caller says: the PIN works, the PUK was not replaced.
    PukKept,
    /// The caller says: the token refused the Code.
    CodeRefused,
    /// A token or virtual chip card was suspended.
    DeviceSuspended,
    /// A token or virtual chip card was enabled again.
    DeviceEnabled,
    /// A token or virtual chip card was taken out of use for ever.
    DeviceWithdrawn,
    /// A user's error points were forgiven.
    Unlocked,
    /// An activation code for a virtual chip card was read out.
    ActivationCode,
    /// A message went to a customer.
    MessageSent,
    /// Somebody looked at what went to telephones and mailboxes.
    NoticesSeen,
    /// The bank's clock was set.
    ClockSet,
    /// A fault was asked for.
    FaultAdded,
    /// Faults were taken back.
    FaultsCleared,
    /// Which client programs the bank takes was changed.
    ClientsSet,
    /// Instant payments went down.
    OutageBegan,
    /// Instant payments came back.
    OutageEnded,
}

impl Event {
    /// Its name in the database; `desk-event-` and the name is the key of its text.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::LoggedIn => "logged-in",
            Self::LoginRefused => "login-refused",
            Self::LoginLocked => "login-locked",
            Self::Identified => "identified",
            Self::NotIdentified => "not-identified",
            Self::IdentificationLocked => "identification-locked",
            Self::Code => "code",
            Self::CsnSlip => "csn-slip",
            Self::RandomSlip => "random-slip",
            Self::ForeignCard => "foreign-card",
            Self::CardWithdrawn => "card-withdrawn",
            Self::TooMany => "too-many",
            Self::Done => "done",
            Self::PukKept => "puk-kept",
            Self::CodeRefused => "code-refused",
            Self::DeviceSuspended => "device-suspended",
            Self::DeviceEnabled => "device-enabled",
            Self::DeviceWithdrawn => "device-withdrawn",
            Self::Unlocked => "unlocked",
            Self::ActivationCode => "activation-code",
            Self::MessageSent => "message-sent",
            Self::NoticesSeen => "notices-seen",
            Self::ClockSet => "clock-set",
            Self::FaultAdded => "fault-added",
            Self::FaultsCleared => "faults-cleared",
            Self::ClientsSet => "clients-set",
            Self::OutageBegan => "outage-began",
            Self::OutageEnded => "outage-ended",
        }
    }
}

/// A line to write.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// Who sat at the desk, or tried to; empty for a name that is nobody's: what was typed there may be a secret.
    pub operator: &'a str,
    pub event: Event,
    pub user: Option<&'a str>,
    pub csn: Option<&'a str>,
    pub random: Option<&'a str>,
    /// What else there is to say: a device, a customer, a time.
    pub detail: Option<&'a str>,
}

impl<'a> Line<'a> {
    /// A line about an operator alone.
    pub(super) fn of(operator: &'a str, event: Event) -> Self {
        Self { operator, event, user: None, csn: None, random: None, detail: None }
    }
}

/// A line as it stands in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Number, rising.
    pub id: i64,
    pub at: DateTime<Utc>,
    pub operator: String,
    /// Name of the [`Event`].
    pub event: String,
    pub user: Option<String>,
    pub csn: Option<String>,
    pub random: Option<String>,
    /// What else there is to say.
    pub detail: Option<String>,
}

pub(super) fn write(db: &Connection, line: &Line<'_>, now: DateTime<Utc>) -> Result<()> {
    db.execute(
        "INSERT INTO desk_log (at, operator, outcome, user, csn, random, detail)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            now.timestamp_millis(),
            short(line.operator),
            line.event.name(),
            line.user.map(short),
            line.csn.map(short),
            line.random.map(short),
            line.detail.map(short)
        ],
    )?;
    Ok(())
}

/// As much of a text as a line holds.
fn short(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end])
}

/// Up to `rows` lines before `before` (of all without it) that are wanted, newest first.
pub(super) fn read(
    db: &Connection,
    before: Option<i64>,
    rows: usize,
    is_wanted: impl Fn(&Entry) -> bool,
) -> Result<Vec<Entry>> {
    let mut query = db.prepare_cached(
        "SELECT id, at, operator, outcome, user, csn, random, detail FROM desk_log WHERE id < ?1
         ORDER BY id DESC",
    )?;
    let mut found = query.query([before.unwrap_or(i64::MAX)])?;
    let mut entries = Vec::new();
    while entries.len() < rows
        && let Some(row) = found.next()?
    {
        let entry = Entry {
            id: row.get(0)?,
            at: time(row.get(1)?)?,
            operator: row.get(2)?,
            event: row.get(3)?,
            user: row.get(4)?,
            csn: row.get(5)?,
            random: row.get(6)?,
            detail: row.get(7)?,
        };
        if is_wanted(&entry) {
            entries.push(entry);
        }
    }
    Ok(entries)
}

/// Codes read out for a card since the bank's midnight.
pub(super) fn codes_today(db: &Connection, csn: &str, now: DateTime<Utc>) -> Result<u32> {
    let midnight = moment(local(now).date().and_time(NaiveTime::MIN));
    let count = db.query_row(
        "SELECT COUNT(*) FROM desk_log WHERE csn = ?1 AND at >= ?2 AND outcome = ?3",
        params![csn, midnight.timestamp_millis(), Event::Code.name()],
        |row| row.get(0),
    )?;
    Ok(count)
}
