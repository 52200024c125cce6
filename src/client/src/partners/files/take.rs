//! In: what was chosen of a preview, in one transaction.

use crate::partners::files::error::PartnerFileError;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use store::deed::Deed;

use domain::{PartnerId, TemplateId};
use store::audit::AuditEvent;
use uuid::Uuid;

use super::compare::Compared;
use super::{PartnerPreview, kept, sort_out};
use crate::change::Change;
use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::partners::master::{keep_partner, keep_template};

/// What becomes of a record in conflict; without a choice it stays behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// It is kept beside the others.
    AsNew,
    /// It takes the place of the kept one that [`Conflict::replaces`](super::Conflict::replaces) names.
    Replace,
}

/// What is taken of one kind. Numbers count from 0 in the preview's lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// All new ones.
    pub new: bool,
    /// These changed ones.
    pub changed: BTreeSet<usize>,
    /// These in conflict.
    pub conflicting: BTreeMap<usize, Resolution>,
}

impl Choices {
    /// All new ones, all changed ones, or both; nothing in conflict.
    pub fn all<T>(compared: &Compared<T>, new: bool, changed: bool) -> Self {
        let changed = if changed { (0..compared.changed.len()).collect() } else { BTreeSet::new() };
        Self { new, changed, conflicting: BTreeMap::new() }
    }

    /// How many records of the preview are chosen.
    pub fn count<T>(&self, compared: &Compared<T>) -> usize {
        let new = if self.new { compared.new.len() } else { 0 };
        new + self.changed.len() + self.conflicting.len()
    }
}

/// What is taken of both kinds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartnerChoices {
    /// Of the partners.
    pub partners: Choices,
    /// Of the templates.
    pub templates: Choices,
}

/// What was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartnersTaken {
    /// Partners that were not there before.
    pub new_partners: usize,
    /// Partners that were changed.
    pub changed_partners: usize,
    /// Templates that were not there before.
    pub new_templates: usize,
    /// Templates that were changed.
    pub changed_templates: usize,
    /// New, changed and conflicting records of both kinds that were not chosen, and those that cannot be taken.
    pub left: usize,
}

/// Records of one kind to store.
struct Chosen<T> {
    new: Vec<T>,
    changed: Vec<T>,
    left: usize,
}

impl Client {
    /// Stores what was chosen of a preview, in one transaction: all of it or nothing.
    ///
    /// # Errors
    /// [`ClientError::Import`]: `partners-kept-changed` when partners or templates were changed here since the
    /// preview, `partners-nothing-chosen`, `partners-chosen-twice` when two choices meet in one kept record,
    /// `partners-choice-impossible` for a number that the preview does not have or nothing to replace.
    pub async fn take_partners(
        &self,
        preview: &PartnerPreview,
        choices: PartnerChoices,
    ) -> Result<PartnersTaken> {
        self.recording()?;
        let partners =
            chosen(&preview.partners, &choices.partners, |p| p.id.0, |p, id| p.id = PartnerId(id))?;
        let templates =
            chosen(&preview.templates, &choices.templates, |t| t.id.0, |t, id| t.id = TemplateId(id))?;
        let taken = PartnersTaken {
            new_partners: partners.new.len(),
            changed_partners: partners.changed.len(),
            new_templates: templates.new.len(),
            changed_templates: templates.changed.len(),
            left: partners.left + templates.left + preview.refused.len(),
        };
        if taken.new_partners + taken.changed_partners + taken.new_templates + taken.changed_templates == 0 {
            return Err(PartnerFileError::NothingChosen.into());
        }
        let (seen_by, now) = (self.seen_by(), self.now());
        let event = AuditEvent {
            at: now,
            actor: self.open_session_now().map(|session| session.user.id),
            deed: Deed::PartnersImported {
                new_partners: taken.new_partners,
                changed_partners: taken.changed_partners,
                new_templates: taken.new_templates,
                changed_templates: taken.changed_templates,
                left: taken.left,
            },
            subject: preview.path.file_name().map(|name| name.to_string_lossy().into_owned()),
            customer: seen_by.owner(),
        };
        let file = preview.file.clone();
        let seen = (preview.partners.clone(), preview.templates.clone());
        self.write(move |tx| {
            // What was shown is what is taken: another client or a recording may have been quicker.
            let (kept_partners, kept_templates) = kept(tx, seen_by)?;
            if sort_out(&kept_partners, &kept_templates, &file) != seen {
                return Err(PartnerFileError::KeptChanged.into());
            }
            for partner in partners.new.iter().chain(&partners.changed) {
                keep_partner(tx, seen_by, partner, now)?;
            }
            for template in templates.new.iter().chain(&templates.changed) {
                keep_template(tx, seen_by, template, now)?;
            }
            Ok(store::audit::append(tx, &event).map(drop)?)
        })
        .await?;
        self.announce_to_all(&Change::MasterData);
        Ok(taken)
    }
}

/// The chosen records of one kind under the identifiers that they are stored with.
fn chosen<T: Clone>(
    compared: &Compared<T>,
    choices: &Choices,
    id: impl Fn(&T) -> Uuid,
    set_id: impl Fn(&mut T, Uuid),
) -> Result<Chosen<T>> {
    let impossible = || ClientError::from(PartnerFileError::ChoiceImpossible);
    let mut new = if choices.new { compared.new.clone() } else { Vec::new() };
    let mut changed = Vec::new();
    for index in &choices.changed {
        changed.push(compared.changed.get(*index).ok_or_else(impossible)?.incoming.clone());
    }
    for (index, resolution) in &choices.conflicting {
        let conflict = compared.conflicting.get(*index).ok_or_else(impossible)?;
        let mut record = conflict.incoming.clone();
        match (resolution, &conflict.replaces) {
            (Resolution::AsNew, replaces) => {
                // An identifier that is free is kept, so that templates of the file still refer to it.
                if replaces.as_ref().is_some_and(|one| id(one) == id(&record)) {
                    set_id(&mut record, Uuid::now_v7());
                }
                new.push(record);
            }
            (Resolution::Replace, Some(one)) => {
                set_id(&mut record, id(one));
                changed.push(record);
            }
            (Resolution::Replace, None) => return Err(impossible()),
        }
    }
    let mut ids = HashSet::new();
    if !new.iter().chain(&changed).all(|record| ids.insert(id(record))) {
        return Err(PartnerFileError::ChosenTwice.into());
    }
    let takeable = compared.new.len() + compared.changed.len() + compared.conflicting.len();
    let left = takeable - new.len() - changed.len();
    Ok(Chosen { new, changed, left })
}
