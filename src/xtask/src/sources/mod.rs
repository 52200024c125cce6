//! What the sources of a crate say of themselves, read without compiling: which file uses which, and in which circles.
//!
//! Names are followed through `use`, `pub use` and modules to the file that defines them. A file may use what its
//! parent module's own file defines (a screen's parts and its `mod.rs`); this makes no arrow. Tests are left out.

mod circles;
mod resolve;
mod scope;
mod tokens;

use std::path::{Path, PathBuf};

pub use circles::{Arrow, Circle, between_rooms, circles};
pub use scope::Named;

use scope::Scope;

/// A module: in a file of its own or in braces.
#[derive(Debug)]
pub(crate) struct Module {
    /// The file that it stands in.
    pub(crate) file: usize,
    /// The module around it.
    pub(crate) parent: Option<usize>,
    pub(crate) scope: Scope,
    /// Modules in it, by name.
    pub(crate) children: Vec<(String, usize)>,
}

/// A file that is no test.
#[derive(Debug)]
pub struct File {
    /// From the crate's `src`.
    pub path: PathBuf,
    /// The names of its module from the crate's root.
    pub module: Vec<String>,
}

/// The files of a crate that are no tests.
#[derive(Debug, Default)]
pub struct Sources {
    pub files: Vec<File>,
    pub(crate) modules: Vec<Module>,
}

impl Sources {
    /// Reads a crate's `src` folder, from its roots along their modules.
    ///
    /// # Errors
    /// A file cannot be read, or a module has no file.
    pub fn read(folder: &Path) -> std::io::Result<Self> {
        let mut sources = Self::default();
        for root in ["lib.rs", "main.rs"] {
            if folder.join(root).exists() {
                sources.file(folder, PathBuf::from(root), Vec::new(), None)?;
            }
        }
        Ok(sources)
    }

    /// Every path of two names and more that is written, with what imports bring in; everything of a module is `*`.
    pub fn names(&self) -> impl Iterator<Item = (&File, Named)> {
        self.modules.iter().flat_map(|module| {
            let scope = &module.scope;
            let all = scope.globs.iter().map(|named| Named {
                names: [named.names.as_slice(), &["*".to_owned()]].concat(),
                line: named.line,
            });
            let imports = scope.imports.iter().map(|(_, named)| named);
            let all = all.chain(scope.paths.iter().chain(imports).cloned());
            all.map(|named| (&self.files[module.file], named))
        })
    }

    /// Every path that is handed on by `pub use`.
    pub fn handed_on(&self) -> impl Iterator<Item = (&File, &Named)> {
        let modules = self.modules.iter();
        modules.flat_map(|m| m.scope.handed_on.iter().map(|named| (&self.files[m.file], named)))
    }

    fn file(
        &mut self,
        folder: &Path,
        path: PathBuf,
        module: Vec<String>,
        parent: Option<usize>,
    ) -> std::io::Result<usize> {
        let text = std::fs::read_to_string(folder.join(&path))?;
        let file = self.files.len();
        self.files.push(File { path, module: module.clone() });
        self.module(folder, scope::scope(&text), module, file, parent)
    }

    fn module(
        &mut self,
        folder: &Path,
        mut scope: Scope,
        path: Vec<String>,
        file: usize,
        parent: Option<usize>,
    ) -> std::io::Result<usize> {
        let (files, inline) = (std::mem::take(&mut scope.files), std::mem::take(&mut scope.inline));
        let number = self.modules.len();
        self.modules.push(Module { file, parent, scope, children: Vec::new() });
        let below = |name: &str| [path.as_slice(), &[name.to_owned()]].concat();
        for name in files {
            let inner = below(&name);
            let stem: PathBuf = inner.iter().collect();
            let flat = stem.with_extension("rs");
            let place = if folder.join(&flat).exists() { flat } else { stem.join("mod.rs") };
            let child = self.file(folder, place, inner, Some(number))?;
            self.modules[number].children.push((name, child));
        }
        for (name, scope) in inline {
            let child = self.module(folder, scope, below(&name), file, Some(number))?;
            self.modules[number].children.push((name, child));
        }
        Ok(number)
    }
}

#[cfg(test)]
mod tests;
