//! Packages that a file has carried: whoever has the file may have sent them.

use chrono::TimeDelta;
use domain::{CustomerKey, PackageId};

use crate::bank::{BankError, Capability};
use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::packages::outbox::of_asked;
use crate::state::ForCustomer;

/// So long the bank is asked about a package that was thrown away here: whoever has the file may still send it, and the
/// same payments recorded again would be paid twice.
const REMEMBERED: TimeDelta = TimeDelta::days(60);

impl Client {
    /// Asks the bank about every package that is still prepared here and came or left by a file, so that none is signed,
    /// sent or recorded again that has been paid from another seat. What the bank decides is told by a cursor too, but
    /// that may have passed before the file was taken here.
    ///
    /// # Errors
    /// When nobody is logged in, or the bank cannot be reached. What it refuses to tell of one package keeps it from no
    /// other.
    pub(crate) async fn ask_about_filed(&self) -> Result<()> {
        let (customer, since) = (self.for_customer()?, self.now() - REMEMBERED);
        let filed = self.read_of(customer.key, move |of| Ok(store::package_lists::filed(of, since)?)).await?;
        self.ask_packages(&customer, filed).await
    }

    async fn ask_packages(&self, customer: &ForCustomer, packages: Vec<PackageId>) -> Result<()> {
        if !self.capabilities().has(Capability::Submit) {
            return Ok(());
        }
        let session = self.session()?;
        for id in packages {
            let bank = self.at_bank(&session)?;
            let answer = bank.submit()?.status(&session.key, &customer.id, id, None).await;
            let told = self.asked(&session, answer).and_then(|status| {
                status.as_ref().map_or(Ok(()), |status| of_asked(status, id))?;
                Ok(status)
            });
            match told {
                Ok(Some(status)) => self.apply_now(customer.key, status).await?,
                Ok(None) => {}
                Err(ClientError::Bank(error @ (BankError::Refused(_) | BankError::Nonsense(_))))
                    if self.session().is_ok() =>
                {
                    tracing::warn!(package = %id, %error, "the bank did not tell whether a package was sent elsewhere");
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// The same about one that has just been taken for a customer. Without the bank's answer the package is here all the
    /// same; the next sync asks.
    pub(crate) async fn ask_about_taken(&self, customer: CustomerKey, id: PackageId) {
        if self.session().is_err() {
            return;
        }
        let asked = async { self.ask_packages(&self.customer_of(customer).await?, vec![id]).await };
        if let Err(error) = asked.await {
            tracing::info!(package = %id, %error, "the bank was not asked about a file's package");
        }
    }
}
