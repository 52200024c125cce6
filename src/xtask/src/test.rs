//! `cargo xtask test`: what CI runs, in the order in which failures are cheapest, and where its time goes.

use std::io::{BufRead, BufReader, IsTerminal};
use std::process::Stdio;

use crate::process::{cargo, root, run};
use crate::times::{Steps, slowest};
use crate::{TaskError, setup, windows};

/// Tests that the table of the slowest has.
const SLOWEST: usize = 30;

/// Where the runner reports, whatever cargo's target folder is.
const REPORT: &str = "target/nextest/default/junit.xml";

/// Sets up what is missing, then everything that CI runs. The last line is the runner's summary.
pub fn everything() -> Result<(), TaskError> {
    let mut steps = Steps::begin();
    let checked = steps.take("setup", setup::for_tests).and_then(|()| checks(&mut steps));
    match checked {
        Ok(()) => tests(steps),
        Err(error) => {
            eprint!("{steps}");
            Err(error)
        }
    }
}

/// Formatting, licences and sources, lints, the Windows target; and everything that the tests start.
fn checks(steps: &mut Steps) -> Result<(), TaskError> {
    let mut step =
        |name: &'static str, arguments: &[&str]| steps.take(name, || run(name, &mut cargo(arguments)));
    step("formatting", &["fmt", "--all", "--", "--check"])?;
    step("licences, bans, sources", &["deny", "check", "bans", "licenses", "sources"])?;
    step("lints", &["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"])?;
    // Outside the workspace, so nothing else would notice that they no longer fit.
    step("fuzz targets", &["check", "--manifest-path", "fuzz/Cargo.toml", "--locked"])?;
    // A machine without Debian's toolchain still tests everything else.
    match setup::for_windows(false) {
        Ok(()) => steps.take("Windows", windows::check)?,
        Err(why) => eprintln!("── Windows check left out: {why}"),
    }
    let mut step =
        |name: &'static str, arguments: &[&str]| steps.take(name, || run(name, &mut cargo(arguments)));
    // The end-to-end tests start these programs; nextest builds only what tests link.
    step("programs", &["build", "--workspace", "--bins", "--locked"])?;
    step("building the tests", &["nextest", "run", "--workspace", "--locked", "--no-run"])
}

/// Runs every test. What the runner says from its summary on is held back until the times are shown.
fn tests(mut steps: Steps) -> Result<(), TaskError> {
    let report = root().join(REPORT);
    if report.exists() {
        // Times of a run before this one would be shown as this one's if the runner ended early.
        std::fs::remove_file(&report).map_err(|e| TaskError::File(report.display().to_string(), e))?;
    }
    let mut held = String::new();
    let result = steps.take("tests", || run_tests(&mut held));
    eprint!("{steps}");
    let slowest = slowest(&std::fs::read_to_string(&report).unwrap_or_default(), SLOWEST);
    eprintln!("── the {} slowest tests", slowest.len());
    for test in &slowest {
        eprintln!("{:>9.1} s  {}  {}", test.seconds, test.binary, test.name);
    }
    eprint!("{held}");
    result
}

fn run_tests(held: &mut String) -> Result<(), TaskError> {
    eprintln!("── tests");
    let failed = |source| TaskError::Start { program: "cargo nextest".to_owned(), source };
    let color = if std::io::stderr().is_terminal() { "always" } else { "never" };
    let arguments = ["nextest", "run", "--workspace", "--locked", "--no-fail-fast", "--color", color];
    let mut runner = cargo(&arguments).stderr(Stdio::piped()).spawn().map_err(failed)?;
    let mut output = runner.stderr.take().map(BufReader::new);
    let mut line = Vec::new();
    while let Some(output) = &mut output
        && output.read_until(b'\n', &mut line).map_err(failed)? > 0
    {
        let text = String::from_utf8_lossy(&line);
        if held.is_empty() && !is_summary(&text) {
            eprint!("{text}");
        } else {
            held.push_str(&text);
        }
        line.clear();
    }
    if runner.wait().map_err(failed)?.success() { Ok(()) } else { Err(TaskError::Step("tests".to_owned())) }
}

/// Whether a line begins the runner's summary, with or without colours.
fn is_summary(line: &str) -> bool {
    let mut plain = String::new();
    let mut coded = false;
    for c in line.chars() {
        match c {
            '\u{1b}' => coded = true,
            'm' if coded => coded = false,
            _ if !coded => plain.push(c),
            _ => {}
        }
    }
    plain.trim_start().starts_with("Summary [")
}

#[cfg(test)]
mod tests {
    use super::is_summary;

    #[test]
    fn the_summary_is_known_with_and_without_colours() {
        assert!(is_summary("     Summary [   9.004s] 1063 tests run: 1063 passed, 4 skipped\n"));
        assert!(is_summary("\u{1b}[32;1m     Summary\u{1b}[0m [   9.004s] 3 tests run\n"));
        assert!(!is_summary("        PASS [   0.004s] kapocs-bank a_summary::Summary [\n"));
    }
}
