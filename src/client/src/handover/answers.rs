//! What the bank's answers about the shared area say.

use crate::reasons::SharedDamage;
use domain::CustomerId;
use domain::shared::{SharedPackage, SharedState};
use formats::package_document;
use store::handovers::NewHandover;
use uuid::Uuid;

use crate::bank::{BankError, ParkedPackage, Refusal, Says};
use crate::error::{ClientError, Result};
use crate::orders::rules::Rules;

/// How an asking of the shared area ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handed<T> {
    /// The bank did it.
    Done(T),
    /// The bank's answer was lost. It is asked for by itself until it is known.
    Awaited,
}

/// The refusal of a package that is not parked.
pub(super) fn unknown() -> ClientError {
    not_there("shared-unknown")
}

/// The refusal that the bank would give, said here because its own list tells already.
pub(super) fn not_there(code: &'static str) -> ClientError {
    ClientError::Bank(Refusal::new(code, Says::NotDone).into())
}

/// Whether something is asked of the shared area for the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asking {
    /// Nothing of these identifiers can have reached the bank before.
    First,
    /// The answer to an earlier asking is awaited; whoever asks now may be somebody else.
    Again,
}

/// The refusal in an answer, if it says for sure that the bank did not do what was asked and will not. The others say
/// nothing of a request of the same identifiers that may have arrived before.
pub(super) fn refusal(error: &BankError, asking: Asking) -> Option<&'static str> {
    let BankError::Refused(refusal) = error else { return None };
    let is_final = match refusal.says {
        Says::NotDone => true,
        Says::NotForUser | Says::ProgramOutdated => asking == Asking::First,
        Says::NothingOfIt | Says::SessionOver | Says::CursorUnknown => false,
    };
    is_final.then_some(refusal.code)
}

/// What the bank tells of a handing over, if it is the one that was asked about.
///
/// # Errors
/// [`BankError::Nonsense`]: an answer about something else is nobody's.
pub(super) fn of_asked(
    shared: &SharedPackage,
    customer: &CustomerId,
    asked: &NewHandover,
) -> std::result::Result<(), BankError> {
    let is_it =
        shared.customer == *customer && shared.package == asked.package && shared.handover == asked.handover;
    if is_it { Ok(()) } else { Err(BankError::Nonsense("another handing over".to_owned())) }
}

/// Who was faster, if that is why the bank refused: in words, with the door and the local time.
pub(super) fn loser(rules: &Rules, shared: &SharedPackage) -> Option<ClientError> {
    let hand = shared.ended.as_ref().filter(|_| shared.state == SharedState::TakenOver)?;
    Some(ClientError::SharedTakenBy {
        user: hand.user.name.clone(),
        channel: hand.channel,
        at: rules.local(hand.at),
    })
}

/// Whether the content is of that handing over and what its own words say.
fn is_whole(content: &ParkedPackage) -> bool {
    use sha2::{Digest, Sha256};
    let sha256 = hex::encode(Sha256::digest(&content.document));
    sha256 == content.shared.document_sha256
}

/// The parked document, if it says what the bank says of it.
pub(super) fn read_document(content: &ParkedPackage) -> Result<package_document::PackageContent> {
    if !is_whole(content) {
        return Err(ClientError::SharedDamaged(SharedDamage::Fingerprint));
    }
    let read = package_document::read(&content.document)?;
    let summary = package_document::summary(&read)?;
    let shared = &content.shared;
    let same = read.header.id == shared.package
        && read.header.customer == shared.customer
        && read.header.name.as_str() == shared.name
        && summary.count == shared.count
        && summary.total == [shared.total];
    if !same {
        return Err(ClientError::SharedDamaged(SharedDamage::Header));
    }
    Ok(read)
}

/// What the store knows of a handing over.
pub(super) fn known(conn: &store::OfCustomer<'_>, handover: Uuid) -> Result<SharedPackage> {
    store::shared::find(conn, handover)?.ok_or_else(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_not_ask_says_nothing_of_what_was_asked_before() {
        let refused = |says| BankError::from(Refusal::new("no", says));
        for says in [Says::NotForUser, Says::ProgramOutdated] {
            assert_eq!(refusal(&refused(says), Asking::First), Some("no"));
            assert_eq!(refusal(&refused(says), Asking::Again), None);
        }
        for asking in [Asking::First, Asking::Again] {
            assert_eq!(refusal(&refused(Says::NotDone), asking), Some("no"));
            assert_eq!(refusal(&refused(Says::NothingOfIt), asking), None);
            assert_eq!(refusal(&refused(Says::SessionOver), asking), None);
            assert_eq!(refusal(&BankError::AnswerLost(String::new()), asking), None);
        }
    }
}
