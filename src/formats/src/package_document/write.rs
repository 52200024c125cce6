//! Writing the document.

use std::collections::HashSet;
use std::io::Write;

use chrono::Datelike;

use super::payload::Writable;
use super::{NAMESPACE, PackageContent, Summary, summary};
use crate::pain001::{is_writable_name, is_writable_time};
use crate::write::Out;
use crate::{FormatError, Result};

/// Writes the document and gives what its header declares. Nothing is written of what cannot be written whole.
pub fn write(content: &PackageContent, sink: &mut impl Write) -> Result<Summary> {
    check(content)?;
    let orders = Writable::of(content)?;
    let summary = summary(content)?;
    opening(content, &summary, sink)?;
    orders.write(content, sink)?;
    closing(sink)?;
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

fn cannot<T>(element: &'static str) -> Result<T> {
    Err(FormatError::CannotWrite { position: 0, element })
}

/// Refuses what no document can say, whatever its orders are.
fn check(content: &PackageContent) -> Result<()> {
    let header = &content.header;
    let mut seen = HashSet::new();
    for order in &content.orders {
        if !seen.insert(order.id()) {
            return Err(FormatError::DuplicateOrder { id: order.id().to_string() });
        }
    }
    if header.debit_account.is_some() != header.order_type.is_payment() {
        return cannot("DebitAccount");
    }
    if header.instant && !header.order_type.is_payment() {
        return cannot("Instant");
    }
    if !is_writable_name(&content.customer_name) {
        return cannot("Customer");
    }
    if !is_writable_time(&content.created) {
        return cannot("Created");
    }
    if header.scheduled.is_some_and(|day| !(1..=9999).contains(&day.year())) {
        return cannot("Scheduled");
    }
    Ok(())
}

fn opening(content: &PackageContent, summary: &Summary, sink: &mut impl Write) -> Result<()> {
    let PackageContent { header, customer_name, created, .. } = content;
    let mut out = Out::new(sink);
    out.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Package xmlns=\"");
    out.raw(NAMESPACE);
    out.raw("\">\n<Header>\n");
    line(&mut out, "Id", &header.id.to_string());
    out.raw("<Customer>");
    out.leaf("Id", header.customer.as_str());
    out.leaf("Name", customer_name);
    out.raw("</Customer>\n");
    line(&mut out, "Name", header.name.as_str());
    line(&mut out, "OrderType", header.order_type.code());
    if let Some(debit_account) = header.debit_account {
        line(&mut out, "DebitAccount", &debit_account.to_string());
        line(&mut out, "Instant", if header.instant { "true" } else { "false" });
    }
    if let Some(day) = header.scheduled {
        line(&mut out, "Scheduled", &crate::pain001::day(day));
    }
    line(&mut out, "Created", &crate::pain001::timestamp(created));
    line(&mut out, "Count", &summary.count.to_string());
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
    out.raw("</Header>\n<Payload>\n");
    out.finish()
}

fn closing(sink: &mut impl Write) -> Result<()> {
    let mut out = Out::new(sink);
    out.raw("\n</Payload>\n</Package>\n");
    out.finish()
}

fn line(out: &mut Out<'_, impl Write>, element: &str, text: &str) {
    out.leaf(element, text);
    out.raw("\n");
}
