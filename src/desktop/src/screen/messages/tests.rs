//! Messages as people see them: reading makes read, a waiting one says so, a new one needs a login.

use domain::User;
use store::{self, messages::StoredMessage, messages::Untold};

use super::*;
use crate::design::theme::Tone;
use crate::screen::driver::Driver;
use crate::screen::driver::fixture::Office;

fn office() -> Office {
    let office = Office::new();
    office.with_store(|tx| {
        let now = chrono::Utc::now();
        let anna = User { id: "10000001".parse().unwrap(), name: "Kovács Anna".to_owned() };
        let message = |hours: i64, author: Option<User>, subject: &str, body: &str, read, untold| StoredMessage {
            id: Uuid::now_v7(),
            at: now - chrono::TimeDelta::hours(hours),
            author,
            subject: subject.to_owned(),
            body: body.to_owned(),
            read,
            untold,
        };
        let body = "Tisztelt Ügyfelünk!\n\nSzombaton 20 és 24 óra között a szolgáltatás karbantartás miatt szünetel.";
        for one in [
            message(30, None, "Karbantartás szombaton", body, false, None),
            message(3, Some(anna.clone()), "Napi limit", "Emelnénk a napi limitet.", true, Some(Untold::Written)),
            message(50, Some(anna), "Kérdés a kivonatról", "Mikor érkezik?", true, None),
        ] {
            store::messages::write(tx, &one).unwrap();
        }
    });
    office
}

#[test]
fn a_message_that_is_opened_is_read_and_one_that_waits_says_so() {
    let office = office();
    let mut driver = Driver::new(&office, Messages::new);
    driver.until(|d| d.screen.browse.is_read());
    assert_eq!(driver.screen.browse.len(), 3);
    assert!(driver.sees("új") && driver.sees("küldésre vár"));
    driver.send(Message::Pick(Pick::Only(1)));
    assert!(driver.sees("Karbantartás szombaton"));
    driver.picture("messages");
    driver.until(|d| d.screen.browse.rows().all(|message| message.read));
    assert!(!driver.sees("új"));
    driver.send(Message::Pick(Pick::Only(0)));
    assert!(driver.sees("Emelnénk a napi limitet."));
}

#[test]
fn a_new_message_that_cannot_be_kept_stays_as_it_was_typed() {
    let office = office();
    let mut driver = Driver::new(&office, Messages::new);
    driver.until(|d| d.screen.browse.is_read());
    driver.send(Message::New);
    driver.send(Message::Subject("Limit".to_owned()));
    driver.picture("message-new");
    driver.send(Message::Send);
    driver.until(|d| d.screen.writing.as_ref().is_some_and(|draft| draft.problem.is_some()));
    assert!(driver.sees("Az üzenet nem menthető"), "nobody is logged in");
    assert!(driver.toasts.iter().all(|(tone, _)| *tone != Tone::Good));
    assert_eq!(driver.screen.writing.as_ref().unwrap().subject, "Limit");
}
