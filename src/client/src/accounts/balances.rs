//! Accounts with their last known balances, and what was booked on them.

use domain::{Account, AccountNumber, Balance};
use store::Page;
use store::transactions::{AccountTransaction, TransactionFilter};

use crate::client::Client;
use crate::error::Result;

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
        self.viewing()?;
        self.read_here(move |conn| {
            Ok(store::accounts::with_balances(conn)?
                .into_iter()
                .map(|row| AccountRow { account: row.account, balance: row.balance })
                .collect())
        })
        .await
    }

    /// Booked transactions, the latest first: of one account or of all, those in which every word of `text` begins
    /// a word of name, account, narrative or reference.
    pub async fn account_transactions(
        &self,
        account: Option<AccountNumber>,
        text: String,
        page: Page,
    ) -> Result<Vec<AccountTransaction>> {
        self.viewing()?;
        let filter = TransactionFilter { account, text, from: None, to: None };
        self.read_here(move |conn| Ok(store::transactions::list(conn, &filter, page)?)).await
    }
}
