//! The connection file: what a bank hands out so that its customers find it.

use std::path::Path;

use domain::ConnectionKey;
use protocol::ConnectionFile;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::error::{ClientError, Result};

/// Largest connection file that is read; a real one has a few kilobytes.
const MAX_FILE: u64 = 256 * 1024;

/// A bank's connection file, to look at.
///
/// # Errors
/// [`ClientError::ConnectionFile`] for a file that is none.
pub fn connection_file(file: &Path) -> Result<ConnectionFile> {
    read(file).map(|(_, connection)| connection)
}

/// The file's text and what it says.
pub(crate) fn read(file: &Path) -> Result<(String, ConnectionFile)> {
    let size = std::fs::metadata(file).map_err(ClientError::file(file))?.len();
    if size > MAX_FILE {
        return Err(ClientError::ConnectionFile("the file is too large".to_owned()));
    }
    let content = std::fs::read_to_string(file).map_err(ClientError::file(file))?;
    let connection = parse(&content)?;
    Ok((content, connection))
}

/// What the text of a connection file says.
pub(crate) fn parse(content: &str) -> Result<ConnectionFile> {
    let file: ConnectionFile =
        toml::from_str(content).map_err(|e| ClientError::ConnectionFile(e.message().to_owned()))?;
    if !file.base_url.starts_with("https://") {
        return Err(ClientError::ConnectionFile("the address must begin with https://".to_owned()));
    }
    Ok(file)
}

/// The connection file of a customer's bank.
pub(crate) fn connection_of(of: &store::OfCustomer<'_>) -> Result<ConnectionFile> {
    file_of(of, store::customers::get(of, of.customer())?.connection)
}

/// The connection file of a connection.
pub(crate) fn file_of(conn: &store::Connection, connection: ConnectionKey) -> Result<ConnectionFile> {
    parse(&store::connections::get(conn, connection)?.content.ok_or(ClientError::NoBank)?)
}

/// Whether two connection files are of the same bank: it calls itself the same, and of the authorities for its address
/// as of those for its receipts one is in both files. A bank that changes its authorities hands out files with the old
/// and the new ones first. Each is compared with its like: who may vouch for a receipt may not vouch for an address.
pub(crate) fn is_same_bank(known: &ConnectionFile, other: &ConnectionFile) -> bool {
    known.bank_id == other.bank_id
        && have_common(&known.ca_pem, &other.ca_pem)
        && have_common(&known.receipt_ca_pem, &other.receipt_ca_pem)
}

/// Whether two connection files of a bank lead the same way: to one address, under the same authorities.
pub(crate) fn is_same_way(known: &ConnectionFile, other: &ConnectionFile) -> bool {
    is_same_bank(known, other) && known.base_url == other.base_url && known.ca_pem == other.ca_pem
}

/// Whether a certificate stands in both texts; what cannot be read as one is nobody's.
fn have_common(one: &str, other: &str) -> bool {
    let read = |pem: &str| CertificateDer::pem_slice_iter(pem.as_bytes()).flatten().collect::<Vec<_>>();
    let other = read(other);
    read(one).iter().any(|certificate| other.contains(certificate))
}

#[cfg(test)]
mod tests {
    use signature::issue::CertificateAuthority;

    use super::*;

    fn file(bank_id: &str, authority: &str) -> ConnectionFile {
        ConnectionFile {
            bank_id: bank_id.to_owned(),
            bank_name: bank_id.to_uppercase(),
            base_url: "https://localhost:1".to_owned(),
            ca_pem: authority.to_owned(),
            receipt_ca_pem: authority.to_owned(),
            release_key: None,
        }
    }

    #[test]
    fn a_bank_is_told_by_its_name_and_an_authority() {
        let authority = || {
            let authority = CertificateAuthority::generate("Bank", chrono::Utc::now()).unwrap();
            authority.certificate().to_pem().unwrap()
        };
        let (old, new) = (authority(), authority());
        let known = file("kh", &old);
        assert!(is_same_bank(&known, &file("kh", &old)));
        let moved = ConnectionFile { base_url: "https://localhost:2".to_owned(), ..file("kh", &old) };
        assert!(is_same_bank(&known, &moved), "an address is no identity");
        assert!(is_same_bank(&known, &file("kh", &format!("{old}{new}"))), "a change of authorities");
        assert!(!is_same_bank(&known, &file("kh", &new)), "another bank of the same name");
        assert!(!is_same_bank(&known, &file("kdb", &old)), "another bank under the same authority");
        let address = ConnectionFile { receipt_ca_pem: new.clone(), ..file("kh", &old) };
        let receipts = ConnectionFile { ca_pem: new.clone(), ..file("kh", &old) };
        for stranger in [&address, &receipts] {
            assert!(!is_same_bank(&known, stranger), "half of a bank's authorities is another bank");
        }
        assert!(!is_same_bank(&address, &receipts), "an authority for receipts is none for addresses");
        assert!(!is_same_bank(&file("kh", ""), &file("kh", "")));
    }

    #[test]
    fn only_https_is_a_bank() {
        let file = |url: &str| {
            format!(
                "bank_id = \"x\"\nbank_name = \"X\"\nbase_url = \"{url}\"\nca_pem = \"\"\nreceipt_ca_pem = \"\"\n"
            )
        };
        assert!(parse(&file("https://localhost:1")).is_ok());
        assert!(matches!(parse(&file("http://localhost:1")), Err(ClientError::ConnectionFile(_))));
        assert!(matches!(parse("nonsense"), Err(ClientError::ConnectionFile(_))));
    }
}
