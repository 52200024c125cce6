//! Why it is not clear which bank or customer is meant.

use domain::Explain;

/// Why it is not clear which bank or customer is meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChoiceError {
    /// Several connections could be meant.
    #[error("which bank: {}", .choices.join(", "))]
    WhichBank {
        /// Their names.
        choices: Vec<String>,
    },
    /// No connection is called so.
    #[error("no bank is called {asked}")]
    NoSuchBank {
        /// What was asked for.
        asked: String,
        /// The names that there are.
        choices: Vec<String>,
    },
    /// Several customers could be meant.
    #[error("which customer: {}", .choices.join(", "))]
    WhichCustomer {
        /// Their banks, names and numbers.
        choices: Vec<String>,
    },
    /// No customer is called so.
    #[error("no customer is called {asked}")]
    NoSuchCustomer {
        /// What was asked for.
        asked: String,
        /// Banks, names and numbers of those that there are.
        choices: Vec<String>,
    },
}

impl Explain for ChoiceError {
    fn code(&self) -> &'static str {
        match self {
            Self::WhichBank { .. } => "choice-which-bank",
            Self::NoSuchBank { .. } => "choice-no-such-bank",
            Self::WhichCustomer { .. } => "choice-which-customer",
            Self::NoSuchCustomer { .. } => "choice-no-such-customer",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::WhichBank { choices } | Self::WhichCustomer { choices } => {
                vec![("choices", choices.join("; "))]
            }
            Self::NoSuchBank { asked, choices } | Self::NoSuchCustomer { asked, choices } => {
                vec![("asked", asked.clone()), ("choices", choices.join("; "))]
            }
        }
    }
}
