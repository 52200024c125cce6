//! Following the bank while logged in.

use std::time::Duration;

use domain::{CustomerId, CustomerKey, PackageId};
use futures_util::StreamExt;

use crate::bank::{Event, EventKind, Says};
use crate::client::{Client, WeakClient};
use crate::error::{ClientError, Result};
use crate::state::{ForCustomer, locked};

/// Waits between attempts after the connection was lost: short at first, then a minute at most.
pub(crate) const WAITS: [u64; 6] = [1, 2, 5, 10, 30, 60];

/// A bank that gives no hints is asked again after so long.
const WITHOUT_EVENTS: Duration = Duration::from_secs(5 * 60);

impl Client {
    /// Starts (again) to follow the bank: sync once, then listen; after a loss catch up by cursor.
    pub(crate) fn follow(&self) {
        self.stop_following();
        let weak = self.downgrade();
        let task = tokio::spawn(async move {
            let mut failures = 0;
            loop {
                if weak.upgrade().is_none_or(|client| client.session().is_err()) {
                    return;
                }
                match listen(&weak).await {
                    Ok(()) => failures = 0,
                    Err(error) => {
                        tracing::info!(%error, "following the bank was interrupted");
                        failures = (failures + 1).min(WAITS.len());
                    }
                }
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

    /// Asks about a lost answer until the package's fate is known: the bank sends no event about a package that it
    /// never got. Ends with the session; the next login asks again.
    pub(crate) fn ask_until_known(&self, customer: CustomerKey, package: PackageId) {
        let weak = self.downgrade();
        drop(tokio::spawn(async move {
            for wait in WAITS.into_iter().chain(std::iter::repeat(WAITS[WAITS.len() - 1])) {
                tokio::time::sleep(Duration::from_secs(wait)).await;
                let Some(client) = weak.upgrade() else { return };
                match client.ask_while_open(customer, package).await {
                    Ok(true) => {}
                    Ok(false) => return,
                    Err(error) => tracing::info!(%package, %error, "a package's fate is still unknown"),
                }
            }
        }));
    }

    /// Brings every customer of the session up to date, whichever is shown. Trouble with one keeps none of the others
    /// from it.
    ///
    /// # Errors
    /// The session is over, or the bank does not answer.
    async fn sync_customers(&self) -> Result<()> {
        self.recover_all().await?;
        for customer in self.session()?.customers {
            let result = self.fixed_to(customer.clone()).sync_customer().await;
            self.one_of_several(customer, result)?;
        }
        Ok(())
    }

    /// Trouble with one of several customers: told, and no reason to stop unless it ends all. What the bank has hinted
    /// at is not lost by it: everything of the customer is asked for again, later.
    fn one_of_several(&self, customer: ForCustomer, result: Result<()>) -> Result<()> {
        match result {
            Err(error) if self.ends_all(&error) => Err(error),
            Err(error) => {
                tracing::warn!(%error, "a customer could not be brought up to date");
                let not_theirs =
                    matches!(&error, ClientError::Bank(error) if error.says() == Some(Says::NotForUser));
                if !not_theirs {
                    self.again_later(customer);
                }
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    /// Tries to bring a customer up to date until it succeeds or the session is over.
    fn again_later(&self, customer: ForCustomer) {
        if !locked(&self.side.tasks.again).insert(customer.key) {
            return;
        }
        let weak = self.downgrade();
        drop(tokio::spawn(async move {
            for wait in WAITS.into_iter().skip(2).chain(std::iter::repeat(WAITS[WAITS.len() - 1])) {
                tokio::time::sleep(Duration::from_secs(wait)).await;
                let Some(client) = weak.upgrade() else { return };
                let is_over = match client.session() {
                    Ok(_) => match client.fixed_to(customer.clone()).sync_customer().await {
                        Ok(()) => true,
                        Err(error) => client.ends_all(&error),
                    },
                    Err(_) => true,
                };
                if is_over {
                    let _: bool = locked(&client.side.tasks.again).remove(&customer.key);
                    return;
                }
            }
        }));
    }

    /// Brings here what a hint about a customer was about. What the user has no part in is nothing to us.
    async fn sync_one(&self, customer: &CustomerId, what: EventKind) -> Result<()> {
        let Some(theirs) = self.session()?.customers.into_iter().find(|one| one.id == *customer) else {
            return Ok(());
        };
        let result = self.fixed_to(theirs.clone()).sync_what(what).await;
        self.one_of_several(theirs, result)
    }

    async fn sync_what(&self, what: EventKind) -> Result<()> {
        match what {
            EventKind::Packages => self.sync_packages().await,
            EventKind::Balances => {
                self.sync_accounts().await?;
                self.sync_transactions().await
            }
            EventKind::Authority => {
                self.sync_authority().await?;
                // An account may have been taken into the service.
                self.sync_accounts().await
            }
            EventKind::Messages => self.sync_messages().await,
            EventKind::SharedArea => self.sync_shared().await,
        }
    }

    /// Asks if the package still waits for the bank's word; whether to ask again.
    async fn ask_while_open(&self, customer: CustomerKey, package: PackageId) -> Result<bool> {
        let is_open = |client: Self| async move {
            client
                .read_of(customer, move |of| {
                    let submissions = store::submissions::of_package(of, package)?;
                    Ok(submissions.iter().any(|s| !s.state.is_over()))
                })
                .await
        };
        if self.session().is_err() || !is_open(self.clone()).await? {
            return Ok(false);
        }
        let _: usize = self.recover().await?;
        is_open(self.clone()).await
    }
}

/// Opens the event stream first and syncs then, so that nothing falls between. Holds the client only while there is
/// something to do, so that a store that nobody uses any more is closed.
async fn listen(weak: &WeakClient) -> Result<()> {
    let Some(client) = weak.upgrade() else { return Ok(()) };
    let session = client.session()?;
    client.trust_clock_again().await?;
    let Ok(way) = client.at_bank(&session)?.events() else {
        client.sync_customers().await?;
        drop(client);
        tokio::time::sleep(WITHOUT_EVENTS).await;
        return Ok(());
    };
    let answer = way.events(&session.key).await;
    let mut events = answer.inspect_err(|e| client.note_bank_error(&session, e))?;
    client.sync_customers().await?;
    drop(client);
    while let Some(event) = events.next().await {
        let Some(client) = weak.upgrade() else { return Ok(()) };
        match event {
            Ok(Event::Changed { customer, what }) => client.sync_one(&customer, what).await?,
            Ok(Event::SessionEnds) => {
                let _: bool = client.session_is_over(&session);
                return Err(ClientError::NotLoggedIn);
            }
            Err(error) => {
                client.note_bank_error(&session, &error);
                return Err(error.into());
            }
        }
    }
    Ok(())
}
