//! Draws the web client's pictures of the gallery. `cargo xtask screenshots` starts it.

use std::path::PathBuf;

use clap::Parser;

/// Where to, and which.
#[derive(Parser)]
struct Arguments {
    /// The gallery's folder.
    #[arg(long)]
    out: PathBuf,
    /// Only pictures whose name contains this.
    #[arg(long, default_value = "")]
    only: String,
}

#[tokio::main]
async fn main() {
    let arguments = Arguments::parse();
    harness::web_pictures::draw(&arguments.out, &arguments.only).await;
}
