//! Somebody who talks to the bank with their keys and without our client: to do what the client never does.

use chrono::{DateTime, TimeDelta, Utc};
use client::{CallError, ChallengeAnswer, HttpBank};
use domain::UserId;
use protocol::{ConnectionFile, LoginDevice, LoginRequest, LoginStatement, ProblemCode, Session};
use sha2::{Digest, Sha256};
use signature::issue::{CertificateAuthority, UserCertificate};
use signature::keyfile::{KeyFile, KeySlot};
use signature::{Certificate, PrivateKey};

use crate::house::{House, PIN};

/// Somebody with opened keys, at the bank's door.
pub struct Person {
    /// The way to the bank.
    pub bank: HttpBank,
    /// Who.
    pub user: UserId,
    /// Authentication key and certificate.
    pub login: (PrivateKey, Certificate),
    /// Signing key and certificate.
    pub signing: (PrivateKey, Certificate),
}

/// The bank's connection file.
pub fn connection(house: &House) -> ConnectionFile {
    toml::from_str(&std::fs::read_to_string(house.connection_file()).expect("a demo bank in order"))
        .expect("a demo bank in order")
}

/// A CMS file over some bytes.
pub fn cms(key: &(PrivateKey, Certificate), bytes: &[u8], now: DateTime<Utc>) -> Vec<u8> {
    let pending =
        signature::prepare(&key.1, Sha256::digest(bytes).into(), now).expect("a demo bank in order");
    let raw = key.0.sign_digest(&pending.digest()).expect("a demo bank in order");
    pending.finish(&raw, &[]).expect("a demo bank in order")
}

/// The refusal's code; anything else fails the test.
pub fn refused<T: std::fmt::Debug>(answer: Result<T, CallError>) -> ProblemCode {
    match answer {
        Err(CallError::Refused(problem)) => problem.code,
        other => panic!("not refused: {other:?}"),
    }
}

impl Person {
    /// A demo user.
    pub fn of(house: &House, name: &str) -> Self {
        let file =
            KeyFile::parse(&std::fs::read_to_string(house.key_file(name)).expect("a demo bank in order"))
                .expect("a demo bank in order");
        let open =
            |slot| (file.unlock(PIN, slot).expect("a demo bank in order"), file.certificate(slot).clone());
        Self {
            bank: HttpBank::new(&connection(house)).expect("a demo bank in order"),
            user: file
                .certificate(KeySlot::Login)
                .user_id()
                .expect("a demo bank in order")
                .parse()
                .expect("a demo bank in order"),
            login: open(KeySlot::Login),
            signing: open(KeySlot::Signing),
        }
    }

    /// Somebody with certificates of an authority.
    pub fn certified(house: &House, authority: &CertificateAuthority, user: &str) -> Self {
        let (from, to) = (Utc::now() - TimeDelta::days(1), Utc::now() + TimeDelta::days(30));
        let make = |kind| {
            let key = PrivateKey::generate_p256();
            let spki = key.public_key_der().expect("a demo bank in order");
            let certificate = authority
                .issue_user("Idegen Imre", user, kind, &spki, from, to)
                .expect("a demo bank in order");
            (key, certificate)
        };
        Self {
            bank: HttpBank::new(&connection(house)).expect("a demo bank in order"),
            user: user.parse().expect("a demo bank in order"),
            login: make(UserCertificate::Login),
            signing: make(UserCertificate::Signing),
        }
    }

    /// A challenge for this user.
    pub async fn challenge(&self) -> ChallengeAnswer {
        self.bank.challenge(&self.user).await.expect("a demo bank in order")
    }

    /// An honest statement for a challenge.
    pub fn statement(answer: &ChallengeAnswer) -> LoginStatement {
        LoginStatement {
            origin: answer.origin.clone(),
            server_certificate: answer.server_certificate,
            challenge: answer.challenge.challenge.as_slice().try_into().expect("a demo bank in order"),
            time: answer.challenge.server_time,
            client: "kapocs 0.1.0".to_owned(),
            device: LoginDevice::Software,
        }
    }

    /// A statement signed by a key.
    pub fn request(key: &(PrivateKey, Certificate), statement: &LoginStatement) -> LoginRequest {
        let bytes = statement.to_bytes();
        let signature = cms(key, &bytes, Utc::now());
        LoginRequest { statement: bytes.into(), signature: signature.into() }
    }

    /// An honest login.
    pub async fn log_in(&self) -> Result<Session, CallError> {
        let statement = Self::statement(&self.challenge().await);
        self.bank.login(Self::request(&self.login, &statement)).await
    }

    /// What the bank says to a statement that differs from an honest one.
    pub async fn refused_with(&self, change: impl FnOnce(&mut LoginStatement)) -> ProblemCode {
        let mut statement = Self::statement(&self.challenge().await);
        change(&mut statement);
        refused(self.bank.login(Self::request(&self.login, &statement)).await)
    }
}
