//! The signed attributes of CAdES-B: writing ours, reading anyone's.

use chrono::{DateTime, Utc};
use cms::signed_data::SignedAttributes;
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911::{
    ID_AA_SIGNING_CERTIFICATE_V_2, ID_CONTENT_TYPE, ID_DATA, ID_MESSAGE_DIGEST, ID_SIGNING_TIME,
};
use der::asn1::{Any, GeneralizedTime, OctetString, SetOfVec, UtcTime};
use der::{Decode, Encode, Sequence};
use spki::AlgorithmIdentifierOwned;
use x509_cert::attr::Attribute;
use x509_cert::ext::pkix::name::{GeneralName, GeneralNames};
use x509_cert::serial_number::SerialNumber;
use x509_cert::time::Time;

use crate::public_key::is_sha256;
use crate::{Certificate, Result, SignatureError};

/// `ESSCertIDv2` (RFC 5035, 4); the hash algorithm is left out when it is SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct EssCertIdV2 {
    #[asn1(optional = "true")]
    hash_algorithm: Option<AlgorithmIdentifierOwned>,
    cert_hash: OctetString,
    #[asn1(optional = "true")]
    issuer_serial: Option<IssuerSerial>,
}

#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct IssuerSerial {
    issuer: GeneralNames,
    serial_number: SerialNumber,
}

/// `SigningCertificateV2` (RFC 5035, 3): the first entry is the signer's certificate.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct SigningCertificateV2 {
    certs: Vec<EssCertIdV2>,
    #[asn1(optional = "true")]
    policies: Option<Any>,
}

/// The four attributes of CAdES-B: contentType, messageDigest, signingTime, signingCertificateV2.
pub(crate) fn build(
    certificate: &Certificate,
    content_sha256: [u8; 32],
    now: DateTime<Utc>,
) -> Result<SignedAttributes> {
    let reference = SigningCertificateV2 {
        certs: vec![EssCertIdV2 {
            hash_algorithm: None,
            cert_hash: octets(certificate.fingerprint())?,
            issuer_serial: Some(IssuerSerial {
                issuer: vec![GeneralName::DirectoryName(certificate.issuer().clone())],
                serial_number: certificate.serial_number().clone(),
            }),
        }],
        policies: None,
    };
    let attributes = vec![
        attribute(ID_CONTENT_TYPE, &ID_DATA)?,
        attribute(ID_MESSAGE_DIGEST, &octets(content_sha256)?)?,
        attribute(ID_SIGNING_TIME, &time(now)?)?,
        attribute(ID_AA_SIGNING_CERTIFICATE_V_2, &reference)?,
    ];
    SetOfVec::try_from(attributes).map_err(|_| SignatureError::Encoding("signed attributes"))
}

/// The X.509/CMS time of a moment: UTCTime until 2049, GeneralizedTime after (RFC 5280, 4.1.2.5).
pub(crate) fn time(moment: DateTime<Utc>) -> Result<Time> {
    let wrong = SignatureError::Encoding("time");
    let seconds = u64::try_from(moment.timestamp()).map_err(|_| wrong.clone())?;
    let duration = std::time::Duration::from_secs(seconds);
    UtcTime::from_unix_duration(duration)
        .map(Time::UtcTime)
        .or_else(|_| GeneralizedTime::from_unix_duration(duration).map(Time::GeneralTime))
        .map_err(|_| wrong)
}

/// What the signed attributes say, checked against the content and the signer's certificate.
/// Returns the signing time that the signer claims.
pub(crate) fn check(
    attributes: &SignedAttributes,
    certificate: &Certificate,
    content_sha256: [u8; 32],
) -> Result<DateTime<Utc>> {
    let content_type: ObjectIdentifier = single(attributes, ID_CONTENT_TYPE, "contentType")?;
    if content_type != ID_DATA {
        return Err(SignatureError::ContentTypeWrong);
    }
    let digest: OctetString = single(attributes, ID_MESSAGE_DIGEST, "messageDigest")?;
    if digest.as_bytes() != content_sha256 {
        return Err(SignatureError::ContentChanged);
    }
    let reference: SigningCertificateV2 =
        single(attributes, ID_AA_SIGNING_CERTIFICATE_V_2, "signingCertificateV2")?;
    check_reference(&reference, certificate)?;
    let time: Time = single(attributes, ID_SIGNING_TIME, "signingTime")?;
    i64::try_from(time.to_unix_duration().as_secs())
        .ok()
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .ok_or(SignatureError::Malformed("signingTime"))
}

fn check_reference(reference: &SigningCertificateV2, certificate: &Certificate) -> Result<()> {
    let first = reference.certs.first().ok_or(SignatureError::SigningCertificateMismatch)?;
    if first.hash_algorithm.as_ref().is_some_and(|algorithm| !is_sha256(algorithm)) {
        return Err(SignatureError::UnsupportedAlgorithm("signingCertificateV2"));
    }
    let same_hash = first.cert_hash.as_bytes() == certificate.fingerprint();
    let same_issuer = first.issuer_serial.as_ref().is_none_or(|named| {
        named.serial_number == *certificate.serial_number()
            && matches!(&named.issuer[..], [GeneralName::DirectoryName(issuer)] if issuer == certificate.issuer())
    });
    if same_hash && same_issuer { Ok(()) } else { Err(SignatureError::SigningCertificateMismatch) }
}

/// The only value of the only attribute of this type (RFC 5652, 11: each must be single).
fn single<T: for<'a> Decode<'a>>(
    attributes: &SignedAttributes,
    oid: ObjectIdentifier,
    label: &'static str,
) -> Result<T> {
    let mut values = attributes.iter().filter(|attribute| attribute.oid == oid);
    let (Some(attribute), None) = (values.next(), values.next()) else {
        return Err(SignatureError::AttributeNotSingle(label));
    };
    let [value] = attribute.values.as_slice() else {
        return Err(SignatureError::AttributeNotSingle(label));
    };
    let der = value.to_der().map_err(|_| SignatureError::Malformed(label))?;
    T::from_der(&der).map_err(|_| SignatureError::Malformed(label))
}

fn attribute(oid: ObjectIdentifier, value: &impl Encode) -> Result<Attribute> {
    let encode = || -> der::Result<Attribute> {
        let mut values = SetOfVec::new();
        values.insert(Any::from_der(&value.to_der()?)?)?;
        Ok(Attribute { oid, values })
    };
    encode().map_err(|_| SignatureError::Encoding("signed attributes"))
}

fn octets(bytes: [u8; 32]) -> Result<OctetString> {
    OctetString::new(bytes).map_err(|_| SignatureError::Encoding("hash"))
}
