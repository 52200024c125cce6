//! The reference bank: a small real bank for Kapocs clients to talk to.
//!
//! Written to be read by an engineer who puts the protocol before a real bank's systems. A call comes in by
//! [`server`] (TLS) and `web` (HTTP), goes through [`login`] or `sessions`, and changes the one SQLite file
//! in one transaction ([`bank::Bank::write`]). Packages are judged by `acceptance`, kept by `packages`,
//! executed by [`engine`] on a clock that tests can set; money moves in [`ledger`] only. [`shared`] is the area by
//! which a customer's seats hand packages to each other. [`administration`] carries self-administration orders out,
//! `messages` go to and fro, [`notices`] to telephones and mailboxes. [`desk`] is where its telephone service unblocks tokens,
//! with what [`cards`] and [`card_secrets`] know of them. [`webclient`] is the bank in a browser, signed by
//! [`virtual_cards`]. It hands out [`releases`] of the client program, and [`clients`] that are too old no answers. [`control`] and [`faults`] exist for tests and the operator. [`demo`] makes the data of a demo
//! company.

mod acceptance;
pub mod administration;
pub mod bank;
pub mod card_secrets;
pub mod cards;
mod changes;
pub mod clients;
pub mod control;
mod customers;
mod database;
pub mod demo;
pub mod desk;
pub mod engine;
mod error;
pub mod faults;
pub mod folder;
mod history;
pub mod ledger;
pub mod login;
mod messages;
pub mod notices;
mod packages;
mod people;
pub mod phone;
mod proxies;
pub mod releases;
mod renewal;
pub mod rules;
pub mod serve;
pub mod server;
mod sessions;
pub mod shared;
pub mod slow_hash;
#[cfg(test)]
mod testing;
pub mod time;
pub mod virtual_cards;
mod web;
pub mod web_packages;
pub mod webclient;

pub use error::{BankError, Result};
