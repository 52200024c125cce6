//! Bringing a release's file here, and starting it: only bytes that the signed manifest names ever get the file's
//! name, and they are looked at again right before they run.

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};

use futures_util::StreamExt;
use protocol::release::ReleaseFile;
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;
use tokio::sync::watch;

use super::{ReleaseError, Update};
use crate::client::Client;
use crate::error::{ClientError, Result};

/// Tells the installer to wait until this program has ended, and to start the new one.
const RESTART: &str = "/RESTART";

/// Whether [`Fetched::start`] has something to start here: elsewhere the file is for the system's own tools.
pub const HAS_INSTALLER: bool = cfg!(windows);

/// Bytes of a download so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Downloaded {
    /// Here.
    pub bytes: u64,
    /// Of so many.
    pub of: u64,
}

/// A file that was brought here and was the manifest's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    path: PathBuf,
    file: ReleaseFile,
}

impl Client {
    /// Brings the update's file into `folder` and checks it. What came before and is right is not brought again.
    /// Dropping the call leaves nothing behind.
    ///
    /// # Errors
    /// [`ClientError::Release`] for a file that is not the manifest's and for a connection that broke off; nothing of
    /// the file stays.
    pub async fn download_update(
        &self,
        update: &Update,
        folder: &Path,
        progress: watch::Sender<Downloaded>,
    ) -> Result<Fetched> {
        tokio::fs::create_dir_all(folder).await.map_err(ClientError::file(folder))?;
        let fetched = Fetched { path: folder.join(&update.file.name), file: update.file.clone() };
        let before = fetched.clone();
        if self.blocking(move |_| Ok(before.checked().is_ok())).await? {
            return Ok(fetched);
        }
        let part = Part(folder.join(format!("{}.part", update.file.name)));
        self.bring(&update.file, &part.0, &progress).await?;
        tokio::fs::rename(&part.0, &fetched.path).await.map_err(ClientError::file(&fetched.path))?;
        Ok(fetched)
    }

    async fn bring(
        &self,
        file: &ReleaseFile,
        part: &Path,
        progress: &watch::Sender<Downloaded>,
    ) -> Result<()> {
        let mut chunks = self.bank()?.releases()?.file(&file.name).await?;
        match tokio::fs::remove_file(part).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(ClientError::file(part)(error));
            }
            _ => {}
        }
        // A new file always: where somebody else has put a link of that name, nothing is written through it.
        let mut options = tokio::fs::OpenOptions::new();
        let mut here =
            options.write(true).create_new(true).open(part).await.map_err(ClientError::file(part))?;
        let (mut hash, mut bytes) = (Sha256::new(), 0);
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(ReleaseError::Broken)?;
            bytes += chunk.len() as u64;
            if bytes > file.size {
                return Err(ReleaseError::Size { expected: file.size, found: bytes }.into());
            }
            hash.update(&chunk);
            here.write_all(&chunk).await.map_err(ClientError::file(part))?;
            // Nobody watching the progress is no failure.
            let _ = progress.send(Downloaded { bytes, of: file.size });
        }
        compare(file, bytes, hash)?;
        here.sync_all().await.map_err(ClientError::file(part))
    }
}

/// A file that is not whole: it goes when nobody is at work on it any more.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        // After the file has got its name there is nothing to remove.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Fetched {
    /// A file that was brought earlier. Whether it is the manifest's is looked at before it starts.
    pub fn at(path: PathBuf, file: ReleaseFile) -> Self {
        Self { path, file }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its bytes.
    pub fn size(&self) -> u64 {
        self.file.size
    }

    /// The open file, once its bytes are the manifest's. On Windows nobody can change, replace or remove it while it
    /// is open.
    fn checked(&self) -> std::result::Result<File, ReleaseError> {
        let cannot = |error: std::io::Error| ReleaseError::Start(error.to_string());
        if !std::fs::symlink_metadata(&self.path).map_err(cannot)?.is_file() {
            return Err(ReleaseError::Hash);
        }
        let mut options = OpenOptions::new();
        options.read(true);
        #[cfg(windows)]
        {
            /// `FILE_SHARE_READ`.
            const SHARE_READ: u32 = 1;
            std::os::windows::fs::OpenOptionsExt::share_mode(&mut options, SHARE_READ);
        }
        let mut opened = options.open(&self.path).map_err(cannot)?;
        let (mut hash, mut bytes, mut piece) = (Sha256::new(), 0, vec![0; 64 << 10]);
        loop {
            let read = opened.read(&mut piece).map_err(cannot)?;
            if read == 0 {
                break;
            }
            bytes += read as u64;
            if bytes > self.file.size {
                break;
            }
            hash.update(&piece[..read]);
        }
        compare(&self.file, bytes, hash)?;
        Ok(opened)
    }

    /// Looks at the file again and starts it; the program must end then, so that the installer can replace it.
    ///
    /// # Errors
    /// [`ReleaseError::Hash`] or [`ReleaseError::Size`] when somebody has changed the file since; then it is not
    /// started. [`ReleaseError::Start`].
    pub fn start(&self) -> std::result::Result<(), ReleaseError> {
        let kept_open = self.checked()?;
        let started = std::process::Command::new(&self.path).arg(RESTART).spawn();
        drop(kept_open);
        started.map(drop).map_err(|error| ReleaseError::Start(error.to_string()))
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

/// Removes what earlier updates left in `folder`: once this program is the newest, they are not needed any more.
pub fn tidy(folder: &Path) {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            tracing::info!(%error, "the downloads of earlier updates stay");
        }
        _ => {}
    }
}
