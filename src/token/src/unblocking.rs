//! A token that waits to be unblocked: kept from other programs, without a transaction and without a
//! single command, while a person is on the telephone.

use std::ffi::{CStr, CString};
use std::time::Duration;

use crate::meaning::meaning;
use crate::profile::CardProfile;
use crate::transaction::PcscTransport;
use crate::{Pin, Result, TokenError, UnblockAnswer, UnblockQuestion, card};

/// The card with its open question. Dropping it resets the card, which forgets its challenge.
pub(crate) struct Waiting {
    context: pcsc::Context,
    card: pcsc::Card,
    reader: CString,
    /// Insertions and removals in the reader when the question was put.
    events: u32,
    profile: &'static dyn CardProfile,
    csn: String,
}

impl Waiting {
    /// Puts the question to a card that is connected for us alone.
    pub fn begin(
        context: pcsc::Context,
        mut connected: pcsc::Card,
        reader: &CStr,
        kinds: &[&'static dyn CardProfile],
    ) -> Result<(Self, UnblockQuestion)> {
        let events = events(&context, reader)?.ok_or(TokenError::NoCard)?;
        let mut transport = PcscTransport::new(connected.transaction().map_err(meaning)?);
        let asked = card::recognise(kinds, &mut transport)
            .and_then(|profile| Ok((profile, card::question(profile, &mut transport)?)));
        transport.end();
        let (profile, question) = asked?;
        let csn = question.csn.clone();
        Ok((Self { context, card: connected, reader: reader.to_owned(), events, profile, csn }, question))
    }

    /// Whether the card has stayed where it was. Asks the smart card service, not the card.
    pub fn stands(&self) -> bool {
        matches!(events(&self.context, &self.reader), Ok(Some(events)) if events == self.events)
    }

    /// Gives the answer, once. The card is reset after it.
    pub fn answer(mut self, answer: &UnblockAnswer, new: &Pin) -> Result<()> {
        if !self.stands() {
            return Err(TokenError::UnblockLapsed);
        }
        let mut transport = match self.card.transaction() {
            Ok(transaction) => PcscTransport::new(transaction),
            Err(error) => {
                tracing::debug!(?error, "the card was touched while it waited");
                return Err(TokenError::UnblockLapsed);
            }
        };
        let result = self.profile.unblock(&mut transport, &self.csn, answer, new);
        transport.end();
        result
    }
}

/// Insertions and removals that the service has counted in the reader; `None` without a card.
fn events(context: &pcsc::Context, reader: &CStr) -> Result<Option<u32>> {
    let mut state = [pcsc::ReaderState::new(reader, pcsc::State::UNAWARE)];
    context.get_status_change(Duration::ZERO, &mut state).map_err(meaning)?;
    let [state] = state;
    let present = state.event_state().contains(pcsc::State::PRESENT);
    Ok(present.then(|| state.event_count()))
}
