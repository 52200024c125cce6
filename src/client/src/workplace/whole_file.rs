//! Writing files that are whole or not there.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::{ClientError, Result};

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
    let mut out = BufWriter::new(private(&beside).map_err(ClientError::file(&beside))?);
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

/// A new file that only its user can read, whatever the umask: exports tell who pays whom how much.
fn private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(file)
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

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn an_export_is_its_users_alone_also_in_place_of_a_file_that_was_everybodys() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("export.xml");
        let part = folder.path().join("export.xml.part");
        for old in [&path, &part] {
            std::fs::write(old, "old").unwrap();
            std::fs::set_permissions(old, std::fs::Permissions::from_mode(0o666)).unwrap();
        }
        whole_file(&path, true, |out| out.write_all(b"new").map_err(ClientError::file(&path))).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}
