//! Partners: payees that are kept, found by any of their words or digits. They are common or one customer's; every
//! question says from whose place it is asked ([`Scope`]), and another customer's own are not there.

use chrono::{DateTime, Utc};
use domain::text::{CountryCode, LegalCode};
use domain::{AccountNumber, CustomerKey, Partner, PartnerId, PartnerTarget, Scope, SecondaryId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::values::{bad, id, micros, owner, parsed, parsed_or_none, secondary_kind};
use crate::words::fts_query;
use crate::{Page, Result, StoreError};

/// Columns of [`partner`]; the accounts come as one text, in their order.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.short_name, p.name, p.secondary_kind, p.secondary_value, p.narrative, p.country,
                p.legal_code, p.note,
                (SELECT group_concat(account, ' ' ORDER BY position) FROM partner_accounts WHERE partner = p.key)
            FROM partners p ",
            $rest
        )
    };
}

/// Makes or changes a partner of that scope. One that is there in another scope is refused ([`StoreError::Exists`]).
pub fn save(conn: &Connection, scope: Scope, partner: &Partner, now: DateTime<Utc>) -> Result<()> {
    const SQL: &str =
        "INSERT INTO partners (id, short_name, name, secondary_kind, secondary_value, narrative,
            country, legal_code, note, updated_at, customer)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        ON CONFLICT (id) DO UPDATE SET short_name = excluded.short_name, name = excluded.name,
            secondary_kind = excluded.secondary_kind, secondary_value = excluded.secondary_value,
            narrative = excluded.narrative, country = excluded.country, legal_code = excluded.legal_code,
            note = excluded.note, updated_at = excluded.updated_at
        WHERE partners.customer IS excluded.customer
        RETURNING key";
    const ADD_ACCOUNT: &str = "INSERT INTO partner_accounts (partner, position, account) VALUES (?1, ?2, ?3)";
    let (name, numbers, secondary) = match &partner.target {
        PartnerTarget::Accounts { name, numbers } => (Some(name.as_str()), numbers.as_slice(), None),
        PartnerTarget::SecondaryId { id } => (None, [].as_slice(), Some(id)),
    };
    let values = params![
        partner.id.0.as_bytes(),
        partner.short_name.as_str(),
        name,
        secondary.map(|s| s.kind().name()),
        secondary.map(SecondaryId::value),
        partner.narrative.as_str(),
        partner.country.as_ref().map(CountryCode::as_str),
        partner.legal_code.as_ref().map(LegalCode::as_str),
        partner.note,
        micros(now),
        owner(scope),
    ];
    let key: Option<i64> = conn.prepare_cached(SQL)?.query_row(values, |row| row.get(0)).optional()?;
    let key = key.ok_or_else(|| StoreError::Exists("partner".to_owned()))?;
    conn.prepare_cached("DELETE FROM partner_accounts WHERE partner = ?1")?.execute([key])?;
    let mut add = conn.prepare_cached(ADD_ACCOUNT)?;
    for (position, number) in (0_i64..).zip(numbers) {
        add.execute(params![key, position, number.digits24()])?;
    }
    index(conn, key, &search_words(partner))
}

/// Replaces what is searched of a partner.
fn index(conn: &Connection, key: i64, words: &str) -> Result<()> {
    conn.prepare_cached("DELETE FROM partner_search WHERE rowid = ?1")?.execute([key])?;
    let add = "INSERT INTO partner_search (rowid, words) VALUES (?1, ?2)";
    conn.prepare_cached(add)?.execute(params![key, words])?;
    Ok(())
}

/// Everything that a partner is found by. Accounts and IBANs stand both in blocks and as one word.
fn search_words(partner: &Partner) -> String {
    let mut words = vec![partner.short_name.to_string(), partner.note.clone()];
    match &partner.target {
        PartnerTarget::Accounts { name, numbers } => {
            words.push(name.to_string());
            for number in numbers {
                let iban = number.iban();
                words.extend([
                    number.to_string(),
                    number.digits24(),
                    iban.as_str().to_owned(),
                    iban.to_string(),
                ]);
            }
        }
        PartnerTarget::SecondaryId { id } => words.extend([id.to_string(), id.value().to_owned()]),
    }
    words.join("\n")
}

/// One partner.
pub fn find(conn: &Connection, seen_by: Scope, id: PartnerId) -> Result<Option<Partner>> {
    const SQL: &str = select!("WHERE (p.customer IS NULL OR p.customer = ?1) AND p.id = ?2");
    let values = params![owner(seen_by), id.0.as_bytes()];
    Ok(conn.prepare_cached(SQL)?.query_row(values, partner).optional()?)
}

/// Whose a partner is, if it is there.
pub fn scope(conn: &Connection, seen_by: Scope, id: PartnerId) -> Result<Option<Scope>> {
    const SQL: &str = "SELECT customer FROM partners WHERE (customer IS NULL OR customer = ?1) AND id = ?2";
    let values = params![owner(seen_by), id.0.as_bytes()];
    let found = conn.prepare_cached(SQL)?.query_row(values, |row| row.get::<_, Option<i64>>(0)).optional()?;
    Ok(found.map(|owner| owner.map(CustomerKey).into()))
}

/// Makes a partner common, or one customer's own.
pub fn set_scope(conn: &Connection, seen_by: Scope, id: PartnerId, scope: Scope) -> Result<()> {
    const SQL: &str =
        "UPDATE partners SET customer = ?3 WHERE (customer IS NULL OR customer = ?1) AND id = ?2";
    let values = params![owner(seen_by), id.0.as_bytes(), owner(scope)];
    match conn.prepare_cached(SQL)?.execute(values)? {
        0 => Err(StoreError::NotFound("partner")),
        _ => Ok(()),
    }
}

/// Partners in which every word of `text` begins a word (all partners if it is empty), by short name.
pub fn search(conn: &Connection, seen_by: Scope, text: &str, page: Page) -> Result<Vec<Partner>> {
    const ALL: &str = select!(
        "WHERE p.customer IS NULL OR p.customer = ?1
        ORDER BY p.short_name COLLATE hu, p.key LIMIT ?2 OFFSET ?3"
    );
    const FOUND: &str = select!(
        "WHERE (p.customer IS NULL OR p.customer = ?1)
            AND p.key IN (SELECT rowid FROM partner_search WHERE words MATCH ?4)
        ORDER BY p.short_name COLLATE hu, p.key LIMIT ?2 OFFSET ?3"
    );
    let rows = match fts_query(text) {
        Some(query) => conn
            .prepare_cached(FOUND)?
            .query_map(params![owner(seen_by), page.limit, page.offset, query], partner)?
            .collect::<rusqlite::Result<_>>()?,
        None if text.trim().is_empty() => conn
            .prepare_cached(ALL)?
            .query_map(params![owner(seen_by), page.limit, page.offset], partner)?
            .collect::<rusqlite::Result<_>>()?,
        None => Vec::new(),
    };
    Ok(rows)
}

/// All partners, in no order that means anything.
pub fn all(conn: &Connection, seen_by: Scope) -> Result<Vec<Partner>> {
    const SQL: &str = select!("WHERE p.customer IS NULL OR p.customer = ?1 ORDER BY p.key");
    Ok(conn.prepare_cached(SQL)?.query_map([owner(seen_by)], partner)?.collect::<rusqlite::Result<_>>()?)
}

/// How many partners [`search`] finds in all.
pub fn count(conn: &Connection, seen_by: Scope, text: &str) -> Result<u32> {
    const FOUND: &str = "SELECT count(*) FROM partners p
        WHERE (p.customer IS NULL OR p.customer = ?1)
            AND p.key IN (SELECT rowid FROM partner_search WHERE words MATCH ?2)";
    const ALL: &str = "SELECT count(*) FROM partners WHERE customer IS NULL OR customer = ?1";
    let count = match fts_query(text) {
        Some(query) => {
            conn.prepare_cached(FOUND)?.query_row(params![owner(seen_by), query], |row| row.get(0))?
        }
        None if text.trim().is_empty() => {
            conn.prepare_cached(ALL)?.query_row([owner(seen_by)], |row| row.get(0))?
        }
        None => 0,
    };
    Ok(count)
}

/// Removes a partner; orders to it stay.
pub fn remove(conn: &Connection, seen_by: Scope, id: PartnerId) -> Result<()> {
    const SQL: &str =
        "DELETE FROM partners WHERE (customer IS NULL OR customer = ?1) AND id = ?2 RETURNING key";
    let values = params![owner(seen_by), id.0.as_bytes()];
    let key: Option<i64> = conn.prepare_cached(SQL)?.query_row(values, |row| row.get(0)).optional()?;
    let key = key.ok_or(StoreError::NotFound("partner"))?;
    conn.prepare_cached("DELETE FROM partner_search WHERE rowid = ?1")?.execute([key])?;
    Ok(())
}

fn partner(row: &Row<'_>) -> rusqlite::Result<Partner> {
    let target = match row.get_ref(3)?.as_str_or_null()? {
        Some(kind) => {
            let value: String = row.get(4)?;
            let id = SecondaryId::parse(secondary_kind(kind)?, &value);
            PartnerTarget::SecondaryId {
                id: id.ok_or_else(|| bad("a secondary identifier of a wrong form"))?,
            }
        }
        None => {
            let accounts: String = row.get(9)?;
            let numbers: std::result::Result<Vec<AccountNumber>, _> =
                accounts.split(' ').map(str::parse).collect();
            PartnerTarget::accounts(parsed(row, 2)?, numbers.map_err(bad)?).map_err(bad)?
        }
    };
    Ok(Partner {
        id: PartnerId(id(row, 0)?),
        short_name: parsed(row, 1)?,
        target,
        narrative: parsed(row, 5)?,
        country: parsed_or_none(row, 6)?,
        legal_code: parsed_or_none(row, 7)?,
        note: row.get(8)?,
    })
}
