//! The certificate authority of the reference bank and of the tests.
//!
//! Certificates are put together by hand: the builder of `x509-cert` 0.2 adds contentCommitment to
//! every leaf, and a login certificate must not have it.

use std::net::IpAddr;

use chrono::{DateTime, Duration, Utc};
use const_oid::AssociatedOid;
use const_oid::db::rfc5280::{ID_KP_CLIENT_AUTH, ID_KP_SERVER_AUTH};
use der::asn1::{BitString, Ia5String, OctetString};
use der::flagset::FlagSet;
use der::{Decode, Encode};
use rand_core::{OsRng, RngCore};
use sha2::{Digest, Sha256};
use spki::SubjectPublicKeyInfoOwned;
use x509_cert::certificate::{TbsCertificate, Version};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages, SubjectAltName,
    SubjectKeyIdentifier,
};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::time::Validity;
use zeroize::Zeroizing;

use crate::public_key::PublicKey;
use crate::{Certificate, PrivateKey, Result, SignatureError, attributes, name, pem};

const WHAT: SignatureError = SignatureError::Encoding("certificate");
/// Lifetime of an authority.
const AUTHORITY_DAYS: i64 = 20 * 365;
/// Certificates start a little earlier than asked, for clocks that run late.
const CLOCK_SLACK: Duration = Duration::hours(1);

/// Which of a user's two certificates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserCertificate {
    /// digitalSignature + clientAuth.
    Login,
    /// contentCommitment only.
    Signing,
}

/// A certificate authority with a P-256 key.
#[derive(Clone, Debug)]
pub struct CertificateAuthority {
    key: PrivateKey,
    certificate: Certificate,
}

/// What differs between certificates beside their names and times.
struct Role {
    constraints: BasicConstraints,
    usage: FlagSet<KeyUsages>,
    extended: Vec<const_oid::ObjectIdentifier>,
    alternative_names: Vec<GeneralName>,
}

impl CertificateAuthority {
    /// A new self-signed authority, valid for 20 years from `now`.
    ///
    /// # Errors
    /// [`SignatureError::Encoding`] for times that certificates cannot say.
    pub fn generate(common_name: &str, now: DateTime<Utc>) -> Result<Self> {
        let key = PrivateKey::generate_p256();
        let spki = key.public_key_der()?;
        let subject = name::build(common_name, None)?;
        let period = (now, now + Duration::days(AUTHORITY_DAYS));
        let certificate =
            issue(&key, &spki, &subject, subject.clone(), &spki, period, Role::authority(None))?;
        Ok(Self { key, certificate })
    }

    /// An authority under this one that may issue no further authorities.
    ///
    /// # Errors
    /// As [`generate`](Self::generate).
    pub fn issue_authority(&self, common_name: &str, now: DateTime<Utc>) -> Result<Self> {
        let key = PrivateKey::generate_p256();
        let subject = name::build(common_name, None)?;
        let period = (now, self.certificate.not_after());
        let certificate = self.issue(subject, &key.public_key_der()?, period, Role::authority(Some(0)))?;
        Ok(Self { key, certificate })
    }

    /// Key and certificate as PEM; the key is not encrypted.
    ///
    /// # Errors
    /// [`SignatureError::Encoding`], in theory only.
    pub fn to_pem(&self) -> Result<Zeroizing<String>> {
        let key = Zeroizing::new(pem::encode("PRIVATE KEY", &self.key.to_pkcs8_der()?)?);
        Ok(Zeroizing::new(format!("{}{}", *key, self.certificate.to_pem()?)))
    }

    /// Reads what [`to_pem`](Self::to_pem) wrote.
    ///
    /// # Errors
    /// [`SignatureError::Malformed`], [`SignatureError::KeyMismatch`].
    pub fn from_pem(text: &str) -> Result<Self> {
        let key = pem::blocks(text)?
            .into_iter()
            .find(|block| block.label == "PRIVATE KEY")
            .ok_or(SignatureError::Malformed("authority"))?;
        let key = PrivateKey::from_pkcs8_der(&key.der)?;
        let certificate = Certificate::from_pem(text)?;
        if !key.belongs_to(&certificate) {
            return Err(SignatureError::KeyMismatch);
        }
        Ok(Self { key, certificate })
    }

    /// The authority's certificate: the anchor for [`crate::TrustStore`].
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// A certificate for one of a user's keys (`spki`: DER SubjectPublicKeyInfo).
    ///
    /// # Errors
    /// [`SignatureError::Encoding`] when the user id is not made of letters, digits, space and
    /// `'()+,-./:=?`; [`SignatureError::Malformed`] for a key that we do not know.
    pub fn issue_user(
        &self,
        holder_name: &str,
        user_id: &str,
        kind: UserCertificate,
        spki: &[u8],
        not_before: DateTime<Utc>,
        not_after: DateTime<Utc>,
    ) -> Result<Certificate> {
        let role = match kind {
            UserCertificate::Login => Role::leaf(KeyUsages::DigitalSignature.into(), vec![ID_KP_CLIENT_AUTH]),
            UserCertificate::Signing => Role::leaf(KeyUsages::NonRepudiation.into(), vec![]),
        };
        self.issue(name::build(holder_name, Some(user_id))?, spki, (not_before, not_after), role)
    }

    /// A TLS server certificate for host names and IP addresses; the first is also the common name.
    ///
    /// # Errors
    /// [`SignatureError::Encoding`] when no name is given or one is not ASCII.
    pub fn issue_server(
        &self,
        names: &[&str],
        spki: &[u8],
        not_before: DateTime<Utc>,
        not_after: DateTime<Utc>,
    ) -> Result<Certificate> {
        let first = names.first().ok_or(WHAT)?;
        let alternative_names =
            names.iter().map(|name| alternative_name(name)).collect::<Result<Vec<_>>>()?;
        let role = Role {
            alternative_names,
            ..Role::leaf(KeyUsages::DigitalSignature.into(), vec![ID_KP_SERVER_AUTH])
        };
        self.issue(name::build(first, None)?, spki, (not_before, not_after), role)
    }

    /// The certificate with which the bank signs receipts: contentCommitment, no user id.
    ///
    /// # Errors
    /// As [`issue_user`](Self::issue_user).
    pub fn issue_receipt_signer(
        &self,
        common_name: &str,
        spki: &[u8],
        not_before: DateTime<Utc>,
        not_after: DateTime<Utc>,
    ) -> Result<Certificate> {
        let role = Role::leaf(KeyUsages::NonRepudiation.into(), vec![]);
        self.issue(name::build(common_name, None)?, spki, (not_before, not_after), role)
    }

    fn issue(
        &self,
        subject: Name,
        spki: &[u8],
        period: (DateTime<Utc>, DateTime<Utc>),
        role: Role,
    ) -> Result<Certificate> {
        issue(&self.key, &self.key.public_key_der()?, self.certificate.subject(), subject, spki, period, role)
    }
}

impl Role {
    fn authority(path_len_constraint: Option<u8>) -> Self {
        Self {
            constraints: BasicConstraints { ca: true, path_len_constraint },
            usage: KeyUsages::KeyCertSign | KeyUsages::CRLSign,
            extended: vec![],
            alternative_names: vec![],
        }
    }

    fn leaf(usage: FlagSet<KeyUsages>, extended: Vec<const_oid::ObjectIdentifier>) -> Self {
        let constraints = BasicConstraints { ca: false, path_len_constraint: None };
        Self { constraints, usage, extended, alternative_names: vec![] }
    }

    fn extensions(self, subject_spki: &[u8], issuer_spki: &[u8]) -> der::Result<Vec<Extension>> {
        let mut all = vec![
            extension(true, &self.constraints)?,
            extension(true, &KeyUsage(self.usage))?,
            extension(false, &SubjectKeyIdentifier(key_identifier(subject_spki)?))?,
            extension(
                false,
                &AuthorityKeyIdentifier {
                    key_identifier: Some(key_identifier(issuer_spki)?),
                    authority_cert_issuer: None,
                    authority_cert_serial_number: None,
                },
            )?,
        ];
        if !self.extended.is_empty() {
            all.push(extension(false, &ExtendedKeyUsage(self.extended))?);
        }
        if !self.alternative_names.is_empty() {
            all.push(extension(false, &SubjectAltName(self.alternative_names))?);
        }
        Ok(all)
    }
}

fn issue(
    issuer_key: &PrivateKey,
    issuer_spki: &[u8],
    issuer: &Name,
    subject: Name,
    spki: &[u8],
    (not_before, not_after): (DateTime<Utc>, DateTime<Utc>),
    role: Role,
) -> Result<Certificate> {
    let malformed = |_| SignatureError::Malformed("public key");
    let subject_key = SubjectPublicKeyInfoOwned::from_der(spki).map_err(malformed)?;
    PublicKey::from_spki(&subject_key)?;
    let signer = PublicKey::from_spki(&SubjectPublicKeyInfoOwned::from_der(issuer_spki).map_err(malformed)?)?;
    let validity = Validity {
        not_before: attributes::time(not_before - CLOCK_SLACK)?,
        not_after: attributes::time(not_after)?,
    };
    let tbs_certificate = TbsCertificate {
        version: Version::V3,
        serial_number: random_serial()?,
        signature: signer.signature_algorithm(),
        issuer: issuer.clone(),
        validity,
        subject,
        subject_public_key_info: subject_key,
        issuer_unique_id: None,
        subject_unique_id: None,
        extensions: Some(role.extensions(spki, issuer_spki).map_err(|_| WHAT)?),
    };
    let digest = Sha256::digest(tbs_certificate.to_der().map_err(|_| WHAT)?);
    let signature = issuer_key.sign_digest(&digest.into())?;
    let certificate = x509_cert::Certificate {
        tbs_certificate,
        signature_algorithm: signer.signature_algorithm(),
        signature: BitString::from_bytes(&signature).map_err(|_| WHAT)?,
    };
    Certificate::from_der(&certificate.to_der().map_err(|_| WHAT)?)
}

/// 126 random bits: positive, not zero, at most 20 bytes (RFC 5280, 4.1.2.2).
fn random_serial() -> Result<SerialNumber> {
    let mut bytes = [0; 16];
    OsRng.fill_bytes(&mut bytes);
    bytes[0] = bytes[0] & 0x7f | 0x40;
    SerialNumber::new(&bytes).map_err(|_| WHAT)
}

fn alternative_name(name: &str) -> Result<GeneralName> {
    if let Ok(address) = name.parse::<IpAddr>() {
        return Ok(GeneralName::from(address));
    }
    Ia5String::new(name).map(GeneralName::DnsName).map_err(|_| SignatureError::Encoding("name"))
}

fn extension<T: AssociatedOid + Encode>(critical: bool, value: &T) -> der::Result<Extension> {
    Ok(Extension { extn_id: T::OID, critical, extn_value: OctetString::new(value.to_der()?)? })
}

/// The leftmost 160 bits of SHA-256 of the key (RFC 7093, method 1).
fn key_identifier(spki: &[u8]) -> der::Result<OctetString> {
    let key = SubjectPublicKeyInfoOwned::from_der(spki)?;
    OctetString::new(&Sha256::digest(key.subject_public_key.raw_bytes())[..20])
}
