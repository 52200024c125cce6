//! Orders: how packages of them are accepted, kept, handed between a customer's seats, and carried out.
//!
//! What differs by type stands in a file of the type ([`hct`], [`hve`], [`vib`], [`administration`]) and is a row of
//! the table below; [`acceptance`], [`packages`] and [`engine`], which is the clock, know no type.

pub(crate) mod acceptance;
pub(crate) mod administration;
mod attempts;
pub(crate) mod context;
pub(crate) mod engine;
pub(crate) mod examined;
mod hct;
mod hve;
pub(crate) mod packages;
pub(crate) mod part;
pub(crate) mod payee;
pub(crate) mod refusal;
mod rights;
pub(crate) mod shared_area;
mod transfer;
mod vib;

use domain::OrderType;

use part::Part;

/// What the bank does with the orders of a type.
pub(crate) fn part_of(order_type: OrderType) -> Part {
    match order_type {
        OrderType::Hct => hct::PART,
        OrderType::Hve => hve::PART,
        OrderType::Vib => vib::PART,
        OrderType::Adm => administration::PART,
    }
}
