//! Order templates.

use chrono::{DateTime, Utc};
use domain::{OrderType, Template, TemplateId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::values::{id, json, micros, named, parsed};
use crate::words::needle;
use crate::{Page, Result, StoreError};

/// Makes or changes a template.
pub fn save(conn: &Connection, template: &Template, now: DateTime<Utc>) -> Result<()> {
    const SQL: &str = "INSERT OR REPLACE INTO templates (id, name, order_type, fields, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5)";
    conn.prepare_cached(SQL)?.execute(params![
        template.id.0.as_bytes(),
        template.name.as_str(),
        template.order_type.code(),
        serde_json::to_string(&template.fields)?,
        micros(now),
    ])?;
    Ok(())
}

/// One template.
pub fn find(conn: &Connection, id: TemplateId) -> Result<Option<Template>> {
    const SQL: &str = "SELECT id, name, order_type, fields FROM templates WHERE id = ?1";
    Ok(conn.prepare_cached(SQL)?.query_row([id.0.as_bytes()], template).optional()?)
}

/// All templates, in no order that means anything.
pub fn all(conn: &Connection) -> Result<Vec<Template>> {
    const SQL: &str = "SELECT id, name, order_type, fields FROM templates ORDER BY id";
    Ok(conn.prepare_cached(SQL)?.query_map([], template)?.collect::<rusqlite::Result<_>>()?)
}

/// Templates whose name or fields hold every word of `text` (all if it is empty), by name.
pub fn search(conn: &Connection, text: &str, page: Page) -> Result<Vec<Template>> {
    const SQL: &str = "SELECT id, name, order_type, fields FROM templates
        WHERE ?1 = '' OR holds_words(?1, name, fields ->> 'beneficiary-name', fields ->> 'target',
            replace(fields ->> 'target', '-', ''), fields ->> 'narrative')
        ORDER BY name COLLATE hu, id LIMIT ?2 OFFSET ?3";
    let mut statement = conn.prepare_cached(SQL)?;
    let rows = statement
        .query_map(params![needle(text), page.limit, page.offset], template)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// Removes a template; orders made from it stay.
pub fn remove(conn: &Connection, id: TemplateId) -> Result<()> {
    match conn.prepare_cached("DELETE FROM templates WHERE id = ?1")?.execute([id.0.as_bytes()])? {
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
