//! Taking the records of a PARTNERS.DAT into the customer's lists.
//!
//! Ours (Electra's rules are not public): a record with a known identifier takes the place of the known one, and the
//! result shows both, because a changed account number must be seen. A record with a new identifier and a name that
//! another one has already is not taken: two partners of one name invite the wrong payment. What the file does not
//! name stays. A damaged file changes nothing.

use domain::{CustomerId, Partner, Template};
use formats::partners::{PartnerFile, RecordKind, Refused};
use rusqlite::Connection;

use super::store::{self, Kept};
use crate::ground::error::Result;

/// What became of a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Merged {
    /// Partners that were new.
    pub new_partners: u32,
    /// Templates that were new.
    pub new_templates: u32,
    /// Records that were here already, the same.
    pub same: u32,
    /// Partners that took the place of others: before and after.
    pub changed_partners: Vec<(Partner, Partner)>,
    /// Templates that took the place of others, by name.
    pub changed_templates: Vec<String>,
    /// New records whose name another one has: kind and name.
    pub conflicting: Vec<(RecordKind, String)>,
    /// Records that the file's reader refused.
    pub refused: Vec<Refused>,
}

impl Merged {
    /// Records that were written.
    pub(super) fn taken(&self) -> u32 {
        let changed = self.changed_partners.len() + self.changed_templates.len();
        self.new_partners + self.new_templates + u32::try_from(changed).unwrap_or(u32::MAX)
    }
}

/// Takes the file's records.
pub(super) fn merge(db: &Connection, customer: &CustomerId, file: PartnerFile) -> Result<Merged> {
    let mut merged = Merged { refused: file.refused, ..Merged::default() };
    for partner in file.partners {
        match take(db, customer, &partner)? {
            Taken::New => merged.new_partners += 1,
            Taken::Same => merged.same += 1,
            Taken::Conflict => {
                merged.conflicting.push((RecordKind::Partner, partner.short_name.to_string()));
            }
            Taken::Changed(before) => merged.changed_partners.push((before, partner)),
        }
    }
    for template in file.templates {
        match take::<Template>(db, customer, &template)? {
            Taken::New => merged.new_templates += 1,
            Taken::Same => merged.same += 1,
            Taken::Conflict => merged.conflicting.push((RecordKind::Template, template.name.to_string())),
            Taken::Changed(_) => merged.changed_templates.push(template.name.to_string()),
        }
    }
    Ok(merged)
}

enum Taken<T> {
    New,
    Same,
    Changed(T),
    Conflict,
}

fn take<T: Kept + PartialEq>(db: &Connection, customer: &CustomerId, record: &T) -> Result<Taken<T>> {
    let taken = match store::get::<T>(db, customer, &record.key())? {
        Some(known) if known == *record => return Ok(Taken::Same),
        Some(known) => Taken::Changed(known),
        None if store::key_of_title::<T>(db, customer, record.title())?.is_some() => {
            return Ok(Taken::Conflict);
        }
        None => Taken::New,
    };
    store::put(db, customer, record)?;
    Ok(taken)
}
