//! The pages' router called in-process: every page answers, and shows nothing to whom it does not belong.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use chrono::TimeDelta;
use domain::authority::{WebAccess, WebDevice};
use domain::{AccountNumber, CustomerId, PackageId, UserId};
use tower::ServiceExt;

use crate::bank::Bank;
use crate::doors::browser::sessions::{self, Notice, Opening};
use crate::ground::error::BankError;
use crate::ground::slow_hash::SlowHash;
use crate::people::customers;
use crate::people::virtual_cards::{self, CardState, VirtualCard};
use crate::testing::{CLERK, SIGNER_A, World};

mod live;
mod packages;
mod rights;
mod texts;

const ORIGIN: &str = "https://localhost:9443";

/// Somebody's open session, as their browser has it.
pub(crate) struct Seat {
    pub world: Rc<World>,
    cookie: String,
    pub form_token: String,
}

/// Every user of the company may log in and sign in the web client.
pub(crate) fn world() -> Rc<World> {
    world_of("kh")
}

/// The same at a bank of other rules.
pub(crate) fn world_of(profile: &str) -> Rc<World> {
    let world = World::new(profile);
    world.bank.set_web_origin(ORIGIN);
    world.read(|db| {
        for user in [CLERK, SIGNER_A, crate::testing::SIGNER_B] {
            let id: UserId = user.parse().unwrap();
            for mut access in customers::of_user(db, &id)? {
                access.authority.web.enabled = true;
                let device = WebDevice::VirtualCard;
                access.authority.web.users.retain(|known| known.user != id);
                access.authority.web.users.push(WebAccess {
                    user: id.clone(),
                    login: device,
                    signing: device,
                });
                customers::set_authority(db, &access.customer.id, &access.authority)?;
            }
        }
        Ok::<_, BankError>(())
    });
    Rc::new(world)
}

/// Another company with the same users and no accounts.
pub(crate) fn other_customer(world: &World) -> CustomerId {
    world.read(|db| {
        let clerk: UserId = CLERK.parse().unwrap();
        let mut other = customers::of_user(db, &clerk)?.swap_remove(0);
        other.customer.id = "99999999".parse().unwrap();
        other.customer.name = "Másik Kft.".to_owned();
        other.authority.rules.clear();
        customers::add(db, &other)?;
        Ok::<_, BankError>(other.customer.id)
    })
}

impl Seat {
    pub(crate) fn of(world: &Rc<World>, user: &str) -> Self {
        Self::at(world, user, &world.customer)
    }

    pub(crate) fn at(world: &Rc<World>, user: &str, customer: &CustomerId) -> Self {
        let now = world.bank.clock.now();
        let id: UserId = user.parse().unwrap();
        let card = VirtualCard {
            id: world.uuid().to_string(),
            user: id.clone(),
            label: "Próba".to_owned(),
            login: world.certificate(user, true).clone(),
            signing: world.certificate(user, false).clone(),
            state: CardState::Active,
            registered: now,
            last_login: None,
        };
        let (cookie, session) = world.read(|db| {
            let known = virtual_cards::of_user(db, &id)?.into_iter().next();
            let card = match known {
                Some(card) => card,
                None => {
                    virtual_cards::add(db, &card, &SlowHash::of("258036")?)?;
                    card
                }
            };
            let opening = Opening {
                user: &id,
                card: &card.id,
                previous_login: None,
                customer: Some(customer),
                life: TimeDelta::hours(1),
            };
            let cookie = sessions::open(db, &opening, now)?;
            let session = sessions::find(db, &cookie, now)?.map(|(session, _)| session);
            Ok::<_, BankError>((cookie, session))
        });
        Self { world: Rc::clone(world), cookie, form_token: session.unwrap().form_token }
    }

    async fn call(&self, request: Request<Body>) -> Response {
        let bank: Arc<Bank> = Arc::clone(&self.world.bank);
        crate::doors::browser::router(bank).oneshot(request).await.unwrap()
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, format!("__Host-web={}", self.cookie))
            .header(header::ORIGIN, ORIGIN)
            .header(header::ACCEPT, "text/html")
    }

    pub(crate) async fn get(&self, path: &str) -> (StatusCode, String) {
        read(self.call(self.request("GET", path).body(Body::empty()).unwrap()).await).await
    }

    /// Sends a form with the token; gives status, text, and where the browser is sent.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String, String) {
        let mut body = format!("csrf={}", self.form_token);
        for (name, value) in fields {
            body.push_str(&format!("&{name}={}", super::parts::in_address(value)));
        }
        let request = self
            .request("POST", path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        let response = self.call(request).await;
        let location = response.headers().get(header::LOCATION).map(|v| v.to_str().unwrap().to_owned());
        let (status, text) = read(response).await;
        (status, text, location.unwrap_or_default())
    }

    /// Sends a file as a browser does.
    pub(crate) async fn upload(&self, path: &str, token: &str, file: &[u8]) -> (StatusCode, String) {
        let mut body = format!(
            "--grenze\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--grenze\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"PARTNERS.DAT\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--grenze--\r\n");
        let request = self
            .request("POST", path)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=grenze")
            .body(Body::from(body))
            .unwrap();
        read(self.call(request).await).await
    }

    /// Records an order of so many forints by the form; gives the package.
    pub(crate) async fn record(&self, forints: &str, name: &str) -> PackageId {
        let account = self.world.main().to_string();
        let payee = self.world.payee("11773016", "1111").to_string();
        let fields = [
            ("debit-account", account.as_str()),
            ("target", &payee),
            ("beneficiary-name", "Őrségi Faipari Zrt."),
            ("amount", forints),
            ("narrative", "Számla 2026/11"),
            ("name", name),
            ("action", "save"),
        ];
        let (status, text, location) = self.post("/order/HCT", &fields).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
        location.strip_prefix("/packages/").expect(&location).parse().unwrap()
    }

    /// Takes the user's right on an account away, or changes it.
    pub(crate) fn set_right(&self, account: AccountNumber, user: &str, view: bool, dispose: bool) {
        let customer = &self.world.customer;
        self.world.read(|db| {
            let mut access = customers::find(db, customer)?.unwrap();
            for right in &mut access.authority.rights {
                if right.user.as_str() == user && right.account == account {
                    (right.view, right.dispose) = (view, dispose);
                }
            }
            customers::set_authority(db, customer, &access.authority)
        });
    }
}

async fn read(response: Response) -> (StatusCode, String) {
    let status = response.status();
    let body = to_bytes(response.into_body(), 1 << 24).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[test]
fn a_sentence_that_came_while_another_was_told_is_the_next_pages() {
    let world = world();
    let seat = Seat::of(&world, CLERK);
    let now = world.bank.clock.now();
    let session = || world.read(|db| Ok(sessions::find(db, &seat.cookie, now)?.unwrap().0));
    let leave = |text: &str| {
        let (session, notice) = (session(), Notice { good: true, text: text.to_owned() });
        world.read(|db| session.set_notice(db, &notice));
    };
    leave("Az első.");
    let telling = session();
    leave("A második.");
    world.read(|db| telling.take_notice(db));
    let next = session();
    assert_eq!(next.notice.as_ref().unwrap().text, "A második.");
    world.read(|db| next.take_notice(db));
    assert_eq!(session().notice, None);
}

/// The values of an attribute in a page.
pub(crate) fn values(page: &str, attribute: &str) -> BTreeSet<String> {
    let start = format!(" {attribute}=\"");
    page.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_answers_and_leads_only_to_pages_that_answer() {
    let world = world();
    world.fund(world.main(), 5_000_000);
    let seat = Seat::of(&world, CLERK);
    let package = seat.record("12500", "Novemberi számlák").await;
    world.send(vec![world.order(700, world.payee("11773016", "2222"))]);
    let (mut seen, mut waiting) = (BTreeSet::new(), vec!["/".to_owned(), "/approve".to_owned()]);
    while let Some(path) = waiting.pop() {
        if !path.starts_with('/') || path.starts_with("/language") || !seen.insert(path.clone()) {
            continue;
        }
        let (status, page) = seat.get(&path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {page}");
        if page.starts_with("<!DOCTYPE html>") {
            assert!(!page.contains(">web-"), "{path} shows the key of a text: {page}");
            assert!(!page.contains(" style=") && !page.contains("onclick"), "{path}");
            waiting.extend(values(&page, "href").into_iter().map(|href| href.replace("&amp;", "&")));
        }
    }
    for place in ["/history", "/authority", "/sent", "/partners", "/templates", "/orders/new", "/packages"] {
        assert!(seen.contains(place), "nothing leads to {place}");
    }
    assert!(seen.contains(&format!("/packages/{package}")));
}

#[tokio::test(flavor = "multi_thread")]
async fn history_is_searched_by_text_amount_and_period_and_tells_wrong_days_apart() {
    let world = world();
    world.fund(world.main(), 5_000_000);
    world.send(vec![world.order(12_345, world.payee("11773016", "1111"))]);
    world.pass(60_000);
    let seat = Seat::of(&world, CLERK);
    let account = world.main().digits24();
    let of = |query: &str| format!("/history?account={account}&{query}");
    let (_, page) = seat.get(&of("q=PROBA+kft")).await;
    assert!(page.contains("12\u{a0}345") && !page.contains("5\u{a0}000\u{a0}000\u{a0}Ft</td>"), "{page}");
    let (_, page) = seat.get(&of("least=1M")).await;
    assert!(page.contains("Befizetés") && !page.contains("12\u{a0}345\u{a0}Ft</td>"), "{page}");
    let (_, page) = seat.get(&of("from=2026-11-24")).await;
    assert!(page.contains("Nincs a feltételeknek megfelelő"), "{page}");
    for (query, sentence) in [
        ("from=2026-02-30", "A kezdő nap nem dátum."),
        ("to=tegnapelőtt", "A záró nap nem dátum."),
        ("from=2026-11-20&to=2026-11-19", "a záró nap korábbi"),
    ] {
        let (_, page) = seat.get(&of(query)).await;
        assert!(page.contains(sentence) && !page.contains("<tbody>"), "{query}: {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_that_asks_by_itself_keeps_no_session_awake() {
    let world = world();
    let seat = Seat::of(&world, CLERK);
    let parts = || {
        let request = seat.request("GET", "/packages");
        let mut request = request.body(Body::empty()).unwrap();
        let kind = "application/x-kapocs-parts".parse().unwrap();
        request.headers_mut().insert(header::ACCEPT, kind);
        request
    };
    for _ in 0..3 {
        world.pass(4 * 60_000);
        let status = seat.call(parts()).await.status();
        // Ten minutes without a person are over after the third.
        let expected =
            world.bank.clock.now() < "2026-11-23T09:15:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
        assert_eq!(status == StatusCode::OK, expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_are_written_listed_and_read() {
    let world = world();
    let (clerk, signer) = (Seat::of(&world, CLERK), Seat::of(&world, SIGNER_A));
    let long = "x".repeat(4001);
    let (status, page, _) = clerk.post("/messages/new", &[("subject", "Kérdés"), ("body", &long)]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Nem küldtük el") && page.contains(&long), "what was typed is kept");
    let letter = [("subject", "Kérdés <b>"), ("body", "Első sor\r\nmásodik")];
    assert_eq!(clerk.post("/messages/new", &letter).await.0, StatusCode::SEE_OTHER);
    let (_, page) = signer.get("/messages").await;
    assert!(page.contains("Kérdés &lt;b&gt;") && page.contains("class=\"unread\""), "{page}");
    let path = values(&page, "href").into_iter().find(|href| href.starts_with("/messages/0")).unwrap();
    let (_, page) = signer.get(&path).await;
    assert!(page.contains("Első sor\nmásodik"), "{page}");
    assert!(!signer.get("/messages").await.1.contains("class=\"unread\""));
}
