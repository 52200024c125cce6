//! The payload of a package, by how the header's order type travels.

mod administration_read;
mod administration_write;
mod vocabulary;

use std::io::Write;

use domain::order::Payload;
use domain::{AdminOrder, Order, PackageHeader, Transfer};

use super::{ADMINISTRATION_NAMESPACE, PackageContent};
use crate::pain001::{self, Expected, Message};
use crate::strict::Strict;
use crate::{FormatError, Result};

/// Reads the orders of a package with that header.
pub(super) fn read(
    xml: &mut Strict<'_>,
    header: &PackageHeader,
    expected: &Expected<'_>,
) -> Result<Vec<Order>> {
    match header.order_type.payload() {
        Payload::Transfers => {
            let other = |_| FormatError::OtherType { declared: header.order_type.code() };
            let transfers = pain001::read_document(xml, expected)?;
            transfers
                .into_iter()
                .map(|transfer| header.order_type.of_transfer(transfer).map_err(other))
                .collect()
        }
        Payload::Administration => {
            let orders = administration_read::read_administration(xml)?;
            Ok(orders.into_iter().map(Order::from).collect())
        }
    }
}

/// A package's orders, ready to be written.
pub(super) enum Writable<'a> {
    Transfers(Vec<&'a Transfer>),
    Administration(Vec<&'a AdminOrder>),
}

impl<'a> Writable<'a> {
    /// The orders, if they are all of the header's type and can be written.
    pub(super) fn of(content: &'a PackageContent) -> Result<Self> {
        if let Some(at) = content.orders.iter().position(|o| o.order_type() != content.header.order_type) {
            return Err(FormatError::CannotWrite { position: at + 1, element: "OrderType" });
        }
        if content.orders.is_empty() {
            return Err(FormatError::NoOrders);
        }
        match content.header.order_type.payload() {
            Payload::Transfers => {
                let transfers: Vec<&Transfer> = content.orders.iter().filter_map(Order::transfer).collect();
                pain001::check(&message(content, &transfers))?;
                Ok(Self::Transfers(transfers))
            }
            Payload::Administration => {
                Ok(Self::Administration(content.orders.iter().filter_map(Order::administration).collect()))
            }
        }
    }

    /// Writes them.
    pub(super) fn write(&self, content: &PackageContent, sink: &mut impl Write) -> Result<()> {
        match self {
            Self::Transfers(transfers) => pain001::write_document(&message(content, transfers), sink),
            Self::Administration(orders) => administration_write::write_administration(orders, sink),
        }
    }
}

fn message<'a>(content: &'a PackageContent, orders: &'a [&'a Transfer]) -> Message<'a> {
    Message {
        id: content.header.id,
        created: content.created,
        customer: &content.header.customer,
        customer_name: &content.customer_name,
        orders,
    }
}
