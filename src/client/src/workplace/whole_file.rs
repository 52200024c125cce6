//! Writing files that are whole or not there.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::Path;

use tempfile::{NamedTempFile, PersistError};

use crate::error::{ClientError, Result};

/// Writes beside the path, under a name that nobody has, and renames: no half file ever bears the name, and no other
/// file is touched. An existing file stays as it is unless it may be replaced; then a link stays and what it leads to
/// is replaced, and a device or a pipe is written to. Only its user can read the file, whatever the umask: exports tell
/// who pays whom how much.
pub(crate) fn whole_file<T>(
    path: &Path,
    replace: bool,
    write: impl FnOnce(&mut BufWriter<File>) -> Result<T>,
) -> Result<T> {
    let found = std::fs::symlink_metadata(path);
    if found.is_ok() && !replace {
        return Err(ClientError::FileExists(path.display().to_string()));
    }
    // Where a link leads; a link to nowhere is replaced itself.
    let place = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if std::fs::metadata(&place).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        return into_device(&place, write);
    }
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
    let beside = NamedTempFile::with_prefix_in(".kapocs-", folder.unwrap_or(Path::new(".")));
    let (file, beside) = beside.map_err(ClientError::file(path))?.into_parts();
    let mut out = BufWriter::new(file);
    let value = write(&mut out)?;
    let file = out.into_inner().map_err(|error| ClientError::file(path)(error.into_error()))?;
    file.sync_all().map_err(ClientError::file(path))?;
    let finished = NamedTempFile::from_parts(file, beside);
    put_in_place(finished, &place, replace).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => ClientError::FileExists(path.display().to_string()),
        _ => ClientError::file(path)(error),
    })?;
    Ok(value)
}

/// Writes into what is no file and cannot be replaced: a pipe, a terminal, the device that swallows everything.
fn into_device<T>(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> Result<T>) -> Result<T> {
    let device = OpenOptions::new().write(true).open(path).map_err(ClientError::file(path))?;
    let mut out = BufWriter::new(device);
    let value = write(&mut out)?;
    out.flush().map_err(ClientError::file(path))?;
    Ok(value)
}

/// Gives the finished file its name.
fn put_in_place(finished: NamedTempFile, path: &Path, replace: bool) -> std::io::Result<()> {
    let placed = if replace { finished.persist(path) } else { finished.persist_noclobber(path) };
    match placed {
        Ok(_) => Ok(()),
        // Memory sticks know no links, by which a name is taken only if it is free.
        Err(PersistError { error, file })
            if !replace && error.kind() != std::io::ErrorKind::AlreadyExists && !exists(path) =>
        {
            tracing::debug!(%error, "no link possible, the file is renamed");
            file.persist(path).map(drop).map_err(Into::into)
        }
        Err(error) => Err(error.into()),
    }
}

fn exists(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn written(path: &Path, replace: bool, bytes: &[u8]) -> Result<()> {
        whole_file(path, replace, |out| out.write_all(bytes).map_err(ClientError::file(path)))
    }

    fn names(folder: &Path) -> Vec<PathBuf> {
        let mut names: Vec<PathBuf> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        names.sort();
        names
    }

    #[test]
    fn no_other_file_is_touched_and_a_failure_leaves_everything_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let (path, part) = (folder.path().join("export.xml"), folder.path().join("export.xml.part"));
        std::fs::write(&part, "the user's own").unwrap();
        written(&path, false, b"first").unwrap();
        let failed: Result<()> = whole_file(&path, true, |out| {
            out.write_all(b"half").map_err(ClientError::file(&path))?;
            Err(ClientError::Internal)
        });
        assert!(matches!(failed, Err(ClientError::Internal)));
        assert!(matches!(written(&path, false, b"second"), Err(ClientError::FileExists(_))));
        assert_eq!(std::fs::read(&path).unwrap(), b"first");
        written(&path, true, b"third").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"third");
        assert_eq!(std::fs::read(&part).unwrap(), b"the user's own");
        assert_eq!(names(folder.path()), [path, part], "nothing is left behind");
    }

    #[cfg(unix)]
    #[test]
    fn an_export_is_its_users_alone_also_in_place_of_a_file_that_was_everybodys() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("export.xml");
        std::fs::write(&path, "old").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o666)).unwrap();
        written(&path, true, b"new").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_links_devices_stay_devices_and_a_trap_beside_leads_nowhere() {
        use std::os::unix::fs::{FileTypeExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real.xml"), folder.path().join("link.xml"));
        std::fs::write(&real, "old").unwrap();
        symlink(&real, &link).unwrap();
        let victim = folder.path().join("victim");
        std::fs::write(&victim, "victim").unwrap();
        symlink(&victim, folder.path().join("link.xml.part")).unwrap();
        written(&link, true, b"new").unwrap();
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(std::fs::read(&real).unwrap(), b"new");
        assert_eq!(std::fs::read(&victim).unwrap(), b"victim");

        let device = Path::new("/dev/null");
        written(device, true, b"swallowed").unwrap();
        assert!(std::fs::metadata(device).unwrap().file_type().is_char_device());
        assert!(matches!(written(device, false, b"x"), Err(ClientError::FileExists(_))));
    }
}
