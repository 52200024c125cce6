//! Which accounts a user sees, and cursors that remember it: when a user's rights grow, reading starts over, since
//! else the past of the new account would be skipped for ever.

use domain::{AccountNumber, AuthorityTable, UserId};
use protocol::{Cursor, ProblemCode};
use sha2::{Digest, Sha256};

use crate::ground::error::Refusal;

/// Bytes of the mark that tells one set of accounts from another.
const MARK: usize = 6;

/// Whether the user may see the account.
pub(crate) fn may_view(user: &UserId, table: &AuthorityTable, account: AccountNumber) -> bool {
    table.right(user, account).is_some_and(|right| right.view)
}

/// Accounts (24 digits each) that a user sees of a customer.
#[derive(Clone, Debug)]
pub(crate) struct View {
    accounts: Vec<String>,
}

impl View {
    /// A view of these accounts, always in the same order.
    pub(crate) fn of(accounts: Vec<String>) -> Self {
        Self { accounts }
    }

    /// Everything that the table shows the user.
    pub(crate) fn of_user(user: &UserId, table: &AuthorityTable) -> Self {
        let rights = table.rights.iter().filter(|right| right.user == *user && right.view);
        let mut accounts: Vec<String> = rights.map(|right| right.account.digits24()).collect();
        accounts.sort_unstable();
        Self { accounts }
    }

    /// The accounts, as they stand in the database.
    pub(crate) fn accounts(&self) -> &[String] {
        &self.accounts
    }

    /// The cursor after `number` of a list that is known by its letter.
    ///
    /// # Errors
    /// In theory only.
    pub(crate) fn cursor(&self, list: char, number: i64) -> Result<Cursor, Refusal> {
        format!("{list}{number}-{}", self.mark()).parse().map_err(|_| ProblemCode::Internal.into())
    }

    /// The number at which to go on; from the start without a cursor, or when it belongs to other rights.
    ///
    /// # Errors
    /// `cursor-invalid` for what [`cursor`](Self::cursor) does not make of that list.
    pub(crate) fn start(&self, list: char, after: Option<&Cursor>) -> Result<i64, Refusal> {
        let Some(cursor) = after else { return Ok(0) };
        let read = || -> Option<i64> {
            let (number, mark) = cursor.as_str().strip_prefix(list)?.split_once('-')?;
            let number: i64 = number.parse().ok().filter(|number| *number >= 0)?;
            Some(if mark == self.mark() { number } else { 0 })
        };
        read().ok_or_else(|| ProblemCode::CursorInvalid.into())
    }

    fn mark(&self) -> String {
        hex::encode(&Sha256::digest(self.accounts.join(",").as_bytes())[..MARK])
    }
}
