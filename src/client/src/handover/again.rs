//! Asking again for answers of the shared area that were lost, under the same identifiers.

use std::time::Duration;

use store::handovers::{HandoverKind, StoredHandover};

use crate::bank::Connected;
use crate::change::Change;
use crate::client::Client;
use crate::connection::follow::WAITS;
use crate::error::Result;
use crate::handover::answers::Asking;
use crate::state::OpenSession;

impl Client {
    /// Asks the bank again for everything that is awaited from it about the user's customers. Gives how many are known
    /// now.
    ///
    /// # Errors
    /// When nobody is logged in, or the bank cannot be reached.
    pub async fn recover_shared(&self) -> Result<usize> {
        let _one_at_a_time = self.sending().await;
        let session = self.session()?;
        let mut known = 0;
        for asked in self.awaited_answers(&session).await? {
            let (key, customer, package) = (asked.key, asked.customer, asked.asked.package);
            if let Err(error) = self.ask_again(&session, asked).await {
                // A refusal is an answer too; any other trouble with one package keeps the others from nothing.
                tracing::warn!(%package, %error, "asked again about the shared area");
            }
            let _: &Connected = self.at_bank(&session)?;
            let over = self.read_of(customer, move |of| Ok(store::handovers::get(of, key)?.state)).await?;
            known += usize::from(over != store::handovers::HandoverState::Asked);
        }
        if known > 0 {
            self.announce(Change::Packages);
            self.announce(Change::SharedArea);
        }
        Ok(known)
    }

    /// What the bank owes an answer about that the session's user may hear: of the user's own customers. A colleague's
    /// at the same seat wait for the colleague.
    async fn awaited_answers(&self, session: &OpenSession) -> Result<Vec<StoredHandover>> {
        let mut open = Vec::new();
        for customer in &session.customers {
            open.extend(self.read_of(customer.key, |of| Ok(store::handovers::open(of)?)).await?);
        }
        Ok(open)
    }

    async fn ask_again(&self, session: &OpenSession, asked: StoredHandover) -> Result<()> {
        match asked.asked.kind {
            HandoverKind::Put => self.put(session, asked, Asking::Again).await.map(drop),
            HandoverKind::Take => self.take(session, asked, Asking::Again).await.map(drop),
            HandoverKind::Withdraw => self.withdraw(session, asked, Asking::Again).await.map(drop),
        }
    }

    /// Asks by and by until everything is known: the bank sends no event about what it never got. Ends with the
    /// session; the next login asks again. One such task runs at a time.
    pub(super) fn ask_shared_until_known(&self) {
        let mut task = self.asking();
        if task.as_ref().is_some_and(|task| !task.is_finished()) {
            return;
        }
        let weak = self.downgrade();
        *task = Some(tokio::spawn(async move {
            for wait in WAITS.into_iter().chain(std::iter::repeat(WAITS[WAITS.len() - 1])) {
                tokio::time::sleep(Duration::from_secs(wait)).await;
                let Some(client) = weak.upgrade() else { return };
                let Ok(session) = client.session() else { return };
                if let Err(error) = client.recover_shared().await {
                    tracing::info!(%error, "answers of the shared area are still awaited");
                }
                if client.awaited_answers(&session).await.is_ok_and(|open| open.is_empty()) {
                    return;
                }
            }
        }));
    }
}
