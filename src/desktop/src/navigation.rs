//! The places of the window: their area, their order in the navigation, and where [`Go`] leads.

use clap::ValueEnum;
use client::bank::{Capabilities, Capability};

use crate::go::{Administer, Go, NewOrder};
use crate::tr;

/// The two areas that users of banking clients know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// "Számlavezetés".
    Banking,
    /// "Adminisztráció".
    Administration,
}

/// A place; its name on the command line is the variant's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Place {
    /// What waits, deadlines, balances.
    Overview,
    /// The same over all customers; above the navigation's first place where the store has several, and in their choice.
    Everyone,
    /// The order form.
    Order,
    /// Packages that are not sent yet.
    Prepared,
    /// Packages that wait to be taken over.
    Shared,
    /// Packages at the bank.
    Sent,
    /// Importing a file of orders; reached by Ctrl+I, not by the navigation.
    Import,
    /// Balances and transactions.
    Accounts,
    /// Partners.
    Partners,
    /// Writing partners to a file; reached from the partners.
    PartnerExport,
    /// Taking partners from a file; reached from the partners.
    PartnerImport,
    /// Templates.
    Templates,
    /// Messages of the bank and to it.
    Messages,
    /// Self-administration orders.
    AdminOrders,
    /// Who may do what.
    Users,
    /// What is in the reader.
    Token,
    /// The banks of this store.
    Connections,
    /// The audit log.
    Journal,
    /// Language, colours, size.
    Settings,
}

impl Area {
    /// Its places under their section's title, in the order of the navigation.
    #[must_use]
    pub fn sections(self) -> Vec<(String, Vec<Place>)> {
        match self {
            Self::Banking => vec![
                (String::new(), vec![Place::Overview]),
                (tr!("nav-orders"), vec![Place::Order, Place::Prepared, Place::Shared, Place::Sent]),
                (tr!("nav-accounts"), vec![Place::Accounts]),
                (tr!("nav-master-data"), vec![Place::Partners, Place::Templates]),
                (tr!("nav-bank"), vec![Place::Messages]),
            ],
            Self::Administration => {
                vec![
                    (tr!("nav-self-administration"), vec![Place::AdminOrders, Place::Users]),
                    (
                        tr!("nav-workplace"),
                        vec![Place::Token, Place::Connections, Place::Journal, Place::Settings],
                    ),
                ]
            }
        }
    }

    /// The place of Ctrl and a digit: the navigation's items, counted from 1.
    #[must_use]
    pub fn place(self, number: usize) -> Option<Place> {
        self.sections().into_iter().flat_map(|(_, places)| places).nth(number.checked_sub(1)?)
    }

    /// The digit of a place, the other way round.
    #[must_use]
    pub fn number(self, place: Place) -> Option<usize> {
        self.sections()
            .into_iter()
            .flat_map(|(_, places)| places)
            .position(|one| one == place)
            .map(|at| at + 1)
    }

    /// Where the area begins.
    #[must_use]
    pub fn first(self) -> Place {
        match self {
            Self::Banking => Place::Overview,
            Self::Administration => Place::AdminOrders,
        }
    }
}

impl Place {
    /// The area in whose navigation it stands.
    #[must_use]
    pub fn area(self) -> Area {
        match self {
            Self::AdminOrders
            | Self::Users
            | Self::Token
            | Self::Connections
            | Self::Journal
            | Self::Settings => Area::Administration,
            _ => Area::Banking,
        }
    }

    /// Whether there is anything to do there over a connection that offers so much.
    #[must_use]
    pub fn is_offered(self, offered: &Capabilities) -> bool {
        match self {
            Self::Shared => offered.has(Capability::SharedArea),
            Self::Messages => offered.has(Capability::Messages),
            Self::AdminOrders => offered.has(Capability::Administration),
            _ => true,
        }
    }

    /// Whether it shows nothing that a bank keeps behind a login, or hides it by itself.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Everyone | Self::Token | Self::Connections | Self::Journal | Self::Settings)
    }

    /// Its name in the navigation.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Overview => tr!("nav-overview"),
            Self::Everyone => tr!("nav-everyone"),
            Self::Order => tr!("nav-new-order"),
            Self::Prepared => tr!("nav-prepared"),
            Self::Shared => tr!("nav-shared"),
            Self::Sent => tr!("nav-sent"),
            Self::Import => tr!("nav-import"),
            Self::Accounts => tr!("nav-balances"),
            Self::Partners => tr!("nav-partners"),
            Self::PartnerExport => tr!("partner-export-title"),
            Self::PartnerImport => tr!("partner-import-title"),
            Self::Templates => tr!("nav-templates"),
            Self::Messages => tr!("nav-messages"),
            Self::AdminOrders => tr!("nav-admin-orders"),
            Self::Users => tr!("nav-users"),
            Self::Token => tr!("nav-token"),
            Self::Connections => tr!("nav-connections"),
            Self::Journal => tr!("nav-journal"),
            Self::Settings => tr!("nav-settings"),
        }
    }

    /// The way there, with nothing chosen.
    #[must_use]
    pub fn go(self) -> Go {
        match self {
            Self::Overview => Go::Overview,
            Self::Everyone => Go::Everyone,
            Self::Order => Go::NewOrder(NewOrder::Blank),
            Self::Prepared => Go::Prepared(None),
            Self::Shared => Go::Shared,
            Self::Sent => Go::Sent(None),
            Self::Import => Go::Import,
            Self::Accounts => Go::Accounts,
            Self::Partners => Go::Partners,
            Self::PartnerExport => Go::PartnerExport,
            Self::PartnerImport => Go::PartnerImport,
            Self::Templates => Go::Templates,
            Self::Messages => Go::Messages,
            Self::AdminOrders => Go::Administration(Administer::Choose),
            Self::Users => Go::Users,
            Self::Token => Go::Token,
            Self::Connections => Go::Connections,
            Self::Journal => Go::Journal,
            Self::Settings => Go::Settings,
        }
    }

    /// The place that [`Go`] names.
    #[must_use]
    pub fn of(go: Go) -> Self {
        match go {
            Go::Overview => Self::Overview,
            Go::Everyone => Self::Everyone,
            Go::NewOrder(_) => Self::Order,
            Go::Prepared(_) | Go::Sign(_) => Self::Prepared,
            Go::Shared => Self::Shared,
            Go::Sent(_) => Self::Sent,
            Go::Import => Self::Import,
            Go::Accounts => Self::Accounts,
            Go::Partners => Self::Partners,
            Go::PartnerExport => Self::PartnerExport,
            Go::PartnerImport => Self::PartnerImport,
            Go::Templates => Self::Templates,
            Go::Messages => Self::Messages,
            Go::Administration(_) => Self::AdminOrders,
            Go::Users => Self::Users,
            Go::Token => Self::Token,
            Go::Connections => Self::Connections,
            Go::Journal => Self::Journal,
            Go::Settings => Self::Settings,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_a_place_leads_there() {
        for place in Place::value_variants() {
            assert_eq!(Place::of(place.go()), *place);
        }
    }

    #[test]
    fn a_place_of_which_the_connection_knows_nothing_is_not_offered() {
        let without = |missing| Capability::ALL.into_iter().filter(|one| *one != missing).collect();
        for (place, needs) in [
            (Place::Shared, Capability::SharedArea),
            (Place::Messages, Capability::Messages),
            (Place::AdminOrders, Capability::Administration),
        ] {
            assert!(place.is_offered(&Capabilities::all()) && !place.is_offered(&without(needs)));
            assert!(Place::Prepared.is_offered(&without(needs)));
        }
    }

    #[test]
    fn digits_count_the_navigation() {
        assert_eq!(Area::Banking.place(1), Some(Place::Overview));
        assert_eq!(Area::Banking.place(8), Some(Place::Templates));
        assert_eq!(Area::Banking.place(0), None);
        assert_eq!(Area::Administration.place(7), None);
        for area in [Area::Banking, Area::Administration] {
            assert!(area.sections().iter().flat_map(|(_, places)| places).all(|place| place.area() == area));
            assert_eq!(area.place(1), Some(area.first()));
            for number in 1..=9 {
                let place = area.place(number);
                assert!(place.is_none_or(|place| area.number(place) == Some(number)));
            }
        }
    }
}
