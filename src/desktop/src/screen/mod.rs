//! The places of the window, one module each. What each must be able to do is [`contract::Screen`]; [`Open`] is the one
//! that is open. What several do alike stands once: [`browse`], [`record_form`], [`intake`], [`packages::entry`].

pub(crate) mod accounts;
pub(crate) mod action;
pub(crate) mod admin;
pub(crate) mod ask;
mod browse;
mod busy;
pub(crate) mod choice;
pub(crate) mod connect;
pub(crate) mod connections;
pub(crate) mod contract;
pub(crate) mod everyone;
mod folders;
pub mod gallery;
pub(crate) mod import;
mod intake;
pub(crate) mod journal;
pub(crate) mod login;
pub(crate) mod messages;
pub(crate) mod notice;
mod open;
pub(crate) mod order;
pub(crate) mod overview;
pub(crate) mod packages;
pub(crate) mod partner_files;
pub(crate) mod partners;
mod record_form;
pub(crate) mod sent;
pub(crate) mod settings;
pub(crate) mod shared_area;
pub(crate) mod templates;
pub(crate) mod token;
pub(crate) mod trouble;
pub(crate) mod typed;
pub(crate) mod update;
pub(crate) mod users;

#[cfg(test)]
pub(crate) mod driver;
#[cfg(test)]
mod sample;

pub(crate) use action::{Action, Wish};
pub(crate) use contract::Topic;
pub(crate) use open::{Message, Open, Opened};
