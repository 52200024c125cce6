//! Handing a package over by a file (`.kapocs`, [`formats::package_file`]), where the shared area cannot serve: another
//! bank channel, a memory stick, a signer who is offline.
//!
//! What is ours here:
//! - A file carries the document and signatures as they are; writing it changes nothing but the log. The package keeps
//!   its identifier, and the bank takes one identifier once: the same bytes sent from both seats are one submission,
//!   other bytes are refused there.
//! - Whoever has the file may send the package. So the bank is asked about it when a file is taken and at every sync
//!   as long as it is prepared here ([`super::filed`]): one that was sent elsewhere is sent here too.
//! - A package that came from the shared area does not leave by a file: the bank takes it only from whoever holds it.
//! - A file is taken whole or not at all, and only where no package or order of it is: a package that is here, in
//!   whatever state, is not replaced by a file that anybody can have made.
//! - Signatures count as those of the shared area do: over these very bytes, under the authority of the connection
//!   file.

use crate::handover::file_error::PackageFileError;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use store::deed::Deed;

use chrono::NaiveDate;
use domain::{AccountNumber, CustomerId, Explain, Money, Order, PackageId, PackageState};
use formats::package_document;
use formats::package_file::{self, FILE_LIMIT, PackageFile};
use sha2::{Digest, Sha256};

use crate::change::Change;
use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::handover::parked::{Checked, Taken, clashes, judge, keep_checked};
use crate::orders::rules::Rules;
use crate::packages::document::document;
use crate::packages::moves::log;
use crate::workplace::whole_file::whole_file;

/// What a package file holds, before anything is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageFilePreview {
    /// The file.
    pub path: PathBuf,
    /// The package.
    pub package: PackageId,
    /// Its name.
    pub name: String,
    /// Whose accounts, as the file has it.
    pub customer: CustomerId,
    /// The customer's name, as the file has it.
    pub customer_name: String,
    /// What leaves each debited account.
    pub debits: Vec<(AccountNumber, Money)>,
    /// Day on which it is meant to be sent.
    pub scheduled: Option<NaiveDate>,
    /// Orders.
    pub count: u32,
    /// Sums by currency.
    pub total: Vec<Money>,
    /// Names of those whose signatures hold.
    pub signers: Vec<String>,
    /// Why the other signatures do not hold, as codes; they are not taken.
    pub invalid: Vec<&'static str>,
    /// Why the package cannot be taken, as the code of an error; nothing when it can.
    pub obstacle: Option<&'static str>,
    sha256: [u8; 32],
}

#[cfg(test)]
impl PackageFilePreview {
    pub(super) fn sha256(&self) -> [u8; 32] {
        self.sha256
    }
}

impl Client {
    /// Writes a prepared package with its signatures to a file. An existing file is replaced only by a whole one.
    ///
    /// # Errors
    /// When the package is not a prepared one of payments, came from the shared area, or the file cannot be written.
    pub async fn export_package_file(&self, id: PackageId, path: PathBuf) -> Result<PathBuf> {
        self.viewing()?;
        let scope = self.scope()?;
        let written =
            self.write_of(scope.customer, move |tx| export(tx, &scope.rules(tx)?, id, path)).await?;
        self.announce(Change::Packages);
        Ok(written)
    }

    /// Reads a package file and says what is in it. Nothing is stored.
    ///
    /// # Errors
    /// [`ClientError::Format`] for a damaged file, [`ClientError::File`] for one that cannot be read.
    pub async fn preview_package_file(&self, path: PathBuf) -> Result<PackageFilePreview> {
        self.viewing()?;
        let scope = self.scope()?;
        self.read_of(scope.customer, move |conn| preview(conn, &scope.rules(conn)?, path)).await
    }

    /// Takes the package that a preview showed, whole or not at all.
    ///
    /// # Errors
    /// [`ClientError::PackageFile`] and [`ClientError::SharedOrderHere`] say why it cannot be kept here.
    pub async fn take_package_file(&self, preview: &PackageFilePreview) -> Result<Taken> {
        self.recording()?;
        let scope = self.scope()?;
        let (path, seen) = (preview.path.clone(), preview.sha256);
        let customer = scope.customer;
        let taken = self.write_of(customer, move |tx| take(tx, &scope.rules(tx)?, &path, seen)).await?;
        self.announce(Change::Packages);
        self.ask_about_taken(customer, taken.package).await;
        Ok(taken)
    }
}

pub(super) fn export(
    tx: &store::OfCustomer<'_>,
    rules: &Rules,
    id: PackageId,
    path: PathBuf,
) -> Result<PathBuf> {
    let package = store::packages::get(tx, id)?;
    let prepared = matches!(
        package.state,
        PackageState::Recorded | PackageState::Checked | PackageState::PartlySigned | PackageState::Signed
    );
    if !prepared || !package.header.order_type.is_payment() {
        return Err(PackageFileError::NotPrepared.into());
    }
    if package.claim.is_some() {
        return Err(PackageFileError::Claimed.into());
    }
    let (document, bytes) = document(tx, rules, id)?;
    let signatures = store::signatures::of_document(tx, document)?;
    let file = PackageFile {
        document: bytes,
        signatures: signatures.into_iter().map(|signature| signature.p7s).collect(),
    };
    let bytes = package_file::to_bytes(&file)?;
    whole_file(&path, true, |out| out.write_all(&bytes).map_err(ClientError::file(&path)))?;
    let deed = Deed::PackageFileWritten { file: name_of(&path), signatures: file.signatures.len() };
    log(tx, rules, id, deed)?;
    Ok(path)
}

/// The file's bytes, its hash and what it carries.
fn open(path: &Path) -> Result<([u8; 32], PackageFile)> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(ClientError::file(path))?;
    let _ = file.take(FILE_LIMIT as u64 + 1).read_to_end(&mut bytes).map_err(ClientError::file(path))?;
    Ok((Sha256::digest(&bytes).into(), package_file::read(&bytes)?))
}

/// What the file holds and which of its signatures hold.
fn check(conn: &store::OfCustomer<'_>, rules: &Rules, file: &PackageFile) -> Result<Checked> {
    let content = package_document::read(file.document.as_slice())?;
    let signatures: Vec<&[u8]> = file.signatures.iter().map(Vec::as_slice).collect();
    judge(conn, rules, content, &file.document, &signatures)
}

/// Whether the package can be kept here.
fn fits(conn: &store::OfCustomer<'_>, rules: &Rules, checked: &Checked) -> Result<()> {
    let content = &checked.content;
    if content.header.customer != rules.customer.id {
        return Err(PackageFileError::OtherCustomer.into());
    }
    if store::packages::find(conn, content.header.id)?.is_some() {
        return Err(PackageFileError::Here.into());
    }
    let known = |number: AccountNumber| rules.accounts.iter().any(|account| account.number == number);
    if content.orders.iter().filter_map(Order::transfer).any(|payment| !known(payment.debit_account)) {
        return Err(PackageFileError::Account.into());
    }
    clashes(conn, content)
}

pub(super) fn preview(
    conn: &store::OfCustomer<'_>,
    rules: &Rules,
    path: PathBuf,
) -> Result<PackageFilePreview> {
    let (sha256, file) = open(&path)?;
    let checked = check(conn, rules, &file)?;
    let summary = package_document::summary(&checked.content)?;
    let obstacle = match fits(conn, rules, &checked) {
        Ok(()) => None,
        Err(error @ (ClientError::PackageFile(_) | ClientError::SharedOrderHere)) => Some(error.code()),
        Err(error) => return Err(error),
    };
    let header = &checked.content.header;
    Ok(PackageFilePreview {
        package: header.id,
        name: header.name.to_string(),
        customer: header.customer.clone(),
        scheduled: header.scheduled,
        customer_name: checked.content.customer_name.clone(),
        debits: summary.debits.into_iter().collect(),
        count: summary.count,
        total: summary.total,
        signers: checked.signatures.into_iter().map(|signature| signature.signer.name).collect(),
        invalid: checked.reasons,
        obstacle,
        path,
        sha256,
    })
}

pub(super) fn take(tx: &store::OfCustomer<'_>, rules: &Rules, path: &Path, seen: [u8; 32]) -> Result<Taken> {
    let (sha256, file) = open(path)?;
    // What the clerk agreed to is what was shown.
    if sha256 != seen {
        return Err(PackageFileError::Changed.into());
    }
    let checked = check(tx, rules, &file)?;
    fits(tx, rules, &checked)?;
    let taken = keep_checked(tx, rules, checked, &file.document)?;
    let (file, signatures) = (name_of(path), taken.signers.len());
    let deed = Deed::PackageFileTaken { file, signatures, dropped: taken.dropped };
    log(tx, rules, taken.package, deed)?;
    Ok(taken)
}

/// The file's name without its folder, which may name people.
fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
