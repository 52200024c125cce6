//! Keys and certificates of the demo: the bank's own and the users' key files.

use chrono::{DateTime, TimeDelta, Utc};
use domain::search;
use signature::PrivateKey;
use signature::issue::{CertificateAuthority, UserCertificate};
use signature::keyfile::KeyFile;

use super::PIN;
use super::household::DemoUser;
use crate::ground::error::Result;
use crate::ground::folder::{Folder, Identity};
use crate::ground::rules::Rules;

/// Life of the demo's certificates: some years, so that a demo folder can be kept.
const LIFE: TimeDelta = TimeDelta::days(3 * 365);
/// They begin this much before the bank's time, so that a clock set back a little does not end the demo.
const EARLIER: TimeDelta = TimeDelta::days(30);

/// Authority, server and receipt signer.
pub(crate) fn identity(rules: &Rules, now: DateTime<Utc>) -> Result<Identity> {
    let name = &rules.profile.name;
    let (from, to) = (now - EARLIER, now + LIFE);
    let authority = CertificateAuthority::generate(&format!("{name} (demo CA)"), from)?;
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

/// Writes a user's key file; gives its name inside the folder and the SHA-256 (hex) of the certificates in it.
pub(super) fn write_key_file(
    folder: &Folder,
    authority: &CertificateAuthority,
    user: &DemoUser,
    now: DateTime<Utc>,
) -> Result<(String, [String; 2])> {
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
    let file = format!("users/{}-{}.pem", user.user.id, plain(&user.user.name));
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
