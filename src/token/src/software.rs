//! The software token: a key file with a tries counter beside it.
//!
//! The counter makes a person's mistakes behave as on a card. It does not stop someone who copies
//! the file; against that stands the key file's slow key derivation. So the window always says when
//! a token is only software.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use signature::SignatureError;
use signature::keyfile::{KeyFile, KeySlot};

use crate::{
    KeyPurpose, PinForm, PinState, Result, SignRequest, Token, TokenError, TokenInfo, TokenKind,
    TokenProfile, UnblockKind, tries,
};

/// Tries of a fresh software token, as many as the bank's cards have.
const TRIES: u8 = 5;
/// Largest key file that is read; ours have about 8 KiB.
const MAX_BYTES: u64 = 256 * 1024;

/// A key file as token.
pub struct SoftwareToken {
    path: PathBuf,
    tries_path: PathBuf,
}

impl SoftwareToken {
    /// Opens the key file at `path`; the counter lies in `<path>.tries`.
    ///
    /// # Errors
    /// [`TokenError::File`], [`TokenError::KeyFile`].
    pub fn open(path: impl Into<PathBuf>) -> Result<Self> {
        let path = path.into();
        let mut name = path.clone().into_os_string();
        name.push(".tries");
        let token = Self { path, tries_path: name.into() };
        token.lock()?;
        Ok(token)
    }

    /// Reads the key file and holds it against other processes until the returned file is dropped,
    /// so that two of them cannot spend the same try.
    fn lock(&self) -> Result<(File, KeyFile)> {
        let read = || -> io::Result<(File, String)> {
            let file = File::open(&self.path)?;
            file.lock()?;
            let mut text = String::new();
            (&file).take(MAX_BYTES).read_to_string(&mut text)?;
            Ok((file, text))
        };
        let (file, text) = read().map_err(|reason| TokenError::file(&self.path, &reason))?;
        Ok((file, KeyFile::parse(&text).map_err(TokenError::KeyFile)?))
    }

    /// Tries left. No counter file means none was spent; a counter that makes no sense means that
    /// someone meddled with it, and counts as none left.
    fn tries_left(&self) -> Result<u8> {
        match std::fs::read_to_string(&self.tries_path) {
            Ok(text) => Ok(text.trim().parse().ok().filter(|left| *left <= TRIES).unwrap_or(0)),
            Err(reason) if reason.kind() == io::ErrorKind::NotFound => Ok(TRIES),
            Err(reason) => Err(TokenError::file(&self.tries_path, &reason)),
        }
    }

    /// Writes the counter so that it survives a power cut: new file, flushed, put in place.
    fn set_tries_left(&self, left: u8) -> Result<()> {
        let mut name = self.tries_path.clone().into_os_string();
        name.push(".new");
        let new = PathBuf::from(name);
        let write = || -> io::Result<()> {
            let mut file = File::create(&new)?;
            writeln!(file, "{left}")?;
            file.sync_all()?;
            std::fs::rename(&new, &self.tries_path)?;
            sync_directory(&self.tries_path)
        };
        write().map_err(|reason| TokenError::file(&self.tries_path, &reason))
    }
}

impl Token for SoftwareToken {
    fn info(&mut self) -> Result<TokenInfo> {
        let (_locked, keys) = self.lock()?;
        let login = keys.certificate(KeySlot::Login).clone();
        Ok(TokenInfo {
            kind: TokenKind::Software,
            reader: self.path.display().to_string(),
            csn: hex::encode_upper(&login.fingerprint()[..8]),
            login: Some(login),
            signing: Some(keys.certificate(KeySlot::Signing).clone()),
            tries_left: Some(self.tries_left()?),
            tries_max: Some(TRIES),
            profile: TokenProfile::KeyFile,
            pin_state: PinState::InUse,
            pin_form: PinForm::DIGITS_6_TO_8,
            unblock: UnblockKind::Unsupported,
            unblock_left: None,
            renewable: false,
        })
    }

    fn sign_each(&mut self, request: &SignRequest, done: &mut dyn FnMut(Vec<u8>)) -> Result<()> {
        let (_locked, keys) = self.lock()?;
        let slot = match request.key {
            KeyPurpose::Login => KeySlot::Login,
            KeyPurpose::Signing => KeySlot::Signing,
        };
        if request.expected.is_some_and(|expected| expected != keys.certificate(slot).fingerprint()) {
            return Err(TokenError::AnotherCard);
        }
        let left = self.tries_left()?;
        tries::may_spend(Some(left), PinForm::DIGITS_6_TO_8, &request.pin, request.last_try_confirmed)?;
        // Spent before the attempt: ending the program in the middle must not give a free one.
        let left = left - 1;
        self.set_tries_left(left)?;
        let key = match keys.unlock(request.pin.expose(), slot) {
            Err(SignatureError::PinWrong) if left == 0 => return Err(TokenError::PinBlocked),
            Err(SignatureError::PinWrong) => return Err(TokenError::PinWrong { left }),
            opened => {
                self.set_tries_left(TRIES)?;
                opened.map_err(TokenError::KeyFile)?
            }
        };
        for digest in &request.digests {
            done(key.sign_digest(digest).map_err(TokenError::KeyFile)?);
        }
        Ok(())
    }
}

#[cfg(unix)]
fn sync_directory(file: &Path) -> io::Result<()> {
    let directory = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(directory)?.sync_all()
}

/// Directories cannot be flushed on their own here; the system orders the renaming itself.
#[cfg(not(unix))]
fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}
