//! `cargo xtask screenshots`: every screen as people see it; `cargo xtask pictures`: parts of them in rare states.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::demo::temporary;
use crate::display::Display;
use crate::process::{Profile, build, cargo, end, root, run, target_directory};
use crate::{TaskError, setup};

/// Which screenshots are drawn.
#[derive(clap::Args)]
pub struct ScreenshotArguments {
    /// Only screens whose name contains this.
    #[arg(long, default_value = "")]
    only: String,
    /// Where to; otherwise assets/screenshots.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Wait so many times longer for each screen, on a busy machine.
    #[arg(long, default_value_t = 1)]
    patience: u32,
}

/// Where single screens are drawn to.
#[derive(clap::Args)]
pub struct PictureArguments {
    /// The folder; otherwise one of the target folder.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// A picture of the gallery.
struct Picture {
    name: &'static str,
    opens: Opens,
    theme: &'static str,
    /// Keys pressed once the screen has loaded, as xdotool names them; those in one word with spaces at once.
    keys: &'static [&'static str],
}

/// What the window opens.
#[derive(Clone, Copy)]
enum Opens {
    /// A place of the demo, by its `--screen`, with somebody logged in.
    Screen(&'static str),
    /// The same before the login.
    Login(&'static str),
    /// A place of the demo of two banks and three customers, with somebody logged in at the first bank.
    Several(&'static str),
    /// A page of the gallery of made-up states, by its `--gallery`.
    Gallery(&'static str),
}

const fn picture(name: &'static str, screen: &'static str) -> Picture {
    Picture { name, opens: Opens::Screen(screen), theme: "light", keys: &[] }
}

/// A place where the store has several customers.
const fn several(name: &'static str, screen: &'static str) -> Picture {
    Picture { opens: Opens::Several(screen), ..picture(name, screen) }
}

/// A made-up state of the token, which needs no card.
const fn made_up(name: &'static str) -> Picture {
    Picture { opens: Opens::Gallery(name), ..picture(name, "") }
}

/// From the search field over two buttons and the header into the list. Of the prepared packages the first two are
/// elsewhere; the third waits for a signature.
const INTO_LIST: &str = "ctrl+f Tab Tab Tab Tab";

const PICTURES: [Picture; 83] = [
    picture("overview", "overview"),
    picture("new-order", "order"),
    // From the package's choice to the type's, and down its list; then the accounts and the amount. A chosen payee leads
    // to the amount by itself.
    Picture {
        keys: &["ctrl+k Tab", "Down", "Tab Tab Up Tab Down Down Down Tab 3 5 0 e Tab"],
        ..picture("order-own", "order")
    },
    Picture {
        keys: &["ctrl+k Tab", "Down", "Down", "Tab Tab Up", "Tab", "D u n a", "Down Return", "2 5 M Tab"],
        ..picture("order-viber", "order")
    },
    Picture { keys: &[INTO_LIST, "Down Down"], ..picture("packages", "prepared") },
    Picture { keys: &[INTO_LIST, "Down Down"], theme: "dark", ..picture("packages-dark", "prepared") },
    Picture { keys: &[INTO_LIST, "Down Down", "F8"], ..picture("signing", "prepared") },
    picture("sent", "sent"),
    picture("shared", "shared"),
    Picture { theme: "dark", ..picture("shared-dark", "shared") },
    Picture { keys: &["F7"], ..picture("shared-taken", "shared") },
    Picture { keys: &[INTO_LIST, "Down Down", "F7"], ..picture("sharing", "prepared") },
    picture("accounts", "accounts"),
    picture("partners", "partners"),
    picture("templates", "templates"),
    picture("import", "import"),
    picture("token", "token"),
    picture("connections", "connections"),
    picture("journal", "journal"),
    picture("administration", "admin-orders"),
    Picture { keys: &["F2"], ..picture("administration-kinds", "admin-orders") },
    Picture { keys: &["F2", "Return"], ..picture("administration-form", "admin-orders") },
    picture("users", "users"),
    picture("messages", "messages"),
    picture("settings", "settings"),
    Picture { theme: "contrast", ..picture("settings-contrast", "settings") },
    Picture { opens: Opens::Login("overview"), ..picture("login", "") },
    Picture { keys: &[INTO_LIST, "shift+End", "F8"], ..picture("signing-many", "prepared") },
    made_up("locked-no-card"),
    made_up("locked-present"),
    made_up("token-no-service"),
    made_up("token-remote"),
    made_up("token-no-reader"),
    made_up("token-no-card"),
    made_up("token-foreign"),
    made_up("token-busy"),
    made_up("token-new"),
    made_up("token-transport-typed"),
    made_up("token-logged-in"),
    made_up("token-software"),
    made_up("token-ending-logged-in"),
    made_up("token-near"),
    made_up("token-urgent"),
    made_up("token-expired"),
    made_up("token-change-differs"),
    made_up("token-last-try"),
    made_up("token-blocked"),
    made_up("token-asked"),
    made_up("token-asked-slip"),
    made_up("token-asked-new"),
    made_up("token-lapsed"),
    made_up("token-dead"),
    made_up("token-choose"),
    made_up("token-renewing"),
    made_up("customers-choice"),
    made_up("customers-choice-typed"),
    made_up("customers-everyone"),
    made_up("customers-connections"),
    made_up("customers-connections-kept"),
    several("several-overview", "overview"),
    several("several-everyone", "everyone"),
    Picture { keys: &["ctrl+u"], ..several("several-choice", "overview") },
    several("several-order", "order"),
    several("several-packages", "prepared"),
    several("several-sent", "sent"),
    several("several-shared", "shared"),
    several("several-accounts", "accounts"),
    several("several-partners", "partners"),
    several("several-templates", "templates"),
    several("several-messages", "messages"),
    several("several-users", "users"),
    several("several-administration", "admin-orders"),
    several("several-token", "token"),
    several("several-connections", "connections"),
    several("several-journal", "journal"),
    several("several-settings", "settings"),
    made_up("partners-choose"),
    made_up("partners-new"),
    made_up("partners-changed"),
    made_up("partners-clash"),
    made_up("partners-refused"),
    made_up("partners-write"),
    made_up("partners-written"),
];

/// The banks of the demo with several customers.
const BANKS: &str = "kh,kdb";

/// Time in which a window has shown itself, logged in and loaded its screen, on a slow machine.
const LOADING: Duration = Duration::from_secs(9);

/// A home of the pictures' own: the window shows where it keeps its files, and no developer's folder may come into a
/// picture.
struct Home(PathBuf);

impl Home {
    fn of(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// Where a user's store usually lies.
    fn data(&self) -> PathBuf {
        self.0.join(".local/share/kapocs")
    }

    /// Takes the demo's client in as it was at the beginning: what one picture leaves behind, such as a draft, is not
    /// in the next.
    fn move_in(&self, client: &Path) -> Result<(), TaskError> {
        let data = self.data();
        let failed = |e| TaskError::File(data.display().to_string(), e);
        if data.exists() {
            std::fs::remove_dir_all(&data).map_err(failed)?;
        }
        std::fs::create_dir_all(data.parent().unwrap_or(&self.0)).map_err(failed)?;
        run("the demo's client", Command::new("cp").arg("-a").arg(client).arg(&data))
    }
}

/// What all pictures share.
struct Studio<'a> {
    binaries: &'a Path,
    folder: &'a Path,
    home: Home,
    display: Display,
    patience: u32,
}

/// Draws what the tests of single screens can show of rare states, for somebody to look at.
pub fn pictures(arguments: &PictureArguments) -> Result<(), TaskError> {
    setup::for_tests()?;
    let out = match &arguments.out {
        Some(out) => out.clone(),
        None => target_directory()?.join("pictures"),
    };
    std::fs::create_dir_all(&out).map_err(|e| TaskError::File(out.display().to_string(), e))?;
    let out = std::path::absolute(&out).map_err(|e| TaskError::File(out.display().to_string(), e))?;
    let tests = ["nextest", "run", "--package", "kapocs-desktop", "--run-ignored", "only", "pictures"];
    run("pictures", cargo(&tests).env("KAPOCS_PICTURES", &out))?;
    println!("{}", out.display());
    Ok(())
}

/// Draws every screen in both languages at 1280×720.
pub fn screenshots(arguments: &ScreenshotArguments) -> Result<(), TaskError> {
    setup::for_pictures()?;
    let binaries = build(&["kapocs-bank", "kapocs-desktop", "kapocs-cli", "kapocs-tests"], Profile::Dev)?;
    let folder = temporary("screenshots");
    let out = arguments.out.clone().unwrap_or_else(|| root().join("assets/screenshots"));
    let result = draw_all(&binaries, &folder, &out, arguments).and_then(|()| {
        let mut web = Command::new(binaries.join("web-pictures"));
        let _ = web.arg("--out").arg(&out).args(["--only", &arguments.only]);
        run("pictures of the web client", &mut web)
    });
    if folder.exists()
        && let Err(error) = std::fs::remove_dir_all(&folder)
    {
        eprintln!("{}: {error}", folder.display());
    }
    result
}

fn draw_all(
    binaries: &Path,
    folder: &Path,
    out: &Path,
    arguments: &ScreenshotArguments,
) -> Result<(), TaskError> {
    let mut prepare = Command::new(binaries.join("kapocs-cli"));
    let _ = prepare.args(["demo", "--sample", "--keep"]).arg(folder).stdout(Stdio::null());
    run("sample data", &mut prepare)?;
    let wanted = || PICTURES.iter().filter(|picture| picture.name.contains(&arguments.only));
    let several = folder.join("several");
    if wanted().any(|picture| matches!(picture.opens, Opens::Several(_))) {
        let mut prepare = Command::new(binaries.join("kapocs-cli"));
        let _ = prepare.args(["demo", "--profile", BANKS, "--keep"]).arg(&several).stdout(Stdio::null());
        run("data of several customers", &mut prepare)?;
    }
    let home = Home::of(folder);
    let display = Display::start()?;
    let studio = Studio { binaries, folder, home, display, patience: arguments.patience.max(1) };
    for language in ["hu", "en"] {
        for picture in wanted() {
            let file = out.join(language).join(format!("{}.png", picture.name));
            studio.draw(picture, language, &file)?;
        }
    }
    Ok(())
}

impl Studio<'_> {
    fn draw(&self, picture: &Picture, language: &str, file: &Path) -> Result<(), TaskError> {
        let longest = LOADING * self.patience;
        let failed = |e| TaskError::File(file.display().to_string(), e);
        if let Some(parent) = file.parent() {
            std::fs::create_dir_all(parent).map_err(failed)?;
        }
        let mut command = Command::new(self.binaries.join("kapocs"));
        let _ = command.args(["--lang", language, "--theme", picture.theme]);
        let loading = match picture.opens {
            Opens::Gallery(page) => {
                let _ = command.args(["--gallery", page]);
                longest / 4
            }
            Opens::Screen(screen) | Opens::Login(screen) => {
                self.home.move_in(&self.folder.join("client"))?;
                let _ = command.args(["--demo", "--screen", screen]);
                let _ = command.arg("--demo-data").arg(self.folder).arg("--data").arg(self.home.data());
                longest
            }
            Opens::Several(screen) => {
                let several = self.folder.join("several");
                self.home.move_in(&several.join("client"))?;
                let _ = command.args(["--demo", "--profile", BANKS, "--screen", screen]);
                let _ = command.arg("--demo-data").arg(&several).arg("--data").arg(self.home.data());
                longest
            }
        };
        if matches!(picture.opens, Opens::Screen(_) | Opens::Several(_)) {
            let _ = command.arg("--auto-login");
        }
        let start = |source| TaskError::Start { program: "kapocs".to_owned(), source };
        // Nothing of the developer's own desktop comes into a picture.
        let _ = command.env("DBUS_SESSION_BUS_ADDRESS", "disabled:").env("HOME", &self.home.0);
        let mut window = command.env("DISPLAY", &self.display.name).spawn().map_err(start)?;
        // The window shows itself at once; data, login and the screen's own loading follow.
        std::thread::sleep(loading);
        for key in picture.keys {
            let mut press = Command::new("xdotool");
            // Without a window manager nobody gives the window the keyboard.
            let _ = press.args(["search", "--onlyvisible", "--name", "Kapocs", "windowfocus", "key"]);
            let _ = press.args(key.split(' '));
            run(key, press.env("DISPLAY", &self.display.name))?;
            std::thread::sleep(longest / 3);
        }
        let grabbed = run(
            &file.display().to_string(),
            Command::new("import").args(["-display", &self.display.name, "-window", "root"]).arg(file),
        );
        end(&mut window);
        grabbed
    }
}
