//! The reference bank: a small real bank for Kapocs clients to talk to, written to be read by an engineer who puts
//! the protocol before a real bank's systems.
//!
//! A call comes in by one of the [`doors`] and changes the one SQLite file in one transaction
//! ([`bank::Bank::write`]). Packages are judged, kept and carried out in `orders`, on a clock that tests can set;
//! money moves in `accounts` only; [`people`] says who may come in and with what. All of them stand on [`ground`],
//! which knows nothing of the business. [`releases`] are what the bank hands out of the client program, and [`demo`]
//! makes the data of a demo company. Arrows run down only: doors, orders, people, accounts, ground.

mod accounts;
pub mod bank;
pub mod demo;
pub mod doors;
pub mod ground;
mod orders;
pub mod people;
mod pruning;
pub mod releases;
#[cfg(test)]
mod testing;

pub use ground::error::{BankError, Result};
