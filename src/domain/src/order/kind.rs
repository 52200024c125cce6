//! What every order type says of itself.

use super::field::{FieldError, FieldProblem, FieldSpec, Values};
use super::{CheckContext, Face, OrderType, Transfer};
use crate::ids::OrderId;
use crate::routing::{Decision, RoutingContext, Sending, decide};

/// One order type. Its implementor is the typed order: a value of it has passed [`Kind::check`] or stood in a document
/// that somebody signed.
pub trait Kind: Sized {
    /// The fields of its form, in the form's order.
    const FIELDS: &'static [FieldSpec];

    /// The order that was typed.
    ///
    /// # Errors
    /// Every problem of every field, in the form's order.
    fn check(values: &Values, id: OrderId, context: &CheckContext<'_>) -> Result<Self, Vec<FieldError>>;

    /// The fields that it would be typed as.
    fn values(&self) -> Values;

    /// Our identifier.
    fn id(&self) -> OrderId;

    /// What lists, searches, totals and prints show of it.
    fn face(&self) -> Face;

    /// The payment, for types that travel as one.
    fn transfer(&self) -> Option<&Transfer> {
        None
    }

    /// The payment as an order of this type, if the type knows such payments.
    fn of_transfer(transfer: Transfer) -> Option<Self> {
        let _ = transfer;
        None
    }

    /// As which type an order with this problem is to be recorded instead, with everything typed kept.
    fn instead(problem: &FieldProblem) -> Option<OrderType> {
        let _ = problem;
        None
    }

    /// How the bank will execute it.
    fn decide(&self, sending: Sending, context: &RoutingContext<'_>) -> Option<Decision> {
        self.transfer().map(|transfer| decide(transfer, sending, context))
    }
}

/// What every type says of itself whose typed order wraps a [`Transfer`] and is tried from one.
macro_rules! as_payment {
    () => {
        fn values(&self) -> Values {
            self.0.values().only(Self::FIELDS)
        }

        fn id(&self) -> OrderId {
            self.0.id
        }

        fn face(&self) -> Face {
            self.0.face()
        }

        fn transfer(&self) -> Option<&Transfer> {
            Some(&self.0)
        }

        fn of_transfer(transfer: Transfer) -> Option<Self> {
            Self::try_from(transfer).ok()
        }
    };
}
pub(super) use as_payment;

/// A stored or sent content is not one of its type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContentError {
    /// The payment is none of the type.
    #[error("the order is of another type")]
    OtherType,
    /// Not the form that we write.
    #[error("not the content of an order: {0}")]
    Form(String),
}
