//! PIN and PUK of a PIV card: their counters, change and unblocking (NIST SP 800-73-4 part 2, 3.2; GET
//! METADATA as newer cards have it, Yubico's "PIV commands").

use rand_core::{OsRng, RngCore};
use zeroize::Zeroizing;

use crate::apdu::{Answer, Command, StatusWord, Transport, send, send_once};
use crate::profile::PinStatus;
use crate::{Pin, PinState, Result, TokenError, tlv, tries};

/// Key reference of the application PIN.
const PIN_REFERENCE: u8 = 0x80;
/// Key reference of the PIN unblocking key.
const PUK_REFERENCE: u8 = 0x81;
/// Bytes of a PIN or PUK on the wire, filled up with FF.
const BLOCK: usize = 8;
/// Bytes of our part of an unblocking's question.
const NONCE: usize = 8;

/// Reads what the card says of the PIN.
pub(crate) fn status(card: &mut dyn Transport) -> Result<PinStatus> {
    let mut status = verify_without_pin(card, 0x00)?;
    if status == StatusWord::OK {
        // Someone left the PIN verified, so the card hides its counter. Log out and ask again.
        verify_without_pin(card, 0xff)?;
        status = verify_without_pin(card, 0x00)?;
    }
    let left = if status == StatusWord::BLOCKED { Some(0) } else { status.tries_left() };
    let told = metadata(card, PIN_REFERENCE)?.unwrap_or_default();
    let max = tlv::find(&told, 0x06).and_then(<[u8]>::first).copied();
    // Tag 05: whether the value is still the one from the factory.
    let state = if tlv::find(&told, 0x05) == Some(&[1]) { PinState::Transport } else { PinState::InUse };
    Ok(PinStatus { left, max, state })
}

/// Tries left of the PUK, where the card tells.
pub(crate) fn puk_tries(card: &mut dyn Transport) -> Result<Option<u8>> {
    let told = metadata(card, PUK_REFERENCE)?.unwrap_or_default();
    Ok(tlv::find(&told, 0x06).and_then(|tries| tries.get(1)).copied())
}

/// VERIFY.
pub(crate) fn verify(card: &mut dyn Transport, pin: &Pin) -> Result<()> {
    let block = blocks([pin])?;
    let command = Command { ins: 0x20, p1: 0x00, p2: PIN_REFERENCE, data: &block, answer: false };
    tries::judge(send_once(card, command))
}

/// CHANGE REFERENCE DATA of the PIN.
pub(crate) fn change(card: &mut dyn Transport, old: &Pin, new: &Pin) -> Result<()> {
    let data = blocks([old, new])?;
    let command = Command { ins: 0x24, p1: 0x00, p2: PIN_REFERENCE, data: &data, answer: false };
    tries::judge_change(send_once(card, command))
}

/// RESET RETRY COUNTER with the PUK, and at once another PUK in place of the one that was told by telephone.
pub(crate) fn unblock(card: &mut dyn Transport, current: &Pin, next: &Pin, new: &Pin) -> Result<()> {
    let (opening, replacing) = (blocks([current, new])?, blocks([current, next])?);
    let command = Command { ins: 0x2c, p1: 0x00, p2: PIN_REFERENCE, data: &opening, answer: false };
    match tries::judge_change(send_once(card, command)) {
        Ok(()) => {}
        Err(TokenError::PinWrong { left }) => return Err(TokenError::UnblockCodeWrong { left: Some(left) }),
        Err(TokenError::PinBlocked) => return Err(TokenError::UnblockDead),
        Err(error) => return Err(error),
    }
    let command = Command { ins: 0x24, p1: 0x00, p2: PUK_REFERENCE, data: &replacing, answer: false };
    tries::judge_change(send_once(card, command)).map_err(|error| {
        tracing::warn!(%error, "the PUK was not replaced");
        TokenError::PukNotReplaced
    })
}

/// Our part of an unblocking's question: a PIV card asks none itself.
pub(crate) fn nonce() -> Vec<u8> {
    let mut nonce = vec![0; NONCE];
    OsRng.fill_bytes(&mut nonce);
    nonce
}

/// GET METADATA, which newer cards know: what is told of a key reference.
pub(crate) fn metadata(card: &mut dyn Transport, reference: u8) -> Result<Option<Vec<u8>>> {
    let Answer { data, status } =
        send(card, Command { ins: 0xf7, p1: 0x00, p2: reference, data: &[], answer: true })?;
    Ok((status == StatusWord::OK).then(|| data.to_vec()))
}

/// VERIFY without a PIN: P1 = 00 asks for the state, FF logs out (SP 800-73-4 part 2, 3.2.1).
fn verify_without_pin(card: &mut dyn Transport, p1: u8) -> Result<StatusWord> {
    send_once(card, Command { ins: 0x20, p1, p2: PIN_REFERENCE, data: &[], answer: false })
}

/// PINs and PUKs one after the other, each filled up.
fn blocks<const N: usize>(secrets: [&Pin; N]) -> Result<Zeroizing<Vec<u8>>> {
    let mut all = Zeroizing::new(Vec::with_capacity(N * BLOCK));
    for (secret, end) in secrets.into_iter().zip((BLOCK..).step_by(BLOCK)) {
        if secret.expose().len() > BLOCK {
            return Err(TokenError::PinFormat);
        }
        all.extend_from_slice(secret.expose().as_bytes());
        all.resize(end, 0xff);
    }
    Ok(all)
}
