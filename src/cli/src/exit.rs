//! Exit codes: scripts rely on them, so they never change.

use std::process::ExitCode;

use client::ClientError;
use client::update::ReleaseError;

/// What a run came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    Done = 0,
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
    Store = 7,
    /// There is a newer version of the program; this one still works.
    Newer = 8,
    /// The bank takes this version of the program no more.
    TooOld = 9,
    /// A release of the program is not believed, or its file is not the one that was signed.
    Release = 10,
    /// Everything was done, but what there was to print could not be written.
    Output = 11,
    /// Everything was done that could be done by now, and the time to wait is over: the bank has not decided yet.
    Undecided = 12,
}

/// Shown below `--help`.
pub const HELP: &str = "Exit codes: 0 done; 1 other failure; 2 wrong command line; 3 wrong input (fields, file, \
package state); 4 token or PIN; 5 bank unreachable or answer lost; 6 refused by the bank; 7 local database; 8 a newer version of this program is \
there; 9 the bank takes this version no more; 10 a release cannot be believed or taken; 11 done, \
but the output could not be written; 12 sent, but the bank has not decided within the time to wait.";

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
            ClientError::Outdated { .. } => Self::TooOld,
            ClientError::Release(ReleaseError::Broken(_) | ReleaseError::Bank(_)) => Self::Bank,
            ClientError::Release(_) => Self::Release,
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
