//! Where the web client keeps a customer's partners and templates.

use domain::{CustomerId, Partner, PartnerTarget, Template, key, search};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::ground::database::{from_json, to_json};
use crate::ground::error::{BankError, Result};

/// Something that is kept by customer and identifier, and found by words.
pub(crate) trait Kept: Clone + Serialize + DeserializeOwned {
    const TABLE: &'static str;
    fn key(&self) -> String;
    /// What lists are sorted by.
    fn title(&self) -> &str;
    /// Everything that it is found by.
    fn search_text(&self) -> String;
}

impl Kept for Partner {
    const TABLE: &'static str = "web_partner";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn title(&self) -> &str {
        self.short_name.as_str()
    }

    fn search_text(&self) -> String {
        let target = match &self.target {
            PartnerTarget::Accounts { name, numbers } => {
                let numbers: Vec<String> = numbers.iter().map(domain::AccountNumber::digits24).collect();
                format!("{name} {}", numbers.join(" "))
            }
            PartnerTarget::SecondaryId { id } => format!("{id} {}", id.value()),
        };
        format!("{} {target} {} {}", self.short_name, self.narrative, self.note)
    }
}

impl Kept for Template {
    const TABLE: &'static str = "web_template";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn title(&self) -> &str {
        self.name.as_str()
    }

    fn search_text(&self) -> String {
        let fields = &self.fields;
        let target: String = fields.get(key::TARGET).chars().filter(|c| *c != '-').collect();
        let (payee, narrative) = (fields.get(key::BENEFICIARY_NAME), fields.get(key::NARRATIVE));
        format!("{} {payee} {target} {narrative}", self.name)
    }
}

/// Something with everything that its row says of it.
pub(super) struct Prepared<T> {
    pub(super) kept: T,
    pub(super) key: String,
    /// Its title without case and accents.
    pub(super) sort: String,
    search: String,
    content: String,
}

impl<T: Kept> Prepared<T> {
    pub(super) fn of(kept: T) -> Result<Self> {
        Ok(Self {
            key: kept.key(),
            sort: search::fold(kept.title()),
            search: search::fold(&kept.search_text()),
            content: to_json(&kept)?,
            kept,
        })
    }
}

/// Up to `limit` of the customer's that hold all these folded words, by title, from the row `offset` on.
pub(crate) fn list<T: Kept>(
    db: &Connection,
    customer: &CustomerId,
    needles: &[String],
    offset: u32,
    limit: u32,
) -> Result<Vec<T>> {
    let needles = serde_json::to_string(needles).map_err(|e| BankError::data("words", e))?;
    let mut query = db.prepare_cached(&format!(
        "SELECT content FROM {} WHERE customer = ?1
            AND NOT EXISTS (SELECT 1 FROM json_each(?2) word WHERE instr(search, word.value) = 0)
         ORDER BY sort, id LIMIT ?3 OFFSET ?4",
        T::TABLE
    ))?;
    let mut rows = query.query(params![customer.as_str(), needles, limit, offset])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(from_json(T::TABLE, &row.get::<_, String>(0)?)?);
    }
    Ok(found)
}

/// How many the customer keeps.
pub(crate) fn count<T: Kept>(db: &Connection, customer: &CustomerId) -> Result<u32> {
    let sql = format!("SELECT COUNT(*) FROM {} WHERE customer = ?1", T::TABLE);
    Ok(db.prepare_cached(&sql)?.query_row([customer.as_str()], |row| row.get(0))?)
}

/// All of them, for a file.
pub(crate) fn all<T: Kept>(db: &Connection, customer: &CustomerId) -> Result<Vec<T>> {
    list(db, customer, &[], 0, u32::MAX)
}

/// The customer's one of that identifier.
pub(crate) fn get<T: Kept>(db: &Connection, customer: &CustomerId, key: &str) -> Result<Option<T>> {
    let sql = format!("SELECT content FROM {} WHERE customer = ?1 AND id = ?2", T::TABLE);
    let content: Option<String> =
        db.prepare_cached(&sql)?.query_row(params![customer.as_str(), key], |row| row.get(0)).optional()?;
    content.map(|content| from_json(T::TABLE, &content)).transpose()
}

/// The identifier of the customer's one with the same title, whatever its case and accents.
pub(crate) fn key_of_title<T: Kept>(
    db: &Connection,
    customer: &CustomerId,
    title: &str,
) -> Result<Option<String>> {
    key_of_folded::<T>(db, customer, &search::fold(title))
}

/// The same for a title that has neither case nor accents.
pub(super) fn key_of_folded<T: Kept>(
    db: &Connection,
    customer: &CustomerId,
    sort: &str,
) -> Result<Option<String>> {
    let sql = format!("SELECT id FROM {} WHERE customer = ?1 AND sort = ?2 LIMIT 1", T::TABLE);
    let found =
        db.prepare_cached(&sql)?.query_row(params![customer.as_str(), sort], |row| row.get(0)).optional()?;
    Ok(found)
}

/// Keeps it, new or instead of the one with the same identifier.
pub(crate) fn put<T: Kept>(db: &Connection, customer: &CustomerId, kept: &T) -> Result<()> {
    put_prepared(db, customer, &Prepared::of(kept.clone())?)
}

/// The same for what is prepared.
pub(super) fn put_prepared<T: Kept>(
    db: &Connection,
    customer: &CustomerId,
    record: &Prepared<T>,
) -> Result<()> {
    let sql = format!(
        "INSERT OR REPLACE INTO {} (customer, id, sort, search, content) VALUES (?1, ?2, ?3, ?4, ?5)",
        T::TABLE
    );
    db.prepare_cached(&sql)?.execute(params![
        customer.as_str(),
        record.key,
        record.sort,
        record.search,
        record.content
    ])?;
    Ok(())
}

/// Deletes it; says whether it was there.
pub(crate) fn delete<T: Kept>(db: &Connection, customer: &CustomerId, key: &str) -> Result<bool> {
    let sql = format!("DELETE FROM {} WHERE customer = ?1 AND id = ?2", T::TABLE);
    Ok(db.prepare_cached(&sql)?.execute(params![customer.as_str(), key])? > 0)
}
