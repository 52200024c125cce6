//! A law over all histories: whatever several customers do, each sees what it would see if it were alone in the store.
//!
//! The same operations go into one store of four customers and into four stores in which one alone does anything.
//! Identifiers are few, so that banks name each other's packages, orders, accounts and messages all the time.

use domain::submission::{ItemState, OrderState, OrderStatus};
use domain::{
    Account, AuthorityTable, Balance, Beneficiary, Currency, CustomerKey, Money, OrderId, PackageHeader,
    PackageId, PackageState, Partner, PartnerId, PartnerTarget, Scope, Transfer,
};
use proptest::prelude::*;
use serde_json::Value;
use store::handovers::{HandoverKind, NewHandover};
use store::messages::StoredMessage;
use store::package_lists::PackageList;
use store::transactions::{AccountTransaction, TransactionFilter};
use store::{
    OfCustomer, Page, Result, Store, accounts, audit, authority, bank, documents, doubles, drafts, handovers,
    history, messages, order_lists, orders, outcomes, overview, package_lists, packages, partners, receipts,
    shared, signatures, submissions, transactions,
};
use uuid::Uuid;

use crate::support::{
    account, at, bank as connection, company, customer, day, fill, hct, header, to, transfer,
};

/// What one customer does, or its bank tells.
#[derive(Clone, Debug)]
enum Deed {
    Accounts(Vec<u32>),
    Balance(u32, i64),
    Transaction(u32, u8, i64),
    Package(u8, u32),
    Order(u8, u8, u32, i64),
    Move(u8, PackageState),
    Document(u8),
    Sign(u8),
    Submit(u8),
    Receipt(u8),
    Status(u8, bool),
    Remove(u8),
    Message(u8),
    Read(u8),
    Shared(Vec<u8>),
    Ask(u8, u8),
    Cursor(u8),
    Authority(u32),
    Partner(u8),
    Draft(u8),
    Log(u8),
    Split(u8, u8),
    Imported(u8),
}

fn uuid(n: u8) -> Uuid {
    Uuid::from_u128(1 + u128::from(n))
}

fn package(n: u8) -> PackageId {
    PackageId(uuid(n))
}

fn own_account(n: u32) -> Account {
    Account { number: account(n), name: format!("{n}"), currency: Currency::HUF }
}

/// Does it; what a rule refuses is refused, in company as alone.
fn act(of: &OfCustomer<'_>, deed: &Deed) -> Result<()> {
    let order_id = |n: u8| OrderId(uuid(n));
    match deed {
        Deed::Accounts(list) => {
            accounts::set_all(of, &list.iter().map(|n| own_account(*n)).collect::<Vec<_>>())
        }
        Deed::Balance(n, amount) => {
            let huf = Money::huf(*amount);
            let zero = Money::huf(0);
            let balance = Balance {
                account: account(*n),
                booked: huf,
                available: huf,
                blocked: zero,
                pending_debits: zero,
                pending_credits: zero,
                credit_line: zero,
                minimum: zero,
                as_of: at(*amount),
            };
            accounts::save_balance(of, &balance)
        }
        Deed::Transaction(n, id, amount) => {
            let booked = AccountTransaction {
                bank_id: id.to_string(),
                account: account(*n),
                booking_date: day("2026-11-20"),
                value_date: day("2026-11-20"),
                amount: Money::huf(*amount),
                counterparty_name: Some("Szállító 1 Kft.".to_owned()),
                counterparty_account: Some(account(1001).digits24()),
                narrative: "közös szó".to_owned(),
                reference: None,
                kind: "transfer".to_owned(),
            };
            transactions::save_many(of, [&booked]).map(drop)
        }
        Deed::Package(id, n) => {
            let customer = store::customers::get(of, of.customer())?.customer.id;
            let header =
                PackageHeader { id: package(*id), customer, debit_account: Some(account(*n)), ..header() };
            packages::create(of, &header, at(0))
        }
        Deed::Order(id, into, payee, amount) => {
            let debit_account = packages::get(of, package(*into))?.header.debit_account;
            let order = Transfer {
                id: order_id(*id),
                debit_account: debit_account.unwrap_or(account(1)),
                beneficiary: to(*payee, &format!("Szállító {payee} Kft.")),
                ..transfer(*payee, *amount)
            };
            orders::insert(of, package(*into), &hct(order), at(1))
        }
        Deed::Move(id, state) => {
            let from = packages::get(of, package(*id))?.state;
            packages::set_state(of, package(*id), from, *state, at(2))
        }
        Deed::Document(id) => {
            let revision = packages::get(of, package(*id))?.revision;
            documents::save(of, package(*id), revision, b"document", at(3)).map(drop)
        }
        Deed::Sign(id) => {
            let Some(document) = documents::of_package(of, package(*id))? else { return Ok(()) };
            let signer = domain::User { id: "12345678".parse().unwrap(), name: "Anna".to_owned() };
            signatures::add(
                of,
                &signatures::StoredSignature {
                    document: document.id,
                    signer,
                    certificate: [1; 32],
                    signed_at: at(4),
                    p7s: vec![1],
                },
            )
        }
        Deed::Submit(id) => submissions::create(of, package(*id), at(5)).map(drop),
        Deed::Receipt(id) => {
            let receipt = receipts::StoredReceipt { bytes: vec![*id], cms: vec![1], received_at: at(6) };
            receipts::save(of, package(*id), &receipt).map(drop)
        }
        Deed::Status(id, executed) => {
            let state = if *executed { ItemState::Executed } else { ItemState::Rejected };
            let status = OrderStatus {
                state: OrderState::At(state),
                route: None,
                reason: None,
                due: None,
                decided_at: Some(at(7)),
            };
            orders::set_status(of, order_id(*id), &status).map(drop)
        }
        Deed::Remove(id) => orders::remove(of, order_id(*id), at(8)),
        Deed::Message(id) => {
            let message = StoredMessage {
                id: uuid(*id),
                at: at(9),
                author: None,
                subject: id.to_string(),
                body: String::new(),
                read: false,
                untold: None,
            };
            messages::save(of, &message).map(drop)
        }
        Deed::Read(id) => messages::set_read(of, uuid(*id)).map(drop),
        Deed::Shared(list) => shared::replace(
            of,
            list.iter().map(|n| (uuid(*n), package(*n), serde_json::json!({ "n": n, "state": "waiting" }))),
        ),
        Deed::Ask(id, handover) => {
            let asked = NewHandover {
                kind: HandoverKind::Put,
                package: package(*id),
                handover: uuid(*handover),
                claim: None,
                before: None,
                expires: None,
            };
            handovers::create(of, &asked, at(10)).map(drop)
        }
        Deed::Cursor(value) => bank::set_cursor(of, "packages", &value.to_string()),
        Deed::Authority(version) => {
            let table = AuthorityTable { version: *version, ..AuthorityTable::default() };
            authority::save(of, &table, at(11)).map(drop)
        }
        Deed::Partner(n) => {
            // Identifiers of partners are this program's own and unique in a store.
            let partner = Partner {
                id: PartnerId(Uuid::from_u128(u128::from(*n) << 64 | of.customer().0 as u128)),
                short_name: format!("Partner {n}").parse().unwrap(),
                target: PartnerTarget::accounts("Partner".parse().unwrap(), vec![account(9)]).unwrap(),
                narrative: "".parse().unwrap(),
                country: None,
                legal_code: None,
                note: String::new(),
            };
            partners::save(of, Scope::Own(of.customer()), &partner, at(12))
        }
        Deed::Draft(n) => drafts::save(of, Scope::Own(of.customer()), "order-form", n, at(13)),
        Deed::Log(n) => told(of, *n, store::deed::Deed::PackageSplit { packages: usize::from(*n) }),
        Deed::Split(from, to) => {
            let deed = store::deed::Deed::PackageSplitOff { from: package(*from), name: "Bérek".to_owned() };
            told(of, *to, deed)
        }
        Deed::Imported(n) => {
            let deed = store::deed::Deed::Imported {
                file: "berek.txt".to_owned(),
                sha256: "00".repeat(32),
                content: "1-1".to_owned(),
                orders: 1,
            };
            told(of, *n, deed)
        }
    }
}

/// Tells the audit log of a package.
fn told(of: &OfCustomer<'_>, n: u8, deed: store::deed::Deed) -> Result<()> {
    let subject = Some(package(n).to_string());
    let event = audit::AuditEvent { at: at(14), actor: None, deed, subject, customer: Some(of.customer()) };
    audit::append(of, &event).map(drop)
}

/// Everything that the customer is shown, counted, found and warned of. Keys of rows mean nothing and are left out.
fn seen(of: &OfCustomer<'_>) -> Result<Vec<String>> {
    let mut seen = Vec::new();
    seen.push(format!("{:?}", accounts::with_balances(of)?));
    seen.push(format!("{:?}", accounts::find(of, account(1))?));
    for text in ["", "közös"] {
        let filter = TransactionFilter { text: text.to_owned(), ..TransactionFilter::default() };
        let mut booked: Vec<String> =
            transactions::list(of, &filter, Page::ALL)?.iter().map(|t| format!("{t:?}")).collect();
        booked.sort();
        seen.push(booked.join("\n"));
    }
    seen.push(format!(
        "{:?}",
        transactions::balance_by_day(of, account(1), day("2026-11-19"), day("2026-11-21"))?
    ));
    for which in [PackageList::Prepared, PackageList::Sent, PackageList::Closed] {
        for text in ["", "szallito"] {
            let mut lines: Vec<String> = package_lists::list(of, which, text, Page::ALL)?
                .into_iter()
                .map(|line| {
                    let document = line.package.document.is_some();
                    let (header, state, count) =
                        (line.package.header, line.package.state, line.package.count);
                    format!(
                        "{header:?} {state:?} {count} {document} {} {:?}",
                        line.signatures, line.submission
                    )
                })
                .collect();
            lines.sort();
            seen.push(lines.join("\n"));
        }
        seen.push(format!("{}", package_lists::count(of, which)?));
    }
    seen.push(format!("{:?}", overview::counts(of)?));
    let mut due: Vec<String> =
        overview::upcoming(of, day("2026-01-01"), 99)?.iter().map(|u| format!("{u:?}")).collect();
    due.sort();
    seen.push(due.join("\n"));
    for list in [order_lists::search(of, "szallito", Page::ALL)?, overview::rejected_lately(of, at(0), 99)?] {
        let mut orders: Vec<String> = list.iter().map(|order| format!("{order:?}")).collect();
        orders.sort();
        seen.push(orders.join("\n"));
    }
    for n in 0..IDS {
        let id = package(n);
        seen.push(format!("{:?}", orders::find(of, OrderId(uuid(n)))?));
        seen.push(format!("{:?}", handovers::last_put(of, id)?.map(|put| put.asked)));
        seen.push(format!(
            "{:?} {:?}",
            handovers::open_of(of, id)?.is_some(),
            handovers::is_ours(of, uuid(n))?
        ));
        seen.push(format!("{:?}", shared::newest::<Value>(of, id)?));
        seen.push(format!("{:?}", shared::find::<Value>(of, uuid(n))?));
        let story = audit::about(of, &id.to_string(), Page::ALL)?;
        seen.push(format!("{:?}", story.iter().map(|entry| &entry.event.deed).collect::<Vec<_>>()));
        seen.push(format!("{:?} {:?}", receipts::latest(of, id)?, doubles::went_to(of, id)?));
        seen.push(format!("{:?}", outcomes::of_packages(of, &[id])?));
        let signers = signatures::of_package(of, id)?;
        seen.push(format!("{:?}", signers.iter().map(|s| &s.signer).collect::<Vec<_>>()));
        if packages::find(of, id)?.is_some() {
            let states: Vec<_> = submissions::of_package(of, id)?.iter().map(|s| s.state).collect();
            seen.push(format!("{states:?} {:?}", order_lists::progress(of, id)?));
            seen.push(format!("{:?}", orders::debits(of, id)?));
            // Which of several payments of one day is called the last is nobody's promise.
            let known = history::of_package(of, id)?;
            let known = known.iter().map(|h| (&h.payee, h.last.is_some(), &h.other_accounts));
            seen.push(format!("{:?}", known.collect::<Vec<_>>()));
            let unsent = doubles::unsent(of, id)?;
            seen.push(format!("{:?}", unsent.iter().map(|double| double.order).collect::<Vec<_>>()));
            let again = history::likely_duplicates(of, id, day("2026-11-01"))?;
            seen.push(format!("{:?}", again.iter().map(|d| (d.order, d.position)).collect::<Vec<_>>()));
        }
    }
    for payee in 0..3 {
        let Beneficiary::Account { .. } = to(payee, "X") else { continue };
        seen.push(format!("{:?}", history::last_payments(of, &to(payee, "X"), 99)?.len()));
    }
    let mut known: Vec<String> = messages::list(of, Page::ALL)?.iter().map(|m| format!("{m:?}")).collect();
    known.extend(messages::untold(of)?.iter().map(|m| format!("untold {}", m.id)));
    seen.push(known.join("\n"));
    seen.push(format!("{:?}", shared::list::<Value>(of)?));
    let imports = doubles::imports(of)?;
    seen.push(format!("{:?}", imports.iter().map(|import| import.package).collect::<Vec<_>>()));
    let open: Vec<_> = submissions::open(of)?.iter().map(|s| (s.package, s.state)).collect();
    seen.push(format!("{open:?} {}", handovers::open(of)?.len()));
    seen.push(format!("{:?} {:?}", bank::cursor(of, "packages")?, authority::find(of)?));
    let mine = Scope::Own(of.customer());
    let names = |list: Vec<Partner>| list.iter().map(|p| p.short_name.to_string()).collect::<Vec<_>>();
    seen.push(format!("{:?}", names(partners::search(of, mine, "", Page::ALL)?)));
    seen.push(format!("{:?}", names(partners::search(of, mine, "partner", Page::ALL)?)));
    seen.push(format!("{}", partners::count(of, mine, "partner")?));
    seen.push(format!("{:?}", drafts::load::<u8>(of, mine, "order-form")?.map(|draft| draft.value)));
    Ok(seen)
}

/// As the first bank calls its second customer.
const SISTER: &str = "20000099";

/// Identifiers that are in play.
const IDS: u8 = 4;

fn deeds() -> impl Strategy<Value = Deed> {
    let id = || 0..IDS;
    let state = prop::sample::select(PackageState::ALL.to_vec());
    prop_oneof![
        1 => Just(Deed::Accounts(vec![1, 2])),
        2 => (1..3u32, 0..1_000i64).prop_map(|(n, amount)| Deed::Balance(n, amount)),
        3 => (1..3u32, id(), -3..3i64).prop_map(|(n, id, amount)| Deed::Transaction(n, id, amount)),
        4 => (id(), 1..3u32).prop_map(|(id, n)| Deed::Package(id, n)),
        6 => (id(), id(), 0..3u32, 1..4i64).prop_map(|(id, into, payee, n)| Deed::Order(id, into, payee, n)),
        4 => (id(), state).prop_map(|(id, state)| Deed::Move(id, state)),
        3 => id().prop_map(Deed::Document),
        2 => id().prop_map(Deed::Sign),
        2 => id().prop_map(Deed::Submit),
        2 => id().prop_map(Deed::Receipt),
        3 => (id(), any::<bool>()).prop_map(|(id, executed)| Deed::Status(id, executed)),
        1 => id().prop_map(Deed::Remove),
        2 => id().prop_map(Deed::Message),
        1 => id().prop_map(Deed::Read),
        1 => prop::collection::vec(id(), 0..3).prop_map(Deed::Shared),
        2 => (id(), id()).prop_map(|(id, handover)| Deed::Ask(id, handover)),
        1 => id().prop_map(Deed::Cursor),
        1 => (0..3u32).prop_map(Deed::Authority),
        2 => id().prop_map(Deed::Partner),
        1 => id().prop_map(Deed::Draft),
        1 => id().prop_map(Deed::Log),
        1 => (id(), id()).prop_map(|(from, to)| Deed::Split(from, to)),
        1 => id().prop_map(Deed::Imported),
    ]
}

/// A store of four customers: three at three banks, all of whom the banks call the same, and a second one at the first
/// bank. All have the same accounts.
fn filled(folder: &std::path::Path, name: &str) -> Store {
    let store = Store::open(&folder.join(name)).unwrap();
    fill(&store);
    store
        .write(|tx| {
            for name in ["KDB", "Harmadik"] {
                let bank = store::connections::add(tx, &connection(name), at(0))?;
                let key = store::customers::save(tx, bank, &company())?;
                assert_eq!(company().id, customer());
                assert!(key.0 > 1);
            }
            let sister = domain::Customer { id: SISTER.parse().unwrap(), ..company() };
            let first = store::customers::get(tx, CustomerKey(1))?.connection;
            assert_eq!(store::customers::save(tx, first, &sister)?, CustomerKey(4));
            for key in 1..=4 {
                accounts::set_all(&OfCustomer::new(tx, CustomerKey(key)), &[own_account(1), own_account(2)])?;
            }
            Ok(())
        })
        .unwrap();
    store
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn each_customer_sees_what_it_would_see_alone(
        deeds in prop::collection::vec((1..=4i64, deeds()), 1..240)
    ) {
        let folder = tempfile::tempdir().unwrap();
        let together = filled(folder.path(), "together");
        let alone: Vec<Store> = (1..=4).map(|n| filled(folder.path(), &format!("alone-{n}"))).collect();
        for (customer, deed) in deeds {
            let key = CustomerKey(customer);
            let (first, second) = (deed.clone(), deed.clone());
            let in_company = together.write_of(key, move |of| act(of, &first)).map_err(|e| domain::Explain::code(&e));
            let store = &alone[customer as usize - 1];
            let by_itself = store.write_of(key, move |of| act(of, &second)).map_err(|e| domain::Explain::code(&e));
            prop_assert_eq!(in_company, by_itself, "{:?} of {}", deed, customer);
        }
        for (n, store) in (1..).zip(&alone) {
            let key = CustomerKey(n);
            let in_company = together.read_of(key, seen).unwrap();
            let by_itself = store.read_of(key, seen).unwrap();
            for (company, itself) in in_company.iter().zip(&by_itself) {
                prop_assert_eq!(company, itself, "customer {}", n);
            }
            prop_assert_eq!(in_company.len(), by_itself.len());
        }
    }
}
