//! The fixed words of the mapping, in one place for writer, strict reader and importer.

use domain::secondary_id::SecondaryIdKind;

/// Namespace of version 9, which we write.
pub(crate) const NAMESPACE_09: &str = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";
/// Namespace of version 3, which we read too.
pub(crate) const NAMESPACE_03: &str = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03";
/// Stands where the standard demands a value and there is none.
pub(crate) const NOT_PROVIDED: &str = "NOTPROVIDED";
/// Type of the referred document that carries the document number.
pub(crate) const DOCUMENT_NUMBER_TYPE: &str = "BIZONYLATSZAM";
/// Service level of the RTGS system.
pub(crate) const VIBER: &str = "VIBER";
/// Local instrument of instant transfers (ISO external code list).
pub(crate) const INSTANT: &str = "INST";

/// Element (`Cd` or `Prtry`) and value that name a kind of secondary identifier.
pub(crate) fn proxy_type(kind: SecondaryIdKind) -> (&'static str, &'static str) {
    match kind {
        SecondaryIdKind::Mobile => ("Cd", "TELE"),
        SecondaryIdKind::Email => ("Cd", "EMAL"),
        SecondaryIdKind::TaxNumber => ("Prtry", "HU-TAX-NUMBER"),
        SecondaryIdKind::TaxId => ("Prtry", "HU-TAX-ID"),
    }
}
