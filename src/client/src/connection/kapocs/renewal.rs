//! The bank's answer to a renewal, as the store keeps it: in the form in which it came.

use protocol::RenewalAnswer;

use crate::bank::Issued;

/// The answer as it is kept.
pub(crate) type Kept = RenewalAnswer;

/// From the store.
pub(crate) fn issued(answer: Kept) -> Issued {
    Issued {
        id: answer.id,
        login: answer.login.0,
        signing: answer.signing.0,
        chain: answer.chain.into_iter().map(|certificate| certificate.0).collect(),
        old_valid_until: answer.old_valid_until,
    }
}

/// For the store.
pub(crate) fn kept(issued: Issued) -> Kept {
    Kept {
        id: issued.id,
        login: issued.login.into(),
        signing: issued.signing.into(),
        chain: issued.chain.into_iter().map(Into::into).collect(),
        old_valid_until: issued.old_valid_until,
    }
}
