//! Partners and templates in files: the place that writes them and the place that takes them in. Both are reached
//! from "Partnerek", as Electra's users know it [K&H webElectra], not from the navigation.

pub(crate) mod export;
pub(crate) mod import;

use client::PartnerFormat;

use crate::tr;

/// The format's name for people.
fn format_name(format: PartnerFormat) -> String {
    match format {
        PartnerFormat::Dat => "PARTNERS.DAT".to_owned(),
        PartnerFormat::Csv => "CSV".to_owned(),
        PartnerFormat::Xlsx => tr!("partner-files-excel"),
        PartnerFormat::Vcard => "vCard".to_owned(),
    }
}
