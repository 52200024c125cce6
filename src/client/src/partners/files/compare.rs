//! Which records of a file are new, changed, the same or in conflict with those that are kept. Pure.
//!
//! The rules are ours, no source tells them. A record of the file belongs to the kept one that has
//! 1. its identifier; else, for partners,
//! 2. one of its accounts or its secondary identifier **and** its short name; else
//! 3. its short name (a template: its name), letters of both cases being one.
//!
//! What belongs together and is equal is the same; what differs is changed and takes over the kept
//! identifier, so that orders and templates go on referring to it. Everything that would make one payee of
//! two, or two of one, is a [`Clash`] and waits for a decision: money must not change its way by an import.

use std::collections::{HashMap, HashSet};

use domain::{
    AccountNumber, Explain, Narrative, Partner, PartnerId, PartnerTarget, SecondaryId, Template, TemplateId,
};
use formats::partners::{Column, PartnerFile};

/// A kept record and what the file has in its place, under the kept identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed<T> {
    /// As it is kept.
    pub existing: T,
    /// As it would be.
    pub incoming: T,
}

/// A record of the file that fits nothing clearly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict<T> {
    /// The file's record.
    pub incoming: T,
    /// Those that it clashes with, at least one.
    pub with: Vec<T>,
    /// The kept one whose place it would take, if that is clear.
    pub replaces: Option<T>,
    /// How.
    pub clash: Clash,
}

/// How a record clashes with kept ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clash {
    /// An account or the secondary identifier belongs to another partner.
    TargetElsewhere,
    /// The same partner, but by a secondary identifier instead of accounts, or the other way round.
    OtherKind,
    /// Several have its name.
    NameOfSeveral,
    /// An earlier record of the file belongs to the same kept one.
    TwiceInFile,
}

impl Explain for Clash {
    fn code(&self) -> &'static str {
        match self {
            Self::TargetElsewhere => "clash-target-elsewhere",
            Self::OtherKind => "clash-other-kind",
            Self::NameOfSeveral => "clash-name-of-several",
            Self::TwiceInFile => "clash-twice-in-file",
        }
    }
}

/// The records of one kind, sorted out; each list in the file's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared<T> {
    /// Fit nothing that is kept.
    pub new: Vec<T>,
    /// Differ from the kept ones that they belong to.
    pub changed: Vec<Changed<T>>,
    /// How many are kept exactly so.
    pub same: usize,
    /// Need a decision.
    pub conflicting: Vec<Conflict<T>>,
}

impl<T> Default for Compared<T> {
    fn default() -> Self {
        Self { new: Vec::new(), changed: Vec::new(), same: 0, conflicting: Vec::new() }
    }
}

impl<T> Compared<T> {
    /// All records of the kind in the file.
    pub fn len(&self) -> usize {
        self.new.len() + self.changed.len() + self.same + self.conflicting.len()
    }

    /// Whether the file has none of the kind.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Where the money of a partner goes, one by one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Way {
    Account(AccountNumber),
    Secondary(SecondaryId),
}

fn ways(partner: &Partner) -> Vec<Way> {
    match &partner.target {
        PartnerTarget::Accounts { numbers, .. } => numbers.iter().copied().map(Way::Account).collect(),
        PartnerTarget::SecondaryId { id } => vec![Way::Secondary(id.clone())],
    }
}

fn same_kind(a: &Partner, b: &Partner) -> bool {
    std::mem::discriminant(&a.target) == std::mem::discriminant(&b.target)
}

fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// Kept partners by everything that they are found by.
struct Kept<'a> {
    by_id: HashMap<PartnerId, &'a Partner>,
    by_way: HashMap<Way, Vec<&'a Partner>>,
    by_name: HashMap<String, Vec<&'a Partner>>,
}

/// What a record belongs to.
enum Match<'a, T> {
    Nothing,
    One(&'a T),
    /// How, with whom, and whose place the record would take.
    Clash(Clash, Vec<&'a T>, Option<&'a T>),
}

impl<'a> Kept<'a> {
    fn new(partners: &'a [Partner]) -> Self {
        let mut kept = Self {
            by_id: HashMap::with_capacity(partners.len()),
            by_way: HashMap::with_capacity(partners.len()),
            by_name: HashMap::with_capacity(partners.len()),
        };
        for partner in partners {
            let _: Option<&Partner> = kept.by_id.insert(partner.id, partner);
            for way in ways(partner) {
                kept.by_way.entry(way).or_default().push(partner);
            }
            kept.by_name.entry(folded(partner.short_name.as_str())).or_default().push(partner);
        }
        kept
    }

    /// Those that share a way with `incoming`, but not `but`; each once.
    fn owners(&self, ways: &[Way], but: Option<PartnerId>) -> Vec<&'a Partner> {
        let mut owners: Vec<&Partner> = Vec::new();
        for owner in ways.iter().filter_map(|way| self.by_way.get(way)).flatten() {
            if Some(owner.id) != but && !owners.iter().any(|known| known.id == owner.id) {
                owners.push(owner);
            }
        }
        owners
    }

    fn find(&self, incoming: &Partner) -> Match<'a, Partner> {
        if let Some(own) = self.by_id.get(&incoming.id) {
            if !same_kind(own, incoming) {
                return Match::Clash(Clash::OtherKind, vec![own], Some(own));
            }
            let had = ways(own);
            let added: Vec<Way> = ways(incoming).into_iter().filter(|way| !had.contains(way)).collect();
            let others = self.owners(&added, Some(own.id));
            return if others.is_empty() {
                Match::One(own)
            } else {
                Match::Clash(Clash::TargetElsewhere, others, Some(own))
            };
        }
        let owners = self.owners(&ways(incoming), None);
        let name = folded(incoming.short_name.as_str());
        match owners.as_slice() {
            [] => {}
            [one] if folded(one.short_name.as_str()) == name => return Match::One(one),
            [one] => return Match::Clash(Clash::TargetElsewhere, vec![one], Some(one)),
            _ => return Match::Clash(Clash::TargetElsewhere, owners, None),
        }
        match self.by_name.get(&name).map(Vec::as_slice) {
            None | Some([]) => Match::Nothing,
            Some([one]) if same_kind(one, incoming) => Match::One(one),
            Some([one]) => Match::Clash(Clash::OtherKind, vec![one], Some(one)),
            Some(several) => Match::Clash(Clash::NameOfSeveral, several.to_vec(), None),
        }
    }
}

/// Sorts out the partners.
pub(super) fn partners(kept: &[Partner], file: &PartnerFile) -> Compared<Partner> {
    let index = Kept::new(kept);
    let mut sorting = Sorting::default();
    for incoming in &file.partners {
        let found = index.find(incoming);
        let mut taken = incoming.clone();
        if let Match::One(existing) = found {
            taken.id = existing.id;
            keep_absent(&mut taken, existing, &file.absent);
        }
        sorting.put(taken, found, |partner| partner.id);
    }
    sorting.compared
}

/// What the file has no column for stays as it is kept.
fn keep_absent(incoming: &mut Partner, existing: &Partner, absent: &[Column]) {
    for column in absent {
        match column {
            Column::Narrative => {
                let kept: &Narrative = &existing.narrative;
                incoming.narrative = kept.clone();
            }
            Column::Country => incoming.country = existing.country,
            Column::LegalCode => incoming.legal_code.clone_from(&existing.legal_code),
            Column::Note => incoming.note.clone_from(&existing.note),
            Column::Name => {
                if let (PartnerTarget::Accounts { name, .. }, PartnerTarget::Accounts { name: kept, .. }) =
                    (&mut incoming.target, &existing.target)
                {
                    name.clone_from(kept);
                }
            }
            _ => {}
        }
    }
}

/// Sorts out the templates.
pub(super) fn templates(kept: &[Template], file: &PartnerFile) -> Compared<Template> {
    let by_id: HashMap<TemplateId, &Template> = kept.iter().map(|t| (t.id, t)).collect();
    let mut by_name: HashMap<String, Vec<&Template>> = HashMap::new();
    for template in kept {
        by_name.entry(folded(template.name.as_str())).or_default().push(template);
    }
    let find = |incoming: &Template| {
        let named = || by_name.get(&folded(incoming.name.as_str())).map_or(&[][..], Vec::as_slice);
        let one = match (by_id.get(&incoming.id), named()) {
            (Some(own), _) => *own,
            (None, []) => return Match::Nothing,
            (None, [one]) => *one,
            (None, several) => return Match::Clash(Clash::NameOfSeveral, several.to_vec(), None),
        };
        if one.order_type == incoming.order_type {
            Match::One(one)
        } else {
            Match::Clash(Clash::OtherKind, vec![one], Some(one))
        }
    };
    let mut sorting = Sorting::default();
    for incoming in &file.templates {
        let found = find(incoming);
        let mut taken = incoming.clone();
        if let Match::One(existing) = found {
            taken.id = existing.id;
        }
        sorting.put(taken, found, |template| template.id);
    }
    sorting.compared
}

/// Records on their way into the lists.
struct Sorting<T, I> {
    compared: Compared<T>,
    /// Kept records that one of the file belongs to already.
    matched: HashSet<I>,
}

impl<T, I> Default for Sorting<T, I> {
    fn default() -> Self {
        Self { compared: Compared::default(), matched: HashSet::new() }
    }
}

impl<T: Clone + PartialEq, I: std::hash::Hash + Eq> Sorting<T, I> {
    fn put(&mut self, incoming: T, found: Match<'_, T>, id: impl Fn(&T) -> I) {
        let mut conflict = |incoming, with: Vec<&T>, replaces: Option<&T>, clash| {
            let with = with.into_iter().cloned().collect();
            let replaces = replaces.cloned();
            self.compared.conflicting.push(Conflict { incoming, with, replaces, clash });
        };
        match found {
            Match::Nothing => self.compared.new.push(incoming),
            Match::Clash(clash, with, replaces) => conflict(incoming, with, replaces, clash),
            Match::One(existing) if !self.matched.insert(id(existing)) => {
                conflict(incoming, vec![existing], Some(existing), Clash::TwiceInFile);
            }
            Match::One(existing) if *existing == incoming => self.compared.same += 1,
            Match::One(existing) => {
                self.compared.changed.push(Changed { existing: existing.clone(), incoming });
            }
        }
    }
}
