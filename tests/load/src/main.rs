//! `cargo xtask bench load`: the scenes of [`load`], one after the other, by turns with another bank's where one is given.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use load::{Figures, Measure, Result, Scene};

/// Many customers before one bank.
#[derive(Parser)]
#[command(name = "load")]
struct Arguments {
    /// The bank to measure.
    #[arg(long, value_name = "PROGRAM")]
    bank: PathBuf,
    /// Another `kapocs-bank` to measure beside it, by turns.
    #[arg(long, value_name = "PROGRAM")]
    against: Option<PathBuf>,
    /// Runs of each scene.
    #[arg(long, default_value_t = 1)]
    runs: u32,
    #[command(flatten)]
    measure: Measure,
}

#[tokio::main]
async fn main() -> ExitCode {
    match measure(&Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("load: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(arguments: &Arguments) -> Result<()> {
    println!("{:<40}{:>10}{:>10}{:>10}", "", "p50", "p95", "max");
    for scene in Scene::ALL {
        println!("{}", scene.title(&arguments.measure));
        let (mut ours, mut theirs) = (Figures::default(), Figures::default());
        for _ in 0..arguments.runs.max(1) {
            ours.join(&scene.play(&arguments.bank, &arguments.measure).await?);
            if let Some(other) = &arguments.against {
                theirs.join(&scene.play(other, &arguments.measure).await?);
            }
        }
        print!("  this checkout\n{ours}");
        if arguments.against.is_some() {
            print!("  the other one\n{theirs}");
            ours.print_ratios(&theirs);
        }
    }
    Ok(())
}
