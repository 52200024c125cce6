//! Gives `kapocs.exe` its icon, version and manifest.

#[path = "../../installer/resources.rs"]
mod resources;

fn main() -> std::io::Result<()> {
    resources::embed("kapocs", "Kapocs")
}
