//! The tolerant, streaming importer.

use std::io::BufRead;

use chrono::NaiveDate;
use domain::{Currency, Narrative, key};
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
                    Some("VIBER") => row.draft.values.tick(key::URGENCY, true),
                    Some(other) => {
                        let element = format!("ProcessingMode=\"{}\"", tidy(other));
                        row.warn(xml.line(), Some(key::URGENCY), WarningKind::LeftOut { element });
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
            row.warn(line, Some(key::NARRATIVE), kind);
        }
        let narrative = row.draft.values.take(key::NARRATIVE);
        let narrative = row.fit(line, key::NARRATIVE, narrative, Narrative::MAX, Narrative::MAX);
        row.draft.values.set(key::NARRATIVE, narrative);
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
        (["Originator"], "Name") => row.set_name(line, key::PAYER_NAME, element, text, WIDTH),
        (["Originator", "Account"], "AccountNumber") => {
            row.set_account(line, key::DEBIT_ACCOUNT, "Originator/Account", text);
        }
        (["Beneficiary"], "Name") => row.set_name(line, key::BENEFICIARY_NAME, element, text, WIDTH),
        (["Beneficiary", "Account"], "AccountNumber") => {
            row.set_account(line, key::TARGET, "Beneficiary/Account", text);
        }
        (["Beneficiary", "CountryOfRegistration"], "CountryCode") => {
            row.set(line, key::COUNTRY, element, tidy(text));
        }
        ([], "Amount") => {
            // The DTD fixes the attribute to HUF, so a file may leave it out.
            if currency.as_deref().is_some_and(|c| c != Currency::HUF.code()) {
                let found = currency.clone().unwrap_or_default();
                row.problem(line, Some(key::AMOUNT), ProblemKind::Currency { found });
            }
            let _: Option<Decimal> = row.set_amount(line, element, text);
        }
        ([], "RequestedExecutionDate") if !text.trim().is_empty() => match read_date(text) {
            Some(date) => row.set(line, key::VALUE_DATE, element, date.to_string()),
            None => {
                let found = tidy(text);
                row.problem(line, Some(key::VALUE_DATE), ProblemKind::Date { found: found.clone() });
                row.set(line, key::VALUE_DATE, element, found);
            }
        },
        (["RemittanceInfo"], "Text") => narrative_line(row, text, line, lines)?,
        ([], "CustomerSpecifiedReference") => {
            let number = row.plain(line, key::DOCUMENT_NUMBER, text);
            row.set(line, key::DOCUMENT_NUMBER, element, number);
        }
        (["StatisticalInfo"], "StatisticalCode") => row.set(line, key::LEGAL_CODE, element, tidy(text)),
        _ => {}
    }
    Ok(())
}

/// Lines become one text, joined by spaces: that is what word-wrapped lines were.
fn narrative_line(row: &mut RowBuilder, text: &str, line: u64, lines: &mut usize) -> Result<()> {
    *lines += 1;
    let text = row.plain(line, key::NARRATIVE, text);
    let text = row.fit(line, key::NARRATIVE, text, WIDTH, usize::MAX);
    row.add_narrative(line, &text, PIECE_LIMIT)
}
