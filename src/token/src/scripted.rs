//! A transport for tests that answers from a function and remembers what was sent.

use signature::issue::{CertificateAuthority, UserCertificate};
use signature::{Certificate, PrivateKey};
use zeroize::Zeroizing;

use crate::apdu::Transport;
use crate::{Result, TokenError, tlv};

/// Answers each APDU with what the function says.
pub(crate) struct Scripted<F> {
    answer: F,
    pub sent: Vec<Vec<u8>>,
}

impl<F: FnMut(&[u8]) -> Result<Vec<u8>>> Scripted<F> {
    pub fn new(answer: F) -> Self {
        Self { answer, sent: Vec::new() }
    }

    /// How many APDUs with this instruction carried data.
    pub fn count_with_data(&self, instruction: u8) -> usize {
        self.sent.iter().filter(|apdu| apdu[1] == instruction && apdu.len() > 5).count()
    }
}

impl<F: FnMut(&[u8]) -> Result<Vec<u8>>> Transport for Scripted<F> {
    fn transmit(&mut self, apdu: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        self.sent.push(apdu.to_vec());
        (self.answer)(apdu).map(Zeroizing::new)
    }
}

/// Answers in their order; asking for more fails as a pulled card does.
pub(crate) fn in_order<const N: usize>(answers: [&str; N]) -> impl FnMut(&[u8]) -> Result<Vec<u8>> {
    let mut answers = answers.map(|answer| hex::decode(answer).expect("hex")).into_iter();
    move |_| answers.next().ok_or(TokenError::Removed)
}

/// A small PIV card whose answers tests can bend.
#[derive(Clone)]
pub(crate) struct Card {
    pub key: PrivateKey,
    pub certificate: Certificate,
    /// Status word of the question for the counter.
    pub state: u16,
    /// Status word of a VERIFY with a PIN.
    pub verified: u16,
    /// Status word of GENERAL AUTHENTICATE; the signature follows 9000.
    pub signed: u16,
}

impl Card {
    pub fn new() -> Self {
        let now = chrono::Utc::now();
        let authority = CertificateAuthority::generate("Próba CA", now).unwrap();
        let key = PrivateKey::generate_p256();
        let spki = key.public_key_der().unwrap();
        let end = now + chrono::Duration::days(1);
        let certificate =
            authority.issue_user("Teszt Elek", "1", UserCertificate::Signing, &spki, now, end).unwrap();
        Self { key, certificate, state: 0x63c5, verified: 0x9000, signed: 0x9000 }
    }

    pub fn answer(&self, apdu: &[u8]) -> Vec<u8> {
        match apdu[1] {
            0xa4 => vec![0x90, 0x00],
            0xcb => self.object(&apdu[7..apdu.len() - 1]),
            0x20 if apdu.len() > 5 => self.verified.to_be_bytes().to_vec(),
            0x20 => self.state.to_be_bytes().to_vec(),
            0x87 if self.signed == 0x9000 => {
                let template = tlv::find(&apdu[5..], 0x7c).unwrap();
                let digest = tlv::find(template, 0x81).unwrap().try_into().unwrap();
                let mut result = Vec::new();
                tlv::put(&mut result, 0x82, &self.key.sign_digest(digest).unwrap());
                let mut answer = Vec::new();
                tlv::put(&mut answer, 0x7c, &result);
                with_status(answer, 0x9000)
            }
            0x87 => self.signed.to_be_bytes().to_vec(),
            _ => vec![0x6d, 0x00],
        }
    }

    fn object(&self, name: &[u8]) -> Vec<u8> {
        if name != [0x5f, 0xc1, 0x0a] {
            return vec![0x6a, 0x82];
        }
        let mut contents = Vec::new();
        tlv::put(&mut contents, 0x70, self.certificate.to_der());
        tlv::put(&mut contents, 0x71, &[0]);
        data_object(&contents)
    }
}

/// GET DATA's good answer with these contents.
pub(crate) fn data_object(contents: &[u8]) -> Vec<u8> {
    let mut answer = Vec::new();
    tlv::put(&mut answer, 0x53, contents);
    with_status(answer, 0x9000)
}

fn with_status(mut answer: Vec<u8>, status: u16) -> Vec<u8> {
    answer.extend_from_slice(&status.to_be_bytes());
    answer
}
