//! Reading the audit log: who did what when.

use std::collections::HashMap;

use domain::{CustomerKey, PackageId};
use store::audit::AuditEntry;
use store::{OfCustomer, Page};

use crate::client::Client;
use crate::error::Result;

/// An entry for people: they know a package by its name.
#[derive(Clone, Debug)]
pub struct NamedEntry {
    /// The entry.
    pub entry: AuditEntry,
    /// What it is about: a package's name, a token's number, a file; nothing where the package is gone.
    pub about: Option<String>,
}

impl Client {
    /// Entries and what each is about, the latest first.
    pub async fn named_audit(&self, page: Page) -> Result<Vec<NamedEntry>> {
        self.viewing()?;
        self.read(move |conn| {
            let mut known: HashMap<(Option<CustomerKey>, String), Option<String>> = HashMap::new();
            let mut named = Vec::new();
            for entry in store::audit::list(conn, page)? {
                let about = match &entry.event.subject {
                    None => None,
                    Some(subject) => {
                        let place = (entry.event.customer, subject.clone());
                        match known.get(&place) {
                            Some(name) => name.clone(),
                            None => {
                                let name = name_of(conn, place.0, subject)?;
                                let _ = known.insert(place, name.clone());
                                name
                            }
                        }
                    }
                };
                named.push(NamedEntry { entry, about });
            }
            Ok(named)
        })
        .await
    }

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

/// A package's name among those of the entry's customer; whatever is no package names itself.
fn name_of(conn: &store::Connection, customer: Option<CustomerKey>, subject: &str) -> Result<Option<String>> {
    let Ok(package) = subject.parse::<PackageId>() else { return Ok(Some(subject.to_owned())) };
    let Some(customer) = customer else { return Ok(None) };
    let found = store::packages::find(&OfCustomer::new(conn, customer), package)?;
    Ok(found.map(|package| package.header.name.to_string()))
}
