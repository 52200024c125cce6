//! How a payment is to be executed, as `PmtTpInf` says it of a group, of one transaction, or of both.
//!
//! The standard wants it in one of the two places; common generators fill both, the second one emptier. So what
//! the transaction says is added to what its group says, element by element, and only a word about the same
//! thing takes the place of the group's. A wish that cannot be kept is named in a warning, never dropped in
//! silence: an instant transfer that goes out in a cycle arrives too late.

use domain::key;

use super::element::Element as E;
use super::vocabulary::{INSTANT, VIBER};
use crate::import::WarningKind;
use crate::row::{RowBuilder, tidy};

/// Characters of a file's word that a warning repeats; the standard's own codes have at most 35.
const WORD: usize = 35;
/// The level that generators write into every file; it says nothing of a domestic transfer.
const FILLER: &str = "SEPA";

/// What one level says; `None` where it says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Instruction {
    /// `InstrPrty`: whether it is `HIGH`.
    high: Option<bool>,
    /// `SvcLvl`: whether it is the RTGS system.
    viber: Option<bool>,
    /// `LclInstrm`: whether it is instant.
    instant: Option<bool>,
}

impl Instruction {
    /// Takes an element below `PmtTpInf`; `path` is what stands between. What no domestic transfer can have is
    /// named in `row`.
    pub(super) fn leaf(&mut self, row: &mut RowBuilder, path: &[E], element: E, text: &str, line: u64) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let mut left_out = |name: &str, ordinary: bool| {
            if !ordinary {
                let word: String = tidy(text).chars().take(WORD).collect();
                row.warn(line, None, WarningKind::LeftOut { element: format!("{name} {word}") });
            }
        };
        match (path, element) {
            ([], E::InstrPrty) => {
                self.high = Some(text == "HIGH");
                left_out("InstrPrty", text == "HIGH" || text == "NORM");
            }
            ([E::SvcLvl], E::Cd | E::Prtry) => {
                let viber = text == VIBER || text == "URGP";
                // Several levels may be named, and an ordinary one takes nothing away from the others.
                if text != FILLER {
                    self.viber = Some(viber || self.viber == Some(true));
                }
                left_out("SvcLvl", viber || text == FILLER || text == "NURG");
            }
            ([E::LclInstrm], E::Cd | E::Prtry) => {
                self.instant = Some(text == INSTANT);
                left_out("LclInstrm", text == INSTANT);
            }
            ([E::CtgyPurp], E::Cd | E::Prtry) => left_out("CtgyPurp", false),
            _ => {}
        }
    }

    /// What the group and one of its transactions say together, ticked in the transaction's row.
    pub(super) fn settle(group: Self, transaction: Self, row: &mut RowBuilder) {
        let line = row.line;
        let mut both = |narrow: Option<bool>, wide: Option<bool>, wish: &str| {
            if (narrow, wide) == (Some(false), Some(true)) {
                row.warn(line, None, WarningKind::LeftOut { element: format!("PmtInf/PmtTpInf {wish}") });
            }
            narrow.or(wide).unwrap_or_default()
        };
        let high = both(transaction.high, group.high, "InstrPrty HIGH");
        let viber = both(transaction.viber, group.viber, "SvcLvl VIBER");
        let instant = both(transaction.instant, group.instant, "LclInstrm INST");
        // Nothing is faster than an instant transfer, so a high priority beside it asks for nothing more. Alone
        // it can only mean VIBER, as the banks' own clients write it; that costs more, so it is said.
        let only_high = high && !viber && !instant;
        if only_high {
            row.warn(line, Some(key::URGENCY), WarningKind::HighIsViber);
        }
        row.draft.values.tick(key::INSTANT, instant);
        row.draft.values.tick(key::URGENCY, viber || only_high);
    }
}
