//! What kinds of cards there are, and how one is ordered.

use signature::keyfile::{KeyFile, KeySlot};
use signature::{Certificate, PrivateKey, SignatureError};

use super::chip::Application;
use super::cipher::{self, BlockKey};
use super::gids::{self, Gids};
use super::piv::{self, Piv};
use super::{DEFAULT_PUK, VirtualCard};

/// The application on the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardKind {
    /// NIST SP 800-73-4.
    Piv,
    /// Microsoft's generic identity device specification, with unblocking by challenge and code.
    Gids,
}

/// Management key (9B) of a PIV card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ManagementKey {
    /// Triple DES, algorithm 03.
    Tdes([u8; 24]),
    /// AES-192, algorithm 0A.
    Aes192([u8; 24]),
    /// AES-256, algorithm 0C.
    Aes256([u8; 32]),
}

impl ManagementKey {
    /// Algorithm identifier (SP 800-78-4, table 6-2).
    pub fn algorithm(&self) -> u8 {
        match self {
            Self::Tdes(_) => 0x03,
            Self::Aes192(_) => 0x0a,
            Self::Aes256(_) => 0x0c,
        }
    }

    /// The key itself.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Tdes(key) | Self::Aes192(key) => key,
            Self::Aes256(key) => key,
        }
    }

    pub(super) fn cipher(&self) -> BlockKey {
        match self {
            Self::Tdes(key) => BlockKey::tdes(key),
            Self::Aes192(key) => BlockKey::aes192(key),
            Self::Aes256(key) => BlockKey::aes256(key),
        }
    }
}

/// An order for a card. Without further words: the bank's PIV card in use, which knows GET METADATA
/// of its PIN and makes no new keys.
#[derive(Clone, Debug)]
pub struct CardBuilder {
    kind: CardKind,
    csn: [u8; 16],
    pin: Option<String>,
    puk: String,
    admin_key: [u8; 24],
    management: Option<ManagementKey>,
    new_card: bool,
    plain: bool,
    signing_first: bool,
}

impl CardBuilder {
    pub(super) fn new(kind: CardKind) -> Self {
        Self {
            kind,
            csn: super::holder::CSN,
            pin: None,
            puk: DEFAULT_PUK.to_owned(),
            admin_key: super::DEFAULT_ADMIN_KEY,
            management: None,
            new_card: false,
            plain: false,
            signing_first: false,
        }
    }

    /// Card serial number: the GUID of the CHUID (PIV) or the cardid (GIDS).
    #[must_use]
    pub fn csn(self, csn: [u8; 16]) -> Self {
        Self { csn, ..self }
    }

    /// The card's PIN where it is not the key file's, e.g. a transport PIN.
    #[must_use]
    pub fn pin(self, pin: &str) -> Self {
        Self { pin: Some(pin.to_owned()), ..self }
    }

    /// PUK of a PIV card.
    #[must_use]
    pub fn puk(self, puk: &str) -> Self {
        Self { puk: puk.to_owned(), ..self }
    }

    /// Triple DES key of a GIDS card's administrator.
    #[must_use]
    pub fn admin_key(self, admin_key: [u8; 24]) -> Self {
        Self { admin_key, ..self }
    }

    /// A card fresh from the bank: PIV with a transport PIN that GET METADATA tells, GIDS in
    /// initialization mode without a PIN.
    #[must_use]
    pub fn new_card(self) -> Self {
        Self { new_card: true, ..self }
    }

    /// A PIV card like a YubiKey 5.7: a random management key that the PIN opens, new keys, new
    /// certificates, moved keys.
    #[must_use]
    pub fn renewable(self) -> Self {
        let mut key = [0; 24];
        key.copy_from_slice(&cipher::random(24));
        self.management_key(ManagementKey::Tdes(key))
    }

    /// As [`renewable`](Self::renewable), with this management key.
    #[must_use]
    pub fn management_key(self, key: ManagementKey) -> Self {
        Self { management: Some(key), plain: false, ..self }
    }

    /// A PIV card that knows nothing beyond the standard: no GET METADATA, no GET VERSION.
    #[must_use]
    pub fn plain(self) -> Self {
        Self { plain: true, management: None, ..self }
    }

    /// A GIDS card whose first container is the signing key's.
    #[must_use]
    pub fn signing_first(self) -> Self {
        Self { signing_first: true, ..self }
    }

    /// A card with the keys and certificates of a key file. `pin` opens the file and, unless
    /// [`pin`](Self::pin) said otherwise, the card.
    ///
    /// # Errors
    /// What is wrong with the key file or its PIN.
    pub fn from_key_file(mut self, pem: &str, pin: &str) -> Result<VirtualCard, SignatureError> {
        let file = KeyFile::parse(pem)?;
        let slot = |slot| Ok((file.unlock(pin, slot)?, file.certificate(slot).clone()));
        let (login, signing) = (slot(KeySlot::Login)?, slot(KeySlot::Signing)?);
        self.pin.get_or_insert_with(|| pin.to_owned());
        Ok(self.build(login, signing))
    }

    /// A card with these keys and certificates.
    pub fn build(self, login: (PrivateKey, Certificate), signing: (PrivateKey, Certificate)) -> VirtualCard {
        match self.kind {
            CardKind::Piv => VirtualCard::with(self.piv(login, signing)),
            CardKind::Gids => VirtualCard::with(self.gids(login, signing)),
        }
    }

    pub(super) fn piv(
        self,
        login: (PrivateKey, Certificate),
        signing: (PrivateKey, Certificate),
    ) -> impl Application + 'static {
        Piv::new(piv::Plan {
            login,
            signing,
            pin: self.pin.unwrap_or_else(|| super::holder::PIN.to_owned()),
            puk: self.puk,
            csn: self.csn,
            new_card: self.new_card,
            management: self.management,
            plain: self.plain,
        })
    }

    pub(super) fn gids(
        self,
        login: (PrivateKey, Certificate),
        signing: (PrivateKey, Certificate),
    ) -> impl Application + 'static {
        let login = gids::Container::new(login, gids::Purpose::KeyExchange);
        let signing = gids::Container::new(signing, gids::Purpose::Signature);
        let containers = if self.signing_first { [signing, login] } else { [login, signing] };
        let pin = self.pin.unwrap_or_else(|| super::holder::PIN.to_owned());
        let pin = if self.new_card { None } else { Some(pin) };
        Gids::new(containers, pin.as_deref(), &self.admin_key, self.csn)
    }
}
