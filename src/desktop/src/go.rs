//! Where a screen can send the user: names of places, so that screens need not know one another.

use client::domain::{OrderId, PackageId, PartnerId, TemplateId};

/// A place of the window, asked for by a screen and opened by the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Go {
    /// "Áttekintés".
    Overview,
    /// "Új megbízás".
    NewOrder(NewOrder),
    /// "Előkészített csomagok", with one of them chosen.
    Prepared(Option<PackageId>),
    /// "Elküldött megbízások", with one of them chosen.
    Sent(Option<PackageId>),
    /// Importing a file of orders.
    Import,
    /// "Partnerek".
    Partners,
    /// Writing partners to a file.
    PartnerExport,
    /// Taking partners from a file.
    PartnerImport,
    /// "Sablonok".
    Templates,
    /// "Token".
    Token,
    /// "Beállítások".
    Settings,
}

/// What the order form begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewOrder {
    /// Nothing.
    Blank,
    /// What was typed and not saved the last time.
    Kept,
    /// A template.
    FromTemplate(TemplateId),
    /// The partner's target.
    ToPartner(PartnerId),
    /// A recorded order, which saving replaces.
    Edit(OrderId),
    /// The fields of a recorded order.
    Copy(OrderId),
    /// Nothing, but it goes into this package.
    In(PackageId),
}
