//! Where a screen can send the user: names of places, so that screens need not know one another.

use domain::{OrderId, PackageId, PartnerId, TemplateId};

/// A place of the window, asked for by a screen and opened by the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Go {
    /// "Áttekintés".
    Overview,
    /// "Új megbízás".
    NewOrder(NewOrder),
    /// "Előkészített csomagok", with one of them chosen.
    Prepared(Option<PackageId>),
    /// There, with this one's signing sheet.
    Sign(PackageId),
    /// "Közös terület".
    Shared,
    /// "Elküldött megbízások", with one of them chosen.
    Sent(Option<PackageId>),
    /// Importing a file of orders.
    Import,
    /// "Egyenlegek és forgalom".
    Accounts,
    /// "Partnerek".
    Partners,
    /// Writing partners to a file.
    PartnerExport,
    /// Taking partners from a file.
    PartnerImport,
    /// "Sablonok".
    Templates,
    /// "Üzenetek".
    Messages,
    /// "Előkészített megbízások" of self-administration, with one of the packages chosen.
    Administration(Option<PackageId>),
    /// There, with an order to fill in.
    NewAdminOrder(AdminStart),
    /// "Felhasználók és jogok".
    Users,
    /// "Token".
    Token,
    /// "Eseménynapló".
    Journal,
    /// "Beállítások".
    Settings,
}

/// What the order form begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewOrder {
    Blank,
    /// What was typed and not saved the last time.
    Kept,
    FromTemplate(TemplateId),
    ToPartner(PartnerId),
    /// A recorded order, which saving replaces.
    Edit(OrderId),
    /// The fields of a recorded order.
    Copy(OrderId),
    /// Nothing, but it goes into this package.
    In(PackageId),
}

/// Kinds of self-administration orders, as people choose them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdminKind {
    /// "Internet banking szolgáltatás igénylése".
    InternetBanking,
    UserData,
    /// Rights of a user; none deletes the user.
    UserRights,
    /// A new account into the service.
    NewAccount,
    /// Suspend or enable a device.
    Device,
    ClearErrors,
    /// Register a secondary identifier.
    RegisterId,
    /// Confirm one for another year.
    ConfirmId,
    DeleteId,
}

/// What the form of a self-administration order begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdminStart {
    /// The kind of order.
    pub kind: AdminKind,
    /// What it is about, by its place in the list that the form offers. The form shows the name, so that a list
    /// that has changed in between misleads nobody.
    pub subject: Option<usize>,
}
