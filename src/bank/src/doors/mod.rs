//! The doors of the bank: the interface for installed clients, the web client, the operator desk, the control
//! interface; the server behind all of them, and faults on demand.

pub(crate) mod api;
pub(crate) mod browser;
pub mod control;
pub(crate) mod desk;
pub(crate) mod faults;
pub(crate) mod http;
pub(crate) mod places;
pub mod serve;
pub(crate) mod server;
mod stall;
