//! Renewing both certificates of a token while the old ones are still valid: the old signing key signs a request
//! that names two new keys.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat, Utc};
use domain::UserId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::login_statement::{hex, unhex};
use crate::{Base64Bytes, ProtocolError};

/// First line of every renewal document. It keeps the signature from passing for anything else.
pub const RENEWAL_PREFIX: &str = "kapocs-renewal-v1";

/// "I ask for new certificates for these two keys, which are in my token."
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenewalDocument {
    /// Made by the client, one for each renewal. The same document sent again gives the same certificates.
    pub id: Uuid,
    /// Who asks.
    pub user: UserId,
    /// The token's serial number, upper-case hex.
    pub csn: String,
    /// The client's clock; milliseconds at most, the rest is cut off.
    pub time: DateTime<Utc>,
    /// SHA-256 of the signing certificate that is to be replaced, and that signs this document.
    pub old_signing: [u8; 32],
    /// PKCS#10 request (DER) of the new login key, signed by it.
    pub login_request: Vec<u8>,
    /// PKCS#10 request (DER) of the new signing key, signed by it.
    pub signing_request: Vec<u8>,
}

impl RenewalDocument {
    /// The canonical bytes: eight lines of UTF-8, each ended by a line feed.
    pub fn to_bytes(&self) -> Vec<u8> {
        format!(
            "{RENEWAL_PREFIX}\nid: {}\nuser: {}\ncsn: {}\ntime: {}\nold-signing-certificate: {}\n\
             login-request: {}\nsigning-request: {}\n",
            self.id,
            self.user,
            self.csn,
            self.time.to_rfc3339_opts(SecondsFormat::Millis, true),
            hex(&self.old_signing),
            STANDARD.encode(&self.login_request),
            STANDARD.encode(&self.signing_request),
        )
        .into_bytes()
    }

    /// Reads canonical bytes; whatever [`to_bytes`](Self::to_bytes) would write otherwise is refused.
    ///
    /// # Errors
    /// [`ProtocolError::Renewal`].
    pub fn parse(bytes: &[u8]) -> Result<Self, ProtocolError> {
        let read = || -> Option<Self> {
            let mut lines = std::str::from_utf8(bytes).ok()?.split('\n');
            let mut value = |name: &str| lines.next()?.strip_prefix(name);
            value(RENEWAL_PREFIX).filter(|rest| rest.is_empty())?;
            Some(Self {
                id: value("id: ")?.parse().ok()?,
                user: value("user: ")?.parse().ok()?,
                csn: value("csn: ")?.to_owned(),
                time: DateTime::parse_from_rfc3339(value("time: ")?).ok()?.with_timezone(&Utc),
                old_signing: unhex(value("old-signing-certificate: ")?)?,
                login_request: STANDARD.decode(value("login-request: ")?).ok()?,
                signing_request: STANDARD.decode(value("signing-request: ")?).ok()?,
            })
        };
        let is_csn = |csn: &str| {
            !csn.is_empty() && csn.bytes().all(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(&b))
        };
        read()
            .filter(|document| is_csn(&document.csn) && document.to_bytes() == bytes)
            .ok_or(ProtocolError::Renewal)
    }
}

/// A signed wish for new certificates. Sending the same bytes again gives the same answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RenewalRequest {
    /// Exact bytes of the [`RenewalDocument`].
    pub document: Base64Bytes,
    /// CMS file (DER, detached CAdES-B) over them, by the old signing key.
    pub signature: Base64Bytes,
}

/// The new certificates. The old ones stay good until the client says that the new ones are in the token, at most
/// until `old_valid_until`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RenewalAnswer {
    /// The request's id.
    pub id: Uuid,
    /// New login certificate, DER.
    pub login: Base64Bytes,
    /// New signing certificate, DER.
    pub signing: Base64Bytes,
    /// Certificates between the new ones and the authority of the connection file, and that authority, DER.
    pub chain: Vec<Base64Bytes>,
    /// The old certificates end at this moment at the latest.
    pub old_valid_until: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn document() -> RenewalDocument {
        RenewalDocument {
            id: Uuid::from_u128(7),
            user: "10000002".parse().unwrap(),
            csn: "4B61706F6373".to_owned(),
            time: DateTime::UNIX_EPOCH,
            old_signing: [0xab; 32],
            login_request: vec![1, 2, 3],
            signing_request: vec![4, 5],
        }
    }

    #[test]
    fn a_document_looks_so() {
        let text = format!(
            "kapocs-renewal-v1\nid: 00000000-0000-0000-0000-000000000007\nuser: 10000002\ncsn: 4B61706F6373\n\
             time: 1970-01-01T00:00:00.000Z\nold-signing-certificate: {}\nlogin-request: AQID\n\
             signing-request: BAU=\n",
            "ab".repeat(32)
        );
        assert_eq!(String::from_utf8(document().to_bytes()).unwrap(), text);
        assert_eq!(RenewalDocument::parse(text.as_bytes()), Ok(document()));
    }

    #[test]
    fn other_spellings_of_the_same_document_are_refused() {
        let text = String::from_utf8(document().to_bytes()).unwrap();
        for other in [
            text.replace("4B61706F6373", "4b61706f6373"),
            text.replace("4B61706F6373", ""),
            text.replace("abab", "ABAB"),
            text.replace("BAU=", "BAU"),
            text.replace('\n', "\r\n"),
            text.replace("00000000-0000", "{00000000-0000"),
            text.replace("00000000-0000-0000-0000-000000000007", "00000000000000000000000000000007"),
            format!("{text}\n"),
        ] {
            assert_ne!(other, text);
            assert_eq!(RenewalDocument::parse(other.as_bytes()), Err(ProtocolError::Renewal), "{other}");
        }
    }

    proptest! {
        #[test]
        fn a_document_survives_its_bytes(
            id: u128, csn in "[0-9A-F]{1,32}", millis in 0i64..4_000_000_000_000, old_signing: [u8; 32],
            login_request: Vec<u8>, signing_request: Vec<u8>,
        ) {
            let time = DateTime::from_timestamp_millis(millis).unwrap();
            let id = Uuid::from_u128(id);
            let user = "10000002".parse().unwrap();
            let document =
                RenewalDocument { id, user, csn, time, old_signing, login_request, signing_request };
            prop_assert_eq!(RenewalDocument::parse(&document.to_bytes()), Ok(document));
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            prop_assert!(RenewalDocument::parse(&bytes).is_err());
        }
    }
}
