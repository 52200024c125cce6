//! The connection file: what a bank hands out so that its customers find it.

use std::path::Path;

use protocol::ConnectionFile;

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

/// The connection file that the store has.
pub(crate) fn connection_of_store(conn: &store::Connection) -> Result<ConnectionFile> {
    parse(&store::bank::connection(conn)?.ok_or(ClientError::NoBank)?.content)
}

#[cfg(test)]
mod tests {
    use super::*;

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
