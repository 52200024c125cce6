//! Locking: the session ends by itself after idle time, at an absolute limit and when the token leaves. The store
//! stays open, so nothing that was typed is lost; the next login goes on where it was.

use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::User;
use domain::pin::PinRules;
use domain::profile::{SessionRules, TokenRules};
use token::{TokenKind, TokenStatus};
use tokio::sync::watch;

use crate::moment::Moment;
use crate::session::OpenSession;
use crate::{Change, Client, ClientError, Result};

/// Longest sleep of the lock's clock: after a computer slept, the time that went by is noticed this soon.
const LOOK: Duration = Duration::from_secs(30);

/// How long before the end it is told; in sessions of less than twice that, at half of their time.
const WARNING: Duration = Duration::from_secs(2 * 60);

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
    /// It was told that the end is near.
    warned: bool,
}

impl LockClock {
    fn start(idle: Duration, absolute: Duration) -> Self {
        Self { idle, absolute, began: Moment::now(), touched: Moment::now(), warned: false }
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

    /// How long before the end it is told.
    fn warning(&self) -> Duration {
        WARNING.min(self.idle / 2).min(self.absolute / 2)
    }

    /// Somebody is there: the idle time begins anew, unless the session is over.
    fn touch(&mut self) {
        if self.judge().is_ok() {
            self.touched = Moment::now();
            self.warned &= self.judge().is_ok_and(|left| left <= self.warning());
        }
    }

    /// What to do now: the session is over, or sleep so long; before that perhaps tell that so much is left.
    fn step(&mut self) -> std::result::Result<(Duration, Option<Duration>), LockReason> {
        let left = self.judge()?;
        let warning = self.warning();
        if left > warning {
            return Ok(((left - warning).min(LOOK), None));
        }
        let told = (!self.warned).then_some(left);
        self.warned = true;
        Ok((left.min(LOOK), told))
    }
}

impl Client {
    /// Why the program is locked, now and after each change; `None` while it is not, and after a logout.
    pub fn locked(&self) -> watch::Receiver<Option<Locked>> {
        self.0.locked.subscribe()
    }

    /// A key or a mouse click: the idle time begins anew. Too late for a session whose time is over.
    pub fn touch(&self) {
        if let Some(clock) = crate::locked(&self.0.clock).as_mut() {
            clock.touch();
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
                let step = crate::locked(&client.0.clock).as_mut().map(LockClock::step);
                let Some(step) = step else { return };
                match step {
                    Ok((sleep, told)) => {
                        if let Some(left) = told {
                            client.announce(Change::SessionEndsSoon { left });
                        }
                        drop(client);
                        tokio::time::sleep(sleep).await;
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

    /// Why the open session should have ended by now.
    pub(crate) fn time_is_up(&self) -> Option<LockReason> {
        crate::locked(&self.0.clock).as_ref().and_then(|clock| clock.judge().err())
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

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use tokio::time::Instant;

    use super::*;

    fn clock(idle: u64, touched: u64, began: u64) -> LockClock {
        let ago = |seconds| {
            let by = Duration::from_secs(seconds);
            Moment(Instant::now(), SystemTime::now() - by)
        };
        let absolute = Duration::from_secs(3600);
        LockClock {
            idle: Duration::from_secs(idle),
            absolute,
            began: ago(began),
            touched: ago(touched),
            warned: false,
        }
    }

    #[test]
    fn the_end_is_told_once_and_again_after_somebody_was_there() {
        let mut clock = clock(600, 500, 500);
        assert!(matches!(clock.step(), Ok((_, Some(left))) if left <= Duration::from_secs(100)));
        assert!(matches!(clock.step(), Ok((_, None))));
        clock.touch();
        assert!(!clock.warned, "the idle time began anew");
        assert!(matches!(clock.step(), Ok((sleep, None)) if sleep == LOOK));
    }

    #[test]
    fn a_touch_does_not_put_off_the_absolute_end() {
        let mut clock = clock(600, 0, 3550);
        assert!(matches!(clock.step(), Ok((_, Some(left))) if left <= Duration::from_secs(50)));
        clock.touch();
        assert!(matches!(clock.step(), Ok((_, None))), "told once");
    }

    #[test]
    fn short_sessions_are_warned_of_at_half_of_their_time() {
        assert_eq!(clock(60, 0, 0).warning(), Duration::from_secs(30));
        assert_eq!(clock(600, 0, 0).warning(), WARNING);
        // The time that a computer slept counts.
        assert!(matches!(clock(600, 700, 700).step(), Err(LockReason::Idle)));
    }
}
