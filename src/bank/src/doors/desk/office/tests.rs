//! The office's pages as an operator's browser meets them.

use chrono::TimeDelta;
use domain::UserId;
use protocol::WriteMessage;
use reqwest::StatusCode;
use uuid::Uuid;

use crate::doors::desk::tests::{Desk, OTHERS, PIV};
use crate::ground::error::{BankError, Refusal};
use crate::orders::engine;
use crate::people::{cards, customers, error_points, known, messages, notices, virtual_cards};
use crate::testing::{CLERK, SIGNER_A};

const CUSTOMER: &str = "20001001";

fn user(id: &str) -> UserId {
    id.parse().unwrap()
}

async fn desk() -> Desk {
    let mut desk = Desk::open().await;
    desk.log_in().await;
    desk
}

fn suspended(desk: &Desk, csn: &str) -> (bool, bool) {
    let card = desk.bank.write(|db| cards::find(db, csn)).unwrap().unwrap();
    (card.suspended, card.withdrawn)
}

fn version(desk: &Desk) -> u32 {
    let customer = CUSTOMER.parse().unwrap();
    desk.bank.write(|db| customers::find(db, &customer)).unwrap().unwrap().authority.version
}

#[tokio::test]
async fn customers_are_found_by_name_number_and_user_and_shown_whole() {
    let mut desk = desk().await;
    for (q, found) in [("minta", true), (CUSTOMER, true), ("kov%C3%A1cs", true), ("nincs", false)] {
        desk.get(&format!("/customers?q={q}")).await;
        assert_eq!(desk.page.contains(&format!("/customers/{CUSTOMER}")), found, "{q}");
    }
    desk.get(&format!("/customers/{CUSTOMER}")).await;
    for text in ["Minta Kereskedelmi Kft.", "Kovács Anna", "Projekt számla", "még nincs bevonva"] {
        assert!(desk.page.contains(text), "{text}");
    }
    assert_eq!(desk.get("/customers/999").await.status, StatusCode::NOT_FOUND);
    assert_eq!(desk.get("/users/999").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn devices_are_suspended_for_anybody_and_enabled_for_the_caller_only() {
    let mut desk = Desk::called_by_clerk().await;
    let (mine, others) = (format!("/users/{CLERK}/device"), format!("/users/{SIGNER_A}/device"));
    let before = version(&desk);
    assert_eq!(desk.post(&others, &[("device", OTHERS), ("act", "suspend")]).await.status, StatusCode::OK);
    assert_eq!(suspended(&desk, OTHERS), (true, false));
    assert_eq!(version(&desk), before + 1);
    let refused = desk.post(&others, &[("device", OTHERS), ("act", "enable")]).await;
    assert_eq!((refused.status, suspended(&desk, OTHERS)), (StatusCode::CONFLICT, (true, false)));
    for (act, state) in [("suspend", (true, false)), ("enable", (false, false)), ("withdraw", (false, true))]
    {
        assert_eq!(desk.post(&mine, &[("device", PIV), ("act", act)]).await.status, StatusCode::OK, "{act}");
        assert_eq!(suspended(&desk, PIV), state, "{act}");
    }
    // A device of somebody else, and one that is gone.
    for device in [OTHERS, PIV] {
        let refused = desk.post(&mine, &[("device", device), ("act", "suspend")]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
    }
    desk.get("/log").await;
    assert!(desk.page.contains("eszköz visszavonva") && desk.page.contains(PIV));
}

#[tokio::test]
async fn activation_codes_are_for_the_identified_caller_and_seen_once() {
    let mut desk = Desk::called_by_clerk().await;
    let refused = desk.post(&format!("/users/{SIGNER_A}/activation-code"), &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(!desk.page.contains("id=\"activation-code\""));
    assert_eq!(desk.post(&format!("/users/{CLERK}/activation-code"), &[]).await.status, StatusCode::OK);
    let (_, rest) = desk.page.split_once("id=\"activation-code\">").unwrap();
    let code = rest.split('<').next().unwrap().to_owned();
    let typed = virtual_cards::normalize(&code).unwrap();
    let now = desk.bank.clock.now();
    let kept = desk.bank.write(|db| virtual_cards::kept(db, CLERK)).unwrap();
    assert_eq!(kept.judge(&typed, now).unwrap(), Ok(()));
    for page in [format!("/users/{CLERK}"), "/log".to_owned()] {
        desk.get(&page).await;
        assert!(!desk.page.contains(&code), "{page}");
    }
}

#[tokio::test]
async fn error_points_are_deleted_for_the_identified_caller() {
    let mut desk = Desk::called_by_clerk().await;
    desk.bank.write(|db| (0..5).try_for_each(|_| error_points::add(db, &user(CLERK)))).unwrap();
    desk.get(&format!("/users/{CLERK}")).await;
    assert!(desk.page.contains("zárolva"));
    assert_eq!(desk.post(&format!("/users/{CLERK}/unlock"), &[]).await.status, StatusCode::OK);
    let person = desk.bank.write(|db| known::find(db, &user(CLERK))).unwrap().unwrap();
    assert!(!person.locked && person.error_points == 0);
}

#[tokio::test]
async fn messages_go_to_one_or_all_and_theirs_are_read() {
    let mut desk = desk().await;
    let now = desk.bank.clock.now();
    let theirs =
        WriteMessage { id: Uuid::from_u128(5), subject: "Kérdés".into(), body: "Mikor <nyit>?".into() };
    let customer = CUSTOMER.parse().unwrap();
    let written = desk.bank.write(|db| messages::write(db, &customer, Some(&user(CLERK)), &theirs, now));
    assert!(written.is_ok());
    desk.get("/messages").await;
    assert!(desk.page.contains("Mikor &lt;nyit&gt;?") && desk.page.contains("Szabó Réka"));
    let fields = [("customer", ""), ("subject", "Karbantartás"), ("body", "Vasárnap.")];
    assert_eq!(desk.post("/messages", &fields).await.status, StatusCode::OK);
    let page = desk
        .bank
        .write(|db| messages::page(db, &customer, &user(CLERK), None, 10))
        .map_err(|_: Refusal| ())
        .unwrap();
    let seen: Vec<_> =
        page.messages.iter().map(|m| (m.subject.as_str(), m.read, m.author.is_some())).collect();
    assert_eq!(seen, [("Kérdés", true, true), ("Karbantartás", false, false)]);
    for fields in [
        [("customer", "999"), ("subject", "Kinek"), ("body", "Senkinek.")],
        [("customer", ""), ("subject", " "), ("body", "Üres tárgy.")],
    ] {
        assert_eq!(desk.post("/messages", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn notices_say_that_they_are_the_demos_and_looking_is_logged() {
    let mut desk = desk().await;
    let (now, customer) = (desk.bank.clock.now(), CUSTOMER.parse().unwrap());
    desk.bank
        .write(|db| notices::send(db, &customer, "+36201112233", "notice-one-time-code", "041759", now))
        .unwrap();
    desk.get("/notices").await;
    assert!(desk.page.contains("041759") && desk.page.contains("Csak a bemutatóban"));
    desk.get("/log").await;
    assert!(desk.page.contains("értesítések megtekintve") && !desk.page.contains("041759"));
}

#[tokio::test]
async fn clock_outage_and_faults_are_run_from_the_desk() {
    let mut desk = desk().await;
    desk.get("/operations").await;
    let then = desk.bank.clock.now() + TimeDelta::days(1);
    let typed = crate::ground::time::local(then).format("%Y-%m-%dT%H:%M:%S").to_string();
    assert_eq!(desk.post("/operations/clock", &[("now", &typed)]).await.status, StatusCode::OK);
    assert_eq!((desk.bank.clock.now(), desk.bank.clock.is_running()), (then, false));
    let wrong = desk.post("/operations/clock", &[("now", "holnap")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    // To the operator no day has passed.
    assert_eq!(desk.get("/operations").await.status, StatusCode::OK);
    let is_outage = |desk: &Desk| desk.bank.write(|db| engine::is_outage(db)).unwrap();
    for outage in ["true", "true", "false"] {
        assert_eq!(desk.post("/operations/outage", &[("outage", outage)]).await.status, StatusCode::OK);
        assert_eq!(is_outage(&desk).to_string(), outage);
    }
    let told = desk.bank.write(|db| -> Result<_, BankError> { messages::newest(db, 10) }).unwrap();
    assert_eq!(told.len(), 2, "began and ended, each once");
    let fault = [("kind", "delay"), ("path", "/packages/"), ("count", "2"), ("millis", "50")];
    assert_eq!(desk.post("/operations/faults", &fault).await.status, StatusCode::OK);
    assert!(desk.page.contains("késik × 2"));
    desk.post("/operations/faults/clear", &[]).await;
    assert!(!desk.page.contains("késik × 2"));
    assert_eq!(
        desk.post_with("/operations/outage", "wrong", &[("outage", "true")]).await.status,
        StatusCode::FORBIDDEN
    );
    assert!(!is_outage(&desk));
}
