//! Templates ("sablon"): an order with any of its fields filled; needs no signature.

use serde::{Deserialize, Serialize};

use crate::ids::TemplateId;
use crate::order::{OrderDraft, OrderType, Values};
use crate::text::PackageName;

/// A named, partly filled order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Our identifier.
    pub id: TemplateId,
    /// Name by which the clerk finds it.
    pub name: PackageName,
    /// Which kind of order it starts.
    pub order_type: OrderType,
    /// The fields as typed; whatever is empty stays to be filled.
    pub fields: Values,
}

impl Template {
    /// A new draft from this template, remembering where it came from.
    pub fn start(&self) -> OrderDraft {
        OrderDraft {
            values: self.fields.clone(),
            template: Some(self.id),
            ..OrderDraft::new(self.order_type)
        }
    }
}
