//! Packages that a file has carried: whoever has the file may have sent them.

use domain::PackageId;

use crate::bank::{BankError, Capability};
use crate::change::Change;
use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::packages::outbox::of_asked;

impl Client {
    /// Asks the bank about every package that is still prepared here and came or left by a file, so that none is signed,
    /// sent or recorded again that has been paid from another seat. What the bank decides is told by a cursor too, but
    /// that may have passed before the file was taken here.
    ///
    /// # Errors
    /// When nobody is logged in, or the bank cannot be reached. What it refuses to tell of one package keeps it from no
    /// other.
    pub(crate) async fn ask_about_filed(&self) -> Result<()> {
        if !self.capabilities().has(Capability::Submit) {
            return Ok(());
        }
        let (session, customer) = self.session_and_customer()?;
        for id in self.read_of(customer.key, |of| Ok(store::package_lists::filed(of)?)).await? {
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

    /// The same when a file has just been taken. Without the bank's answer the package is here all the same; the next
    /// sync asks.
    pub(crate) async fn ask_about_taken(&self, id: PackageId) {
        if self.session().is_err() {
            return;
        }
        match self.ask_about_filed().await {
            Ok(()) => self.announce(Change::Packages),
            Err(error) => {
                tracing::info!(package = %id, %error, "the bank was not asked about a file's package")
            }
        }
    }
}
