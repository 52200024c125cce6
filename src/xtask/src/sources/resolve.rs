//! From a written path to the file that defines what it names.

use super::{Module, Sources};

/// What a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Module(usize),
    /// Something that a file defines.
    Item(usize),
}

/// Imports that are being followed: one that leads back to itself names nothing.
type Trail = Vec<(usize, String)>;

impl Sources {
    /// The file that defines what a path names, seen from a module. Nothing for what other crates define, and for a
    /// module itself: what is used of it is written elsewhere.
    pub(crate) fn defining(&self, from: usize, names: &[String]) -> Option<usize> {
        match self.follow(from, names, &mut Vec::new())? {
            Target::Module(_) => None,
            Target::Item(file) => Some(file),
        }
    }

    /// The file that defines a single name which an import of everything may have brought into a module.
    pub(crate) fn by_glob(&self, from: usize, word: &str) -> Option<usize> {
        let module = &self.modules[from];
        if module.scope.globs.is_empty()
            || module.scope.items.contains(word)
            || module.scope.imports.iter().any(|(name, _)| name == word)
        {
            return None;
        }
        match self.in_globs(from, word, &mut Vec::new())? {
            Target::Module(_) => None,
            Target::Item(file) => Some(file),
        }
    }

    fn follow(&self, from: usize, names: &[String], trail: &mut Trail) -> Option<Target> {
        let (first, rest) = names.split_first()?;
        let mut target = match first.as_str() {
            "crate" => Target::Module(self.root(from)),
            "self" => Target::Module(from),
            "super" => Target::Module(self.modules[from].parent?),
            name => self.lookup(from, name, rest.is_empty(), trail)?,
        };
        for (n, name) in rest.iter().enumerate() {
            let Target::Module(module) = target else { break };
            target = match name.as_str() {
                "super" => Target::Module(self.modules[module].parent?),
                name => {
                    let found = self.lookup(module, name, n + 1 == rest.len(), trail);
                    // What a macro defines is not seen by name.
                    found.unwrap_or(Target::Item(self.modules[module].file))
                }
            };
        }
        Some(target)
    }

    fn root(&self, of: usize) -> usize {
        let mut module = of;
        while let Some(parent) = self.modules[module].parent {
            module = parent;
        }
        module
    }

    fn lookup(&self, module: usize, name: &str, last: bool, trail: &mut Trail) -> Option<Target> {
        let Module { scope, children, file, .. } = &self.modules[module];
        let child = children.iter().find(|(of, _)| of == name).map(|(_, child)| Target::Module(*child));
        let item = scope.items.contains(name).then_some(Target::Item(*file));
        // A function and a module may share a name; only a module has something behind it.
        let own = if last { item.or(child) } else { child.or(item) };
        if own.is_some() {
            return own;
        }
        let step = (module, name.to_owned());
        if trail.contains(&step) {
            return None;
        }
        trail.push(step);
        let imported = scope.imports.iter().filter(|(alias, _)| alias == name);
        let found = imported
            .filter_map(|(_, named)| self.follow(module, &named.names, trail))
            .next()
            .or_else(|| self.in_globs(module, name, trail));
        let _ = trail.pop();
        found
    }

    fn in_globs(&self, module: usize, name: &str, trail: &mut Trail) -> Option<Target> {
        self.modules[module].scope.globs.iter().find_map(|named| {
            match self.follow(module, &named.names, trail)? {
                Target::Module(of) if of != module => self.lookup(of, name, true, trail),
                Target::Module(_) | Target::Item(_) => None,
            }
        })
    }
}
