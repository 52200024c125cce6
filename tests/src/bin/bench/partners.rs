//! Partners and templates as PARTNERS.DAT, written and taken in through the client's use cases.

use std::path::{Path, PathBuf};
use std::time::Instant;

use client::{Client, Options, PartnerChoices, TokenConfig};
use formats::partners::PartnerFormat;
use harness::master_data::{partner, template};
use serde_json::{Value, json};

use crate::Outcome;
use crate::house::runtime;
use crate::report::{Report, Unit};
use crate::samples::Samples;
use crate::step::{child, numbers};

const RUNS: usize = 3;
const PARTNERS: u32 = 50_000;
const TEMPLATES: u32 = 2_000;
/// What the issue of the hand-off promises for each direction, in seconds.
const AIM: f64 = 2.0;

/// Measures the section.
pub fn measure(report: &mut Report) -> Outcome {
    report.section("PARTNERS.DAT with 50,000 partners and 2,000 templates, through the client's use cases");
    let runs = (0..RUNS).map(|_| run()).collect::<Outcome<Vec<_>>>()?;
    let figure = |name: &str| Ok::<_, Box<dyn std::error::Error>>(Samples::of(numbers(&runs, name)?)?);
    let size = runs.first().and_then(|run| run["bytes"].as_u64()).unwrap_or_default() >> 10;
    report.aimed(&format!("export, {size} KB"), Unit::Seconds, &figure("export")?, AIM);
    report.figure("preview of all as new", Unit::Seconds, &figure("preview")?);
    report.figure("take", Unit::Seconds, &figure("take")?);
    report.aimed("import (preview and take)", Unit::Seconds, &figure("import")?, AIM);
    report.figure("preview of all as the same", Unit::Seconds, &figure("again")?);
    report.figure("    the file alone, written", Unit::Seconds, &figure("write")?);
    report.figure("    the file alone, read", Unit::Seconds, &figure("read")?);
    report.figure("peak memory of the process", Unit::Bytes, &figure("peak")?);
    Ok(())
}

fn run() -> Outcome<Value> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().to_str().ok_or("a path in UTF-8")?.to_owned();
    child(&["partners", &PARTNERS.to_string(), &path, &TEMPLATES.to_string()])
}

/// One export and one import into an empty store, in a process of their own.
pub fn step(count: u32, folder: &Path, templates: u32) -> Outcome<Value> {
    let partners: Vec<_> = (0..count).map(partner).collect();
    let templates: Vec<_> = (0..templates).map(template).collect();
    let mut bytes = Vec::new();
    let begun = Instant::now();
    formats::partners_dat::write(&partners, &templates, &mut bytes)?;
    let write = begun.elapsed();
    let begun = Instant::now();
    let file = formats::partners_dat::read(bytes.as_slice())?;
    let read = begun.elapsed();
    if file.partners.len() != partners.len() || !file.refused.is_empty() {
        return Err(format!("{} partners, refused: {:?}", file.partners.len(), file.refused.first()).into());
    }
    runtime()?.block_on(async {
        let open = |name: &str| Client::open(Options { data: folder.join(name), token: TokenConfig::None });
        let from = open("from")?;
        from.save_master_data(partners, templates).await?;
        let begun = Instant::now();
        let written = from.export_partners(folder.to_owned(), PartnerFormat::Dat, false).await?;
        let export = begun.elapsed();
        let into = open("into")?;
        let begun = Instant::now();
        let preview = into.preview_partners(PathBuf::from(&written.path)).await?;
        let previewed = begun.elapsed();
        let mut choices = PartnerChoices::default();
        (choices.partners.new, choices.templates.new) = (true, true);
        let taken = into.take_partners(&preview, choices).await?;
        let import = begun.elapsed();
        if taken.new_partners != count as usize || taken.left != 0 {
            return Err(format!("{taken:?}").into());
        }
        let begun = Instant::now();
        let again = into.preview_partners(written.path).await?;
        let same = begun.elapsed();
        if !again.is_settled() {
            return Err("the second preview finds something to do".into());
        }
        Ok(json!({
            "bytes": bytes.len(), "write": write.as_secs_f64(), "read": read.as_secs_f64(),
            "export": export.as_secs_f64(), "preview": previewed.as_secs_f64(),
            "take": (import - previewed).as_secs_f64(), "import": import.as_secs_f64(),
            "again": same.as_secs_f64(),
        }))
    })
}
