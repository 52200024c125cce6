//! GIDS cards (Microsoft, "Generic Identity Device Specification", and the smart card minidriver
//! specification for the files): selection, PIN and signing. Files are read in `gids_files`, unblocking is in
//! `gids_unblock`.

use signature::KeyAlgorithm;
use zeroize::Zeroizing;

use crate::apdu::{Answer, Command, StatusWord, Transport, send, send_once};
use crate::gids_unblock::PIN_REFERENCE;
use crate::profile::{CardKey, CardProfile, PinStatus, Unblocking};
use crate::{
    KeyPurpose, Pin, PinForm, PinState, Result, TokenError, TokenProfile, UnblockAnswer, UnblockKind,
    gids_files, gids_unblock, pkcs1, tlv, tries,
};

/// Application identifier, version 2.1.
const AID: [u8; 11] = [0xa0, 0x00, 0x00, 0x03, 0x97, 0x42, 0x54, 0x46, 0x59, 0x02, 0x01];
/// File identifier of the application itself.
const APPLICATION: u16 = 0x3fff;
/// Data object of the PIN's counters.
const PIN_COUNTERS: u32 = 0x7f71;
/// Algorithm references: RSA with PKCS#1 v1.5 padding by the card, ECDSA.
const RSA_PKCS1: u8 = 0x57;
const ECDSA: u8 = 0x1c;

/// The GIDS card application.
pub(crate) struct GidsProfile;

impl CardProfile for GidsProfile {
    fn kind(&self) -> TokenProfile {
        TokenProfile::Gids
    }

    fn pin_form(&self) -> PinForm {
        PinForm { min: 4, max: 16, digits_only: false }
    }

    fn select(&self, card: &mut dyn Transport) -> Result<()> {
        let command = Command { ins: 0xa4, p1: 0x04, p2: 0x00, data: &AID, answer: true };
        match send(card, command)?.status {
            StatusWord::OK => Ok(()),
            _ => Err(TokenError::ForeignCard),
        }
    }

    /// The file "cardid".
    fn csn(&self, card: &mut dyn Transport) -> Result<String> {
        let number = gids_files::data(card, gids_files::CARD_ID.0, gids_files::CARD_ID.1)?;
        Ok(hex::encode_upper(number.unwrap_or_default()))
    }

    fn key(&self, card: &mut dyn Transport, purpose: KeyPurpose) -> Result<Option<CardKey>> {
        gids_files::key(card, purpose)
    }

    /// A card that takes an empty VERIFY for good has no PIN yet: right after SELECT nothing else can be the
    /// reason.
    fn pin_status(&self, card: &mut dyn Transport) -> Result<PinStatus> {
        let empty = Command { ins: 0x20, p1: 0x00, p2: PIN_REFERENCE, data: &[], answer: false };
        let status = send_once(card, empty)?;
        let counters = gids_files::data(card, APPLICATION, PIN_COUNTERS)?.unwrap_or_default();
        let counter = |tag| tlv::find(&counters, tag).and_then(<[u8]>::first).copied();
        let left =
            if status == StatusWord::BLOCKED { Some(0) } else { counter(0x97).or(status.tries_left()) };
        let state = if status == StatusWord::OK { PinState::Unset } else { PinState::InUse };
        Ok(PinStatus { left, max: counter(0x93), state })
    }

    fn verify(&self, card: &mut dyn Transport, pin: &Pin) -> Result<()> {
        let data = pin.expose().as_bytes();
        let command = Command { ins: 0x20, p1: 0x00, p2: PIN_REFERENCE, data, answer: false };
        tries::judge(send_once(card, command))
    }

    fn wants_pin_each_time(&self, _key: KeyPurpose) -> bool {
        false
    }

    /// MANAGE SECURITY ENVIRONMENT names algorithm and key, PERFORM SECURITY OPERATION signs.
    fn sign(&self, card: &mut dyn Transport, key: &CardKey, digest: &[u8; 32]) -> Result<Vec<u8>> {
        let (algorithm, block) = match key.certificate.key_algorithm() {
            KeyAlgorithm::Rsa { .. } => (RSA_PKCS1, pkcs1::digest_info(digest)),
            KeyAlgorithm::P256 => (ECDSA, digest.to_vec()),
        };
        let environment = [0x80, 1, algorithm, 0x84, 1, key.reference];
        let set = Command { ins: 0x22, p1: 0x41, p2: 0xb6, data: &environment, answer: false };
        accepted(key, send_once(card, set)?)?;
        let command = Command { ins: 0x2a, p1: 0x9e, p2: 0x9a, data: &block, answer: true };
        let Answer { data, status } = send(card, command)?;
        accepted(key, status)?;
        Ok(match (key.certificate.key_algorithm(), data.split_at_checked(32)) {
            (KeyAlgorithm::P256, Some((r, s))) if s.len() == 32 => tlv::ecdsa_value(r, s),
            _ => data.to_vec(),
        })
    }

    fn change_pin(&self, card: &mut dyn Transport, old: Option<&Pin>, new: &Pin) -> Result<()> {
        let mut data = Zeroizing::new(Vec::with_capacity(32));
        data.extend_from_slice(old.map_or(&[], |old| old.expose().as_bytes()));
        data.extend_from_slice(new.expose().as_bytes());
        let p1 = if old.is_some() { 0x00 } else { 0x01 };
        let command = Command { ins: 0x24, p1, p2: PIN_REFERENCE, data: &data, answer: false };
        tries::judge_change(send_once(card, command))?;
        if old.is_none() { put_into_use(card) } else { Ok(()) }
    }

    fn unblocking(&self, _card: &mut dyn Transport) -> Result<Unblocking> {
        Ok(Unblocking { kind: UnblockKind::ChallengeResponse, left: None })
    }

    fn unblock_random(&self, card: &mut dyn Transport) -> Result<Vec<u8>> {
        gids_unblock::challenge(card)
    }

    fn unblock(&self, card: &mut dyn Transport, _csn: &str, answer: &UnblockAnswer, new: &Pin) -> Result<()> {
        let UnblockAnswer::Response(code) = answer else { return Err(TokenError::Unsupported) };
        if !self.pin_form().fits(new) {
            return Err(TokenError::PinFormat);
        }
        gids_unblock::answer(card, code, new)
    }
}

/// SELECT and ACTIVATE FILE of the application end a new card's initialization mode. Until then the card
/// has no PIN that counts, so an interrupted first use is simply repeated.
fn put_into_use(card: &mut dyn Transport) -> Result<()> {
    let application = APPLICATION.to_be_bytes();
    let select = Command { ins: 0xa4, p1: 0x00, p2: 0x0c, data: &application, answer: false };
    let activate = Command { ins: 0x44, p1: 0x00, p2: 0x00, data: &[], answer: false };
    for command in [select, activate] {
        let status = send_once(card, command).map_err(|_| TokenError::PinOutcomeUnknown)?;
        if status != StatusWord::OK {
            return Err(TokenError::CardRefused { sw: status.0 });
        }
    }
    Ok(())
}

fn accepted(key: &CardKey, status: StatusWord) -> Result<()> {
    match status {
        StatusWord::OK => Ok(()),
        StatusWord::NOT_FOUND | StatusWord(0x6a80 | 0x6a88) => Err(TokenError::KeyMissing(key.purpose)),
        _ => Err(TokenError::CardRefused { sw: status.0 }),
    }
}
