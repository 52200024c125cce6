//! The signing sheet of self-administration: what will change, read back from the very bytes that will be signed.

use crate::workplace::texts;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::admin::{Circumstances, apply_all};
use domain::package::SignatureProgress;
use domain::{AdminOrder, OrderType, PackageHeader, PackageId, UserId};
use formats::package_document::{Document, read_any};
use sha2::{Digest, Sha256};

use super::detail::changes;
use super::words::AdminChange;
use crate::change::Change;
use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::orders::rules::Rules;
use crate::packages::document::document;
use crate::packages::signatures::signatures_of;

/// Everything that a signer of self-administration must see. What changes comes from the document's bytes; how it is
/// before, from the authority table of today.
#[derive(Clone, Debug, PartialEq)]
pub struct AdminSheet {
    /// The package.
    pub package: PackageId,
    /// Its header, from the document.
    pub header: PackageHeader,
    /// The orders, from the document.
    pub orders: Vec<AdminOrder>,
    /// What each of them changes.
    pub changes: Vec<AdminChange>,
    /// Why they could not take effect on the authority table of today, in words.
    pub problem: Option<String>,
    /// SHA-256 of the document.
    pub fingerprint: [u8; 32],
    /// Signatures that will be there with this one, of those needed.
    pub signature_number: u8,
    /// Signatures needed.
    pub signatures_needed: u8,
    /// When the document was made.
    pub created: DateTime<Utc>,
}

impl AdminSheet {
    /// The fingerprint in lower-case hexadecimal groups of four.
    pub fn fingerprint_groups(&self) -> Vec<String> {
        self.fingerprint.chunks(2).map(hex::encode).collect()
    }
}

impl Client {
    /// Closes the package's content into its document (once) and reads the sheet from those bytes.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] for a package of payments, [`ClientError::EmptyPackage`].
    pub async fn admin_sheet(&self, id: PackageId) -> Result<AdminSheet> {
        self.viewing()?;
        let scope = self.scope()?;
        let user = self.actor();
        let sheet = self
            .write(move |tx| {
                let rules = scope.rules(tx)?;
                let (_, bytes) = document(tx, &rules, id)?;
                read_sheet(tx, &rules, id, &bytes, user.as_ref())
            })
            .await?;
        self.announce(Change::Packages);
        Ok(sheet)
    }
}

fn read_sheet(
    conn: &store::Connection,
    rules: &Rules,
    id: PackageId,
    bytes: &[u8],
    user: Option<&UserId>,
) -> Result<AdminSheet> {
    let Document::Administration(content) = read_any(bytes)? else { return Err(ClientError::NotFound) };
    let stored = store::packages::get(conn, id)?;
    let mut signers: BTreeSet<UserId> = signatures_of(conn, &stored)?.into_iter().map(|s| s.user).collect();
    let judge =
        |signers: &BTreeSet<UserId>| rules.authority.judge_package(OrderType::Adm, &BTreeMap::new(), signers);
    let before = judge(&signers);
    signers.extend(user.cloned());
    let after = judge(&signers);
    let number = if before.progress == SignatureProgress::None { 1 } else { after.have.max(1) };
    let around = Circumstances { accounts: &rules.accounts, today: rules.today() };
    let problem = apply_all(&content.orders, &rules.authority, &around).err();
    Ok(AdminSheet {
        package: id,
        changes: changes(rules, &content.orders, true),
        problem: problem.map(|(_, error)| texts::explain(&error)),
        orders: content.orders,
        header: content.header,
        fingerprint: Sha256::digest(bytes).into(),
        signature_number: number,
        signatures_needed: after.need,
        created: content.created,
    })
}
