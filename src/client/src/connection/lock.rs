//! Locking: the session ends by itself after idle time, at an absolute limit and when the token leaves. The store
//! stays open, so nothing that was typed is lost; the next login goes on where it was.

use crate::connection::clock::{LockClock, LockReason, Locked};
use crate::state::locked;
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::pin::PinRules;
use domain::profile::{SessionRules, TokenRules};
use token::{TokenKind, TokenStatus};
use tokio::sync::watch;

use crate::change::Change;
use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::state::OpenSession;

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

impl Client {
    /// Why the program is locked, now and after each change; `None` while it is not, and after a logout.
    pub fn locked(&self) -> watch::Receiver<Option<Locked>> {
        self.side.session.locked.subscribe()
    }

    /// A key or a mouse click: the idle time begins anew. Too late for a session whose time is over.
    pub fn touch(&self) {
        if let Some(clock) = locked(&self.side.session.clock).as_mut() {
            clock.touch();
        }
    }

    /// The bank's rules of locking and of working without a login; ours before a bank is known.
    pub fn session_rules(&self) -> SessionRules {
        self.token_rules().session
    }

    /// Puts other limits in place of those of the session that is open, for tests and demonstrations.
    pub fn set_lock_times(&self, idle: Duration, absolute: Duration) {
        *locked(&self.side.session.clock) = Some(LockClock::start(idle, absolute));
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
        *locked(&self.side.bank.token_rules)
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
        *locked(&self.side.session.clock) = Some(clock);
        let _ = self.side.session.locked.send_replace(None);
        self.watch_clock();
    }

    /// Sleeps until the session's time is over. The task ends with the session.
    fn watch_clock(&self) {
        let weak = self.downgrade();
        let task = tokio::spawn(async move {
            loop {
                let Some(client) = weak.upgrade() else { return };
                let step = locked(&client.side.session.clock).as_mut().map(LockClock::step);
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
        if let Some(before) = locked(&self.side.session.clock_task).replace(task) {
            before.abort();
        }
    }

    /// Why the open session should have ended by now.
    pub(crate) fn time_is_up(&self) -> Option<LockReason> {
        locked(&self.side.session.clock).as_ref().and_then(|clock| clock.judge().err())
    }

    /// Stops the clock, because the session is over.
    pub(crate) fn stop_clock(&self) {
        *locked(&self.side.session.clock) = None;
        if let Some(task) = locked(&self.side.session.clock_task).take() {
            task.abort();
        }
    }

    /// Ends the session here and at the bank, and says why.
    pub(crate) async fn lock(&self, why: LockReason) {
        let Some(open) = self.open_session_now() else { return };
        tracing::info!(why = why.code(), "the session is locked");
        let locked = Locked { user: open.user.clone(), why, at: self.now() };
        let _ = self.side.session.locked.send_replace(Some(locked));
        self.end(&open).await;
    }

    /// A pulled card, or another one in its place, ends the session at once. Orders stay where they are.
    pub(crate) fn lock_when_token_leaves(&self) {
        let mut status = self.token_status();
        let weak = self.downgrade();
        let task = tokio::spawn(async move {
            while status.changed().await.is_ok() {
                let here = status.borrow_and_update().clone();
                let Some(client) = weak.upgrade() else { return };
                let Some(open) = client.open_session_now() else { continue };
                if client.must_lock(&here, &open) {
                    client.lock(LockReason::Removed).await;
                }
            }
        });
        if let Some(before) = locked(&self.side.token_watch).replace(task) {
            before.abort();
        }
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
