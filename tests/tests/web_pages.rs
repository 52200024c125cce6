//! The web client's pages in a real browser: keyboard only, in both languages, on a narrow screen, checked by axe.

use std::io::Write as _;

use domain::{Money, OrderType, Partner, PartnerId, PartnerTarget};
use harness::browser::Browser;
use harness::house::House;
use harness::web_user::{self as user, PERSONAL_CODE};
use uuid::Uuid;

const COMPANY: &str = "Minta Kereskedelmi Kft.";

/// Logs a user in for the company, at the overview.
async fn arrive(browser: &Browser, house: &House, name: &str) {
    user::arrive(browser, house, name).await;
    if browser.address().await.ends_with("/customers") {
        browser.press(COMPANY).await;
    }
    browser.sees("Mi vár rám?").await;
}

/// Records an order in the browser; gives the path of its package.
async fn record(browser: &Browser, house: &House, amount: &str, name: &str) -> String {
    browser.open(&format!("{}/orders/new", house.web())).await;
    let choose = "const select = document.getElementById('debit-account');
        select.value = [...select.options].find(option => option.value).value;";
    let _ = browser.run(choose, vec![]).await;
    browser.fill("#target", &harness::house::payee().to_string()).await;
    browser.fill("#beneficiary-name", "Őrségi Faipari Zrt.").await;
    browser.fill("#amount", amount).await;
    browser.fill("#narrative", "Számla 2026/11").await;
    browser.fill("#name", name).await;
    browser.click("button[value='save']").await;
    browser.sees("a megbízást elmentettük").await;
    let address = browser.address().await;
    address.strip_prefix(&house.web()).expect("our page").to_owned()
}

#[tokio::test]
async fn every_page_is_axe_clean_in_both_languages_wide_and_narrow() {
    let house = House::start("kh").await;
    let browser = Browser::start().await;
    arrive(&browser, &house, "Kovács").await;
    let package = record(&browser, &house, "12 500", "Novemberi számlák").await;
    let partner = format!("{}/partners/new", house.web());
    browser.open(&partner).await;
    browser.fill("#short_name", "Őrségi").await;
    browser.fill("#name", "Őrségi Faipari Zrt.").await;
    browser.fill("#targets", "11773016-11111018").await;
    browser.press("Mentés").await;
    browser.sees("a partnert elmentettük").await;
    let paths = [
        "/",
        "/history",
        "/history?from=x",
        "/packages",
        &package,
        "/orders/new",
        "/sent",
        "/partners",
        "/partners/new",
        "/templates",
        "/templates/new",
        "/messages",
        "/messages/new",
        "/authority",
        "/approve",
        "/approve/transactions",
        "/approve/packages",
    ];
    for language in ["en", "hu"] {
        browser.open(&format!("{}/language/{language}", house.web())).await;
        for (width, height) in [(1280, 800), (390, 844)] {
            browser.resize(width, height).await;
            for path in paths {
                browser.open(&format!("{}{path}", house.web())).await;
                browser.axe().await;
                let wide = "return document.documentElement.scrollWidth - innerWidth";
                let over = browser.run(wide, vec![]).await.as_i64().unwrap_or(1);
                assert!(over <= 0, "{path} is {over} pixels too wide at {width}");
            }
        }
        browser.resize(1280, 800).await;
    }
}

#[tokio::test]
async fn a_package_is_taken_over_looked_at_signed_and_sent_by_keyboard_alone() {
    let house = House::start("kh").await;
    house.fund(house.account(0), Money::huf(1_000_000)).await;
    let clerk = Browser::start().await;
    arrive(&clerk, &house, "Szabó").await;
    let package = record(&clerk, &house, "12 500", "Novemberi számlák").await;
    let manager = Browser::start().await;
    arrive(&manager, &house, "Kovács").await;
    manager.open(&format!("{}/packages", house.web())).await;
    manager.sees("A közös területen nincs csomag.").await;
    clerk.press("Közösre tesz").await;
    clerk.sees("a közös területen van").await;
    // The manager's open page shows it within a second, without a reload.
    manager.sees("Átvesz").await;

    manager.tab_to("form[action$='/take'] button").await;
    manager.enter().await;
    manager.sees("A csomagot átvettük").await;
    // The clerk's list shows that it is gone.
    clerk.sees("A közös területen nincs csomag.").await;
    manager.arrives_at(&package).await;
    manager.axe().await;
    manager.tab_to("a[href$='/sign']").await;
    manager.enter().await;
    let _ = manager.find("#personal-code").await;
    manager.axe().await;
    manager.tab_to("#personal-code").await;
    manager.keys(PERSONAL_CODE).await;
    manager.enter().await;
    manager.arrives_at(&package).await;
    manager.sees("aláírt 1/1").await;
    manager.tab_to("form[action$='/send'] button").await;
    manager.enter().await;
    manager.sees("A csomagot beküldtük").await;
    // Executed without a reload, too.
    manager.sees("teljesült").await;
    manager.axe().await;
    assert!(house.ledger_is_balanced().await);
}

/// Signs the package that is shown and sends it.
async fn sign_and_send(browser: &Browser, path: &str) {
    browser.click("a[href$='/sign']").await;
    browser.fill("#personal-code", PERSONAL_CODE).await;
    browser.enter().await;
    browser.arrives_at(path).await;
    browser.sees("aláírt 1/1").await;
    browser.click("form[action$='/send'] button").await;
    browser.sees("A csomagot beküldtük").await;
}

#[tokio::test]
async fn every_field_of_every_payment_can_be_typed_and_every_type_is_axe_clean() {
    let house = House::start("kh").await;
    let browser = Browser::start().await;
    arrive(&browser, &house, "Kovács").await;
    for kind in OrderType::ALL.iter().filter(|kind| kind.is_payment()) {
        browser.open(&format!("{}/order/{kind}", house.web())).await;
        for field in kind.fields() {
            let there = "return document.getElementById(arguments[0])?.name ?? null";
            let name = browser.run(there, vec![field.key.into()]).await;
            assert_eq!(name, field.key, "{kind}");
        }
        browser.axe().await;
    }
    browser.open(&format!("{}/order/ADM", house.web())).await;
    browser.sees("ez nem található").await;
}

#[tokio::test]
async fn money_is_moved_between_own_accounts_without_a_name() {
    let house = House::start("kh").await;
    house.fund(house.account(0), Money::huf(1_000_000)).await;
    let browser = Browser::start().await;
    arrive(&browser, &house, "Kovács").await;
    browser.open(&format!("{}/orders/new", house.web())).await;
    browser.press("Átvezetés saját számlák között").await;
    assert!(browser.address().await.ends_with("/order/HVE"));
    let named = browser.run("return document.getElementById('beneficiary-name')", vec![]).await;
    assert!(named.is_null(), "no name is asked for");
    for (field, account) in [("debit-account", house.account(0)), ("target", house.account(0))] {
        browser.choose(&format!("#{field}"), &account.to_string()).await;
    }
    browser.fill("#amount", "125 000").await;
    browser.fill("#name", "Bérek fedezete").await;
    browser.click("button[value='save']").await;
    browser.sees("A terhelt és a kedvezményezett számla ugyanaz").await;
    browser.choose("#target", &house.account(1).to_string()).await;
    browser.axe().await;
    browser.click("button[value='save']").await;
    browser.sees("a megbízást elmentettük").await;
    let address = browser.address().await;
    let path = address.strip_prefix(&house.web()).expect("our page").to_owned();
    browser.sees(&house.account(1).to_string()).await;
    sign_and_send(&browser, &path).await;
    browser.sees("teljesült").await;
    assert!(house.ledger_is_balanced().await);
}

#[tokio::test]
async fn a_small_viber_transfer_becomes_a_domestic_one_with_everything_typed() {
    let house = House::start("kdb").await;
    house.fund(house.account(0), Money::huf(1_000_000)).await;
    let browser = Browser::start().await;
    arrive(&browser, &house, "Kovács").await;
    browser.open(&format!("{}/order/VIB", house.web())).await;
    browser.choose("#debit-account", &house.account(0).to_string()).await;
    browser.fill("#target", &harness::house::payee().to_string()).await;
    browser.fill("#beneficiary-name", "Őrségi Faipari Zrt.").await;
    browser.fill("#amount", "12 500").await;
    browser.fill("#narrative", "Számla 2026/11").await;
    browser.fill("#name", "Sürgős").await;
    browser.click("button[value='save']").await;
    browser.sees("Ez azonnali átutalásnak minősül").await;
    browser.axe().await;
    browser.click("#instead button").await;
    let _ = browser.find("form[action='/order/HCT']").await;
    let kept =
        "return ['amount', 'narrative', 'beneficiary-name'].map(id => document.getElementById(id).value)";
    let kept = browser.run(kept, vec![]).await;
    assert_eq!(kept, serde_json::json!(["12 500", "Számla 2026/11", "Őrségi Faipari Zrt."]));
    browser.click("button[value='save']").await;
    browser.sees("a megbízást elmentettük").await;
}

#[tokio::test]
async fn who_is_typing_is_not_disturbed_by_news() {
    let house = House::start("kh").await;
    let (one, other) = (Browser::start().await, Browser::start().await);
    arrive(&one, &house, "Szabó").await;
    arrive(&other, &house, "Kovács").await;
    let package = record(&one, &house, "12 500", "Novemberi számlák").await;
    one.open(&format!("{}{package}", house.web())).await;
    one.fill("#name", "Még nem mentett név").await;
    // The other one adds an order to the same package.
    other.open(&format!("{}/orders/new?package={}", house.web(), package.replace("/packages/", ""))).await;
    let choose = "const select = document.getElementById('debit-account');
        select.value = [...select.options].find(option => option.value).value;";
    let _ = other.run(choose, vec![]).await;
    other.fill("#target", "11773016-11111018").await;
    other.fill("#beneficiary-name", "Második Bt.").await;
    other.fill("#amount", "700").await;
    other.click("button[value='save']").await;
    other.sees("Második Bt.").await;
    one.sees("Második Bt.").await;
    let typed = "return [document.activeElement.id, document.activeElement.value]";
    let typed = one.run(typed, vec![]).await;
    assert_eq!(typed, serde_json::json!(["name", "Még nem mentett név"]));
}

#[tokio::test]
async fn the_form_is_checked_while_it_is_filled_and_nothing_typed_is_touched() {
    let house = House::start("kh").await;
    let browser = Browser::start().await;
    arrive(&browser, &house, "Szabó").await;
    browser.open(&format!("{}/orders/new", house.web())).await;
    browser.fill("#target", "11773016-11111019").await;
    browser.fill("#amount", "1,25M").await;
    browser.sees("A második számlablokk hibás").await;
    assert!(!browser.text().await.contains("Ki kell tölteni."), "fields not yet visited are not blamed");
    browser.fill("#target", "11773016-11111018").await;
    browser.fill("#beneficiary-name", "Őrségi Faipari Zrt.").await;
    let choose = "const select = document.getElementById('debit-account');
        select.value = [...select.options].find(option => option.value).value;
        select.dispatchEvent(new Event('change', { bubbles: true }));";
    let _ = browser.run(choose, vec![]).await;
    browser.sees("egymillió-kétszázötvenezer").await;
    assert!(!browser.text().await.contains("A második számlablokk hibás"));
    let typed = browser.run("return document.getElementById('amount').value", vec![]).await;
    assert_eq!(typed, "1,25M");
    browser.axe().await;
}

#[tokio::test]
async fn partners_dat_is_imported_by_its_icon_and_the_result_is_on_the_page() {
    let house = House::start("kh").await;
    let browser = Browser::start().await;
    arrive(&browser, &house, "Szabó").await;
    let partner = Partner {
        id: PartnerId(Uuid::from_u128(7)),
        short_name: "Árvíztűrő".parse().expect("a name"),
        target: PartnerTarget::accounts(
            "Árvíztűrő Tükörfúrógép Kft.".parse().expect("a name"),
            vec![harness::house::payee()],
        )
        .expect("a target"),
        narrative: "Őszi díj".parse().expect("a narrative"),
        country: None,
        legal_code: None,
        note: "Kézbesítve: ügyfélszolgálat".to_owned(),
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(formats::partners_dat::FILE_NAME);
    let mut file = std::fs::File::create(&path).expect("a file");
    formats::partners_dat::write(&[partner], &[], &mut file).expect("PARTNERS.DAT");
    file.flush().expect("written");

    browser.press("Partnertörzs kezelése").await;
    browser.click("details.import > summary").await;
    browser.choose_file("#file", &path).await;
    browser.axe().await;
    browser.press("Rendben").await;
    browser.sees("1 tételt vettünk át").await;
    browser.sees("Árvíztűrő Tükörfúrógép Kft.").await;
    browser.axe().await;
    std::fs::write(&path, "ez nem partnertörzs").expect("a file");
    browser.click("details.import > summary").await;
    browser.choose_file("#file", &path).await;
    browser.press("Rendben").await;
    browser.sees("semmit sem vettünk át").await;
    browser.axe().await;
}

#[tokio::test]
async fn a_manager_approves_on_a_telephone() {
    let house = House::start("kh").await;
    house.fund(house.account(0), Money::huf(1_000_000)).await;
    let clerk = Browser::start().await;
    arrive(&clerk, &house, "Szabó").await;
    let _ = record(&clerk, &house, "12 500", "Novemberi számlák").await;
    let phone = Browser::start().await;
    phone.resize(390, 844).await;
    arrive(&phone, &house, "Kovács").await;
    phone.open(&format!("{}/approve", house.web())).await;
    phone.sees("rögzíteni nem").await;
    phone.press("Csomagok").await;
    phone.press("Novemberi számlák").await;
    phone.sees("Őrségi Faipari Zrt.").await;
    phone.axe().await;
    phone.press("Aláírás").await;
    phone.fill("#personal-code", PERSONAL_CODE).await;
    phone.axe().await;
    phone.enter().await;
    phone.sees("aláírt 1/1").await;
    phone.press("Beküldés").await;
    phone.sees("A csomagot beküldtük").await;
    phone.sees("Nincs beküldhető csomag.").await;
    phone.axe().await;
    phone.press("Keresés").await;
    phone.sees("Őrségi Faipari Zrt.").await;
    phone.axe().await;
}
