//! PC/SC as transport: one transaction on a connected card.

use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use crate::apdu::Transport;
use crate::meaning::meaning;
use crate::{Result, TokenError};

/// Windows resets a card whose transaction is idle for 5 s; we keep far away from that.
const MAX_IDLE: Duration = Duration::from_secs(3);

/// pcscd looks into its readers every 0.4 s.
const REMOVAL_DELAY: Duration = Duration::from_secs(1);
const REMOVAL_PAUSE: Duration = Duration::from_millis(50);

/// A transaction that knows whether a PIN has gone through it.
pub(crate) struct PcscTransport<'a> {
    transaction: pcsc::Transaction<'a>,
    pin_sent: bool,
    idle_since: Instant,
}

impl<'a> PcscTransport<'a> {
    pub fn new(transaction: pcsc::Transaction<'a>) -> Self {
        Self { transaction, pin_sent: false, idle_since: Instant::now() }
    }

    /// Whether a PIN was sent: from then on nothing may be repeated.
    pub fn pin_sent(&self) -> bool {
        self.pin_sent
    }

    /// Ends the transaction; a card that saw a PIN is reset, so that no other program can use what
    /// the PIN opened. Says whether that worked: then the card must not be reset once more, which
    /// would hit another program's transaction.
    pub fn end(self) -> bool {
        self.check_idle();
        let how = if self.pin_sent { pcsc::Disposition::ResetCard } else { pcsc::Disposition::LeaveCard };
        match self.transaction.end(how) {
            Ok(()) => true,
            Err((_, error)) => {
                // A pulled card has forgotten the PIN by itself; the disconnect that follows resets too.
                tracing::debug!(?error, "the transaction did not end cleanly");
                false
            }
        }
    }

    /// A card that is pulled while it works shows as almost any error, and the service notices the
    /// empty reader only a little later. So strange errors wait for that before they are believed.
    fn explain(&self, error: TokenError) -> TokenError {
        if !matches!(error, TokenError::Reader(_) | TokenError::CardAnswer(_) | TokenError::ForeignCard) {
            return error;
        }
        let start = Instant::now();
        while start.elapsed() < REMOVAL_DELAY {
            match self.transaction.status2_owned() {
                Err(pcsc::Error::RemovedCard | pcsc::Error::NoSmartcard) => return TokenError::Removed,
                Ok(status) if !status.status().contains(pcsc::Status::PRESENT) => return TokenError::Removed,
                _ => std::thread::sleep(REMOVAL_PAUSE),
            }
        }
        error
    }

    fn check_idle(&self) {
        debug_assert!(
            self.idle_since.elapsed() < MAX_IDLE,
            "a transaction was idle for {:?}",
            self.idle_since.elapsed()
        );
    }
}

impl Transport for PcscTransport<'_> {
    fn transmit(&mut self, apdu: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        self.check_idle();
        self.pin_sent |= carries_secret(apdu);
        let mut buffer = Zeroizing::new([0; pcsc::MAX_BUFFER_SIZE]);
        let answer = match self.transaction.transmit(apdu, &mut *buffer) {
            Ok(answer) if answer.len() >= 2 => Ok(Zeroizing::new(answer.to_vec())),
            Ok(_) => Err(self.explain(TokenError::CardAnswer("shorter than a status word"))),
            Err(error) => Err(self.explain(meaning(error))),
        };
        self.idle_since = Instant::now();
        answer
    }
}

/// VERIFY, CHANGE REFERENCE DATA, RESET RETRY COUNTER with data and the answer to a GIDS card's challenge:
/// they carry a secret, and most count.
pub(crate) fn carries_secret(apdu: &[u8]) -> bool {
    matches!(apdu, [_, 0x20 | 0x24 | 0x2c, _, _, _, ..] | [_, 0x87, 0x00, 0x00, _, 0x7c, _, 0x82, ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_carries_a_secret_is_known_by_its_bytes() {
        for (apdu, secret) in [
            ("0020008008313233343536ffff", true),
            ("00240080083132333431323335", true),
            ("0024018004323538300a", true),
            ("002c0080103131313132323232363534333231ffff", true),
            ("002c02800432353830", true),
            ("008700000c7c0a82080102030405060708", true),
            // Questions: for the counter, for a challenge, for a signature.
            ("00200080", false),
            ("0020ff80", false),
            ("00870000047c02810000", false),
            ("0087119a047c0282008100", false),
            ("00cb3fff055c035fc10200", false),
            ("00", false),
            ("", false),
        ] {
            assert_eq!(carries_secret(&hex::decode(apdu).unwrap()), secret, "{apdu}");
        }
    }
}
