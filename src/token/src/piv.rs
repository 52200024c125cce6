//! PIV cards (NIST SP 800-73-4 part 2 for the commands, part 1 for the data objects).

use flate2::read::GzDecoder;
use signature::KeyAlgorithm;

use crate::apdu::{Command, StatusWord, Transport, send};
use crate::certificates::inflate;
use crate::piv_objects::{P_256, RSA_2048, certificate_object, general_authenticate, object, slot};
use crate::profile::{CardKey, CardProfile, PinStatus, Renewal, Unblocking};
use crate::{
    KeyPurpose, Pin, PinForm, Result, TokenError, TokenProfile, UnblockAnswer, UnblockKind, piv_pin,
    piv_renewal, pkcs1, tlv,
};

/// Application identifier without its version, so that every version answers.
const AID: [u8; 9] = [0xa0, 0x00, 0x00, 0x03, 0x08, 0x00, 0x00, 0x10, 0x00];
/// Card holder unique identifier.
const CHUID: [u8; 3] = [0x5f, 0xc1, 0x02];
/// The PUKs that the bank tells: 8 digits.
const PUK_FORM: PinForm = PinForm { min: 8, max: 8, digits_only: true };

/// The PIV card application.
pub(crate) struct PivProfile;

impl CardProfile for PivProfile {
    fn kind(&self) -> TokenProfile {
        TokenProfile::Piv
    }

    fn pin_form(&self) -> PinForm {
        PinForm::DIGITS_6_TO_8
    }

    fn select(&self, card: &mut dyn Transport) -> Result<()> {
        let command = Command { ins: 0xa4, p1: 0x04, p2: 0x00, data: &AID, answer: true };
        match send(card, command)?.status {
            StatusWord::OK => Ok(()),
            _ => Err(TokenError::ForeignCard),
        }
    }

    /// The GUID of the CHUID (tag 34), or its cardholder UUID (36) where the GUID is left zero.
    fn csn(&self, card: &mut dyn Transport) -> Result<String> {
        let chuid = object(card, &CHUID)?.unwrap_or_default();
        let number = [0x34, 0x36]
            .into_iter()
            .filter_map(|tag| tlv::find(&chuid, tag))
            .find(|value| value.iter().any(|&byte| byte != 0));
        Ok(hex::encode_upper(number.unwrap_or_default()))
    }

    fn key(&self, card: &mut dyn Transport, purpose: KeyPurpose) -> Result<Option<CardKey>> {
        let Some(object) = object(card, &certificate_object(purpose))? else { return Ok(None) };
        let Some(stored) = tlv::find(&object, 0x70).filter(|stored| !stored.is_empty()) else {
            return Ok(None);
        };
        let compressed = tlv::find(&object, 0x71).and_then(<[u8]>::first).is_some_and(|info| info & 1 != 0);
        let der = if compressed { inflate(GzDecoder::new(stored))? } else { stored.to_vec() };
        Ok(CardKey::new(purpose, &der, slot(purpose)))
    }

    fn pin_status(&self, card: &mut dyn Transport) -> Result<PinStatus> {
        piv_pin::status(card)
    }

    fn verify(&self, card: &mut dyn Transport, pin: &Pin) -> Result<()> {
        piv_pin::verify(card, pin)
    }

    /// Slot 9C is PIN-always (SP 800-73-4 part 1, table 5).
    fn wants_pin_each_time(&self, key: KeyPurpose) -> bool {
        key == KeyPurpose::Signing
    }

    fn sign(&self, card: &mut dyn Transport, key: &CardKey, digest: &[u8; 32]) -> Result<Vec<u8>> {
        let (algorithm, block) = match key.certificate.key_algorithm() {
            KeyAlgorithm::Rsa { modulus_len: length @ 256 } => (RSA_2048, pkcs1::block(digest, length)),
            KeyAlgorithm::P256 => (P_256, digest.to_vec()),
            KeyAlgorithm::Rsa { .. } => return Err(TokenError::UnsupportedKey),
        };
        general_authenticate(card, key.purpose, algorithm, key.reference, &block)
    }

    fn change_pin(&self, card: &mut dyn Transport, old: Option<&Pin>, new: &Pin) -> Result<()> {
        // No PIV card is without a PIN: its first one is the transport PIN.
        piv_pin::change(card, old.ok_or(TokenError::Unsupported)?, new)
    }

    /// By PUK, always: a card without one refuses by itself.
    fn unblocking(&self, card: &mut dyn Transport) -> Result<Unblocking> {
        Ok(Unblocking { kind: UnblockKind::PukPair, left: piv_pin::puk_tries(card)? })
    }

    fn unblock_random(&self, _card: &mut dyn Transport) -> Result<Vec<u8>> {
        Ok(piv_pin::nonce())
    }

    fn unblock(&self, card: &mut dyn Transport, csn: &str, answer: &UnblockAnswer, new: &Pin) -> Result<()> {
        let UnblockAnswer::PukPair { current, next } = answer else { return Err(TokenError::Unsupported) };
        if ![current, next].into_iter().all(|puk| PUK_FORM.fits(puk)) || !self.pin_form().fits(new) {
            return Err(TokenError::PinFormat);
        }
        // Nothing secret has gone out yet, so whatever fails here harms nothing.
        let same = self.select(card).and_then(|()| self.csn(card)).is_ok_and(|found| found == csn);
        if !same {
            return Err(TokenError::UnblockLapsed);
        }
        piv_pin::unblock(card, current, next, new)
    }

    fn renewal(&self, card: &mut dyn Transport) -> Result<&dyn Renewal> {
        if piv_renewal::is_possible(card)? {
            Ok(&piv_renewal::PivRenewal)
        } else {
            Err(TokenError::Unsupported)
        }
    }
}
