//! The real window on a private desktop: it follows the system's colours while it runs, and the system tells what
//! happens while somebody looks elsewhere, without a word of money or people.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use desktop::design::theme::Theme;
use harness::desktop_bus::DesktopBus;
use harness::display::Display;
use harness::house::{House, PIN, program};
use harness::person::Person;
use harness::seat::Seat;
use harness::story::run;
use uuid::Uuid;

const PATIENCE: Duration = Duration::from_secs(90);

/// Ends its process with the test.
struct Ending(Child);

impl Drop for Ending {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn window(display: &Display, bus: &DesktopBus, data: &Path, more: &[&str]) -> Ending {
    let mut command: Command = display.command(&program("kapocs"));
    command.env("DBUS_SESSION_BUS_ADDRESS", bus.address()).args(["--lang", "hu", "--data"]).arg(data);
    let child = command.args(more).stdout(Stdio::null()).spawn().expect("kapocs starts");
    Ending(child)
}

/// Waits until it is so.
async fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "{what}");
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
}

/// Processor time of a process so far, from the system's table (ticks of 10 ms).
fn processor_ticks(process: &Child) -> u64 {
    let table = std::fs::read_to_string(format!("/proc/{}/stat", process.id())).expect("it runs");
    let fields: Vec<&str> = table.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    [11, 12].map(|at| fields[at].parse::<u64>().expect("a number")).iter().sum()
}

/// Red, green and blue of a theme's panels, which the top bar is one of.
fn panel(theme: &Theme) -> [u8; 3] {
    let [red, green, blue, _] = theme.palette.panel.into_rgba8();
    [red, green, blue]
}

#[test]
fn the_window_follows_the_systems_colours_while_it_runs() {
    run(async {
        let (display, bus) = (Display::start(), DesktopBus::start().await);
        bus.set("color-scheme", 1).await;
        let folder = tempfile::tempdir().unwrap();
        let window = window(&display, &bus, folder.path(), &["--no-token"]);
        let id = display.window("Kapocs");
        // The connection's sheet would dim the page.
        display.xdotool(&["windowfocus", &id]);
        let shows = |theme: &Theme| {
            display.xdotool(&["key", "Escape"]);
            display.colour(640, 3) == panel(theme)
        };
        eventually("dark at the start", || shows(&Theme::DARK)).await;
        bus.set("color-scheme", 2).await;
        eventually("light", || shows(&Theme::LIGHT)).await;
        bus.set("contrast", 1).await;
        eventually("high contrast", || shows(&Theme::HIGH_CONTRAST)).await;
        bus.set("color-scheme", 1).await;
        bus.set("contrast", 0).await;
        eventually("dark again", || shows(&Theme::DARK)).await;
        assert_eq!(bus.told(), [], "nothing happened");

        // Nothing moves, nothing is drawn: a frame would cost a tick (10 ms) or more.
        tokio::time::sleep(Duration::from_secs(2)).await;
        let before = processor_ticks(&window.0);
        tokio::time::sleep(Duration::from_secs(10)).await;
        let used = processor_ticks(&window.0) - before;
        assert!(used <= 3, "{used} ticks of processor time in 10 s without anything to do");

        let class = String::from_utf8_lossy(&display.ask("xprop", &["-id", &id, "WM_CLASS"])).into_owned();
        assert!(class.contains("hu.kapocs.Kapocs"), "{class}");
        let icon = String::from_utf8_lossy(&display.ask("xprop", &["-id", &id, "_NET_WM_ICON"])).into_owned();
        assert!(icon.contains("64 x 64"), "{icon}");
    });
}

#[test]
fn what_happens_while_nobody_looks_is_told_by_kind_and_number_alone() {
    run(async {
        let (display, bus) = (Display::start(), DesktopBus::start().await);
        let house = House::start("kh").await;
        let data = house.client_folder("window");
        // Connected before, as by an earlier start.
        drop(house.client("window", "Kovács").await);
        let key = house.key_file("Kovács");
        let _window = window(&display, &bus, &data, &["--token-file", key.to_str().unwrap()]);
        let id = display.window("Kapocs");
        // Until the login's sheet is open, what is typed goes nowhere.
        let logged_in = || {
            let log = std::fs::read_dir(data.join("logs")).into_iter().flatten().filter_map(Result::ok);
            log.filter_map(|file| std::fs::read_to_string(file.path()).ok())
                .any(|text| text.contains("logged in"))
        };
        eventually("the login", || {
            display.xdotool(&["windowfocus", &id]);
            display.xdotool(&["key", "--repeat", "10", "BackSpace"]);
            display.xdotool(&["type", "--delay", "30", PIN]);
            display.xdotool(&["key", "Return"]);
            std::thread::sleep(Duration::from_secs(3));
            logged_in()
        })
        .await;

        let peter = Person::of(&house, "Nagy");
        let seat = Seat::of(&house, &peter).await;
        let share = async |amount| {
            let parcel = seat.parcel(&house, amount, &[&peter]);
            seat.share(&parcel, Uuid::new_v4(), None).await.unwrap();
        };
        // In sight: the window says it itself.
        share(987_654).await;
        tokio::time::sleep(Duration::from_secs(5)).await;
        assert_eq!(bus.told(), [], "the window has the focus");

        display.look_away();
        for amount in [123_456, 123_457, 123_458] {
            share(amount).await;
        }
        let count = || {
            let numbers = bus.told().into_iter().filter_map(|told| match told.summary.split(' ').next()? {
                "Egy" => Some(1),
                number => number.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok(),
            });
            numbers.sum::<u32>()
        };
        eventually("all three are told", || count() == 3).await;
        let told = bus.told();
        assert!(told.len() < 3, "told together: {told:?}");
        for one in &told {
            assert_eq!((one.program.as_str(), one.icon.as_str()), ("Kapocs", "hu.kapocs.Kapocs"));
            assert_eq!(one.desktop_entry.as_deref(), Some("hu.kapocs.Kapocs"));
            let words = format!("{} {}", one.summary, one.body);
            for secret in ["12345", "123", "Őrségi", "Nagy", "Közös", "Kovács"] {
                assert!(!words.contains(secret), "{words}");
            }
        }
    });
}
