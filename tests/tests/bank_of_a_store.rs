//! A store belongs to one bank: another one is refused, and a cursor that the bank does not know (any more) only costs
//! reading a list anew.

use domain::Explain;
use harness::house::{House, draft, reaches, record, sign};
use harness::story::run;
use rusqlite::Connection;

/// What a store keeps of its cursors: how many, and how many of them are the one that no bank has given.
fn cursors(store: &Connection, foreign: &str) -> (u32, u32) {
    let sql = "SELECT COUNT(*), COUNT(*) FILTER (WHERE value = ?1) FROM cursors";
    store.query_row(sql, [foreign], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
}

fn booked(store: &Connection) -> u32 {
    store.query_row("SELECT COUNT(*) FROM transactions", [], |row| row.get(0)).unwrap()
}

#[test]
fn a_cursor_that_the_bank_does_not_know_is_dropped_and_the_list_read_anew_without_doubles() {
    run(async {
        let house = House::start("kh").await;
        let client = house.logged_in("client", "Kovács").await;
        client.sync().await.unwrap();
        let store = Connection::open(client::store_path(&house.client_folder("client"))).unwrap();
        let (lists, before) = (cursors(&store, "gone").0, booked(&store));
        assert!(lists >= 3 && before > 0);
        store.execute("UPDATE cursors SET value = 'gone'", []).unwrap();
        client.sync().await.unwrap();
        assert_eq!(cursors(&store, "gone"), (lists, 0));
        assert_eq!(booked(&store), before);
        let package = record(&client, draft(house.account(0), 1000)).await;
        let _ = sign(&client, package).await;
        client.send_one(package).await.unwrap();
        reaches(&client, package, &[domain::PackageState::Completed]).await;
    });
}

#[test]
fn a_store_with_a_banks_data_is_not_bound_to_another_bank() {
    run(async {
        let (house, other) = (House::start("kh").await, House::start("kh").await);
        let client = house.client("client", "Nagy").await;
        // Nobody was here yet: whoever took the wrong file first may take the right one.
        let _ = client.connect(&other.connection_file()).await.unwrap();
        let _ = client.connect(&house.connection_file()).await.unwrap();
        drop(client);

        let client = house.logged_in("client", "Nagy").await;
        client.sync().await.unwrap();
        let refused = client.connect(&other.connection_file()).await.unwrap_err();
        assert_eq!(refused.code(), "connection-other-bank");
        client.sync().await.unwrap();
        let _ = client.connect(&house.connection_file()).await.unwrap();
    });
}
