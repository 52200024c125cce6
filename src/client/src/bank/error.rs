//! Why a call to the bank gave no result.

use domain::Explain;

/// Why a call to the bank gave no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BankError {
    /// No connection came about: nothing was sent.
    #[error("the bank cannot be reached: {0}")]
    Unreachable(String),
    /// Whoever answered is not the bank that the connection's data names.
    #[error("the server is not the bank of the connection file: {0}")]
    Untrusted(String),
    /// The connection ended or time ran out; the call may or may not have arrived.
    #[error("the answer was lost: {0}")]
    AnswerLost(String),
    /// The bank answered something that cannot be understood.
    #[error("the bank's answer cannot be understood: {0}")]
    Nonsense(String),
    /// The bank refused, and said why.
    #[error("the bank refused: {}", .0.code)]
    Refused(Box<Refusal>),
}

/// The bank's no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why: the stable code, also the key of its text.
    pub code: &'static str,
    /// What exactly, in the bank's words: for logs and small print, never for decisions.
    pub detail: String,
    /// What follows from it for what was asked.
    pub says: Says,
}

/// What a refusal says of what was asked. Every kind of connection sorts its bank's codes into these, so that the use
/// cases decide alike whatever the bank speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Says {
    /// It was not done and will not be, also not by an earlier asking under the same identifiers.
    NotDone,
    /// It is not for this user: this asking did nothing. What an earlier asking under the same identifiers did, perhaps
    /// another user's, is not told to this one.
    NotForUser,
    /// Nothing of what an earlier asking under the same identifiers may have done.
    NothingOfIt,
    /// The session has ended.
    SessionOver,
    /// The bank takes this version of the program no more.
    ProgramOutdated,
    /// The bank does not know (any more) the cursor that it was asked with.
    CursorUnknown,
}

impl Refusal {
    /// A refusal whose code says all.
    pub fn new(code: &'static str, says: Says) -> Self {
        Self { code, detail: code.replace('-', " "), says }
    }
}

impl From<Refusal> for BankError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl BankError {
    /// Whether nothing came from the bank: then nothing will come of the next call either. Anything else is about what
    /// was asked.
    pub(crate) fn is_silence(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::Untrusted(_) | Self::AnswerLost(_))
    }

    /// What the bank's refusal says, if it refused.
    pub fn says(&self) -> Option<Says> {
        match self {
            Self::Refused(refusal) => Some(refusal.says),
            _ => None,
        }
    }
}

impl Explain for BankError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "bank-unreachable",
            Self::Untrusted(_) => "bank-untrusted",
            Self::AnswerLost(_) => "bank-answer-lost",
            Self::Nonsense(_) => "bank-nonsense",
            Self::Refused(refusal) => refusal.code,
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        let detail = match self {
            Self::Unreachable(text)
            | Self::Untrusted(text)
            | Self::AnswerLost(text)
            | Self::Nonsense(text) => text,
            Self::Refused(refusal) => &refusal.detail,
        };
        vec![("detail", detail.clone())]
    }
}
