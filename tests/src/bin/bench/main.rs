//! Measures what the issue of the main job promises, in one run and one table: `cargo xtask bench`.
//!
//! `bench [SECTION …]` measures all sections or those whose name begins so. Whatever needs its own peak of memory
//! runs in a child process: this program again, as `bench step …`. Times are medians; beside each stand the lowest
//! and the highest run, which show how noisy the machine was.

mod files;
mod grid;
mod house;
mod import;
mod package;
mod partners;
mod report;
mod samples;
mod step;
mod window;

use std::process::ExitCode;

use report::Report;

/// What any part of a measurement may end with.
type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// Measures one section into the report.
type Measure = fn(&mut Report) -> Outcome;

/// The sections in the order in which they are measured.
const SECTIONS: [(&str, Measure); 6] = [
    ("files", files::measure),
    ("import", import::measure),
    ("package", package::measure),
    ("partners", partners::measure),
    ("grid", grid::measure),
    ("window", window::measure),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.split_first() {
        Some((first, step)) if first == "step" => step::run(step),
        _ => all(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn all(wanted: &[String]) -> Outcome {
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|w| name.starts_with(w.as_str()));
    let mut report = Report::begin();
    for (name, measure) in SECTIONS {
        if is_wanted(name) {
            measure(&mut report)?;
        }
    }
    report.end();
    Ok(())
}
