//! Orders ("megbízás"): one instruction to the bank. An order type is one place in this folder, one row of the
//! set in `types.rs` and one of the table below; how to add one: `README.md` beside this file.

pub mod adm;
mod context;
pub mod draft;
pub mod face;
pub mod field;
mod form;
pub mod hct;
pub mod hve;
pub mod kind;
pub mod transfer;
mod types;
pub mod vib;

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use crate::ids::OrderId;
use crate::routing::{Decision, RoutingContext, Sending, is_instant_capable};

pub use adm::AdminOrder;
pub use context::CheckContext;
pub use draft::OrderDraft;
pub use face::{Face, Label};
pub use field::{FieldError, FieldProblem, FieldSpec, Input, Need, Place, Values, key};
pub use hct::Hct;
pub use hve::Hve;
pub use kind::{ContentError, Kind};
pub use transfer::{Beneficiary, Timing, Transfer, Urgency};
pub use types::{OrderType, Payload, Signing, UnknownOrderType};
pub use vib::Vib;

/// Makes the closed set of orders from one table: type, what its orders are.
macro_rules! orders {
    ($($name:ident: $order:ty,)*) => {
        impl OrderType {
            /// The fields of its form, in the form's order.
            pub fn fields(self) -> &'static [FieldSpec] {
                match self { $(Self::$name => <$order as Kind>::FIELDS,)* }
            }

            /// The order that was typed.
            ///
            /// # Errors
            /// Every problem of every field, in the form's order.
            pub fn check(
                self,
                values: &Values,
                id: OrderId,
                context: &CheckContext<'_>,
            ) -> Result<Order, Vec<FieldError>> {
                match self { $(Self::$name => <$order as Kind>::check(values, id, context).map(Order::$name),)* }
            }

            /// As which type an order of this type with this problem is to be recorded instead, if any.
            pub fn instead(self, problem: &FieldProblem) -> Option<OrderType> {
                match self { $(Self::$name => <$order as Kind>::instead(problem),)* }
            }

            /// The payment as an order of this type.
            ///
            /// # Errors
            /// [`ContentError::OtherType`] when the type does not know such payments.
            pub fn of_transfer(self, transfer: Transfer) -> Result<Order, ContentError> {
                match self {
                    $(Self::$name => <$order as Kind>::of_transfer(transfer).map(Order::$name),)*
                }
                .ok_or(ContentError::OtherType)
            }

            /// The order of that content, as [`Order::content`] gives it.
            ///
            /// # Errors
            /// [`ContentError::Form`] for anything else.
            pub fn of_content(self, content: &str) -> Result<Order, ContentError> {
                let form = |e: serde_json::Error| ContentError::Form(e.to_string());
                match self { $(Self::$name => serde_json::from_str(content).map(Order::$name).map_err(form),)* }
            }
        }

        /// An order of any type, right by construction.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        pub enum Order {
            $(#[doc = concat!("Of [`OrderType::", stringify!($name), "`].")] $name($order),)*
        }

        impl Order {
            /// Its type.
            pub fn order_type(&self) -> OrderType {
                match self { $(Self::$name(_) => OrderType::$name,)* }
            }

            /// Our identifier.
            pub fn id(&self) -> OrderId {
                match self { $(Self::$name(order) => Kind::id(order),)* }
            }

            /// The fields that it would be typed as, to edit or repeat it.
            pub fn values(&self) -> Values {
                match self { $(Self::$name(order) => Kind::values(order),)* }
            }

            /// What lists, searches, totals and prints show of it.
            pub fn face(&self) -> Face {
                match self { $(Self::$name(order) => Kind::face(order),)* }
            }

            /// The payment, if it is one.
            pub fn transfer(&self) -> Option<&Transfer> {
                match self { $(Self::$name(order) => Kind::transfer(order),)* }
            }

            /// How the bank will execute it; only payments take a route.
            pub fn decide(&self, sending: Sending, context: &RoutingContext<'_>) -> Option<Decision> {
                match self { $(Self::$name(order) => Kind::decide(order, sending, context),)* }
            }
        }

        $(impl From<$order> for Order {
            fn from(order: $order) -> Self {
                Self::$name(order)
            }
        })*
    };
}

/// Bytes in which most contents fit, so that they need not grow while they are written.
const USUAL_CONTENT: usize = 512;

orders! {
    Hct: Hct,
    Hve: Hve,
    Vib: Vib,
    Adm: AdminOrder,
}

impl Order {
    /// Its content as JSON: what the store and the bank keep beside its face.
    ///
    /// # Errors
    /// [`ContentError::Form`]; no order that passed its check has ever given it.
    pub fn content(&self) -> Result<String, ContentError> {
        let form = |e: &dyn std::error::Error| ContentError::Form(e.to_string());
        let mut content = Vec::with_capacity(USUAL_CONTENT);
        serde_json::to_writer(&mut content, self).map_err(|e| form(&e))?;
        String::from_utf8(content).map_err(|e| form(&e))
    }

    /// The change of the service, if it is one.
    pub fn administration(&self) -> Option<&AdminOrder> {
        match self {
            Self::Adm(order) => Some(order),
            _ => None,
        }
    }
}

impl Sending {
    /// How one package of these orders travels when so many packages leave together.
    pub fn of<'a>(
        orders: impl IntoIterator<Item = &'a Order>,
        packages: u32,
        context: &RoutingContext<'_>,
    ) -> Self {
        let mut sending = Self { packages, orders: 0, instant_capable: 0 };
        for order in orders {
            sending.orders += 1;
            if order.transfer().is_some_and(|transfer| is_instant_capable(transfer, context)) {
                sending.instant_capable += 1;
            }
        }
        sending
    }
}

/// What is typed, as it is kept. Keys that no order type knows are passed over: a later version may have written them.
impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let known = |key: &str| {
            let mut fields = OrderType::ALL.iter().flat_map(|kind| kind.fields());
            fields.find(|field| field.key == key).map(|field| field.key)
        };
        let mut values = Self::default();
        for (key, text) in BTreeMap::<String, String>::deserialize(deserializer)? {
            if let Some(key) = known(&key) {
                values.set(key, text);
            }
        }
        Ok(values)
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
