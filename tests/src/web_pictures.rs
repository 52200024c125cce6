//! Pictures of the web client for the gallery: each step of a hand-over as people see it, in a language, at a desk and
//! on a telephone.

use std::path::Path;

use domain::{Money, Partner, PartnerId, PartnerTarget};
use uuid::Uuid;

use crate::browser::Browser;
use crate::house::{House, payee};
use crate::web_user::{self as user, PERSONAL_CODE};

const COMPANY: &str = "Minta Kereskedelmi Kft.";

/// One language's pictures of one house.
struct Album<'a> {
    house: &'a House,
    language: &'a str,
    out: &'a Path,
    only: &'a str,
}

/// Draws `web-*.png` into the folder of each language; only those whose name contains `only`.
///
/// # Panics
/// When the bank or the browser does not do what the pictures need.
pub async fn draw(out: &Path, only: &str) {
    for language in ["hu", "en"] {
        // A bank of its own for each language, so that both show the same story from its beginning.
        let house = House::start_at("kh", Some("2026-11-23T09:05:00Z")).await;
        house.fund(house.account(0), Money::huf(2_500_000)).await;
        Album { house: &house, language, out, only }.draw().await;
    }
}

impl Album<'_> {
    async fn draw(&self) {
        let clerk = Browser::start().await;
        user::enable(self.house, "Szabó", true).await;
        clerk.open(&self.at("/register")).await;
        self.take(&clerk, "register").await;
        self.arrive(&clerk, "Szabó").await;
        self.import(&clerk).await;
        self.other_types(&clerk).await;
        let package = self.record(&clerk).await;
        clerk.open(&self.at(&package)).await;
        self.take(&clerk, "package").await;
        clerk.click("form[action$='/share'] button").await;
        let _ = clerk.find("form[action$='/withdraw']").await;
        self.take(&clerk, "shared").await;

        let manager = Browser::start().await;
        self.arrive(&manager, "Kovács").await;
        self.take(&manager, "overview").await;
        manager.open(&self.at("/packages")).await;
        self.take(&manager, "take-over").await;
        manager.click("form[action$='/take'] button").await;
        let _ = manager.find("a[href$='/sign']").await;
        self.take(&manager, "taken-over").await;
        manager.click("a[href$='/sign']").await;
        let _ = manager.find("#personal-code").await;
        self.take(&manager, "sign").await;
        manager.fill("#personal-code", PERSONAL_CODE).await;
        manager.click("form[data-approve] button[type=submit]").await;
        let _ = manager.find("form[action$='/send']").await;
        self.on_the_telephone(&manager, &package).await;
        manager.open(&self.at(&package)).await;
        manager.click("form[action$='/send'] button").await;
        let _ = manager.find(".pill.good").await;
        self.take(&manager, "sent-package").await;
        for (path, name) in [
            ("/sent", "sent"),
            ("/history", "history"),
            ("/authority", "authority"),
            ("/messages/new", "message"),
        ] {
            manager.open(&self.at(path)).await;
            self.take(&manager, name).await;
        }
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.house.web())
    }

    async fn arrive(&self, browser: &Browser, name: &str) {
        user::enable(self.house, name, true).await;
        user::register(browser, self.house, name).await;
        browser.open(&self.at(&format!("/language/{}", self.language))).await;
        browser.open(&self.at("/login")).await;
        if name == "Szabó" {
            self.take(browser, "login").await;
        }
        user::log_in(browser, self.house).await;
        if browser.address().await.ends_with("/customers") {
            if name == "Kovács" {
                self.take(browser, "customers").await;
            }
            browser.press(COMPANY).await;
        }
        let _ = browser.find("#waiting").await;
    }

    async fn import(&self, browser: &Browser) {
        let partner = |n: u128, name: &str, account: &str| Partner {
            id: PartnerId(Uuid::from_u128(n)),
            short_name: name.parse().expect("a name"),
            target: PartnerTarget::accounts(
                format!("{name} Kft.").parse().expect("a name"),
                vec![account.parse().expect("an account")],
            )
            .expect("a target"),
            narrative: "Bérleti díj".parse().expect("a narrative"),
            country: None,
            legal_code: None,
            note: String::new(),
        };
        let partners = [
            partner(1, "Árvíztűrő Tükörfúrógép", "11773016-11111018"),
            partner(2, "Őrségi Faipari", "10400023-53656565-85691020"),
        ];
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(formats::partners_dat::FILE_NAME);
        let mut file = std::fs::File::create(&path).expect("a file");
        formats::partners_dat::write(&partners, &[], &mut file).expect("PARTNERS.DAT");
        drop(file);
        browser.open(&self.at("/partners")).await;
        browser.click("details.import > summary").await;
        self.take(browser, "import").await;
        browser.choose_file("#file", &path).await;
        browser.click("details.import .primary").await;
        let _ = browser.find("#result").await;
        self.take(browser, "import-result").await;
    }

    /// Records an order; gives the package's path.
    async fn record(&self, browser: &Browser) -> String {
        browser.open(&self.at("/orders/new")).await;
        let choose = "const select = document.getElementById('debit-account');
            select.value = [...select.options].find(option => option.value).value;";
        let _ = browser.run(choose, vec![]).await;
        browser.fill("#target", &payee().to_string()).await;
        browser.fill("#beneficiary-name", "Őrségi Faipari Zrt.").await;
        browser.fill("#amount", "1,25M").await;
        browser.fill("#narrative", "Számla 2026/11").await;
        browser.fill("#name", "Novemberi számlák").await;
        browser.click("form[data-check] button[value='check']:not(.unseen)").await;
        let _ = browser.find("#forecast .pill").await;
        self.take(browser, "new-order").await;
        browser.click("button[value='save']").await;
        let _ = browser.find("form[action$='/share']").await;
        let address = browser.address().await;
        address.strip_prefix(&self.house.web()).expect("our page").to_owned()
    }

    /// The forms of other types: between own accounts, and a VIBER order that is to be a domestic one.
    async fn other_types(&self, browser: &Browser) {
        let (from, to) = (self.house.account(0).to_string(), self.house.account(1).to_string());
        browser.open(&self.at("/order/HVE")).await;
        browser.choose("#debit-account", &from).await;
        browser.choose("#target", &to).await;
        browser.fill("#amount", "350 000").await;
        browser.fill("#narrative", "Bérek fedezete").await;
        browser.click("form[data-check] button[value='check']:not(.unseen)").await;
        let _ = browser.find("#forecast .pill").await;
        self.take(browser, "new-order-own").await;
        browser.open(&self.at("/order/VIB")).await;
        browser.choose("#debit-account", &from).await;
        browser.fill("#target", &payee().to_string()).await;
        browser.fill("#beneficiary-name", "Őrségi Faipari Zrt.").await;
        browser.fill("#amount", "25M").await;
        browser.click("form[data-check] button[value='check']:not(.unseen)").await;
        let _ = browser.find("#forecast .pill").await;
        self.take(browser, "new-order-viber").await;
    }

    async fn on_the_telephone(&self, browser: &Browser, package: &str) {
        browser.resize(390, 844).await;
        let one = format!("/approve{package}");
        for (path, name) in [
            ("/approve", "phone-balances"),
            ("/approve/transactions", "phone-transactions"),
            ("/approve/packages", "phone-packages"),
            (&one, "phone-package"),
        ] {
            browser.open(&self.at(path)).await;
            self.take(browser, name).await;
        }
        browser.resize(1280, 800).await;
    }

    async fn take(&self, browser: &Browser, name: &str) {
        let name = format!("web-{name}");
        if name.contains(self.only) {
            browser.screenshot(&self.out.join(self.language).join(format!("{name}.png"))).await;
        }
    }
}
