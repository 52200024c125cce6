//! Arrows between the files of a crate, and the circles that they close.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::Sources;

/// A file uses another: where first, and what of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// The file that uses.
    pub from: String,
    /// The line in which it does so first.
    pub line: usize,
    /// The file that is used.
    pub to: String,
    /// The names that are used.
    pub names: BTreeSet<String>,
}

/// Files of which each reaches each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circle {
    pub files: BTreeSet<String>,
    /// The arrows between them.
    pub arrows: Vec<Arrow>,
}

impl fmt::Display for Circle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let files: Vec<&str> = self.files.iter().map(String::as_str).collect();
        writeln!(f, "{} files: {}", files.len(), files.join(", "))?;
        for arrow in &self.arrows {
            let names: Vec<&str> = arrow.names.iter().map(String::as_str).collect();
            writeln!(f, "    {}:{} → {} ({})", arrow.from, arrow.line, arrow.to, names.join(", "))?;
        }
        Ok(())
    }
}

impl Sources {
    /// All arrows but those from a file to what its parent modules' own files define.
    pub fn arrows(&self) -> Vec<Arrow> {
        let mut arrows = BTreeMap::<(usize, usize), (usize, BTreeSet<String>)>::new();
        for (number, module) in self.modules.iter().enumerate() {
            let mut add = |to: Option<usize>, line: usize, name: &str| {
                let Some(to) = to.filter(|to| *to != module.file && !self.is_above(*to, module.file)) else {
                    return;
                };
                let (first, names) = arrows.entry((module.file, to)).or_insert((line, BTreeSet::new()));
                *first = line.min(*first);
                let _ = names.insert(name.to_owned());
            };
            let scope = &module.scope;
            let imports = scope.imports.iter().map(|(_, named)| named);
            for named in imports.chain(&scope.paths) {
                let name = named.names.last().map_or("", String::as_str);
                add(self.defining(number, &named.names), named.line, name);
            }
            for (word, line) in &scope.words {
                add(self.by_glob(number, word), *line, word);
            }
        }
        let path = |file: usize| self.files[file].path.display().to_string();
        let arrows = arrows.into_iter();
        arrows
            .map(|((from, to), (line, names))| Arrow { from: path(from), line, to: path(to), names })
            .collect()
    }

    /// Whether a file's module lies around another's.
    fn is_above(&self, file: usize, other: usize) -> bool {
        self.files[other].module.starts_with(&self.files[file].module)
    }
}

/// Arrows between the rooms of a crate: its outermost folders, and files that lie beside them. The crate's roots, which
/// list all rooms, are none.
pub fn between_rooms(arrows: &[Arrow]) -> Vec<Arrow> {
    let room = |file: &str| file.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
    let mut rooms = BTreeMap::<(String, String), Arrow>::new();
    for arrow in arrows {
        let (from, to) = (room(&arrow.from), room(&arrow.to));
        if from == to || [&from, &to].iter().any(|room| ["lib", "main"].contains(&room.as_str())) {
            continue;
        }
        let name = |name: &String| format!("{} → {}: {name}", arrow.from, arrow.to);
        let between = rooms.entry((from.clone(), to.clone())).or_insert_with(|| Arrow {
            from,
            to,
            line: arrow.line,
            names: BTreeSet::new(),
        });
        between.names.extend(arrow.names.iter().map(name));
    }
    rooms.into_values().collect()
}

/// The circles that arrows close, the largest first.
pub fn circles(arrows: &[Arrow]) -> Vec<Circle> {
    let mut next = BTreeMap::<&str, BTreeSet<&str>>::new();
    for arrow in arrows {
        let _ = next.entry(&arrow.from).or_default().insert(&arrow.to);
    }
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        next.keys().map(|file| (*file, reachable(file, &next))).collect();
    let mut seen = BTreeSet::<&str>::new();
    let mut found = Vec::new();
    for (file, reach) in &reached {
        if !reach.contains(file) || seen.contains(*file) {
            continue;
        }
        let back = |other: &&str| reached.get(*other).is_some_and(|reach| reach.contains(file));
        let together: BTreeSet<&str> = reach.iter().copied().filter(back).collect();
        seen.extend(together.iter().copied());
        let inside =
            |arrow: &&Arrow| together.contains(arrow.from.as_str()) && together.contains(arrow.to.as_str());
        found.push(Circle {
            files: together.iter().map(|&file| file.to_owned()).collect(),
            arrows: arrows.iter().filter(inside).cloned().collect(),
        });
    }
    found.sort_by_key(|circle| std::cmp::Reverse(circle.files.len()));
    found
}

fn reachable<'a>(start: &str, next: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut waiting: Vec<&str> = vec![start];
    while let Some(file) = waiting.pop() {
        for &to in next.get(file).into_iter().flatten() {
            if reached.insert(to) {
                waiting.push(to);
            }
        }
    }
    reached
}
