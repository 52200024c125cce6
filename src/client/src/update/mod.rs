//! Keeping the program up to date: what the bank demands, what the signed manifest offers, and bringing it here.

mod manifest;

use std::path::{Path, PathBuf};

use domain::Explain;
use protocol::release::{ReleaseFile, ReleaseManifest};
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;
use tokio::sync::watch;

pub use manifest::{ReleaseError, believe, version};

use crate::{Client, ClientError, Result};

/// Key of the setting that remembers the newest serial seen.
const SEEN: &str = "release-serial";
/// The target of this program in a manifest.
pub const TARGET: &str = if cfg!(windows) { "windows-x86_64" } else { "linux-x86_64" };

/// What an update would bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// The release.
    pub manifest: ReleaseManifest,
    /// The file for this system.
    pub file: ReleaseFile,
}

/// How this program stands beside what the bank takes and offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UpdateState {
    /// The newest that the bank knows.
    Newest,
    /// The bank knows a newer one; this one still works.
    Newer {
        /// Its version.
        version: String,
        /// What can be brought here, or why not.
        update: std::result::Result<Box<Update>, ReleaseError>,
    },
    /// The bank takes this one no more.
    TooOld {
        /// The oldest that it takes.
        minimum: String,
        /// What can be brought here, or why not.
        update: std::result::Result<Box<Update>, ReleaseError>,
    },
}

/// Bytes of a download so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Downloaded {
    /// Here.
    pub bytes: u64,
    /// Of so many.
    pub of: u64,
}

impl Client {
    /// Asks the bank for its version policy and, if it knows a newer program, for the signed manifest.
    ///
    /// # Errors
    /// [`ClientError::Bank`] when the bank does not answer. A manifest that is not believed is no error here: it
    /// stands in the answer, because the bank's demand holds all the same.
    pub async fn update_state(&self) -> Result<UpdateState> {
        let policy = self.refresh_rules().await?.client;
        let own = version(env!("CARGO_PKG_VERSION"));
        let older_than = |other: &str| version(other) > own;
        if older_than(&policy.minimum) {
            return Ok(UpdateState::TooOld { minimum: policy.minimum, update: self.newest_release().await? });
        }
        if older_than(&policy.latest) {
            return Ok(UpdateState::Newer { version: policy.latest, update: self.newest_release().await? });
        }
        Ok(UpdateState::Newest)
    }

    /// The newest release that is believed, with its file for this system. Remembers its serial.
    async fn newest_release(&self) -> Result<std::result::Result<Box<Update>, ReleaseError>> {
        let connection = self.read(Self::connection_file).await?;
        let Some(key) = connection.release_key else { return Ok(Err(ReleaseError::NoKey)) };
        let Some(release) = self.bank()?.release().await? else { return Ok(Err(ReleaseError::NoFile)) };
        let seen = self.setting(SEEN).await?.unwrap_or(0);
        let manifest = match believe(&release, &key, seen, self.now()) {
            Ok(manifest) => manifest,
            Err(error) => return Ok(Err(error)),
        };
        self.set_setting(SEEN, manifest.serial).await?;
        let Some(file) = manifest.files.get(TARGET).cloned() else { return Ok(Err(ReleaseError::NoFile)) };
        Ok(Ok(Box::new(Update { manifest, file })))
    }

    /// Brings the update's file into `folder` and checks it; gives its path. What came before and is right is not
    /// brought again.
    ///
    /// # Errors
    /// [`ClientError::Release`] for a file that is not the manifest's; nothing of it stays.
    pub async fn download_update(
        &self,
        update: &Update,
        folder: &Path,
        progress: watch::Sender<Downloaded>,
    ) -> Result<PathBuf> {
        tokio::fs::create_dir_all(folder).await.map_err(ClientError::file(folder))?;
        let path = folder.join(&update.file.name);
        if is_the_file(&path, &update.file).await.is_ok() {
            return Ok(path);
        }
        let part = folder.join(format!("{}.part", update.file.name));
        let brought = self.bring(&update.file, &part, &progress).await;
        if let Err(error) = brought {
            let _ = tokio::fs::remove_file(&part).await;
            return Err(error);
        }
        tokio::fs::rename(&part, &path).await.map_err(ClientError::file(&path))?;
        Ok(path)
    }

    async fn bring(
        &self,
        file: &ReleaseFile,
        part: &Path,
        progress: &watch::Sender<Downloaded>,
    ) -> Result<()> {
        let bank = self.bank()?;
        let mut chunks = bank.release_file(&file.name).await?;
        let mut here = tokio::fs::File::create(part).await.map_err(ClientError::file(part))?;
        let (mut hash, mut bytes) = (Sha256::new(), 0);
        while let Some(chunk) = futures_util::StreamExt::next(&mut chunks).await {
            let chunk = chunk?;
            bytes += chunk.len() as u64;
            if bytes > file.size {
                return Err(ReleaseError::Size { expected: file.size, found: bytes }.into());
            }
            hash.update(&chunk);
            here.write_all(&chunk).await.map_err(ClientError::file(part))?;
            // Nobody watching the progress is no failure.
            let _ = progress.send(Downloaded { bytes, of: file.size });
        }
        here.sync_all().await.map_err(ClientError::file(part))?;
        compare(file, bytes, hash)?;
        Ok(())
    }
}

fn compare(file: &ReleaseFile, bytes: u64, hash: Sha256) -> std::result::Result<(), ReleaseError> {
    if bytes != file.size {
        return Err(ReleaseError::Size { expected: file.size, found: bytes });
    }
    if hex::encode(hash.finalize()) != file.sha256 {
        return Err(ReleaseError::Hash);
    }
    Ok(())
}

/// Whether the file at `path` is the manifest's.
async fn is_the_file(path: &Path, file: &ReleaseFile) -> Result<()> {
    let bytes = tokio::fs::read(path).await.map_err(ClientError::file(path))?;
    let length = bytes.len() as u64;
    Ok(compare(file, length, Sha256::new_with_prefix(bytes))?)
}

/// Starts the installer of an update; the program must end then, so that its file can be replaced.
///
/// # Errors
/// [`ReleaseError::Start`].
pub fn start_installer(path: &Path) -> std::result::Result<(), ReleaseError> {
    std::process::Command::new(path).spawn().map(drop).map_err(|error| ReleaseError::Start(error.to_string()))
}

/// What a state means for the person, as a code with its text.
impl Explain for UpdateState {
    fn code(&self) -> &'static str {
        match self {
            Self::Newest => "update-newest",
            Self::Newer { .. } => "update-newer",
            Self::TooOld { .. } => "update-too-old",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Newest => Vec::new(),
            Self::Newer { version, .. } => vec![("version", version.clone())],
            Self::TooOld { minimum, .. } => vec![("version", minimum.clone())],
        }
    }
}
