//! Electra's `HUFTransactions` XML, DTD 1.01 [Electra XML]: domestic HUF transfers of many
//! Hungarian banks' clients.
//!
//! Files in the wild break the format's own limits (names of 70 characters, narrative lines of 35), lack
//! the version, write the decimals with a point; so [`import`] takes all that and names it in warnings,
//! and [`export`] keeps every limit and names what it had to cut. The format has no secondary identifiers,
//! no instant tick and no own reference.

mod export;
mod import;

pub use export::{Export, ExportWarning, ExportWarningKind, export};
pub use import::import;

/// Characters of a name and of a narrative line.
const WIDTH: usize = 32;
/// Lines of narrative.
const LINES: usize = 4;

#[cfg(test)]
mod tests;
