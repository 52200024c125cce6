use std::path::{Path, PathBuf};

use super::{Sources, circles};

/// A crate of made-up files.
struct Made(PathBuf);

impl Made {
    fn of(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("kapocs-sources-{name}-{}", std::process::id()));
        for (path, text) in files {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Self(folder)
    }

    fn arrows(&self) -> Vec<String> {
        let arrows = Sources::read(&self.0).unwrap().arrows();
        arrows.iter().map(|arrow| format!("{}:{} → {}", arrow.from, arrow.line, arrow.to)).collect()
    }

    fn circles(&self) -> Vec<Vec<String>> {
        let found = circles(&Sources::read(&self.0).unwrap().arrows());
        found.into_iter().map(|circle| circle.files.into_iter().collect()).collect()
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

#[test]
fn a_name_is_followed_through_what_hands_it_on() {
    let made = Made::of(
        "followed",
        &[
            ("lib.rs", "mod a; mod b; pub use b::Shown;"),
            ("a.rs", "use crate::Shown;"),
            ("b/mod.rs", "mod c; pub use c::Made as Shown;"),
            ("b/c.rs", "pub struct Made;"),
        ],
    );
    let expected = ["lib.rs:1 → b/c.rs", "a.rs:1 → b/c.rs", "b/mod.rs:1 → b/c.rs"];
    assert_eq!(made.arrows(), expected);
}

#[test]
fn a_module_s_name_alone_is_no_arrow_and_what_is_used_of_it_is() {
    let made = Made::of(
        "module",
        &[
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "use crate::b;\nfn f() { b::c::g(); html! { (super::b::h()) } }"),
            ("b/mod.rs", "pub mod c; pub fn h() {}"),
            ("b/c.rs", "text_id!(Id); pub fn g() {}"),
        ],
    );
    assert_eq!(made.arrows(), ["a.rs:2 → b/mod.rs", "a.rs:2 → b/c.rs"]);
}

#[test]
fn a_circle_of_three_is_found_and_what_only_hangs_on_it_is_not_in_it() {
    let made = Made::of(
        "circle",
        &[
            ("main.rs", "mod a; mod b; mod c; mod d;"),
            ("a.rs", "use crate::b::B; pub struct A;"),
            ("b.rs", "pub struct B; fn f() -> super::c::C { loop {} }"),
            ("c.rs", "use super::{a::A, d::D}; pub struct C;"),
            ("d.rs", "#[cfg(test)] use crate::a::A; pub struct D;"),
        ],
    );
    assert_eq!(made.circles(), [["a.rs", "b.rs", "c.rs"]]);
}

#[test]
fn a_parent_module_s_own_types_close_no_circle_and_those_of_another_room_do() {
    let parts = [
        ("lib.rs", "mod a; mod b;"),
        ("a/mod.rs", "mod part; pub struct State; fn f() { part::draw() }"),
        ("a/part.rs", "use super::State; pub fn draw() {}"),
    ];
    let made = Made::of("parent", &[&parts[..], &[("b.rs", "use crate::a::State;")]].concat());
    assert!(made.circles().is_empty());
    let parts = [parts[0], parts[1], ("a/part.rs", "use crate::b::B; pub fn draw() {}")];
    let made = Made::of("rooms", &[&parts[..], &[("b.rs", "use crate::a::State; pub struct B;")]].concat());
    assert_eq!(made.circles(), [["a/mod.rs", "a/part.rs", "b.rs"]]);
}

#[test]
fn everything_of_a_module_brought_in_is_looked_through_for_the_names_used() {
    let made = Made::of(
        "globs",
        &[
            ("lib.rs", "mod a; mod b; mod c;"),
            ("a.rs", "use crate::b::*;\nfn f(_: B) -> C { loop {} }"),
            ("b.rs", "pub use crate::c::*; pub struct B;"),
            ("c.rs", "pub struct C; pub struct Unused;"),
        ],
    );
    assert_eq!(made.arrows(), ["a.rs:2 → b.rs", "a.rs:2 → c.rs"]);
}
