//! The data folder: names of its files, and reading and writing them.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use protocol::ConnectionFile;
use signature::issue::CertificateAuthority;
use signature::{Certificate, PrivateKey, TrustStore};

use zeroize::Zeroizing;

use super::card_secrets::CardSecrets;
use super::error::{BankError, Result};
use super::private;

/// A bank's data folder.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

/// A folder that is one serving bank's, as long as this lives; the system gives it back when the process ends.
#[derive(Debug)]
pub struct Taken {
    _lock: File,
}

/// Keys and certificates with which the bank shows who it is.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Authority of servers and users.
    pub authority: CertificateAuthority,
    /// TLS certificate.
    pub server_certificate: Certificate,
    /// TLS key.
    pub server_key: PrivateKey,
    /// Certificate that signs receipts.
    pub receipt_certificate: Certificate,
    /// Key that signs receipts.
    pub receipt_key: PrivateKey,
}

impl Identity {
    /// What signatures of users are checked against; revocations are added from the database.
    pub fn trust(&self) -> TrustStore {
        TrustStore::new([self.authority.certificate().clone()])
    }
}

impl Folder {
    /// The folder at that path; nothing is touched.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn database(&self) -> PathBuf {
        self.0.join("bank.sqlite")
    }

    /// The connection file for clients.
    pub fn connection_file(&self) -> PathBuf {
        self.0.join("connection.toml")
    }

    pub fn create(&self) -> Result<()> {
        private::create_folder(&self.0.join("users")).map_err(BankError::io(self.0.display()))
    }

    /// Takes the folder for one bank that serves; nobody else gets it until what this gives is dropped. `None`: another
    /// one has it.
    ///
    /// # Errors
    /// [`BankError::Io`].
    pub fn take(&self) -> Result<Option<Taken>> {
        let path = self.0.join("bank.lock");
        let file = private::claim(&path).map_err(BankError::io(path.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Taken { _lock: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(BankError::io(path.display())(error)),
        }
    }

    /// Writes a file whole or not at all: a reader never sees half of it. It is the owner's alone.
    pub fn write(&self, name: &str, content: &[u8]) -> Result<()> {
        let path = self.0.join(name);
        let draft = path.with_extension("new");
        let write = || -> std::io::Result<()> {
            let mut file = private::create(&draft)?;
            file.write_all(content)?;
            file.sync_all()?;
            fs::rename(&draft, &path)
        };
        write().map_err(BankError::io(path.display()))
    }

    pub fn read(&self, name: &str) -> Result<Vec<u8>> {
        let path = self.0.join(name);
        fs::read(&path).map_err(BankError::io(path.display()))
    }

    /// Reads a file as text.
    ///
    /// # Errors
    /// [`BankError`] when it is not there or is no text.
    pub fn read_text(&self, name: &str) -> Result<String> {
        String::from_utf8(self.read(name)?).map_err(|e| BankError::data(name, e))
    }

    /// Writes keys and certificates.
    pub fn write_identity(&self, identity: &Identity) -> Result<()> {
        self.write("ca.pem", identity.authority.to_pem()?.as_bytes())?;
        self.write("server.pem", identity.server_certificate.to_pem()?.as_bytes())?;
        self.write("server.pk8", &identity.server_key.to_pkcs8_der()?)?;
        self.write("receipt.pem", identity.receipt_certificate.to_pem()?.as_bytes())?;
        self.write("receipt.pk8", &identity.receipt_key.to_pkcs8_der()?)
    }

    /// Reads keys and certificates.
    pub fn read_identity(&self) -> Result<Identity> {
        Ok(Identity {
            authority: CertificateAuthority::from_pem(&self.read_text("ca.pem")?)?,
            server_certificate: Certificate::from_pem(&self.read_text("server.pem")?)?,
            server_key: PrivateKey::from_pkcs8_der(&self.read("server.pk8")?)?,
            receipt_certificate: Certificate::from_pem(&self.read_text("receipt.pem")?)?,
            receipt_key: PrivateKey::from_pkcs8_der(&self.read("receipt.pk8")?)?,
        })
    }

    /// Writes the master secret of the tokens.
    pub fn write_card_secrets(&self, secrets: &CardSecrets) -> Result<()> {
        self.write("cards.key", secrets.as_bytes())
    }

    /// Reads the master secret of the tokens.
    pub fn read_card_secrets(&self) -> Result<CardSecrets> {
        CardSecrets::from_bytes(&Zeroizing::new(self.read("cards.key")?))
    }

    /// Reads the connection file.
    pub fn read_connection(&self) -> Result<ConnectionFile> {
        toml::from_str(&self.read_text("connection.toml")?).map_err(|e| BankError::data("connection.toml", e))
    }

    /// Writes the connection file.
    pub fn write_connection(&self, connection: &ConnectionFile) -> Result<()> {
        let text = toml::to_string(connection).map_err(|e| BankError::data("connection.toml", e))?;
        self.write("connection.toml", text.as_bytes())
    }
}
