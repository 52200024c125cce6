//! Many customers before one bank, over real TLS on loopback, with the programs' own protocol and the demo's key files:
//! what each of them waits, and what the bank needs for it.
//!
//! Every scene runs against a bank of its own that is made anew, for a bounded time. Calls leave at their moment whether
//! the ones before were answered or not, and their wait is counted from that moment: a bank that is late for one call is
//! late for those behind it, too.

mod bank;
mod figures;
mod person;
mod scenes;

pub use bank::Bank;
pub use figures::{Figures, Waits};
pub use scenes::{Measure, Scene};

/// Why something could not be measured.
pub type Trouble = Box<dyn std::error::Error + Send + Sync>;
pub type Result<T> = std::result::Result<T, Trouble>;
