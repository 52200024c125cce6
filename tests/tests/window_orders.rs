//! An order typed by keyboard alone into the real window, signed and sent there: what the bank then executes is what
//! was typed.

use std::process::Stdio;
use std::time::{Duration, Instant};

use desktop::design::theme::Theme;
use harness::display::Display;
use harness::hands::{Ending, Hands, PATIENCE, stored, until};
use harness::house::{House, PIN, program};
use iced::Color;
use serde_json::json;

/// A point inside the button that saves the form of a transfer between own accounts, beside its words.
const SAVE: (u32, u32) = (360, 525);
/// A point of the menu where nothing is written, and beside the messages at its foot.
const MENU: (u32, u32) = (208, 600);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_is_moved_between_own_accounts_by_keyboard_alone() {
    let house = House::start("kh").await;
    drop(house.logged_in("window", "Kovács").await);
    let data = house.client_folder("window");
    let store = client::store_path(&data);
    let display = Display::start();
    let mut command = display.command(&program("kapocs"));
    command.env("DBUS_SESSION_BUS_ADDRESS", "disabled:").args(["--lang", "hu", "--theme", "light"]);
    command.args(["--screen", "order", "--data"]).arg(&data);
    command.arg("--token-file").arg(house.key_file("Kovács"));
    let window = command.stdout(Stdio::null()).spawn().expect("kapocs starts");
    let _window = Ending(window);
    let hands = Hands { display: &display, window: display.window("^Kapocs") };

    let rgb = |colour: Color| {
        let [red, green, blue, _] = colour.into_rgba8();
        [red, green, blue]
    };
    let palette = &Theme::LIGHT.palette;
    let menu = || display.colour(MENU.0, MENU.1);
    // A sheet dims what is behind it; before the window is there, everything is black or white.
    let dimmed = |colour: [u8; 3]| colour != [0; 3] && colour < rgb(palette.navigation);
    until("the sheet of the login", || dimmed(menu()).then_some(()), || {});
    until(
        "the login",
        || (menu() == rgb(palette.navigation)).then_some(()),
        || {
            hands.write(PIN);
            hands.press("Return");
        },
    );
    let is_own = || (display.colour(SAVE.0, SAVE.1) == rgb(palette.accent)).then_some(());
    // From the first empty field over account and template to the type: its second line.
    until("the form of own accounts", is_own, || {
        hands.press("F2 shift+Tab shift+Tab shift+Tab Up Up Up Down")
    });
    hands.press("Tab Tab Tab Down Down Tab");
    hands.write("350e");
    let recorded = "SELECT lower(hex(packages.id)) FROM orders JOIN packages ON packages.key = orders.package
        WHERE orders.order_type = 'HVE'";
    let package = until("the order is recorded", || stored(&store, recorded), || hands.press("ctrl+s"));

    let state = format!("SELECT state FROM packages WHERE lower(hex(id)) = '{package}'");
    let signed = || stored(&store, &state).filter(|state| state == "signed");
    until("the package is signed", signed, || {
        hands.press("F8");
        hands.write(PIN);
        hands.press("Return");
    });
    let id = package.parse().expect("a package's number");
    let start = Instant::now();
    while house.inspect(id).await["executed"] != json!(1) {
        assert!(start.elapsed() < PATIENCE, "the bank does not have it");
        // The sheet asks whether to send it now.
        hands.press("Return");
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    assert_eq!(stored(&store, "SELECT count(*) || '' FROM orders").as_deref(), Some("1"));
    assert!(house.ledger_is_balanced().await);
}
