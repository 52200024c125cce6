//! The tolerant, streaming importer.

use std::io::BufRead;

use chrono::NaiveDate;
use domain::{Currency, Field, Narrative};
use rust_decimal::Decimal;

use super::{LINES, WIDTH};
use crate::import::{ImportEnd, ImportRow, ProblemKind, WarningKind};
use crate::row::{RowBuilder, read_date, tidy};
use crate::source::PIECE_LIMIT;
use crate::xml::{Token, Xml};
use crate::{Detected, FormatError, Result};

/// Reads a file, giving each row as soon as it is complete. After an error the rows given are good, but
/// others may be missing.
pub fn import(reader: impl BufRead, each: &mut impl FnMut(ImportRow)) -> Result<ImportEnd> {
    let mut xml = Xml::open(reader)?;
    if xml.next()? != Token::Open || xml.name() != "HUFTransactions" {
        return Err(FormatError::WrongRoot { line: xml.line(), found: xml.name().to_owned() });
    }
    let mut importer = Importer::default();
    loop {
        match xml.next()? {
            Token::Open => importer.open(&xml)?,
            Token::Close => {
                if let Some(row) = importer.close(&xml)? {
                    each(row);
                }
            }
            Token::End => break,
        }
    }
    Ok(ImportEnd {
        format: Detected::ElectraXml,
        encoding: xml.encoding(),
        rows: importer.rows,
        count: None,
        sum: None,
        scheduled: importer.scheduled,
    })
}

#[derive(Default)]
struct Importer {
    path: Vec<&'static str>,
    row: Option<RowBuilder>,
    lines: usize,
    currency: Option<String>,
    rows: u32,
    scheduled: Option<NaiveDate>,
}

/// The format's names; others are passed over.
const NAMES: [&str; 19] = [
    "ScheduledDate",
    "Transaction",
    "Originator",
    "Beneficiary",
    "Name",
    "Account",
    "AccountNumber",
    "CountryOfRegistration",
    "CountryCode",
    "Country",
    "Amount",
    "RequestedExecutionDate",
    "RemittanceInfo",
    "Text",
    "CustomerSpecifiedReference",
    "StatisticalInfo",
    "StatisticalCode",
    "CreationDateAndTime",
    "HUFTransactions",
];

impl Importer {
    fn open<R: BufRead>(&mut self, xml: &Xml<R>) -> Result<()> {
        let name = NAMES.into_iter().find(|known| *known == xml.name()).unwrap_or_default();
        match (self.path.as_slice(), name) {
            ([], "Transaction") => {
                let mut row = RowBuilder { line: xml.line(), ..RowBuilder::default() };
                match xml.attribute("ProcessingMode")?.as_deref() {
                    None | Some("") => {}
                    Some("VIBER") => row.draft.viber = true,
                    Some(other) => {
                        let element = format!("ProcessingMode=\"{}\"", tidy(other));
                        row.warn(xml.line(), Some(Field::Urgency), WarningKind::LeftOut { element });
                    }
                }
                self.row = Some(row);
                self.lines = 0;
            }
            (["Transaction"], "Amount") => self.currency = xml.attribute("Currency")?,
            (["Transaction", ..], "") => {
                if let Some(row) = &mut self.row {
                    row.warn(xml.line(), None, WarningKind::LeftOut { element: xml.name().to_owned() });
                }
            }
            _ => {}
        }
        self.path.push(name);
        Ok(())
    }

    fn close<R: BufRead>(&mut self, xml: &Xml<R>) -> Result<Option<ImportRow>> {
        let Some(element) = self.path.pop() else { return Ok(None) };
        let (text, line) = (xml.text(), xml.line());
        match (self.path.as_slice(), element) {
            ([], "ScheduledDate") => self.scheduled = read_date(text),
            ([], "Transaction") => return Ok(self.finish_row()),
            (["Transaction", path @ ..], _) => {
                if let Some(row) = &mut self.row {
                    leaf(row, path, element, text, line, &self.currency, &mut self.lines)?;
                }
            }
            _ => {}
        }
        Ok(None)
    }

    fn finish_row(&mut self) -> Option<ImportRow> {
        let mut row = self.row.take()?;
        let line = row.line;
        if self.lines > LINES {
            let kind = WarningKind::MoreLinesThanFormat { max: LINES, found: self.lines };
            row.warn(line, Some(Field::Narrative), kind);
        }
        let narrative = std::mem::take(&mut row.draft.narrative);
        row.draft.narrative = row.fit(line, Field::Narrative, narrative, Narrative::MAX, Narrative::MAX);
        self.rows = self.rows.saturating_add(1);
        Some(row.finish(self.rows))
    }
}

fn leaf(
    row: &mut RowBuilder,
    path: &[&str],
    element: &str,
    text: &str,
    line: u64,
    currency: &Option<String>,
    lines: &mut usize,
) -> Result<()> {
    match (path, element) {
        (["Originator"], "Name") => row.set_name(line, Field::PayerName, element, text, WIDTH),
        (["Originator", "Account"], "AccountNumber") => {
            row.set_account(line, Field::DebitAccount, "Originator/Account", text);
        }
        (["Beneficiary"], "Name") => row.set_name(line, Field::BeneficiaryName, element, text, WIDTH),
        (["Beneficiary", "Account"], "AccountNumber") => {
            row.set_account(line, Field::Target, "Beneficiary/Account", text);
        }
        (["Beneficiary", "CountryOfRegistration"], "CountryCode") => {
            row.set(line, Field::Country, element, tidy(text));
        }
        ([], "Amount") => {
            // The DTD fixes the attribute to HUF, so a file may leave it out.
            if currency.as_deref().is_some_and(|c| c != Currency::HUF.code()) {
                let found = currency.clone().unwrap_or_default();
                row.problem(line, Some(Field::Amount), ProblemKind::Currency { found });
            }
            let _: Option<Decimal> = row.set_amount(line, element, text);
        }
        ([], "RequestedExecutionDate") if !text.trim().is_empty() => match read_date(text) {
            Some(date) => row.set(line, Field::ValueDate, element, date.to_string()),
            None => {
                let found = tidy(text);
                row.problem(line, Some(Field::ValueDate), ProblemKind::Date { found: found.clone() });
                row.set(line, Field::ValueDate, element, found);
            }
        },
        (["RemittanceInfo"], "Text") => narrative_line(row, text, line, lines)?,
        ([], "CustomerSpecifiedReference") => row.set(line, Field::DocumentNumber, element, tidy(text)),
        (["StatisticalInfo"], "StatisticalCode") => row.set(line, Field::LegalCode, element, tidy(text)),
        _ => {}
    }
    Ok(())
}

/// Lines become one text, joined by spaces: that is what word-wrapped lines were.
fn narrative_line(row: &mut RowBuilder, text: &str, line: u64, lines: &mut usize) -> Result<()> {
    *lines += 1;
    let text = row.fit(line, Field::Narrative, tidy(text), WIDTH, usize::MAX);
    let narrative = &mut row.draft.narrative;
    if !narrative.is_empty() && !text.is_empty() {
        narrative.push(' ');
    }
    narrative.push_str(&text);
    if narrative.len() > PIECE_LIMIT {
        return Err(FormatError::TooLong { line, limit: PIECE_LIMIT });
    }
    Ok(())
}
