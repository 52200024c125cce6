//! Today's tables as programs before several connections knew them: one bank, customers by the bank's own identifiers.

/// The query that gives an old table's columns from today's tables of that schema (`main`, or an attached one).
pub fn select(table: &str, columns: &[String], schema: &str) -> String {
    let of = format!("(SELECT c.id FROM {schema}.customers c WHERE c.key = t.customer)");
    match table {
        "bank_connection" => {
            let last_sync = format!("SELECT max(last_sync) FROM {schema}.customers");
            format!("SELECT 1, content, connected_at, ({last_sync}) FROM {schema}.connections")
        }
        "cursors" => format!("SELECT t.name || '/' || {of}, t.value FROM {schema}.cursors t"),
        "settings" => format!(
            "SELECT t.key, CASE t.key WHEN 'last-customer'
                THEN (SELECT json_quote(c.id) FROM {schema}.customers c WHERE c.key = t.value ->> '$')
                ELSE t.value END
            FROM {schema}.settings t"
        ),
        _ => {
            let column = |name: &String| if name == "customer" { of.clone() } else { format!("t.{name}") };
            let columns: Vec<String> = columns.iter().map(column).collect();
            format!("SELECT {} FROM {schema}.{table} t", columns.join(", "))
        }
    }
}
