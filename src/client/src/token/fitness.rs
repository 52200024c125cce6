//! Whether a token can do what it is wanted for, as far as that can be read from it without the PIN: it is judged before
//! the PIN is asked, and told for what it is.

use chrono::{DateTime, TimeDelta, Utc};
use signature::Certificate;
use token::{KeyPurpose, TokenError, TokenInfo};

use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::reasons::CertificateProblem;

/// The token's certificate for a purpose, if it can be used now: it is there, made for that purpose, valid and names
/// somebody.
///
/// # Errors
/// [`ClientError::Token`] when there is none, else [`ClientError::Certificate`].
pub fn fit(info: &TokenInfo, key: KeyPurpose, now: DateTime<Utc>) -> Result<&Certificate> {
    fit_at(info, key, Some(now))
}

/// [`fit`]; without a time that can be trusted the certificate's days are not judged.
pub(crate) fn fit_at(info: &TokenInfo, key: KeyPurpose, now: Option<DateTime<Utc>>) -> Result<&Certificate> {
    let certificate = info.certificate(key).ok_or(TokenError::KeyMissing(key))?;
    match problem(certificate, key, now) {
        Some(problem) => Err(ClientError::Certificate(problem)),
        None => Ok(certificate),
    }
}

fn problem(
    certificate: &Certificate,
    key: KeyPurpose,
    now: Option<DateTime<Utc>>,
) -> Option<CertificateProblem> {
    let is_made_for_it = match key {
        KeyPurpose::Login => certificate.may_authenticate(),
        KeyPurpose::Signing => certificate.may_sign_documents(),
    };
    if !is_made_for_it {
        return Some(match key {
            KeyPurpose::Login => CertificateProblem::NotForLogin,
            KeyPurpose::Signing => CertificateProblem::NotForSigning,
        });
    }
    // A little slack: the bank's clock decides, not ours.
    if now.is_some_and(|now| now + TimeDelta::minutes(5) < certificate.not_before()) {
        return Some(CertificateProblem::NotYet);
    }
    if now.is_some_and(|now| now > certificate.not_after()) {
        return Some(CertificateProblem::Expired);
    }
    certificate.user_id().is_none().then_some(CertificateProblem::NamesNobody)
}

impl Client {
    /// Whether the token that is seen now can be used for a purpose at this bank; asked before its PIN is. A token that
    /// was not looked at yet, or is not there, is judged when it is used. Before the bank has told its time nobody is
    /// turned away for a certificate's days: this machine's clock may be wrong, and the login asks the bank.
    ///
    /// # Errors
    /// [`ClientError::SoftwareTokenForbidden`] and those of [`fit`].
    pub fn may_ask_pin(&self, key: KeyPurpose) -> Result<()> {
        let status = self.token_status();
        let status = status.borrow();
        let Some(info) = status.info() else { return Ok(()) };
        self.may_use(info.kind)?;
        fit_at(info, key, self.bank_time()).map(drop)
    }
}
