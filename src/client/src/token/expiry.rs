//! Certificates that end soon: said early enough for a renewal, louder as the day comes.

use chrono::{DateTime, Utc};
use signature::Certificate;
use token::{KeyPurpose, TokenInfo};

/// Days before the end from which each level is told.
const LEVELS: [(i64, ExpiryLevel); 3] =
    [(7, ExpiryLevel::Urgent), (30, ExpiryLevel::Near), (60, ExpiryLevel::Soon)];

/// How pressing the end of a certificate is, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExpiryLevel {
    /// 60 days or fewer are left.
    Soon,
    /// 30 days or fewer.
    Near,
    /// 7 days or fewer.
    Urgent,
    /// It has ended.
    Expired,
}

impl ExpiryLevel {
    /// A stable name for scripts and texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Soon => "soon",
            Self::Near => "near",
            Self::Urgent => "urgent",
            Self::Expired => "expired",
        }
    }
}

/// A certificate that ends soon or has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CertificateWarning {
    /// What its key is for.
    pub key: KeyPurpose,
    /// Whole days left; negative since the end.
    pub days: i64,
    /// How pressing it is.
    pub level: ExpiryLevel,
    /// When it ends.
    pub ends: DateTime<Utc>,
}

/// Whole days until the certificate ends, rounded down; negative afterwards.
pub fn days_left(certificate: &Certificate, now: DateTime<Utc>) -> i64 {
    (certificate.not_after() - now).num_seconds().div_euclid(86_400)
}

/// What must be said of the token's certificates, the most pressing first.
pub fn expiry(info: &TokenInfo, now: DateTime<Utc>) -> Vec<CertificateWarning> {
    let mut warnings: Vec<CertificateWarning> = [KeyPurpose::Login, KeyPurpose::Signing]
        .into_iter()
        .filter_map(|key| {
            let ends = info.certificate(key)?.not_after();
            let days = days_left(info.certificate(key)?, now);
            Some(CertificateWarning { key, days, level: level(days)?, ends })
        })
        .collect();
    warnings.sort_by_key(|warning| warning.days);
    warnings
}

fn level(days: i64) -> Option<ExpiryLevel> {
    if days < 0 {
        return Some(ExpiryLevel::Expired);
    }
    LEVELS.into_iter().find_map(|(most, level)| (days <= most).then_some(level))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_begins_on_its_day() {
        let told: Vec<_> = [61, 60, 31, 30, 8, 7, 0, -1].into_iter().map(level).collect();
        use ExpiryLevel::{Expired, Near, Soon, Urgent};
        let expected =
            [None, Some(Soon), Some(Soon), Some(Near), Some(Near), Some(Urgent), Some(Urgent), Some(Expired)];
        assert_eq!(told, expected);
    }
}
