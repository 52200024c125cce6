//! The client program: the releases that the bank hands out, and which versions it takes.

pub mod client_versions;
pub mod command;
pub mod published;
