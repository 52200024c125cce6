//! A law over everything that a bank can say: whatever identifiers of other banks and customers it names, nothing
//! changes there, and nothing of them is shown under its own customer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests stop at the first surprise

#[path = "fixture/door.rs"]
mod door;
mod fixture;
#[path = "fixture/liar.rs"]
mod liar;

use std::fmt::Debug;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use client::bank::Connected;
use client::{Client, PackageFilter, Page, Pin};
use domain::submission::SubmissionState;
use domain::{Account, Balance, Currency, Customer, CustomerKind, Money, PackageState};
use door::{Door, access};
use fixture::{BANK, Office, PIN};
use liar::{Liar, SECRET, Said, Whose};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use store::connections::{ConnectionKind, NewConnection};
use store::handovers::{HandoverKind, NewHandover};
use store::messages::StoredMessage;
use store::submissions;
use store::transactions::AccountTransaction;
use store::{Connection, OfCustomer};

/// Tables in which each of the others has a row.
const OTHERS: [&str; 10] = [
    "accounts:",
    "balances:",
    "documents:",
    "handovers:",
    "messages:",
    "orders:",
    "packages:",
    "shared_packages:",
    "submissions:",
    "transactions:",
];

/// Puts a customer's things into the store: an account with its balance and a booking, a package whose fate at the bank
/// is unknown and which is listed in the shared area too, a message.
fn fill(of: &OfCustomer<'_>, whose: Whose, now: DateTime<Utc>) -> store::Result<()> {
    let name = format!("{} {}", if whose == Whose::Ours { "saját" } else { SECRET }, whose.number());
    let (number, zero, some) = (whose.account(), Money::huf(0), Money::huf(100_000));
    store::accounts::set_all(of, &[Account { number, name: name.clone(), currency: Currency::HUF }])?;
    let balance = Balance {
        account: number,
        booked: some,
        available: some,
        blocked: zero,
        pending_debits: zero,
        pending_credits: zero,
        credit_line: zero,
        minimum: zero,
        as_of: now - TimeDelta::days(1),
    };
    store::accounts::save_balance(of, &balance)?;
    let booked = AccountTransaction {
        bank_id: whose.number().to_string(),
        account: number,
        booking_date: now.date_naive(),
        value_date: now.date_naive(),
        amount: Money::huf(-77),
        counterparty_name: Some(name.clone()),
        counterparty_account: None,
        narrative: name.clone(),
        reference: None,
        kind: "transfer".to_owned(),
    };
    store::transactions::save_many(of, [&booked])?;
    let content = whose.content(&name, now);
    let id = content.header.id;
    store::packages::create(of, &content.header, now)?;
    store::orders::insert(of, id, &content.orders[0], now)?;
    let revision = store::packages::get(of, id)?.revision;
    let bytes = formats::package_document::to_bytes(&content).unwrap();
    store::documents::save(of, id, revision, &bytes, now)?;
    let sent = submissions::create(of, id, now)?;
    for (from, to) in [
        (SubmissionState::Created, SubmissionState::Sending),
        (SubmissionState::Sending, SubmissionState::Unknown),
    ] {
        submissions::set_state(of, sent.id, from, to, None, now)?;
    }
    store::packages::set_state(of, id, PackageState::Recorded, PackageState::Sending, now)?;
    let message = StoredMessage {
        id: whose.message(),
        at: now,
        author: None,
        subject: name.clone(),
        body: name.clone(),
        read: false,
        untold: None,
    };
    store::messages::save(of, &message)?;
    let shared = whose.shared(&content, &bytes, domain::shared::SharedState::Waiting, &name);
    store::shared::save(of, shared.handover, shared.package, &shared)?;
    if whose != Whose::Ours {
        let asked = NewHandover {
            kind: HandoverKind::Put,
            package: id,
            handover: shared.handover,
            claim: None,
            before: Some(PackageState::Recorded),
            expires: None,
        };
        store::handovers::create(of, &asked, now)?;
    }
    Ok(())
}

/// A seat where three customers are known: ours at a bank that lies, a colleague's at the same bank, and one of another
/// bank, which calls it as ours.
struct Seat {
    office: Office,
    client: Client,
    bank: Arc<Liar>,
}

impl Seat {
    async fn new() -> Self {
        let (office, bank) = (Office::new(), Arc::new(Liar::new()));
        let now = bank.began;
        let file = bank.file();
        office.with_store(move |of| {
            store::connections::set_content(of, BANK, &file, now).unwrap();
            let second =
                NewConnection { name: "KDB".to_owned(), kind: ConnectionKind::Kapocs, content: None };
            let second = store::connections::add(of, &second, now).unwrap();
            for (whose, bank) in [(Whose::Colleagues, BANK), (Whose::Theirs, second), (Whose::Ours, BANK)] {
                let (id, kind) = (whose.customer(), CustomerKind::Company);
                let name = if whose == Whose::Ours { "Minta Kft.".to_owned() } else { SECRET.to_owned() };
                let key = store::customers::save(of, bank, &Customer { id, name, kind }).unwrap();
                assert_eq!(key, whose.key());
                fill(&OfCustomer::new(of, key), whose, now).unwrap();
            }
        });
        let authority = office.with_store(|of| store::authority::find(of).unwrap().unwrap());
        let client = office.open();
        let ours = client::bank::Access { authority, ..access(Whose::Ours.customer().as_str()) };
        client.reach_by(Connected {
            login: Some(Arc::new(Door::of("key", vec![ours]))),
            accounts: Some(bank.clone()),
            submit: Some(bank.clone()),
            shared_area: Some(bank.clone()),
            messages: Some(bank.clone()),
            ..Connected::default()
        });
        client.log_in(Pin::new(PIN), false).await.unwrap();
        Self { office, client, bank }
    }

    /// Lets the bank say all that, to everything that it can be asked; what is refused is refused.
    async fn hears(&self, said: Vec<Said>) {
        self.bank.says(said);
        let (client, ours) = (&self.client, Whose::Ours);
        let _: Result<(), _> = client.sync().await;
        for ask in [client.sync_messages().await, client.sync_shared().await, client.sync_packages().await] {
            let _: Result<(), _> = ask;
        }
        for ask in [client.sync_accounts().await, client.sync_transactions().await] {
            let _: Result<(), _> = ask;
        }
        let _: Result<(), _> = client.ask_now(ours.package()).await;
        for whose in Whose::ALL {
            let _: Result<_, _> = client.look_at_shared(whose.package()).await;
            let _: Result<_, _> = client.take_over(whose.handover()).await;
            let _: Result<_, _> = client.read_message(whose.message()).await;
        }
    }

    /// Every row of the store that belongs to somebody else, as text.
    fn others(&self) -> Vec<String> {
        let conn = Connection::open(client::store_path(self.office.path())).unwrap();
        let of = |table: &str| -> Vec<String> {
            let sql = format!("SELECT name FROM pragma_table_info('{table}')");
            let mut columns = conn.prepare(&sql).unwrap();
            let columns = columns.query_map([], |row| row.get(0)).unwrap();
            columns.map(Result::unwrap).collect()
        };
        let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'
            ORDER BY name";
        let mut tables = conn.prepare(tables).unwrap();
        let tables: Vec<String> =
            tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let mut rows = Vec::new();
        for table in tables {
            let columns = of(&table);
            let is_others = match columns.iter().find(|name| ["customer", "package"].contains(&name.as_str()))
            {
                _ if table == "customers" => "key <> 1",
                Some(name) if name == "customer" => "customer <> 1",
                Some(_) => "package IN (SELECT key FROM packages WHERE customer <> 1)",
                None => continue,
            };
            let all =
                columns.iter().map(|name| format!("quote({name})")).collect::<Vec<_>>().join(" || ',' || ");
            let sql = format!("SELECT {all} FROM {table} WHERE {is_others} ORDER BY 1");
            let mut statement = conn.prepare(&sql).unwrap();
            let found = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
            rows.extend(found.map(|row| format!("{table}: {}", row.unwrap())));
        }
        rows
    }

    /// All that is shown of our customer, counted and found.
    async fn ours(&self) -> String {
        let client = self.client.at(Whose::Ours.key()).await.unwrap();
        let mut seen = Vec::new();
        let mut add = |part: &dyn Debug| seen.push(format!("{part:?}"));
        for text in [String::new(), SECRET.to_owned()] {
            for filter in
                [PackageFilter::Prepared, PackageFilter::Sent, PackageFilter::In(PackageState::Deleted)]
            {
                add(&client.packages(filter, text.clone(), Page::ALL).await.unwrap());
            }
            add(&client.sent(text.clone(), Page::ALL).await.unwrap());
            add(&client.account_transactions(None, text, Page::ALL).await.unwrap());
        }
        add(&client.accounts().await.unwrap());
        add(&client.messages().await.unwrap());
        add(&client.shared_area().await.unwrap());
        add(&client.overview().await.unwrap());
        add(&client.customers().await.unwrap().first());
        for whose in Whose::ALL {
            add(&client.package(whose.package()).await.ok());
            add(&client.sent_package(whose.package()).await.ok());
            let whole = client.account_transactions(Some(whose.account()), String::new(), Page::ALL).await;
            add(&whole.unwrap());
        }
        seen.join("\n")
    }
}

#[test]
fn whatever_a_bank_names_nothing_of_another_customer_changes_or_is_shown() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let seat = runtime.block_on(Seat::new());
    let before = seat.others();
    for table in OTHERS {
        assert_eq!(before.iter().filter(|row| row.starts_with(table)).count(), 2, "two others in {table}");
    }
    let mut runner = TestRunner::new(Config { cases: 48, failure_persistence: None, ..Config::default() });
    let histories = prop::collection::vec(liar::said(), 1..10);
    let law = runner.run(&histories, |said| {
        runtime.block_on(seat.hears(said));
        let after = seat.others();
        for (was, is) in before.iter().zip(&after) {
            prop_assert_eq!(was, is);
        }
        prop_assert_eq!(before.len(), after.len());
        let shown = runtime.block_on(seat.ours());
        prop_assert!(!shown.contains(SECRET), "{}", shown);
        Ok(())
    });
    law.unwrap();
    // The same bank is believed where it tells of its own: the law is not kept by hearing nothing.
    runtime.block_on(seat.hears(vec![Said::truth()]));
    let state = runtime.block_on(seat.client.package(Whose::Ours.package())).unwrap().state;
    assert_eq!(state, PackageState::Completed);
}
