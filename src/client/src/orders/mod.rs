//! Orders: the rules that judge them, recording them, reading them from files.

pub(crate) mod import;
pub(crate) mod record;
pub(crate) mod rules;
