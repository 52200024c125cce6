//! Everything that can go wrong with a token, told apart as far as a person can act on it.

use signature::SignatureError;

use crate::KeyPurpose;

/// Why a token did not do what was asked. Each variant has a stable [`code`](Self::code) whose text
/// for people stands in `locales/*/errors.ftl`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// No token is configured.
    #[error("no token is configured")]
    NotConfigured,
    /// The machine's smart card service does not run.
    #[error("the smart card service is not running")]
    NoService,
    /// An administrator has switched the smart card service off, so that no token can start it.
    #[error("the smart card service is disabled")]
    ServiceDisabled,
    /// No reader (or not the configured one) is plugged in. A USB token is a reader too.
    #[error("no reader")]
    NoReader,
    /// No service or no reader, in a remote desktop session, which hides the readers of both machines unless it is
    /// told to pass them on.
    #[error("no reader is visible in this remote session")]
    RemoteSession,
    /// The reader is empty.
    #[error("no card in the reader")]
    NoCard,
    /// The card is not one that we know.
    #[error("the card is of an unknown kind")]
    ForeignCard,
    /// Another program keeps the reader for itself.
    #[error("another program uses the reader")]
    ReaderBusy,
    /// The card was pulled during the operation.
    #[error("the card was removed")]
    Removed,
    /// Another program or the system reset the card during the operation.
    #[error("the card was reset")]
    Reset,
    /// The card in the reader is not the one that the session is bound to.
    #[error("another card is in the reader")]
    AnotherCard,
    /// Wrong PIN.
    #[error("wrong PIN, {left} tries left")]
    PinWrong {
        /// Tries that remain.
        left: u8,
    },
    /// Wrong PIN, and the token does not tell how many tries remain.
    #[error("wrong PIN")]
    PinWrongUncounted,
    /// No tries are left.
    #[error("the PIN is blocked")]
    PinBlocked,
    /// One try is left and the person has not confirmed that it may be used. Nothing was sent.
    #[error("the last PIN try needs a confirmation")]
    LastTry,
    /// This token cannot do that.
    #[error("the token cannot do that")]
    Unsupported,
    /// The token must get its holder's own PIN before it is used.
    #[error("the first PIN must be set")]
    PinNotSet,
    /// The token refused the new PIN; the old one holds.
    #[error("the token refused the new PIN")]
    NewPinRefused,
    /// The question of the unblocking does not stand any more: the token was pulled, reset or used by another
    /// program, or too much time went by. Nothing was sent; a new Random is needed.
    #[error("the unblocking must be started anew")]
    UnblockLapsed,
    /// The token refused the bank's answer; it counts.
    #[error("the token refused the code")]
    UnblockCodeWrong {
        /// Unblocking tries that remain, where the token tells.
        left: Option<u8>,
    },
    /// No unblocking tries are left: the token is lost for good.
    #[error("the token can never be unblocked again")]
    UnblockDead,
    /// The new PIN holds, but the next PUK could not be set: tell the bank's clerk.
    #[error("the PIN is set, but the PUK was not replaced")]
    PukNotReplaced,
    /// The PKCS#11 module cannot be loaded or answered something that it should not.
    #[error("PKCS#11 module: {0}")]
    Module(String),
    /// The PIN cannot be one of this token (6 to 8 digits). Nothing was sent.
    #[error("the PIN has a wrong form")]
    PinFormat,
    /// The connection broke after the PIN was sent; whether it counted shows at the next reading.
    #[error("the outcome of the PIN check is unknown")]
    PinOutcomeUnknown,
    /// The token has no such key or certificate.
    #[error("the token has no {0:?} key")]
    KeyMissing(KeyPurpose),
    /// The key is of a kind that the card interface cannot use.
    #[error("the key's kind is not supported")]
    UnsupportedKey,
    /// The card refused a command with this status word (ISO 7816-4).
    #[error("the card refused with status {sw:04X}")]
    CardRefused {
        /// Status word.
        sw: u16,
    },
    /// The card answered something that makes no sense.
    #[error("the card's answer makes no sense: {0}")]
    CardAnswer(&'static str),
    /// Any other trouble between us and the card; the text is the PC/SC error's name.
    #[error("reader error {0}")]
    Reader(String),
    /// The key file or its tries counter cannot be read or written.
    #[error("cannot use {path}: {reason}")]
    File {
        /// The file.
        path: String,
        /// The system's words.
        reason: String,
    },
    /// The key file's contents are wrong.
    #[error("key file: {0}")]
    KeyFile(SignatureError),
    /// The token thread failed on a defect of the program; the token can be used again.
    #[error("internal failure in the token thread")]
    Internal,
    /// The token service has ended.
    #[error("the token service has ended")]
    Stopped,
}

impl TokenError {
    /// The stable code of this error, also the key of its text.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotConfigured => "token-not-configured",
            Self::NoService => "token-no-service",
            Self::ServiceDisabled => "token-service-disabled",
            Self::NoReader => "token-no-reader",
            Self::RemoteSession => "token-remote-session",
            Self::NoCard => "token-no-card",
            Self::ForeignCard => "token-foreign-card",
            Self::ReaderBusy => "token-reader-busy",
            Self::Removed => "token-removed",
            Self::Reset => "token-reset",
            Self::AnotherCard => "token-another-card",
            Self::PinWrong { .. } => "token-pin-wrong",
            Self::PinWrongUncounted => "token-pin-wrong-uncounted",
            Self::PinBlocked => "token-pin-blocked",
            Self::LastTry => "token-last-try",
            Self::Unsupported => "token-unsupported",
            Self::PinNotSet => "token-pin-not-set",
            Self::NewPinRefused => "token-new-pin-refused",
            Self::UnblockLapsed => "token-unblock-lapsed",
            Self::UnblockCodeWrong { .. } => "token-unblock-code-wrong",
            Self::UnblockDead => "token-unblock-dead",
            Self::PukNotReplaced => "token-puk-not-replaced",
            Self::Module(_) => "token-module",
            Self::PinFormat => "token-pin-format",
            Self::PinOutcomeUnknown => "token-pin-outcome-unknown",
            Self::KeyMissing(_) => "token-key-missing",
            Self::UnsupportedKey => "token-unsupported-key",
            Self::CardRefused { .. } => "token-card-refused",
            Self::CardAnswer(_) => "token-card-answer",
            Self::Reader(_) => "token-reader-error",
            Self::File { .. } => "token-file",
            Self::KeyFile(_) => "token-key-file",
            Self::Internal => "token-internal",
            Self::Stopped => "token-stopped",
        }
    }

    /// The error for a file that cannot be used.
    pub(crate) fn file(path: &std::path::Path, reason: &std::io::Error) -> Self {
        Self::File { path: path.display().to_string(), reason: reason.to_string() }
    }
}
