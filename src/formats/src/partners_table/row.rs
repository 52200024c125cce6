//! A row of cells as a partner, and back.

use std::collections::HashSet;

use domain::partner::PartnerError;
use domain::secondary_id::SecondaryIdKind;
use domain::text::{PartyName, TextError};
use domain::{AccountNumber, Partner, PartnerId, PartnerTarget, SecondaryId, Target};

use super::columns::Heading;
use crate::partners::identity::derived_id;
use crate::partners::records::{Column, PartnerFile, RecordKind, Refused, RefusedReason};

/// A value that cannot be: its column, the value and why.
type Problem = (Column, String, RefusedReason);

/// The text of a partner's cell.
pub(super) fn cell(partner: &Partner, column: Column) -> String {
    match (column, &partner.target) {
        (Column::ShortName, _) => partner.short_name.to_string(),
        (Column::Name, PartnerTarget::Accounts { name, .. }) => name.to_string(),
        (Column::Accounts, PartnerTarget::Accounts { numbers, .. }) => {
            numbers.iter().map(AccountNumber::to_string).collect::<Vec<_>>().join(", ")
        }
        (Column::SecondaryKind, PartnerTarget::SecondaryId { id }) => id.kind().name().to_owned(),
        (Column::SecondaryId, PartnerTarget::SecondaryId { id }) => id.value().to_owned(),
        (Column::Narrative, _) => partner.narrative.to_string(),
        (Column::Country, _) => partner.country.map(String::from).unwrap_or_default(),
        (Column::LegalCode, _) => partner.legal_code.clone().map(String::from).unwrap_or_default(),
        (Column::Note, _) => partner.note.clone(),
        (Column::Id, _) => partner.id.to_string(),
        _ => String::new(),
    }
}

/// Rows on their way into a file's records.
pub(super) struct Rows {
    heading: Heading,
    seen: HashSet<PartnerId>,
    file: PartnerFile,
}

impl Rows {
    pub(super) fn new(heading: Heading) -> Self {
        let file = PartnerFile { absent: heading.absent(), ..PartnerFile::default() };
        Self { heading, seen: HashSet::new(), file }
    }

    /// Takes a row; an empty one is passed over.
    pub(super) fn take<'a>(&mut self, line: u64, cells: impl IntoIterator<Item = (usize, &'a str)>) {
        let mut values = Values::default();
        let mut surplus = None;
        for (index, cell) in cells {
            if cell.trim().is_empty() {
                continue;
            }
            match self.heading.column(index) {
                Some(Column::Accounts) => values.accounts.push(cell.to_owned()),
                Some(column) => values.others.push((column, cell.to_owned())),
                None if index >= self.heading.width() => surplus = Some(cell.to_owned()),
                None => {}
            }
        }
        if values.accounts.is_empty() && values.others.is_empty() && surplus.is_none() {
            return;
        }
        let label = values.label();
        let partner = match surplus {
            // A quote or separator went wrong: the cells may all be in wrong places.
            Some(value) => Err((Column::Note, value, RefusedReason::Surplus)),
            None => values.partner(),
        };
        let partner = partner.and_then(|partner| {
            if self.seen.insert(partner.id) {
                return Ok(partner);
            }
            Err((Column::Id, partner.id.to_string(), RefusedReason::Twice))
        });
        match partner {
            Ok(partner) => self.file.partners.push(partner),
            Err((column, value, reason)) => {
                let kind = RecordKind::Partner;
                self.file.refused.push(Refused { line, kind, label, column, value, reason });
            }
        }
    }

    pub(super) fn finish(self) -> PartnerFile {
        self.file
    }
}

/// The cells of a row that are not blank.
#[derive(Default)]
struct Values {
    accounts: Vec<String>,
    others: Vec<(Column, String)>,
}

impl Values {
    fn get(&self, column: Column) -> &str {
        self.others.iter().find(|(known, _)| *known == column).map_or("", |(_, value)| value)
    }

    /// The short name, or the payee's name where a table has only that.
    fn label(&self) -> String {
        let short = self.get(Column::ShortName);
        if short.is_empty() { self.get(Column::Name).to_owned() } else { short.to_owned() }
    }

    fn partner(&self) -> Result<Partner, Problem> {
        let short_name: PartyName = text(Column::ShortName, &self.label())?;
        let target = self.target(short_name.as_str())?;
        let id = match self.get(Column::Id).trim() {
            "" => derived_id(short_name.as_str(), &target),
            text => text.parse().map_err(|_| (Column::Id, text.to_owned(), RefusedReason::Id))?,
        };
        Ok(Partner {
            id,
            short_name,
            target,
            narrative: text(Column::Narrative, self.get(Column::Narrative))?,
            country: self.optional(Column::Country)?,
            legal_code: self.optional(Column::LegalCode)?,
            note: self.get(Column::Note).to_owned(),
        })
    }

    fn optional<T: std::str::FromStr<Err = TextError>>(&self, column: Column) -> Result<Option<T>, Problem> {
        match self.get(column) {
            "" => Ok(None),
            value => text(column, value).map(Some),
        }
    }

    fn target(&self, short_name: &str) -> Result<PartnerTarget, Problem> {
        let mut numbers = Vec::new();
        let mut identifiers: Vec<SecondaryId> = Vec::new();
        // Before the cell is split: a rounded number has a comma of its own.
        if let Some(cell) = self.accounts.iter().find(|cell| is_rounded(cell.trim())) {
            return Err((Column::Accounts, cell.clone(), RefusedReason::Rounded));
        }
        let parts = self.accounts.iter().flat_map(|cell| cell.split([',', ';', '|', '\n']));
        for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
            let wrong = |reason| (Column::Accounts, part.to_owned(), reason);
            match part.parse::<Target>().map_err(|e| wrong(e.into()))? {
                Target::Account(number) => numbers.push(number),
                Target::SecondaryId(id) => identifiers.push(id),
                Target::Foreign(_) => return Err(wrong(RefusedReason::Foreign)),
            }
        }
        if !self.get(Column::SecondaryId).is_empty() {
            identifiers.push(self.identifier()?);
        }
        match (numbers.is_empty(), identifiers.len()) {
            (true, 1) => match identifiers.pop() {
                Some(id) => Ok(PartnerTarget::SecondaryId { id }),
                None => Err((Column::Accounts, String::new(), PartnerError::NoTarget.into())),
            },
            (_, 0) => {
                let name = self.get(Column::Name);
                let name = text(Column::Name, if name.is_empty() { short_name } else { name })?;
                PartnerTarget::accounts(name, numbers)
                    .map_err(|e| (Column::Accounts, self.accounts.join(", "), e.into()))
            }
            _ => Err((Column::SecondaryId, self.get(Column::SecondaryId).to_owned(), RefusedReason::Mixed)),
        }
    }

    fn identifier(&self) -> Result<SecondaryId, Problem> {
        let value = self.get(Column::SecondaryId).trim();
        let wrong = |reason| (Column::SecondaryId, value.to_owned(), reason);
        if is_rounded(value) {
            return Err(wrong(RefusedReason::Rounded));
        }
        let kind = self.get(Column::SecondaryKind).trim();
        if kind.is_empty() {
            return match value.parse::<Target>().map_err(|e| wrong(e.into()))? {
                Target::SecondaryId(id) => Ok(id),
                Target::Account(_) | Target::Foreign(_) => Err(wrong(RefusedReason::Identifier)),
            };
        }
        let known = kind_of(kind).ok_or((Column::SecondaryKind, kind.to_owned(), RefusedReason::Kind))?;
        SecondaryId::parse(known, value).ok_or_else(|| wrong(RefusedReason::Identifier))
    }
}

/// The kind of a secondary identifier by its name in files or in Hungarian.
fn kind_of(word: &str) -> Option<SecondaryIdKind> {
    SecondaryIdKind::from_name(word).or_else(|| match word.to_lowercase().as_str() {
        "mobilszám" | "telefonszám" | "mobile number" => Some(SecondaryIdKind::Mobile),
        "e-mail" | "e-mail cím" | "e-mail-cím" | "e-mail address" => Some(SecondaryIdKind::Email),
        "adószám" | "tax number" => Some(SecondaryIdKind::TaxNumber),
        "adóazonosító" | "adóazonosító jel" | "tax id" => Some(SecondaryIdKind::TaxId),
        _ => None,
    })
}

/// Whether a spreadsheet made a number of the digits and rounded them: `1,17730161111102E+23`.
fn is_rounded(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mantissa = mantissa.replacen([',', '.'], "", 1);
    digits(&mantissa) && digits(exponent.strip_prefix('+').unwrap_or(exponent))
}

fn text<T: std::str::FromStr<Err = TextError>>(column: Column, value: &str) -> Result<T, Problem> {
    value.parse().map_err(|e: TextError| (column, value.to_owned(), e.into()))
}
