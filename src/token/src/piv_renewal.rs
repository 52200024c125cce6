//! New keys on PIV cards that keep their management key behind the PIN, as Yubico documents it ("PIV:
//! PIN-only mode", "PIV commands"), and that can move keys between slots (firmware 5.7 and later).

use signature::Certificate;

use crate::apdu::{Answer, Command, StatusWord, Transport, send};
use crate::piv::{self, general_authenticate};
use crate::profile::Renewal;
use crate::{KeyPurpose, Pin, Result, TokenError, piv_pin, tlv};
