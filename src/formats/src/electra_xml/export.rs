//! The strict exporter: everything is checked before the first byte, so no half file is left behind.

use std::io::{self, Write};

use chrono::{NaiveDate, NaiveDateTime};
use domain::text::{DocumentNumber, LegalCode, PartyName};
use domain::{Beneficiary, Explain, Narrative, Timing, Transfer, Urgency, key};

use super::{LINES, WIDTH};
use crate::pain001::{check_order, day};
use crate::write::Out;
use crate::{Encoding, FormatError, Result};

/// What to export.
#[derive(Clone, Copy, Debug)]
pub struct Export<'a> {
    /// The orders, at least one.
    pub orders: &'a [&'a Transfer],
    /// When the file is made, in local time.
    pub created: NaiveDateTime,
    /// Day on which it is meant to be sent.
    pub scheduled: Option<NaiveDate>,
    /// The file's encoding. Electra knows all but windows-1250.
    pub encoding: Encoding,
}

/// What an exported order loses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportWarning {
    /// Which order, from 1.
    pub position: usize,
    /// Which field.
    pub field: &'static str,
    /// How.
    pub kind: ExportWarningKind,
}

/// How an exported field differs from the order's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportWarningKind {
    /// The end is cut off.
    Cut {
        /// Characters that are kept.
        kept: usize,
        /// Characters that the order has.
        found: usize,
    },
    /// The lines break inside words, since the text would not fit otherwise.
    WordsSplit,
    /// The format has no place for it.
    NoPlace,
}

impl Explain for ExportWarningKind {
    fn code(&self) -> &'static str {
        match self {
            Self::Cut { .. } => "export-cut",
            Self::WordsSplit => "export-words-split",
            Self::NoPlace => "export-no-place",
        }
    }
    fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Cut { kept, found } => vec![("kept", kept.to_string()), ("found", found.to_string())],
            Self::WordsSplit | Self::NoPlace => Vec::new(),
        }
    }
}

/// Writes the file and gives what was cut or left out. On an error nothing was written.
pub fn export(export: &Export<'_>, sink: &mut impl Write) -> Result<Vec<ExportWarning>> {
    if export.orders.is_empty() {
        return Err(FormatError::NoOrders);
    }
    let mut warnings = Vec::new();
    for (index, order) in export.orders.iter().enumerate() {
        check(order, index + 1, export.encoding)?;
        warn(order, index + 1, &mut warnings);
    }
    let mut encoder = Encoder { sink, encoding: export.encoding, encoded: Vec::new() };
    let mut out = Out::new(&mut encoder);
    out.raw("<?xml version=\"1.0\" encoding=\"");
    out.raw(export.encoding.name());
    out.raw("\"?>\n<HUFTransactions version=\"1.01\">\n");
    line(&mut out, "  ", "CreationDateAndTime", &export.created.format("%Y-%m-%dT%H:%M:%S").to_string());
    if let Some(date) = export.scheduled {
        line(&mut out, "  ", "ScheduledDate", &day(date));
    }
    for order in export.orders {
        transaction(order, &mut out)?;
        out.settle()?;
    }
    out.raw("</HUFTransactions>\n");
    out.finish()?;
    Ok(warnings)
}

fn check(order: &Transfer, position: usize, encoding: Encoding) -> Result<()> {
    check_order(order, position)?;
    if matches!(order.beneficiary, Beneficiary::SecondaryId { .. }) {
        return Err(FormatError::NoSecondaryId { position });
    }
    let texts = [
        order.beneficiary.name().map(PartyName::as_str),
        order.payer_name.as_ref().map(PartyName::as_str),
        Some(order.narrative.as_str()),
        order.document_number.as_ref().map(DocumentNumber::as_str),
        order.legal_code.as_ref().map(LegalCode::as_str),
    ];
    let missing = texts.into_iter().flatten().flat_map(str::chars).find(|c| !encoding.has(*c));
    match missing {
        Some(character) => Err(FormatError::CannotEncode { position, character, encoding: encoding.name() }),
        None => Ok(()),
    }
}

fn warn(order: &Transfer, position: usize, warnings: &mut Vec<ExportWarning>) {
    let mut add = |field, kind| warnings.push(ExportWarning { position, field, kind });
    let mut name = |field, name: &str| {
        let found = name.chars().count();
        if found > WIDTH {
            add(field, ExportWarningKind::Cut { kept: cut(name).chars().count(), found });
        }
    };
    if let Some(payer) = &order.payer_name {
        name(key::PAYER_NAME, payer.as_str());
    }
    if let Some(payee) = order.beneficiary.name() {
        name(key::BENEFICIARY_NAME, payee.as_str());
    }
    if order.timing == Timing::Instant {
        add(key::INSTANT, ExportWarningKind::NoPlace);
    }
    if order.own_reference.is_some() {
        add(key::OWN_REFERENCE, ExportWarningKind::NoPlace);
    }
    let (_, lost) = narrative_lines(&order.narrative);
    if let Some(kind) = lost {
        add(key::NARRATIVE, kind);
    }
}

/// The first characters of a name.
fn cut(name: &str) -> &str {
    let end = name.char_indices().nth(WIDTH).map_or(name.len(), |(i, _)| i);
    name[..end].trim_end()
}

/// The narrative in at most four lines, and what it loses by that: lines break between words if it then
/// fits, else anywhere.
fn narrative_lines(narrative: &Narrative) -> (Vec<String>, Option<ExportWarningKind>) {
    let wrapped = wrap(narrative.as_str());
    if wrapped.len() <= LINES && wrapped.iter().all(|line| line.chars().count() <= WIDTH) {
        return (wrapped, None);
    }
    let found = narrative.as_str().chars().count();
    let mut lines = narrative.lines(WIDTH);
    lines.truncate(LINES);
    let kept = lines.iter().map(|line| line.chars().count()).sum();
    let lost =
        if kept < found { ExportWarningKind::Cut { kept, found } } else { ExportWarningKind::WordsSplit };
    (lines, Some(lost))
}

fn wrap(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(last) if last.chars().count() + 1 + word.chars().count() <= WIDTH => {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn line(out: &mut Out<'_, impl Write>, indent: &str, element: &str, text: &str) {
    out.raw(indent);
    out.leaf(element, text);
    out.raw("\n");
}

fn transaction(order: &Transfer, out: &mut Out<'_, impl Write>) -> Result<()> {
    out.raw(match order.urgency {
        Urgency::Viber => "  <Transaction ProcessingMode=\"VIBER\">\n",
        Urgency::Normal => "  <Transaction>\n",
    });
    out.raw("    <Originator>\n");
    if let Some(name) = &order.payer_name {
        line(out, "      ", "Name", cut(name.as_str()));
    }
    account(out, &order.debit_account.digits());
    out.raw("    </Originator>\n    <Beneficiary>\n");
    if let Some(number) = order.beneficiary.account() {
        if let Some(name) = order.beneficiary.name() {
            line(out, "      ", "Name", cut(name.as_str()));
        }
        if let Some(country) = &order.beneficiary_country {
            out.raw("      <CountryOfRegistration>");
            out.leaf("CountryCode", country.as_str());
            out.raw("</CountryOfRegistration>\n");
        }
        account(out, &number.digits());
    }
    out.raw("    </Beneficiary>\n    <Amount Currency=\"HUF\">");
    out.value(order.amount.amount())?;
    out.raw("</Amount>\n");
    if let Timing::On { date } = order.timing {
        line(out, "    ", "RequestedExecutionDate", &day(date));
    }
    if !order.narrative.is_empty() {
        out.raw("    <RemittanceInfo>\n");
        for text in narrative_lines(&order.narrative).0 {
            line(out, "      ", "Text", &text);
        }
        out.raw("    </RemittanceInfo>\n");
    }
    if let Some(number) = &order.document_number {
        line(out, "    ", "CustomerSpecifiedReference", number.as_str());
    }
    if let Some(code) = &order.legal_code {
        out.raw("    <StatisticalInfo>");
        out.leaf("StatisticalCode", code.as_str());
        out.raw("</StatisticalInfo>\n");
    }
    out.raw("  </Transaction>\n");
    Ok(())
}

fn account(out: &mut Out<'_, impl Write>, digits: &str) {
    out.raw("      <Account><AccountNumber Type=\"GIRO\">");
    out.raw(digits);
    out.raw("</AccountNumber></Account>\n");
}

/// Turns the UTF-8 that is written into it into the file's encoding. [`Out`] passes on whole characters.
struct Encoder<'a, W: Write> {
    sink: &'a mut W,
    encoding: Encoding,
    encoded: Vec<u8>,
}

impl<W: Write> Write for Encoder<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = std::str::from_utf8(bytes).map_err(io::Error::other)?;
        self.encoded.clear();
        self.encoding.encode(text, &mut self.encoded).map_err(|character| {
            let encoding = self.encoding.name();
            io::Error::other(FormatError::CannotEncode { position: 0, character, encoding })
        })?;
        self.sink.write_all(&self.encoded)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}
