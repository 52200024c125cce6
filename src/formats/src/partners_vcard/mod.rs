//! Partners as electronic business cards: vCard 4.0 (RFC 6350) is written, 4.0, 3.0 (RFC 2426) and 2.1 are read.
//!
//! | property | value |
//! |---|---|
//! | `UID` | the partner's identifier as `urn:uuid:` |
//! | `NICKNAME` | short name |
//! | `FN` | payee's name; with a secondary identifier the short name |
//! | `X-KAPOCS-ACCOUNT` | an account of 16 or 24 digits; once for each, the usual one first |
//! | `X-KAPOCS-ID;TYPE=…` | secondary identifier; the type is `mobile`, `email`, `tax_number` or `tax_id` |
//! | `X-KAPOCS-NARRATIVE`, `X-KAPOCS-COUNTRY`, `X-KAPOCS-LEGAL-CODE` | what the name says |
//! | `NOTE` | free note; line breaks become line feeds |
//!
//! The `X-` properties are ours: vCard has none for bank accounts. Phone numbers and e-mail addresses of other
//! programs' cards are **not** taken for secondary identifiers: where money goes is never guessed. A card
//! without our properties is listed as one that cannot be taken, and so is one of an unknown version or with a line that
//! is no property: a strange card takes nothing away from the others of its file.

mod card;
mod lines;
mod quoted_printable;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::io::Write;

use domain::Partner;

use crate::partners::records::{Adapted, Column, PartnerFile, RecordKind, Refused, RefusedReason};
use crate::{FormatError, Result, legacy_text};
use card::Card;
use lines::{Line, Lines};

/// Versions that are read; the first is written.
const VERSIONS: [&str; 3] = ["4.0", "3.0", "2.1"];

/// Whether the bytes begin like a business card.
pub(crate) fn looks_like_vcard(bytes: &[u8]) -> bool {
    let text = legacy_text::beginning(bytes);
    text.trim_start().get(..11).is_some_and(|begin| begin.eq_ignore_ascii_case("BEGIN:VCARD"))
}

/// Writes one card for each partner.
///
/// # Errors
/// What `out` says.
pub fn write(partners: &[Partner], out: &mut impl Write) -> Result<()> {
    for partner in partners {
        out.write_all(card::text(partner, VERSIONS[0]).as_bytes())?;
    }
    Ok(out.flush()?)
}

/// Reads cards.
pub(crate) fn read(bytes: &[u8]) -> Result<PartnerFile> {
    let decoded = legacy_text::decode(bytes)?;
    let mut lines = Lines::new(&decoded.text);
    let mut file = PartnerFile { read_as: decoded.read_as.clone(), ..PartnerFile::default() };
    let mut seen = HashSet::new();
    while let Some(first) = lines.next()? {
        if !first.is("BEGIN", "VCARD") {
            return Err(FormatError::Record { line: first.number, column: "BEGIN" });
        }
        let mut card = one(&mut lines)?;
        let label = card.label();
        let partner = card.partner().and_then(|partner| {
            if seen.insert(partner.id) {
                return Ok(partner);
            }
            Err((Column::Id, partner.id.to_string(), RefusedReason::Twice))
        });
        match partner {
            Ok(partner) => {
                file.partners.push(partner);
                file.adapted.extend(Adapted::named(std::mem::take(&mut card.adapted), &label));
            }
            Err((column, value, reason)) => {
                let (line, kind) = (first.number, RecordKind::Partner);
                file.refused.push(Refused { line, kind, label, column, value, reason });
            }
        }
    }
    Ok(file)
}

/// The properties of a card after its first line.
fn one(lines: &mut Lines<'_>) -> Result<Card> {
    let mut card = Card::default();
    let mut versioned = false;
    loop {
        let line: Line = lines.next()?.ok_or(FormatError::Incomplete { line: lines.number() })?;
        if line.is("END", "VCARD") {
            break;
        }
        if line.name == "BEGIN" {
            return Err(FormatError::Record { line: line.number, column: "BEGIN" });
        }
        if line.name == "VERSION" {
            versioned = true;
            if !VERSIONS.contains(&line.raw().trim()) {
                card.problem(Column::Card, line.raw(), RefusedReason::Version);
            }
        } else {
            card.take(line);
        }
    }
    if !versioned {
        card.problem(Column::Card, "", RefusedReason::Version);
    }
    Ok(card)
}
