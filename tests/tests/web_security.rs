//! What the web client must withstand: forms of other sites, stolen and old cookies, scripts from elsewhere.

use std::io::{Read, Write};
use std::net::TcpListener;

use fantoccini::cookies::Cookie;
use harness::browser::Browser;
use harness::house::House;
use harness::web_user::{self as user};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method, StatusCode};
use serde_json::json;

const USER: &str = "Kovács";
/// Pages before login, and after it.
const OUTSIDE: [&str; 2] = ["/login", "/register"];
const INSIDE: [&str; 3] = ["/", "/card", "/customers"];

/// Calls of a program that is no browser, with whatever headers it likes.
struct Caller {
    client: Client,
    origin: String,
}

impl Caller {
    fn new(house: &House) -> Self {
        let authority = harness::person::connection(house).ca_pem;
        let authority = reqwest::Certificate::from_pem(authority.as_bytes()).expect("the bank's authority");
        let client = Client::builder()
            .tls_certs_only([authority])
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        Self { client, origin: house.web() }
    }

    async fn get(&self, path: &str, cookies: &str) -> reqwest::Response {
        let request = self.client.get(format!("{}{path}", self.origin)).header("accept", "text/html");
        request.header("cookie", cookies).send().await.expect("an answer")
    }

    /// A form post with these headers; `csrf` stands in the form.
    async fn post(&self, path: &str, headers: &[(&str, &str)], csrf: Option<&str>) -> StatusCode {
        let body = csrf.map(|token| format!("csrf={token}")).unwrap_or_default();
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name = HeaderName::try_from(*name).expect("a header");
            let _ = map.insert(name, HeaderValue::from_str(value).expect("a value"));
        }
        let request = self
            .client
            .post(format!("{}{path}", self.origin))
            .header("content-type", "application/x-www-form-urlencoded")
            .headers(map)
            .body(body);
        request.send().await.expect("an answer").status()
    }
}

/// The cookie of the open session, which scripts cannot read.
async fn session_cookie(browser: &Browser) -> Cookie<'static> {
    browser.driver().get_named_cookie("__Host-web").await.expect("the session's cookie")
}

async fn form_token(browser: &Browser) -> String {
    let token = browser.run("return document.querySelector('input[name=csrf]').value", vec![]).await;
    token.as_str().expect("a token").to_owned()
}

#[tokio::test]
async fn every_answer_has_strict_headers_and_no_page_has_script_of_its_own() {
    let house = House::start("kh").await;
    let browser = Browser::start().await;
    user::arrive(&browser, &house, USER).await;
    let cookie = format!("__Host-web={}", session_cookie(&browser).await.value());
    let caller = Caller::new(&house);
    let pages =
        OUTSIDE.iter().map(|path| (*path, "")).chain(INSIDE.iter().map(|path| (*path, cookie.as_str())));
    let others = ["/script/app.js", "/web.css", "/nothing-here"].map(|path| (path, ""));
    for (path, cookie) in pages.chain(others) {
        let answer = caller.get(path, cookie).await;
        let headers = answer.headers().clone();
        let header =
            |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let policy = header("content-security-policy");
        for rule in
            ["default-src 'none'", "script-src 'self'", "form-action 'self'", "frame-ancestors 'none'"]
        {
            assert!(policy.contains(rule), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{path}: {policy}");
        assert!(header("strict-transport-security").starts_with("max-age="), "{path}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(header("cache-control"), "no-store", "{path}");
        assert_eq!(header("x-frame-options"), "DENY", "{path}");
        let text = answer.text().await.expect("a body");
        if !header("content-type").starts_with("text/html") {
            continue;
        }
        assert!(text.contains("<html lang=\"hu\">"), "{path}: {text}");
        for (n, rest) in text.split("<script").skip(1).enumerate() {
            assert!(rest.starts_with(" type=\"module\" src=\"/script/"), "{path}: script {n}");
            assert!(rest.contains("\"></script>"), "{path}: script {n} is not empty");
        }
        assert!(!text.contains("<style") && !text.contains(" style="), "{path}");
        for event in [" onclick=", " onload=", " onsubmit=", " onerror=", "javascript:"] {
            assert!(!text.contains(event), "{path}: {event}");
        }
    }
}

#[tokio::test]
async fn the_sessions_cookie_is_strict_and_ends_with_the_session() {
    let house = House::start("kh").await;
    let browser = Browser::start().await;
    user::arrive(&browser, &house, USER).await;
    let cookie = session_cookie(&browser).await;
    assert_eq!(cookie.http_only(), Some(true));
    assert_eq!(cookie.secure(), Some(true));
    assert_eq!(cookie.same_site().map(|rule| rule.is_strict()), Some(true));
    assert_eq!(cookie.path(), Some("/"));
    assert_eq!(browser.run("return document.cookie", vec![]).await, json!(""), "no script reads a cookie");
    let stolen = format!("__Host-web={}", cookie.value());
    let caller = Caller::new(&house);
    assert_eq!(caller.get("/card", &stolen).await.status(), StatusCode::OK);
    browser.press("Kilépés").await;
    browser.arrives_at("/login").await;
    let answer = caller.get("/card", &stolen).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(answer.headers()["location"], "/login");
    assert_eq!(caller.get("/card", "__Host-web=0123").await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_session_ends_when_nobody_uses_it_and_after_its_time_in_any_case() {
    let house = House::start_at("kh", Some("2026-11-23T09:05:00Z")).await;
    let browser = Browser::start().await;
    let pass = async |minutes: u64| {
        let _ = house.control(Method::PUT, "/clock", json!({ "advance_millis": minutes * 60_000 })).await;
        browser.open(&format!("{}/card", house.web())).await;
    };
    user::arrive(&browser, &house, USER).await;
    pass(9).await;
    browser.sees("(ez a böngésző)").await;
    pass(11).await;
    browser.arrives_at("/login").await;
    user::log_in(&browser, &house).await;
    for _ in 0..200 {
        pass(9).await;
        if browser.address().await.ends_with("/login") {
            return;
        }
    }
    panic!("used every nine minutes, the session lives for ever");
}

/// Headers and form token of a call that is not ours.
type Attempt<'a> = (&'a [(&'a str, &'a str)], Option<&'a str>);

#[tokio::test]
async fn what_changes_something_must_come_from_our_own_page() {
    let house = House::start("kh").await;
    let browser = Browser::start().await;
    user::arrive(&browser, &house, USER).await;
    let cookie = format!("__Host-web={}", session_cookie(&browser).await.value());
    let token = form_token(&browser).await;
    let ours = house.web();
    let caller = Caller::new(&house);
    let (cookie, ours) = (("cookie", cookie.as_str()), ("origin", ours.as_str()));
    let wrong = "0".repeat(64);
    let refused: [Attempt<'_>; 8] = [
        (&[cookie, ours], None),
        (&[cookie, ours], Some(&wrong)),
        (&[cookie, ours], Some("")),
        (&[cookie], Some(&token)),
        (&[cookie, ("origin", "https://example.com")], Some(&token)),
        (&[cookie, ("origin", "null")], Some(&token)),
        (&[cookie, ours, ("sec-fetch-site", "cross-site")], Some(&token)),
        (&[ours], Some(&token)),
    ];
    for path in ["/logout", "/customers", "/card/suspend", "/nothing-here"] {
        for (n, (headers, csrf)) in refused.iter().enumerate() {
            assert_eq!(caller.post(path, headers, *csrf).await, StatusCode::FORBIDDEN, "{path} {n}");
        }
    }
    // Before login the token is that of the page's own cookie.
    let (form, other) = (("cookie", "__Host-web-form=aa"), ("x-csrf", "bb"));
    assert_eq!(caller.post("/login/challenge", &[form, ours, other], None).await, StatusCode::FORBIDDEN);
    assert_eq!(caller.post("/login/challenge", &[ours, other], None).await, StatusCode::FORBIDDEN);
    // And the session is still there, until our own page ends it.
    browser.open(&format!("{}/card", house.web())).await;
    browser.sees("(ez a böngésző)").await;
    assert_eq!(caller.post("/logout", &[cookie, ours], Some(&token)).await, StatusCode::SEE_OTHER);
    assert_eq!(caller.get("/card", cookie.1).await.status(), StatusCode::SEE_OTHER);
}

/// Serves one page of another site until the test ends.
fn another_site(page: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let _ = std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let _ = stream.read(&mut [0; 4096]);
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n";
            let _ = stream.write_all(format!("{head}{page}").as_bytes());
        }
    });
    address
}

#[tokio::test]
async fn a_form_of_another_site_does_nothing_even_with_the_right_token() {
    let house = House::start("kh").await;
    let browser = Browser::start().await;
    user::arrive(&browser, &house, USER).await;
    let token = form_token(&browser).await;
    let site = another_site(format!(
        "<form method=post action=\"{}/logout\"><input name=csrf value=\"{token}\"><button>go</button></form>
         <iframe src=\"{}/card\"></iframe>",
        house.web(),
        house.web()
    ));
    browser.open(&site).await;
    browser.click("button").await;
    browser.sees("Az űrlap elévült").await;
    browser.open(&format!("{}/card", house.web())).await;
    browser.sees("(ez a böngésző)").await;
    // No frame, either.
    browser.open(&site).await;
    browser.driver().enter_frame(0).await.expect("the frame");
    assert!(!browser.text().await.contains("(ez a böngésző)"));
}
