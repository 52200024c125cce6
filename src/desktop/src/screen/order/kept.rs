//! What is kept of the form while it is typed, and what it begins with.

use std::sync::Arc;

use client::{Client, ListedPackage, PackageChoice, PackageFilter, Page, Result, Saved};
use domain::{Currency, OrderDraft, OrderId, PackageId, PackageState, Template, key};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use super::fields::Own;
use super::notes;
use crate::go::NewOrder;

/// Key of a new order that was not saved yet.
const NEW: &str = "order-form";
/// Key of a recorded order that is being changed: it must not push out the new one.
const CHANGED: &str = "order-form-edit";

/// Templates that the form offers.
const TEMPLATES: u32 = 1_000;
/// Packages that the form offers.
const PACKAGES: u32 = 500;

/// The form as typed, with where it goes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Kept {
    /// The fields.
    pub draft: OrderDraft,
    /// The recorded order that saving replaces.
    pub editing: Option<OrderId>,
    /// The package that was chosen.
    pub package: Option<PackageId>,
    /// A new package was asked for.
    pub new_package: bool,
    /// The order that this one was begun from, as a new one beside it.
    pub copied: Option<OrderId>,
    /// The package in which the changed order stands.
    pub from: Option<PackageId>,
    /// The value date that stood in the form before instant was ticked; comes back when the tick goes.
    pub date_aside: String,
}

impl Kept {
    /// Where the order goes.
    pub(crate) fn choice(&self) -> PackageChoice {
        match self.package {
            Some(id) => PackageChoice::Into(id),
            None if self.new_package => PackageChoice::New,
            None => PackageChoice::Auto,
        }
    }

    /// Whether nothing was typed: the account to debit is filled by itself and does not count.
    pub(crate) fn is_blank(&self) -> bool {
        self.draft.values.iter().all(|(field, _)| field == key::DEBIT_ACCOUNT)
    }

    /// The order as typed, without what only another type has a place for.
    pub(crate) fn order_draft(&self) -> OrderDraft {
        self.draft.clone().turned_into(self.draft.order_type)
    }

    /// Fills the account to debit, if there is none of the customer's in it.
    fn own_account(&mut self, lists: &Lists) {
        let debit = self.draft.get(key::DEBIT_ACCOUNT);
        if lists.accounts.iter().any(|own| own.number.to_string() == debit) {
            return;
        }
        let first = lists.accounts.first().map(|own| own.number.to_string());
        self.draft.values.set(key::DEBIT_ACCOUNT, first.unwrap_or_default());
    }

    /// "Őrségi Faipari Zrt., 1 250 000": which order it is, as it was typed.
    pub(crate) fn what(&self) -> String {
        format!("{}, {}", self.draft.get(key::BENEFICIARY_NAME), self.draft.get(key::AMOUNT))
    }

    /// The key under which it is kept.
    pub(crate) fn key(&self) -> &'static str {
        if self.editing.is_some() { CHANGED } else { NEW }
    }
}

/// What the form chooses from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lists {
    /// The customer's forint accounts.
    pub accounts: Vec<Own>,
    /// Templates by name.
    pub templates: Vec<Template>,
    /// Packages that take orders.
    pub packages: Vec<ListedPackage>,
}

/// Everything that a form needs before the first key is pressed.
#[derive(Debug, Clone)]
pub(crate) struct Beginning {
    /// What it chooses from.
    pub lists: Lists,
    /// What the form shows.
    pub start: Kept,
    /// Whether `start` was typed earlier and not saved.
    pub restored: bool,
    /// What the form would show if nothing had been typed: what is not changed is not kept.
    pub untouched: Kept,
    /// What was typed earlier and is not shown, because something else was asked for.
    pub aside: Vec<Kept>,
}

/// What the store keeps under a key: an order as typed, and others that wait for their turn in the form.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Stored {
    #[serde(flatten)]
    kept: Kept,
    waiting: Vec<Kept>,
}

impl Stored {
    /// Of several orders those that are kept under the key, the last one first in the form again; none where none is.
    pub(crate) fn of(key: &'static str, orders: impl IntoIterator<Item = Kept>) -> Option<Self> {
        let mut waiting: Vec<Kept> = orders.into_iter().filter(|order| order.key() == key).collect();
        let kept = waiting.pop()?;
        Some(Self { kept, waiting })
    }

    /// All of them in which something was typed.
    fn orders(self) -> Vec<Kept> {
        self.waiting.into_iter().chain([self.kept]).filter(|order| !order.is_blank()).collect()
    }
}

/// Loads what the form begins with.
pub(crate) async fn begin(client: Client, how: NewOrder) -> Result<Arc<Beginning>> {
    let lists = lists(&client).await?;
    let asked = asked_for(&client, how, &lists.packages).await?;
    let key = asked.as_ref().map_or(NEW, Kept::key);
    let mut aside = client.kept_draft::<Stored>(key).await?.map(Stored::orders).unwrap_or_default();
    // What was changed in one recorded order comes back with that one alone.
    let kept = match asked.as_ref().and_then(|asked| asked.editing) {
        Some(order) => aside.iter().rposition(|kept| kept.editing == Some(order)).map(|at| aside.remove(at)),
        None => aside.pop(),
    };
    let mut untouched = asked.clone().unwrap_or_default();
    untouched.own_account(&lists);
    let (mut start, restored) = match (asked, kept) {
        (None, Some(kept)) => (kept, true),
        (None, None) => (Kept::default(), false),
        // The same order was being changed: what was typed is newer than what is recorded.
        (Some(asked), Some(kept)) if asked.editing.is_some() => (kept, true),
        (Some(asked), kept) => {
            aside.extend(kept);
            (asked, false)
        }
    };
    // What was typed for another customer names an account that is not this one's.
    start.own_account(&lists);
    Ok(Arc::new(Beginning { lists, start, restored, untouched, aside }))
}

/// Loads what the form chooses from.
pub(crate) async fn lists(client: &Client) -> Result<Lists> {
    let accounts = client.accounts().await?;
    let recorded = PackageFilter::In(PackageState::Recorded);
    let mut own: Vec<Own> = accounts
        .into_iter()
        .filter(|row| row.account.currency == Currency::HUF)
        .map(|row| Own {
            name: row.account.name,
            number: row.account.number,
            available: row.balance.map(|balance| balance.available),
        })
        .collect();
    // A form begins with an account on which the user may record.
    let rules = client.rules().await.ok();
    let may_debit =
        |own: &Own| rules.as_ref().is_none_or(|rules| rules.check_context().may_debit(own.number));
    own.sort_by_key(|own| !may_debit(own));
    Ok(Lists {
        accounts: own,
        templates: client.templates(String::new(), Page::first(TEMPLATES)).await?,
        packages: client.packages(recorded, String::new(), Page::first(PACKAGES)).await?,
    })
}

/// Keeps and forgets the form of one order. A keep that is still under way when the order is saved must not bring
/// the saved order back as an unsaved one, so both wait for one another, and nothing is kept after the end.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keeper(Arc<Mutex<Ended>>);

#[derive(Debug, Default)]
struct Ended(bool);

impl Keeper {
    /// Keeps what is typed, unless it was saved or thrown away meanwhile.
    pub(crate) async fn keep(self, client: Client, key: &'static str, typed: Stored) -> Result<()> {
        let ended = self.0.lock().await;
        if ended.0 { Ok(()) } else { client.keep_draft(key, typed).await }
    }

    /// Saves the order and forgets what was typed; `aside` is kept in its place. What could not be saved is kept with
    /// it: the form may have gone on to the next order long ago.
    pub(crate) async fn save(self, client: Client, kept: Kept, aside: Vec<Kept>) -> Result<Saved> {
        let mut ended = self.0.lock().await;
        let (draft, choice, key) = (kept.order_draft(), kept.choice(), kept.key());
        let others = Stored::of(key, aside.clone());
        let saved = client.save_order_of_form(draft, choice, kept.editing, key, others).await;
        if saved.is_ok() {
            ended.0 = true;
        } else if let Some(typed) = Stored::of(key, aside.into_iter().chain([kept]))
            && let Err(error) = client.keep_draft(key, typed).await
        {
            // Why it could not be saved says more, and the form still has it.
            tracing::warn!(%error, "an order that was not saved could not be kept either");
        }
        saved
    }

    /// Forgets what was typed; `aside` is kept in its place.
    pub(crate) async fn end(self, client: Client, key: &'static str, aside: Vec<Kept>) -> Result<()> {
        self.0.lock().await.0 = true;
        match Stored::of(key, aside) {
            Some(others) => client.keep_draft(key, others).await,
            None => client.drop_draft(key).await,
        }
    }
}

async fn asked_for(client: &Client, how: NewOrder, packages: &[ListedPackage]) -> Result<Option<Kept>> {
    let draft = match how {
        NewOrder::Blank | NewOrder::Kept => return Ok(None),
        NewOrder::FromTemplate(id) => client.template(id).await?.start(),
        NewOrder::ToPartner(id) => OrderDraft::default().for_partner(&client.partner(id).await?, 0),
        NewOrder::Copy(id) => {
            let draft = notes::as_shown(client.order_draft(id).await?);
            return Ok(Some(Kept { draft, copied: Some(id), ..Kept::default() }));
        }
        NewOrder::Edit(id) => {
            let draft = notes::as_shown(client.order_draft(id).await?);
            let from = Some(client.package_of_order(id).await?);
            return Ok(Some(Kept { draft, editing: Some(id), from, ..Kept::default() }));
        }
        NewOrder::In(id) => {
            let header = packages.iter().map(|p| &p.header).find(|header| header.id == id);
            let mut draft = OrderDraft::new(header.map(|header| header.order_type).unwrap_or_default());
            let account = header.and_then(|header| header.debit_account).map(|number| number.to_string());
            draft.values.set(key::DEBIT_ACCOUNT, account.unwrap_or_default());
            draft.values.tick(key::INSTANT, header.is_some_and(|header| header.instant));
            return Ok(Some(Kept { draft, package: header.map(|h| h.id), ..Kept::default() }));
        }
    };
    Ok(Some(Kept { draft: notes::as_shown(draft), ..Kept::default() }))
}
