//! Taking the records of a PARTNERS.DAT into the customer's lists.
//!
//! Ours (Electra's rules are not public): a record with a known identifier takes the place of the known one, and the
//! result shows both, because a changed account number must be seen. A record with a new identifier and a name that
//! another one has already is not taken: two partners of one name invite the wrong payment. What the file does not
//! name stays. A damaged file changes nothing: it is read to its end before the first record is taken.

use domain::{CustomerId, Partner, Template};
use formats::partners::{PartnerFile, RecordKind, Refused};
use rusqlite::Connection;

use super::store::{self, Kept, Prepared};
use crate::bank::Bank;
use crate::ground::error::Result;

/// Records of one file. Ours; the installed client's largest tables have a tenth of it.
pub(super) const MOST_RECORDS: usize = 50_000;
/// Records that are written in one transaction: some hundredths of a second.
pub(super) const STEP: usize = 200;

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
    /// Records that were not reached because the bank failed: what was taken until then stays.
    pub left: usize,
}

impl Merged {
    /// Records that were written.
    pub(super) fn taken(&self) -> u32 {
        let changed = self.changed_partners.len() + self.changed_templates.len();
        self.new_partners + self.new_templates + u32::try_from(changed).unwrap_or(u32::MAX)
    }
}

/// A file's records, made ready to be kept: the database has nothing to do with them but to look and to write.
pub(super) struct Records {
    partners: Vec<Prepared<Partner>>,
    templates: Vec<Prepared<Template>>,
    refused: Vec<Refused>,
}

impl Records {
    /// Those of a file; `None` when they are more than [`MOST_RECORDS`].
    pub(super) fn of(file: PartnerFile) -> Result<Option<Self>> {
        if file.partners.len() + file.templates.len() > MOST_RECORDS {
            return Ok(None);
        }
        let partners = file.partners.into_iter().map(Prepared::of).collect::<Result<_>>()?;
        let templates = file.templates.into_iter().map(Prepared::of).collect::<Result<_>>()?;
        Ok(Some(Self { partners, templates, refused: file.refused }))
    }
}

/// Takes the file's records, a step in a transaction: between two of them whoever else wants to write has a turn.
/// Where a step fails it ends there, and what the steps before have taken is told like everything else: whoever only
/// learned of the failure would not know that half of the file is in the lists.
pub(super) fn merge(bank: &Bank, customer: &CustomerId, records: Records) -> Merged {
    merge_telling(bank, customer, records, |_| ())
}

/// The same, telling how many records each step has had.
pub(super) fn merge_telling(
    bank: &Bank,
    customer: &CustomerId,
    records: Records,
    mut step: impl FnMut(usize),
) -> Merged {
    let all = records.partners.len() + records.templates.len();
    let mut reached = 0;
    let mut done = |count| {
        reached += count;
        step(count);
    };
    let mut merged = Merged { refused: records.refused, ..Merged::default() };
    let partners =
        in_steps(bank, customer, &records.partners, &mut done, |partner: Partner, taken| match taken {
            Taken::New => merged.new_partners += 1,
            Taken::Same => merged.same += 1,
            Taken::Conflict => merged.conflicting.push((RecordKind::Partner, partner.short_name.to_string())),
            Taken::Changed(before) => merged.changed_partners.push((before, partner)),
        });
    let templates = partners.and_then(|()| {
        in_steps(bank, customer, &records.templates, &mut done, |template: Template, taken| match taken {
            Taken::New => merged.new_templates += 1,
            Taken::Same => merged.same += 1,
            Taken::Conflict => merged.conflicting.push((RecordKind::Template, template.name.to_string())),
            Taken::Changed(_) => merged.changed_templates.push(template.name.to_string()),
        })
    });
    if let Err(error) = templates {
        merged.left = all - reached;
        tracing::error!(code = error.code(), %error, left = merged.left, "an import of partners ended early");
    }
    merged
}

fn in_steps<T: Kept + PartialEq>(
    bank: &Bank,
    customer: &CustomerId,
    records: &[Prepared<T>],
    done: &mut impl FnMut(usize),
    mut note: impl FnMut(T, Taken<T>),
) -> Result<()> {
    for step in records.chunks(STEP) {
        let take_all = |db: &Connection| step.iter().map(|record| take(db, customer, record)).collect();
        let taken: Vec<Taken<T>> = bank.write(|db| -> Result<_> { take_all(db) })?;
        for (record, taken) in step.iter().zip(taken) {
            note(record.kept.clone(), taken);
        }
        done(step.len());
    }
    Ok(())
}

enum Taken<T> {
    New,
    Same,
    Changed(T),
    Conflict,
}

fn take<T: Kept + PartialEq>(
    db: &Connection,
    customer: &CustomerId,
    record: &Prepared<T>,
) -> Result<Taken<T>> {
    let taken = match store::get::<T>(db, customer, &record.key)? {
        Some(known) if known == record.kept => return Ok(Taken::Same),
        Some(known) => Taken::Changed(known),
        None if store::key_of_folded::<T>(db, customer, &record.sort)?.is_some() => {
            return Ok(Taken::Conflict);
        }
        None => Taken::New,
    };
    store::put_prepared(db, customer, record)?;
    Ok(taken)
}
