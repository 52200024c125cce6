//! From the CSN and Random that a caller reads aloud to the Code that the operator reads back.

use chrono::{DateTime, Utc};
use domain::UserId;
use domain::unblock::{UnblockKind, UnblockProblem, UnblockQuestion, parse_spoken};
use rusqlite::Connection;
use zeroize::Zeroizing;

use super::log::{self, Event, Line};
use super::visits::Visit;
use crate::ground::card_secrets::CardSecrets;
use crate::ground::error::Result;
use crate::people::cards::{self, Card, CardKind, Outcome};

/// Codes for one card in one day. A GIDS card dies of a few wrong Codes, and a thief who got hold of an identified
/// caller's telephone must not go on for ever.
pub(super) const CODES_A_DAY: u32 = 5;
/// Hex digits of a Random.
const RANDOM: usize = 16;

/// A Code to read aloud.
pub(super) struct Told {
    pub card: Card,
    /// The card's Random, upper-case hex.
    pub random: String,
    /// The Code in groups with its check characters.
    pub spoken: Zeroizing<String>,
}

/// Why there is no Code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoCode {
    /// The CSN was misheard or mistyped.
    Csn(UnblockProblem),
    /// The Random was misheard or mistyped.
    Random(UnblockProblem),
    /// Not a card of the caller.
    Foreign,
    Withdrawn,
    /// [`CODES_A_DAY`] is reached.
    TooMany,
}

/// The Code for a caller's question, as typed by the operator. Whatever comes of it stands in the log.
pub(super) fn answer(
    db: &Connection,
    secrets: &CardSecrets,
    visit: &Visit,
    caller: &UserId,
    typed: (&str, &str),
    now: DateTime<Utc>,
) -> Result<std::result::Result<Told, NoCode>> {
    let (csn, random) = (hear_csn(db, caller, typed.0)?, parse_spoken(typed.1, RANDOM));
    let line = Line {
        user: Some(caller.as_str()),
        csn: csn.as_deref().ok(),
        random: random.as_deref().ok(),
        ..Line::of(&visit.operator, Event::Code)
    };
    let told = match judge(db, caller, &csn, &random, now)? {
        Ok((card, random)) => Ok(tell(secrets, card, random)?),
        Err(why) => Err(why),
    };
    let event = match &told {
        Ok(_) => Event::Code,
        Err(NoCode::Csn(_)) => Event::CsnSlip,
        Err(NoCode::Random(_)) => Event::RandomSlip,
        Err(NoCode::Foreign) => Event::ForeignCard,
        Err(NoCode::Withdrawn) => Event::CardWithdrawn,
        Err(NoCode::TooMany) => Event::TooMany,
    };
    log::write(db, &Line { event, ..line }, now)?;
    Ok(told)
}

/// Notes what the caller says became of a Code; `false` when it was noted before or is not about the caller's card.
pub(super) fn note(
    db: &Connection,
    visit: &Visit,
    caller: &UserId,
    csn: &str,
    number: u32,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> Result<bool> {
    let Some(card) = cards::find(db, csn)?.filter(|card| card.user == *caller) else { return Ok(false) };
    if card.kind == CardKind::Piv && !cards::note_outcome(db, csn, number, outcome)? {
        return Ok(false);
    }
    let event = match outcome {
        Outcome::Done => Event::Done,
        Outcome::PukKept => Event::PukKept,
        Outcome::Refused => Event::CodeRefused,
    };
    let line = Line { user: Some(caller.as_str()), csn: Some(csn), ..Line::of(&visit.operator, event) };
    log::write(db, &line, now)?;
    Ok(true)
}

/// Serial numbers differ in length by the card's maker, so the caller's own cards say how long one is. Without a
/// card, the usual length (16 bytes).
fn hear_csn(
    db: &Connection,
    caller: &UserId,
    typed: &str,
) -> Result<std::result::Result<String, UnblockProblem>> {
    let mut lengths: Vec<usize> = cards::of_user(db, caller)?.iter().map(|card| card.csn.len()).collect();
    lengths.push(32);
    let heard: Vec<_> = lengths.iter().map(|length| parse_spoken(typed, *length)).collect();
    let good = heard.iter().find(|heard| heard.is_ok());
    Ok(good.or(heard.first()).cloned().unwrap_or(Err(UnblockProblem::Check)))
}

fn judge(
    db: &Connection,
    caller: &UserId,
    csn: &std::result::Result<String, UnblockProblem>,
    random: &std::result::Result<String, UnblockProblem>,
    now: DateTime<Utc>,
) -> Result<std::result::Result<(Card, String), NoCode>> {
    let csn = match csn {
        Ok(csn) => csn,
        Err(slip) => return Ok(Err(NoCode::Csn(*slip))),
    };
    let Some(card) = cards::find(db, csn)?.filter(|card| card.user == *caller) else {
        return Ok(Err(NoCode::Foreign));
    };
    if card.withdrawn {
        return Ok(Err(NoCode::Withdrawn));
    }
    let random = match random {
        Ok(random) => random.clone(),
        Err(slip) => return Ok(Err(NoCode::Random(*slip))),
    };
    if log::codes_today(db, csn, now)? >= CODES_A_DAY {
        return Ok(Err(NoCode::TooMany));
    }
    Ok(Ok((card, random)))
}

fn tell(secrets: &CardSecrets, card: Card, random: String) -> Result<Told> {
    let number = match card.kind {
        CardKind::Gids => secrets.response(&card.csn, &random)?,
        CardKind::Piv => {
            let (current, next) =
                (secrets.puk(&card.csn, card.next_puk)?, secrets.puk(&card.csn, card.next_puk + 1)?);
            Zeroizing::new(format!("{}{}", *current, *next))
        }
    };
    let kind: UnblockKind = card.kind.unblock();
    let question = UnblockQuestion { kind, csn: card.csn.clone(), random: random.clone() };
    Ok(Told { spoken: Zeroizing::new(question.spoken_code(&number)), card, random })
}
