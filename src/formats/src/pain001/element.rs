//! The elements of pain.001 that the importer knows, as small values that paths can be matched with.

/// An element. The variants are the standard's own names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Element {
    Document,
    /// `CstmrCdtTrfInitn`.
    Message,
    GrpHdr,
    CreDtTm,
    NbOfTxs,
    CtrlSum,
    PmtInf,
    PmtMtd,
    BtchBookg,
    PmtTpInf,
    InstrPrty,
    SvcLvl,
    LclInstrm,
    CtgyPurp,
    Cd,
    Prtry,
    ReqdExctnDt,
    Dt,
    DtTm,
    DbtrAcct,
    CdtrAcct,
    Id,
    Iban,
    Othr,
    UltmtDbtr,
    Nm,
    /// `CdtTrfTxInf`.
    Transaction,
    PmtId,
    InstrId,
    EndToEndId,
    Amt,
    InstdAmt,
    EqvtAmt,
    Cdtr,
    PstlAdr,
    Ctry,
    Prxy,
    RgltryRptg,
    Dtls,
    RmtInf,
    Ustrd,
    Strd,
    RfrdDocInf,
    Nb,
    /// Says something about the payment that an HCT order cannot.
    Foreign,
    /// Anything else; without meaning for an HCT order.
    Other,
}

/// Names in the order of their bytes.
const NAMES: [(&str, Element); 53] = [
    ("Amt", Element::Amt),
    ("BtchBookg", Element::BtchBookg),
    ("Cd", Element::Cd),
    ("CdtTrfTxInf", Element::Transaction),
    ("Cdtr", Element::Cdtr),
    ("CdtrAcct", Element::CdtrAcct),
    ("CdtrRefInf", Element::Foreign),
    ("ChqInstr", Element::Foreign),
    ("CreDtTm", Element::CreDtTm),
    ("CstmrCdtTrfInitn", Element::Message),
    ("CtgyPurp", Element::CtgyPurp),
    ("CtrlSum", Element::CtrlSum),
    ("Ctry", Element::Ctry),
    ("DbtrAcct", Element::DbtrAcct),
    ("Document", Element::Document),
    ("Dt", Element::Dt),
    ("DtTm", Element::DtTm),
    ("Dtls", Element::Dtls),
    ("EndToEndId", Element::EndToEndId),
    ("EqvtAmt", Element::EqvtAmt),
    ("GrpHdr", Element::GrpHdr),
    ("IBAN", Element::Iban),
    ("Id", Element::Id),
    ("InstdAmt", Element::InstdAmt),
    ("InstrForCdtrAgt", Element::Foreign),
    ("InstrForDbtrAgt", Element::Foreign),
    ("InstrId", Element::InstrId),
    ("InstrPrty", Element::InstrPrty),
    ("IntrmyAgt1", Element::Foreign),
    ("LclInstrm", Element::LclInstrm),
    ("Nb", Element::Nb),
    ("NbOfTxs", Element::NbOfTxs),
    ("Nm", Element::Nm),
    ("Othr", Element::Othr),
    ("PmtId", Element::PmtId),
    ("PmtInf", Element::PmtInf),
    ("PmtMtd", Element::PmtMtd),
    ("PmtTpInf", Element::PmtTpInf),
    ("Prtry", Element::Prtry),
    ("Prxy", Element::Prxy),
    ("PstlAdr", Element::PstlAdr),
    ("Purp", Element::Foreign),
    ("ReqdExctnDt", Element::ReqdExctnDt),
    ("RfrdDocInf", Element::RfrdDocInf),
    ("RgltryRptg", Element::RgltryRptg),
    ("RmtInf", Element::RmtInf),
    ("Strd", Element::Strd),
    ("SvcLvl", Element::SvcLvl),
    ("Tax", Element::Foreign),
    ("UltmtCdtr", Element::Foreign),
    ("UltmtDbtr", Element::UltmtDbtr),
    ("Ustrd", Element::Ustrd),
    ("XchgRateInf", Element::Foreign),
];

/// The names as numbers, for searching by halves without comparing texts: a large file asks three million
/// times.
const KEYS: [u128; NAMES.len()] = {
    let mut keys = [0; NAMES.len()];
    let mut index = 0;
    while index < NAMES.len() {
        keys[index] = key(NAMES[index].0);
        index += 1;
    }
    keys
};

/// The bytes of a name of at most 16 as one number, in the same order as the names; longer names give a
/// number that no name has.
const fn key(name: &str) -> u128 {
    let mut bytes = [0; 16];
    match bytes.split_at_mut_checked(name.len()) {
        Some((beginning, _)) => beginning.copy_from_slice(name.as_bytes()),
        None => return 0,
    }
    u128::from_be_bytes(bytes)
}

impl Element {
    pub(crate) fn of_name(name: &str) -> Self {
        KEYS.binary_search(&key(name)).map_or(Self::Other, |index| NAMES[index].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order_so_each_is_found() {
        assert!(KEYS.is_sorted_by(|a, b| a < b));
        for (name, element) in NAMES {
            assert_eq!(Element::of_name(name), element);
        }
        for other in ["Nincs", "", "CstmrCdtTrfInitnX", "Documen", "Documents"] {
            assert_eq!(Element::of_name(other), Element::Other, "{other}");
        }
    }
}
