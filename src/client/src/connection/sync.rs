//! Bringing the bank's state here: accounts, balances, transactions, the fate of packages. Everything goes by
//! cursors that are kept in the transaction that applies the changes, so nothing is skipped and a repeated
//! change changes nothing.

use crate::packages::status::apply_status;
use std::collections::BTreeMap;

use domain::{AccountNumber, PackageId};
use protocol::{AccountInfo, Cursor, ProblemCode, Transaction};
use store::transactions::AccountTransaction;

use crate::bank::BankError;
use crate::change::Change;
use crate::client::Client;
use crate::error::Result;
use crate::orders::rules::Scope;

impl Client {
    /// Brings everything here: rules, accounts with balances, transactions, statuses; asks about unknown fates.
    pub async fn sync(&self) -> Result<()> {
        let _ = self.recover().await?;
        self.sync_authority().await?;
        self.sync_accounts().await?;
        // Who took a package over is told before what became of it.
        self.sync_shared().await?;
        self.sync_packages().await?;
        self.sync_messages().await?;
        self.sync_transactions().await?;
        let now = self.now();
        self.write(move |tx| Ok(store::bank::set_last_sync(tx, now)?)).await?;
        self.announce(Change::Synced);
        Ok(())
    }

    /// When the last sync ended well.
    pub async fn last_sync(&self) -> Result<Option<chrono::DateTime<chrono::Utc>>> {
        self.read(|conn| Ok(store::bank::connection(conn)?.and_then(|c| c.last_sync))).await
    }

    /// Accounts and balances.
    pub async fn sync_accounts(&self) -> Result<()> {
        let (session, customer) = self.session_and_customer()?;
        let infos = self.asked(self.bank()?.accounts(&session.token, &customer).await)?;
        let ours = customer.clone();
        self.write(move |tx| {
            let accounts: Vec<_> = infos.iter().map(|i| i.account.clone()).collect();
            store::accounts::set_all(tx, &ours, &accounts)?;
            for AccountInfo { balance, .. } in &infos {
                store::accounts::save_balance(tx, balance)?;
            }
            Ok(())
        })
        .await?;
        self.announce(Change::Accounts);
        Ok(())
    }

    /// Who may do what, as the bank has it today.
    pub async fn sync_authority(&self) -> Result<()> {
        let (session, customer) = self.session_and_customer()?;
        let access = self.asked(self.bank()?.customer(&session.token, &customer).await)?;
        let now = self.now();
        self.write(move |tx| {
            store::customers::save(tx, &access.customer)?;
            let _: bool = store::authority::save(tx, &access.customer.id, &access.authority, now)?;
            Ok(())
        })
        .await?;
        self.announce(Change::Authority);
        self.announce(Change::Connection);
        Ok(())
    }

    /// Booked transactions since the last time.
    pub async fn sync_transactions(&self) -> Result<()> {
        let (session, customer) = self.session_and_customer()?;
        let name = format!("transactions/{customer}");
        let mut since = self.cursor(&name).await?;
        loop {
            let answer = self.bank()?.transactions(&session.token, &customer, since.as_ref()).await;
            if self.begins_anew(&name, &mut since, &answer).await? {
                continue;
            }
            let page = self.asked(answer)?;
            let (scope, next, name) = (self.scope()?, page.next.clone(), name.clone());
            let transactions = page.transactions;
            self.write(move |tx| {
                keep_transactions(tx, &scope, &transactions)?;
                Ok(store::bank::set_cursor(tx, &name, next.as_str())?)
            })
            .await?;
            since = Some(page.next);
            if !page.more {
                break;
            }
        }
        self.announce(Change::Accounts);
        Ok(())
    }

    /// The fate of packages since the last time.
    pub async fn sync_packages(&self) -> Result<()> {
        let (session, customer) = self.session_and_customer()?;
        let name = format!("packages/{customer}");
        let mut since = self.cursor(&name).await?;
        loop {
            let answer = self.bank()?.packages(&session.token, &customer, since.as_ref()).await;
            if self.begins_anew(&name, &mut since, &answer).await? {
                continue;
            }
            let changes = self.asked(answer)?;
            let (scope, next, name) = (self.scope()?, changes.next.clone(), name.clone());
            let applied = self
                .write(move |tx| {
                    let rules = scope.rules(tx)?;
                    let applied = changes
                        .packages
                        .iter()
                        .map(|status| apply_status(tx, &rules, status))
                        .collect::<Result<Vec<_>>>()?;
                    store::bank::set_cursor(tx, &name, next.as_str())?;
                    Ok(applied)
                })
                .await?;
            since = Some(changes.next);
            if applied.iter().any(|a| a.changed) {
                self.announce(Change::Packages);
            }
            for (name, executed, rejected) in applied.into_iter().filter_map(|a| a.finished) {
                self.announce(Change::Finished { name, executed, rejected });
            }
            if !changes.more {
                return Ok(());
            }
        }
    }

    /// Asks the bank about one package now.
    pub async fn ask_now(&self, id: PackageId) -> Result<()> {
        let _ = self.recover().await?;
        let (session, customer) = self.session_and_customer()?;
        let status = self.asked(self.bank()?.package(&session.token, &customer, id, None).await)?;
        if let Some(status) = status {
            let scope = self.scope()?;
            let _ = self.write(move |tx| apply_status(tx, &scope.rules(tx)?, &status)).await?;
        }
        self.announce(Change::Packages);
        Ok(())
    }

    pub(crate) async fn cursor(&self, name: &str) -> Result<Option<Cursor>> {
        let name = name.to_owned();
        let kept = self.read(move |conn| Ok(store::bank::cursor(conn, &name)?)).await?;
        Ok(kept.and_then(|text| text.parse().ok()))
    }

    /// Whether the bank does not know (any more) the cursor that it was asked with. It is dropped then, and the list is
    /// read from its beginning: everything comes once more, and applying it twice changes nothing.
    pub(crate) async fn begins_anew<T>(
        &self,
        name: &str,
        since: &mut Option<Cursor>,
        answer: &std::result::Result<T, BankError>,
    ) -> Result<bool> {
        let Err(BankError::Refused(problem)) = answer else { return Ok(false) };
        if problem.code != ProblemCode::CursorInvalid || since.take().is_none() {
            return Ok(false);
        }
        tracing::warn!(cursor = name, "the bank does not know the cursor: the list is read anew");
        let name = name.to_owned();
        self.write(move |tx| Ok(store::bank::forget_cursor(tx, &name)?)).await?;
        Ok(true)
    }
}

fn keep_transactions(tx: &store::Transaction<'_>, scope: &Scope, transactions: &[Transaction]) -> Result<()> {
    let zone = scope.rules(tx)?.zone;
    let mut by_account: BTreeMap<AccountNumber, Vec<AccountTransaction>> = BTreeMap::new();
    for t in transactions {
        by_account.entry(t.account).or_default().push(AccountTransaction {
            bank_id: t.id.to_string(),
            account: t.account,
            booking_date: t.booked_at.with_timezone(&zone).date_naive(),
            value_date: t.value_date,
            amount: t.amount,
            counterparty_name: Some(t.counterparty.clone()).filter(|n| !n.is_empty()),
            counterparty_account: t.counterparty_account.map(|a| a.digits24()),
            narrative: t.narrative.clone(),
            reference: t.order.map(|o| o.to_string()),
            kind: t.kind.name().to_owned(),
        });
    }
    store::transactions::save_many(tx, by_account.values().flatten())?;
    Ok(())
}
