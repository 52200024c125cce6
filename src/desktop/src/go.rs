//! Where a screen can send the user: names of places, so that screens need not know one another.

use domain::{OrderId, OrderType, PackageId, PartnerId, TemplateId};

/// A place of the window, asked for by a screen and opened by the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Go {
    /// "Áttekintés".
    Overview,
    /// "Minden ügyfél": the overview over all of them.
    Everyone,
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
    /// "Önadminisztráció": what can be changed, or the order that is asked for.
    Administration(Administer),
    /// "Felhasználók és jogok".
    Users,
    /// "Token".
    Token,
    /// "Bankkapcsolatok".
    Connections,
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

impl Go {
    /// The place where orders of that type are filled in.
    #[must_use]
    pub fn order(kind: OrderType, how: NewOrder) -> Self {
        if kind.is_payment() {
            return Self::NewOrder(how);
        }
        Self::Administration(match how {
            NewOrder::Edit(order) => Administer::Edit(order),
            NewOrder::Copy(order) => Administer::Copy(order),
            NewOrder::In(package) => Administer::In(package),
            // These begin payments only.
            NewOrder::Blank | NewOrder::Kept | NewOrder::FromTemplate(_) | NewOrder::ToPartner(_) => {
                Administer::Choose
            }
        })
    }
}

/// What the place of self-administration begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Administer {
    /// The kinds of orders.
    Choose,
    /// An order of a kind.
    Start(AdminStart),
    /// A recorded order, which saving replaces.
    Edit(OrderId),
    /// A recorded order as a new one.
    Copy(OrderId),
    /// The kinds of orders, for one that goes into this package.
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
