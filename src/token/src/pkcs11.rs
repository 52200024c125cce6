//! Tokens behind a vendor's PKCS#11 module (OASIS PKCS #11 v2.40, "Cryptoki"): the bank's USB tokens that are
//! neither PIV nor GIDS, and whatever else comes with such a driver.
//!
//! The module is a library of the vendor, named by its full path. Examples, only to help in finding it:
//! `C:\Windows\System32\eTPKCS11.dll` (SafeNet eToken, IDPrime), `C:\Windows\System32\eps2003csp11.dll`
//! (ePass2003), `C:\Program Files\OpenSC Project\OpenSC\pkcs11\opensc-pkcs11.dll`,
//! `C:\Program Files\Yubico\Yubico PIV Tool\bin\libykcs11.dll`; on Linux
//! `/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so`, `/usr/lib/libeToken.so`. Its bits must be those of this program
//! (64). Windows looks for further libraries of a module that lies outside `System32` in the folders of `PATH`,
//! not beside the module.
//!
//! What holds for cards holds here: a PIN is sent once and only to the token that was meant, the token forgets it
//! after each job, every signature is checked. Three things are different. The interface tells no tries counter,
//! only "locked" and "last try", so [`TokenInfo::tries_left`] is 0, 1 or unknown. A module runs inside our
//! process: one that crashes takes the program with it, and one that hangs holds the token thread (not the
//! window). And whether a module notices a token that comes or goes is its own affair: `C_WaitForSlotEvent` is
//! unreliable, so the smart card service's watcher says when to look again, and a token that is no smart card is
//! looked for when it is needed.
//!
//! Not done: PIN pads (`CKF_PROTECTED_AUTHENTICATION_PATH`), unblocking (`C_InitPIN` needs the bank's secret
//! here) and making new keys.

mod module;
mod signing;
mod slots;

use std::path::PathBuf;

use cryptoki::context::Pkcs11;
use cryptoki::error::{Error, RvError};
use cryptoki::types::AuthPin;

use crate::{
    KeyPurpose, Pin, PinChange, PinState, Result, SignRequest, Token, TokenError, TokenInfo, TokenKind,
    TokenProfile, UnblockKind, tries,
};
use module::{Module, meaning};
use slots::Found;

/// A token behind a PKCS#11 module.
pub struct Pkcs11Token {
    path: PathBuf,
    wanted: Option<String>,
    /// Open while it serves. After trouble, and while there is no token, each look begins it anew: some modules
    /// look for readers only then, and others never recover from a restart of the smart card service.
    module: Option<Module>,
}

impl Pkcs11Token {
    /// A token behind the module at `path` (absolute): the one with this label or serial number, or the first
    /// that holds certificates. Nothing is opened yet.
    pub fn new(path: impl Into<PathBuf>, token: Option<String>) -> Self {
        Self { path: path.into(), wanted: token, module: None }
    }

    /// Runs `operation` on the tokens that can be meant; see [`slots::tokens`].
    fn on_tokens<T>(&mut self, operation: impl FnOnce(&Pkcs11, &[Found]) -> Result<T>) -> Result<T> {
        let module = match self.module.take() {
            Some(module) => module,
            None => Module::open(&self.path)?,
        };
        let result = {
            let calls = module.calls();
            slots::tokens(&calls, self.wanted.as_deref()).and_then(|found| operation(&calls, &found))
        };
        let troubled = matches!(
            result,
            Err(TokenError::NoReader
                | TokenError::NoCard
                | TokenError::Removed
                | TokenError::PinOutcomeUnknown
                | TokenError::Reader(_)
                | TokenError::Module(_))
        );
        if !troubled {
            self.module = Some(module);
        }
        result
    }
}

impl Token for Pkcs11Token {
    fn info(&mut self) -> Result<TokenInfo> {
        self.on_tokens(|_, found| found.first().map(info).ok_or(TokenError::NoCard))
    }

    fn sign_each(&mut self, request: &SignRequest, done: &mut dyn FnMut(Vec<u8>)) -> Result<()> {
        self.on_tokens(|calls, found| {
            let token = of_session(found, request.key, request.expected)?;
            if token.pin_state != PinState::InUse {
                return Err(TokenError::PinNotSet);
            }
            tries::may_spend(token.tries_left, token.pin_form, &request.pin, request.last_try_confirmed)?;
            signing::sign(calls, token, request, done)
        })
    }

    fn change_pin(&mut self, change: &PinChange) -> Result<()> {
        self.on_tokens(|calls, found| {
            let token = found.iter().find(|token| token.csn == change.csn).ok_or(TokenError::AnotherCard)?;
            // The first PIN of all is set by the security officer, whose secret we do not have.
            let old = change.old.as_ref().ok_or(TokenError::Unsupported)?;
            tries::may_spend(token.tries_left, token.pin_form, old, change.last_try_confirmed)?;
            if !token.pin_form.fits(&change.new) {
                return Err(TokenError::PinFormat);
            }
            let session = calls.open_rw_session(token.slot).map_err(meaning)?;
            let changed = session.set_pin(&secret(old), &secret(&change.new));
            changed.map_err(|error| pin_refusal(calls, token, error, TokenError::NewPinRefused))
        })
    }
}

/// The token that the session is bound to; without a session, the first with a certificate for the purpose.
fn of_session(found: &[Found], key: KeyPurpose, expected: Option<[u8; 32]>) -> Result<&Found> {
    match expected {
        Some(expected) => found
            .iter()
            .find(|token| token.certificate(key).is_some_and(|own| own.certificate.fingerprint() == expected))
            .ok_or(TokenError::AnotherCard),
        None => {
            found.iter().find(|token| token.certificate(key).is_some()).ok_or(TokenError::KeyMissing(key))
        }
    }
}

fn info(token: &Found) -> TokenInfo {
    let certificate = |key| token.certificate(key).map(|own| own.certificate.clone());
    TokenInfo {
        kind: TokenKind::Card,
        reader: token.reader.clone(),
        csn: token.csn.clone(),
        login: certificate(KeyPurpose::Login),
        signing: certificate(KeyPurpose::Signing),
        tries_left: token.tries_left,
        tries_max: None,
        profile: TokenProfile::Pkcs11,
        pin_state: token.pin_state,
        pin_form: token.pin_form,
        unblock: UnblockKind::Unsupported,
        unblock_left: None,
        renewable: false,
    }
}

/// The PIN in the form that the module takes; wiped when dropped.
fn secret(pin: &Pin) -> AuthPin {
    AuthPin::new(pin.expose().into())
}

/// What it means that a call with a PIN failed; `form` says what a PIN of an impossible form means there.
fn pin_refusal(calls: &Pkcs11, token: &Found, error: Error, form: TokenError) -> TokenError {
    match error {
        Error::Pkcs11(RvError::PinIncorrect, _) => match slots::tries_left(calls, token.slot) {
            Some(0) => TokenError::PinBlocked,
            Some(left) => TokenError::PinWrong { left },
            None => TokenError::PinWrongUncounted,
        },
        Error::Pkcs11(RvError::PinInvalid | RvError::PinLenRange | RvError::PinTooWeak, _) => form,
        Error::Pkcs11(
            RvError::DeviceError
            | RvError::DeviceMemory
            | RvError::DeviceRemoved
            | RvError::FunctionCanceled
            | RvError::FunctionFailed
            | RvError::GeneralError
            | RvError::HostMemory
            | RvError::TokenNotPresent,
            call,
        ) => {
            let gone = slots::is_gone(calls, token.slot);
            tracing::warn!(?call, gone, "the token did not say whether the PIN was right");
            TokenError::PinOutcomeUnknown
        }
        Error::Pkcs11(
            RvError::FunctionNotSupported | RvError::SessionReadOnly | RvError::TokenWriteProtected,
            _,
        ) => TokenError::Unsupported,
        other => slots::explain(calls, token.slot, meaning(other)),
    }
}
