//! The places of the window, one file each.

pub mod ask;
pub mod gallery;
pub mod packages;
pub mod sent;
