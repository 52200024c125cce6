//! Problem documents (RFC 9457): how the bank refuses.

use std::fmt;

use chrono::{DateTime, Utc};
use domain::{Explain, OrderId};
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Media type of every refusal.
pub const PROBLEM_MEDIA_TYPE: &str = "application/problem+json";

macro_rules! problem_codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $status:literal;)+) => {
        /// Why the bank refused; the kebab-case name never changes once released and is the key of its text.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum ProblemCode {
            $($(#[$doc])* #[serde(rename = $code)] $variant,)+
            /// A code that this program does not know: the bank is newer.
            #[serde(other, rename = "unknown")]
            Unknown,
        }

        impl ProblemCode {
            /// All codes that a bank of this version sends.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// HTTP status that goes with it.
            pub fn status(self) -> u16 {
                match self {
                    $(Self::$variant => $status,)+
                    Self::Unknown => 500,
                }
            }

            /// The name on the wire.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                    Self::Unknown => "unknown",
                }
            }
        }
    };
}

problem_codes! {
    /// The challenge is older than a minute.
    LoginChallengeExpired = "login-challenge-expired", 401;
    /// The challenge was used before.
    LoginChallengeReplayed = "login-challenge-replayed", 401;
    /// The bank never gave this challenge, or gave it to somebody else.
    LoginChallengeUnknown = "login-challenge-unknown", 401;
    /// The statement names another origin or another server certificate: somebody stands in between.
    LoginWrongServer = "login-wrong-server", 401;
    /// The client's clock is more than five minutes off.
    LoginClockSkew = "login-clock-skew", 401;
    /// The statement's bytes are not a login statement.
    LoginStatementInvalid = "login-statement-invalid", 400;
    /// The signature does not fit the statement.
    LoginSignatureInvalid = "login-signature-invalid", 401;
    /// The card's certificate is not of this bank's authority.
    LoginCertificateUntrusted = "login-certificate-untrusted", 401;
    /// The card's certificate has expired, or is not valid yet.
    LoginCertificateExpired = "login-certificate-expired", 401;
    /// The card's certificate was revoked.
    LoginCertificateRevoked = "login-certificate-revoked", 401;
    /// Signed by a key that is not for logging in.
    LoginNotAnAuthenticationKey = "login-not-an-authentication-key", 401;
    /// The certificate names no user of this bank.
    LoginUserUnknown = "login-user-unknown", 401;
    /// Too many error points; the bank must unlock the user.
    LoginUserLocked = "login-user-locked", 403;
    /// The keys are in a key file, and this bank takes cards only.
    SoftwareTokenForbidden = "software-token-forbidden", 403;
    /// The client program is too old for this bank.
    ClientOutdated = "client-outdated", 403;
    /// No session, or one that has ended.
    SessionExpired = "session-expired", 401;
    /// The document is not a valid package document.
    PackageDocumentInvalid = "package-document-invalid", 422;
    /// Counts or sums of the document disagree with its orders.
    PackageSumsDisagree = "package-sums-disagree", 422;
    /// The document names another package or customer than the address.
    PackageIdMismatch = "package-id-mismatch", 422;
    /// The id was used for another document before. Nothing was taken.
    PackageIdConflict = "package-id-conflict", 409;
    /// The client was told that this attempt never arrived; it came too late and was not taken.
    PackageAttemptVoid = "package-attempt-void", 409;
    /// The same order stands in another package that the bank has.
    PackageOrderDuplicate = "package-order-duplicate", 409;
    /// No signature at all.
    PackageUnsigned = "package-unsigned", 422;
    /// A signature does not verify over the document's bytes.
    PackageSignatureInvalid = "package-signature-invalid", 422;
    /// A signature was made by a key that must not sign packages (the login key).
    PackageSignatureWrongKey = "package-signature-wrong-key", 422;
    /// A signer's certificate has expired, was revoked or is not of this bank's authority.
    PackageSignerCertificate = "package-signer-certificate", 422;
    /// A signer is not a user of this customer.
    PackageSignerUnknown = "package-signer-unknown", 422;
    /// The signers together may not sign for every debited account and amount.
    PackageAuthorityMissing = "package-authority-missing", 422;
    /// More orders than the bank takes in one package, or a shape that its rules exclude.
    PackageAgainstRules = "package-against-rules", 422;
    /// The bank never saw a package of this id: it may be sent again.
    PackageUnknown = "package-unknown", 404;
    /// The package waits in the shared area: nobody can send it or park it again until it is taken over.
    PackageInSharedArea = "package-in-shared-area", 409;
    /// Somebody else has taken the package over since: this copy cannot be sent or parked.
    PackageHeldElsewhere = "package-held-elsewhere", 409;
    /// The bank has the package already: it cannot be parked.
    PackageAlreadySent = "package-already-sent", 409;
    /// Nothing of this id was ever parked, or by a handing over that the bank does not know.
    SharedUnknown = "shared-unknown", 404;
    /// Somebody else was faster: `user` and `at` say who and when.
    SharedTakenOver = "shared-taken-over", 409;
    /// Its owner has withdrawn the package.
    SharedWithdrawn = "shared-withdrawn", 409;
    /// The package's stay in the shared area is over.
    SharedExpired = "shared-expired", 409;
    /// Only the user who parked the package may withdraw it.
    SharedNotYours = "shared-not-yours", 403;
    /// Packages of this type cannot be parked.
    SharedTypeNotTaken = "shared-type-not-taken", 422;
    /// The last day is past or too far ahead.
    SharedExpiryInvalid = "shared-expiry-invalid", 422;
    /// A self-administration order that cannot take effect: `detail` says why, `item` which.
    AdminOrderInvalid = "admin-order-invalid", 422;
    /// The one-time code is wrong, used or too old.
    OneTimeCodeInvalid = "one-time-code-invalid", 422;
    /// The message is empty or too long.
    MessageInvalid = "message-invalid", 422;
    /// An account that is not the customer's, or that cannot be debited in forints.
    AccountUnknown = "account-unknown", 422;
    /// Nobody registered the secondary identifier.
    SecondaryIdUnknown = "secondary-id-unknown", 422;
    /// An order's value date has passed or is further ahead than the bank takes.
    ValueDateInvalid = "value-date-invalid", 422;
    /// A transfer between own accounts goes to an account that is not the customer's, or not in forints.
    TargetNotOwn = "target-not-own", 422;
    /// A VIBER order that meets the conditions of instant payment; this bank executes those as instant ones.
    QualifiesAsInstant = "qualifies-as-instant", 422;
    /// The document is not a renewal document.
    RenewalDocumentInvalid = "renewal-document-invalid", 422;
    /// The signature does not verify over the renewal document, or a login key made it.
    RenewalSignatureInvalid = "renewal-signature-invalid", 422;
    /// The signing certificate has expired, was revoked or is not of this bank's authority.
    RenewalCertificate = "renewal-certificate", 422;
    /// Somebody else signed than the session's user, or with another certificate than the document names.
    RenewalSigner = "renewal-signer", 403;
    /// The certificates are in no device that the bank has handed out, not in the same one, or the document names
    /// another serial number.
    RenewalDeviceUnknown = "renewal-device-unknown", 403;
    /// The signing certificate's end is further away than the bank's profile allows.
    RenewalTooEarly = "renewal-too-early", 409;
    /// A request for a new key is not one, is not signed by its own key, or names somebody else.
    RenewalKeyInvalid = "renewal-key-invalid", 422;
    /// A new key is an old one, or both new keys are the same.
    RenewalKeyReused = "renewal-key-reused", 422;
    /// The id was used for another document before.
    RenewalIdConflict = "renewal-id-conflict", 409;
    /// The bank knows no renewal of this id by this user.
    RenewalUnknown = "renewal-unknown", 404;
    /// The bank hands out no release, or no file of this name.
    ReleaseUnknown = "release-unknown", 404;
    /// The user has no right for this.
    NotPermitted = "not-permitted", 403;
    /// No such address.
    NotFound = "not-found", 404;
    /// The cursor is not one of this bank's.
    CursorInvalid = "cursor-invalid", 400;
    /// The request cannot be read.
    RequestInvalid = "request-invalid", 400;
    /// Too many requests; try again a little later.
    RateLimited = "rate-limited", 429;
    /// The request is larger than the bank takes.
    PayloadTooLarge = "payload-too-large", 413;
    /// Something failed inside the bank; whether it took effect is not known.
    Internal = "internal", 500;
}

impl ProblemCode {
    /// The code of that wire name; `None` for names that this version does not know.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// Whether the bank says with it that it did not and will not take the package. Other problems
    /// ([`Self::Internal`], [`Self::SessionExpired`], …) say nothing about a package that may have
    /// arrived before: ask by its id.
    pub fn refuses_package(self) -> bool {
        matches!(
            self,
            Self::PackageDocumentInvalid
                | Self::PackageSumsDisagree
                | Self::PackageIdMismatch
                | Self::PackageIdConflict
                | Self::PackageAttemptVoid
                | Self::PackageOrderDuplicate
                | Self::PackageUnsigned
                | Self::PackageSignatureInvalid
                | Self::PackageSignatureWrongKey
                | Self::PackageSignerCertificate
                | Self::PackageSignerUnknown
                | Self::PackageAuthorityMissing
                | Self::PackageAgainstRules
                | Self::PackageInSharedArea
                | Self::PackageHeldElsewhere
                | Self::AdminOrderInvalid
                | Self::OneTimeCodeInvalid
                | Self::AccountUnknown
                | Self::SecondaryIdUnknown
                | Self::ValueDateInvalid
                | Self::TargetNotOwn
                | Self::QualifiesAsInstant
                | Self::NotPermitted
                | Self::PayloadTooLarge
        )
    }
}

// By hand: the derive does not see the names that the macro above gives, and would list the variants' Rust names.
impl PartialSchema for ProblemCode {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(
                "Why the bank refused, and the key of its text. A name never changes once released.",
            ))
            .enum_values(Some(Self::ALL.iter().map(|code| code.name())))
            .into()
    }
}

impl ToSchema for ProblemCode {}

impl Explain for ProblemCode {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "bank-problem-unknown",
            known => known.name(),
        }
    }
}

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// `urn:kapocs:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The code, or its short English meaning: for engineers, not for users.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// Why, for programs.
    pub code: ProblemCode,
    /// What exactly, in English: for logs, never for decisions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The order that is to blame, if one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<uuid::Uuid>)]
    pub item: Option<OrderId>,
    /// The user or signer that is to blame, if one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// When the user did it, where that matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<DateTime<Utc>>,
    /// Seconds to wait before trying again, for `rate-limited`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_seconds: Option<u32>,
}

impl Problem {
    /// A refusal without particulars.
    pub fn new(code: ProblemCode) -> Self {
        Self {
            kind: format!("urn:kapocs:problem:{}", code.name()),
            title: code.name().replace('-', " "),
            status: code.status(),
            code,
            detail: None,
            item: None,
            user: None,
            at: None,
            retry_seconds: None,
        }
    }

    /// The same with an explanation for logs.
    #[must_use]
    pub fn with_detail(mut self, detail: impl fmt::Display) -> Self {
        self.detail = Some(detail.to_string());
        self
    }

    /// The same, blaming an order.
    #[must_use]
    pub fn with_item(mut self, item: OrderId) -> Self {
        self.item = Some(item);
        self
    }

    /// The same, blaming a user.
    #[must_use]
    pub fn with_user(mut self, user: impl fmt::Display) -> Self {
        self.user = Some(user.to_string());
        self
    }

    /// The same, saying when the user did it.
    #[must_use]
    pub fn with_time(mut self, at: DateTime<Utc>) -> Self {
        self.at = Some(at);
        self
    }
}

impl From<ProblemCode> for Problem {
    fn from(code: ProblemCode) -> Self {
        Self::new(code)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.code.name(), self.status)?;
        self.detail.as_ref().map_or(Ok(()), |detail| write!(f, ": {detail}"))
    }
}

impl std::error::Error for Problem {}

impl Explain for Problem {
    fn code(&self) -> &'static str {
        Explain::code(&self.code)
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        let mut args = Vec::new();
        if let Some(item) = self.item {
            args.push(("item", item.to_string()));
        }
        if let Some(user) = &self.user {
            args.push(("user", user.clone()));
        }
        if let Some(at) = &self.at {
            args.push(("at", at.to_rfc3339()));
        }
        args
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_its_wire_name() {
        for code in ProblemCode::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.name());
            assert_eq!(ProblemCode::from_name(code.name()), Some(*code));
            assert!((400..600).contains(&code.status()));
        }
    }

    #[test]
    fn every_refusal_has_its_text_in_both_languages() {
        use crate::ProtocolError as E;
        let mut codes: Vec<&str> = ProblemCode::ALL.iter().map(Explain::code).collect();
        codes.push(Explain::code(&ProblemCode::Unknown));
        codes.extend(crate::RejectReason::ALL.iter().map(Explain::code));
        codes.extend([E::Base64, E::Statement, E::Receipt, E::Renewal, E::Cursor].iter().map(Explain::code));
        for language in ["hu", "en"] {
            let folder = format!("{}/../../locales/{language}", env!("CARGO_MANIFEST_DIR"));
            let texts: String = std::fs::read_dir(folder)
                .unwrap()
                .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
                .collect();
            for code in &codes {
                assert!(
                    texts.lines().any(|line| line.starts_with(&format!("{code} ="))),
                    "{language}: {code}"
                );
            }
        }
    }

    #[test]
    fn a_newer_banks_code_is_still_a_problem() {
        let text = r#"{"type":"urn:kapocs:problem:moon","title":"moon","status":418,"code":"moon-phase"}"#;
        let problem: Problem = serde_json::from_str(text).unwrap();
        assert_eq!(problem.code, ProblemCode::Unknown);
        assert_eq!(problem.status, 418);
        assert!(!problem.code.refuses_package());
    }
}
