//! The software token: a key file with a tries counter beside it.
//!
//! The counter makes a person's mistakes behave as on a card. It does not stop someone who copies
//! the file; against that stands the key file's slow key derivation. So the window always says when
//! a token is only software.
//!
//! Beside the key file `F` lie `F.tries`, `F.lock` (held while something happens, so that two programs
//! cannot spend the same try) and, during a renewal, the new keys in `F.staged`.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use signature::keyfile::{KeyFile, KeySlot, open_keys, seal_keys};
use signature::{KeyAlgorithm, PrivateKey, SignatureError};
use zeroize::Zeroizing;

use crate::replace::{beside, replace};
use crate::{
    Authorisation, KeyPurpose, NewCertificates, Pin, PinChange, PinForm, PinState, Result, SignRequest,
    StagedKeys, Token, TokenError, TokenInfo, TokenKind, TokenProfile, UnblockKind, tries,
};

/// Tries of a fresh software token, as many as the bank's cards have.
const TRIES: u8 = 5;
/// Largest key file that is read; ours have about 8 KiB.
const MAX_BYTES: u64 = 256 * 1024;
/// PINs as on the bank's cards.
const PIN_FORM: PinForm = PinForm::DIGITS_6_TO_8;

/// A key file as token.
pub struct SoftwareToken {
    path: PathBuf,
}

impl SoftwareToken {
    /// Opens the key file at `path`.
    ///
    /// # Errors
    /// [`TokenError::File`], [`TokenError::KeyFile`].
    pub fn open(path: impl Into<PathBuf>) -> Result<Self> {
        let token = Self { path: path.into() };
        token.lock()?;
        Ok(token)
    }

    /// Reads the key file and holds it against other processes until the returned file is dropped.
    fn lock(&self) -> Result<(File, KeyFile)> {
        // Looked for before, so that a wrong path leaves nothing behind.
        fs::metadata(&self.path).map_err(|reason| TokenError::file(&self.path, &reason))?;
        let path = beside(&self.path, ".lock");
        let lock = || -> io::Result<File> {
            let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path)?;
            file.lock()?;
            Ok(file)
        };
        let locked = lock().map_err(|reason| TokenError::file(&path, &reason))?;
        let text = read(&self.path).map_err(|reason| TokenError::file(&self.path, &reason))?;
        Ok((locked, KeyFile::parse(&text).map_err(TokenError::KeyFile)?))
    }

    /// Tries left. No counter file means none was spent; a counter that makes no sense means that
    /// someone meddled with it, and counts as none left.
    fn tries_left(&self) -> Result<u8> {
        let path = beside(&self.path, ".tries");
        match fs::read_to_string(&path) {
            Ok(text) => Ok(text.trim().parse().ok().filter(|left| *left <= TRIES).unwrap_or(0)),
            Err(reason) if reason.kind() == io::ErrorKind::NotFound => Ok(TRIES),
            Err(reason) => Err(TokenError::file(&path, &reason)),
        }
    }

    fn set_tries_left(&self, left: u8) -> Result<()> {
        replace(&beside(&self.path, ".tries"), format!("{left}\n").as_bytes())
    }

    /// Does something that needs the PIN, and counts.
    fn spend<T>(
        &self,
        pin: &Pin,
        last_try_confirmed: bool,
        attempt: impl FnOnce() -> signature::Result<T>,
    ) -> Result<T> {
        let left = self.tries_left()?;
        tries::may_spend(Some(left), PIN_FORM, pin, last_try_confirmed)?;
        // Spent before the attempt: ending the program in the middle must not give a free one.
        let left = left - 1;
        self.set_tries_left(left)?;
        match attempt() {
            Err(SignatureError::PinWrong) if left == 0 => Err(TokenError::PinBlocked),
            Err(SignatureError::PinWrong) => Err(TokenError::PinWrong { left }),
            done => {
                self.set_tries_left(TRIES)?;
                done.map_err(TokenError::KeyFile)
            }
        }
    }

    /// Refuses any other token than the one that the person saw, and a wrong PIN.
    fn allow(&self, keys: &KeyFile, by: &Authorisation) -> Result<()> {
        if csn(keys) != by.csn {
            return Err(TokenError::AnotherCard);
        }
        self.spend(&by.pin, by.last_try_confirmed, || keys.unlock(by.pin.expose(), KeySlot::Login))?;
        Ok(())
    }

    /// The keys that wait for their certificates. Those under another PIN are of no use any more.
    fn staged(&self, pin: &Pin) -> Result<[PrivateKey; 2]> {
        let path = beside(&self.path, ".staged");
        let text = match read(&path) {
            Err(reason) if reason.kind() == io::ErrorKind::NotFound => {
                return Err(TokenError::KeyMissing(KeyPurpose::Login));
            }
            text => text.map_err(|reason| TokenError::file(&path, &reason))?,
        };
        match open_keys(&text, pin.expose()) {
            Err(SignatureError::PinWrong) => Err(TokenError::KeyMissing(KeyPurpose::Login)),
            keys => keys.map_err(TokenError::KeyFile),
        }
    }

    fn keep_staged(&self, login: &PrivateKey, signing: &PrivateKey, pin: &Pin) -> Result<()> {
        let text = seal_keys(login, signing, pin.expose()).map_err(TokenError::KeyFile)?;
        replace(&beside(&self.path, ".staged"), text.as_bytes())
    }

    fn forget_staged(&self) -> Result<()> {
        let path = beside(&self.path, ".staged");
        match fs::remove_file(&path) {
            Err(reason) if reason.kind() != io::ErrorKind::NotFound => Err(TokenError::file(&path, &reason)),
            _ => Ok(()),
        }
    }
}

impl Token for SoftwareToken {
    fn info(&mut self) -> Result<TokenInfo> {
        let (_locked, keys) = self.lock()?;
        Ok(TokenInfo {
            kind: TokenKind::Software,
            reader: self.path.display().to_string(),
            csn: csn(&keys),
            login: Some(keys.certificate(KeySlot::Login).clone()),
            signing: Some(keys.certificate(KeySlot::Signing).clone()),
            tries_left: Some(self.tries_left()?),
            tries_max: Some(TRIES),
            profile: TokenProfile::KeyFile,
            pin_state: PinState::InUse,
            pin_form: PIN_FORM,
            unblock: UnblockKind::Unsupported,
            unblock_left: None,
            renewable: true,
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
        let pin = &request.pin;
        let key = self.spend(pin, request.last_try_confirmed, || keys.unlock(pin.expose(), slot))?;
        for digest in &request.digests {
            done(key.sign_digest(digest).map_err(TokenError::KeyFile)?);
        }
        Ok(())
    }

    fn change_pin(&mut self, change: &PinChange) -> Result<()> {
        let (_locked, keys) = self.lock()?;
        if csn(&keys) != change.csn {
            return Err(TokenError::AnotherCard);
        }
        let (Some(old), true) = (&change.old, PIN_FORM.fits(&change.new)) else {
            return Err(TokenError::PinFormat);
        };
        let text =
            self.spend(old, change.last_try_confirmed, || keys.with_pin(old.expose(), change.new.expose()))?;
        match self.staged(old) {
            Ok([login, signing]) => self.keep_staged(&login, &signing, &change.new)?,
            Err(TokenError::KeyMissing(_)) => {}
            Err(error) => return Err(error),
        }
        replace(&self.path, text.as_bytes())
    }

    fn stage_keys(&mut self, by: &Authorisation) -> Result<StagedKeys> {
        let (_locked, keys) = self.lock()?;
        self.allow(&keys, by)?;
        let alike = |slot| match keys.certificate(slot).key_algorithm() {
            KeyAlgorithm::Rsa { .. } => PrivateKey::generate_rsa(),
            KeyAlgorithm::P256 => Ok(PrivateKey::generate_p256()),
        };
        let login = alike(KeySlot::Login).map_err(TokenError::KeyFile)?;
        let signing = alike(KeySlot::Signing).map_err(TokenError::KeyFile)?;
        let public = StagedKeys {
            login: login.public_key_der().map_err(TokenError::KeyFile)?,
            signing: signing.public_key_der().map_err(TokenError::KeyFile)?,
        };
        self.keep_staged(&login, &signing, &by.pin)?;
        Ok(public)
    }

    fn prove_staged(
        &mut self,
        by: &Authorisation,
        login: &[u8; 32],
        signing: &[u8; 32],
    ) -> Result<[Vec<u8>; 2]> {
        let (_locked, keys) = self.lock()?;
        self.allow(&keys, by)?;
        let [login_key, signing_key] = self.staged(&by.pin)?;
        let sign = |key: &PrivateKey, digest| key.sign_digest(digest).map_err(TokenError::KeyFile);
        Ok([sign(&login_key, login)?, sign(&signing_key, signing)?])
    }

    fn install_staged(&mut self, by: &Authorisation, new: &NewCertificates) -> Result<()> {
        let (_locked, keys) = self.lock()?;
        let slots = [(KeySlot::Login, &new.login), (KeySlot::Signing, &new.signing)];
        if slots.iter().all(|(slot, certificate)| keys.certificate(*slot) == *certificate) {
            // Done before; only the last step may be missing.
            return self.forget_staged();
        }
        self.allow(&keys, by)?;
        let [login, signing] = self.staged(&by.pin)?;
        for (key, certificate, purpose) in
            [(&login, &new.login, KeyPurpose::Login), (&signing, &new.signing, KeyPurpose::Signing)]
        {
            if !key.belongs_to(certificate) {
                return Err(TokenError::KeyMissing(purpose));
            }
        }
        let text = KeyFile::create((&login, &new.login), (&signing, &new.signing), by.pin.expose());
        replace(&self.path, text.map_err(TokenError::KeyFile)?.as_bytes())?;
        self.forget_staged()
    }
}

/// A key file has no number of its own; its login certificate tells it apart.
fn csn(keys: &KeyFile) -> String {
    hex::encode_upper(&keys.certificate(KeySlot::Login).fingerprint()[..8])
}

fn read(path: &Path) -> io::Result<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::new());
    File::open(path)?.take(MAX_BYTES).read_to_string(&mut text)?;
    Ok(text)
}
