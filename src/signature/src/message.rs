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
        info.content.decode_as().map_err(|_| WHAT)
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
