//! The module itself: loaded and initialised once per process and path, finalised after its last user.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};

use crate::{Result, TokenError};

/// Modules by real path. A library stays loaded once it was: vendors' libraries are seldom written to be
/// unloaded. `C_Finalize` gives back what it holds of the token.
static LOADED: Mutex<BTreeMap<PathBuf, Loaded>> = Mutex::new(BTreeMap::new());

struct Loaded {
    calls: Arc<Mutex<Pkcs11>>,
    users: usize,
}

/// A user of an initialised module.
pub(super) struct Module {
    path: PathBuf,
    calls: Arc<Mutex<Pkcs11>>,
}

impl Module {
    /// Loads the module or shares the one that is loaded.
    ///
    /// # Errors
    /// [`TokenError::Module`]; also for a path that is not absolute, because the system would search for such a
    /// library in folders that others can write.
    pub fn open(path: &Path) -> Result<Self> {
        let told =
            |reason: &dyn std::fmt::Display| TokenError::Module(format!("{}: {reason}", path.display()));
        if !path.is_absolute() {
            return Err(told(&"the path is not absolute"));
        }
        let real = path.canonicalize().map_err(|error| told(&error))?;
        let mut loaded = lock(&LOADED);
        let module = match loaded.get_mut(&real) {
            Some(module) => module,
            None => {
                let pkcs11 = Pkcs11::new(path).map_err(|error| told(&error))?;
                let calls = Arc::new(Mutex::new(pkcs11));
                loaded.entry(real.clone()).or_insert(Loaded { calls, users: 0 })
            }
        };
        if module.users == 0 {
            initialise(&lock(&module.calls))?;
        }
        module.users += 1;
        Ok(Self { path: real, calls: Arc::clone(&module.calls) })
    }

    /// The module's functions, for one job at a time: a login holds for the whole process.
    pub fn calls(&self) -> MutexGuard<'_, Pkcs11> {
        lock(&self.calls)
    }
}

impl Drop for Module {
    fn drop(&mut self) {
        let mut loaded = lock(&LOADED);
        let Some(module) = loaded.get_mut(&self.path) else { return };
        module.users -= 1;
        if module.users > 0 {
            return;
        }
        let pkcs11 = lock(&self.calls).clone();
        if let Err(error) = pkcs11.finalize() {
            tracing::debug!(%error, "the module was not finalised cleanly");
        }
    }
}

fn initialise(pkcs11: &Pkcs11) -> Result<()> {
    match pkcs11.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
        Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => Ok(()),
        Err(error) => Err(meaning(error)),
    }
}

/// What a module's error means for the person.
pub(super) fn meaning(error: Error) -> TokenError {
    match error {
        Error::Pkcs11(RvError::TokenNotPresent | RvError::DeviceRemoved, _) => TokenError::Removed,
        Error::Pkcs11(RvError::PinLocked, _) => TokenError::PinBlocked,
        Error::Pkcs11(RvError::PinExpired | RvError::UserPinNotInitialized, _) => TokenError::PinNotSet,
        Error::Pkcs11(RvError::TokenNotRecognized, _) => TokenError::ForeignCard,
        Error::Pkcs11(
            reason @ (RvError::DeviceError
            | RvError::FunctionFailed
            | RvError::GeneralError
            | RvError::SessionClosed
            | RvError::SessionHandleInvalid),
            call,
        ) => TokenError::Reader(format!("{call:?}: {reason:?}")),
        // The standard's sentences behind `Display` are for programmers; the names are short.
        Error::Pkcs11(reason, call) => TokenError::Module(format!("{call:?}: {reason:?}")),
        other => TokenError::Module(other.to_string()),
    }
}

/// A job that panicked must not keep the module from the next one.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
