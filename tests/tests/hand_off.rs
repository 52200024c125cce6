//! The script of the hand-off [K&H webElectra], whole and with real parts: a company enables the web
//! client by a self-administration order signed with a card in a reader, carries its partners over, puts a package
//! into the shared area; a manager takes it over in a browser, signs and sends it; and the other way round.

use client::SharedState;
use client::{Client, Handed, PackageChoice, Pin, TokenConfig};
use domain::authority::{WebAccess, WebDevice};
use domain::{
    AdminAction, Money, OrderDraft, OrderType, PackageId, PackageState, Partner, Template, UserId, Values,
    key,
};
use formats::partners::PartnerFormat;
use harness::browser::Browser;
use harness::house::{House, PIN, available, draft, payee, reaches, record, sign};
use harness::pcscd::{Pcscd, isolated};
use harness::story::{FINAL, card_of, run};
use harness::web_user::{self as web, PERSONAL_CODE};
use serde_json::json;

/// Gives a client the demo company's partners and templates.
async fn with_master_data(house: &House, client: &Client) {
    let read = |name: &str| std::fs::read_to_string(house.bank_folder().join(name)).unwrap();
    let partners: Vec<Partner> = serde_json::from_str(&read("partners.json")).unwrap();
    let templates: Vec<Template> = serde_json::from_str(&read("templates.json")).unwrap();
    client.save_master_data(partners, templates).await.unwrap();
}

/// Asks the client until it says yes; its own event stream brings what happened at the bank.
async fn in_time<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..100 {
        if let Some(answer) = ask().await {
            return answer;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("{what} did not happen");
}

/// Steps 1–7 of the guide: the order "Internet banking szolgáltatás igénylése", signed by card and sent.
async fn enable_the_web_client(client: &Client, user: &UserId) {
    let access =
        WebAccess { user: user.clone(), login: WebDevice::VirtualCard, signing: WebDevice::VirtualCard };
    let action = AdminAction::InternetBanking { enabled: true, users: vec![access] };
    let draft = OrderDraft { values: Values::of_change(&action), ..OrderDraft::new(OrderType::Adm) };
    let package = client.save_order(draft, PackageChoice::New, None).await.unwrap().package;
    let sheet = client.signing_sheet(package).await.unwrap();
    let signed = client.sign(package, sheet.head.fingerprint, Pin::new(PIN), false).await.unwrap();
    assert_eq!(signed.state, PackageState::Signed);
    let _ = client.send_one(package).await.unwrap();
    in_time("the new authority table", async || {
        let table = client.rules().await.ok()?.authority;
        (table.web.enabled && table.web_access(user).signing == WebDevice::VirtualCard).then_some(())
    })
    .await;
}

/// Signs the package whose page is open in the browser, and sends it.
async fn sign_and_send(browser: &Browser, shown: &[&str]) {
    browser.press("Aláírás").await;
    // What the approval shows comes from the bytes that are signed.
    for text in shown {
        browser.sees(text).await;
    }
    browser.axe().await;
    browser.fill("#personal-code", PERSONAL_CODE).await;
    browser.click("form[data-approve] button[type=submit]").await;
    browser.sees("aláírt 1/1").await;
    browser.press("Beküldés").await;
    browser.sees("A csomagot beküldtük").await;
}

async fn state_here(client: &Client, package: PackageId) -> Option<PackageState> {
    client.package(package).await.ok().map(|detail| detail.state)
}

#[test]
fn a_package_goes_to_the_manager_in_the_browser_and_another_one_comes_back() {
    isolated("a_package_goes_to_the_manager_in_the_browser_and_another_one_comes_back", || {
        run(async {
            let house = House::start("kh").await;
            let service = Pcscd::start().unwrap();
            let _card = card_of(&house, "Kovács", &service);
            let anna = house.client_with("anna", TokenConfig::Pcsc { reader: None }).await;
            anna.token_status().wait_for(|s| s.info().is_some()).await.unwrap();
            let login = anna.log_in(Pin::new(PIN), false).await.unwrap();
            with_master_data(&house, &anna).await;

            enable_the_web_client(&anna, &login.user.id).await;
            let browser = Browser::start().await;
            web::register(&browser, &house, "Kovács").await;
            web::log_in(&browser, &house).await;

            // Partners and templates: out of the program, into the browser.
            let written =
                anna.export_partners(house.client_folder("anna"), PartnerFormat::Dat, false).await.unwrap();
            browser.open(&format!("{}/partners", house.web())).await;
            browser.click("details.import > summary").await;
            browser.choose_file("#file", &written.path).await;
            browser.press("Rendben").await;
            let taken = written.partners + written.templates;
            browser.sees(&format!("Az importálás megtörtént: {taken} tételt vettünk át.")).await;
            browser.sees(&format!("Partnerek ({})", written.partners)).await;

            // A clerk at another seat prepares a package and puts it into the shared area.
            let reka = house.logged_in("reka", "Szabó").await;
            let before = available(&reka, house.account(0)).await;
            let order = (draft(house.account(0), 1_250_000)).with_tick(key::INSTANT, true);
            let package = record(&reka, order).await;
            browser.open(&format!("{}/packages", house.web())).await;
            browser.sees("A közös területen nincs csomag.").await;
            assert!(matches!(reka.share_package(package, None).await.unwrap(), Handed::Done(_)));
            assert_eq!(state_here(&reka, package).await, Some(PackageState::InSharedArea));

            // The open page shows it by itself; the manager takes it over, looks, signs, sends.
            browser.sees("Szabó Réka").await;
            browser.axe().await;
            browser.press("Átvesz").await;
            browser.sees("A csomagot átvettük").await;
            in_time("the clerk seeing who has it", async || {
                (state_here(&reka, package).await? == PackageState::TakenOver).then_some(())
            })
            .await;
            browser.open(&format!("{}/packages/{package}", house.web())).await;
            browser.sees("Őrségi Faipari Zrt.").await;
            sign_and_send(
                &browser,
                &["1\u{a0}250\u{a0}000\u{a0}Ft", "Őrségi Faipari Zrt.", "11773016-11111018"],
            )
            .await;

            assert_eq!(reaches(&reka, package, &FINAL).await, PackageState::Completed);
            let after = available(&reka, house.account(0)).await;
            assert_eq!(before.checked_sub(after).unwrap(), Money::huf(1_250_000));
            let seen = house.inspect(package).await;
            assert_eq!((&seen["executed"], &seen["bookings"]), (&json!(1), &json!(1)));

            // And back: prepared on the web, taken over in the program, signed by card.
            browser.open(&format!("{}/orders/new", house.web())).await;
            let choose = "const select = document.getElementById('debit-account');
                select.value = [...select.options].find(option => option.value).value;";
            let _ = browser.run(choose, vec![]).await;
            browser.fill("#target", &payee().to_string()).await;
            browser.fill("#beneficiary-name", "Visszaút Bt.").await;
            browser.fill("#amount", "40 000").await;
            browser.press("Mentés csomagba").await;
            browser.sees("a megbízást elmentettük").await;
            browser.press("Közösre tesz").await;
            browser.sees("a közös területen van").await;
            let waiting = in_time("the package in the shared area", async || {
                let lines = anna.shared_area().await.ok()?;
                lines.into_iter().find(|line| line.shared.state == SharedState::Waiting)
            })
            .await;
            assert!(matches!(anna.take_over(waiting.shared.handover).await.unwrap(), Handed::Done(_)));
            let back = waiting.shared.package;
            assert_eq!(sign(&anna, back).await, PackageState::Signed);
            let _ = anna.send_one(back).await.unwrap();
            assert_eq!(reaches(&anna, back, &FINAL).await, PackageState::Completed);
            assert_eq!(house.inspect(back).await["bookings"], json!(1));
            assert!(house.ledger_is_balanced().await);
            browser.open(&format!("{}/sent", house.web())).await;
            browser.sees("Visszaút Bt.").await;
        });
    });
}
