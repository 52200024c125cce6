//! Exit codes: scripts rely on them, so they never change.

use std::process::ExitCode;

use client::ClientError;

/// What a run came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// Done.
    Done = 0,
    /// Something else failed.
    Other = 1,
    // 2 belongs to the argument parser: the command line is wrong.
    /// The input is wrong: fields, files, rows, or the package's state does not allow it.
    Input = 3,
    /// The token or the PIN.
    Token = 4,
    /// The bank cannot be reached, or its answer was lost: the package's fate is not known.
    Bank = 5,
    /// The bank refused: the login, the package, or orders of it.
    Refused = 6,
    /// The local database.
    Store = 7,
}

/// Shown below `--help`.
pub const HELP: &str = "Exit codes: 0 done; 1 other failure; 2 wrong command line; 3 wrong input (fields, file, \
package state); 4 token or PIN; 5 bank unreachable or answer lost; 6 refused by the bank; 7 local database.";

impl From<Code> for ExitCode {
    fn from(code: Code) -> Self {
        Self::from(code as u8)
    }
}

impl Code {
    /// The code of a failure.
    pub fn of(error: &ClientError) -> Self {
        match error {
            ClientError::Store(_) => Self::Store,
            ClientError::Token(_)
            | ClientError::Certificate(_)
            | ClientError::PinRule(_)
            | ClientError::PinsDiffer
            | ClientError::PinSetAlready
            | ClientError::UnblockCode(_)
            | ClientError::Renewal(_)
            | ClientError::SoftwareTokenForbidden => Self::Token,
            ClientError::NotSignable { why, .. } => Self::of(why),
            ClientError::Bank(client::bank::BankError::Refused(_)) | ClientError::SharedTakenBy { .. } => {
                Self::Refused
            }
            ClientError::Bank(_) | ClientError::NotLoggedIn | ClientError::SharedAwaited => Self::Bank,
            ClientError::Internal | ClientError::Demo(_) | ClientError::Receipt(_) => Self::Other,
            _ => Self::Input,
        }
    }
}
