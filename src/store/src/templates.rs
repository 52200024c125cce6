//! Order templates: common or one customer's. Every question says from whose place it is asked ([`Scope`]).

use chrono::{DateTime, Utc};
use domain::{CustomerKey, OrderType, Scope, Template, TemplateId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::values::{id, json, micros, named, owner, parsed};
use crate::words::needle;
use crate::{Page, Result, StoreError};

/// Makes or changes a template of that scope. One that is there in another scope is refused ([`StoreError::Exists`]).
pub fn save(conn: &Connection, scope: Scope, template: &Template, now: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "INSERT INTO templates (id, name, order_type, fields, updated_at, customer)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, order_type = excluded.order_type,
            fields = excluded.fields, updated_at = excluded.updated_at
        WHERE templates.customer IS excluded.customer";
    let saved = conn.prepare_cached(SQL)?.execute(params![
        template.id.0.as_bytes(),
        template.name.as_str(),
        template.order_type.code(),
        serde_json::to_string(&template.fields)?,
        micros(now),
        owner(scope),
    ])?;
    match saved {
        0 => Err(StoreError::Exists("template".to_owned())),
        _ => Ok(()),
    }
}

/// One template.
pub fn find(conn: &Connection, seen_by: Scope, id: TemplateId) -> Result<Option<Template>> {
    const SQL: &str = "SELECT id, name, order_type, fields FROM templates
        WHERE (customer IS NULL OR customer = ?1) AND id = ?2";
    let values = params![owner(seen_by), id.0.as_bytes()];
    Ok(conn.prepare_cached(SQL)?.query_row(values, template).optional()?)
}

/// Whose a template is, if it is there.
pub fn scope(conn: &Connection, seen_by: Scope, id: TemplateId) -> Result<Option<Scope>> {
    const SQL: &str = "SELECT customer FROM templates WHERE (customer IS NULL OR customer = ?1) AND id = ?2";
    let values = params![owner(seen_by), id.0.as_bytes()];
    let found = conn.prepare_cached(SQL)?.query_row(values, |row| row.get::<_, Option<i64>>(0)).optional()?;
    Ok(found.map(|owner| owner.map(CustomerKey).into()))
}

/// Makes a template common, or one customer's own.
pub fn set_scope(conn: &Connection, seen_by: Scope, id: TemplateId, scope: Scope) -> Result<()> {
    const SQL: &str =
        "UPDATE templates SET customer = ?3 WHERE (customer IS NULL OR customer = ?1) AND id = ?2";
    let values = params![owner(seen_by), id.0.as_bytes(), owner(scope)];
    match conn.prepare_cached(SQL)?.execute(values)? {
        0 => Err(StoreError::NotFound("template")),
        _ => Ok(()),
    }
}

/// All templates, in no order that means anything.
pub fn all(conn: &Connection, seen_by: Scope) -> Result<Vec<Template>> {
    const SQL: &str = "SELECT id, name, order_type, fields FROM templates
        WHERE customer IS NULL OR customer = ?1 ORDER BY id";
    Ok(conn.prepare_cached(SQL)?.query_map([owner(seen_by)], template)?.collect::<rusqlite::Result<_>>()?)
}

/// Templates whose name or fields hold every word of `text` (all if it is empty), by name.
pub fn search(conn: &Connection, seen_by: Scope, text: &str, page: Page) -> Result<Vec<Template>> {
    const SQL: &str = "SELECT id, name, order_type, fields FROM templates
        WHERE (?1 = '' OR holds_words(?1, name, fields ->> 'beneficiary-name', fields ->> 'target',
            replace(fields ->> 'target', '-', ''), fields ->> 'narrative'))
            AND (customer IS NULL OR customer = ?4)
        ORDER BY name COLLATE hu, id LIMIT ?2 OFFSET ?3";
    let mut statement = conn.prepare_cached(SQL)?;
    let rows = statement
        .query_map(params![needle(text), page.limit, page.offset, owner(seen_by)], template)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// Removes a template; orders made from it stay.
pub fn remove(conn: &Connection, seen_by: Scope, id: TemplateId) -> Result<()> {
    const SQL: &str = "DELETE FROM templates WHERE (customer IS NULL OR customer = ?1) AND id = ?2";
    match conn.prepare_cached(SQL)?.execute(params![owner(seen_by), id.0.as_bytes()])? {
        0 => Err(StoreError::NotFound("template")),
        _ => Ok(()),
    }
}

fn template(row: &Row<'_>) -> rusqlite::Result<Template> {
    Ok(Template {
        id: TemplateId(id(row, 0)?),
        name: parsed(row, 1)?,
        order_type: named(row, 2, OrderType::from_code)?,
        fields: json(row, 3)?,
    })
}
