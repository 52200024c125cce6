//! `cargo xtask test`: what CI runs, in the order in which failures are cheapest.

use crate::process::{cargo, run};
use crate::{TaskError, setup, windows};

/// Formatting, licences and sources, lints, the Windows target, then every test. The last line is the runner's summary.
fn checks_and_tests() -> Result<(), TaskError> {
    run("formatting", &mut cargo(&["fmt", "--all", "--", "--check"]))?;
    run("licences, bans, sources", &mut cargo(&["deny", "check", "bans", "licenses", "sources"]))?;
    run(
        "lints",
        &mut cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"]),
    )?;
    // A machine without Debian's toolchain still tests everything else.
    match setup::for_windows(false) {
        Ok(()) => windows::check()?,
        Err(why) => eprintln!("── Windows check left out: {why}"),
    }
    // The end-to-end tests start these programs; nextest builds only what tests link.
    run("programs", &mut cargo(&["build", "--workspace", "--bins", "--locked"]))?;
    run("tests", &mut cargo(&["nextest", "run", "--workspace", "--locked", "--no-fail-fast"]))
}

/// Sets up what is missing, then everything that CI runs.
pub fn everything() -> Result<(), TaskError> {
    setup::for_tests()?;
    checks_and_tests()
}
