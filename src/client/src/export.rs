//! Exporting a package to a file: its orders as strict pain.001.001.09 or Electra's HUF XML, or the package itself.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use domain::{HctOrder, PackageId};
use formats::electra_xml::{Export, ExportWarning};
use formats::{Encoding, electra_xml, pain001};

use crate::{Client, ClientError, Result};

/// A file format for a package's orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// ISO 20022 pain.001.001.09, UTF-8.
    Pain001,
    /// Electra's `HUFTransactions` XML, UTF-8.
    ElectraXml,
    /// The package itself with its signatures, for another seat.
    PackageFile,
}

impl ExportFormat {
    /// The usual ending of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pain001 | Self::ElectraXml => "xml",
            Self::PackageFile => formats::package_file::EXTENSION,
        }
    }
}

impl Client {
    /// Writes a package's orders to a file; what the format cannot carry is told. An existing file is replaced
    /// only when the new one is complete.
    pub async fn export_package(
        &self,
        id: PackageId,
        format: ExportFormat,
        path: PathBuf,
    ) -> Result<Vec<ExportWarning>> {
        self.viewing()?;
        if format == ExportFormat::PackageFile {
            return self.export_package_file(id, path).await.map(|_| Vec::new());
        }
        let scope = self.scope()?;
        self.read(move |conn| {
            let rules = scope.rules(conn)?;
            let package = store::packages::get(conn, id)?;
            let mut orders: Vec<HctOrder> = Vec::with_capacity(package.count as usize);
            store::orders::for_each(conn, id, |order| {
                orders.push(order);
                Ok::<_, ClientError>(())
            })?;
            if orders.is_empty() {
                return Err(ClientError::EmptyPackage);
            }
            whole_file(&path, true, |out| match format {
                ExportFormat::Pain001 => {
                    let message = pain001::Message {
                        id,
                        created: rules.now,
                        customer: &rules.customer.id,
                        customer_name: &rules.customer.name,
                        orders: &orders,
                    };
                    pain001::write(&message, out)?;
                    Ok(Vec::new())
                }
                ExportFormat::ElectraXml => {
                    let export = Export {
                        orders: &orders,
                        created: rules.local_now(),
                        scheduled: package.header.scheduled,
                        encoding: Encoding::Utf8,
                    };
                    Ok(electra_xml::export(&export, out)?)
                }
                // Has been written above.
                ExportFormat::PackageFile => Ok(Vec::new()),
            })
        })
        .await
    }
}

/// Writes beside the path and renames, so that no half file ever bears the name. An existing file stays as it is
/// unless it may be replaced.
pub(crate) fn whole_file<T>(
    path: &Path,
    replace: bool,
    write: impl FnOnce(&mut BufWriter<File>) -> Result<T>,
) -> Result<T> {
    if !replace && path.exists() {
        return Err(ClientError::FileExists(path.display().to_string()));
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let mut out = BufWriter::new(File::create(&beside).map_err(ClientError::file(&beside))?);
    let written = write(&mut out).and_then(|value| {
        out.flush().and_then(|()| out.get_ref().sync_all()).map_err(ClientError::file(&beside))?;
        Ok(value)
    });
    let placed = written.and_then(|value| put_in_place(&beside, path, replace).map(|()| value));
    if placed.is_err()
        && let Err(left) = std::fs::remove_file(&beside)
    {
        tracing::warn!(%left, "a half written export could not be removed");
    }
    placed
}

/// Gives the finished file its name.
fn put_in_place(beside: &Path, path: &Path, replace: bool) -> Result<()> {
    if !replace {
        // A link fails where a file came to be meanwhile, a renaming would swallow it.
        match std::fs::hard_link(beside, path) {
            Ok(()) => return std::fs::remove_file(beside).map_err(ClientError::file(beside)),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                return Err(ClientError::FileExists(path.display().to_string()));
            }
            // Memory sticks know no links.
            Err(error) => tracing::debug!(%error, "no link possible, the file is renamed"),
        }
    }
    std::fs::rename(beside, path).map_err(ClientError::file(path))
}
