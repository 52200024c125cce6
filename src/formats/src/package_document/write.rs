//! Writing the document.

use std::collections::HashSet;
use std::io::Write;

use chrono::Datelike;
use domain::{OrderType, PackageHeader};

use super::administration_write::write_administration;
use super::{AdministrationContent, NAMESPACE, PackageContent, Summary, summary};
use crate::pain001::{Message, is_writable_name, is_writable_time, write_document};
use crate::write::Out;
use crate::{FormatError, Result};

/// Writes the document and gives what its header declares.
pub fn write(content: &PackageContent, sink: &mut impl Write) -> Result<Summary> {
    if content.header.order_type != OrderType::Hct {
        return cannot("OrderType");
    }
    check_header(&content.header, content.orders.iter().map(|order| order.id.to_string()))?;
    let message = Message {
        id: content.header.id,
        created: content.created,
        customer: &content.header.customer,
        customer_name: &content.customer_name,
        orders: &content.orders,
    };
    crate::pain001::check(&message)?;
    let summary = summary(content)?;
    let time = crate::pain001::timestamp(&content.created);
    opening(&content.header, &content.customer_name, &time, &summary, sink)?;
    write_document(&message, sink)?;
    closing(sink)?;
    Ok(summary)
}

/// The bytes of a document of self-administration orders.
pub fn administration_to_bytes(content: &AdministrationContent) -> Result<Vec<u8>> {
    let header = &content.header;
    if header.order_type != OrderType::Adm {
        return cannot("OrderType");
    }
    if header.debit_account.is_some() {
        return cannot("DebitAccount");
    }
    if header.instant {
        return cannot("Instant");
    }
    if !is_writable_name(&content.customer_name) {
        return cannot("Customer");
    }
    if !is_writable_time(&content.created) {
        return cannot("Created");
    }
    check_header(header, content.orders.iter().map(|order| order.id.to_string()))?;
    if content.orders.is_empty() {
        return Err(FormatError::NoOrders);
    }
    let count = u32::try_from(content.orders.len())
        .map_err(|_| FormatError::CannotWrite { position: 0, element: "Count" })?;
    let summary = Summary { count, debits: Default::default(), total: Vec::new() };
    let time = crate::pain001::timestamp(&content.created);
    let mut bytes = Vec::with_capacity(2048);
    opening(header, &content.customer_name, &time, &summary, &mut bytes)?;
    write_administration(&content.orders, &mut bytes)?;
    closing(&mut bytes)?;
    within_limit(bytes)
}

/// The document as bytes.
pub fn to_bytes(content: &PackageContent) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(2048 + content.orders.len() * 768);
    write(content, &mut bytes)?;
    within_limit(bytes)
}

fn within_limit(bytes: Vec<u8>) -> Result<Vec<u8>> {
    if bytes.len() > super::SIZE_LIMIT {
        return Err(FormatError::TooLarge { limit: super::SIZE_LIMIT });
    }
    Ok(bytes)
}

fn cannot<T>(element: &'static str) -> Result<T> {
    Err(FormatError::CannotWrite { position: 0, element })
}

/// Refuses what no document can say, whatever its orders are.
fn check_header(header: &PackageHeader, ids: impl Iterator<Item = String>) -> Result<()> {
    let mut seen = HashSet::new();
    for id in ids {
        if !seen.insert(id.clone()) {
            return Err(FormatError::DuplicateOrder { id });
        }
    }
    if header.scheduled.is_some_and(|day| !(1..=9999).contains(&day.year())) {
        return cannot("Scheduled");
    }
    Ok(())
}

fn opening(
    header: &PackageHeader,
    customer_name: &str,
    created: &str,
    summary: &Summary,
    sink: &mut impl Write,
) -> Result<()> {
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
    if header.order_type == OrderType::Hct {
        let Some(debit_account) = header.debit_account else { return cannot("DebitAccount") };
        line(&mut out, "DebitAccount", &debit_account.to_string());
        line(&mut out, "Instant", if header.instant { "true" } else { "false" });
    }
    if let Some(day) = header.scheduled {
        line(&mut out, "Scheduled", &crate::pain001::day(day));
    }
    line(&mut out, "Created", created);
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
