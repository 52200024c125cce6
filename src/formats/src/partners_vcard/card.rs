//! One card as a partner, and back.

use std::str::FromStr;

use domain::partner::PartnerError;
use domain::secondary_id::SecondaryIdKind;
use domain::text::{PartyName, TextError};
use domain::{AccountNumber, Partner, PartnerTarget, SecondaryId};

use super::lines::{Line, put};
use crate::partners::identity::derived_id;
use crate::partners::records::{Adapted, Column, RefusedReason};

/// A value that cannot be: its column, the value and why.
type Problem = (Column, String, RefusedReason);

/// Characters of a value that are shown where a card is refused; a picture would fill the screen.
const VALUE_SHOWN: usize = 80;

/// The card of a partner.
pub(super) fn text(partner: &Partner, version: &str) -> String {
    let mut out = String::from("BEGIN:VCARD\r\n");
    put("VERSION", version, &mut out);
    put("UID", &format!("urn:uuid:{}", partner.id), &mut out);
    let name = match &partner.target {
        PartnerTarget::Accounts { name, .. } => name,
        PartnerTarget::SecondaryId { .. } => &partner.short_name,
    };
    put("FN", name.as_str(), &mut out);
    put("NICKNAME", partner.short_name.as_str(), &mut out);
    match &partner.target {
        PartnerTarget::Accounts { numbers, .. } => {
            for number in numbers {
                put("X-KAPOCS-ACCOUNT", &number.digits(), &mut out);
            }
        }
        PartnerTarget::SecondaryId { id } => {
            put(&format!("X-KAPOCS-ID;TYPE={}", id.kind().name()), id.value(), &mut out);
        }
    }
    let country = partner.country.map(String::from).unwrap_or_default();
    let legal_code = partner.legal_code.clone().map(String::from).unwrap_or_default();
    for (name, value) in [
        ("X-KAPOCS-NARRATIVE", partner.narrative.as_str()),
        ("X-KAPOCS-COUNTRY", &country),
        ("X-KAPOCS-LEGAL-CODE", &legal_code),
        ("NOTE", &partner.note),
    ] {
        if !value.is_empty() {
            put(name, value, &mut out);
        }
    }
    out.push_str("END:VCARD\r\n");
    out
}

/// The properties of a card that matter here. Of one that stands there twice the first counts.
#[derive(Default)]
pub(super) struct Card {
    uid: String,
    name: String,
    nickname: String,
    accounts: Vec<String>,
    /// Kind and value.
    secondary: Vec<(String, String)>,
    narrative: String,
    country: String,
    legal_code: String,
    note: String,
    /// The first thing that makes the card impossible to take.
    problem: Option<Problem>,
    /// What became plain.
    pub adapted: Vec<Adapted>,
}

impl Card {
    /// Notes what is wrong with the card as a whole, if nothing was yet.
    pub fn problem(&mut self, column: Column, value: &str, reason: RefusedReason) {
        let value = value.chars().take(VALUE_SHOWN).collect();
        let _: &mut Problem = self.problem.get_or_insert((column, value, reason));
    }

    /// Takes a property; unknown ones are passed over.
    pub fn take(&mut self, line: Line) {
        let (place, column) = match line.name.as_str() {
            "UID" => (&mut self.uid, Column::Id),
            "FN" => (&mut self.name, Column::Name),
            "NICKNAME" => (&mut self.nickname, Column::ShortName),
            "X-KAPOCS-NARRATIVE" => (&mut self.narrative, Column::Narrative),
            "X-KAPOCS-COUNTRY" => (&mut self.country, Column::Country),
            "X-KAPOCS-LEGAL-CODE" => (&mut self.legal_code, Column::LegalCode),
            "NOTE" => (&mut self.note, Column::Note),
            "X-KAPOCS-ACCOUNT" => {
                return match line.text() {
                    Some(text) => self.accounts.push(text),
                    None => self.problem(Column::Accounts, line.raw(), RefusedReason::Charset),
                };
            }
            "X-KAPOCS-ID" => {
                let kind = line.parameter("type").unwrap_or_default().to_owned();
                return match line.text() {
                    Some(text) => self.secondary.push((kind, text)),
                    None => self.problem(Column::SecondaryId, line.raw(), RefusedReason::Charset),
                };
            }
            "" => return self.problem(Column::Card, line.raw(), RefusedReason::Line),
            _ => return,
        };
        if !place.is_empty() {
            return;
        }
        match line.text() {
            Some(mut text) => {
                Adapted::make_plain(column, &mut text, line.number, &mut self.adapted);
                *place = text;
            }
            None => {
                // Shown as it stands, so that people recognise the card.
                line.raw().clone_into(place);
                self.problem(column, line.raw(), RefusedReason::Charset);
            }
        }
    }

    /// What people call the partner.
    pub fn label(&self) -> String {
        if self.nickname.trim().is_empty() { self.name.clone() } else { self.nickname.clone() }
    }

    /// The partner, or what cannot be.
    pub fn partner(&self) -> Result<Partner, Problem> {
        if let Some(problem) = &self.problem {
            return Err(problem.clone());
        }
        let short_name: PartyName = value(Column::ShortName, &self.label())?;
        let target = self.target(short_name.as_str())?;
        let uid = self.uid.trim();
        let uuid = uid.strip_prefix("urn:uuid:").unwrap_or(uid);
        Ok(Partner {
            // Other programs number their cards in ways of their own.
            id: uuid.parse().unwrap_or_else(|_| derived_id(short_name.as_str(), &target)),
            short_name,
            target,
            narrative: value(Column::Narrative, &self.narrative)?,
            country: optional(Column::Country, &self.country)?,
            legal_code: optional(Column::LegalCode, &self.legal_code)?,
            note: self.note.clone(),
        })
    }

    fn target(&self, short_name: &str) -> Result<PartnerTarget, Problem> {
        match (self.accounts.as_slice(), self.secondary.as_slice()) {
            ([], [(kind, value)]) => {
                let wrong = |column, value: &str, reason| (column, value.to_owned(), reason);
                let known = SecondaryIdKind::from_name(kind);
                let known = known.ok_or_else(|| wrong(Column::SecondaryKind, kind, RefusedReason::Kind))?;
                let id = SecondaryId::parse(known, value);
                let id = id.ok_or_else(|| wrong(Column::SecondaryId, value, RefusedReason::Identifier))?;
                Ok(PartnerTarget::SecondaryId { id })
            }
            ([], []) => Err((Column::Accounts, String::new(), PartnerError::NoTarget.into())),
            (accounts, []) => {
                let mut numbers = Vec::with_capacity(accounts.len());
                for text in accounts {
                    let number = text.parse::<AccountNumber>().and_then(AccountNumber::as_payee);
                    numbers.push(number.map_err(|e| (Column::Accounts, text.clone(), e.into()))?);
                }
                let name = if self.name.trim().is_empty() { short_name } else { &self.name };
                PartnerTarget::accounts(value(Column::Name, name)?, numbers)
                    .map_err(|e| (Column::Accounts, accounts.join(", "), e.into()))
            }
            (_, [(_, value), ..]) => Err((Column::SecondaryId, value.clone(), RefusedReason::Mixed)),
        }
    }
}

fn value<T: FromStr<Err = TextError>>(column: Column, text: &str) -> Result<T, Problem> {
    text.parse().map_err(|e: TextError| (column, text.to_owned(), e.into()))
}

fn optional<T: FromStr<Err = TextError>>(column: Column, text: &str) -> Result<Option<T>, Problem> {
    if text.trim().is_empty() { Ok(None) } else { value(column, text).map(Some) }
}
