//! The bank's rules, calendar and bank directory: data files that a bank replaces by its own.

use domain::{BankDirectory, BankProfile, Calendar};
use serde::Deserialize;

use super::error::{BankError, Result};

const KH: &str = include_str!("../../../../assets/profiles/kh.toml");
const KDB: &str = include_str!("../../../../assets/profiles/kdb.toml");
const CALENDAR: &str = include_str!("../../../../assets/profiles/calendar-hu.toml");
const BANKS: &str = include_str!("../../../../assets/profiles/banks.toml");

/// Everything that is the same for all customers of the bank.
#[derive(Clone, Debug)]
pub struct Rules {
    pub profile: BankProfile,
    pub calendar: Calendar,
    pub banks: BankDirectory,
}

#[derive(Deserialize)]
struct Directory {
    banks: BankDirectory,
}

impl Rules {
    /// The shipped rules of that name: `kh` or `kdb`.
    ///
    /// # Errors
    /// [`BankError::Data`] for another name.
    pub fn shipped(profile: &str) -> Result<Self> {
        let text = match profile {
            "kh" => KH,
            "kdb" => KDB,
            other => return Err(BankError::data("profile", format!("no profile {other}"))),
        };
        Self::parse(text, CALENDAR, BANKS)
    }

    fn parse(profile: &str, calendar: &str, banks: &str) -> Result<Self> {
        let directory: Directory = toml::from_str(banks).map_err(|e| BankError::data("banks.toml", e))?;
        Ok(Self {
            profile: toml::from_str(profile).map_err(|e| BankError::data("profile", e))?,
            calendar: toml::from_str(calendar).map_err(|e| BankError::data("calendar-hu.toml", e))?,
            banks: directory.banks,
        })
    }
}

#[cfg(test)]
mod tests {
    use domain::customer::CustomerKind;
    use domain::profile::BatchRule;

    use super::*;

    #[test]
    fn shipped_rules_say_what_the_banks_say() {
        let kh = Rules::shipped("kh").unwrap();
        let kdb = Rules::shipped("kdb").unwrap();
        for rules in [&kh, &kdb] {
            assert_eq!(rules.profile.instant.limit, 20_000_000.into());
            assert_eq!((rules.profile.instant.target_seconds, rules.profile.instant.limit_seconds), (5, 20));
            let cycles = &rules.profile.intraday.cycles;
            assert_eq!(cycles.len(), 10);
            assert!(cycles.is_sorted());
            assert_eq!(cycles[0].to_string(), "07:30:00");
            assert_eq!(cycles[9].to_string(), "17:00:00");
            let own = &rules.profile.bank_codes[0];
            assert!(
                rules.banks.entries().iter().any(|bank| bank.code == *own && bank.name == rules.profile.name)
            );
        }
        assert_eq!(kh.profile.instant.batch(CustomerKind::Company), BatchRule::TickDecides);
        assert_eq!(kdb.profile.instant.batch(CustomerKind::Company), BatchRule::NeverInBatch);
        assert_eq!(kdb.profile.instant.batch(CustomerKind::PrivatePerson), BatchRule::EachOrder);
        assert!(kdb.profile.packages.company_instant_alone && !kdb.profile.viber.company_batches);
        assert!(Rules::shipped("nobody").is_err());
    }

    #[test]
    fn the_calendar_rests_on_24_december_and_works_on_swapped_saturdays() {
        let calendar = Rules::shipped("kh").unwrap().calendar;
        let day = |text: &str| text.parse().unwrap();
        assert!(!calendar.is_banking_day(day("2026-12-24")));
        assert!(!calendar.is_banking_day(day("2026-12-12")));
        assert!(calendar.is_banking_day(day("2026-08-08")));
        assert!(!calendar.is_banking_day(day("2026-08-21")));
        assert!(calendar.covers(day("2025-03-01")) && !calendar.covers(day("2027-03-01")));
        assert_eq!(calendar.next_banking_day(day("2026-12-31")), day("2027-01-04"), "New Year is a Friday");
    }
}
