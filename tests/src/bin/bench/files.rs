//! The formats alone: writing and reading files of 100,000 transfers, without a store.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;

use domain::{Order, Transfer};
use formats::package_document::{self, PackageContent};
use formats::{electra_xml, pain001};
use harness::orders::{package, plain_order};
use serde_json::{Value, json};

use crate::Outcome;
use crate::report::{Report, Unit};
use crate::samples::{Samples, timed};
use crate::step::{child, number, numbers};

const RUNS: usize = 5;

/// A step, its line in the table, its aims in seconds and in bytes.
type Step = (&'static str, &'static str, Option<(f64, f64)>);

const STEPS: [Step; 6] = [
    ("pain-write", "writing pain.001.001.09", Some((0.25, 100.0 * 1_048_576.0))),
    ("pain-read", "reading it back as drafts", None),
    ("electra-write", "writing Electra's HUFTransactions", None),
    ("electra-read", "reading it back as drafts", None),
    ("package-write", "writing a package document", None),
    ("package-read", "reading it back, strictly", None),
];

/// Measures the section.
pub fn measure(report: &mut Report) -> Outcome {
    report.section("Files of 100,000 transfers");
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("file");
    let path = file.to_str().ok_or("a path in UTF-8")?;
    let bare = child(&["orders", "100000", path])?;
    for (step, name, aim) in STEPS {
        let runs = (0..RUNS).map(|_| child(&[step, "100000", path])).collect::<Outcome<Vec<_>>>()?;
        let seconds = Samples::of(numbers(&runs, "seconds")?)?;
        let peak = Samples::of(numbers(&runs, "peak")?)?;
        let size = std::fs::metadata(&file)?.len() >> 20;
        let (name, memory) = (format!("{name}, {size} MB"), "    peak memory of the process");
        match aim {
            Some((most_seconds, most_bytes)) => {
                report.aimed(&name, Unit::Seconds, &seconds, most_seconds);
                report.aimed(memory, Unit::Bytes, &peak, most_bytes);
                let orders = Samples::of([number(&bare, "peak")?])?;
                report.figure("    of it the orders themselves", Unit::Bytes, &orders);
            }
            None => {
                report.figure(&name, Unit::Seconds, &seconds);
                report.figure(memory, Unit::Bytes, &peak);
            }
        }
    }
    Ok(())
}

/// One step, in a process of its own.
pub fn step(name: &str, count: u64, file: &Path) -> Outcome<Value> {
    let seconds = match name {
        "orders" | "pain-write" | "electra-write" | "package-write" => {
            let content = package((0..count).map(plain_order).collect());
            let (time, done) = timed(|| write(name, &content, file));
            done?;
            time
        }
        _ => {
            let (time, rows) = timed(|| read(name, file));
            let rows = rows?;
            if rows != count {
                return Err(format!("{rows} rows of {count}").into());
            }
            time
        }
    };
    Ok(json!({ "seconds": seconds.as_secs_f64() }))
}

fn payments(content: &PackageContent) -> Vec<&Transfer> {
    content.orders.iter().filter_map(Order::transfer).collect()
}

fn write(name: &str, content: &PackageContent, file: &Path) -> Outcome {
    match name {
        "pain-write" => {
            let message = pain001::Message {
                id: content.header.id,
                created: content.created,
                customer: &content.header.customer,
                customer_name: &content.customer_name,
                orders: &payments(content),
            };
            pain001::write(&message, &mut File::create(file)?)?;
        }
        "electra-write" => {
            let export = electra_xml::Export {
                orders: &payments(content),
                created: content.created.naive_utc(),
                scheduled: None,
                encoding: formats::Encoding::Latin2,
            };
            electra_xml::export(&export, &mut File::create(file)?)?;
        }
        "package-write" => {
            let _ = package_document::write(content, &mut BufWriter::new(File::create(file)?))?;
        }
        // Only the orders: what they cost is told beside the writer's peak.
        _ => {}
    }
    Ok(())
}

fn read(name: &str, file: &Path) -> Outcome<u64> {
    match name {
        "pain-read" | "electra-read" => {
            let mut rows = 0;
            let reader = BufReader::with_capacity(64 * 1024, File::open(file)?);
            let end = formats::import::import(reader, &mut |row| rows += u64::from(row.problems.is_empty()))?;
            if end.is_consistent() { Ok(rows) } else { Err(format!("{end:?}").into()) }
        }
        "package-read" => Ok(package_document::read(&std::fs::read(file)?)?.orders.len() as u64),
        _ => Err(format!("unknown step {name}").into()),
    }
}
