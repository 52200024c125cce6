//! A row of cells as a partner, and back.

use std::borrow::Cow;
use std::collections::HashSet;

use domain::secondary_id::SecondaryIdKind;
use domain::target::TargetError;
use domain::text::{PartyName, TextError};
use domain::{AccountNumber, Partner, PartnerId, PartnerTarget, SecondaryId, Target};

use super::columns::Heading;
use super::guard::bare;
use crate::partners::identity::derived_id;
use crate::partners::records::{Adapted, Column, PartnerFile, ReadAs, RecordKind, Refused, RefusedReason};

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
    pub(super) fn new(heading: Heading, read_as: ReadAs) -> Self {
        let file = PartnerFile { absent: heading.absent(), read_as, ..PartnerFile::default() };
        Self { heading, seen: HashSet::new(), file }
    }

    /// Takes a row; an empty one is passed over.
    pub(super) fn take<'a>(&mut self, line: u64, cells: impl IntoIterator<Item = (usize, Cow<'a, str>)>) {
        let mut values = Values::default();
        let mut surplus = None;
        let mut adapted = Vec::new();
        for (index, cell) in cells {
            if cell.trim().is_empty() {
                continue;
            }
            match self.heading.column(index) {
                Some(Column::Accounts) => values.accounts.push(cell.into_owned()),
                Some(column) => {
                    let mut text = cell.into_owned();
                    Adapted::make_plain(column, &mut text, line, &mut adapted);
                    values.others.push((column, text));
                }
                None if index >= self.heading.width() => surplus = Some(cell.into_owned()),
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
            Ok(partner) => {
                self.file.partners.push(partner);
                self.file.adapted.extend(Adapted::named(adapted, &label));
            }
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
        let id = match bare(self.get(Column::Id)) {
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
        // Before the cell is split: a rounded number has a comma of its own.
        if let Some(cell) = self.accounts.iter().find(|cell| is_rounded(bare(cell))) {
            return Err((Column::Accounts, cell.clone(), RefusedReason::Rounded));
        }
        let parts = self.accounts.iter().flat_map(|cell| cell.split([',', ';', '|', '\n']));
        for part in parts.map(bare).filter(|part| !part.is_empty()) {
            numbers.push(account(part).map_err(|reason| (Column::Accounts, part.to_owned(), reason))?);
        }
        let identifier = self.get(Column::SecondaryId);
        match (numbers.is_empty(), identifier.is_empty()) {
            (true, false) => Ok(PartnerTarget::SecondaryId { id: self.identifier()? }),
            (_, true) => {
                let name = self.get(Column::Name);
                let name = text(Column::Name, if name.is_empty() { short_name } else { name })?;
                PartnerTarget::accounts(name, numbers)
                    .map_err(|e| (Column::Accounts, self.accounts.join(", "), e.into()))
            }
            (false, false) => Err((Column::SecondaryId, identifier.to_owned(), RefusedReason::Mixed)),
        }
    }

    fn identifier(&self) -> Result<SecondaryId, Problem> {
        let value = self.get(Column::SecondaryId).trim();
        // An e-mail address may begin with an apostrophe of its own, a number may not.
        let is_number = |rest: &&str| rest.starts_with(|c: char| c.is_ascii_digit()) && !rest.contains('@');
        let digits = value.strip_prefix('\'').filter(is_number);
        let value = digits.unwrap_or(value);
        let wrong = |reason| (Column::SecondaryId, value.to_owned(), reason);
        if is_rounded(value) {
            return Err(wrong(RefusedReason::Rounded));
        }
        let kind = bare(self.get(Column::SecondaryKind));
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

/// The account of a cell, and nothing that is none: digits of another number are refused with that reason.
fn account(text: &str) -> Result<AccountNumber, RefusedReason> {
    if is_perhaps_rounded(text) {
        return Err(RefusedReason::PerhapsRounded);
    }
    match text.parse::<Target>() {
        Ok(Target::Account(number)) => Ok(number),
        Ok(Target::Foreign(_)) => Err(RefusedReason::Foreign),
        Err(error @ (TargetError::Account(_) | TargetError::Iban(_))) => Err(error.into()),
        Ok(Target::SecondaryId(_)) | Err(_) => Err(RefusedReason::NotAccount),
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

/// Whether the digits end where a spreadsheet's precision does. An account of sixteen digits whose last one is zero
/// looks so too when it is filled up with zeros, and is told from it only by being written as sixteen or with dashes.
fn is_perhaps_rounded(text: &str) -> bool {
    const PRECISION: usize = 15;
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    text.len() == 24 && digits(text) && text[PRECISION..].bytes().all(|b| b == b'0')
}

fn text<T: std::str::FromStr<Err = TextError>>(column: Column, value: &str) -> Result<T, Problem> {
    value.parse().map_err(|e: TextError| (column, value.to_owned(), e.into()))
}
