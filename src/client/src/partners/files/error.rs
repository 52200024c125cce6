//! Why records of a file of partners are not taken.

use domain::Explain;

/// Why records of a file of partners are not taken. None of them was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartnerFileError {
    /// Nothing was chosen.
    #[error("nothing was chosen")]
    NothingChosen,
    /// What is kept here changed since it was shown.
    #[error("the kept records changed after they were shown")]
    KeptChanged,
    /// A choice names what the preview does not have.
    #[error("a choice is impossible")]
    ChoiceImpossible,
    /// Two choices meet in one record.
    #[error("a record was chosen twice")]
    ChosenTwice,
}

impl Explain for PartnerFileError {
    fn code(&self) -> &'static str {
        match self {
            Self::NothingChosen => "partners-nothing-chosen",
            Self::KeptChanged => "partners-kept-changed",
            Self::ChoiceImpossible => "partners-choice-impossible",
            Self::ChosenTwice => "partners-chosen-twice",
        }
    }
}
