//! Reading the audit log: who did what when.

use store::Page;
use store::audit::AuditEntry;

use crate::client::Client;
use crate::error::Result;

impl Client {
    /// Entries, the latest first.
    pub async fn audit(&self, page: Page) -> Result<Vec<AuditEntry>> {
        self.viewing()?;
        self.read(move |conn| Ok(store::audit::list(conn, page)?)).await
    }

    /// Checks the whole chain of entries and gives their number.
    ///
    /// # Errors
    /// [`store::StoreError::AuditBroken`] with the first entry that was changed outside the program.
    pub async fn check_audit(&self) -> Result<u64> {
        self.read(|conn| Ok(store::audit::verify(conn)?)).await
    }
}
