//! Where the first start listens: a name that belongs to one store and that other users neither know nor reach.

use std::fs::OpenOptions;
use std::io::{self, Read, Write};
use std::path::Path;

use interprocess::local_socket::Name;
use uuid::Uuid;

/// File beside the store with the name under which its window listens.
const FILE: &str = "instance";

/// The name of the store in `data`, made up if it has none. It lies in a file that only the store's user reads: on
/// Windows any user could otherwise take a pipe's name first and be told what this one opens.
pub(crate) fn secret(data: &Path, make: bool) -> io::Result<Uuid> {
    let path = data.join(FILE);
    if make {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path) {
            Ok(mut file) => file.write_all(Uuid::new_v4().to_string().as_bytes())?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    let mut text = String::new();
    let _ = std::fs::File::open(&path)?.take(64).read_to_string(&mut text)?;
    match text.trim().parse() {
        Ok(secret) => Ok(secret),
        // A crash while it was written: the one who holds the store makes it anew.
        Err(_) if make => {
            let secret = Uuid::new_v4();
            std::fs::write(&path, secret.to_string())?;
            Ok(secret)
        }
        Err(_) => Err(io::ErrorKind::InvalidData.into()),
    }
}

/// The pipe of that name. Its usual rights let only the same user (and administrators) write to it.
#[cfg(windows)]
pub(crate) fn name(_data: &Path, secret: Uuid) -> io::Result<Name<'static>> {
    use interprocess::local_socket::{GenericNamespaced, ToNsName};
    format!("kapocs-{}", secret.simple()).to_ns_name::<GenericNamespaced>()
}

/// The socket of that name in a folder that is this user's alone: the system's for running programs, else one of ours
/// among the temporary files.
#[cfg(unix)]
pub(crate) fn name(data: &Path, secret: Uuid) -> io::Result<Name<'static>> {
    use interprocess::local_socket::{GenericFilePath, ToFsName};
    use std::os::unix::fs::{DirBuilderExt, MetadataExt};

    // Whoever could make the file beside the store is who we are.
    let user = std::fs::metadata(data.join(FILE))?.uid();
    let own = |folder: &Path| {
        std::fs::symlink_metadata(folder)
            .is_ok_and(|about| about.is_dir() && about.uid() == user && about.mode() & 0o077 == 0)
    };
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(std::path::PathBuf::from).filter(|path| own(path));
    let folder = match runtime {
        Some(folder) => folder,
        None => {
            let folder = std::env::temp_dir().join(format!("kapocs-{user}"));
            match std::fs::DirBuilder::new().mode(0o700).create(&folder) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
                _ if own(&folder) => folder,
                _ => return Err(io::ErrorKind::PermissionDenied.into()),
            }
        }
    };
    folder.join(format!("kapocs-{}", secret.simple())).to_fs_name::<GenericFilePath>()
}

/// Where this process's person sits: windows come to the front of one seat only.
pub(crate) fn seat() -> String {
    let variables: &[&str] = if cfg!(windows) { &["SESSIONNAME"] } else { &["WAYLAND_DISPLAY", "DISPLAY"] };
    let found =
        variables.iter().filter_map(|variable| std::env::var(variable).ok()).find(|seat| !seat.is_empty());
    let mut seat = found.unwrap_or_default();
    while seat.len() > 200 {
        let _ = seat.pop();
    }
    seat
}
