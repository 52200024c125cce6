//! The desk as a browser meets it: cookies, forms, pages, and the log behind them.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::TimeDelta;
use domain::unblock::{UnblockCode, UnblockKind, UnblockQuestion, spoken};
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Client, StatusCode};

use super::log::{self, Event, LONGEST, Line};
use super::{add_operator, router};
use crate::bank::Bank;
use crate::ground::error::BankError;
use crate::ground::slow_hash::SlowHash;
use crate::ground::time::ClockSetting;
use crate::people::cards::{self, CardKind};
use crate::people::phone;
use crate::testing::{CLERK, SIGNER_A, World};

pub(crate) const PIV: &str = "4B61706F637320746573742063617264";
const GIDS: &str = "00112233445566778899AABBCCDDEEFF";
pub(crate) const OTHERS: &str = "FFEEDDCCBBAA99887766554433221100";
const RANDOM: &str = "93F05D1E77A204BC";
const EPIN: &str = "204060";

/// A desk with one operator, and a browser before it.
pub(crate) struct Desk {
    pub bank: Arc<Bank>,
    client: Client,
    base: String,
    cookies: BTreeMap<String, String>,
    pub page: String,
}

pub(crate) struct Answer {
    pub status: StatusCode,
    to: Option<String>,
    headers: reqwest::header::HeaderMap,
}

impl Desk {
    pub(crate) async fn open() -> Self {
        let world = World::new("kh");
        let now = world.bank.clock.now();
        let (clerk, other) = (CLERK.parse().unwrap(), SIGNER_A.parse().unwrap());
        world.read(|db| {
            add_operator(db, "piroska", "napsugar-1")?;
            phone::set_epin(db, &clerk, &SlowHash::of(EPIN)?)?;
            phone::set_epin(db, &other, &SlowHash::of("111333")?)?;
            cards::put(db, PIV, &clerk, CardKind::Piv, false, now)?;
            cards::put(db, GIDS, &clerk, CardKind::Gids, false, now)?;
            cards::put(db, OTHERS, &other, CardKind::Gids, false, now)
        });
        let bank = Arc::clone(&world.bank);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let app = router(Arc::clone(&bank), Arc::default());
        tokio::spawn(async move { axum::serve(listener, app).await });
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { bank, client, base, cookies: BTreeMap::new(), page: String::new() }
    }

    async fn send(&mut self, request: reqwest::RequestBuilder) -> Answer {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let response = request.header(COOKIE, cookies.join("; ")).send().await.unwrap();
        let headers = response.headers().clone();
        for line in headers.get_all(SET_COOKIE) {
            let (pair, rules) = line.to_str().unwrap().split_once("; ").unwrap();
            assert!(rules.starts_with("Path=/; Secure; HttpOnly; SameSite=Strict"), "{rules}");
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let to = headers.get(LOCATION).map(|to| to.to_str().unwrap().to_owned());
        let status = response.status();
        self.page = response.text().await.unwrap();
        Answer { status, to, headers }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        let request = self.client.get(format!("{}{path}", self.base));
        self.send(request).await
    }

    /// Sends a form with the token of the page that is shown.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.value("csrf").unwrap_or_default();
        self.post_with(path, &token, fields).await
    }

    pub(crate) async fn post_with(&mut self, path: &str, token: &str, fields: &[(&str, &str)]) -> Answer {
        let escaped = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let body: Vec<String> = [("csrf", token)]
            .iter()
            .chain(fields)
            .map(|(name, value)| format!("{name}={}", escaped(value)))
            .collect();
        let request = self
            .client
            .post(format!("{}{path}", self.base))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.join("&"));
        self.send(request).await
    }

    /// Value of a hidden field of the page.
    fn value(&self, name: &str) -> Option<String> {
        let (_, rest) = self.page.split_once(&format!("name=\"{name}\" value=\""))?;
        Some(rest.split('"').next()?.to_owned())
    }

    pub(crate) async fn log_in(&mut self) {
        self.get("/login").await;
        let answer = self.post("/login", &[("operator", "piroska"), ("password", "napsugar-1")]).await;
        assert_eq!((answer.status, answer.to.as_deref()), (StatusCode::SEE_OTHER, Some("/")));
        self.get("/").await;
    }

    async fn identify(&mut self, user: &str, epin: &str) -> StatusCode {
        self.post("/identify", &[("user", user), ("epin", epin)]).await.status
    }

    pub(crate) async fn called_by_clerk() -> Self {
        let mut desk = Self::open().await;
        desk.log_in().await;
        assert_eq!(desk.identify(CLERK, EPIN).await, StatusCode::SEE_OTHER);
        desk.get("/caller").await;
        desk
    }

    /// Asks for a Code and takes it from the page, as the caller's program would.
    async fn code(&mut self, kind: UnblockKind, csn: &str, random: &str) -> UnblockCode {
        let answer = self.post("/code", &[("csn", &spoken(csn)), ("random", &spoken(random))]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", self.page);
        let (_, rest) = self.page.split_once("id=\"code\">").unwrap();
        let question = UnblockQuestion { kind, csn: csn.to_owned(), random: random.to_owned() };
        question.parse_code(rest.split('<').next().unwrap()).unwrap()
    }

    async fn result(&mut self, result: &str) -> StatusCode {
        let (csn, number) = (self.value("csn").unwrap(), self.value("number").unwrap());
        self.post("/result", &[("csn", &csn), ("number", &number), ("result", result)]).await.status
    }

    async fn refused(&mut self, csn: &str, random: &str, text: &str) {
        let answer = self.post("/code", &[("csn", csn), ("random", random)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(self.page.contains(text) && !self.page.contains("id=\"code\""), "{}", self.page);
    }

    fn pass(&self, time: TimeDelta) {
        self.bank.set_clock(ClockSetting::starting(self.bank.clock.now() + time, false)).unwrap();
    }

    fn log(&self) -> Vec<String> {
        let entries = self.bank.write(|db| log::read(db, None, 100, |_| true)).unwrap();
        entries.into_iter().rev().map(|entry| entry.event).collect()
    }
}

fn puks(desk: &Desk, number: u32) -> UnblockCode {
    let puk = |number| desk.bank.cards.puk(PIV, number).unwrap().to_string();
    UnblockCode::PukPair { current: puk(number), next: puk(number + 1) }
}

#[tokio::test]
async fn only_operators_come_in() {
    let mut desk = Desk::open().await;
    for path in ["/", "/caller", "/log"] {
        let answer = desk.get(path).await;
        assert_eq!((answer.status, answer.to.as_deref()), (StatusCode::SEE_OTHER, Some("/login")), "{path}");
    }
    for path in ["/identify", "/code", "/result", "/leave", "/logout"] {
        let fields =
            [("user", "1"), ("epin", "1"), ("csn", ""), ("random", ""), ("number", "0"), ("result", "done")];
        let answer = desk.post(path, &fields).await;
        assert_eq!(answer.to.as_deref(), Some("/login"), "{path}");
    }
    desk.get("/login").await;
    let wrong = desk.post("/login", &[("operator", "piroska"), ("password", "napsugar-2")]).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    let page = desk.page.clone();
    desk.post("/login", &[("operator", "nobody"), ("password", "napsugar-1")]).await;
    let without_token = |page: &str| page.split("name=\"csrf\"").next().unwrap().to_owned();
    assert_eq!(without_token(&desk.page), without_token(&page), "nobody learns who exists");
    desk.log_in().await;
    assert!(desk.page.contains("piroska"));
    desk.post("/logout", &[]).await;
    assert_eq!(desk.get("/").await.to.as_deref(), Some("/login"));
    assert_eq!(
        desk.log(),
        ["login-refused", "logged-in"],
        "of names that are nobody's only the first and the last"
    );

    desk.log_in().await;
    desk.pass(TimeDelta::minutes(14));
    assert_eq!(desk.get("/").await.status, StatusCode::OK);
    desk.pass(TimeDelta::minutes(15));
    assert_eq!(desk.get("/").await.to.as_deref(), Some("/login"), "an empty chair");
}

#[tokio::test]
async fn five_wrong_passwords_close_the_desk_to_their_address_for_a_quarter_of_an_hour() {
    let mut desk = Desk::open().await;
    desk.get("/login").await;
    let try_it = async |desk: &mut Desk, password: &str| {
        desk.post("/login", &[("operator", "piroska"), ("password", password)]).await.status
    };
    for _ in 0..5 {
        assert_eq!(try_it(&mut desk, "x").await, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(try_it(&mut desk, "napsugar-1").await, StatusCode::UNAUTHORIZED);
    assert!(desk.page.contains("15 percig"), "{}", desk.page);
    desk.pass(TimeDelta::minutes(15) - TimeDelta::seconds(1));
    assert_eq!(try_it(&mut desk, "napsugar-1").await, StatusCode::UNAUTHORIZED);
    desk.pass(TimeDelta::seconds(1));
    assert_eq!(try_it(&mut desk, "napsugar-1").await, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn nobody_locks_an_operator_out_of_a_browser_that_is_known() {
    let mut desk = Desk::open().await;
    desk.log_in().await;
    desk.post("/logout", &[]).await;
    // A stranger, even at the same address.
    let known = std::mem::take(&mut desk.cookies);
    desk.get("/login").await;
    for _ in 0..30 {
        let wrong = [("operator", "piroska"), ("password", "x")];
        assert_eq!(desk.post("/login", &wrong).await.status, StatusCode::UNAUTHORIZED);
    }
    assert!(desk.page.contains("15 percig"), "{}", desk.page);
    desk.cookies = known;
    desk.log_in().await;
    // A cookie that somebody made up is no known browser.
    desk.cookies = [("__Host-desk-browser".to_owned(), "0".repeat(64))].into();
    desk.get("/login").await;
    let right = [("operator", "piroska"), ("password", "napsugar-1")];
    assert_eq!(desk.post("/login", &right).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn strangers_write_a_few_short_lines_and_none_of_what_they_typed() {
    let mut desk = Desk::open().await;
    desk.get("/login").await;
    let secret = "tulipan-7".repeat(500);
    for n in 0..40 {
        desk.post("/login", &[("operator", &format!("{secret}{n}")), ("password", "x")]).await;
    }
    assert_eq!(desk.log(), ["login-refused", "login-locked"], "the first and the last of an address");
    let everything: String = desk
        .bank
        .write(|db| -> Result<_, BankError> {
            let all = "SELECT group_concat(concat_ws(' ', operator, outcome, user, detail)) FROM desk_log";
            Ok(db.query_row(all, [], |row| row.get(0))?)
        })
        .unwrap();
    assert!(!everything.contains("tulipan") && everything.len() < 200, "{everything}");
    desk.pass(TimeDelta::minutes(15));
    desk.log_in().await;
    desk.get("/log").await;
    assert!(desk.page.contains("(ismeretlen)"), "{}", desk.page);
    let long = Line { detail: Some(&secret), ..Line::of("piroska", Event::MessageSent) };
    desk.bank.write(|db| log::write(db, &long, desk.bank.clock.now())).unwrap();
    let kept = desk.bank.write(|db| log::read(db, None, 1, |_| true)).unwrap().remove(0).detail.unwrap();
    assert_eq!(kept.chars().count(), LONGEST);
}

#[tokio::test]
async fn forms_of_other_sites_do_nothing() {
    let mut desk = Desk::open().await;
    desk.get("/login").await;
    let form = [("operator", "piroska"), ("password", "napsugar-1")];
    assert_eq!(desk.post_with("/login", "", &form).await.status, StatusCode::FORBIDDEN);
    let token = desk.value("csrf").unwrap();
    desk.cookies.clear();
    assert_eq!(desk.post_with("/login", &token, &form).await.status, StatusCode::FORBIDDEN);
    desk.log_in().await;
    let forged = desk.post_with("/identify", &token, &[("user", CLERK), ("epin", EPIN)]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    assert_eq!(desk.log(), ["logged-in"], "nothing happened");
}

#[tokio::test]
async fn pages_leave_nothing_to_misuse() {
    let mut desk = Desk::open().await;
    let name = "<script>alert(1)</script>";
    desk.bank
        .write(|db| -> Result<_, BankError> {
            Ok(db.execute("UPDATE bank_user SET name = ?1 WHERE id = ?2", [name, CLERK])?)
        })
        .unwrap();
    desk.log_in().await;
    desk.identify(CLERK, EPIN).await;
    for path in ["/", "/caller", "/log", "/login", "/desk.css", "/nothing"] {
        let answer = desk.get(path).await;
        let header = |name: &str| answer.headers[name].to_str().unwrap().to_owned();
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'self'; form-action 'self'"), "{policy}");
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"));
        assert_eq!(
            (header("cache-control").as_str(), header("x-frame-options").as_str()),
            ("no-store", "DENY")
        );
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert!(!desk.page.contains("<script") && !desk.page.contains("style="), "{path}");
    }
    desk.get("/caller").await;
    assert!(desk.page.contains("&lt;script&gt;alert(1)"));
}

#[tokio::test]
async fn the_log_is_searched_by_what_it_shows() {
    let mut desk = Desk::called_by_clerk().await;
    desk.refused("x", "y", "elírás").await;
    desk.code(UnblockKind::PukPair, PIV, RANDOM).await;
    let lines = |desk: &Desk| desk.page.matches("<tr><td").count();
    desk.get("/log").await;
    assert_eq!(lines(&desk), 4);
    assert_eq!(desk.page.matches(r#"<a href="/log" aria-current="page">"#).count(), 1, "{}", desk.page);
    for (words, found, text) in [
        ("ELIRAS+csn", 1, "elírás a CSN-ben"),
        ("piroska+code+megadva", 1, "Code megadva"),
        (CLERK, 3, CLERK),
        (&PIV[..12], 1, PIV),
        ("nincs+ilyen", 0, "Nincs ilyen bejegyzés"),
    ] {
        desk.get(&format!("/log?q={words}")).await;
        assert_eq!(lines(&desk), found, "{words} {}", desk.page);
        assert!(desk.page.contains(text), "{words} {}", desk.page);
    }
    // What is typed is shown again and never believed.
    desk.get("/log?q=%22%3E%3Cb%3E").await;
    assert!(desk.page.contains("&quot;&gt;&lt;b&gt;") && !desk.page.contains("<b>"), "{}", desk.page);
}

#[tokio::test]
async fn a_long_log_is_paged_within_what_was_searched() {
    let mut desk = Desk::open().await;
    desk.log_in().await;
    let now = desk.bank.clock.now();
    desk.bank
        .write(|db| -> Result<_, BankError> {
            for n in 0..250 {
                let detail = format!("{} {n}", if n % 2 == 0 { "paros" } else { "paratlan" });
                let line = Line { detail: Some(&detail), ..Line::of("piroska", Event::MessageSent) };
                log::write(db, &line, now)?;
            }
            Ok(())
        })
        .unwrap();
    desk.get("/log?q=paros").await;
    assert!(desk.page.contains("paros 248") && desk.page.contains("paros 50<"), "{}", desk.page);
    let before = desk.value("before").unwrap();
    desk.get(&format!("/log?q=paros&before={before}")).await;
    assert!(
        desk.page.contains("paros 48") && desk.page.contains("paros 0<") && desk.value("before").is_none()
    );
}

#[tokio::test]
async fn a_caller_is_identified_within_five_tries() {
    let mut desk = Desk::open().await;
    desk.log_in().await;
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    assert_eq!(desk.identify("99999999", EPIN).await, refused);
    let unknown = desk.page.clone();
    for _ in 0..4 {
        assert_eq!(desk.identify(CLERK, "000000").await, refused);
        assert_eq!(desk.page, unknown, "what was wrong nobody is told");
    }
    assert_eq!(
        desk.identify(CLERK, &format!(" {EPIN} ")).await,
        StatusCode::SEE_OTHER,
        "the tries are forgiven"
    );
    desk.get("/").await;
    for _ in 0..5 {
        assert_eq!(desk.identify(CLERK, "000000").await, refused);
    }
    assert_eq!(desk.identify(CLERK, EPIN).await, refused);
    assert_eq!(desk.page, unknown);
    assert_eq!(desk.get("/caller").await.to.as_deref(), Some("/"), "nobody is on the telephone");
    desk.bank.write(|db| phone::forgive(db, CLERK)).unwrap();
    desk.get("/").await;
    assert_eq!(desk.identify(CLERK, EPIN).await, StatusCode::SEE_OTHER);
    let log = desk.log();
    assert_eq!(log.iter().filter(|event| *event == "identification-locked").count(), 2);
    assert_eq!(log.last().map(String::as_str), Some("identified"));
}

#[tokio::test]
async fn a_gids_card_gets_the_answer_to_its_random() {
    let mut desk = Desk::called_by_clerk().await;
    assert!(desk.page.contains("Szabó Réka") && desk.page.contains("Minta Kereskedelmi Kft."));
    assert!(desk.page.contains("4B61 706F 6373 2074") && !desk.page.contains("FFEE DDCC"));
    let code = desk.code(UnblockKind::ChallengeResponse, GIDS, RANDOM).await;
    let expected = hex::decode(&*desk.bank.cards.response(GIDS, RANDOM).unwrap()).unwrap();
    assert_eq!(code, UnblockCode::Response(expected));
    assert_eq!(desk.result("done").await, StatusCode::OK);
}

#[tokio::test]
async fn a_piv_card_gets_its_puk_and_the_next_one() {
    let mut desk = Desk::called_by_clerk().await;
    assert_eq!(desk.code(UnblockKind::PukPair, PIV, RANDOM).await, puks(&desk, 0));
    let (csn, token) = (desk.value("csn").unwrap(), desk.value("csrf").unwrap());
    assert_eq!(desk.result("done").await, StatusCode::OK);
    let again = [("csn", csn.as_str()), ("number", "0"), ("result", "done")];
    assert_eq!(desk.post_with("/result", &token, &again).await.status, StatusCode::CONFLICT, "pressed twice");
    assert_eq!(desk.code(UnblockKind::PukPair, PIV, RANDOM).await, puks(&desk, 1));
    assert_eq!(desk.result("puk-kept").await, StatusCode::OK);
    assert_eq!(desk.code(UnblockKind::PukPair, PIV, RANDOM).await, puks(&desk, 1));
    assert_eq!(desk.result("refused").await, StatusCode::OK);
    assert_eq!(desk.code(UnblockKind::PukPair, PIV, RANDOM).await, puks(&desk, 2));
    let foreign = [("csn", OTHERS), ("number", "0"), ("result", "done")];
    assert_eq!(desk.post_with("/result", &token, &foreign).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn slips_and_strangers_cards_get_no_code() {
    let mut desk = Desk::called_by_clerk().await;
    let (csn, random) = (spoken(GIDS), spoken(RANDOM));
    let slipped = |text: &str| text.replacen('0', "1", 1);
    desk.refused(&slipped(&csn), &random, "A CSN-ben elírás van").await;
    desk.refused(&csn, &slipped(&random), "A Randomban elírás van").await;
    desk.refused(&csn, RANDOM, "hiányzik 2 karakter").await;
    desk.refused(&spoken(OTHERS), &random, "nem az azonosított hívóé").await;
    desk.refused(&spoken("00000000000000000000000000000000"), &random, "nem az azonosított hívóé").await;
    let (now, clerk) = (desk.bank.clock.now(), CLERK.parse().unwrap());
    desk.bank.write(|db| cards::put(db, PIV, &clerk, CardKind::Piv, true, now)).unwrap();
    desk.refused(&spoken(PIV), &random, "visszavontuk").await;
    desk.get("/language/en").await;
    desk.get("/caller").await;
    desk.refused(&spoken(OTHERS), &random, "not the identified caller").await;
}

#[tokio::test]
async fn a_card_gets_five_codes_a_day() {
    let mut desk = Desk::called_by_clerk().await;
    for _ in 0..5 {
        desk.code(UnblockKind::ChallengeResponse, GIDS, RANDOM).await;
    }
    desk.refused(&spoken(GIDS), &spoken(RANDOM), "ma már 5 Code-ot").await;
    desk.code(UnblockKind::PukPair, PIV, RANDOM).await;
    desk.pass(TimeDelta::hours(24));
    desk.log_in().await;
    desk.identify(CLERK, EPIN).await;
    desk.get("/caller").await;
    desk.code(UnblockKind::ChallengeResponse, GIDS, RANDOM).await;
}

#[tokio::test]
async fn the_log_has_every_step_and_no_secret_and_stays() {
    let mut desk = Desk::called_by_clerk().await;
    desk.refused("x", "y", "elírás").await;
    desk.code(UnblockKind::PukPair, PIV, RANDOM).await;
    desk.result("refused").await;
    desk.post("/leave", &[]).await;
    assert_eq!(desk.log(), ["logged-in", "identified", "csn-slip", "code", "code-refused"]);
    desk.get("/log").await;
    for text in ["piroska", CLERK, PIV, RANDOM, "Code megadva", "elírás a CSN-ben"] {
        assert!(desk.page.contains(text), "{text}");
    }
    let everything: String = desk
        .bank
        .write(|db| -> Result<_, BankError> {
            let all =
                "SELECT group_concat(concat_ws(' ', operator, outcome, user, csn, random)) FROM desk_log";
            Ok(db.query_row(all, [], |row| row.get(0))?)
        })
        .unwrap();
    let (first, second) = (desk.bank.cards.puk(PIV, 0).unwrap(), desk.bank.cards.puk(PIV, 1).unwrap());
    for secret in [first.as_str(), second.as_str(), EPIN, "napsugar-1"] {
        assert!(!everything.contains(secret) && !desk.page.contains(secret));
    }
    for change in ["UPDATE desk_log SET operator = 'x'", "DELETE FROM desk_log"] {
        let result = desk.bank.write(|db| -> Result<_, BankError> { Ok(db.execute(change, [])?) });
        assert!(result.is_err(), "{change}");
    }
    assert_eq!(desk.log().len(), 5);
}
