//! The places of the window, one file each.

pub mod gallery;
