//! The places of the window, one file each.

pub mod ask;
pub mod gallery;
pub mod notice;
pub mod order;

#[cfg(test)]
mod sample;
