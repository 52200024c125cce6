//! The places of the window, one file each.

pub mod ask;
pub mod gallery;
pub mod import;
pub mod notice;
pub mod order;
pub mod partners;
pub mod templates;

#[cfg(test)]
mod sample;
