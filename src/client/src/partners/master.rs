//! Partners and templates ("törzsadatok").

use chrono::{DateTime, Utc};
use domain::partner::{PartnerError, PartnerTarget};
use domain::{AccountNumber, Explain, FieldProblem, Partner, PartnerId, Scope, Target, Template, TemplateId};
use store::Page;
use uuid::Uuid;

use crate::change::Change;
use crate::client::Client;
use crate::error::{ClientError, Result};

/// A partner as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct PartnerDraft {
    /// Short name.
    pub short_name: String,
    /// Payee's name in orders; empty: the short name.
    pub name: String,
    /// Accounts, or one secondary identifier; empty lines do not count.
    pub targets: Vec<String>,
    /// Narrative to begin with.
    pub narrative: String,
    /// Country.
    pub country: String,
    /// Legal code.
    pub legal_code: String,
    /// Free note.
    pub note: String,
}

/// A field of a typed partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PartnerField {
    /// Short name.
    ShortName,
    /// Payee's name in orders.
    Name,
    /// A line of the accounts and identifiers.
    Target,
    /// Narrative to begin with.
    Narrative,
    /// Country.
    Country,
    /// Legal code.
    LegalCode,
}

/// What is wrong with a field of a typed partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerFieldError {
    /// Which.
    pub field: PartnerField,
    /// What is wrong with it.
    pub problem: FieldProblem,
}

/// What is wrong with a typed partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartnerProblem {
    /// A field, with the line for accounts.
    Field(PartnerFieldError, usize),
    /// The accounts together.
    Partner(PartnerError),
    /// Accounts and a secondary identifier, or several of the latter.
    Mixed,
}

impl Explain for PartnerProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::Field(e, _) => e.problem.code(),
            Self::Partner(e) => e.code(),
            Self::Mixed => "partner-mixed-targets",
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Field(e, _) => e.problem.args(),
            _ => Vec::new(),
        }
    }
}

impl PartnerDraft {
    /// The draft that a partner would be typed as.
    pub fn of(partner: &Partner) -> Self {
        let (name, targets) = match &partner.target {
            PartnerTarget::Accounts { name, numbers } => {
                (name.to_string(), numbers.iter().map(AccountNumber::to_string).collect())
            }
            PartnerTarget::SecondaryId { id } => (String::new(), vec![id.to_string()]),
        };
        Self {
            short_name: partner.short_name.to_string(),
            name,
            targets,
            narrative: partner.narrative.to_string(),
            country: partner.country.map(|c| c.as_str().to_owned()).unwrap_or_default(),
            legal_code: partner.legal_code.as_ref().map(ToString::to_string).unwrap_or_default(),
            note: partner.note.clone(),
        }
    }

    /// The partner that was typed, or everything that is wrong.
    pub fn check(&self, id: PartnerId) -> std::result::Result<Partner, Vec<PartnerProblem>> {
        let mut problems = Vec::new();
        let mut field = |field, problem: FieldProblem, line| {
            problems.push(PartnerProblem::Field(PartnerFieldError { field, problem }, line));
        };
        let short_name = self.short_name.parse().map_err(|e| match e {
            domain::text::TextError::Empty => field(PartnerField::ShortName, FieldProblem::Missing, 0),
            e => field(PartnerField::ShortName, FieldProblem::Text(e), 0),
        });
        let name = if self.name.trim().is_empty() { &self.short_name } else { &self.name };
        let name = name.parse::<domain::text::PartyName>();
        if let (Err(e), false) = (&name, self.name.trim().is_empty()) {
            field(PartnerField::Name, FieldProblem::Text(*e), 0);
        }
        let mut accounts = Vec::new();
        let mut secondary = Vec::new();
        for (line, text) in self.targets.iter().enumerate().filter(|(_, t)| !t.trim().is_empty()) {
            match text.parse::<Target>() {
                Ok(Target::Account(number)) => accounts.push(number),
                Ok(Target::SecondaryId(id)) => secondary.push(id),
                Ok(Target::Foreign(_)) => field(PartnerField::Target, FieldProblem::ForeignAccount, line),
                Err(e) => field(PartnerField::Target, FieldProblem::Target(e), line),
            }
        }
        let optional = |text: &str| !text.trim().is_empty();
        let narrative =
            self.narrative.parse().map_err(|e| field(PartnerField::Narrative, FieldProblem::Text(e), 0));
        let country = optional(&self.country).then(|| {
            self.country.parse().map_err(|e| field(PartnerField::Country, FieldProblem::Text(e), 0))
        });
        let legal_code = optional(&self.legal_code).then(|| {
            self.legal_code.parse().map_err(|e| field(PartnerField::LegalCode, FieldProblem::Text(e), 0))
        });
        let target = match (accounts.is_empty(), secondary.len()) {
            (false, 0) => name.ok().map(|name| PartnerTarget::accounts(name, accounts)),
            (true, 1) => secondary.pop().map(|id| Ok(PartnerTarget::SecondaryId { id })),
            (true, 0) if problems.is_empty() => Some(Err(PartnerError::NoTarget)),
            (true, 0) => None,
            _ => {
                problems.push(PartnerProblem::Mixed);
                None
            }
        };
        let target = match target {
            Some(Ok(target)) => Some(target),
            Some(Err(e)) => {
                problems.push(PartnerProblem::Partner(e));
                None
            }
            None => None,
        };
        match (short_name, target, narrative) {
            (Ok(short_name), Some(target), Ok(narrative)) if problems.is_empty() => Ok(Partner {
                id,
                short_name,
                target,
                narrative,
                country: country.and_then(std::result::Result::ok),
                legal_code: legal_code.and_then(std::result::Result::ok),
                note: self.note.trim().to_owned(),
            }),
            _ => Err(problems),
        }
    }
}

impl Client {
    /// Partners that fit a search text (accent-blind, by name, account or identifier), in Hungarian order.
    pub async fn partners(&self, text: String, page: Page) -> Result<(Vec<Partner>, u32)> {
        self.viewing()?;
        let seen_by = self.seen_by();
        self.read(move |conn| {
            let found = store::partners::search(conn, seen_by, &text, page)?;
            Ok((found, store::partners::count(conn, seen_by, &text)?))
        })
        .await
    }

    /// One partner.
    pub async fn partner(&self, id: PartnerId) -> Result<Partner> {
        let seen_by = self.seen_by();
        self.read(move |conn| store::partners::find(conn, seen_by, id)?.ok_or(ClientError::NotFound)).await
    }

    /// Saves a partner, new or changed.
    pub async fn save_partner(&self, partner: Partner) -> Result<()> {
        self.recording()?;
        let (seen_by, now) = (self.seen_by(), self.now());
        self.write(move |tx| keep_partner(tx, seen_by, &partner, now)).await?;
        self.announce_to_all(&Change::MasterData);
        Ok(())
    }

    /// Removes a partner; orders to it stay.
    pub async fn remove_partner(&self, id: PartnerId) -> Result<()> {
        self.recording()?;
        let seen_by = self.seen_by();
        self.write(move |tx| Ok(store::partners::remove(tx, seen_by, id)?)).await?;
        self.announce_to_all(&Change::MasterData);
        Ok(())
    }

    /// Saves many partners and templates in one transaction: all or none.
    pub async fn save_master_data(&self, partners: Vec<Partner>, templates: Vec<Template>) -> Result<()> {
        self.recording()?;
        let (seen_by, now) = (self.seen_by(), self.now());
        self.write(move |tx| {
            for partner in &partners {
                keep_partner(tx, seen_by, partner, now)?;
            }
            for template in &templates {
                keep_template(tx, seen_by, template, now)?;
            }
            Ok(())
        })
        .await?;
        self.announce_to_all(&Change::MasterData);
        Ok(())
    }

    /// Templates that fit a search text.
    pub async fn templates(&self, text: String, page: Page) -> Result<Vec<Template>> {
        self.viewing()?;
        let seen_by = self.seen_by();
        self.read(move |conn| Ok(store::templates::search(conn, seen_by, &text, page)?)).await
    }

    /// One template.
    pub async fn template(&self, id: TemplateId) -> Result<Template> {
        let seen_by = self.seen_by();
        self.read(move |conn| store::templates::find(conn, seen_by, id)?.ok_or(ClientError::NotFound)).await
    }

    /// Saves a template, new or changed.
    pub async fn save_template(&self, template: Template) -> Result<()> {
        self.recording()?;
        let (seen_by, now) = (self.seen_by(), self.now());
        self.write(move |tx| keep_template(tx, seen_by, &template, now)).await?;
        self.announce_to_all(&Change::MasterData);
        Ok(())
    }

    /// Removes a template.
    pub async fn remove_template(&self, id: TemplateId) -> Result<()> {
        self.recording()?;
        let seen_by = self.seen_by();
        self.write(move |tx| Ok(store::templates::remove(tx, seen_by, id)?)).await?;
        self.announce_to_all(&Change::MasterData);
        Ok(())
    }

    /// A new partner's identifier.
    pub fn new_partner_id(&self) -> PartnerId {
        PartnerId(Uuid::now_v7())
    }

    /// A new template's identifier.
    pub fn new_template_id(&self) -> TemplateId {
        TemplateId(Uuid::now_v7())
    }
}

/// Saves a partner where it is: what is one customer's stays so, a new one is common.
pub(super) fn keep_partner(
    tx: &store::Connection,
    seen_by: Scope,
    partner: &Partner,
    now: DateTime<Utc>,
) -> Result<()> {
    let scope = store::partners::scope(tx, seen_by, partner.id)?.unwrap_or(Scope::Common);
    Ok(store::partners::save(tx, scope, partner, now)?)
}

/// Saves a template where it is: what is one customer's stays so, a new one is common.
pub(super) fn keep_template(
    tx: &store::Connection,
    seen_by: Scope,
    template: &Template,
    now: DateTime<Utc>,
) -> Result<()> {
    let scope = store::templates::scope(tx, seen_by, template.id)?.unwrap_or(Scope::Common);
    Ok(store::templates::save(tx, scope, template, now)?)
}
