//! Keys and certificates of the demo: the bank's own and the users' key files.

use chrono::{DateTime, TimeDelta, Utc};
use domain::search;
use signature::PrivateKey;
use signature::issue::{CertificateAuthority, UserCertificate};
use signature::keyfile::{KeyFile, KeySlot};

use super::PIN;
use super::household::DemoUser;
use crate::ground::error::Result;
use crate::ground::folder::{Folder, Identity};
use crate::ground::rules::Rules;

/// Life of the demo's certificates: some years, so that a demo folder can be kept.
const LIFE: TimeDelta = TimeDelta::days(3 * 365);
/// They begin this much before the bank's time, so that a clock set back a little does not end the demo.
const EARLIER: TimeDelta = TimeDelta::days(30);

/// Server and receipt signer, under an authority that is there already or one of the bank's own.
pub(crate) fn identity(
    rules: &Rules,
    authority: Option<CertificateAuthority>,
    now: DateTime<Utc>,
) -> Result<Identity> {
    let name = &rules.profile.name;
    let (from, to) = (now - EARLIER, now + LIFE);
    let authority = match authority {
        Some(authority) => authority,
        None => CertificateAuthority::generate(&format!("{name} (demo CA)"), from)?,
    };
    let server_key = PrivateKey::generate_p256();
    let receipt_key = PrivateKey::generate_p256();
    let names = ["localhost", "127.0.0.1", "::1"];
    Ok(Identity {
        server_certificate: authority.issue_server(&names, &server_key.public_key_der()?, from, to)?,
        receipt_certificate: authority.issue_receipt_signer(
            &format!("{name} (receipts)"),
            &receipt_key.public_key_der()?,
            from,
            to,
        )?,
        authority,
        server_key,
        receipt_key,
    })
}

/// Writes a user's key file, the one that the user has at the other bank if there is one; gives its name inside the
/// folder and the SHA-256 (hex) of the certificates in it.
pub(super) fn write_key_file(
    folder: &Folder,
    other: Option<&Folder>,
    authority: &CertificateAuthority,
    user: &DemoUser,
    now: DateTime<Utc>,
) -> Result<(String, [String; 2])> {
    let file = format!("users/{}-{}.pem", user.user.id, plain(&user.user.name));
    if let Some(other) = other.filter(|other| other.path().join(&file).exists()) {
        let text = other.read_text(&file)?;
        let known = KeyFile::parse(&text)?;
        folder.write(&file, text.as_bytes())?;
        let fingerprint = |slot| hex::encode(known.certificate(slot).fingerprint());
        return Ok((file, [KeySlot::Login, KeySlot::Signing].map(fingerprint)));
    }
    let make = |kind| -> Result<_> {
        let key = if user.rsa { PrivateKey::generate_rsa()? } else { PrivateKey::generate_p256() };
        let spki = key.public_key_der()?;
        let (name, id) = (&user.user.name, user.user.id.as_str());
        let certificate = authority.issue_user(name, id, kind, &spki, now - EARLIER, now + LIFE)?;
        Ok((key, certificate))
    };
    let login = make(UserCertificate::Login)?;
    let signing = make(UserCertificate::Signing)?;
    let text = KeyFile::create((&login.0, &login.1), (&signing.0, &signing.1), PIN)?;
    folder.write(&file, text.as_bytes())?;
    Ok((file, [&login, &signing].map(|(_, certificate)| hex::encode(certificate.fingerprint()))))
}

/// A Hungarian name as a file name: lower-case ASCII.
fn plain(name: &str) -> String {
    search::fold(name).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_become_file_names() {
        assert_eq!(super::plain("Szabó Réka"), "szabo-reka");
        assert_eq!(super::plain("Őri-Tűzkő Ágnes"), "ori-tuzko-agnes");
    }
}
