//! Files in and out: the package document, pain.001, Electra's HUF XML and files of partners.
//!
//! - [`package_document`]: the bytes that are signed, with one pain.001 or self-administration orders inside.
//! - [`pain001`]: ISO 20022 credit transfers; written strictly, imported tolerantly.
//! - [`electra_xml`]: Electra's `HUFTransactions`, both ways.
//! - [`partners_dat`]: partners and templates of the master data, for the web client and other seats.
//! - [`partners_table`], [`partners_vcard`]: partners as CSV, XLSX and vCard.
//! - [`import`]: what every importer gives: rows with their warnings and problems, and an end that says
//!   whether the file was complete.
//!
//! Every reader streams: memory does not grow with the file, and a hostile file (an entity bomb, a line of
//! 2 GB, wrong bytes) ends in a [`FormatError`] that names the line. Nothing here opens files, knows the
//! time or stores anything.

#![warn(missing_docs)]

mod detect;
pub mod electra_xml;
mod encoding;
mod error;
mod foreign;
pub mod import;
mod legacy_text;
pub mod package_document;
pub mod package_file;
pub mod pain001;
pub mod partners;
pub mod partners_dat;
pub mod partners_table;
pub mod partners_vcard;
mod row;
mod source;
mod strict;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod testing_administration;
#[cfg(test)]
mod testing_partners;
#[cfg(test)]
mod texts_tests;
mod write;
mod xml;

pub use detect::{Detected, PainVersion, detect};
pub use encoding::Encoding;
pub use error::FormatError;
pub use foreign::Foreign;

/// Result of this crate's functions.
pub type Result<T> = std::result::Result<T, FormatError>;
