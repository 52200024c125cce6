//! An order as it is typed: every field is text, and checking it finds all problems at once.

use serde::{Deserialize, Serialize};

use super::field::{FieldError, Values, key};
use super::{CheckContext, Order, OrderType};
use crate::ids::{OrderId, PartnerId, TemplateId};
use crate::partner::{Partner, PartnerTarget};

/// A form of any order type while it is filled. Stored at every pause in typing, so nothing is lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderDraft {
    /// What kind of order it is going to be.
    pub order_type: OrderType,
    /// What is typed.
    pub values: Values,
    /// Template that it was started from.
    #[serde(default)]
    pub template: Option<TemplateId>,
    /// Partner that was chosen.
    #[serde(default)]
    pub partner: Option<PartnerId>,
}

impl OrderDraft {
    /// An empty form of a type.
    pub fn new(order_type: OrderType) -> Self {
        Self { order_type, ..Self::default() }
    }

    /// Whether nothing at all was typed.
    pub fn is_blank(&self) -> bool {
        self.values.is_blank()
    }

    /// The form that an order would be typed as, to edit or repeat it.
    pub fn of_order(order: &Order) -> Self {
        Self { values: order.values(), ..Self::new(order.order_type()) }
    }

    /// The order that was typed, or every problem of every field, in the form's order.
    ///
    /// # Errors
    /// The problems; there is at least one.
    pub fn check(&self, id: OrderId, context: &CheckContext<'_>) -> Result<Order, Vec<FieldError>> {
        self.order_type.check(&self.values, id, context)
    }

    /// The same with a text in a field.
    #[must_use]
    pub fn with(mut self, key: &'static str, text: impl Into<String>) -> Self {
        self.values.set(key, text);
        self
    }

    /// The same with a box ticked or not.
    #[must_use]
    pub fn with_tick(mut self, key: &'static str, ticked: bool) -> Self {
        self.values = self.values.with_tick(key, ticked);
        self
    }

    /// The text of a field; empty if it holds nothing.
    pub fn get(&self, key: &str) -> &str {
        self.values.get(key)
    }

    /// The same as another type, with everything typed kept that the other form has a place for.
    #[must_use]
    pub fn turned_into(self, order_type: OrderType) -> Self {
        Self { order_type, values: self.values.only(order_type.fields()), ..self }
    }

    /// The same to a partner, by its account of that number (from 0; the usual one if there is none), on top of what is
    /// typed: a narrative, country or legal code that was typed stays.
    #[must_use]
    pub fn for_partner(mut self, partner: &Partner, number: usize) -> Self {
        let values = &mut self.values;
        match &partner.target {
            PartnerTarget::Accounts { name, numbers } => {
                let account = numbers.get(number).or_else(|| numbers.first());
                values.set(key::BENEFICIARY_NAME, name.as_str());
                values.set(key::TARGET, account.map(ToString::to_string).unwrap_or_default());
            }
            PartnerTarget::SecondaryId { id } => {
                values.set(key::BENEFICIARY_NAME, "");
                values.set(key::TARGET, id.to_string());
                // A secondary identifier can be paid only by an instant transfer.
                values.tick(key::INSTANT, true);
            }
        }
        let country = partner.country.as_ref().map_or("", |country| country.as_str());
        let legal_code = partner.legal_code.as_ref().map_or("", |code| code.as_str());
        for (key, text) in [
            (key::NARRATIVE, partner.narrative.as_str()),
            (key::COUNTRY, country),
            (key::LEGAL_CODE, legal_code),
        ] {
            if values.is_empty(key) {
                values.set(key, text);
            }
        }
        self.partner = Some(partner.id);
        self
    }
}

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;
