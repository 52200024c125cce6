//! The exact bytes that a virtual chip card's keys sign at registration and login: lines of UTF-8, each ended by a
//! line feed, with one way to write each, so that two readers can never understand one statement in two ways.
//!
//! The first line keeps such a signature from passing for anything else, the origin makes it worthless elsewhere.

use std::fmt::Write as _;

/// First line of a login statement.
pub(super) const LOGIN: &str = "kapocs-web-login-v1";
/// First line of a registration statement.
pub(super) const REGISTRATION: &str = "kapocs-web-card-v1";

/// "I want to log in there, now, with this card."
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LoginStatement {
    /// The web client's origin as the browser sees it.
    pub origin: String,
    pub challenge: [u8; 32],
    pub card: String,
    pub user: String,
    /// The bank's time as it came with the challenge, so that the browser's clock need not be right.
    pub time: String,
}

impl LoginStatement {
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        lines(
            LOGIN,
            &[
                ("origin", &self.origin),
                ("challenge", &hex::encode(self.challenge)),
                ("card", &self.card),
                ("user", &self.user),
                ("time", &self.time),
            ],
        )
    }

    /// Reads canonical bytes; anything else is refused.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let mut given = std::str::from_utf8(bytes).ok()?.split('\n');
        given.next().filter(|first| *first == LOGIN)?;
        let mut value = |name: &str| given.next()?.strip_prefix(name)?.strip_prefix(": ").map(str::to_owned);
        let origin = value("origin")?;
        let mut challenge = [0; 32];
        hex::decode_to_slice(value("challenge")?, &mut challenge).ok()?;
        let statement =
            Self { origin, challenge, card: value("card")?, user: value("user")?, time: value("time")? };
        Some(statement).filter(|statement| statement.to_bytes() == bytes)
    }
}

/// "This key is my card's": each of the two keys signs it, with its own last line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Registration<'a> {
    /// The web client's origin.
    pub origin: &'a str,
    pub card: &'a str,
    pub user: &'a str,
    /// SHA-256 of the activation code, so that the code itself is in no signature.
    pub code_sha256: [u8; 32],
    /// SHA-256 of the login key (DER SubjectPublicKeyInfo).
    pub login_sha256: [u8; 32],
    /// SHA-256 of the signing key.
    pub signing_sha256: [u8; 32],
}

impl Registration<'_> {
    /// The bytes that the key of that name (`login`, `signing`) signs.
    pub(super) fn to_bytes(self, key: &str) -> Vec<u8> {
        lines(
            REGISTRATION,
            &[
                ("origin", self.origin),
                ("card", self.card),
                ("user", self.user),
                ("code", &hex::encode(self.code_sha256)),
                ("login-key", &hex::encode(self.login_sha256)),
                ("signing-key", &hex::encode(self.signing_sha256)),
                ("key", key),
            ],
        )
    }
}

fn lines(first: &str, fields: &[(&str, &str)]) -> Vec<u8> {
    let mut text = format!("{first}\n");
    for (name, value) in fields {
        let _ = writeln!(text, "{name}: {value}");
    }
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement() -> LoginStatement {
        LoginStatement {
            origin: "https://localhost:1".to_owned(),
            challenge: [7; 32],
            card: "c".to_owned(),
            user: "10000001".to_owned(),
            time: "2026-11-23T09:05:00Z".to_owned(),
        }
    }

    #[test]
    fn a_login_statement_survives_its_bytes_and_nothing_else_is_one() {
        let bytes = statement().to_bytes();
        assert_eq!(LoginStatement::parse(&bytes), Some(statement()));
        let text = String::from_utf8(bytes.clone()).unwrap();
        for wrong in [
            text.replace("kapocs-web-login-v1", "kapocs-login-v1"),
            text.replace("07", "7"),
            text.replace("challenge: 07", "challenge: 0A").replace("0A", "0a").to_uppercase(),
            text.trim_end().to_owned(),
            format!("{text}\n"),
            text.replace('\n', "\r\n"),
            text.replace("user: ", "user:"),
        ] {
            assert_eq!(LoginStatement::parse(wrong.as_bytes()), None, "{wrong}");
        }
        let two_lines = LoginStatement { user: "1\ntime: x".to_owned(), ..statement() };
        assert_ne!(LoginStatement::parse(&two_lines.to_bytes()), Some(two_lines));
    }

    #[test]
    fn the_two_keys_sign_different_bytes() {
        let registration = Registration {
            origin: "https://localhost:1",
            card: "c",
            user: "10000001",
            code_sha256: [1; 32],
            login_sha256: [2; 32],
            signing_sha256: [3; 32],
        };
        assert_ne!(registration.to_bytes("login"), registration.to_bytes("signing"));
        assert!(
            registration.to_bytes("login").starts_with(b"kapocs-web-card-v1\norigin: https://localhost:1\n")
        );
    }
}
