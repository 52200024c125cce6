//! Importing orders from files: first a preview that lists every row's errors, then one transaction that takes
//! all rows or only the good ones. The file is streamed twice, so memory does not grow with it.

pub(crate) mod earlier;
pub(crate) mod error;
mod stream;

use crate::orders::import::earlier::{Content, EarlierImport, earlier, remember};
use crate::orders::import::error::ImportError;
use crate::orders::import::stream::stream;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use domain::order::CheckContext;
use domain::package::travels_alone;
use domain::text::PackageName;
use domain::{Currency, FieldError, Money, Order, OrderId, PackageHeader, PackageId, key};
use formats::FormatError;
use formats::import::{ImportEnd, ImportRow, ImportWarning, RowProblem};
use store::OfCustomer;
use store::orders::{Inserter, OrderRow};
use uuid::Uuid;

use crate::change::Change;
use crate::client::Client;
use crate::error::{ClientError, Result};
use crate::orders::placing::{Shared, header_named, shared};
use crate::orders::rules::Rules;

/// Bad rows and rows with warnings that a preview keeps to show; the others are counted.
const KEPT_ROWS: usize = 2_000;
/// Good rows that a preview keeps to show.
const KEPT_GOOD: usize = 200;
/// Which rows are taken, and what is known to be wrong with the file and accepted. A file that is not complete is
/// never taken: what it lacks cannot be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportChoice {
    /// All; refused if any row is bad or the file does not hold what it says of itself.
    All,
    /// The good ones; the bad ones stay behind and are listed. Refused if the totals differ.
    OnlyGood,
    /// All, although the number or the sum that the file declares is another one. Refused if any row is bad.
    AllDespiteTotals,
    /// The good ones, although the totals differ too.
    OnlyGoodDespiteTotals,
}

impl ImportChoice {
    /// The choice that accepts exactly these.
    pub fn accepting(bad_rows: bool, other_totals: bool) -> Self {
        match (bad_rows, other_totals) {
            (false, false) => Self::All,
            (true, false) => Self::OnlyGood,
            (false, true) => Self::AllDespiteTotals,
            (true, true) => Self::OnlyGoodDespiteTotals,
        }
    }

    /// Whether bad rows stay behind.
    pub fn leaves_bad_rows(self) -> bool {
        matches!(self, Self::OnlyGood | Self::OnlyGoodDespiteTotals)
    }

    /// Whether the file's own totals may be others.
    pub fn is_despite_totals(self) -> bool {
        matches!(self, Self::AllDespiteTotals | Self::OnlyGoodDespiteTotals)
    }
}

/// A row of the file as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedRow {
    /// Line of the file.
    pub line: u64,
    /// Which transaction, from 1.
    pub position: u32,
    /// Payee as the file has it.
    pub payee: String,
    /// Account or identifier as the file has it.
    pub target: String,
    /// Amount as the file has it.
    pub amount: String,
    /// What makes it impossible to take: found in the file …
    pub problems: Vec<RowProblem>,
    /// … and found in its fields.
    pub fields: Vec<FieldError>,
    /// What was understood with a change.
    pub warnings: Vec<ImportWarning>,
}

impl ImportedRow {
    /// Whether it can be taken.
    pub fn is_good(&self) -> bool {
        self.problems.is_empty() && self.fields.is_empty()
    }
}

/// What a file holds, before anything is stored.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The file.
    pub path: PathBuf,
    /// Rows that can be taken.
    pub good: u32,
    /// Their sum.
    pub total: Money,
    /// Rows that cannot be taken.
    pub bad: u32,
    /// Rows that were understood with a change.
    pub warned: u32,
    /// Bad rows, as many as are kept.
    pub bad_rows: Vec<ImportedRow>,
    /// Good rows with warnings, as many as are kept.
    pub warned_rows: Vec<ImportedRow>,
    /// The first good rows.
    pub good_rows: Vec<ImportedRow>,
    /// What the file said about itself; or why it ended too early: the rows before are still listed.
    pub end: std::result::Result<ImportEnd, FormatError>,
    /// The day for which its packages are planned: the one that the file wants, unless that has passed or lies beyond
    /// the bank's calendar.
    pub scheduled: Option<NaiveDate>,
    /// The last time that the same file was taken; it is taken again only by [`Preview::again`].
    pub earlier: Option<EarlierImport>,
    /// Whether it may be taken although it was before.
    again: bool,
    sha256: [u8; 32],
    content: Content,
}

impl Preview {
    /// The same, to be taken although the file was taken before.
    #[must_use]
    pub fn again(&self) -> Self {
        Self { again: true, ..self.clone() }
    }

    /// Whether every row is good and the file complete, true to itself and new.
    pub fn is_clean(&self) -> bool {
        self.obstacle(ImportChoice::All).is_none()
    }

    /// Why it cannot be taken so, what concerns the whole file first.
    pub fn obstacle(&self, choice: ImportChoice) -> Option<ImportError> {
        let Ok(end) = &self.end else { return Some(ImportError::Incomplete) };
        if !end.is_consistent() && !choice.is_despite_totals() {
            return Some(ImportError::TotalsDiffer);
        }
        if self.bad > 0 && !choice.leaves_bad_rows() {
            return Some(ImportError::NotClean);
        }
        if self.good == 0 {
            return Some(ImportError::NothingGood);
        }
        (self.earlier.is_some() && !self.again).then_some(ImportError::TakenBefore)
    }

    /// The choice that accepts no more than is wrong with it, if there is one.
    pub fn least_choice(&self) -> Option<ImportChoice> {
        let other_totals = self.end.as_ref().is_ok_and(|end| !end.is_consistent());
        let choice = ImportChoice::accepting(self.bad > 0, other_totals);
        self.obstacle(choice).is_none().then_some(choice)
    }
}

/// What an import stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportReport {
    /// Packages made.
    pub packages: Vec<PackageId>,
    /// Orders taken.
    pub orders: u32,
    /// Their sum.
    pub total: Money,
    /// Rows left behind.
    pub left_behind: u32,
}

impl Client {
    /// Reads a whole file and lists what is in it. Nothing is stored.
    ///
    /// # Errors
    /// Only when the file cannot be opened or the rules are missing; what is wrong inside stands in the preview.
    pub async fn preview_import(&self, path: PathBuf) -> Result<Preview> {
        let scope = self.scope()?;
        self.blocking(move |store| {
            let rules = store.read_with(|conn| scope.rules(&OfCustomer::new(conn, scope.customer)))?;
            let preview = preview(&rules, path)?;
            let earlier = store.read_with(|conn| {
                let of = OfCustomer::new(conn, scope.customer);
                earlier(&of, rules.now, preview.sha256, &preview.content)
            })?;
            Ok(Preview { earlier, ..preview })
        })
        .await
    }

    /// Stores what a preview listed, in one transaction: all of it or nothing.
    ///
    /// # Errors
    /// [`ClientError::Import`] when the choice does not allow it or the file is another one by now.
    pub async fn take_import(&self, preview: &Preview, choice: ImportChoice) -> Result<ImportReport> {
        self.recording()?;
        if let Some(obstacle) = preview.obstacle(choice) {
            return Err(obstacle.into());
        }
        let scope = self.scope()?;
        let (path, sha256, expected) = (preview.path.clone(), preview.sha256, preview.good);
        let (again, content) = (preview.again, preview.content.clone());
        let scheduled = preview.scheduled;
        let report = self
            .write_of(scope.customer, move |tx| {
                let rules = scope.rules(tx)?;
                // Another window or command may have been quicker.
                let is_new = again || earlier(tx, rules.now, sha256, &content)?.is_none();
                let report = take(tx, &rules, &path, (sha256, &content), scheduled)?;
                if !is_new {
                    return Err(ImportError::TakenBefore.into());
                }
                // The preview's numbers are what the clerk agreed to.
                if report.orders != expected {
                    return Err(ImportError::FileChanged.into());
                }
                Ok(report)
            })
            .await?;
        self.announce(Change::Packages);
        Ok(report)
    }
}

/// A row of a preview, and what was found of its fields once it has been judged.
struct Judged {
    row: ImportRow,
    found: Option<std::result::Result<Found, Vec<FieldError>>>,
}

/// An order of a preview, and the fingerprint of what it pays.
struct Found {
    order: Order,
    pays: Option<u128>,
}

fn preview(rules: &Rules, path: PathBuf) -> Result<Preview> {
    let context = rules.check_context();
    let (mut good, mut bad, mut warned) = (0, 0, 0);
    let mut total = Money::zero(Currency::HUF);
    let (mut bad_rows, mut warned_rows, mut good_rows) = (Vec::new(), Vec::new(), Vec::new());
    let mut sum_problem = None;
    let mut content = Content::default();
    let judge = |judged: &mut Judged| {
        if judged.found.is_none() {
            let checked = judged.row.draft.check(OrderId(Uuid::nil()), &context);
            judged.found = Some(checked.map(|order| {
                let pays = Content::fingerprint(&order);
                Found { order, pays }
            }));
        }
    };
    let (end, sha256) = stream(&path, |row| Judged { row, found: None }, judge, &mut |judged| {
        let (row, found) = (&judged.row, judged.found.as_ref());
        let order = found.and_then(|found| found.as_ref().ok()).filter(|_| row.problems.is_empty());
        let is_good = order.is_some();
        let keep = if !is_good {
            bad += 1;
            bad_rows.len() < KEPT_ROWS
        } else if !row.warnings.is_empty() {
            warned += 1;
            warned_rows.len() < KEPT_ROWS
        } else {
            good_rows.len() < KEPT_GOOD
        };
        if let Some(Found { order, pays }) = order {
            good += 1;
            content.add(*pays);
            match added(total, order) {
                Ok(sum) => total = sum,
                Err(error) => sum_problem = Some(error),
            }
        }
        if keep {
            let list = match (is_good, row.warnings.is_empty()) {
                (false, _) => &mut bad_rows,
                (true, false) => &mut warned_rows,
                (true, true) => &mut good_rows,
            };
            let fields = found.and_then(|found| found.as_ref().err().cloned()).unwrap_or_default();
            list.push(shown(row, fields));
        }
    })?;
    if sum_problem.is_some() {
        return Err(ImportError::SumTooLarge.into());
    }
    let wanted = end.as_ref().ok().and_then(|end| end.scheduled);
    let can_be = |day: &NaiveDate| rules.may_plan(*day).is_ok();
    Ok(Preview {
        scheduled: wanted.filter(can_be),
        path,
        good,
        total,
        bad,
        warned,
        bad_rows,
        warned_rows,
        good_rows,
        end,
        earlier: None,
        again: false,
        sha256,
        content,
    })
}

fn shown(row: &ImportRow, fields: Vec<FieldError>) -> ImportedRow {
    ImportedRow {
        line: row.line,
        position: row.position,
        payee: row.draft.get(key::BENEFICIARY_NAME).to_owned(),
        target: row.draft.get(key::TARGET).to_owned(),
        amount: row.draft.get(key::AMOUNT).to_owned(),
        problems: row.problems.clone(),
        fields,
        warnings: row.warnings.clone(),
    }
}

/// The sum with what an order debits.
fn added(total: Money, order: &Order) -> std::result::Result<Money, domain::money::MoneyError> {
    order.transfer().map_or(Ok(total), |payment| total.checked_add(payment.amount))
}

/// Packages that are being filled, by what their orders share.
struct Filling<'t> {
    tx: &'t store::OfCustomer<'t>,
    rules: &'t Rules,
    name: PackageName,
    scheduled: Option<NaiveDate>,
    open: HashMap<Shared, (u32, Inserter<'t>)>,
    made: Vec<PackageId>,
}

/// A row that is being taken.
// Boxed, each good row would cost one more piece of memory than it has to; there are few at a time.
#[allow(clippy::large_enum_variant)]
enum Taking {
    /// As it was read.
    Read(ImportRow),
    /// Good: its order, and that order ready to be stored.
    Ready { order: Order, row: store::Result<Option<OrderRow>> },
    /// It stays behind.
    Bad,
}

impl Taking {
    /// Checks the row and makes it ready to be stored.
    fn check(&mut self, context: &CheckContext<'_>) {
        let Self::Read(row) = self else { return };
        let order = row.draft.check(OrderId(Uuid::now_v7()), context).ok();
        *self = match order.filter(|_| row.problems.is_empty()) {
            Some(order) => Self::Ready { row: OrderRow::of(&order).map(Some), order },
            None => Self::Bad,
        };
    }
}

/// Stores a row; what comes back in its place is freed where rows are made.
fn store_into(inserter: &mut Inserter<'_>, row: &mut store::Result<Option<OrderRow>>) -> Result<()> {
    if let Some(ready) = std::mem::replace(row, Ok(None))? {
        *row = Ok(inserter.add_row(ready)?);
    }
    Ok(())
}

impl<'t> Filling<'t> {
    fn add(&mut self, order: &Order, row: &mut store::Result<Option<OrderRow>>) -> Result<()> {
        let packages = &self.rules.profile.packages;
        let key = shared(order);
        let alone = travels_alone(key.2, self.rules.customer.kind, packages);
        if let Some((count, inserter)) = self.open.get_mut(&key)
            && !alone
            && *count < packages.max_orders
        {
            *count += 1;
            return store_into(inserter, row);
        }
        let named = header_named(self.rules, order, self.name.clone());
        let header = PackageHeader { scheduled: self.scheduled, ..named };
        store::packages::create(self.tx, &header, self.rules.now)?;
        let mut inserter = Inserter::begin(self.tx, header.id, self.rules.now)?;
        self.made.push(header.id);
        store_into(&mut inserter, row)?;
        if let Some((_, full)) = self.open.insert(key, (1, inserter)) {
            let _: u32 = full.finish()?;
        }
        Ok(())
    }

    fn finish(self) -> Result<Vec<PackageId>> {
        for (_, inserter) in self.open.into_values() {
            let _: u32 = inserter.finish()?;
        }
        Ok(self.made)
    }
}

/// Streams the file into packages inside one transaction. What it pays was found by the preview of the same bytes.
fn take(
    tx: &store::OfCustomer<'_>,
    rules: &Rules,
    path: &Path,
    (expected, content): ([u8; 32], &Content),
    scheduled: Option<NaiveDate>,
) -> Result<ImportReport> {
    let context = rules.check_context();
    let mut filling =
        Filling { tx, rules, name: package_name(path)?, scheduled, open: HashMap::new(), made: Vec::new() };
    let (mut orders, mut left_behind) = (0, 0);
    let mut total = Money::zero(Currency::HUF);
    let mut failure = None;
    let check = |row: &mut Taking| row.check(&context);
    let (_, sha256) = stream(path, Taking::Read, check, &mut |row| {
        if failure.is_some() {
            return;
        }
        let Taking::Ready { order, row } = row else {
            left_behind += 1;
            return;
        };
        let taken = filling.add(order, row).and_then(|()| {
            total = added(total, order).map_err(|_| ImportError::SumTooLarge)?;
            Ok(())
        });
        match taken {
            Ok(()) => orders += 1,
            Err(error) => failure = Some(error),
        }
    })?;
    if let Some(error) = failure {
        return Err(error);
    }
    if sha256 != expected {
        return Err(ImportError::FileChanged.into());
    }
    let packages = filling.finish()?;
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    remember(tx, rules, &packages, &file, sha256, content)?;
    Ok(ImportReport { packages, orders, total, left_behind })
}

/// The file's name without its ending, as far as a package's name can have it.
fn package_name(path: &Path) -> Result<PackageName> {
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let clean: String =
        stem.chars().filter(|c| domain::text::is_allowed(*c)).take(PackageName::MAX).collect();
    // "Import" is the same word in both languages.
    clean.parse().or_else(|_| "Import".parse()).map_err(|_: domain::text::TextError| ClientError::Internal)
}

#[cfg(test)]
mod tests;
