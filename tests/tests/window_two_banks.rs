//! Two banks in one real window, by keyboard alone: the second bank is connected beside the first, a customer is chosen
//! by Ctrl and a digit, and an order is recorded, signed and sent at each bank with the card of that bank. Each is
//! executed at its own bank, once, and unknown at the other one; the title says whose data is shown.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use client::{Client, Options, Pin, TokenChoice, TokenConfig};
use desktop::design::theme::Theme;
use domain::{CustomerKey, PackageId};
use harness::card::{CardKind, VirtualCard};
use harness::display::Display;
use harness::hands::{Ending, Hands, PATIENCE, stored, until};
use harness::house::{House, PIN, program, text};
use harness::pcscd::{Pcscd, SOCKET_VARIABLE, isolated};
use harness::story::run;
use iced::Color;
use serde_json::json;

/// A point inside the button that saves the form of a transfer between own accounts, beside its words.
const SAVE: (u32, u32) = (360, 525);
/// A point of the menu where nothing is written, and beside the messages at its foot.
const MENU: (u32, u32) = (208, 600);

fn card(house: &House) -> VirtualCard {
    let pem = std::fs::read_to_string(house.key_file("Kovács")).unwrap();
    VirtualCard::builder(CardKind::Piv).from_key_file(&pem, PIN).unwrap()
}

fn window<'a>(display: &'a Display, service: &Pcscd, data: &Path, more: &[&str]) -> (Ending, Hands<'a>) {
    let mut command = display.command(&program("kapocs"));
    command.env("DBUS_SESSION_BUS_ADDRESS", "disabled:").env(SOCKET_VARIABLE, service.socket());
    command.args(["--lang", "hu", "--theme", "light", "--data"]).arg(data).args(more);
    let window = Ending(command.stdout(Stdio::null()).spawn().expect("kapocs starts"));
    (window, Hands { display, window: display.window("Kapocs") })
}

fn rgb(colour: Color) -> [u8; 3] {
    let [red, green, blue, _] = colour.into_rgba8();
    [red, green, blue]
}

fn menu(hands: &Hands<'_>) -> [u8; 3] {
    hands.display.colour(MENU.0, MENU.1)
}

/// Whether a sheet lies above the window. Before it is there, everything is black or white.
fn is_dimmed(hands: &Hands<'_>) -> Option<()> {
    let seen = menu(hands);
    (seen != [0; 3] && seen < rgb(Theme::LIGHT.palette.navigation)).then_some(())
}

fn is_free(hands: &Hands<'_>) -> Option<()> {
    (menu(hands) == rgb(Theme::LIGHT.palette.navigation)).then_some(())
}

/// Types the PIN into the sheet of a login, until the sheet has gone.
fn log_in(hands: &Hands<'_>) {
    let again = || {
        hands.write(PIN);
        hands.press("Return");
    };
    until("the login", || is_free(hands), again);
}

/// Every customer of the store is known by an earlier login; the second bank's card is in the first reader.
async fn three_customers(kh: &House, kdb: &House, service: &Pcscd) -> Vec<(CustomerKey, String)> {
    kh.left("window").await;
    let token = TokenConfig::Software(kh.key_file("Kovács"));
    let at_kh = Client::open(Options { data: kh.client_folder("window"), token }).unwrap();
    let lines = at_kh.connections().await.unwrap();
    let names: Vec<&str> = lines.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(
        names,
        ["K&H Bank", "KDB Bank"],
        "the first bank is still there, though nobody had used it yet"
    );
    let _ = at_kh.log_in(Pin::new(PIN), false).await.unwrap();
    let at_kdb = at_kh.of_connection(lines[1].key).await.unwrap();
    for user in ["Kovács", "Minta"] {
        let path = kdb.key_file(user);
        at_kdb.choose_own_token(Some(TokenChoice::File { path })).await.unwrap();
        let _ = at_kdb.log_in(Pin::new(PIN), false).await.unwrap();
        at_kdb.sync().await.unwrap();
        at_kdb.log_out().await;
    }
    at_kh.sync().await.unwrap();
    at_kdb.choose_own_token(Some(TokenChoice::Reader { name: service.reader() })).await.unwrap();
    let all = at_kh.customers_of_all().await.unwrap();
    let _ = at_kh.show_customer(all[0].key).await.unwrap();
    at_kh.log_out().await;
    all.into_iter().map(|one| (one.key, format!("{} · {}", one.bank, one.customer.name))).collect()
}

/// Records an order between own accounts, signs and sends it; gives its package once the bank has executed it.
async fn pays(hands: &Hands<'_>, store: &Path, house: &House, customer: CustomerKey) -> PackageId {
    let accent = rgb(Theme::LIGHT.palette.accent);
    let is_own = || (hands.display.colour(SAVE.0, SAVE.1) == accent).then_some(());
    // From the first empty field over account and template to the type: its second line.
    until("the form of own accounts", is_own, || {
        hands.press("F2 shift+Tab shift+Tab shift+Tab Up Up Up Down")
    });
    hands.press("Tab Tab Tab Down Down Tab");
    hands.write("350e");
    let recorded = format!(
        "SELECT lower(hex(packages.id)) FROM orders JOIN packages ON packages.key = orders.package
        WHERE orders.order_type = 'HVE' AND packages.customer = {}",
        customer.0
    );
    let package = until("the order is recorded", || stored(store, &recorded), || hands.press("ctrl+s"));
    let state = format!("SELECT state FROM packages WHERE lower(hex(id)) = '{package}'");
    let signed = || stored(store, &state).filter(|state| state == "signed");
    until("the package is signed", signed, || {
        hands.press("F8");
        hands.write(PIN);
        hands.press("Return");
    });
    let package = package.parse().expect("a package's number");
    let start = Instant::now();
    while house.inspect(package).await["executed"] != json!(1) {
        assert!(start.elapsed() < PATIENCE, "the bank does not have it");
        // The sheet asks whether to send it now.
        hands.press("Return");
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    package
}

/// Each package is at its own bank, once, and unknown at the other one.
async fn only_at(own: &House, other: &House, package: PackageId) {
    let (here, there) = (own.inspect(package).await, other.inspect(package).await);
    assert_eq!((&here["receipts"], &here["executed"]), (&json!(1), &json!(1)), "{here}");
    assert_eq!((&there["receipts"], &there["arrivals"]), (&json!(0), &json!([])), "{there}");
}

#[test]
fn two_banks_are_paid_from_one_window_each_with_its_own_card() {
    isolated("two_banks_are_paid_from_one_window_each_with_its_own_card", || {
        run(async {
            let (kh, kdb) = (House::start("kh").await, House::start("kdb").await);
            let service = Pcscd::start().unwrap();
            let (mut at_kh, mut at_kdb) = (card(&kh), card(&kdb));
            at_kdb.insert(service.slot()).unwrap();
            at_kh.insert(service.second_slot()).unwrap();
            // Connected to the first bank, and nobody has logged in there yet.
            drop(kh.client("window", "Kovács").await);
            kh.left("window").await;
            let data = kh.client_folder("window");
            let store = client::store_path(&data);
            let display = Display::start();

            let (first, hands) = window(&display, &service, &data, &["--screen", "connections"]);
            until("the sheet of the login", || is_dimmed(&hands), || {});
            until("the place of the banks", || is_free(&hands), || hands.press("Escape"));
            let connected = || stored(&store, "SELECT name FROM connections WHERE name = 'KDB Bank'");
            until("the second bank", connected, || {
                hands.press("Insert ctrl+a");
                hands.write(text(&kdb.connection_file()));
                hands.press("Return");
            });
            drop(first);

            let customers = three_customers(&kh, &kdb, &service).await;
            assert_eq!(customers.len(), 3, "{customers:?}");
            kh.left("window").await;
            let (_window, hands) = window(&display, &service, &data, &[]);
            until("the sheet of the login", || is_dimmed(&hands), || {});
            let company = kdb.demo["customers"][0]["customer"]["name"].as_str().unwrap();
            let there =
                customers.iter().position(|(_, name)| *name == format!("KDB Bank · {company}")).unwrap();
            let says = |at: usize| hands.title().starts_with(&customers[at].1).then_some(());
            until("the title names the customer", || says(0), || {});
            log_in(&hands);
            let here = pays(&hands, &store, &kh, customers[0].0).await;

            // The other customer, at whose bank nobody is logged in yet.
            let digit = format!("ctrl+{}", there + 1);
            until(
                "the other bank's customer",
                || says(there),
                || {
                    hands.press("Escape");
                    hands.press(&digit);
                },
            );
            until("the sheet of the other login", || is_dimmed(&hands), || hands.press("F5"));
            log_in(&hands);
            let other = pays(&hands, &store, &kdb, customers[there].0).await;
            only_at(&kh, &kdb, here).await;
            only_at(&kdb, &kh, other).await;

            // Back to the first one, whose session has stayed open: no login is asked for.
            until(
                "the first customer again",
                || says(0),
                || {
                    hands.press("Escape");
                    hands.press("ctrl+1");
                },
            );
            assert_eq!(is_free(&hands), Some(()));
            assert_eq!((at_kh.tries_left(), at_kdb.tries_left()), (5, 5), "no PIN went to the other card");
            assert!(kh.ledger_is_balanced().await && kdb.ledger_is_balanced().await);
        });
    });
}
