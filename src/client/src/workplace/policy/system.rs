//! Reading the policy from where only administrators write.

use super::{Policy, PolicyError};

#[cfg(unix)]
pub use unix::{PLACE, read, read_file};
#[cfg(windows)]
pub use windows::{PLACE, read};

#[cfg(unix)]
mod unix {
    use std::io::{ErrorKind, Read};
    use std::os::unix::fs::MetadataExt;
    use std::path::Path;

    use super::{Policy, PolicyError};

    /// Where the policy stands.
    pub const PLACE: &str = "/etc/kapocs/policy.toml";

    /// Owner of everything that only the administrator may change.
    const ROOT: u32 = 0;
    /// Largest policy that is read; a real one has some hundred bytes.
    const MAX: u64 = 64 * 1024;

    pub fn read() -> Result<Policy, PolicyError> {
        read_file(Path::new(PLACE), ROOT)
    }

    /// The policy in a file that belongs to `owner`, as does its folder. The programs read [`PLACE`] of root only;
    /// tests, which are not root, read a file of their own.
    ///
    /// # Errors
    /// [`PolicyError`] when it is there and cannot be followed.
    pub fn read_file(path: &Path, owner: u32) -> Result<Policy, PolicyError> {
        let place = path.display().to_string();
        let unreadable = |error: std::io::Error| PolicyError::Unreadable {
            place: place.clone(),
            reason: error.to_string(),
        };
        let file = match std::fs::File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return absent(path, unreadable),
            Err(error) => return Err(unreadable(error)),
        };
        for (what, about) in [
            (path, file.metadata()),
            (path.parent().unwrap_or(path), std::fs::metadata(path.parent().unwrap_or(path))),
        ] {
            let about = about.map_err(unreadable)?;
            if about.uid() != owner || about.mode() & 0o022 != 0 {
                return Err(PolicyError::Unprotected { place: what.display().to_string() });
            }
        }
        let mut content = String::new();
        let read = file.take(MAX + 1).read_to_string(&mut content).map_err(unreadable)?;
        if read as u64 > MAX {
            return Err(PolicyError::Form { place, detail: "too large".to_owned() });
        }
        Policy::of_toml(&place, &content)
    }

    /// A name that leads nowhere is a policy that is lost, not one that was never set.
    fn absent(
        path: &Path,
        unreadable: impl FnOnce(std::io::Error) -> PolicyError,
    ) -> Result<Policy, PolicyError> {
        match std::fs::symlink_metadata(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Policy::default()),
            Err(error) => Err(unreadable(error)),
            Ok(_) => Err(unreadable(ErrorKind::NotFound.into())),
        }
    }
}

#[cfg(windows)]
mod windows {
    use std::path::PathBuf;

    use windows_registry::{Key, LOCAL_MACHINE, Value};

    use super::super::Written;
    use super::{Policy, PolicyError};

    /// Where the policy stands.
    pub const PLACE: &str = "HKLM\\Software\\Policies\\Kapocs";

    /// The same without its root.
    const KEY: &str = "Software\\Policies\\Kapocs";
    /// `HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND)`: no such key or value.
    const NOT_FOUND: i32 = 0x8007_0002_u32.cast_signed();

    const CAS: &str = "BankCaSha256";
    const FILE: &str = "ConnectionFile";
    const UPDATES: &str = "Updates";

    pub fn read() -> Result<Policy, PolicyError> {
        let key = match LOCAL_MACHINE.open(KEY) {
            Ok(key) => key,
            Err(error) if error.code().0 == NOT_FOUND => return Ok(Policy::default()),
            Err(error) => {
                return Err(PolicyError::Unreadable { place: PLACE.to_owned(), reason: error.message() });
            }
        };
        let form = |detail: String| PolicyError::Form { place: PLACE.to_owned(), detail };
        let values = key.values().map_err(|error| form(error.message()))?;
        for (name, _) in values {
            // A value without a name is the key's default one and says nothing here.
            let known = [CAS, FILE, UPDATES].iter().any(|known| known.eq_ignore_ascii_case(&name));
            if !known && !name.is_empty() {
                return Err(form(format!("unknown value: {name}")));
            }
        }
        let written = Written {
            bank_ca_sha256: value(&key, CAS)?
                .map(|value| Vec::<String>::try_from(value).map(whole))
                .transpose()
                .map_err(|_| form(format!("{CAS} is no REG_MULTI_SZ")))?,
            connection_file: value(&key, FILE)?
                .map(|value| String::try_from(value).map(PathBuf::from))
                .transpose()
                .map_err(|_| form(format!("{FILE} is no REG_SZ")))?,
            updates: match value(&key, UPDATES)?.map(u32::try_from) {
                None => None,
                Some(Ok(0)) => Some(false),
                Some(Ok(1)) => Some(true),
                Some(_) => return Err(form(format!("{UPDATES} is neither 0 nor 1"))),
            },
        };
        Policy::of_written(PLACE, written)
    }

    /// The list ends with empty strings.
    fn whole(list: Vec<String>) -> Vec<String> {
        list.into_iter().filter(|text| !text.is_empty()).collect()
    }

    fn value(key: &Key, name: &str) -> Result<Option<Value>, PolicyError> {
        match key.get_value(name) {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.code().0 == NOT_FOUND => Ok(None),
            Err(error) => {
                Err(PolicyError::Unreadable { place: format!("{PLACE}\\{name}"), reason: error.message() })
            }
        }
    }
}
