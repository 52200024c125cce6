//! Bringing the bank's state here: accounts, balances, transactions, the fate of packages. Everything goes by
//! cursors that are kept in the transaction that applies the changes, so nothing is skipped and a repeated
//! change changes nothing.

use crate::packages::applied::AppliedStatus;
use crate::packages::outbox::of_asked;
use crate::packages::status::apply_status;
use std::collections::BTreeMap;

use domain::{AccountNumber, CustomerKey, PackageId};
use store::transactions::AccountTransaction;

use crate::bank::{AccountNow, BankError, Booking, Capability, Cursor, PackageStatus, Says};
use crate::change::Change;
use crate::client::Client;
use crate::error::Result;
use crate::orders::rules::Scope;

impl Client {
    /// Brings everything here that the connection offers: rules, accounts with balances, transactions, statuses; asks
    /// about unknown fates.
    pub async fn sync(&self) -> Result<()> {
        // Another customer may be chosen meanwhile.
        let here = self.fixed_to(self.for_customer()?);
        here.recover_all().await?;
        here.sync_customer().await
    }

    /// Asks about every unknown fate and every awaited answer of the session's customers.
    pub(crate) async fn recover_all(&self) -> Result<()> {
        let offered = self.capabilities();
        if offered.has(Capability::Submit) {
            let _: usize = self.recover().await?;
        }
        if offered.has(Capability::SharedArea) {
            let _: usize = self.recover_shared().await?;
        }
        Ok(())
    }

    /// [`Client::sync`] of this handle's customer, after the unknown fates of all.
    pub(crate) async fn sync_customer(&self) -> Result<()> {
        let offered = self.capabilities();
        let has = |capability| offered.has(capability);
        let key = self.customer_key()?;
        if has(Capability::Login) {
            self.sync_authority().await?;
        }
        if has(Capability::Accounts) {
            self.sync_accounts().await?;
        }
        // Who took a package over is told before what became of it.
        if has(Capability::SharedArea) {
            self.read_shared(key).await?;
        }
        if has(Capability::Submit) {
            self.sync_packages().await?;
            self.ask_about_filed().await?;
        }
        if has(Capability::Messages) {
            self.sync_messages().await?;
        }
        if has(Capability::Accounts) {
            self.sync_transactions().await?;
        }
        let now = self.now();
        self.write(move |tx| Ok(store::customers::set_last_sync(tx, key, now)?)).await?;
        self.announce(Change::Synced);
        Ok(())
    }

    /// When the last sync of the customer that is shown ended well.
    pub async fn last_sync(&self) -> Result<Option<chrono::DateTime<chrono::Utc>>> {
        let Ok(customer) = self.customer_key() else { return Ok(None) };
        self.read(move |conn| Ok(store::customers::get(conn, customer)?.last_sync)).await
    }

    /// Accounts and balances.
    pub async fn sync_accounts(&self) -> Result<()> {
        let (session, customer) = self.session_and_customer()?;
        let answer = self.at_bank(&session)?.accounts()?.accounts(&session.key, &customer.id).await;
        let infos = self.asked(&session, answer)?;
        self.write_of(customer.key, move |tx| {
            let accounts: Vec<_> = infos.iter().map(|i| i.account.clone()).collect();
            store::accounts::set_all(tx, &accounts)?;
            for AccountNow { balance, .. } in &infos {
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
        let answer = self.at_bank(&session)?.login()?.access(&session.key, &customer.id).await;
        let access = self.asked(&session, answer)?;
        let now = self.now();
        self.write_of(customer.key, move |tx| {
            // An answer about somebody else is nobody's.
            if access.customer.id != customer.id {
                return Err(BankError::Nonsense("another customer".to_owned()).into());
            }
            let connection = store::customers::get(tx, customer.key)?.connection;
            let _: CustomerKey = store::customers::save(tx, connection, &access.customer)?;
            let _: bool = store::authority::save(tx, &access.authority, now)?;
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
        let name = "transactions";
        let mut since = self.cursor(customer.key, name).await?;
        loop {
            let answer = self
                .at_bank(&session)?
                .accounts()?
                .transactions(&session.key, &customer.id, since.as_ref())
                .await;
            if self.begins_anew(customer.key, name, &mut since, &answer).await? {
                continue;
            }
            let page = self.asked(&session, answer)?;
            let (scope, next) = (self.scope_of(customer.key), page.next.clone());
            let transactions = page.items;
            self.write_of(scope.customer, move |tx| {
                keep_transactions(tx, &scope, &transactions)?;
                Ok(store::bank::set_cursor(tx, name, &next.0)?)
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
        let name = "packages";
        let mut since = self.cursor(customer.key, name).await?;
        loop {
            let answer =
                self.at_bank(&session)?.submit()?.changed(&session.key, &customer.id, since.as_ref()).await;
            if self.begins_anew(customer.key, name, &mut since, &answer).await? {
                continue;
            }
            let changes = self.asked(&session, answer)?;
            let (scope, next) = (self.scope_of(customer.key), changes.next.clone());
            let applied = self
                .write_of(scope.customer, move |tx| {
                    let rules = scope.rules(tx)?;
                    let applied = changes
                        .items
                        .iter()
                        .map(|status| apply_status(tx, &rules, status))
                        .collect::<Result<Vec<_>>>()?;
                    store::bank::set_cursor(tx, name, &next.0)?;
                    Ok(applied)
                })
                .await?;
            since = Some(changes.next);
            self.tell_applied(customer.key, applied);
            if !changes.more {
                return Ok(());
            }
        }
    }

    /// Asks the bank about one package now.
    pub async fn ask_now(&self, id: PackageId) -> Result<()> {
        let _ = self.recover().await?;
        let (session, customer) = self.session_and_customer()?;
        let answer = self.at_bank(&session)?.submit()?.status(&session.key, &customer.id, id, None).await;
        let status = self.asked(&session, answer)?;
        if let Some(status) = status {
            of_asked(&status, id)?;
            self.apply_now(customer.key, status).await?;
        }
        self.announce(Change::Packages);
        Ok(())
    }

    /// Applies what the bank says of one package of a customer.
    pub(crate) async fn apply_now(&self, customer: CustomerKey, status: PackageStatus) -> Result<()> {
        let scope = self.scope_of(customer);
        let applied = self.write_of(customer, move |tx| apply_status(tx, &scope.rules(tx)?, &status)).await?;
        self.tell_applied(customer, [applied]);
        Ok(())
    }

    /// Tells what the bank's word has changed.
    fn tell_applied(&self, customer: CustomerKey, applied: impl IntoIterator<Item = AppliedStatus>) {
        let mut changed = false;
        for AppliedStatus { changed: this, finished } in applied {
            changed |= this;
            if let Some(end) = finished {
                self.announce(Change::Finished { customer, end });
            }
        }
        if changed {
            self.announce(Change::Packages);
        }
    }

    pub(crate) async fn cursor(&self, customer: CustomerKey, name: &'static str) -> Result<Option<Cursor>> {
        let kept = self.read_of(customer, move |of| Ok(store::bank::cursor(of, name)?)).await?;
        Ok(kept.map(Cursor))
    }

    /// Whether the bank does not know (any more) the cursor that it was asked with. It is dropped then, and the list is
    /// read from its beginning: everything comes once more, and applying it twice changes nothing.
    pub(crate) async fn begins_anew<T>(
        &self,
        customer: CustomerKey,
        name: &'static str,
        since: &mut Option<Cursor>,
        answer: &std::result::Result<T, BankError>,
    ) -> Result<bool> {
        let Err(error) = answer else { return Ok(false) };
        if error.says() != Some(Says::CursorUnknown) || since.take().is_none() {
            return Ok(false);
        }
        tracing::warn!(cursor = name, "the bank does not know the cursor: the list is read anew");
        self.write_of(customer, move |of| Ok(store::bank::forget_cursor(of, name)?)).await?;
        Ok(true)
    }
}

fn keep_transactions(tx: &store::OfCustomer<'_>, scope: &Scope, transactions: &[Booking]) -> Result<()> {
    let zone = scope.rules(tx)?.zone;
    let mut by_account: BTreeMap<AccountNumber, Vec<AccountTransaction>> = BTreeMap::new();
    for t in transactions {
        by_account.entry(t.account).or_default().push(AccountTransaction {
            bank_id: t.id.clone(),
            account: t.account,
            booking_date: t.booked_at.with_timezone(&zone).date_naive(),
            value_date: t.value_date,
            amount: t.amount,
            counterparty_name: t.counterparty.clone(),
            counterparty_account: t.counterparty_account.map(|a| a.digits24()),
            narrative: t.narrative.clone(),
            reference: t.order.map(|o| o.to_string()),
            kind: t.kind.to_owned(),
        });
    }
    store::transactions::save_many(tx, by_account.values().flatten())?;
    Ok(())
}
