//! Somebody before the bank's web client: getting a virtual chip card, logging in.

use reqwest::Method;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::house::House;

/// The personal code that the tests' users choose.
pub const PERSONAL_CODE: &str = "258036";

/// The demo's number of the user whose name begins so.
pub fn number(house: &House, user: &str) -> String {
    house.user(user)["id"].as_str().expect("a number").to_owned()
}

/// Lets a user log in to the web client and, perhaps, sign there, at once and without a self-administration order.
pub async fn enable(house: &House, user: &str, signing: bool) {
    let wish = json!({ "enabled": true, "login": true, "signing": signing });
    let _ = house.control(Method::PUT, &format!("/web/users/{}", number(house, user)), wish).await;
}

/// An activation code, as the operator desk gives it.
pub async fn activation_code(house: &House, user: &str) -> String {
    let path = format!("/web/users/{}/activation-code", number(house, user));
    let answer = house.control(Method::POST, &path, Value::Null).await;
    answer["code"].as_str().expect("a code").to_owned()
}

/// Sets the state of all of a user's virtual chip cards: `active`, `suspended`, `withdrawn`.
pub async fn set_cards(house: &House, user: &str, state: &str) {
    let path = format!("/web/users/{}/cards", number(house, user));
    let _ = house.control(Method::PUT, &path, json!({ "state": state })).await;
}

/// Fills in the registration form and sends it.
pub async fn try_to_register(browser: &Browser, house: &House, user: &str, code: &str, personal_code: &str) {
    browser.open(&format!("{}/register", house.web())).await;
    browser.fill("#user", &number(house, user)).await;
    browser.fill("#code", code).await;
    browser.fill("#label", "Tesztböngésző").await;
    browser.fill("#personal-code", personal_code).await;
    browser.fill("#personal-code-again", personal_code).await;
    browser.click("form[data-register] button[type=submit]").await;
}

/// Registers a virtual chip card in the browser for a user who may use the web client.
pub async fn register(browser: &Browser, house: &House, user: &str) {
    let code = activation_code(house, user).await;
    try_to_register(browser, house, user, &code, PERSONAL_CODE).await;
    let _ = browser.find("[data-done]").await;
}

/// Types the personal code into the login page and sends it.
pub async fn try_to_log_in(browser: &Browser, house: &House, personal_code: &str) {
    browser.open(&format!("{}/login", house.web())).await;
    browser.fill("#personal-code", personal_code).await;
    browser.click("form[data-login] button[type=submit]").await;
}

/// Logs in with the browser's card.
pub async fn log_in(browser: &Browser, house: &House) {
    try_to_log_in(browser, house, PERSONAL_CODE).await;
    let _ = browser.find("form[action='/logout']").await;
}

/// Enables a user, registers a card in the browser and logs in.
pub async fn arrive(browser: &Browser, house: &House, user: &str) {
    enable(house, user, true).await;
    register(browser, house, user).await;
    log_in(browser, house).await;
}
