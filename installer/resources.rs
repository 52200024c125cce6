//! What Windows shows and must know of a program: icon, version, manifest. Part of the build scripts of `kapocs` and
//! `kapocs-cli`; for other systems it does nothing.

use std::path::Path;

/// Compiles the resources and has them linked into a program.
///
/// * `program`: the binary's name without `.exe`.
/// * `description`: what the task manager and the file's properties call it.
///
/// # Errors
/// When the resource compiler is missing (mingw-w64's `windres`, or `rc` of the Windows SDK) or fails.
pub fn embed(program: &str, description: &str) -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let icon = root.join("assets/icon/kapocs.ico").display().to_string();
    let manifest = root.join("installer/kapocs.manifest").display().to_string();
    for file in [&icon, &manifest] {
        println!("cargo:rerun-if-changed={file}");
    }
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={}", root.join("installer/resources.rs").display());
    if std::env::var_os("CARGO_CFG_WINDOWS").is_none() {
        return Ok(());
    }
    let mut resource = winresource::WindowsResource::new();
    let _ = resource.set_icon(&icon).set_manifest_file(&manifest);
    for (name, value) in [
        ("ProductName", "Kapocs"),
        ("CompanyName", "Kapocs"),
        ("FileDescription", description),
        ("InternalName", program),
        ("OriginalFilename", &format!("{program}.exe")),
        ("LegalCopyright", "MIT OR Apache-2.0"),
    ] {
        let _ = resource.set(name, value);
    }
    resource.compile_for(program)
}
