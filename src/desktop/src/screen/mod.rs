//! The places of the window, one module each, and [`Screen`]: the one that is open.

pub mod accounts;
pub mod admin;
pub mod ask;
pub mod connect;
pub mod gallery;
pub mod import;
pub mod journal;
pub mod login;
pub mod messages;
pub mod notice;
mod open;
pub mod order;
pub mod overview;
pub mod packages;
pub mod partner_files;
pub mod partners;
pub mod places;
pub mod sent;
pub mod settings;
pub mod shared_area;
pub mod templates;
pub mod token;
pub mod typed;
pub mod update;
pub mod users;

#[cfg(test)]
mod sample;

pub use open::{Effects, Message, Screen, Surroundings, Wish};
