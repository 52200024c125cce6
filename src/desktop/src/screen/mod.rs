//! The places of the window, one module each, and [`Screen`]: the one that is open.

pub mod accounts;
pub mod action;
pub mod admin;
pub mod ask;
mod browse;
pub mod connect;
pub mod contract;
mod folders;
pub mod gallery;
pub mod import;
mod intake;
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
mod record_form;
pub mod sent;
pub mod settings;
pub mod shared_area;
pub mod templates;
pub mod token;
pub mod typed;
pub mod update;
pub mod users;

#[cfg(test)]
mod driver;
#[cfg(test)]
mod sample;

pub use action::{Action, Wish};
pub use contract::{Screen, Topic};
pub use open::{Message, Open, Opened};
