//! Who a partner of a file is when the file does not say.

use domain::{PartnerId, PartnerTarget};
use uuid::Uuid;

/// Name space of identifiers that are made from a partner's name and targets: random, ours.
const NAME_SPACE: Uuid = Uuid::from_u128(0x5d0b_6e0c_8a67_4c0b_9c53_2f1d_7be4_a911);

/// The identifier of a partner that came without one: the same for the same short name and targets.
pub(crate) fn derived_id(short_name: &str, target: &PartnerTarget) -> PartnerId {
    let mut text = short_name.to_lowercase();
    match target {
        PartnerTarget::Accounts { numbers, .. } => {
            for number in numbers {
                text.push('\n');
                text.push_str(&number.digits24());
            }
        }
        PartnerTarget::SecondaryId { id } => {
            text.push('\n');
            text.push_str(id.value());
        }
    }
    PartnerId(Uuid::new_v5(&NAME_SPACE, text.as_bytes()))
}
