//! The login statement: the exact bytes that the token's authentication key signs.

use chrono::{DateTime, SecondsFormat, Utc};

use crate::ProtocolError;

/// First line of every login statement. It keeps a login signature from passing for anything else.
pub const LOGIN_PREFIX: &str = "kapocs-login-v1";

/// What holds the keys: a bank may refuse software tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginDevice {
    /// A smart card or USB token.
    Card,
    /// An encrypted key file.
    Software,
}

domain::names! {
    LoginDevice {
        Card = "card",
        Software = "software",
    }
}

/// "I want to log in there, now, over this very connection."
///
/// Naming the origin and the certificate that the client sees makes a statement worthless for
/// anybody who stands between client and bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginStatement {
    /// `base_url` of the connection file.
    pub origin: String,
    /// SHA-256 of the server's leaf certificate (DER) as the client sees it.
    pub server_certificate: [u8; 32],
    /// The bank's challenge, as the bank wrote it.
    pub challenge: [u8; 32],
    /// The client's clock; milliseconds at most, the rest is cut off.
    pub time: DateTime<Utc>,
    /// Name and version of the client program, for instance `kapocs 0.1.0`.
    pub client: String,
    /// What the client says holds the keys. It is signed, so nobody on the way can change it; a program of the
    /// user's own could lie, and only attested keys would show that.
    pub device: LoginDevice,
}

impl LoginStatement {
    /// The canonical bytes: seven lines of UTF-8, each ended by a line feed.
    pub fn to_bytes(&self) -> Vec<u8> {
        format!(
            "{LOGIN_PREFIX}\norigin: {}\nserver-certificate: {}\nchallenge: {}\ntime: {}\nclient: {}\ntoken: {}\n",
            self.origin,
            hex(&self.server_certificate),
            hex(&self.challenge),
            self.time.to_rfc3339_opts(SecondsFormat::Millis, true),
            self.client,
            self.device.name()
        )
        .into_bytes()
    }

    /// Reads canonical bytes; whatever [`to_bytes`](Self::to_bytes) would write otherwise is refused, so
    /// that two readers can never understand one statement in two ways.
    ///
    /// # Errors
    /// [`ProtocolError::Statement`].
    pub fn parse(bytes: &[u8]) -> Result<Self, ProtocolError> {
        let read = || -> Option<Self> {
            let mut lines = std::str::from_utf8(bytes).ok()?.split('\n');
            let mut value = |name: &str| lines.next()?.strip_prefix(name);
            value(LOGIN_PREFIX).filter(|rest| rest.is_empty())?;
            Some(Self {
                origin: value("origin: ")?.to_owned(),
                server_certificate: unhex(value("server-certificate: ")?)?,
                challenge: unhex(value("challenge: ")?)?,
                time: DateTime::parse_from_rfc3339(value("time: ")?).ok()?.with_timezone(&Utc),
                client: value("client: ")?.to_owned(),
                device: LoginDevice::from_name(value("token: ")?)?,
            })
        };
        read().filter(|statement| statement.to_bytes() == bytes).ok_or(ProtocolError::Statement)
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

pub(crate) fn unhex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; 32];
    for (i, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
            #[test]
            fn a_statement_survives_its_bytes(
                origin in "https://[a-z.:0-9]{1,30}", certificate: [u8; 32], challenge: [u8; 32],
                millis in 0i64..4_000_000_000_000, client in "[a-z]{1,8} [0-9.]{1,8}", software: bool,
            ) {
                let device = if software { LoginDevice::Software } else { LoginDevice::Card };
                let time = DateTime::from_timestamp_millis(millis).unwrap();
                let statement = LoginStatement { origin, server_certificate: certificate, challenge, time, client, device };
                prop_assert_eq!(LoginStatement::parse(&statement.to_bytes()), Ok(statement));
            }

            #[test]
            fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
                prop_assert!(LoginStatement::parse(&bytes).is_err());
            }

            #[test]
            fn one_changed_byte_is_another_statement_or_none(position in 0usize..320, byte: u8) {
                let statement = LoginStatement {
                    origin: "https://localhost:8443".to_owned(),
                    server_certificate: [7; 32],
                    challenge: [9; 32],
                    time: DateTime::UNIX_EPOCH,
                    client: "kapocs 0.1.0".to_owned(),
    device: LoginDevice::Card,
                };
                let mut bytes = statement.to_bytes();
                let position = position % bytes.len();
                prop_assume!(bytes[position] != byte);
                bytes[position] = byte;
                prop_assert_ne!(LoginStatement::parse(&bytes), Ok(statement));
            }
        }

    #[test]
    fn a_statement_looks_so() {
        let statement = LoginStatement {
            origin: "https://localhost:8443".to_owned(),
            server_certificate: [0xab; 32],
            challenge: [0xcd; 32],
            time: DateTime::UNIX_EPOCH,
            client: "kapocs 0.1.0".to_owned(),
            device: LoginDevice::Software,
        };
        let (certificate, challenge) = ("ab".repeat(32), "cd".repeat(32));
        let text = format!(
            "kapocs-login-v1\norigin: https://localhost:8443\nserver-certificate: {certificate}\n\
             challenge: {challenge}\ntime: 1970-01-01T00:00:00.000Z\nclient: kapocs 0.1.0\ntoken: software\n"
        );
        assert_eq!(String::from_utf8(statement.to_bytes()).unwrap(), text);
    }

    #[test]
    fn other_spellings_of_the_same_statement_are_refused() {
        let good = LoginStatement {
            origin: "https://localhost:8443".to_owned(),
            server_certificate: [0xab; 32],
            challenge: [0xcd; 32],
            time: DateTime::UNIX_EPOCH,
            client: "kapocs 0.1.0".to_owned(),
            device: LoginDevice::Card,
        };
        let text = String::from_utf8(good.to_bytes()).unwrap();
        for other in [
            text.replace("abab", "ABAB"),
            text.replace("1970-01-01T00:00:00.000Z", "1970-01-01T01:00:00.000+01:00"),
            text.replace('\n', "\r\n"),
            text.trim_end().to_owned(),
            format!("{text}\n"),
            text.replace("token: card", "token: Card"),
            text.replace("token: card\n", ""),
            text.replace(LOGIN_PREFIX, "kapocs-login-v2"),
        ] {
            assert_eq!(LoginStatement::parse(other.as_bytes()), Err(ProtocolError::Statement), "{other}");
        }
    }
}
