//! Following the bank while logged in, and locking when the token leaves.

use std::time::Duration;

use futures_util::StreamExt;
use protocol::Event;
use token::{TokenKind, TokenStatus};

use crate::session::Connection;
use crate::{Client, ClientError, Result};

/// Waits between attempts after the connection was lost: short at first, then a minute at most.
const WAITS: [u64; 6] = [1, 2, 5, 10, 30, 60];

impl Client {
    /// Starts (again) to follow the bank: sync once, then listen; after a loss catch up by cursor.
    pub(crate) fn follow(&self) {
        self.stop_following();
        let weak = self.downgrade();
        let task = tokio::spawn(async move {
            let mut failures = 0;
            loop {
                let Some(client) = weak.upgrade() else { return };
                if client.session().is_err() {
                    return;
                }
                match client.listen().await {
                    Ok(()) => failures = 0,
                    Err(error) => {
                        tracing::info!(%error, "following the bank was interrupted");
                        failures = (failures + 1).min(WAITS.len());
                    }
                }
                drop(client);
                let wait = WAITS[failures.saturating_sub(1)];
                tokio::time::sleep(Duration::from_secs(wait)).await;
            }
        });
        *self.follower() = Some(task);
    }

    pub(crate) fn stop_following(&self) {
        if let Some(task) = self.follower().take() {
            task.abort();
        }
    }

    /// Opens the event stream first and syncs then, so that nothing falls between.
    async fn listen(&self) -> Result<()> {
        let session = self.session()?;
        let mut events =
            self.bank()?.events(&session.token).await.inspect_err(|e| self.note_bank_error(e))?;
        self.sync().await?;
        while let Some(event) = events.next().await {
            match event {
                Ok(Event::PackageChanged { .. }) => self.sync_packages().await?,
                Ok(Event::BalanceChanged { .. }) => {
                    self.sync_accounts().await?;
                    self.sync_transactions().await?;
                }
                Ok(Event::SessionEnds { .. }) => {
                    let _ = self.set_session(None);
                    self.set_connection(Connection::LoggedOut);
                    return Err(ClientError::NotLoggedIn);
                }
                Err(error) => {
                    self.note_bank_error(&error);
                    return Err(error.into());
                }
            }
        }
        Ok(())
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
                if !holds_session_key(&here, open.signing) {
                    tracing::info!("the token left; the session is locked");
                    client.log_out().await;
                }
            }
        }));
    }
}

/// Whether the token that the session was opened with is still there.
fn holds_session_key(status: &TokenStatus, signing: Option<[u8; 32]>) -> bool {
    match status {
        TokenStatus::Starting | TokenStatus::Failed(_) => true,
        _ => status.info().is_some_and(|info| {
            info.kind == TokenKind::Software
                || info.signing.as_ref().map(signature::Certificate::fingerprint) == signing
        }),
    }
}
