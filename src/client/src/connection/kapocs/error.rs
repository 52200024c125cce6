//! Why a call of the protocol gave no result, and what that means to the use cases.

use domain::Explain;
use protocol::{Problem, ProblemCode};

use crate::bank::{BankError, Refusal, Says};

/// Why a call gave no result, in the protocol's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// No connection came about: nothing was sent.
    #[error("the bank cannot be reached: {0}")]
    Unreachable(String),
    /// The server is not the bank that the connection file names.
    #[error("the server is not the bank of the connection file: {0}")]
    Untrusted(String),
    /// The connection ended or time ran out; the call may or may not have arrived.
    #[error("the answer was lost: {0}")]
    AnswerLost(String),
    /// The bank answered something that is not its protocol.
    #[error("the bank's answer cannot be understood: {0}")]
    Nonsense(String),
    /// The bank refused, and said why.
    #[error("the bank refused: {}", .0.title)]
    Refused(Box<Problem>),
}

impl CallError {
    /// The error as the use cases know it; `says` tells what the codes of the call in question mean, beside those that
    /// mean the same of every call.
    pub(super) fn sorted(self, says: impl FnOnce(ProblemCode) -> Says) -> BankError {
        match self {
            Self::Unreachable(text) => BankError::Unreachable(text),
            Self::Untrusted(text) => BankError::Untrusted(text),
            Self::AnswerLost(text) => BankError::AnswerLost(text),
            Self::Nonsense(text) => BankError::Nonsense(text),
            Self::Refused(problem) => {
                tracing::debug!(%problem, "the bank refused");
                let says = match problem.code {
                    ProblemCode::SessionExpired => Says::SessionOver,
                    ProblemCode::ClientOutdated => Says::ProgramOutdated,
                    ProblemCode::CursorInvalid => Says::CursorUnknown,
                    code => says(code),
                };
                let code = Explain::code(&problem.code);
                Refusal { code, detail: problem.detail.unwrap_or(problem.title), says }.into()
            }
        }
    }
}

/// Of a call that only asks: nothing can have been done.
pub(crate) fn asking(error: CallError) -> BankError {
    error.sorted(|_| Says::NotDone)
}

/// Of a submission.
pub(super) fn submitting(error: CallError) -> BankError {
    error.sorted(|code| final_if(code.refuses_package()))
}

/// Of a call about the shared area. A bank in trouble says nothing of a request of the same identifiers that may have
/// arrived before, and neither does a refusal of whoever asks: the bank hides from one user what another one parked or
/// took over.
pub(super) fn sharing(error: CallError) -> BankError {
    use ProblemCode as P;
    error.sorted(|code| match code {
        P::Internal | P::RateLimited | P::NotFound | P::Unknown => Says::NothingOfIt,
        P::NotPermitted | P::SharedUnknown | P::SharedNotYours | P::LoginUserLocked => Says::NotForUser,
        _ => Says::NotDone,
    })
}

/// Of a wish for new certificates: whether the bank will never say yes to these bytes.
pub(super) fn renewing(error: CallError) -> BankError {
    use ProblemCode as P;
    error.sorted(|code| {
        final_if(matches!(
            code,
            P::RenewalDocumentInvalid
                | P::RenewalSignatureInvalid
                | P::RenewalCertificate
                | P::RenewalSigner
                | P::RenewalDeviceUnknown
                | P::RenewalTooEarly
                | P::RenewalKeyInvalid
                | P::RenewalKeyReused
                | P::RenewalIdConflict
                // The bank has put another renewal in its place.
                | P::RenewalUnknown
        ))
    })
}

fn final_if(is_final: bool) -> Says {
    if is_final { Says::NotDone } else { Says::NothingOfIt }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(code: ProblemCode, sorted: fn(CallError) -> BankError) -> Option<Says> {
        sorted(CallError::Refused(Box::new(code.into()))).says()
    }

    #[test]
    fn only_a_refusal_of_the_package_ends_its_submission() {
        for code in ProblemCode::ALL {
            let ends = says(*code, submitting) == Some(Says::NotDone);
            assert_eq!(ends, code.refuses_package(), "{}", code.name());
        }
    }

    #[test]
    fn a_bank_in_trouble_says_nothing_of_a_handing_over() {
        for code in
            [ProblemCode::Internal, ProblemCode::RateLimited, ProblemCode::NotFound, ProblemCode::Unknown]
        {
            assert_eq!(says(code, sharing), Some(Says::NothingOfIt));
        }
        assert_eq!(says(ProblemCode::SharedTakenOver, sharing), Some(Says::NotDone));
    }

    #[test]
    fn what_the_bank_hides_from_one_user_is_told_apart_from_what_it_did_not_do() {
        use ProblemCode as P;
        for code in [P::NotPermitted, P::SharedUnknown, P::SharedNotYours, P::LoginUserLocked] {
            assert_eq!(says(code, sharing), Some(Says::NotForUser), "{}", code.name());
        }
    }

    #[test]
    fn the_end_of_a_session_is_told_by_every_call() {
        for sorted in [asking, submitting, sharing, renewing] {
            assert_eq!(says(ProblemCode::SessionExpired, sorted), Some(Says::SessionOver));
            assert_eq!(says(ProblemCode::ClientOutdated, sorted), Some(Says::ProgramOutdated));
        }
    }
}
