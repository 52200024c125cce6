//! Writing the document.

use std::collections::HashSet;
use std::io::Write;

use chrono::Datelike;

use super::{NAMESPACE, PackageContent, Summary, summary};
use crate::pain001::{Message, write_document};
use crate::write::Out;
use crate::{FormatError, Result};

/// Writes the document and gives what its header declares.
pub fn write(content: &PackageContent, sink: &mut impl Write) -> Result<Summary> {
    let mut ids = HashSet::with_capacity(content.orders.len());
    if let Some(twice) = content.orders.iter().find(|order| !ids.insert(order.id)) {
        return Err(FormatError::DuplicateOrder { id: twice.id.to_string() });
    }
    if content.header.scheduled.is_some_and(|day| !(1..=9999).contains(&day.year())) {
        return Err(FormatError::CannotWrite { position: 0, element: "Scheduled" });
    }
    let message = Message {
        id: content.header.id,
        created: content.created,
        customer: &content.header.customer,
        customer_name: &content.customer_name,
        orders: &content.orders,
    };
    crate::pain001::check(&message)?;
    let summary = summary(content)?;
    let mut out = Out::new(sink);
    out.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Package xmlns=\"");
    out.raw(NAMESPACE);
    out.raw("\">\n");
    header(content, &summary, &mut out)?;
    out.raw("<Payload>\n");
    out.finish()?;
    write_document(&message, sink)?;
    let mut out = Out::new(sink);
    out.raw("\n</Payload>\n</Package>\n");
    out.finish()?;
    Ok(summary)
}

/// The document as bytes.
pub fn to_bytes(content: &PackageContent) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(2048 + content.orders.len() * 768);
    write(content, &mut bytes)?;
    if bytes.len() > super::SIZE_LIMIT {
        return Err(FormatError::TooLarge { limit: super::SIZE_LIMIT });
    }
    Ok(bytes)
}

fn header(content: &PackageContent, summary: &Summary, out: &mut Out<'_, impl Write>) -> Result<()> {
    let header = &content.header;
    out.raw("<Header>\n");
    line(out, "Id", &header.id.to_string());
    out.raw("<Customer>");
    out.leaf("Id", header.customer.as_str());
    out.leaf("Name", &content.customer_name);
    out.raw("</Customer>\n");
    line(out, "Name", header.name.as_str());
    line(out, "OrderType", header.order_type.code());
    let debit_account =
        header.debit_account.ok_or(FormatError::CannotWrite { position: 0, element: "DebitAccount" })?;
    line(out, "DebitAccount", &debit_account.to_string());
    line(out, "Instant", if header.instant { "true" } else { "false" });
    if let Some(day) = header.scheduled {
        line(out, "Scheduled", &crate::pain001::day(day));
    }
    line(out, "Created", &crate::pain001::timestamp(&content.created));
    line(out, "Count", &summary.count.to_string());
    for total in &summary.total {
        out.raw("<Total Currency=\"");
        out.raw(total.currency().code());
        out.raw("\">");
        out.value(total.amount())?;
        out.raw("</Total>\n");
    }
    for (account, total) in &summary.debits {
        out.raw("<Debit Account=\"");
        out.value(account)?;
        out.raw("\" Currency=\"");
        out.raw(total.currency().code());
        out.raw("\">");
        out.value(total.amount())?;
        out.raw("</Debit>\n");
    }
    out.raw("</Header>\n");
    Ok(())
}

fn line(out: &mut Out<'_, impl Write>, element: &str, text: &str) {
    out.leaf(element, text);
    out.raw("\n");
}
