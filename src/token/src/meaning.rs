//! What the error codes of the smart card service mean for the person in front of it.
//!
//! pcsclite and winscard share the codes and differ in when they use them. Windows stops its service when the last
//! reader goes and starts it with the next one, so "no service" is an everyday state there; it ends every call with
//! "cancelled by the system" when the computer sleeps or the session moves to another screen; and a broken channel
//! of a remote desktop shows as Win32 codes that the crate pcsc cannot name and reports as `UnknownError`.

use crate::{TokenError, remote, service_state};

/// What an error of a call about a card or reader means.
pub(crate) fn meaning(error: pcsc::Error) -> TokenError {
    use pcsc::Error as E;
    match error {
        E::NoService | E::ServiceStopped | E::Shutdown | E::SystemCancelled | E::InvalidHandle => {
            TokenError::NoService
        }
        // pcsclite says so when the service is gone, winscard when the card does not answer.
        E::CommError if cfg!(not(windows)) => TokenError::NoService,
        E::UnknownReader | E::ReaderUnavailable | E::NoReadersAvailable => TokenError::NoReader,
        E::NoSmartcard => TokenError::NoCard,
        E::UnresponsiveCard
        | E::UnpoweredCard
        | E::UnsupportedCard
        | E::CardUnsupported
        | E::UnknownCard
        | E::InvalidAtr => TokenError::ForeignCard,
        E::RemovedCard => TokenError::Removed,
        // pcscd forgets the protocol at a reset by another program, which shows before its notice does.
        E::ResetCard | E::ProtoMismatch => TokenError::Reset,
        E::SharingViolation => TokenError::ReaderBusy,
        other => TokenError::Reader(format!("{other:?}")),
    }
}

/// What an error of a call means that speaks to the service alone: what has no meaning of its own there is a service
/// that cannot be spoken with.
pub(crate) fn of_service(error: pcsc::Error) -> TokenError {
    match meaning(error) {
        TokenError::Reader(name) => {
            tracing::info!(name, "the smart card service cannot be spoken with");
            TokenError::NoService
        }
        error => error,
    }
}

/// The reason behind an error, where what surrounds the program tells one.
pub(crate) fn reason(error: TokenError) -> TokenError {
    reason_by(error, remote::session, service_state::is_disabled)
}

fn reason_by(error: TokenError, remote: fn() -> bool, disabled: fn() -> bool) -> TokenError {
    match error {
        TokenError::NoReader | TokenError::NoService if remote() => TokenError::RemoteSession,
        TokenError::NoService if disabled() => TokenError::ServiceDisabled,
        error => error,
    }
}

#[cfg(test)]
mod tests {
    use pcsc::Error as E;

    use super::*;

    #[test]
    fn each_code_of_the_service_says_what_can_be_done() {
        for (code, expected) in [
            (E::NoService, "token-no-service"),
            (E::ServiceStopped, "token-no-service"),
            (E::SystemCancelled, "token-no-service"),
            (E::InvalidHandle, "token-no-service"),
            (E::NoReadersAvailable, "token-no-reader"),
            (E::UnknownReader, "token-no-reader"),
            (E::ReaderUnavailable, "token-no-reader"),
            (E::NoSmartcard, "token-no-card"),
            (E::RemovedCard, "token-removed"),
            (E::ResetCard, "token-reset"),
            (E::SharingViolation, "token-reader-busy"),
            (E::UnknownCard, "token-foreign-card"),
            (E::CommDataLost, "token-reader-error"),
            (E::UnknownError, "token-reader-error"),
        ] {
            assert_eq!(meaning(code).code(), expected, "{code:?}");
        }
    }

    #[test]
    fn a_broken_connection_is_the_services_here_and_the_cards_on_windows() {
        let expected = if cfg!(windows) { "token-reader-error" } else { "token-no-service" };
        assert_eq!(meaning(E::CommError).code(), expected);
    }

    #[test]
    fn a_service_that_answers_what_nobody_can_name_is_no_service() {
        assert_eq!(of_service(E::UnknownError), TokenError::NoService);
        assert_eq!(of_service(E::InternalError), TokenError::NoService);
        assert_eq!(of_service(E::NoReadersAvailable), TokenError::NoReader);
    }

    #[test]
    fn the_reason_is_the_session_first_and_then_the_administrators_word() {
        let yes: fn() -> bool = || true;
        let no: fn() -> bool = || false;
        for (error, remote, disabled, expected) in [
            (TokenError::NoService, no, no, "token-no-service"),
            (TokenError::NoService, no, yes, "token-service-disabled"),
            (TokenError::NoService, yes, yes, "token-remote-session"),
            (TokenError::NoReader, yes, no, "token-remote-session"),
            (TokenError::NoReader, no, yes, "token-no-reader"),
            (TokenError::NoCard, yes, yes, "token-no-card"),
        ] {
            assert_eq!(reason_by(error.clone(), remote, disabled).code(), expected, "{error:?}");
        }
    }
}
