//! `SignedData` (RFC 5652, 5.1) with the certificates kept as the bytes that stand in the file:
//! their hashes and signatures are over those bytes, so they must never be encoded anew.

use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{EncapsulatedContentInfo, SignerInfos};
use const_oid::db::rfc5911::ID_SIGNED_DATA;
use der::asn1::{Any, SetOfVec};
use der::{Decode, Encode, Sequence};
use spki::AlgorithmIdentifierOwned;

use crate::{Certificate, Result, SignatureError};

/// Longest signature file that is read. Ours have 2 to 6 KiB; the bound keeps hostile ones cheap.
const MAX_BYTES: usize = 64 * 1024;
/// Most certificates that a signature file carries. Ours have one or two, of which each may have to be parsed and its
/// signature checked: the bound keeps hostile files from buying minutes of work with a few kilobytes.
const MAX_CERTIFICATES: usize = 8;

/// The parts of a signature file.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub(crate) struct Message {
    pub version: CmsVersion,
    pub digest_algorithms: SetOfVec<AlgorithmIdentifierOwned>,
    pub encap_content_info: EncapsulatedContentInfo,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", constructed = "true", optional = "true")]
    pub certificates: Option<SetOfVec<Any>>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", constructed = "true", optional = "true")]
    pub crls: Option<SetOfVec<Any>>,
    pub signer_infos: SignerInfos,
}

impl Message {
    /// Reads a CMS file; DER only.
    pub fn from_cms(bytes: &[u8]) -> Result<Self> {
        const WHAT: SignatureError = SignatureError::Malformed("signature file");
        if bytes.len() > MAX_BYTES {
            return Err(WHAT);
        }
        let info = ContentInfo::from_der(bytes).map_err(|_| WHAT)?;
        if info.content_type != ID_SIGNED_DATA {
            return Err(WHAT);
        }
        let message: Self = info.content.decode_as().map_err(|_| WHAT)?;
        if message.certificates.as_ref().is_some_and(|all| all.len() > MAX_CERTIFICATES) {
            return Err(SignatureError::Malformed("signature file's certificates"));
        }
        Ok(message)
    }

    /// The CMS file.
    pub fn to_cms(&self) -> der::Result<Vec<u8>> {
        ContentInfo { content_type: ID_SIGNED_DATA, content: Any::from_der(&self.to_der()?)? }.to_der()
    }

    /// The certificates that travel in the file. Those with keys that we do not know are left out:
    /// they cannot be part of a chain that we accept.
    pub fn certificates(&self) -> Vec<Certificate> {
        let all = self.certificates.iter().flat_map(SetOfVec::iter);
        all.filter_map(|any| any.to_der().ok()).filter_map(|der| Certificate::from_der(&der).ok()).collect()
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::*;
    use crate::issue::{CertificateAuthority, UserCertificate};
    use crate::{PrivateKey, Purpose, TrustStore, prepare, verify};

    #[test]
    fn a_file_with_more_certificates_than_a_chain_has_is_refused_unread() {
        let now: DateTime<Utc> = "2026-11-21T10:30:00Z".parse().unwrap();
        let authority = CertificateAuthority::generate("Próba Bank CA", now).unwrap();
        let key = PrivateKey::generate_p256();
        let issue = |user: &str| {
            let (kind, spki) = (UserCertificate::Signing, key.public_key_der().unwrap());
            authority.issue_user("Őrs", user, kind, &spki, now, now + TimeDelta::days(9)).unwrap()
        };
        let signer = issue("10000001");
        let trust = TrustStore::new([authority.certificate().clone()]);
        let judged = |others: usize| {
            let chain: Vec<Certificate> = (0..others).map(|n| issue(&format!("2{n:07}"))).collect();
            let pending = prepare(&signer, [7; 32], now).unwrap();
            let raw = key.sign_digest(&pending.digest()).unwrap();
            let cms = pending.finish(&raw, &chain).unwrap();
            verify(&cms, [7; 32], &trust, Purpose::Document, now).map(drop)
        };
        assert_eq!(judged(MAX_CERTIFICATES - 1), Ok(()));
        let refusal = SignatureError::Malformed("signature file's certificates");
        assert_eq!(judged(MAX_CERTIFICATES), Err(refusal));
    }
}
