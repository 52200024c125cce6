//! Tests of the store over real files: opening, faults, kills, and every query that screens rely on.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail by panicking"
)]

mod administration;
mod audit;
mod bank;
mod connections;
mod faults;
mod figures;
mod handovers;
mod history;
mod kill;
mod migrations;
mod old;
mod old_orders;
mod old_view;
mod opening;
mod orders;
mod outbox;
mod packages;
mod partners;
mod renewals;
mod separation;
mod support;
mod texts;
