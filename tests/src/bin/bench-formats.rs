//! Measures the formats: `bench-formats [COUNT]` (100,000 by default, release build).
//!
//! Each step runs in a process of its own, so its peak memory is its own; `xmllint --stream` checks the
//! same file against the schema for comparison.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use formats::{electra_xml, package_document, pain001};
use harness::memory::peak;
use harness::orders::{package, plain_order};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        [step, count, file] => run(step, count.parse().unwrap_or(0), Path::new(file)),
        [count] => all(count.parse().unwrap_or(0)),
        _ => all(100_000),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("{e}");
            ExitCode::FAILURE
        }
    }
}

fn all(count: u64) -> Outcome {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("pain.xml");
    println!("{:<28}{:>10}{:>12}", format!("{count} transfers"), "seconds", "peak MB");
    for step in [
        "orders",
        "pain-write",
        "pain-import",
        "electra-write",
        "electra-import",
        "package-write",
        "package-read",
    ] {
        let output =
            Command::new(std::env::current_exe()?).args([step, &count.to_string()]).arg(&file).output()?;
        print!("{}", String::from_utf8_lossy(&output.stdout));
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        if step == "pain-import" {
            compare(&file)?;
        }
    }
    Ok(())
}

fn compare(file: &Path) -> Outcome {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/schema/pain.001.001.09-hct.xsd");
    let start = Instant::now();
    let ok =
        Command::new("xmllint").args(["--stream", "--noout", "--schema"]).arg(schema).arg(file).output()?;
    let taken = start.elapsed();
    if !ok.status.success() {
        return Err(String::from_utf8_lossy(&ok.stderr).into_owned().into());
    }
    println!("{:<28}{:>10.3}{:>12}", "xmllint --stream --schema", taken.as_secs_f64(), "-");
    Ok(())
}

fn run(step: &str, count: u64, file: &Path) -> Outcome {
    let content = match step {
        "pain-import" | "electra-import" | "package-read" => None,
        _ => Some(package((0..count).map(plain_order).collect())),
    };
    let start = Instant::now();
    match (step, &content) {
        ("pain-write", Some(content)) => {
            let message = pain001::Message {
                id: content.header.id,
                created: content.created,
                customer: &content.header.customer,
                customer_name: &content.customer_name,
                orders: &content.orders,
            };
            pain001::write(&message, &mut File::create(file)?)?;
        }
        ("electra-write", Some(content)) => {
            let export = electra_xml::Export {
                orders: &content.orders,
                created: content.created.naive_utc(),
                scheduled: None,
                encoding: formats::Encoding::Latin2,
            };
            electra_xml::export(&export, &mut File::create(file)?)?;
        }
        ("package-write", Some(content)) => {
            package_document::write(content, &mut BufWriter::new(File::create(file)?))?;
        }
        ("pain-import" | "electra-import", _) => {
            let mut rows = 0;
            let reader = BufReader::with_capacity(64 * 1024, File::open(file)?);
            let end = formats::import::import(reader, &mut |row| rows += u64::from(row.problems.is_empty()))?;
            if rows != count || !end.is_consistent() {
                return Err(format!("{rows} good rows, {end:?}").into());
            }
        }
        ("package-read", _) => {
            let read = package_document::read(&std::fs::read(file)?)?;
            if read.orders.len() as u64 != count {
                return Err("orders are missing".into());
            }
        }
        _ => {}
    }
    report(step, start.elapsed(), std::fs::metadata(file).map_or(0, |m| m.len()));
    Ok(())
}

fn report(step: &str, taken: Duration, bytes: u64) {
    let name =
        if step == "orders" { "(orders in memory)".to_owned() } else { format!("{step} {} MB", bytes >> 20) };
    let memory = peak().map_or_else(|| "-".to_owned(), |bytes| (bytes >> 20).to_string());
    println!("{name:<28}{:>10.3}{memory:>12}", taken.as_secs_f64());
}
