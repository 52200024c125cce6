//! Reading the document strictly.

use std::ops::Range;

use chrono::{DateTime, Utc};
use domain::{AccountNumber, Currency, OrderType, PackageHeader};

use super::{NAMESPACE, PackageContent, SIZE_LIMIT, Summary, payload, summary};
use crate::pain001::{Expected, day, is_writable_name, is_writable_time, read_day, timestamp};
use crate::strict::Strict;
use crate::{FormatError, Result};

/// Reads a document; whatever is not exactly as [`super::write()`] would say it is refused with its line.
pub fn read(bytes: &[u8]) -> Result<PackageContent> {
    Ok(walk(bytes)?.0)
}

/// Where the payload's own document (the pain.001 `Document` of payments) stands in the bytes of a valid document.
pub fn payload_range(bytes: &[u8]) -> Result<Range<usize>> {
    Ok(walk(bytes)?.1)
}

fn walk(bytes: &[u8]) -> Result<(PackageContent, Range<usize>)> {
    if bytes.len() > SIZE_LIMIT {
        return Err(FormatError::TooLarge { limit: SIZE_LIMIT });
    }
    if !bytes.starts_with(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {
        return Err(FormatError::NotXml { line: 1 });
    }
    let mut xml = Strict::open_bytes(bytes)?;
    let namespace = xml.open_with("Package", &["xmlns"])?;
    if namespace.first().map(String::as_str) != Some(NAMESPACE) {
        return Err(FormatError::Value { line: xml.line(), element: "Package" });
    }
    let Header { header, customer_name, created, declared } = read_header(&mut xml)?;
    xml.open("Payload")?;
    let before = xml.position();
    let expected =
        Expected { id: header.id, created, customer: &header.customer, customer_name: &customer_name };
    let orders = payload::read(&mut xml, &header, &expected)?;
    let after = xml.position();
    xml.close()?;
    xml.close()?;
    xml.end()?;
    let content = PackageContent { header, customer_name, created, orders };
    declared.compare(&summary(&content)?)?;
    // White space between the tags belongs to the payload element, not to the document in it.
    let start = bytes[before..after].iter().position(|b| *b == b'<').map_or(after, |skip| before + skip);
    Ok((content, start..after))
}

struct Header {
    header: PackageHeader,
    customer_name: String,
    created: DateTime<Utc>,
    declared: Declared,
}

/// What the header says about the orders: (currency, sum) and (account, currency, sum), as text.
struct Declared {
    count: String,
    totals: Vec<(String, String)>,
    debits: Vec<(String, String, String)>,
}

impl Declared {
    fn compare(&self, found: &Summary) -> Result<()> {
        let count = found.count.to_string();
        if self.count != count {
            return Err(FormatError::CountMismatch { declared: self.count.clone(), found: count });
        }
        let totals: Vec<_> =
            found.total.iter().map(|t| (t.currency().code().to_owned(), t.amount().to_string())).collect();
        let debits: Vec<_> = found
            .debits
            .iter()
            .map(|(a, t)| (a.to_string(), t.currency().code().to_owned(), t.amount().to_string()))
            .collect();
        let join = |totals: &[(String, String)], debits: &[(String, String, String)]| {
            let totals = totals.iter().map(|(currency, sum)| format!("{sum} {currency}"));
            let debits = debits.iter().map(|(account, currency, sum)| format!("{account}: {sum} {currency}"));
            totals.chain(debits).collect::<Vec<_>>().join(", ")
        };
        if self.totals != totals || self.debits != debits {
            return Err(FormatError::SumMismatch {
                declared: join(&self.totals, &self.debits),
                found: join(&totals, &debits),
            });
        }
        Ok(())
    }
}

fn read_header(xml: &mut Strict<'_>) -> Result<Header> {
    xml.open("Header")?;
    let id = xml.value("Id", |text| text.parse().ok(), ToString::to_string)?;
    xml.open("Customer")?;
    let customer = xml.value("Id", |text| text.parse().ok(), ToString::to_string)?;
    let customer_name =
        xml.value("Name", |text| is_writable_name(text).then(|| text.to_owned()), String::clone)?;
    xml.close()?;
    let name = xml.value("Name", |text| text.parse().ok(), ToString::to_string)?;
    let order_type = xml.value("OrderType", OrderType::from_code, |t| t.code().to_owned())?;
    let (debit_account, instant) = if order_type.is_payment() {
        let account =
            xml.value("DebitAccount", |text| text.parse::<AccountNumber>().ok(), ToString::to_string)?;
        (Some(account), xml.value("Instant", |text| text.parse::<bool>().ok(), ToString::to_string)?)
    } else {
        (None, false)
    };
    let scheduled =
        if xml.is_next("Scheduled")? { Some(xml.value("Scheduled", read_day, |d| day(*d))?) } else { None };
    let created = xml.value("Created", read_time, timestamp)?;
    let count = xml.leaf("Count")?;
    let mut totals = Vec::new();
    while order_type.is_payment() && xml.is_next("Total")? {
        let attributes = xml.open_with("Total", &["Currency"])?;
        let sum = xml.text()?;
        let currency = known_currency(xml, attributes.first(), "Total")?;
        totals.push((currency, sum));
    }
    let mut debits = Vec::new();
    while order_type.is_payment() && xml.is_next("Debit")? {
        let attributes = xml.open_with("Debit", &["Account", "Currency"])?;
        let sum = xml.text()?;
        let currency = known_currency(xml, attributes.get(1), "Debit")?;
        debits.push((attributes.first().cloned().unwrap_or_default(), currency, sum));
    }
    xml.close()?;
    let header = PackageHeader { id, customer, name, order_type, debit_account, instant, scheduled };
    Ok(Header { header, customer_name, created, declared: Declared { count, totals, debits } })
}

fn known_currency(xml: &Strict<'_>, text: Option<&String>, element: &'static str) -> Result<String> {
    let currency = text.and_then(|t| t.parse::<Currency>().ok());
    currency.map(|c| c.code().to_owned()).ok_or(FormatError::Value { line: xml.line(), element })
}

/// A time as [`timestamp`] writes it.
fn read_time(text: &str) -> Option<DateTime<Utc>> {
    let time = DateTime::parse_from_rfc3339(text).ok()?.with_timezone(&Utc);
    is_writable_time(&time).then_some(time)
}
