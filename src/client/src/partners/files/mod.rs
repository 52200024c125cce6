//! Partners and templates in files: out as PARTNERS.DAT, CSV, XLSX or vCard, and in again, merged with what is
//! kept [K&H webElectra]. In goes in two steps like an import of orders: a preview that stores
//! nothing, then one transaction that takes what was chosen, all of it or nothing.

mod compare;
pub(crate) mod error;
mod export;
mod take;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::{Partner, Scope, Template};
use formats::partners::{Adapted, FILE_LIMIT, PartnerFile, PartnerFormat, ReadAs, Refused};

pub use compare::{Changed, Clash, Compared, Conflict};
pub use export::PartnersWritten;
pub use take::{Choices, PartnerChoices, PartnersTaken, Resolution};

use crate::client::Client;
use crate::error::{ClientError, Result};

/// What a file of partners holds, sorted out against what is kept. Nothing is stored yet.
#[derive(Clone, Debug)]
pub struct PartnerPreview {
    /// The file.
    pub path: PathBuf,
    /// What it was read as.
    pub format: PartnerFormat,
    /// Its partners.
    pub partners: Compared<Partner>,
    /// Its templates; only PARTNERS.DAT has some.
    pub templates: Compared<Template>,
    /// Records that cannot be taken, with line and reason.
    pub refused: Vec<Refused>,
    /// Texts in which typographic characters became plain ones.
    pub adapted: Vec<Adapted>,
    /// In which encoding its text was read.
    pub read_as: ReadAs,
    /// The records themselves, to be sorted out again when they are taken.
    file: Arc<PartnerFile>,
}

impl PartnerPreview {
    /// Sorts out a file against these kept records.
    pub fn of(
        path: PathBuf,
        format: PartnerFormat,
        file: PartnerFile,
        partners: &[Partner],
        templates: &[Template],
    ) -> Self {
        let (partners, templates) = sort_out(partners, templates, &file);
        let (refused, adapted, read_as) = (file.refused.clone(), file.adapted.clone(), file.read_as.clone());
        Self { path, format, partners, templates, refused, adapted, read_as, file: Arc::new(file) }
    }

    /// Whether there is nothing to take: all is kept so already, or cannot be taken.
    pub fn is_settled(&self) -> bool {
        let settled = |new: usize, changed: usize, clashes: usize| new + changed + clashes == 0;
        settled(self.partners.new.len(), self.partners.changed.len(), self.partners.conflicting.len())
            && settled(
                self.templates.new.len(),
                self.templates.changed.len(),
                self.templates.conflicting.len(),
            )
    }
}

/// Both kinds, sorted out.
type Sorted = (Compared<Partner>, Compared<Template>);

impl Client {
    /// Reads a whole file of partners and compares it with what is kept. Nothing is stored.
    ///
    /// # Errors
    /// [`ClientError::File`] when it cannot be opened, [`ClientError::Format`] when it is damaged or none: then
    /// nothing of it can be taken.
    pub async fn preview_partners(&self, path: PathBuf) -> Result<PartnerPreview> {
        self.viewing()?;
        let seen_by = self.seen_by();
        self.blocking(move |store| {
            let bytes = bytes_of(&path)?;
            let (format, file) = formats::partners::read(&bytes)?;
            drop(bytes);
            let (partners, templates) = store.read_with(|conn| kept(conn, seen_by))?;
            Ok(PartnerPreview::of(path, format, file, &partners, &templates))
        })
        .await
    }
}

/// The bytes of a file that is not larger than any honest one.
fn bytes_of(path: &Path) -> Result<Vec<u8>> {
    use std::io::Read;
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(ClientError::file(path))?;
    let limit = FILE_LIMIT as u64;
    let _: usize = file.take(limit + 1).read_to_end(&mut bytes).map_err(ClientError::file(path))?;
    if bytes.len() > FILE_LIMIT {
        return Err(formats::FormatError::FileTooLarge { limit: FILE_LIMIT }.into());
    }
    Ok(bytes)
}

/// All partners and templates of this moment that are common or the customer's own.
fn kept(conn: &store::Connection, seen_by: Scope) -> Result<(Vec<Partner>, Vec<Template>)> {
    Ok((store::partners::all(conn, seen_by)?, store::templates::all(conn, seen_by)?))
}

/// Compares a file with what is kept.
fn sort_out(partners: &[Partner], templates: &[Template], file: &PartnerFile) -> Sorted {
    (compare::partners(partners, file), compare::templates(templates, file))
}
