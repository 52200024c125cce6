//! What a fresh machine lacks: Debian packages and cargo's companions.

use std::process::Command;

use crate::TaskError;
use crate::process::{cargo, run, succeeds};

/// A program or file that shows that a package is there, and the package.
type Need = (&'static str, &'static str);

/// Needed to build: a C compiler, PC/SC's headers, keyboard handling of the window.
const BUILD: [Need; 4] = [
    ("/usr/bin/cc", "gcc"),
    ("/usr/bin/pkg-config", "pkg-config"),
    ("/usr/include/PCSC/winscard.h", "libpcsclite-dev"),
    ("/usr/share/doc/libxkbcommon-x11-0", "libxkbcommon-x11-0"),
];

/// Needed to draw without a display, and by the window at run time.
const WINDOW: [Need; 5] = [
    ("/usr/bin/Xvfb", "xvfb"),
    ("/usr/bin/xdotool", "xdotool"),
    ("/usr/share/doc/imagemagick", "imagemagick"),
    ("/usr/share/doc/libxcursor1", "libxcursor1"),
    ("/usr/share/doc/libxi6", "libxi6"),
];

/// Needed by tests with real parts: card service, independent card tools, OpenSSL, XML schema checking.
const TESTS: [Need; 10] = [
    ("/usr/sbin/pcscd", "pcscd"),
    ("/usr/share/doc/vsmartcard-vpcd", "vsmartcard-vpcd"),
    ("/usr/bin/opensc-tool", "opensc"),
    ("/usr/share/doc/opensc-pkcs11", "opensc-pkcs11"),
    ("/usr/bin/softhsm2-util", "softhsm2"),
    ("/usr/bin/yubico-piv-tool", "yubico-piv-tool"),
    ("/usr/bin/openssl", "openssl"),
    ("/usr/bin/dbus-daemon", "dbus-daemon"),
    ("/usr/bin/xwininfo", "x11-utils"),
    ("/usr/bin/xmllint", "libxml2-utils"),
];

/// Needed to open the web client as people do.
const BROWSER: [Need; 2] = [("/usr/bin/chromium", "chromium"), ("/usr/bin/chromedriver", "chromium-driver")];

/// Needed to build for Windows: Debian's own Rust with its library's sources, a C compiler, the installer's maker.
const WINDOWS: [Need; 6] = [
    ("/usr/share/doc/rustc-web", "rustc-web"),
    ("/usr/share/doc/cargo-web", "cargo-web"),
    ("/usr/share/doc/rust-web-src", "rust-web-src"),
    ("/usr/share/doc/libstd-rust-web-dev", "libstd-rust-web-dev"),
    ("/usr/bin/x86_64-w64-mingw32-gcc", "gcc-mingw-w64-x86-64"),
    ("/usr/bin/makensis", "nsis"),
];

/// Needed to try the Windows programs here: Wine (everything is 64-bit, so is it), what reads their pictures, and what
/// signs them.
const WINE: [Need; 6] = [
    ("/usr/lib/wine/wine64", "wine64"),
    ("/usr/bin/wine", "wine"),
    ("/usr/bin/tesseract", "tesseract-ocr"),
    ("/usr/share/doc/tesseract-ocr-hun", "tesseract-ocr-hun"),
    ("/usr/bin/osslsigncode", "osslsigncode"),
    ("/usr/bin/openssl", "openssl"),
];

/// Everything that building and showing the window needs.
pub fn for_demo(card: bool) -> Result<(), TaskError> {
    let mut needs: Vec<Need> = BUILD.to_vec();
    if card {
        needs.extend(&TESTS[..2]);
    }
    packages(&needs)
}

/// Everything that the tests need.
pub fn for_tests() -> Result<(), TaskError> {
    packages(&[&BUILD[..], &WINDOW, &TESTS, &BROWSER].concat())?;
    companion("nextest", "cargo-nextest")?;
    companion("deny", "cargo-deny")
}

/// Everything that drawing screenshots of the window and the web client needs.
pub fn for_pictures() -> Result<(), TaskError> {
    packages(&[&BUILD[..], &WINDOW, &BROWSER].concat())
}

/// Everything that building for Windows needs, and running the result with Wine.
pub fn for_windows(run: bool) -> Result<(), TaskError> {
    let needs = if run { [&WINDOWS[..], &WINE, &BUILD, &WINDOW].concat() } else { WINDOWS.to_vec() };
    if !cfg!(target_os = "linux") {
        let names: Vec<&str> = needs.iter().map(|(_, name)| *name).collect();
        return Err(TaskError::NotDebian(names.join(" ")));
    }
    packages(&needs)
}

fn packages(needs: &[Need]) -> Result<(), TaskError> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let missing: Vec<&str> = needs
        .iter()
        .filter(|(sign, _)| !std::path::Path::new(sign).exists())
        .map(|(_, name)| *name)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    let by_hand = format!("sudo apt-get update && sudo apt-get install -y --no-install-recommends {list}");
    if !succeeds("apt-get", &["--version"]) {
        return Err(TaskError::Packages(format!("{by_hand}   (names as in Debian)")));
    }
    let as_root = succeeds("sh", &["-c", "[ \"$(id -u)\" = 0 ]"]);
    if !as_root && !succeeds("sudo", &["-n", "true"]) {
        return Err(TaskError::Packages(by_hand));
    }
    let script = format!(
        "export DEBIAN_FRONTEND=noninteractive; apt-get update -qq && \
         apt-get install -y -qq --no-install-recommends {list}"
    );
    let mut command = if as_root { Command::new("sh") } else { Command::new("sudo") };
    let command = if as_root { &mut command } else { command.args(["-n", "sh"]) };
    let _ = command.args(["-c", &script]).stdout(std::process::Stdio::null());
    run(&format!("install {list}"), command)
}

/// A cargo subcommand, installed from the registry if missing.
fn companion(subcommand: &str, package: &str) -> Result<(), TaskError> {
    if cargo(&[subcommand, "--version"]).output().is_ok_and(|o| o.status.success()) {
        return Ok(());
    }
    run(&format!("install {package}"), &mut cargo(&["install", "--locked", package]))
}
