//! Steps that run in a process of their own, and how the parent asks for them.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::{Outcome, files, import, partners};

/// Does one step and prints what it measured as one line of JSON.
pub fn run(arguments: &[String]) -> Outcome {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut measured = match words.as_slice() {
        ["import", count, file, data] => import::step(count.parse()?, Path::new(file), Path::new(data))?,
        ["partners", count, folder, templates] => {
            partners::step(count.parse()?, Path::new(folder), templates.parse()?)?
        }
        [name, count, file] => files::step(name, count.parse()?, Path::new(file))?,
        _ => return Err(format!("unknown step {words:?}").into()),
    };
    // A step that goes on with something else has noted its peak before.
    if measured["peak"].is_null() {
        measured["peak"] = harness::memory::peak().into();
    }
    println!("{measured}");
    Ok(())
}

/// Runs a step in a process of its own and gives what it measured.
pub fn child(arguments: &[&str]) -> Outcome<Value> {
    let output = Command::new(std::env::current_exe()?).arg("step").args(arguments).output()?;
    if !output.status.success() {
        return Err(format!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// A number of what a step measured.
pub fn number(measured: &Value, name: &str) -> Outcome<f64> {
    measured[name].as_f64().ok_or_else(|| format!("{name} was not measured").into())
}

/// The same number of several runs.
pub fn numbers(runs: &[Value], name: &str) -> Outcome<Vec<f64>> {
    runs.iter().map(|run| number(run, name)).collect()
}
