//! What a module says of itself: the names that it defines, imports and uses. Tests are left out.

use std::collections::{BTreeMap, BTreeSet};

use super::tokens::{Kind, Token, tokens};

/// Names joined by `::`, and the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The names in their order.
    pub names: Vec<String>,
    pub line: usize,
}

/// A module of a file: the file itself, or one in braces.
#[derive(Debug, Default)]
pub struct Scope {
    /// Modules that lie in files of their own.
    pub files: BTreeSet<String>,
    pub inline: BTreeMap<String, Scope>,
    /// Types, functions, constants, macros.
    pub items: BTreeSet<String>,
    /// Names brought in by `use`, under which name.
    pub imports: Vec<(String, Named)>,
    /// Everything of a module brought in by `use …::*`.
    pub globs: Vec<Named>,
    /// What of both is handed on to everybody by `pub use`.
    pub handed_on: Vec<Named>,
    /// Paths of two names and more, wherever they stand.
    pub paths: Vec<Named>,
    /// Single names and their first line: what may have come by a `use …::*`.
    pub words: BTreeMap<String, usize>,
}

/// Reads a file's text.
pub fn scope(text: &str) -> Scope {
    let mut reader = Reader { tokens: tokens(text), at: 0 };
    reader.scope()
}

/// Begin definitions of a name.
const DEFINING: [&str; 8] = ["const", "enum", "fn", "static", "struct", "trait", "type", "union"];
/// Items that end with a semicolon even if braces stand in them.
const ENDED_BY_SEMICOLON: [&str; 4] = ["const", "static", "type", "use"];

struct Reader {
    tokens: Vec<Token>,
    at: usize,
}

impl Reader {
    fn word(&self, ahead: usize) -> Option<&str> {
        self.tokens.get(self.at + ahead).and_then(Token::word)
    }

    fn sign(&self, ahead: usize, sign: char) -> bool {
        self.tokens.get(self.at + ahead).is_some_and(|token| token.is(sign))
    }

    fn colons(&self, ahead: usize) -> bool {
        self.tokens.get(self.at + ahead).is_some_and(|token| token.kind == Kind::Colons)
    }

    fn line(&self) -> usize {
        self.tokens.get(self.at).map_or(0, |token| token.line)
    }

    /// Reads to the end of the text or of the braces.
    fn scope(&mut self) -> Scope {
        let mut scope = Scope::default();
        let mut depth = 0_usize;
        while self.at < self.tokens.len() {
            if self.sign(0, '{') {
                depth += 1;
                self.at += 1;
            } else if self.sign(0, '}') {
                self.at += 1;
                if depth == 0 {
                    return scope;
                }
                depth -= 1;
            } else if self.sign(0, '#') && (self.sign(1, '[') || self.sign(1, '!')) {
                self.attribute();
            } else if self.word(0).is_some() {
                self.at_word(&mut scope, depth == 0);
            } else {
                self.at += 1;
            }
        }
        scope
    }

    fn at_word(&mut self, scope: &mut Scope, outermost: bool) {
        let word = self.word(0).unwrap_or_default().to_owned();
        let next = self.word(1).map(str::to_owned);
        match (word.as_str(), next) {
            ("mod", Some(name)) if outermost && self.sign(2, ';') => {
                let _ = scope.files.insert(name);
                self.at += 3;
            }
            ("mod", Some(name)) if outermost && self.sign(2, '{') => {
                self.at += 3;
                let inner = self.scope();
                let _ = scope.inline.insert(name, inner);
            }
            ("use", _) if !self.sign(1, '<') => {
                let public = self.at.checked_sub(1).is_some_and(|at| self.tokens[at].word() == Some("pub"));
                let (imports, globs) = (scope.imports.len(), scope.globs.len());
                self.at += 1;
                self.tree(&[], scope);
                if public {
                    let new = scope.imports[imports..].iter().map(|(_, named)| named);
                    scope.handed_on.extend(new.chain(&scope.globs[globs..]).cloned());
                }
            }
            ("macro_rules", None) if self.sign(1, '!') => {
                scope.items.extend(self.word(2).map(str::to_owned));
                self.at += 3;
            }
            (defining, Some(name)) if outermost && DEFINING.contains(&defining) => {
                // `const fn` and the like: the second word begins the definition.
                if !DEFINING.contains(&name.as_str()) && !["mut", "unsafe", "async"].contains(&name.as_str())
                {
                    let _ = scope.items.insert(name);
                    self.at += 1;
                }
                self.at += 1;
            }
            _ => self.path(scope),
        }
    }

    /// One branch of a `use`, up to its comma, brace or semicolon.
    fn tree(&mut self, stem: &[String], scope: &mut Scope) {
        let mut names = stem.to_vec();
        let line = self.line();
        loop {
            if self.colons(0) {
                self.at += 1;
            } else if self.sign(0, '{') {
                self.at += 1;
                while self.at < self.tokens.len() && !self.sign(0, '}') {
                    if self.word(0).is_some() || self.sign(0, '*') {
                        self.tree(&names, scope);
                    } else {
                        self.at += 1;
                    }
                }
                self.at += 1;
                return;
            } else if self.sign(0, '*') {
                self.at += 1;
                scope.globs.push(Named { names, line });
                return;
            } else if let Some(word) = self.word(0).map(str::to_owned) {
                self.at += 1;
                if word == "as" {
                    let alias = self.word(0).unwrap_or_default().to_owned();
                    self.at += 1;
                    scope.imports.push((alias, Named { names, line }));
                    return;
                }
                if word != "self" || names.is_empty() {
                    names.push(word);
                }
            } else {
                if let Some(last) = names.last().cloned() {
                    scope.imports.push((last, Named { names, line }));
                }
                return;
            }
        }
    }

    /// A name, or several joined; what follows a dot is a method and no name of a module.
    fn path(&mut self, scope: &mut Scope) {
        let line = self.line();
        let before = |n| self.at.checked_sub(n).and_then(|at| self.tokens.get(at));
        let dotted = before(1).is_some_and(|t| t.is('.')) && !before(2).is_some_and(|t| t.is('.'));
        let begins = !dotted && before(1).is_none_or(|t| t.kind != Kind::Colons);
        let mut names = Vec::new();
        names.extend(self.word(0).map(str::to_owned));
        self.at += 1;
        while self.colons(0)
            && let Some(word) = self.word(1).map(str::to_owned)
        {
            names.push(word);
            self.at += 2;
        }
        if !begins {
            return;
        }
        match names.len() {
            0 => {}
            1 => {
                let _ = scope.words.entry(names.remove(0)).or_insert(line);
            }
            _ => scope.paths.push(Named { names, line }),
        }
    }

    /// An attribute; one that makes a test takes what follows it along.
    fn attribute(&mut self) {
        let inner = self.sign(1, '!');
        let begin = self.at;
        self.bracket();
        if !is_test(&self.tokens[begin..self.at]) {
            return;
        }
        if inner {
            self.at = self.tokens.len();
            return;
        }
        while self.sign(0, '#') {
            self.bracket();
        }
        self.skip();
    }

    /// Over the next pair of square brackets.
    fn bracket(&mut self) {
        let mut depth = 0_usize;
        while self.at < self.tokens.len() {
            if self.sign(0, '[') {
                depth += 1;
            } else if self.sign(0, ']') {
                depth -= 1;
                if depth == 0 {
                    self.at += 1;
                    return;
                }
            }
            self.at += 1;
        }
    }

    /// Over one item, field, variant or statement.
    fn skip(&mut self) {
        while self.word(0) == Some("pub") {
            self.at += 1;
            if self.sign(0, '(') {
                while self.at < self.tokens.len() && !self.sign(0, ')') {
                    self.at += 1;
                }
                self.at += 1;
            }
        }
        let only_semicolon =
            self.word(0).is_some_and(|word| ENDED_BY_SEMICOLON.contains(&word)) && self.word(1) != Some("fn");
        let mut depth = 0_usize;
        while self.at < self.tokens.len() {
            let closes = ['}', ')', ']'].iter().any(|sign| self.sign(0, *sign));
            if closes && depth == 0 {
                return;
            }
            if closes {
                depth -= 1;
            } else if ['{', '(', '['].iter().any(|sign| self.sign(0, *sign)) {
                depth += 1;
            }
            let braces_end = self.sign(0, '}') && !only_semicolon;
            let ends = depth == 0 && (self.sign(0, ';') || self.sign(0, ',') || braces_end);
            self.at += 1;
            if ends {
                return;
            }
        }
    }
}

/// Whether an attribute is `#[test]`, `#[…::test]` or `#[cfg(test)]`. What stands for tests *or* a feature is not
/// only there for tests.
fn is_test(attribute: &[Token]) -> bool {
    let words: Vec<&str> = attribute.iter().filter_map(Token::word).collect();
    match words.as_slice() {
        ["cfg", "test", ..] | ["cfg", "all", "test", ..] => true,
        ["cfg" | "cfg_attr" | "doc", ..] => false,
        words => words.iter().take(2).any(|word| *word == "test"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Scope, scope};

    fn imports(scope: &Scope) -> Vec<(String, String)> {
        scope.imports.iter().map(|(name, named)| (name.clone(), named.names.join("::"))).collect()
    }

    #[test]
    fn a_tree_of_imports_becomes_one_name_each() {
        let scope = scope("pub(crate) use crate::{a, b::{self, C as D, e::*}};\nuse super::f::G;");
        let pairs: Vec<_> =
            [("a", "crate::a"), ("b", "crate::b"), ("D", "crate::b::C"), ("G", "super::f::G")]
                .map(|(name, path)| (name.to_owned(), path.to_owned()))
                .into();
        assert_eq!(imports(&scope), pairs);
        assert_eq!(scope.globs[0].names, ["crate", "b", "e"]);
        assert!(scope.handed_on.is_empty());
    }

    #[test]
    fn only_what_everybody_may_use_is_handed_on() {
        let scope = scope("pub use a::{b, c::*}; use d::e; pub(crate) use f::g;");
        let paths: Vec<String> = scope.handed_on.iter().map(|named| named.names.join("::")).collect();
        assert_eq!(paths, ["a::b", "a::c"]);
    }

    #[test]
    fn tests_are_left_out_and_what_follows_them_is_not() {
        let scope = scope(
            "#[cfg(test)] mod tests; mod real; #[cfg(test)] use crate::a::{B}; use crate::c::D;
             struct S { #[cfg(test)] x: crate::e::F, y: crate::g::H }
             #[cfg(test)] impl S { fn t() { crate::i::j() } }
             #[tokio::test] async fn k() { crate::l::m() }
             #[cfg(any(test, feature = \"probe\"))] fn n() { crate::o::p::<u8>() }",
        );
        assert_eq!(scope.files.into_iter().collect::<Vec<_>>(), ["real"]);
        assert_eq!(scope.imports.len(), 1);
        let paths: Vec<String> = scope.paths.iter().map(|named| named.names.join("::")).collect();
        assert_eq!(paths, ["crate::g::H", "crate::o::p"]);
    }

    #[test]
    fn definitions_of_a_module_are_found_and_those_in_bodies_are_not() {
        let scope = scope(
            "pub const fn a() {} static B: u8 = 1; impl C { fn d() {} } mod e { pub struct F; } macro_rules! g {}",
        );
        assert_eq!(scope.items.into_iter().collect::<Vec<_>>(), ["B", "a", "g"]);
        assert!(scope.inline["e"].items.contains("F"));
    }
}
