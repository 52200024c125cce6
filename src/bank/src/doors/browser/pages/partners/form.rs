//! A partner as it is typed: checked field by field, with what was typed kept.

use domain::{AccountNumber, Explain, Partner, PartnerId, PartnerTarget, SecondaryId, Target};
use maud::{Markup, html};
use serde::Deserialize;

use crate::doors::browser::pages::parts::{TextField, below, described_by};
use crate::doors::http::texts::Texts;

/// The fields as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct PartnerForm {
    pub short_name: String,
    /// Payee's name in orders.
    pub name: String,
    /// Accounts or one secondary identifier, a line each.
    pub targets: String,
    /// Narrative to begin with.
    pub narrative: String,
    pub country: String,
    pub legal_code: String,
    pub note: String,
}

/// Longest note, in characters.
const NOTE: usize = 400;

/// A field's name and what is wrong with it.
pub(super) type Wrong = (&'static str, String);

impl PartnerForm {
    /// The form that a partner would be typed as.
    pub(super) fn of(partner: &Partner) -> Self {
        let (name, targets) = match &partner.target {
            PartnerTarget::Accounts { name, numbers } => {
                let lines: Vec<String> = numbers.iter().map(ToString::to_string).collect();
                (name.to_string(), lines.join("\n"))
            }
            PartnerTarget::SecondaryId { id } => (String::new(), id.to_string()),
        };
        Self {
            short_name: partner.short_name.to_string(),
            name,
            targets,
            narrative: partner.narrative.to_string(),
            country: partner.country.as_ref().map(|code| code.as_str().to_owned()).unwrap_or_default(),
            legal_code: partner.legal_code.as_ref().map(|code| code.as_str().to_owned()).unwrap_or_default(),
            note: partner.note.clone(),
        }
    }

    /// The partner that was typed.
    ///
    /// # Errors
    /// Every field that cannot be taken, in words.
    pub(super) fn check(&self, texts: &Texts, id: PartnerId) -> Result<Partner, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let short_name = note(texts, &mut wrong, "short_name", self.short_name.parse());
        let target = self.target(texts, &mut wrong);
        let narrative = note(texts, &mut wrong, "narrative", self.narrative.parse());
        let country = optional(texts, &mut wrong, "country", &self.country);
        let legal_code = optional(texts, &mut wrong, "legal_code", &self.legal_code);
        let free = self.note.trim();
        if free.chars().count() > NOTE {
            wrong.push(("note", texts.with("web-partner-note-long", &[("max", &NOTE.to_string())])));
        }
        match (short_name, target, narrative) {
            (Some(short_name), Some(target), Some(narrative)) if wrong.is_empty() => {
                Ok(Partner { id, short_name, target, narrative, country, legal_code, note: free.to_owned() })
            }
            _ => Err(wrong),
        }
    }

    fn target(&self, texts: &Texts, wrong: &mut Vec<Wrong>) -> Option<PartnerTarget> {
        let lines: Vec<&str> = self.targets.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let mut numbers: Vec<AccountNumber> = Vec::new();
        let mut ids: Vec<SecondaryId> = Vec::new();
        for line in &lines {
            match note(texts, wrong, "targets", line.parse::<Target>())? {
                Target::Account(number) => numbers.push(number),
                Target::SecondaryId(id) => ids.push(id),
                Target::Foreign(_) => {
                    wrong.push(("targets", texts.text("field-foreign-account")));
                    return None;
                }
            }
        }
        match (ids.pop(), numbers.is_empty()) {
            (Some(id), true) if ids.is_empty() => {
                if self.name.trim().is_empty() {
                    return Some(PartnerTarget::SecondaryId { id });
                }
                wrong.push(("name", texts.text("field-name-with-secondary")));
                None
            }
            (Some(_), _) => {
                wrong.push(("targets", texts.text("web-partner-mixed")));
                None
            }
            (None, _) => {
                let name = note(texts, wrong, "name", self.name.parse());
                note(texts, wrong, "targets", PartnerTarget::accounts(name?, numbers))
            }
        }
    }

    pub(super) fn show(&self, texts: &Texts, wrong: &[Wrong]) -> Markup {
        let error = |name: &str| wrong.iter().find(|(field, _)| *field == name).map(|(_, text)| text.clone());
        let line = |name, key: &str, value| TextField::new(name, texts.text(key), value).error(error(name));
        let targets = error("targets");
        html! {
            (line("short_name", "web-partner-short-name", &self.short_name).required().show())
            (line("name", "web-partner-name", &self.name).hint(texts.text("web-partner-name-hint")).show())
            div.field {
                label for="targets" { (texts.text("web-partner-targets")) }
                textarea id="targets" name="targets" rows="3" spellcheck="false" required
                    aria-invalid=[targets.is_some().then_some("true")]
                    aria-describedby=(described_by("targets", true)) { (self.targets) }
                (below("targets", Some(&texts.text("web-partner-targets-hint")), targets.as_deref()))
            }
            (line("narrative", "web-partner-narrative", &self.narrative).show())
            (line("country", "field-country", &self.country).show())
            (line("legal_code", "field-legal-code", &self.legal_code).show())
            (line("note", "web-partner-note", &self.note).hint(texts.text("web-partner-note-hint")).show())
        }
    }
}

fn note<T, E: Explain>(
    texts: &Texts,
    wrong: &mut Vec<Wrong>,
    field: &'static str,
    value: Result<T, E>,
) -> Option<T> {
    value.map_err(|problem| wrong.push((field, texts.explain(&problem)))).ok()
}

fn optional<T: std::str::FromStr<Err = E>, E: Explain>(
    texts: &Texts,
    wrong: &mut Vec<Wrong>,
    field: &'static str,
    text: &str,
) -> Option<T> {
    if text.trim().is_empty() { None } else { note(texts, wrong, field, text.parse()) }
}
