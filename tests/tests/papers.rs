//! The papers lead somewhere: every path that they name is there, and every mark of a source is explained.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The papers, from the root.
const PAPERS: [&str; 9] = [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "assets/sources.md",
    "installer/README.md",
    "src/README.md",
    "src/GLOSSARY.md",
    "src/bank/README.md",
    "src/domain/src/order/README.md",
];
/// What a path from the root begins with.
const FOLDERS: [&str; 9] =
    ["src/", "tests/", "assets/", "locales/", "installer/", "fuzz/", ".ci/", ".config/", ".cargo/"];
/// Where sources are cited by their marks.
const CITING: [&str; 5] = ["src", "tests", "fuzz", "assets/profiles", "assets/schema"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Whether the text is a path of one file or folder, not a pattern, a command or a place of a file.
fn is_path(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    FOLDERS.iter().any(|folder| text.starts_with(folder)) && text.chars().all(plain)
}

/// What stands between two marks, one after the other.
fn between<'a>(text: &'a str, from: &'a str, to: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(from).skip(1).filter_map(move |rest| rest.split_once(to).map(|(inside, _)| inside))
}

#[test]
fn every_path_in_a_paper_is_there() {
    let mut missing = Vec::new();
    for paper in PAPERS {
        let (text, folder) = (read(&root().join(paper)), root().join(paper).parent().unwrap().to_owned());
        // Code stands between single quotes of the same kind: every second piece of the text.
        let quoted = text.split('`').skip(1).step_by(2).filter(|inside| is_path(inside));
        missing
            .extend(quoted.filter(|path| !root().join(path).exists()).map(|path| format!("{paper}: {path}")));
        let links = between(&text, "](", ")").filter(|link| !link.contains("://") && !link.starts_with('#'));
        let files = links.filter_map(|link| link.split('#').next());
        missing
            .extend(files.filter(|link| !folder.join(link).exists()).map(|link| format!("{paper}: {link}")));
    }
    assert!(missing.is_empty(), "these lead nowhere:\n{}", missing.join("\n"));
}

/// The marks that `assets/sources.md` explains, without the number of a question or chapter.
fn marks() -> BTreeSet<String> {
    let text = read(&root().join("assets/sources.md"));
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `["));
    let marks = rows.filter_map(|row| row.split_once("]`")).map(|(mark, _)| mark);
    marks.map(|mark| mark.trim_end_matches(" qN").trim_end_matches(" N").to_owned()).collect()
}

/// A mark without its questions or chapters: `KDB` of `KDB q12, q29`.
fn plain(mark: &str) -> &str {
    let end = mark.find(|c: char| c.is_ascii_digit()).unwrap_or(mark.len());
    mark[..end].trim_end_matches('q').trim_end()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if path.is_dir() {
            files(&path, found);
        } else if ["rs", "toml", "md", "xsd", "sql", "js"].contains(&ending) && !path.ends_with("axe.min.js")
        {
            found.push(path);
        }
    }
}

#[test]
fn every_mark_of_a_source_is_explained() {
    let marks = marks();
    assert!(marks.contains("KDB") && marks.contains("Porsche"), "{marks:?}");
    // A mark begins with the name of who published the source; other brackets are of other kinds.
    let publishers: BTreeSet<&str> = marks.iter().filter_map(|mark| mark.split(' ').next()).collect();
    let mut sources = Vec::new();
    for folder in CITING {
        files(&root().join(folder), &mut sources);
    }
    let mut unknown = Vec::new();
    for path in sources {
        let text = read(&path);
        for mark in between(&text, "[", "]") {
            let first = mark.split(' ').next().unwrap_or_default();
            let cites = publishers.contains(first) && !mark.contains(['\n', '"', '=', ';']);
            if cites && !marks.contains(plain(mark)) && !marks.contains(mark) {
                unknown.push(format!("{}: [{mark}]", path.display()));
            }
        }
    }
    assert!(unknown.is_empty(), "assets/sources.md does not explain:\n{}", unknown.join("\n"));
}
