//! `cargo xtask circles`: which files of a crate use each other in a circle.

use sources::{Sources, between_rooms, circles};

use crate::TaskError;
use crate::process::root;

/// Where circles are looked for.
#[derive(clap::Args)]
pub struct CirclesArguments {
    /// Folders in `src`; otherwise all.
    crates: Vec<String>,
    /// Between the rooms of the crate instead of its files: its outermost folders, and files that lie beside them.
    #[arg(long)]
    rooms: bool,
}

/// Prints the circles; a failure if there are any.
pub fn find(arguments: &CirclesArguments) -> Result<(), TaskError> {
    let src = root().join("src");
    let failed = |e| TaskError::File(src.display().to_string(), e);
    let mut crates = arguments.crates.clone();
    if crates.is_empty() {
        let entries = std::fs::read_dir(&src).map_err(failed)?;
        crates.extend(entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()));
        crates.sort();
    }
    let mut count = 0;
    for name in &crates {
        let folder = src.join(name).join("src");
        let of_crate = |e| TaskError::File(folder.display().to_string(), e);
        let sources = Sources::read(&folder).map_err(of_crate)?;
        let mut arrows = sources.arrows();
        if arguments.rooms {
            arrows = between_rooms(&arrows);
        }
        let found = circles(&arrows);
        println!("{name}: {} files, {} arrows, {} circles", sources.files.len(), arrows.len(), found.len());
        for circle in &found {
            println!("  {circle}");
        }
        count += found.len();
    }
    if count == 0 { Ok(()) } else { Err(TaskError::Unexpected(format!("{count} circles"))) }
}
