//! The session locks itself after idle time, at its longest and when the token leaves; what was recorded stays, work
//! goes on where the bank allows it, and the bank hears of it.

use std::time::Duration;

use client::{Client, Connection, LockReason, Pin, TokenChoice};
use domain::Explain;
use harness::house::{House, PIN, draft, payee, record};
use harness::story::run;

const LONG: Duration = Duration::from_secs(3600);
const SHORT: Duration = Duration::from_millis(900);

/// Waits until the client is locked; gives why and whose session it was.
async fn locked(client: &Client) -> (LockReason, String) {
    let mut locked = client.locked();
    let waiting = locked.wait_for(Option::is_some);
    let found = tokio::time::timeout(Duration::from_secs(20), waiting).await.expect("a lock").unwrap();
    let found = found.as_ref().unwrap();
    (found.why, found.user.name.clone())
}

/// Waits until nobody is logged in.
async fn logged_out(client: &Client) {
    let mut connection = client.connection();
    let waiting = connection.wait_for(|c| *c == Connection::LoggedOut);
    drop(tokio::time::timeout(Duration::from_secs(20), waiting).await.expect("a logout").unwrap());
}

#[test]
fn idle_time_locks_and_a_key_press_puts_it_off() {
    run(async {
        let house = House::start("kh").await;
        let client = house.logged_in("client", "Kovács").await;
        let package = record(&client, draft(house.account(0), 1000)).await;
        client.set_lock_times(SHORT, LONG);
        for _ in 0..6 {
            tokio::time::sleep(SHORT / 3).await;
            client.touch();
        }
        assert!(client.connection().borrow().user().is_some(), "somebody is working");
        let (why, user) = locked(&client).await;
        assert_eq!(why, LockReason::Idle);
        assert!(user.starts_with("Kovács"));
        logged_out(&client).await;
        client.touch();
        assert!(client.connection().borrow().user().is_none(), "no key press brings it back");

        assert!(client.package(package).await.is_ok(), "what was recorded is there");
        let offline = record(&client, draft(house.account(0), 2000)).await;
        assert_eq!(client.sync().await.unwrap_err().code(), "not-logged-in");
        let _ = client.log_in(Pin::new(PIN), false).await.unwrap();
        assert!(client.locked().borrow().is_none());
        assert!(client.package(offline).await.is_ok());
        client.log_out().await;
        assert!(client.locked().borrow().is_none(), "a logout is no lock");
    });
}

#[test]
fn the_longest_time_ends_a_session_that_is_being_used() {
    run(async {
        let house = House::start("kh").await;
        let client = house.logged_in("client", "Kovács").await;
        client.set_lock_times(LONG, SHORT);
        let busy = client.clone();
        let typing = tokio::spawn(async move {
            loop {
                busy.touch();
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        });
        assert_eq!(locked(&client).await.0, LockReason::Absolute);
        typing.abort();
        logged_out(&client).await;
    });
}

#[test]
fn another_token_in_its_place_locks_and_can_log_in() {
    run(async {
        let house = House::start("kh").await;
        let client = house.logged_in("client", "Kovács").await;
        let to = payee().to_string();
        client.keep_draft("form", to.clone()).await.unwrap();
        client.choose_token(TokenChoice::File { path: house.key_file("Nagy") }).await.unwrap();
        let (why, user) = locked(&client).await;
        assert_eq!(why, LockReason::Removed);
        assert!(user.starts_with("Kovács"), "{user}");
        logged_out(&client).await;
        assert_eq!(client.kept_draft::<String>("form").await.unwrap(), Some(to));
        let now = client.log_in(Pin::new(PIN), false).await.unwrap();
        assert!(now.user.name.starts_with("Nagy"));
    });
}
