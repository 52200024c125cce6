//! The place over a real store and a key file, driven by clicks and keys as a person would: from "Új megbízás" to the
//! signature.

use client::PackageDetail;
use domain::authority::{AccountRight, DeviceKind, RegisteredId, UserDevice, WebAccess, WebDevice};
use domain::{Account, AdminAction, Currency, PackageId, PackageState, SecondaryId};

use super::*;
use crate::go::Go;
use crate::screen::Wish;
use crate::screen::driver::Driver;
use crate::screen::driver::fixture::{OWN, Office, PIN};
use crate::screen::packages::{self, Packages, entry, signing};
use crate::screen::typed::TypedPin;

/// An office whose table has one of everything.
pub(in crate::screen) fn furnished() -> Office {
    let office = Office::new();
    office.with_store(|tx| {
        let mut table = store::authority::find(tx).unwrap().unwrap();
        table.version = 12;
        let own = OWN.parse().unwrap();
        let device = |id: &str, kind, label: &str, suspended| UserDevice {
            id: id.to_owned(),
            kind,
            label: label.to_owned(),
            suspended,
        };
        table.users[0].contact.phone = Some("+36301234567".parse().unwrap());
        table.users[0].contact.email = Some("kovacs.anna@minta.example".parse().unwrap());
        table.users[0].contact.notify = true;
        table.users[0].devices = vec![
            device("93F05D1E77A24B0C", DeviceKind::Token, "Chipkártya", false),
            device("VC-000417", DeviceKind::VirtualCard, "Firefox, irodai gép", true),
        ];
        table.users[1].devices = vec![device("51C80A9933D27E14", DeviceKind::Token, "Chipkártya", false)];
        table.users[1].error_points = 3;
        let second = "11773016-11111018".parse().unwrap();
        table.rights.push(AccountRight {
            user: "10000001".parse().unwrap(),
            account: second,
            view: true,
            dispose: false,
            sign: None,
        });
        let account = |number, name: &str| Account { number, name: name.to_owned(), currency: Currency::HUF };
        table.new_accounts = vec![account("10400023-50526765-81561003".parse().unwrap(), "Projekt számla")];
        table.secondary_ids = vec![RegisteredId {
            id: SecondaryId::Email("penzugy@minta.example".parse().unwrap()),
            account: own,
            confirm_by: chrono::Utc::now().date_naive() + chrono::Days::new(41),
        }];
        table.web.users = vec![WebAccess {
            user: "10000002".parse().unwrap(),
            login: WebDevice::VirtualCard,
            signing: WebDevice::None,
        }];
        store::authority::save(tx, &table, chrono::Utc::now()).unwrap();
        store::accounts::set_all(tx, &[account(own, "Forint fő számla"), account(second, "Bérszámla")])
            .unwrap();
    });
    office
}

fn begun(office: &Office, begin: Administer) -> Driver<Administration> {
    let mut driver = Driver::new(office, |desk| Administration::new(begin, desk));
    driver.until(|d| d.screen.overview.is_some());
    driver
}

fn open(office: &Office) -> Driver<Administration> {
    begun(office, Administer::Choose)
}

/// Fills in the request for the web client for Kovács Anna, up to the question.
fn requested(office: &Office) -> Driver<Administration> {
    let mut driver = open(office);
    driver.picture("admin-chooser");
    driver.click("Internet banking szolgáltatás igénylése");
    driver.click("Kovács Anna");
    driver.picture("admin-form-web");
    driver.send(Message::Save);
    driver
}

/// The package to which saving leads.
fn saved(driver: &mut Driver<Administration>) -> PackageId {
    driver.click("Rendben");
    driver.until(|d| !d.went.is_empty());
    match driver.went[..] {
        [Go::Prepared(Some(package))] => package,
        ref went => panic!("it led to {went:?}"),
    }
}

fn detail(driver: &Driver<Administration>, package: PackageId) -> PackageDetail {
    driver.runtime.block_on(driver.desk.client.package(package)).unwrap()
}

#[test]
fn the_request_for_the_web_client_goes_from_the_form_to_a_signed_package() {
    let office = furnished();
    let mut driver = requested(&office);
    assert!(driver.sees("Ez fog változni") && driver.sees("Virtuális chipkártya"));
    driver.picture("admin-confirm");
    let package = saved(&mut driver);
    assert_eq!(driver.toasts.last().unwrap().1, "A csomag elkészült, aláírható");
    drop(driver);
    let mut driver = Driver::new(&office, |desk| Packages::sign(package, desk));
    driver.until(|d| d.screen.signs());
    assert!(driver.sees("Önadminisztrációs megbízás") && driver.sees("egyetlen aláírás kell"));
    driver.picture("admin-signing");
    let pin = TypedPin::new(PIN.to_owned());
    let pin = signing::Message::Entry(entry::Message::Pin(pin));
    driver.send(packages::Message::Signing(pin));
    driver.click("Aláírom");
    driver.until(|d| d.screen.state_of_open() == Some(PackageState::Signed));
    assert!(driver.sees("Kovács Anna: aláírás (csak ennél az ügyfélnél)"));
    driver.picture("admin-signed");
}

#[test]
fn what_changes_nothing_is_said_in_the_form_and_makes_no_package() {
    let office = furnished();
    let mut driver = open(&office);
    driver.send(Message::Choose(AdminKind::UserData));
    driver.send(Message::Save);
    assert!(driver.sees("Előbb válassza ki, miről szól a megbízás."));
    driver.send(Message::Input(Input::Subject(0)));
    assert!(driver.sees("+36 30 123 4567"), "the data of today are filled in");
    driver.send(Message::Save);
    assert!(driver.screen.sheet.is_none() && driver.sees("Így nem menthető"));
    driver.send(Message::Input(Input::Phone("12".to_owned())));
    driver.send(Message::Save);
    assert!(driver.screen.sheet.is_none());
    driver.send(Message::Input(Input::Phone("+36 30 765 4321".to_owned())));
    driver.send(Message::Save);
    assert!(driver.screen.sheet.is_some());
    driver.escape();
    assert!(driver.screen.sheet.is_none() && driver.went.is_empty());
}

#[test]
fn what_was_filled_in_is_not_left_without_a_question() {
    let office = furnished();
    let mut driver = open(&office);
    driver.send(Message::Choose(AdminKind::UserData));
    driver.send(Message::Input(Input::Subject(0)));
    driver.send(Message::Leave);
    assert!(driver.screen.form.is_none(), "nothing was filled in");
    driver.send(Message::Choose(AdminKind::UserData));
    driver.send(Message::Input(Input::Phone("+36 30 765 4321".to_owned())));
    driver.send(Message::Leave);
    assert!(driver.screen.form.is_some() && driver.sees("Elveti, amit kitöltött?"));
    driver.escape();
    assert!(driver.screen.form.is_some() && !driver.screen.has_sheet());
    driver.send(Message::Leave);
    driver.click("Elvetés");
    assert!(driver.screen.form.is_none());
}

#[test]
fn leaving_an_order_that_one_came_for_leads_back() {
    let office = furnished();
    let mut driver = requested(&office);
    let package = saved(&mut driver);
    let order = detail(&driver, package).orders[0].order.id();
    drop(driver);
    let mut driver = begun(&office, Administer::Edit(order));
    driver.send(Message::Leave);
    assert_eq!(driver.wishes, [Wish::Back]);
}

#[test]
fn a_recorded_order_comes_back_into_its_form_as_it_was_filled_in() {
    let office = furnished();
    let mut driver = requested(&office);
    let package = saved(&mut driver);
    let order = detail(&driver, package).orders[0].order.id();
    drop(driver);
    let mut driver = begun(&office, Administer::Edit(order));
    let form = |d: &Driver<Administration>| d.screen.form.clone().expect("the form of the order");
    let row = form(&driver).web.iter().find(|row| row.name == "Kovács Anna").unwrap().clone();
    assert_eq!((row.ticked, row.login, row.signing), (true, WebDevice::VirtualCard, WebDevice::VirtualCard));
    driver.send(Message::Input(Input::Login(0, WebDevice::None)));
    assert_eq!(form(&driver).web[0].signing, WebDevice::None, "nobody signs there without logging in");
    driver.send(Message::Input(Input::Login(0, WebDevice::VirtualCard)));
    driver.send(Message::Save);
    assert_eq!(saved(&mut driver), package, "it replaced the order, no second package was made");
    let detail = detail(&driver, package);
    let action = detail.orders[0].order.administration().map(|order| order.action.clone());
    let Some(AdminAction::InternetBanking { users, .. }) = action else { panic!("another order") };
    assert_eq!((detail.orders.len(), users[0].signing), (1, WebDevice::None));
}

/// Every kind of order draws its form, with the subject chosen where there is one.
#[test]
fn every_kind_of_order_has_its_form() {
    let office = furnished();
    let mut driver = open(&office);
    for kind in AdminKind::ALL {
        driver.send(Message::Choose(kind));
        assert!(driver.sees(&kind.label()), "{}", kind.label());
        driver.send(Message::Input(Input::Subject(0)));
        if kind == AdminKind::RegisterId {
            driver.send(Message::Input(Input::Identifier("+36 30 999 8877".to_owned())));
            assert!(driver.sees("Kód kérése"));
        }
        driver.picture(&format!("admin-form-{kind:?}"));
    }
}
