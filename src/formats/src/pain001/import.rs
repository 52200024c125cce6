//! The tolerant, streaming importer of versions 3 and 9.
//!
//! Accounts may be IBANs or domestic digits in `Othr/Id`; the execution date may be a plain date (version
//! 3) or `Dt`/`DtTm` (version 9); any number of `PmtInf` may have debit accounts of their own. Elements
//! that do not matter for a domestic transfer are passed over; those that would change it are named in a
//! warning. The payer's name is taken from `UltmtDbtr` only: `Dbtr` is the account's holder, whose name the
//! bank overwrites anyway.

use std::io::BufRead;

use domain::{Currency, Narrative, key};
use rust_decimal::Decimal;

use super::element::Element as E;
use super::instruction::Instruction;
use super::vocabulary::NOT_PROVIDED;
use crate::detect::PainVersion;
use crate::import::{ImportEnd, ImportRow, ProblemKind, Promise, Total, WarningKind};
use crate::row::{RowBuilder, read_date, tidy};
use crate::source::PIECE_LIMIT;
use crate::xml::{Token, Xml};
use crate::{Detected, FormatError, Result};

/// Characters of a name that the standard allows.
const NAME_LENGTH: usize = 140;

/// Reads a file, giving each row as soon as it is complete. After an error the rows given are good, but
/// others may be missing.
pub fn import(reader: impl BufRead, each: &mut impl FnMut(ImportRow)) -> Result<ImportEnd> {
    let mut xml = Xml::open(reader)?;
    let version = root(&mut xml)?;
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
    Ok(importer.finish(version, &xml))
}

fn root<R: BufRead>(xml: &mut Xml<R>) -> Result<PainVersion> {
    let token = xml.next()?;
    let namespace = if token == Token::Open { xml.own_namespace()? } else { None };
    let version = namespace.as_deref().and_then(PainVersion::of_namespace);
    version.filter(|_| xml.name() == "Document").ok_or_else(|| FormatError::WrongRoot {
        line: xml.line(),
        found: match namespace {
            Some(namespace) => format!("{} ({namespace})", xml.name()),
            None => xml.name().to_owned(),
        },
    })
}

/// What a `PmtInf` says about all its transactions.
#[derive(Default)]
struct Group {
    /// Its fields, as if they were a row's; problems here are every transaction's.
    shared: RowBuilder,
    instruction: Instruction,
    count: Option<String>,
    sum: Option<String>,
    found_count: u32,
    found_sum: Decimal,
}

/// A transaction being read.
struct Transaction {
    row: RowBuilder,
    instruction: Instruction,
    /// `InstrId`.
    id: String,
    currency: Option<String>,
    amount: Option<Decimal>,
    proxy: String,
    lines: usize,
    document_type: String,
}

#[derive(Default)]
struct Importer {
    /// Elements below the root that are open.
    path: Vec<E>,
    created: String,
    group: Group,
    /// `PmtInf` elements that were met.
    groups: u32,
    transaction: Option<Transaction>,
    rows: u32,
    sum: Decimal,
    count_declared: Option<String>,
    sum_declared: Option<String>,
    /// The first `PmtInf` that does not hold what it declares.
    broken_count: Option<Promise>,
    broken_sum: Option<Promise>,
}

impl Importer {
    fn open<R: BufRead>(&mut self, xml: &Xml<R>) -> Result<()> {
        let element = E::of_name(xml.name());
        let line = xml.line();
        match (self.path.as_slice(), element) {
            ([E::Message], E::PmtInf) => {
                self.group = Group::default();
                self.groups = self.groups.saturating_add(1);
            }
            ([E::Message, E::PmtInf], E::Transaction) => self.transaction = Some(self.begin(line)),
            ([.., E::Transaction, E::Amt], E::InstdAmt) => {
                let currency = xml.attribute("Ccy")?;
                if let Some(transaction) = &mut self.transaction {
                    transaction.currency = currency;
                }
            }
            ([.., E::Transaction, E::RmtInf], E::Strd) => {
                if let Some(transaction) = &mut self.transaction {
                    transaction.document_type.clear();
                }
            }
            ([E::Message, E::PmtInf, ..], E::Foreign) => {
                let row = self.transaction.as_mut().map_or(&mut self.group.shared, |open| &mut open.row);
                row.warn(line, None, WarningKind::LeftOut { element: xml.name().to_owned() });
            }
            _ => {}
        }
        self.path.push(element);
        Ok(())
    }

    fn begin(&self, line: u64) -> Transaction {
        let shared = &self.group.shared;
        let row = RowBuilder {
            line,
            draft: shared.draft.clone(),
            warnings: shared.warnings.clone(),
            problems: shared.problems.clone(),
        };
        Transaction {
            row,
            instruction: Instruction::default(),
            id: String::new(),
            currency: None,
            amount: None,
            proxy: String::new(),
            lines: 0,
            document_type: String::new(),
        }
    }

    fn close<R: BufRead>(&mut self, xml: &Xml<R>) -> Result<Option<ImportRow>> {
        let Some(element) = self.path.pop() else { return Ok(None) };
        let (text, line) = (xml.text(), xml.line());
        match self.path.as_slice() {
            [E::Message] if element == E::PmtInf => self.close_group(),
            [E::Message, E::GrpHdr] => self.header(element, text),
            [E::Message, E::PmtInf] if element == E::Transaction => {
                return Ok(self.transaction.take().map(|transaction| self.finish_row(transaction)));
            }
            [E::Message, E::PmtInf, E::Transaction, path @ ..] => {
                if let Some(transaction) = &mut self.transaction {
                    transaction.leaf(path, element, text, line)?;
                }
            }
            [E::Message, E::PmtInf, path @ ..] => self.group.leaf(path, element, text, line, &self.created),
            _ => {}
        }
        Ok(None)
    }

    fn header(&mut self, element: E, text: &str) {
        match element {
            E::CreDtTm => self.created = text.trim().to_owned(),
            E::NbOfTxs => self.count_declared = Some(text.trim().to_owned()),
            E::CtrlSum => self.sum_declared = Some(text.trim().to_owned()),
            _ => {}
        }
    }

    fn finish_row(&mut self, mut transaction: Transaction) -> ImportRow {
        transaction.settle(self.group.instruction);
        let amount = transaction.amount.unwrap_or_default();
        self.sum = self.sum.saturating_add(amount);
        self.group.found_sum = self.group.found_sum.saturating_add(amount);
        self.group.found_count = self.group.found_count.saturating_add(1);
        self.rows = self.rows.saturating_add(1);
        transaction.row.finish(self.rows)
    }

    fn close_group(&mut self) {
        let group = std::mem::take(&mut self.group);
        let number = Some(self.groups);
        let broken = |total, declared: Option<String>, found: String| {
            let promise = declared.map(|declared| Promise { total, group: number, declared, found });
            promise.filter(|promise| !promise.is_kept())
        };
        let count = broken(Total::Count, group.count, group.found_count.to_string());
        let sum = broken(Total::Sum, group.sum, group.found_sum.normalize().to_string());
        self.broken_count = self.broken_count.take().or(count);
        self.broken_sum = self.broken_sum.take().or(sum);
    }

    fn finish<R: BufRead>(self, version: PainVersion, xml: &Xml<R>) -> ImportEnd {
        let promise = |total, declared: Option<String>, found: String, broken: Option<Promise>| {
            let whole = declared.map(|declared| Promise { total, group: None, declared, found });
            match whole {
                Some(promise) if !promise.is_kept() => Some(promise),
                whole => broken.or(whole),
            }
        };
        let sum = self.sum.normalize().to_string();
        ImportEnd {
            format: Detected::Pain001 { version },
            encoding: xml.encoding(),
            rows: self.rows,
            count: promise(Total::Count, self.count_declared, self.rows.to_string(), self.broken_count),
            sum: promise(Total::Sum, self.sum_declared, sum, self.broken_sum),
            scheduled: None,
        }
    }
}

impl Group {
    fn leaf(&mut self, path: &[E], element: E, text: &str, line: u64, created: &str) {
        match (path, element) {
            ([], E::PmtMtd) if text.trim() != "TRF" => {
                self.shared.problem(line, None, ProblemKind::NotTransfer { found: text.trim().to_owned() });
            }
            ([], E::NbOfTxs) => self.count = Some(text.trim().to_owned()),
            ([], E::CtrlSum) => self.sum = Some(text.trim().to_owned()),
            // Each order is booked alone.
            ([], E::BtchBookg) if matches!(text.trim(), "true" | "1") => {
                self.shared.warn(line, None, WarningKind::LeftOut { element: "BtchBookg true".to_owned() });
            }
            ([E::PmtTpInf, rest @ ..], _) => {
                self.instruction.leaf(&mut self.shared, rest, element, text, line);
            }
            ([], E::ReqdExctnDt) if !text.trim().is_empty() => requested(&mut self.shared, line, text),
            ([E::ReqdExctnDt], E::Dt) => requested(&mut self.shared, line, text),
            // Our own way to say "from now on", see the mapping.
            ([E::ReqdExctnDt], E::DtTm) if text.trim() != created => requested(&mut self.shared, line, text),
            ([E::DbtrAcct, E::Id], E::Iban) => {
                self.shared.set_account(line, key::DEBIT_ACCOUNT, "DbtrAcct", text);
            }
            ([E::DbtrAcct, E::Id, E::Othr], E::Id) => {
                self.shared.set_account(line, key::DEBIT_ACCOUNT, "DbtrAcct", text);
            }
            ([E::UltmtDbtr], E::Nm) => {
                self.shared.set_name(line, key::PAYER_NAME, "UltmtDbtr", text, NAME_LENGTH);
            }
            _ => {}
        }
    }
}

fn requested(shared: &mut RowBuilder, line: u64, text: &str) {
    let text = text.trim();
    match read_date(text) {
        Some(date) => shared.set(line, key::VALUE_DATE, "ReqdExctnDt", date.to_string()),
        None => {
            shared.problem(line, Some(key::VALUE_DATE), ProblemKind::Date { found: text.to_owned() });
            shared.set(line, key::VALUE_DATE, "ReqdExctnDt", text.to_owned());
        }
    }
}

/// Whether an order carries its own id for want of a reference, as our mapping has it. What other programs write
/// twice is a reference of theirs.
fn is_own_id(id: &str, reference: &str) -> bool {
    id == reference && id.len() == uuid::fmt::Simple::LENGTH && uuid::Uuid::try_parse(id).is_ok()
}

impl Transaction {
    fn leaf(&mut self, path: &[E], element: E, text: &str, line: u64) -> Result<()> {
        let row = &mut self.row;
        match (path, element) {
            ([E::PmtTpInf, rest @ ..], _) => self.instruction.leaf(row, rest, element, text, line),
            ([E::PmtId], E::InstrId) => self.id = tidy(text),
            ([E::PmtId], E::EndToEndId) => {
                let value = row.plain(line, key::OWN_REFERENCE, text);
                if value != NOT_PROVIDED && !is_own_id(&self.id, &value) {
                    row.set(line, key::OWN_REFERENCE, "EndToEndId", value);
                }
            }
            ([E::Amt], E::InstdAmt) => {
                if self.currency.as_deref() != Some(Currency::HUF.code()) {
                    let found = self.currency.take().unwrap_or_default();
                    row.problem(line, Some(key::AMOUNT), ProblemKind::Currency { found });
                }
                self.amount = row.set_amount(line, "InstdAmt", text).or(self.amount);
            }
            ([E::Amt], E::EqvtAmt) => {
                row.problem(line, Some(key::AMOUNT), ProblemKind::Amount { found: "EqvtAmt".to_owned() });
            }
            ([E::UltmtDbtr], E::Nm) => {
                // The transaction's own payer overrules the group's.
                row.draft.values.set(key::PAYER_NAME, "");
                row.set_name(line, key::PAYER_NAME, "UltmtDbtr", text, NAME_LENGTH);
            }
            ([E::Cdtr], E::Nm) => row.set_name(line, key::BENEFICIARY_NAME, "Cdtr", text, NAME_LENGTH),
            ([E::Cdtr, E::PstlAdr], E::Ctry) => row.set(line, key::COUNTRY, "Ctry", tidy(text)),
            ([E::CdtrAcct, E::Id], E::Iban) => row.set_account(line, key::TARGET, "CdtrAcct", text),
            ([E::CdtrAcct, E::Id, E::Othr], E::Id) if text.trim() != NOT_PROVIDED => {
                row.set_account(line, key::TARGET, "CdtrAcct", text);
            }
            ([E::CdtrAcct, E::Prxy], E::Id) => self.proxy = tidy(text),
            ([E::RgltryRptg, E::Dtls], E::Cd) => row.set(line, key::LEGAL_CODE, "RgltryRptg", tidy(text)),
            ([E::RmtInf], E::Ustrd) => self.narrative(text, line)?,
            ([E::RmtInf, E::Strd, E::RfrdDocInf, ..], E::Prtry) => self.document_type = tidy(text),
            ([E::RmtInf, E::Strd, E::RfrdDocInf], E::Nb) => self.document(text, line),
            _ => {}
        }
        Ok(())
    }

    fn narrative(&mut self, text: &str, line: u64) -> Result<()> {
        self.lines += 1;
        let text = self.row.plain(line, key::NARRATIVE, text);
        self.row.add_narrative(line, &text, PIECE_LIMIT)
    }

    fn document(&mut self, text: &str, line: u64) {
        if self.document_type == super::vocabulary::DOCUMENT_NUMBER_TYPE {
            let number = self.row.plain(line, key::DOCUMENT_NUMBER, text);
            self.row.set(line, key::DOCUMENT_NUMBER, "RfrdDocInf", number);
        } else {
            self.row.warn(line, None, WarningKind::LeftOut { element: "RfrdDocInf".to_owned() });
        }
    }

    /// What can be decided only when all of the transaction was read.
    fn settle(&mut self, group: Instruction) {
        let row = &mut self.row;
        let line = row.line;
        Instruction::settle(group, self.instruction, row);
        if domain::target::has_form_of_account(&self.proxy) {
            // Where an identifier stands an account is as much out of place as the other way round.
            let found = self.proxy.clone();
            row.problem(line, Some(key::TARGET), ProblemKind::Identifier { found });
        }
        if !self.proxy.is_empty() {
            if row.draft.get(key::TARGET).is_empty() {
                row.draft.values.set(key::TARGET, std::mem::take(&mut self.proxy));
                // The bank finds the name by the identifier; an order has one or the other.
                if !row.draft.values.take(key::BENEFICIARY_NAME).is_empty() {
                    let kind = WarningKind::LeftOut { element: "Cdtr/Nm".to_owned() };
                    row.warn(line, Some(key::BENEFICIARY_NAME), kind);
                }
            } else {
                row.warn(line, Some(key::TARGET), WarningKind::LeftOut { element: "Prxy".to_owned() });
            }
        }
        if self.lines > 1 {
            row.warn(
                line,
                Some(key::NARRATIVE),
                WarningKind::MoreLinesThanFormat { max: 1, found: self.lines },
            );
        }
        let narrative = row.draft.values.take(key::NARRATIVE);
        let narrative = row.fit(line, key::NARRATIVE, narrative, Narrative::MAX, Narrative::MAX);
        row.draft.values.set(key::NARRATIVE, narrative);
    }
}
