//! Out: a whole file or none, and never silently over another one.

use crate::workplace::texts;
use std::path::PathBuf;
use store::deed::Deed;

use formats::partners::PartnerFormat;
use formats::partners_dat;
use store::audit::AuditEvent;

use crate::client::Client;
use crate::error::Result;
use crate::workplace::whole_file::whole_file;

/// What an export wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnersWritten {
    /// The file.
    pub path: PathBuf,
    /// Partners in it.
    pub partners: usize,
    /// Templates in it.
    pub templates: usize,
}

impl Client {
    /// Writes all partners, and with PARTNERS.DAT all templates. `target` is a folder for PARTNERS.DAT, whose
    /// name is fixed [K&H webElectra], and a file for the other formats. An existing file is
    /// replaced only with `replace`, and only when the new one is complete.
    ///
    /// # Errors
    /// [`crate::ClientError::FileExists`] without `replace`; [`crate::ClientError::File`] when it cannot be written.
    pub async fn export_partners(
        &self,
        target: PathBuf,
        format: PartnerFormat,
        replace: bool,
    ) -> Result<PartnersWritten> {
        self.viewing()?;
        let (scope, now) = (self.seen_by(), self.now());
        let actor = self.open_session_now().map(|session| session.user.id);
        let path = match format {
            PartnerFormat::Dat => target.join(partners_dat::FILE_NAME),
            PartnerFormat::Csv | PartnerFormat::Xlsx | PartnerFormat::Vcard => target,
        };
        let headings = match texts::language() {
            texts::Language::Hu => formats::partners_table::Headings::Hungarian,
            texts::Language::En => formats::partners_table::Headings::English,
        };
        let written = self
            .read(move |conn| {
                let partners = store::partners::search(conn, scope, "", store::Page::ALL)?;
                let templates = match format {
                    PartnerFormat::Dat => store::templates::all(conn, scope)?,
                    PartnerFormat::Csv | PartnerFormat::Xlsx | PartnerFormat::Vcard => Vec::new(),
                };
                whole_file(&path, replace, |out| match format {
                    PartnerFormat::Dat => Ok(partners_dat::write(&partners, &templates, out)?),
                    PartnerFormat::Csv => Ok(formats::partners_table::write_csv(&partners, headings, out)?),
                    PartnerFormat::Xlsx => Ok(formats::partners_table::write_xlsx(&partners, headings, out)?),
                    PartnerFormat::Vcard => Ok(formats::partners_vcard::write(&partners, out)?),
                })?;
                Ok(PartnersWritten { path, partners: partners.len(), templates: templates.len() })
            })
            .await?;
        let event = AuditEvent {
            at: now,
            actor,
            deed: Deed::PartnersExported { partners: written.partners, templates: written.templates },
            subject: written.path.file_name().map(|name| name.to_string_lossy().into_owned()),
            customer: scope.owner(),
        };
        self.write(move |tx| Ok(store::audit::append(tx, &event).map(drop)?)).await?;
        Ok(written)
    }
}
