//! Accounts with their last known balances.

use domain::{Account, Balance};

use crate::{Client, Result};

/// An account and what it held when the bank was last asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    /// The account.
    pub account: Account,
    /// The last known balance.
    pub balance: Option<Balance>,
}

impl Client {
    /// The customer's accounts in the bank's order.
    pub async fn accounts(&self) -> Result<Vec<AccountRow>> {
        let customer = self.customer()?;
        self.read(move |conn| {
            Ok(store::accounts::with_balances(conn, &customer)?
                .into_iter()
                .map(|row| AccountRow { account: row.account, balance: row.balance })
                .collect())
        })
        .await
    }
}
