//! Orders: the rules that judge them, recording them into packages, reading them from files.

pub(crate) mod import;
pub(crate) mod payee;
pub(crate) mod placing;
pub(crate) mod record;
pub(crate) mod rules;
pub(crate) mod together;
