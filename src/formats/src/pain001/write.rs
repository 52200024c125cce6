//! The strict writer.

use std::io::Write;

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Utc};
use domain::{Beneficiary, Currency, CustomerId, Money, PackageId, SecondaryId, Timing, Transfer, Urgency};

use super::vocabulary::{DOCUMENT_NUMBER_TYPE, INSTANT, NAMESPACE_09, NOT_PROVIDED, VIBER, proxy_type};
use crate::write::{Out, is_writable};
use crate::{FormatError, Result};

/// What one message says.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// Its identifier: the package's.
    pub id: PackageId,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// Whose accounts.
    pub customer: &'a CustomerId,
    /// The customer's name, 1–140 characters.
    pub customer_name: &'a str,
    /// At least one order.
    pub orders: &'a [&'a Transfer],
}

/// Writes a whole file of version 9, with XML declaration, in UTF-8. Memory does not grow with the orders.
pub fn write(message: &Message<'_>, sink: &mut impl Write) -> Result<()> {
    let mut out = Out::new(sink);
    out.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    document(message, &mut out)?;
    out.raw("\n");
    out.finish()
}

/// Writes the `Document` element alone, as it stands in a package.
pub fn write_document(message: &Message<'_>, sink: &mut impl Write) -> Result<()> {
    let mut out = Out::new(sink);
    document(message, &mut out)?;
    out.finish()
}

/// The time as it stands in documents: UTC, with as many decimals as it has.
pub(crate) fn timestamp(time: &DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// Whether a time can stand in a document: `xs:dateTime` knows no leap seconds, and four digits of year do.
pub(crate) fn is_writable_time(time: &DateTime<Utc>) -> bool {
    is_writable_year(time.year()) && time.timestamp_subsec_nanos() < 1_000_000_000
}

fn is_writable_year(year: i32) -> bool {
    (1..=9999).contains(&year)
}

/// Whether a customer's name can stand in a document.
pub(crate) fn is_writable_name(name: &str) -> bool {
    let length = name.chars().count();
    (1..=140).contains(&length) && is_writable(name) && name.trim() == name
}

/// The sum of the orders' amounts.
pub(crate) fn sum(orders: &[&Transfer]) -> Result<Money> {
    let too_much = FormatError::CannotWrite { position: 0, element: "CtrlSum" };
    orders
        .iter()
        .try_fold(Money::zero(Currency::HUF), |sum, order| sum.checked_add(order.amount))
        .map_err(|_| too_much)
}

/// Refuses orders that the types allow but the document cannot say.
pub(crate) fn check_order(order: &Transfer, position: usize) -> Result<()> {
    let cannot = |element| Err(FormatError::CannotWrite { position, element });
    if order.amount.currency() != Currency::HUF
        || Money::payment(order.amount.amount(), Currency::HUF).is_err()
    {
        return cannot("InstdAmt");
    }
    match order.timing {
        Timing::On { date } if !is_writable_year(date.year()) => cannot("ReqdExctnDt"),
        Timing::On { .. } | Timing::Soon | Timing::Instant => Ok(()),
    }
}

/// Refuses everything that cannot be written, before the first byte is.
pub(crate) fn check(message: &Message<'_>) -> Result<()> {
    if message.orders.is_empty() {
        return Err(FormatError::NoOrders);
    }
    if !is_writable_name(message.customer_name) {
        return Err(FormatError::CannotWrite { position: 0, element: "Nm" });
    }
    if !is_writable_time(&message.created) {
        return Err(FormatError::CannotWrite { position: 0, element: "CreDtTm" });
    }
    for (index, order) in message.orders.iter().enumerate() {
        check_order(order, index + 1)?;
    }
    sum(message.orders).map(drop)
}

fn document(message: &Message<'_>, out: &mut Out<'_, impl Write>) -> Result<()> {
    check(message)?;
    let created = timestamp(&message.created);
    out.raw("<Document xmlns=\"");
    out.raw(NAMESPACE_09);
    out.raw("\">\n<CstmrCdtTrfInitn>\n<GrpHdr><MsgId>");
    out.value(message.id.0.simple())?;
    out.raw("</MsgId><CreDtTm>");
    out.raw(&created);
    out.raw("</CreDtTm>");
    totals(message.orders, out)?;
    out.raw("<InitgPty>");
    out.leaf("Nm", message.customer_name);
    out.raw("<Id><OrgId><Othr>");
    out.leaf("Id", message.customer.as_str());
    out.raw("</Othr></OrgId></Id></InitgPty></GrpHdr>\n");
    let alike = |a: &&Transfer, b: &&Transfer| {
        a.debit_account == b.debit_account && a.timing == b.timing && a.urgency == b.urgency
    };
    for (index, orders) in message.orders.chunk_by(alike).enumerate() {
        payment_information(index + 1, orders, &created, message.customer_name, out)?;
    }
    out.raw("</CstmrCdtTrfInitn>\n</Document>");
    Ok(())
}

fn totals(orders: &[&Transfer], out: &mut Out<'_, impl Write>) -> Result<()> {
    out.raw("<NbOfTxs>");
    out.value(orders.len())?;
    out.raw("</NbOfTxs><CtrlSum>");
    out.value(sum(orders)?.amount())?;
    out.raw("</CtrlSum>");
    Ok(())
}

fn payment_information(
    number: usize,
    orders: &[&Transfer],
    created: &str,
    customer_name: &str,
    out: &mut Out<'_, impl Write>,
) -> Result<()> {
    let Some(first) = orders.first() else { return Ok(()) };
    out.raw("<PmtInf><PmtInfId>");
    out.value(number)?;
    out.raw("</PmtInfId><PmtMtd>TRF</PmtMtd>");
    totals(orders, out)?;
    payment_type(first.timing, first.urgency, out);
    out.raw("<ReqdExctnDt>");
    match first.timing {
        Timing::On { date } => out.leaf("Dt", &day(date)),
        Timing::Soon | Timing::Instant => out.leaf("DtTm", created),
    }
    out.raw("</ReqdExctnDt><Dbtr>");
    out.leaf("Nm", customer_name);
    out.raw("</Dbtr><DbtrAcct><Id>");
    out.leaf("IBAN", first.debit_account.iban().as_str());
    out.raw("</Id></DbtrAcct><DbtrAgt><FinInstnId><ClrSysMmbId>");
    out.leaf("MmbId", &first.debit_account.routing_code());
    out.raw("</ClrSysMmbId></FinInstnId></DbtrAgt>\n");
    for order in orders {
        transaction(order, out)?;
        out.settle()?;
    }
    out.raw("</PmtInf>\n");
    Ok(())
}

/// ISO date.
pub(crate) fn day(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}

fn payment_type(timing: Timing, urgency: Urgency, out: &mut Out<'_, impl Write>) {
    let instant = timing == Timing::Instant;
    let viber = urgency == Urgency::Viber;
    if !instant && !viber {
        return;
    }
    out.raw("<PmtTpInf>");
    if viber {
        out.raw("<InstrPrty>HIGH</InstrPrty><SvcLvl>");
        out.leaf("Prtry", VIBER);
        out.raw("</SvcLvl>");
    }
    if instant {
        out.raw("<LclInstrm>");
        out.leaf("Cd", INSTANT);
        out.raw("</LclInstrm>");
    }
    out.raw("</PmtTpInf>");
}

fn transaction(order: &Transfer, out: &mut Out<'_, impl Write>) -> Result<()> {
    out.raw("<CdtTrfTxInf><PmtId><InstrId>");
    let mut id = [0; uuid::fmt::Simple::LENGTH];
    let id = order.id.0.simple().encode_lower(&mut id);
    out.raw(id);
    out.raw("</InstrId>");
    out.leaf("EndToEndId", order.own_reference.as_ref().map_or(id, |r| r.as_str()));
    out.raw("</PmtId><Amt><InstdAmt Ccy=\"HUF\">");
    out.value(order.amount.amount())?;
    out.raw("</InstdAmt></Amt>");
    if let Some(name) = &order.payer_name {
        out.raw("<UltmtDbtr>");
        out.leaf("Nm", name.as_str());
        out.raw("</UltmtDbtr>");
    }
    creditor(order, out);
    if let Some(code) = &order.legal_code {
        out.raw("<RgltryRptg><Dtls>");
        out.leaf("Cd", code.as_str());
        out.raw("</Dtls></RgltryRptg>");
    }
    remittance(order, out);
    out.raw("</CdtTrfTxInf>\n");
    Ok(())
}

fn creditor(order: &Transfer, out: &mut Out<'_, impl Write>) {
    let name = order.beneficiary.name();
    if name.is_some() || order.beneficiary_country.is_some() {
        out.raw("<Cdtr>");
        if let Some(name) = name {
            out.leaf("Nm", name.as_str());
        }
        if let Some(country) = &order.beneficiary_country {
            out.raw("<PstlAdr>");
            out.leaf("Ctry", country.as_str());
            out.raw("</PstlAdr>");
        }
        out.raw("</Cdtr>");
    }
    out.raw("<CdtrAcct><Id>");
    match &order.beneficiary {
        Beneficiary::Account { number, .. } | Beneficiary::OwnAccount { number } => {
            out.leaf("IBAN", number.iban().as_str());
            out.raw("</Id>");
        }
        Beneficiary::SecondaryId { id } => {
            out.raw("<Othr>");
            out.leaf("Id", NOT_PROVIDED);
            out.raw("</Othr></Id>");
            proxy(id, out);
        }
    }
    out.raw("</CdtrAcct>");
}

fn proxy(id: &SecondaryId, out: &mut Out<'_, impl Write>) {
    let (element, value) = proxy_type(id.kind());
    out.raw("<Prxy><Tp>");
    out.leaf(element, value);
    out.raw("</Tp>");
    out.leaf("Id", id.value());
    out.raw("</Prxy>");
}

fn remittance(order: &Transfer, out: &mut Out<'_, impl Write>) {
    if order.narrative.is_empty() && order.document_number.is_none() {
        return;
    }
    out.raw("<RmtInf>");
    if !order.narrative.is_empty() {
        out.leaf("Ustrd", order.narrative.as_str());
    }
    if let Some(number) = &order.document_number {
        out.raw("<Strd><RfrdDocInf><Tp><CdOrPrtry>");
        out.leaf("Prtry", DOCUMENT_NUMBER_TYPE);
        out.raw("</CdOrPrtry></Tp>");
        out.leaf("Nb", number.as_str());
        out.raw("</RfrdDocInf></Strd>");
    }
    out.raw("</RmtInf>");
}
