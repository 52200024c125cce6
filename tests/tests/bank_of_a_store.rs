//! Another bank becomes another connection, and a cursor that the bank does not know (any more) only costs reading a list
//! anew.

use client::{Client, ConnectionState, Pin, TokenChoice, TokenConfig, TokenStatus};
use domain::Explain;
use harness::house::{House, PIN, draft, reaches, record, sign};
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
fn a_session_is_not_carried_to_another_address() {
    run(async {
        let house = House::start("kh").await;
        let client = house.logged_in("client", "Nagy").await;
        let _ = client.connect(&house.connection_file()).await.unwrap();
        assert!(client.connection().borrow().user().is_some(), "the same file once more changes nothing");
        let file = std::fs::read_to_string(house.connection_file()).unwrap();
        let moved = house.client_folder("moved.toml");
        std::fs::write(&moved, file.replace("https://localhost:", "https://127.0.0.1:")).unwrap();
        let _ = client.connect(&moved).await.unwrap();
        assert_eq!(client.connections().await.unwrap().len(), 1, "it is the same bank");
        assert_eq!(*client.connection().borrow(), client::Connection::LoggedOut);
        assert_eq!(client.sync().await.unwrap_err().code(), "not-logged-in");
        let _ = client.connect(&house.connection_file()).await.unwrap();
        let _ = client.log_in(Pin::new(PIN), false).await.unwrap();
        client.sync().await.unwrap();
    });
}

#[test]
fn a_connection_that_was_made_by_mistake_leaves_nothing_to_the_right_one() {
    run(async {
        let (house, other) = (House::start("kh").await, House::start("kh").await);
        let client = house.client_with("client", TokenConfig::Software(house.key_file("Nagy"))).await;
        let mistaken = client.own_connection().unwrap();
        let nagy = house.user("Nagy")["name"].as_str();
        let nobodys = TokenChoice::File { path: house.client_folder("nobody.keys") };
        client.choose_own_token(Some(nobodys.clone())).await.unwrap();
        client.pause_connection(mistaken).await.unwrap();
        let (client, _) = client.connect_to(&other.connection_file()).await.unwrap();
        assert_eq!(client.own_connection(), Some(mistaken));
        let lines = client.connections().await.unwrap();
        assert_eq!(lines.iter().map(|line| line.state).collect::<Vec<_>>(), [ConnectionState::Active]);
        assert_eq!(client.token_choice().await.unwrap(), TokenChoice::AnyReader);
        assert_eq!(holder(&client).await.as_deref(), nagy, "the token that the start named is back");

        client.choose_own_token(Some(nobodys)).await.unwrap();
        assert_eq!(holder(&client).await, None);
        client.remove_connection(mistaken).await.unwrap();
        assert_eq!(holder(&client).await.as_deref(), nagy, "so it is when the connection is gone");
    });
}

/// Name of the user whose token is plugged in, if one is.
async fn holder(client: &Client) -> Option<String> {
    let mut status = client.token_status();
    let seen = status.wait_for(|status| !matches!(status, TokenStatus::Starting)).await.unwrap();
    seen.info()?.login.as_ref()?.subject_common_name()
}

#[test]
fn another_bank_becomes_a_connection_of_its_own_and_binds_nothing_anew() {
    run(async {
        let (house, other) = (House::start("kh").await, House::start("kh").await);
        let client = house.client("client", "Nagy").await;
        // Nobody was here yet: whoever took the wrong file first may take the right one.
        let _ = client.connect(&other.connection_file()).await.unwrap();
        let _ = client.connect(&house.connection_file()).await.unwrap();
        assert_eq!(client.connections().await.unwrap().len(), 1);
        drop(client);

        let client = house.reopened("client", "Nagy").await;
        let own = client.own_connection().unwrap();
        let _ = client.connect(&other.connection_file()).await.unwrap();
        let lines = client.connections().await.unwrap();
        let names: Vec<&str> = lines.iter().map(|line| line.name.as_str()).collect();
        assert_eq!(names, ["K&H Bank", "K&H Bank 2"]);
        assert_eq!(
            (lines[0].key, lines[0].standing.user().is_some()),
            (own, true),
            "nothing has changed there"
        );
        assert_eq!((client.own_connection(), lines[1].customers), (Some(own), 0));
        client.sync().await.unwrap();
        let _ = client.connect(&house.connection_file()).await.unwrap();
        assert_eq!(client.connections().await.unwrap().len(), 2, "a bank that is there gets the new file");
        let second = lines[1].key;
        client.remove_connection(second).await.unwrap();
        let package = record(&client, draft(house.account(0), 1000)).await;
        let kept = client.remove_connection(own).await.unwrap_err();
        assert_eq!(kept.code(), "store-connection-kept");
        assert_eq!(client.package(package).await.unwrap().orders.len(), 1, "and nothing was lost by asking");
        client.sync().await.unwrap();
    });
}
