//! Connections: what may be done with one when; and that the schema lets nothing of one customer refer to another's.

use domain::{ConnectionKey, CustomerKey, PackageHeader, PackageState, Transfer};
use store::connections::{self, ConnectionState};
use store::{Page, Store, accounts, customers, documents, orders, packages, partners, submissions};
use uuid::Uuid;

use crate::support::{
    BANK, OWN, account, at, bank, code, company, document, hct, header, order, other, own_account, recorded,
    store, transfer, with_customer,
};

fn state(store: &Store, key: ConnectionKey) -> ConnectionState {
    store.read(|conn| connections::get(conn, key)).unwrap().state
}

#[test]
fn connections_are_added_named_and_kept_in_their_order() {
    let (_folder, store) = store();
    let second = store.write(|tx| connections::add(tx, &bank(" KDB "), at(1))).unwrap();
    assert_eq!(code(store.write(|tx| connections::add(tx, &bank("kdb"), at(1)))), "store-exists");
    assert_eq!(code(store.write(|tx| connections::add(tx, &bank("  "), at(1)))), "store-rule");
    assert_eq!(code(store.write(move |tx| connections::rename(tx, second, "K&h"))), "store-exists");
    store.write(move |tx| connections::rename(tx, second, "Másik")).unwrap();
    store.write(move |tx| connections::set_content(tx, second, "new", at(2))).unwrap();
    for (id, synced) in [("20000001", Some(at(3))), ("20000002", Some(at(4))), ("20000003", None)] {
        store
            .write(move |tx| {
                let customer = domain::Customer { id: id.parse().unwrap(), ..company() };
                let key = customers::save(tx, second, &customer)?;
                synced.map_or(Ok(()), |now| customers::set_last_sync(tx, key, now))?;
                assert_eq!(customers::get(tx, key)?.last_sync, synced, "each for itself");
                Ok(())
            })
            .unwrap();
    }
    let [first, second] = store.read(connections::list).unwrap().try_into().unwrap();
    assert_eq!((first.key, first.name.as_str(), first.last_sync), (BANK, "K&H", None));
    assert_eq!((second.name.as_str(), second.content.as_deref()), ("Másik", Some("new")));
    assert_eq!((second.connected_at, second.last_sync), (at(2), Some(at(4))));
    assert_eq!(code(store.write(|tx| connections::rename(tx, ConnectionKey(9), "x"))), "store-not-found");
}

#[test]
fn a_connection_is_paused_put_away_and_taken_into_use_again() {
    let (_folder, store) = store();
    let step = |step: fn(&store::Connection, ConnectionKey) -> store::Result<()>| {
        store.write(move |tx| step(tx, BANK))
    };
    assert_eq!(code(step(connections::resume)), "store-state-changed");
    step(connections::pause).unwrap();
    assert_eq!(state(&store, BANK), ConnectionState::Paused);
    assert_eq!(code(step(connections::pause)), "store-state-changed");
    assert_eq!(store.read(customers::list).unwrap().len(), 1, "a paused connection is shown");
    step(connections::archive).unwrap();
    assert_eq!(state(&store, BANK), ConnectionState::Archived);
    assert_eq!(store.read(customers::list).unwrap(), []);
    assert_eq!(store.read(|conn| customers::of_connection(conn, BANK)).unwrap().len(), 1);
    assert_eq!(code(step(connections::archive)), "store-state-changed");
    step(connections::resume).unwrap();
    assert_eq!(state(&store, BANK), ConnectionState::Active);
}

#[test]
fn while_the_bank_owes_an_answer_a_connection_is_not_put_away() {
    let (_folder, store) = store();
    let id = recorded(&store, vec![order(1, 1)]);
    document(&store, id);
    let begun = store.write_of(OWN, move |of| submissions::create(of, id, at(1))).unwrap();
    assert_eq!(code(store.write(|tx| connections::archive(tx, BANK))), "store-connection-busy");
    store
        .write_of(OWN, move |of| {
            use domain::submission::SubmissionState::{Created, Received};
            submissions::set_state(of, begun.id, Created, Received, None, at(2))
        })
        .unwrap();
    store.write(|tx| connections::archive(tx, BANK)).unwrap();
}

#[test]
fn only_a_connection_without_anything_of_ours_is_removed() {
    let (_folder, store) = store();
    let theirs = other(&store);
    recorded(&store, vec![order(1, 1)]);
    assert_eq!(code(store.write(|tx| connections::remove(tx, BANK))), "store-connection-kept");
    let second = store.read(|conn| customers::get(conn, theirs)).unwrap().connection;
    store.write(move |tx| connections::remove(tx, second)).unwrap();
    assert_eq!(code(store.read(|conn| customers::get(conn, theirs))), "store-not-found");
    let next = other(&store);
    assert!(next > theirs, "a key is never given twice");
}

#[test]
fn tokens_are_remembered_where_they_logged_in() {
    let (_folder, store) = store();
    store
        .write(|tx| {
            connections::save_token(tx, BANK, "AB", at(1))?;
            connections::save_token(tx, BANK, "CD", at(2))?;
            connections::save_token(tx, BANK, "AB", at(3))
        })
        .unwrap();
    assert_eq!(store.read(|conn| connections::tokens(conn, BANK)).unwrap(), ["AB", "CD"]);
    assert!(store.read(|conn| connections::tokens(conn, ConnectionKey(2))).unwrap().is_empty());
}

#[test]
fn customers_of_one_company_carry_one_mark() {
    let (_folder, store) = store();
    let second = other(&store);
    let third = store
        .write(|tx| {
            let third = connections::add(tx, &bank("Harmadik"), at(0))?;
            customers::save(tx, third, &company())
        })
        .unwrap();
    let mark = |key: CustomerKey| store.read(|conn| customers::get(conn, key)).unwrap().company;
    store.write(move |tx| customers::set_same_company(tx, second, third)).unwrap();
    assert_eq!((mark(OWN), mark(second).is_some(), mark(second)), (None, true, mark(third)));
    store.write(move |tx| customers::set_same_company(tx, OWN, third)).unwrap();
    assert_eq!((mark(OWN), mark(OWN)), (mark(second), mark(third)));
    store.write(move |tx| customers::forget_company(tx, third)).unwrap();
    assert_eq!((mark(third), mark(OWN)), (None, mark(second)));
}

#[test]
fn a_header_of_another_customer_is_not_recorded() {
    let (_folder, store) = store();
    let wrong = PackageHeader { customer: "77".parse().unwrap(), ..header() };
    assert_eq!(code(store.write_of(OWN, move |of| packages::create(of, &wrong, at(0)))), "store-not-found");
}

#[test]
fn an_account_that_only_another_customer_has_is_not_debited() {
    let (_folder, store) = store();
    with_customer(&store);
    let theirs = other(&store);
    let wrong = header();
    assert_eq!(code(store.write_of(theirs, move |of| packages::create(of, &wrong, at(0)))), "store-rule");
    let mixing = PackageHeader { debit_account: None, ..header() };
    let id = mixing.id;
    store.write_of(theirs, move |of| packages::create(of, &mixing, at(0))).unwrap();
    assert_eq!(
        code(store.write_of(theirs, move |of| orders::insert(of, id, &order(1, 1), at(0)))),
        "store-rule"
    );
    let good = Transfer { debit_account: account(2), ..transfer(1, 1) };
    let changed = hct(Transfer { debit_account: own_account(), ..good.clone() });
    store.write_of(theirs, move |of| orders::insert(of, id, &hct(good), at(0))).unwrap();
    assert_eq!(code(store.write_of(theirs, move |of| orders::replace(of, &changed, at(0)))), "store-rule");
    // Nor one that was nobody's when it was debited and is another's now.
    let moved =
        domain::Account { number: account(2), name: "Új".to_owned(), currency: domain::Currency::HUF };
    store.write_of(OWN, move |of| accounts::set_all(of, &[moved])).unwrap();
    let late = hct(Transfer { debit_account: account(2), ..transfer(2, 1) });
    assert_eq!(code(store.write_of(theirs, move |of| orders::insert(of, id, &late, at(0)))), "store-rule");
    // The same account at two connections (two tokens at one bank) is both customers' own.
    let both =
        domain::Account { number: own_account(), name: "Fő".to_owned(), currency: domain::Currency::HUF };
    store.write_of(theirs, move |of| accounts::set_all(of, &[both])).unwrap();
    store.write_of(theirs, move |of| orders::insert(of, id, &order(1, 1), at(0))).unwrap();
}

#[test]
fn the_schema_itself_refuses_what_mixes_customers_up() {
    let (_folder, store) = store();
    with_customer(&store);
    let theirs = other(&store);
    let id = recorded(&store, vec![order(1, 1)]);
    document(&store, id);
    let second = PackageHeader { debit_account: None, ..header() };
    store.write_of(theirs, move |of| packages::create(of, &second, at(0))).unwrap();
    let wrong = [
        // A package, an order or a customer that changes hands.
        "UPDATE packages SET customer = 2 WHERE customer = 1",
        "UPDATE orders SET customer = 2 WHERE customer = 1",
        "UPDATE customers SET connection = 2 WHERE key = 1",
        // A package with another customer's order, and with another package's document.
        "INSERT INTO orders (customer, id, package, position, order_type, content, words)
            SELECT 2, randomblob(16), key, 9, 'HCT', '{}', '' FROM packages WHERE customer = 1",
        "UPDATE orders SET package = (SELECT key FROM packages WHERE customer = 2)",
        // An order that debits what nobody has said to be the customer's, and an account that changes hands.
        "UPDATE orders SET debit_account = '117730160000000000000000'",
        "UPDATE debit_accounts SET customer = 2",
        "INSERT INTO debit_accounts SELECT 2, number FROM accounts WHERE customer = 1",
        "UPDATE packages SET document = (SELECT key FROM documents) WHERE customer = 2",
        "INSERT INTO submissions (package, document, document_sha256, state, created_at, updated_at)
            SELECT p.key, d.key, d.sha256, 'created', 1, 1 FROM documents d, packages p WHERE p.customer = 2",
        // Something of nobody.
        "INSERT INTO messages VALUES (99, randomblob(16), 1, NULL, NULL, '', '', 0, NULL)",
        "INSERT INTO balances SELECT 2, number, 'HUF', 1, 2, 3, 4, 5, 6, 7, 8 FROM accounts",
        "DELETE FROM customers WHERE key = 1",
        "DELETE FROM connections WHERE key = 1",
    ];
    for sql in wrong {
        assert_eq!(code(store.write(move |tx| Ok(tx.execute(sql, [])?))), "store-rule", "{sql}");
    }
}

#[test]
fn a_bank_that_names_another_banks_identifiers_changes_nothing_there() {
    let (_folder, store) = store();
    with_customer(&store);
    let theirs = other(&store);
    let list = vec![order(1, 1)];
    let order = list[0].id();
    let id = crate::support::sent(&store, list);
    let before = store.read_of(OWN, |of| Ok((packages::get(of, id)?, orders::get(of, order)?))).unwrap();
    let unknown = |result: store::Result<()>| assert_eq!(code(result), "store-not-found");
    let status = domain::submission::OrderStatus {
        state: domain::submission::OrderState::At(domain::submission::ItemState::Rejected),
        route: None,
        reason: None,
        due: None,
        decided_at: None,
    };
    unknown(store.write_of(theirs, move |of| orders::set_status(of, order, &status).map(drop)));
    unknown(store.write_of(theirs, move |of| packages::set_error(of, id, Some("x"), at(1))));
    unknown(store.write_of(theirs, move |of| packages::set_claim(of, id, Uuid::nil())));
    unknown(store.write_of(theirs, move |of| {
        packages::set_state(of, id, PackageState::Sent, PackageState::Rejected, at(1))
    }));
    let document = store.read_of(OWN, |of| documents::of_package(of, id)).unwrap().unwrap().id;
    unknown(store.read_of(theirs, |of| documents::bytes(of, document)).map(drop));
    assert_eq!(
        store.read_of(OWN, |of| Ok((packages::get(of, id)?, orders::get(of, order)?))).unwrap(),
        before
    );
    // The same package identifier at the other bank is another package.
    let twin = PackageHeader { id, debit_account: None, ..header() };
    store.write_of(theirs, move |of| packages::create(of, &twin, at(0))).unwrap();
    assert_eq!(store.read_of(theirs, |of| packages::get(of, id)).unwrap().state, PackageState::Recorded);
    assert_eq!(store.read_of(OWN, |of| packages::get(of, id)).unwrap(), before.0);
}

#[test]
fn a_partner_is_common_or_one_customers_and_changes_hands_only_openly() {
    use domain::{PartnerId, PartnerTarget, Scope};
    let (_folder, store) = store();
    let theirs = other(&store);
    let partner = domain::Partner {
        id: PartnerId(Uuid::now_v7()),
        short_name: "Őrségi".parse().unwrap(),
        target: PartnerTarget::accounts("Őrségi".parse().unwrap(), vec![account(3)]).unwrap(),
        narrative: "".parse().unwrap(),
        country: None,
        legal_code: None,
        note: String::new(),
    };
    let id = partner.id;
    let (mine, yours) = (Scope::Own(OWN), Scope::Own(theirs));
    let kept = partner.clone();
    store.write(move |tx| partners::save(tx, mine, &kept, at(0))).unwrap();
    let sees = |scope| {
        let found = store.read(|conn| partners::find(conn, scope, id)).unwrap().is_some();
        let listed = store.read(|conn| partners::search(conn, scope, "orsegi", Page::ALL)).unwrap().len();
        let counted = store.read(|conn| partners::count(conn, scope, "orsegi")).unwrap();
        assert_eq!((listed, counted), (usize::from(found), u32::from(found)));
        found
    };
    assert_eq!((sees(mine), sees(yours), sees(Scope::Common)), (true, false, false));
    for scope in [yours, Scope::Common] {
        let stolen = partner.clone();
        assert_eq!(code(store.write(move |tx| partners::save(tx, scope, &stolen, at(0)))), "store-exists");
        assert_eq!(code(store.write(move |tx| partners::remove(tx, scope, id))), "store-not-found");
    }
    store.write(move |tx| partners::set_scope(tx, mine, id, Scope::Common)).unwrap();
    assert_eq!((sees(mine), sees(yours), sees(Scope::Common)), (true, true, true));
    store.write(move |tx| partners::set_scope(tx, yours, id, yours)).unwrap();
    assert_eq!(store.read(|conn| partners::scope(conn, yours, id)).unwrap(), Some(yours));
    assert_eq!((sees(mine), sees(yours), sees(Scope::Common)), (false, true, false));
}
