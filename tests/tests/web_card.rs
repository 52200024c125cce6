//! The virtual chip card in a real browser: registering, logging in, and everything that must not work.

use harness::browser::{Browser, Profile};
use harness::house::House;
use harness::web_user::{self as user, PERSONAL_CODE};
use reqwest::Method;
use serde_json::{Value, json};

const USER: &str = "Kovács";

#[tokio::test]
async fn a_card_is_registered_with_a_code_and_logs_in_from_its_own_browser_only() {
    let house = House::start("kh").await;
    let profile = Profile::default();
    let browser = Browser::start_with(&profile).await;
    user::enable(&house, USER, false).await;
    browser.open(&house.web()).await;
    browser.sees("Ebben a böngészőben még nincs virtuális chipkártya").await;
    browser.axe().await;

    let code = user::activation_code(&house, USER).await;
    user::try_to_register(&browser, &house, USER, &code, "123456").await;
    browser.sees("nem felel meg a szabályoknak").await;
    user::try_to_register(&browser, &house, USER, "AAAA-AAAA-AAAA", PERSONAL_CODE).await;
    browser.sees("elgépelte").await;
    browser.axe().await;
    user::try_to_register(&browser, &house, USER, &code.to_lowercase(), PERSONAL_CODE).await;
    browser.sees("A virtuális chipkártya elkészült").await;
    browser.axe().await;

    user::try_to_log_in(&browser, &house, "258037").await;
    browser.sees("A személyes kód hibás").await;
    user::log_in(&browser, &house).await;
    browser.sees("Ez az első bejelentkezése").await;
    browser.axe().await;
    browser.press("Virtuális chipkártya").await;
    browser.sees("Tesztböngésző").await;
    browser.sees("(ez a böngésző)").await;
    browser.axe().await;
    browser.press("English").await;
    browser.sees("These browsers can log in and sign in your name").await;
    browser.axe().await;
    browser.press("Log out").await;
    browser.arrives_at("/login").await;

    // The code was good once, and another browser has no key.
    let other = Browser::start().await;
    user::try_to_register(&other, &house, USER, &code, PERSONAL_CODE).await;
    other.sees("már regisztráltak kártyát").await;
    other.open(&format!("{}/login", house.web())).await;
    other.sees("még nincs virtuális chipkártya").await;
    drop(other);

    // The same browser still has it after it was closed.
    drop(browser);
    let browser = Browser::start_with(&profile).await;
    user::log_in(&browser, &house).await;
    browser.sees("Utolsó bejelentkezés: ").await;
}

#[tokio::test]
async fn keys_cannot_leave_the_browser() {
    let house = House::start("kh").await;
    let browser = Browser::start().await;
    user::arrive(&browser, &house, USER).await;
    let script = "const open = indexedDB.open('kapocs-virtual-card');
        const base = await new Promise(done => { open.onsuccess = () => done(open.result); });
        const all = base.transaction('cards').objectStore('cards').getAll();
        const [card] = await new Promise(done => { all.onsuccess = () => done(all.result); });
        const tried = [];
        for (const key of [card.login.privateKey, card.signing.privateKey]) {
            for (const format of ['pkcs8', 'jwk', 'raw']) {
                tried.push(await crypto.subtle.exportKey(format, key).then(() => 'out', () => 'kept'));
            }
        }
        return tried;";
    assert_eq!(browser.run_async(script, vec![]).await, json!(vec!["kept"; 6]));
}

#[tokio::test]
async fn a_code_is_good_for_a_day_and_wrong_ones_take_it_from_nobody() {
    let house = House::start_at("kh", Some("2026-11-23T09:05:00Z")).await;
    let browser = Browser::start().await;
    let code = user::activation_code(&house, USER).await;
    let day = json!({ "advance_millis": 24 * 3_600_000 });
    let _ = house.control(Method::PUT, "/clock", day).await;
    user::try_to_register(&browser, &house, USER, &code, PERSONAL_CODE).await;
    browser.sees("24 órája lejárt").await;

    let code = user::activation_code(&house, USER).await;
    let wrong = user::activation_code(&house, "Nagy").await;
    for _ in 0..5 {
        user::try_to_register(&browser, &house, USER, &wrong, PERSONAL_CODE).await;
        browser.sees("Az azonosító vagy az aktiváló kód hibás").await;
    }
    user::try_to_register(&browser, &house, USER, &code, PERSONAL_CODE).await;
    browser.sees("A virtuális chipkártya elkészült").await;
}

#[tokio::test]
async fn five_wrong_personal_codes_lock_the_user() {
    let house = House::start("kh").await;
    let browser = Browser::start().await;
    user::arrive(&browser, &house, USER).await;
    browser.press("Kilépés").await;
    for _ in 0..5 {
        user::try_to_log_in(&browser, &house, "147258").await;
        browser.sees("A személyes kód hibás").await;
    }
    user::try_to_log_in(&browser, &house, PERSONAL_CODE).await;
    browser.sees("zárolta").await;
    let lock = format!("/users/{}/lock", user::number(&house, USER));
    let _ = house.control(Method::PUT, &lock, json!({ "locked": false })).await;
    user::log_in(&browser, &house).await;
    // Locking ends what is open, too.
    let _ = house.control(Method::PUT, &lock, json!({ "locked": true })).await;
    browser.open(&format!("{}/card", house.web())).await;
    browser.arrives_at("/login").await;
}

#[tokio::test]
async fn a_suspended_card_neither_logs_in_nor_stays_in() {
    let house = House::start("kh").await;
    let browser = Browser::start().await;
    user::arrive(&browser, &house, USER).await;
    user::set_cards(&house, USER, "suspended").await;
    browser.open(&format!("{}/card", house.web())).await;
    browser.arrives_at("/login").await;
    user::try_to_log_in(&browser, &house, PERSONAL_CODE).await;
    browser.sees("fel van függesztve").await;
    user::set_cards(&house, USER, "active").await;
    user::log_in(&browser, &house).await;
    // By its own user, from the page.
    browser.open(&format!("{}/card", house.web())).await;
    browser.press("Felfüggesztés").await;
    browser.arrives_at("/login").await;
    user::try_to_log_in(&browser, &house, PERSONAL_CODE).await;
    browser.sees("fel van függesztve").await;
}

#[tokio::test]
async fn who_is_not_enabled_does_not_come_in() {
    let house = House::start("kh").await;
    let browser = Browser::start().await;
    user::register(&browser, &house, USER).await;
    user::try_to_log_in(&browser, &house, PERSONAL_CODE).await;
    browser.sees("sincs engedélyezve").await;
}

/// Sends a caught login with changes, as a thief of it would; gives the bank's answer.
const SEND: &str = "const token = document.querySelector('meta[name=csrf]').content;
    const response = await window.realFetch('/login', { method: 'POST',
        body: JSON.stringify({ ...JSON.parse(given[0]), ...given[1] }),
        headers: { 'content-type': 'application/json', 'x-csrf': token } });
    return { status: response.status, ...(await response.json()) };";

/// Keeps what the page's login would send instead of sending it.
const CATCH: &str = "window.realFetch = window.fetch;
    window.fetch = (path, options) => {
        if (path !== '/login') return window.realFetch(path, options);
        window.caught = options.body;
        return Promise.reject(new TypeError('cut'));
    };";

#[tokio::test]
async fn a_login_is_worth_nothing_the_second_time_nor_when_changed() {
    let house = House::start("kh").await;
    let browser = Browser::start().await;
    user::enable(&house, USER, false).await;
    user::register(&browser, &house, USER).await;
    browser.open(&format!("{}/login", house.web())).await;
    let _ = browser.run(CATCH, vec![]).await;
    browser.fill("#personal-code", PERSONAL_CODE).await;
    browser.click("form[data-login] button[type=submit]").await;
    browser.sees("A bank nem érhető el").await;
    let caught = browser.run("return window.caught", vec![]).await;
    let content: Value = serde_json::from_str(caught.as_str().expect("a login")).expect("JSON");
    let statement = content["statement"].as_str().expect("a statement");
    let send = async |change: Value| browser.run_async(SEND, vec![caught.clone(), change]).await;

    let foreign = send(json!({ "statement": statement.replace("localhost", "example.com") })).await;
    assert_eq!(foreign["code"], "login-signature-invalid", "the origin is signed");
    let nonsense = send(json!({ "signature": "MAYCAQECAQE=" })).await;
    assert_eq!(nonsense["code"], "login-signature-invalid");
    let other = send(json!({ "statement": statement.replace("-v1", "-v2") })).await;
    assert_eq!(other["code"], "login-statement-invalid");
    let honest = send(json!({})).await;
    assert_eq!(honest["status"], 200, "{honest}");

    browser.open(&format!("{}/card", house.web())).await;
    browser.press("Kilépés").await;
    browser.arrives_at("/login").await;
    let _ = browser.run("window.realFetch = window.fetch", vec![]).await;
    assert_eq!(send(json!({})).await["code"], "login-challenge-replayed");
    // Again and again: such a thing is no accident, and five error points lock.
    for _ in 0..4 {
        assert_eq!(send(json!({})).await["code"], "login-challenge-replayed");
    }
    assert_eq!(send(json!({})).await["code"], "login-user-locked");
}

#[tokio::test]
async fn everything_up_to_the_first_page_works_by_keyboard() {
    let house = House::start("kh").await;
    let browser = Browser::start().await;
    user::enable(&house, USER, false).await;
    let code = user::activation_code(&house, USER).await;
    browser.open(&house.web()).await;
    let _ = browser.find("a[href='/register']").await;
    browser.tab_to("a[href='/register']").await;
    browser.enter().await;
    browser.arrives_at("/register").await;
    browser.tab_to("#user").await;
    browser.keys(&user::number(&house, USER)).await;
    browser.tab_to("#code").await;
    browser.keys(&code).await;
    browser.tab_to("#personal-code").await;
    browser.keys(PERSONAL_CODE).await;
    browser.tab_to("#personal-code-again").await;
    browser.keys(PERSONAL_CODE).await;
    browser.enter().await;
    let _ = browser.find("[data-done]").await;
    // The way on has the focus by itself.
    browser.enter().await;
    browser.arrives_at("/login").await;
    let _ = browser.find("#personal-code").await;
    browser.tab_to("#personal-code").await;
    browser.keys(PERSONAL_CODE).await;
    browser.enter().await;
    let _ = browser.find("form[action='/logout']").await;
    // The first Tab is the way past the navigation.
    browser.open(&format!("{}/card", house.web())).await;
    browser.tab_to("a.skip").await;
    browser.enter().await;
    let script = "return document.activeElement.id";
    assert_eq!(browser.run(script, vec![]).await, json!("content"));
}
