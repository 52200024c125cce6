//! Importing pain.001.001.09 through the client's use case, beside libxml2 that only checks the same file.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use chrono::Utc;
use client::{Client, ImportChoice, Options, TokenConfig};
use formats::pain001;
use harness::orders::package;
use serde_json::{Value, json};

use crate::Outcome;
use crate::house::{Left, runtime};
use crate::report::{Report, Unit};
use crate::samples::{Samples, timed};
use crate::step::{child, numbers};

const RUNS: usize = 5;
/// More memory from 10,000 to 100,000 rows than the store's page cache (16 MB) would mean that the rows are kept;
/// from 100,000 to 200,000 the cache is full, and what is left is noise.
const CACHE: f64 = 20.0 * 1_048_576.0;
const NOISE: f64 = 4.0 * 1_048_576.0;

/// Measures the section.
pub fn measure(report: &mut Report) -> Outcome {
    report.section("Importing pain.001.001.09 as orders into the store, through the client's use case");
    let left = Left::make()?;
    let file = |count| write(&left, count);
    let (small, large, huge) = (file(10_000)?, file(100_000)?, file(200_000)?);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    // In turns, so that a busy moment of the machine meets both.
    for _ in 0..RUNS {
        theirs.push(xmllint(&large)?);
        ours.push(import(&left, 100_000, &large)?);
    }
    let theirs = Samples::of_times(theirs)?;
    let preview = numbers(&ours, "preview")?;
    let take = numbers(&ours, "take")?;
    let both: Vec<f64> = preview.iter().zip(&take).map(|(preview, take)| preview + take).collect();
    let both = Samples::of(both)?;
    report.figure("xmllint --stream --schema, 100,000 rows", Unit::Seconds, &theirs);
    report.figure("preview", Unit::Seconds, &Samples::of(preview)?);
    report.figure("take", Unit::Seconds, &Samples::of(take)?);
    report.figure("preview and take", Unit::Seconds, &both);
    let ratio = Samples::of([both.median() / theirs.median()])?;
    report.aimed("    by xmllint", Unit::Ratio, &ratio, 1.0);

    let small = (0..3).map(|_| import(&left, 10_000, &small)).collect::<Outcome<Vec<_>>>()?;
    let huge = [import(&left, 200_000, &huge)?];
    let peaks = [&small[..], &ours, &huge].map(|runs| numbers(runs, "peak"));
    let [small_peak, large_peak, huge_peak] = peaks;
    let (small_peak, large_peak) = (Samples::of(small_peak?)?, Samples::of(large_peak?)?);
    let huge_peak = Samples::of(huge_peak?)?;
    report.figure("peak memory, 10,000 rows", Unit::Bytes, &small_peak);
    report.figure("peak memory, 100,000 rows", Unit::Bytes, &large_peak);
    let growth = Samples::of([large_peak.median() - small_peak.median()])?;
    report.aimed("    more than with 10,000 (the store's cache)", Unit::Bytes, &growth, CACHE);
    let growth = Samples::of([huge_peak.median() - large_peak.median()])?;
    report.aimed("    200,000 rows: more than with 100,000", Unit::Bytes, &growth, NOISE);
    let sheet = Samples::of(numbers(&small, "sheet")?)?;
    report.figure("signing sheet of the 10,000, from the store", Unit::Seconds, &sheet);
    Ok(())
}

/// A file of that many transfers from the customer's own account, made today.
fn write(left: &Left, count: u64) -> Outcome<PathBuf> {
    let path = left.folder().join(format!("szállítók {count}.xml"));
    let content = package(left.orders(count));
    let payments: Vec<_> = content.orders.iter().filter_map(domain::Order::transfer).collect();
    let message = pain001::Message {
        id: content.header.id,
        created: Utc::now(),
        customer: &content.header.customer,
        customer_name: &content.customer_name,
        orders: &payments,
    };
    pain001::write(&message, &mut File::create(&path)?)?;
    Ok(path)
}

fn import(left: &Left, count: u64, file: &Path) -> Outcome<Value> {
    let data = left.client()?;
    let text = |path: &Path| path.to_str().map(str::to_owned).ok_or("a path in UTF-8");
    child(&["import", &count.to_string(), &text(file)?, &text(&data)?])
}

fn xmllint(file: &Path) -> Outcome<Duration> {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/schema/pain.001.001.09-hct.xsd");
    let mut command = Command::new("xmllint");
    let _ = command.args(["--stream", "--noout", "--schema"]).arg(schema).arg(file);
    let (time, output) = timed(|| command.output());
    let output = output?;
    if output.status.success() {
        Ok(time)
    } else {
        Err(format!("xmllint: {}", String::from_utf8_lossy(&output.stderr)).into())
    }
}

/// One import, in a process of its own; a file that fits one package is looked at as a signer would.
pub fn step(count: u32, file: &Path, data: &Path) -> Outcome<Value> {
    runtime()?.block_on(async {
        let client = Client::open(Options { data: data.to_owned(), token: TokenConfig::None })?;
        let begun = Instant::now();
        let preview = client.preview_import(file.to_owned()).await?;
        let previewed = begun.elapsed();
        if !preview.is_clean() || preview.good != count {
            let bad = preview.bad_rows.first();
            return Err(format!("{} good rows of {count}; {bad:?}; {:?}", preview.good, preview.end).into());
        }
        let begun = Instant::now();
        let taken = client.take_import(&preview, ImportChoice::All).await?;
        let take = begun.elapsed();
        if taken.orders != count {
            return Err(format!("{} orders of {count}", taken.orders).into());
        }
        let peak = harness::memory::peak();
        let mut measured =
            json!({ "preview": previewed.as_secs_f64(), "take": take.as_secs_f64(), "peak": peak });
        if let [package] = taken.packages[..] {
            let begun = Instant::now();
            let sheet = client.signing_sheet(package).await?;
            measured["sheet"] = begun.elapsed().as_secs_f64().into();
            if sheet.head.count != count {
                return Err(format!("a sheet of {} orders", sheet.head.count).into());
            }
        }
        Ok(measured)
    })
}
