//! Exporting a package to a file: its orders as strict pain.001.001.09 or Electra's HUF XML, or the package itself.

use crate::workplace::whole_file::whole_file;
use std::path::PathBuf;

use domain::{Order, PackageId, Transfer};
use formats::electra_xml::{Export, ExportWarning};
use formats::{Encoding, electra_xml, pain001};

use crate::client::Client;
use crate::error::{ClientError, Result};

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
        self.read_of(scope.customer, move |conn| {
            let rules = scope.rules(conn)?;
            let package = store::packages::get(conn, id)?;
            let mut orders: Vec<Order> = Vec::with_capacity(package.count as usize);
            store::orders::for_each(conn, id, |order| {
                orders.push(order);
                Ok::<_, ClientError>(())
            })?;
            let payments: Vec<&Transfer> = orders.iter().filter_map(Order::transfer).collect();
            if payments.is_empty() {
                return Err(ClientError::EmptyPackage);
            }
            whole_file(&path, true, |out| match format {
                ExportFormat::Pain001 => {
                    let message = pain001::Message {
                        id,
                        created: rules.now,
                        customer: &rules.customer.id,
                        customer_name: &rules.customer.name,
                        orders: &payments,
                    };
                    pain001::write(&message, out)?;
                    Ok(Vec::new())
                }
                ExportFormat::ElectraXml => {
                    let export = Export {
                        orders: &payments,
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
