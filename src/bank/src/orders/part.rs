//! What the bank does with the orders of one type: the form of a row in the table of [`super`].

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{AuthorityTable, CustomerId, Order, Transfer, UserId};
use formats::package_document::PackageContent;
use protocol::CustomerAccess;
use rusqlite::Connection;

use super::context::Context;
use super::payee::Answer;
use crate::ground::error::{Refusal, Result};
use crate::ground::rules::Rules;

/// What the bank does with one order type.
pub(crate) struct Part {
    /// Whether every order of a package could be taken; what they make of the authority table, if they change it.
    pub(crate) accept:
        fn(&Judging<'_>, &PackageContent) -> std::result::Result<Option<AuthorityTable>, Refusal>,
    /// Whether [`Part::accept`] would tell somebody who may not sign what only the bank knows: signatures are then
    /// judged first.
    pub(crate) is_secret: bool,
    /// How an accepted order is carried out.
    pub(crate) carry_out: CarryOut,
}

/// When and how orders are carried out.
pub(crate) enum CarryOut {
    /// By the engines, each at its time; the payee's bank is asked so.
    Engines(fn(&Connection, &Rules, &CustomerId, &Transfer) -> Result<Answer>),
    /// All together, in the transaction that takes the package in.
    AtOnce(AtOnce),
}

/// Carries a whole package out, given the authority table that its orders make.
pub(crate) type AtOnce =
    fn(&Connection, &CustomerAccess, &[Order], &AuthorityTable, DateTime<Utc>) -> Result<()>;

/// For whom and by what orders are judged.
#[derive(Clone, Copy)]
pub(crate) struct Judging<'a> {
    pub(crate) db: &'a Connection,
    pub(crate) context: &'a Context<'a>,
    pub(crate) access: &'a CustomerAccess,
    /// Who signed, where that is judged first ([`Part::is_secret`]); else nobody.
    pub(crate) signers: &'a BTreeSet<UserId>,
}
