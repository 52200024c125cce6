//! Narrative ("közlemény") and how much of it reaches the payee through which carrier.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text::{TextError, clean};

/// Narrative of an order: at most 140 allowed characters, one line; may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Narrative(String);

/// What carries an order away; each keeps another part of the narrative [Electra XML] [PAYORD] [K&H import]
/// [UniCredit PAY] [GIRO batch] [MNB QR].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Carrier {
    /// The package's own document with pain.001 inside: one `Ustrd` of 140.
    Package,
    /// Electra XML `HUFTransactions`: four lines of 32.
    ElectraXml,
    /// Electra PAYORD `.HUF`: 96.
    Payord,
    /// K&H "IV." CSV: 140.
    KhCsv,
    /// UniCredit `.PAY`: three lines of 32.
    UniCreditPay,
    /// GIRO batch: 70 in the file, of which 18 reach the payee's bank.
    GiroBatch,
    /// MNB QR code: 70.
    MnbQr,
}

impl Carrier {
    /// All carriers.
    pub const ALL: [Self; 7] = [
        Self::Package,
        Self::ElectraXml,
        Self::Payord,
        Self::KhCsv,
        Self::UniCreditPay,
        Self::GiroBatch,
        Self::MnbQr,
    ];

    /// Characters of the narrative that arrive.
    pub fn narrative_length(self) -> usize {
        match self {
            Self::Package | Self::KhCsv => 140,
            Self::ElectraXml => 128,
            Self::Payord | Self::UniCreditPay => 96,
            Self::GiroBatch => 18,
            Self::MnbQr => 70,
        }
    }
}

impl Narrative {
    /// Characters that fit.
    pub const MAX: usize = 140;

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The part that arrives through `carrier`.
    pub fn through(&self, carrier: Carrier) -> &str {
        let end = self.0.char_indices().nth(carrier.narrative_length()).map_or(self.0.len(), |(i, _)| i);
        &self.0[..end]
    }

    /// Whether all of it arrives through `carrier`.
    pub fn fits(&self, carrier: Carrier) -> bool {
        self.through(carrier).len() == self.0.len()
    }

    /// The text in lines of at most `width` characters, cut hard as the fixed formats do.
    pub fn lines(&self, width: usize) -> Vec<String> {
        let chars: Vec<char> = self.0.chars().collect();
        chars.chunks(width.max(1)).map(|line| line.iter().collect()).collect()
    }
}

impl FromStr for Narrative {
    type Err = TextError;
    fn from_str(text: &str) -> Result<Self, TextError> {
        match clean(text, Self::MAX) {
            Ok(text) => Ok(Self(text)),
            Err(TextError::Empty) => Ok(Self::default()),
            Err(e) => Err(e),
        }
    }
}

impl TryFrom<String> for Narrative {
    type Error = TextError;
    fn try_from(text: String) -> Result<Self, TextError> {
        text.parse()
    }
}

impl From<Narrative> for String {
    fn from(narrative: Narrative) -> String {
        narrative.0
    }
}

impl fmt::Display for Narrative {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn long_narratives_lose_their_end_in_old_carriers() {
        let text: String = "ő".repeat(140);
        let narrative: Narrative = text.parse().unwrap();
        assert!(narrative.fits(Carrier::Package));
        assert!(!narrative.fits(Carrier::ElectraXml));
        assert_eq!(narrative.through(Carrier::GiroBatch).chars().count(), 18);
        assert!("ő".repeat(141).parse::<Narrative>().is_err());
        assert!("".parse::<Narrative>().unwrap().is_empty());
    }

    proptest! {
        #[test]
        fn what_arrives_is_the_beginning(text in "[a-zőű0-9 ]{0,140}") {
            let narrative: Narrative = text.parse().unwrap();
            for carrier in Carrier::ALL {
                let part = narrative.through(carrier);
                prop_assert!(narrative.as_str().starts_with(part));
                prop_assert!(part.chars().count() <= carrier.narrative_length());
            }
            prop_assert_eq!(narrative.lines(32).concat(), narrative.as_str());
        }
    }
}
