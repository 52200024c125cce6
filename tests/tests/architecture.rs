//! The arrows between our crates are those of the design and no others; the folders are those of the design; inside a
//! crate no files use each other in a circle; an order type is named in its own places alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};
use sources::{Sources, circles};

/// What each crate may use of ours, and nothing else: what these use in turn is theirs.
const DRAWN: [(&str, &[&str]); 11] = [
    ("domain", &[]),
    ("formats", &["domain"]),
    ("signature", &[]),
    ("store", &["domain"]),
    ("protocol", &["domain"]),
    ("token", &["signature"]),
    ("client", &["domain", "formats", "protocol", "signature", "store", "token"]),
    ("desktop", &["client", "domain"]),
    ("cli", &["client", "domain"]),
    ("bank", &["domain", "formats", "protocol", "signature"]),
    ("xtask", &[]),
];
/// What the client keeps to itself: it hands on single types, never one of these crates.
const MADE_OF: [&str; 4] = ["domain", "formats", "protocol", "store"];
/// Where a single order type may be named: its own place, what the bank does with it, how it stands in a document.
const MAY_NAME_ORDER_TYPES: [&str; 3] =
    ["domain/src/order", "bank/src/orders", "formats/src/package_document/payload"];
/// The crate of the end-to-end tests may use everything.
const TESTS: &str = "tests";
/// A window without anything, to measure ours beside it.
const BARE: &str = "bare-window";
/// Many customers before the bank: it speaks the protocol as a client would.
const LOAD: &str = "load";
/// All that `domain` may use: values, their text forms, errors. None of it reads a clock, a file or a random number.
const DOMAIN_MAY_USE: [&str; 6] = ["chrono", "rust_decimal", "serde", "serde_json", "thiserror", "uuid"];
/// Folders of the design's house that are no crates.
const TOP_FOLDERS: [&str; 5] = ["src", "assets", "installer", "locales", "tests"];

fn metadata() -> Metadata {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("Cargo.toml");
    MetadataCommand::new().manifest_path(manifest).no_deps().exec().unwrap()
}

fn short(name: &str) -> Option<&str> {
    name.strip_prefix("kapocs-")
}

/// Our crates by short name.
fn ours(metadata: &Metadata) -> BTreeMap<String, &Package> {
    let packages = metadata.workspace_packages().into_iter();
    packages.map(|p| (short(&p.name).expect("our crates are named kapocs-*").to_owned(), p)).collect()
}

/// Our crates that a crate names as dependencies of some kinds.
fn uses(package: &Package, kinds: &[DependencyKind]) -> BTreeSet<String> {
    let of_kind = package.dependencies.iter().filter(|d| kinds.contains(&d.kind));
    of_kind.filter_map(|d| short(&d.name)).map(str::to_owned).collect()
}

/// Everything that can be reached by arrows.
fn closure(start: &str, arrows: &dyn Fn(&str) -> BTreeSet<String>) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut waiting = vec![start.to_owned()];
    while let Some(name) = waiting.pop() {
        for next in arrows(&name) {
            if reached.insert(next.clone()) {
                waiting.push(next);
            }
        }
    }
    reached
}

/// A crate's files that are no tests.
fn sources(name: &str) -> Sources {
    let root = metadata().workspace_root;
    Sources::read(&root.as_std_path().join("src").join(name).join("src")).unwrap()
}

fn drawn(name: &str) -> BTreeSet<String> {
    let arrows = DRAWN.iter().find(|(from, _)| *from == name).map_or(&[][..], |(_, to)| to);
    arrows.iter().map(|to| (*to).to_owned()).collect()
}

#[test]
fn no_arrow_that_the_design_does_not_draw() {
    let metadata = metadata();
    let mut wrong = Vec::new();
    for (name, package) in ours(&metadata) {
        if [TESTS, LOAD].contains(&name.as_str()) {
            continue;
        }
        let allowed = drawn(&name);
        let used = uses(package, &[DependencyKind::Normal, DependencyKind::Build]);
        wrong.extend(used.difference(&allowed).map(|other| format!("{name} → {other}")));
    }
    assert!(wrong.is_empty(), "the design does not draw: {}", wrong.join(", "));
}

#[test]
fn the_client_hands_on_words_and_never_a_whole_crate() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let lib = std::fs::read_to_string(root.join("src/client/src/lib.rs")).unwrap();
    for (name, _) in DRAWN {
        for whole in [format!("pub use {name};"), format!("pub use ::{name};"), format!("pub use {name}::*;")]
        {
            assert!(!lib.lines().any(|line| line.trim() == whole), "{whole}");
        }
        assert!(!lib.contains(&format!("pub use {name} as ")), "{name} goes through the client whole");
    }
}

#[test]
fn desktop_and_bank_never_link_each_other() {
    let metadata = metadata();
    let crates = ours(&metadata);
    let every = [DependencyKind::Normal, DependencyKind::Build, DependencyKind::Development];
    let arrows = |name: &str| crates.get(name).map(|p| uses(p, &every)).unwrap_or_default();
    for (from, to) in [("desktop", "bank"), ("bank", "desktop")] {
        assert!(!closure(from, &arrows).contains(to), "{from} reaches {to}");
    }
    // What links both would link them with each other.
    for name in crates.keys() {
        let reached = closure(name, &arrows);
        assert!(!(reached.contains("desktop") && reached.contains("bank")), "{name} links desktop and bank");
    }
}

#[test]
fn the_client_hands_on_no_crate_that_it_is_made_of() {
    let sources = sources("client");
    let wrong: Vec<String> = sources
        .handed_on()
        .filter(|(_, path)| MADE_OF.contains(&path.names[0].as_str()) && is_whole(&path.names))
        .map(|(file, path)| format!("{}:{}: {}", file.path.display(), path.line, path.names.join("::")))
        .collect();
    assert!(wrong.is_empty(), "the window would reach through:\n{}", wrong.join("\n"));
}

/// A crate, or everything of one of its modules; single types are handed on as words of the client's own.
fn is_whole(names: &[String]) -> bool {
    names.len() == 1 || names.last().is_some_and(|last| last == "*")
}

#[test]
fn an_order_type_is_named_in_its_own_places_alone() {
    let mut wrong = BTreeSet::new();
    for (name, _) in DRAWN {
        for (file, path) in sources(name).names() {
            let place = format!("{name}/src/{}", file.path.display());
            let allowed = MAY_NAME_ORDER_TYPES.iter().any(|own| place.starts_with(own));
            if !allowed && names_an_order_type(&path.names) {
                let _ = wrong.insert(format!("{place}:{}: {}", path.line, path.names.join("::")));
            }
        }
    }
    let shown = Vec::from_iter(&wrong).iter().map(|place| format!("{place}\n")).collect::<String>();
    assert!(wrong.is_empty(), "{} places:\n{shown}", wrong.len());
}

/// `OrderType::Hct`, but neither its functions nor its constants; nor everything of it brought in.
fn names_an_order_type(names: &[String]) -> bool {
    let Some(at) = names.iter().position(|name| name == "OrderType") else { return false };
    let variant = |name: &String| name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase);
    names.get(at + 1).is_some_and(|next| next == "*" || variant(next))
}

#[test]
fn no_files_of_a_crate_use_each_other_in_a_circle() {
    for (name, _) in DRAWN {
        let found = circles(&sources(name).arrows());
        let shown: String = found.iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "{name}: files stand in circles\n{shown}");
    }
}

#[test]
fn only_the_window_knows_iced() {
    let metadata = metadata();
    for (name, package) in ours(&metadata) {
        let iced: Vec<_> = package.dependencies.iter().filter(|d| d.name.starts_with("iced")).collect();
        if ["desktop", TESTS, BARE].contains(&name.as_str()) {
            continue;
        }
        assert!(iced.is_empty(), "{name} depends on iced");
    }
}

#[test]
fn the_domain_does_no_input_and_no_output() {
    let metadata = metadata();
    let domain = ours(&metadata)["domain"];
    let normal = domain.dependencies.iter().filter(|d| d.kind != DependencyKind::Development);
    for dependency in normal {
        assert!(DOMAIN_MAY_USE.contains(&dependency.name.as_str()), "domain uses {}", dependency.name);
    }
}

#[test]
fn the_domain_reads_no_clock_file_or_random_number() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("src/domain/src");
    let forbidden =
        ["Utc::now", "Local::now", "SystemTime", "Instant::now", "new_v4", "now_v7", "std::fs", "std::net"];
    let mut waiting = vec![root];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for word in forbidden {
            assert!(!text.contains(word), "{} has {word}", path.display());
        }
    }
}

#[test]
fn every_folder_is_one_of_the_design() {
    let metadata = metadata();
    let root = metadata.workspace_root.as_std_path();
    let folders = |path: &Path| -> BTreeSet<String> {
        let entries = std::fs::read_dir(path).unwrap().map(Result::unwrap);
        let folders = entries.filter(|e| e.file_type().unwrap().is_dir());
        folders.map(|e| e.file_name().into_string().unwrap()).collect()
    };
    let crates: BTreeSet<String> = DRAWN.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(folders(&root.join("src")), crates, "folders in src");
    assert_eq!(
        ours(&metadata)
            .into_keys()
            .filter(|name| ![TESTS, BARE, LOAD].contains(&name.as_str()))
            .collect::<BTreeSet<_>>(),
        crates,
        "every crate has its folder and its name"
    );
    for folder in TOP_FOLDERS {
        assert!(root.join(folder).is_dir(), "{folder} is missing");
    }
}
