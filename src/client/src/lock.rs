//! Locking: the session ends by itself after idle time, at an absolute limit and when the token leaves. The store
//! stays open, so nothing that was typed is lost; the next login goes on where it was.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use domain::User;
use domain::pin::PinRules;
use domain::profile::{SessionRules, TokenRules};
use token::{TokenKind, TokenStatus};
use tokio::sync::watch;
use tokio::time::Instant;

use crate::session::OpenSession;
use crate::{Client, ClientError, Result};

/// Longest sleep of the lock's clock: after a computer slept, the time that went by is noticed this soon.
const LOOK: Duration = Duration::from_secs(30);

/// Rules of tokens before a bank is known: nothing is forbidden that a bank could allow.
pub(crate) fn rules_without_bank() -> TokenRules {
    TokenRules {
        software_allowed: true,
        pin_tries: 5,
        pin: PinRules::default(),
        session: SessionRules::default(),
        renewal_days: 60,
    }
}

/// Why the program locked itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LockReason {
    /// Nobody touched it for the bank's idle time.
    Idle,
    /// The bank's longest time for one login is over.
    Absolute,
    /// The token was pulled, or another one took its place.
    Removed,
}

impl LockReason {
    /// The stable code, also the key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Self::Idle => "locked-idle",
            Self::Absolute => "locked-absolute",
            Self::Removed => "locked-removed",
        }
    }
}

/// Whose session was locked, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked {
    /// Who was logged in.
    pub user: User,
    /// Why.
    pub why: LockReason,
    /// When, by the bank's clock.
    pub at: DateTime<Utc>,
}

/// When the session of now locks itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LockClock {
    idle: Duration,
    absolute: Duration,
    began: Moment,
    touched: Moment,
}

/// A moment on two clocks: one that cannot be set back, and one that goes on while the computer sleeps.
#[derive(Clone, Copy, Debug)]
struct Moment(Instant, SystemTime);

impl Moment {
    fn now() -> Self {
        Self(Instant::now(), SystemTime::now())
    }

    /// Time since then: the longer of both clocks.
    fn elapsed(&self) -> Duration {
        self.0.elapsed().max(self.1.elapsed().unwrap_or_default())
    }
}

impl LockClock {
    fn start(idle: Duration, absolute: Duration) -> Self {
        Self { idle, absolute, began: Moment::now(), touched: Moment::now() }
    }

    /// Why the session is over, or how long it lasts yet if nobody touches it.
    fn judge(&self) -> std::result::Result<Duration, LockReason> {
        let absolute = self.absolute.saturating_sub(self.began.elapsed());
        let idle = self.idle.saturating_sub(self.touched.elapsed());
        match (absolute.is_zero(), idle.is_zero()) {
            (true, _) => Err(LockReason::Absolute),
            (_, true) => Err(LockReason::Idle),
            _ => Ok(absolute.min(idle)),
        }
    }
}

impl Client {
    /// Why the program is locked, now and after each change; `None` while it is not, and after a logout.
    pub fn locked(&self) -> watch::Receiver<Option<Locked>> {
        self.0.locked.subscribe()
    }

    /// A key or a mouse click: the idle time begins anew. Too late for a session whose time is over.
    pub fn touch(&self) {
        if let Some(clock) = crate::locked(&self.0.clock).as_mut()
            && clock.judge().is_ok()
        {
            clock.touched = Moment::now();
        }
    }

    /// The bank's rules of locking and of working without a login; ours before a bank is known.
    pub fn session_rules(&self) -> SessionRules {
        self.token_rules().session
    }

    /// Puts other limits in place of those of the session that is open, for tests and demonstrations.
    pub fn set_lock_times(&self, idle: Duration, absolute: Duration) {
        *crate::locked(&self.0.clock) = Some(LockClock::start(idle, absolute));
        self.watch_clock();
    }

    /// Whether recorded data may be looked at now.
    pub fn may_view(&self) -> bool {
        self.session_rules().view_offline || self.open_session_now().is_some()
    }

    /// Whether orders may be recorded and changed now.
    pub fn may_record(&self) -> bool {
        self.session_rules().record_offline || self.open_session_now().is_some()
    }

    /// # Errors
    /// [`ClientError::LoginNeededToRecord`].
    pub(crate) fn recording(&self) -> Result<()> {
        if self.may_record() { Ok(()) } else { Err(ClientError::LoginNeededToRecord) }
    }

    /// # Errors
    /// [`ClientError::LoginNeededToView`].
    pub(crate) fn viewing(&self) -> Result<()> {
        if self.may_view() { Ok(()) } else { Err(ClientError::LoginNeededToView) }
    }

    /// The bank's rules of tokens, as last fetched; ours before a bank is known.
    pub fn token_rules(&self) -> TokenRules {
        *crate::locked(&self.0.token_rules)
    }

    /// Whether this kind of token may be used at this bank; asked before a PIN is.
    ///
    /// # Errors
    /// [`ClientError::SoftwareTokenForbidden`].
    pub fn may_use(&self, kind: TokenKind) -> Result<()> {
        if kind == TokenKind::Software && !self.token_rules().software_allowed {
            return Err(ClientError::SoftwareTokenForbidden);
        }
        Ok(())
    }

    /// Starts the clock of a fresh session that the bank ends at `expires`.
    pub(crate) fn start_clock(&self, expires: DateTime<Utc>) {
        let rules = self.session_rules();
        let minutes = |n: u32| Duration::from_secs(u64::from(n) * 60);
        let at_bank = (expires - self.now()).to_std().unwrap_or_default();
        let clock =
            LockClock::start(minutes(rules.idle_minutes), minutes(rules.absolute_minutes).min(at_bank));
        *crate::locked(&self.0.clock) = Some(clock);
        let _ = self.0.locked.send_replace(None);
        self.watch_clock();
    }

    /// Sleeps until the session's time is over. The task ends with the session.
    fn watch_clock(&self) {
        let weak = self.downgrade();
        let task = tokio::spawn(async move {
            loop {
                let Some(client) = weak.upgrade() else { return };
                let Some(clock) = *crate::locked(&client.0.clock) else { return };
                match clock.judge() {
                    Ok(left) => {
                        drop(client);
                        tokio::time::sleep(left.min(LOOK)).await;
                    }
                    Err(why) => {
                        // In a task of its own: ending the session ends this one.
                        drop(tokio::spawn(async move { client.lock(why).await }));
                        return;
                    }
                }
            }
        });
        if let Some(before) = crate::locked(&self.0.clock_task).replace(task) {
            before.abort();
        }
    }

    /// Stops the clock, because the session is over.
    pub(crate) fn stop_clock(&self) {
        *crate::locked(&self.0.clock) = None;
        if let Some(task) = crate::locked(&self.0.clock_task).take() {
            task.abort();
        }
    }

    /// Ends the session here and at the bank, and says why.
    pub(crate) async fn lock(&self, why: LockReason) {
        let Some(open) = self.open_session_now() else { return };
        tracing::info!(why = why.code(), "the session is locked");
        let locked = Locked { user: open.user, why, at: self.now() };
        let _ = self.0.locked.send_replace(Some(locked));
        self.end_session().await;
    }

    /// A pulled card, or another one in its place, ends the session at once. Orders stay where they are.
    pub(crate) fn lock_when_token_leaves(&self) {
        let mut status = self.token_status();
        let weak = self.downgrade();
        drop(tokio::spawn(async move {
            while status.changed().await.is_ok() {
                let here = status.borrow_and_update().clone();
                let Some(client) = weak.upgrade() else { return };
                let Some(open) = client.open_session_now() else { continue };
                if client.must_lock(&here, &open) {
                    client.lock(LockReason::Removed).await;
                }
            }
        }));
    }

    /// Whether the token that the session was opened with is gone. Another one in its place always locks; an empty
    /// place only where the bank says so.
    fn must_lock(&self, status: &TokenStatus, open: &OpenSession) -> bool {
        match status {
            TokenStatus::Starting | TokenStatus::Failed(_) => false,
            _ => match status.info() {
                Some(info) => {
                    let here = info.signing.as_ref().map(signature::Certificate::fingerprint);
                    here != open.signing && (here.is_none() || here != open.renewed)
                }
                None => self.session_rules().lock_on_removal,
            },
        }
    }
}
