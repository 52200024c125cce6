//! The workplace: settings, texts, the log, folders, the administrator's policy, updates, the demo.

pub(crate) mod audit;
pub mod demo;
pub mod folders;
pub mod policy;
mod settings;
pub mod texts;
pub mod update;
pub(crate) mod whole_file;
