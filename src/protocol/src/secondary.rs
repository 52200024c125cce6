//! Looking up a secondary identifier before sending.

use domain::SecondaryId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::schema;

/// Asks whether a secondary identifier is registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SecondaryIdQuestion {
    /// The identifier.
    #[schema(value_type = schema::SecondaryId)]
    pub id: SecondaryId,
}

/// Whether it exists; never whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SecondaryIdAnswer {
    /// Whether money can be sent to it now.
    pub exists: bool,
}
