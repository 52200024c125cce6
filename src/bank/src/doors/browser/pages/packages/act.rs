//! What the buttons of prepared packages do. Each is one transaction; a refusal rolls it back and is told on the page
//! that asked, and what was refused in the shared area is written down.

use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect, Response};
use domain::entry::{self, EntryError};
use domain::{Explain, OrderId, PackageId};
use protocol::{Problem, ProblemCode};
use rusqlite::Connection;
use serde::Deserialize;
use uuid::Uuid;

use crate::bank::Bank;
use crate::doors::browser::format;
use crate::doors::browser::packages::{self, Handed, Standing};
use crate::doors::browser::pages::asking::{Asking, in_words};
use crate::doors::browser::problem::{WebProblem, codes};
use crate::doors::browser::sessions::Notice;
use crate::doors::browser::shell::Place;
use crate::doors::browser::visitor::Visitor;
use crate::ground::error::{BankError, Refusal};
use crate::ground::time::local;
use crate::orders::examined::Examined;
use crate::orders::shared_area::log;

/// Which handing over is meant.
#[derive(Deserialize)]
pub(crate) struct Take {
    handover: String,
}

#[derive(Deserialize)]
pub(crate) struct Rename {
    name: String,
}

/// The day of sending; empty: none.
#[derive(Deserialize)]
pub(crate) struct Schedule {
    day: String,
}

/// The last day in the shared area; empty: the longest stay.
#[derive(Deserialize)]
pub(crate) struct Share {
    until: String,
}

/// Why nothing was done.
enum Undone {
    /// Refused by the bank's rules, or failed.
    Refused(Refusal),
    /// Something typed that cannot be, in words.
    Typed(String),
    /// Somebody else changed the package between the look at it and the transaction.
    Changed,
}

impl From<Refusal> for Undone {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<ProblemCode> for Undone {
    fn from(code: ProblemCode) -> Self {
        Self::Refused(code.into())
    }
}

impl From<BankError> for Undone {
    fn from(error: BankError) -> Self {
        Self::Refused(error.into())
    }
}

/// Where to go on, and what to say there.
type Done = (String, String);

/// "Átvesz": takes a package over from the shared area. Afterwards it stands among the prepared ones.
pub(crate) async fn take(visitor: Visitor, Path(id): Path<String>, Form(form): Form<Take>) -> Response {
    let back = Place::Packages.path().to_owned();
    act(visitor, back, move |call| {
        let package = call.package(&id)?;
        let handover: Uuid = form.handover.parse().map_err(|_| ProblemCode::SharedUnknown)?;
        call.handover = Some((package, handover));
        packages::take_from_shared(call.db, &call.asking.asker(), package, handover)?;
        Ok((page_of(package), call.visitor.texts.text("web-shared-taken")))
    })
    .await
}

/// Takes one's own package back from the shared area.
pub(crate) async fn withdraw(visitor: Visitor, Path(id): Path<String>) -> Response {
    let back = Place::Packages.path().to_owned();
    act(visitor, back, move |call| {
        let package = call.package(&id)?;
        let details = packages::get(call.db, &call.asking.asker(), package)?;
        if let Standing::Shared(shared) = &details.package.standing {
            call.handover = Some((package, shared.handover));
        }
        packages::withdraw(call.db, &call.asking.asker(), package)?;
        Ok((page_of(package), call.visitor.texts.text("web-shared-withdrawn")))
    })
    .await
}

/// "Közösre tesz": parks a package with the signatures that it has.
pub(crate) async fn share(visitor: Visitor, Path(id): Path<String>, Form(form): Form<Share>) -> Response {
    act_on_parcel(visitor, below(&id), id, move |call, package, examined| {
        let until = call.day(&form.until)?;
        let (context, asker) = (call.asking.context(), call.asking.asker());
        let parked = packages::put_to_shared(call.db, &context, &asker, package, examined, until)?;
        let Handed::On(parked) = parked else { return Err(Undone::Changed) };
        let until = format::moment(call.visitor.texts, parked.expires);
        let text = call.visitor.texts.with("web-shared-done", &[("name", &parked.name), ("until", &until)]);
        Ok((Place::Packages.path().to_owned(), text))
    })
    .await
}

pub(crate) async fn rename(visitor: Visitor, Path(id): Path<String>, Form(form): Form<Rename>) -> Response {
    act(visitor, below(&id), move |call| {
        let package = call.package(&id)?;
        let name = form.name.parse().map_err(|problem| call.words(&problem))?;
        let dropped = packages::rename(call.db, &call.asking.asker(), package, name)?;
        Ok((page_of(package), call.changed("web-package-renamed", dropped)))
    })
    .await
}

/// Another day of sending.
pub(crate) async fn schedule(
    visitor: Visitor,
    Path(id): Path<String>,
    Form(form): Form<Schedule>,
) -> Response {
    act(visitor, below(&id), move |call| {
        let package = call.package(&id)?;
        let day = call.day(&form.day)?;
        let dropped = packages::set_scheduled(call.db, &call.asking.asker(), package, day)?;
        Ok((page_of(package), call.changed("web-package-rescheduled", dropped)))
    })
    .await
}

/// Takes an order out; with the last one the package goes.
pub(crate) async fn remove_order(visitor: Visitor, Path((id, order)): Path<(String, String)>) -> Response {
    act(visitor, below(&id), move |call| {
        let package = call.package(&id)?;
        let order: OrderId = order.parse().map_err(|_| ProblemCode::NotFound)?;
        let asker = call.asking.asker();
        let dropped = packages::remove_order(call.db, &asker, package, order)?;
        let details = packages::get(call.db, &asker, package)?;
        Ok(match details.package.standing {
            Standing::Deleted => {
                (Place::Packages.path().to_owned(), call.changed("web-package-emptied", dropped))
            }
            _ => (page_of(package), call.changed("web-order-removed", dropped)),
        })
    })
    .await
}

pub(crate) async fn delete(visitor: Visitor, Path(id): Path<String>) -> Response {
    act(visitor, below(&id), move |call| {
        let package = call.package(&id)?;
        let dropped = packages::delete(call.db, &call.asking.asker(), package)?;
        Ok((Place::Packages.path().to_owned(), call.changed("web-package-deleted", dropped)))
    })
    .await
}

/// Sends a signed package to the bank.
pub(crate) async fn send(visitor: Visitor, Path(id): Path<String>) -> Response {
    act_on_parcel(visitor, below(&id), id, |call, package, examined| {
        Ok((format!("{}/{package}", Place::Sent.path()), call.send(package, examined)?))
    })
    .await
}

/// The same from the pages that only show and approve.
pub(crate) async fn send_approved(visitor: Visitor, Path(id): Path<String>) -> Response {
    let back = format!("{}/packages/{id}", Place::Approve.path());
    act_on_parcel(visitor, back, id, |call, package, examined| {
        Ok((format!("{}/packages", Place::Approve.path()), call.send(package, examined)?))
    })
    .await
}

/// A button's call, in its transaction.
struct Call<'a> {
    db: &'a Connection,
    bank: &'a Bank,
    visitor: &'a Visitor,
    asking: Asking<'a>,
    /// What a refusal is written down of.
    handover: Option<(PackageId, Uuid)>,
}

impl Call<'_> {
    fn package(&self, id: &str) -> Result<PackageId, ProblemCode> {
        package_of(id)
    }

    fn words(&self, problem: &impl Explain) -> Undone {
        Undone::Typed(self.visitor.texts.explain(problem))
    }

    fn day(&self, text: &str) -> Result<Option<chrono::NaiveDate>, Undone> {
        match entry::date(text, local(self.bank.clock.now()).date(), &self.bank.rules.calendar) {
            Ok(day) => Ok(Some(day)),
            Err(EntryError::Empty) => Ok(None),
            Err(problem) => Err(self.words(&problem)),
        }
    }

    /// What was changed, and that signatures went by it.
    fn changed(&self, key: &str, dropped: usize) -> String {
        let texts = self.visitor.texts;
        match dropped {
            0 => texts.text(key),
            n => {
                let went = texts.with("web-package-signatures-dropped", &[("count", &n.to_string())]);
                format!("{} {went}", texts.text(key))
            }
        }
    }

    fn send(&self, package: PackageId, examined: Examined<'_>) -> Result<String, Undone> {
        let (context, asker) = (self.asking.context(), self.asking.asker());
        let sent = packages::send(self.db, &context, &self.bank.identity, &asker, package, examined)?;
        let Handed::On(receipt) = sent else { return Err(Undone::Changed) };
        let number = receipt.read().map(|body| body.sequence.to_string()).unwrap_or_default();
        Ok(self.visitor.texts.with("web-package-sent", &[("number", &number)]))
    }
}

fn package_of(id: &str) -> Result<PackageId, ProblemCode> {
    id.parse().map_err(|_| ProblemCode::NotFound)
}

fn page_of(package: PackageId) -> String {
    format!("{}/{package}", Place::Packages.path())
}

/// The page of a package as the address names it.
fn below(id: &str) -> String {
    match id.parse::<PackageId>() {
        Ok(package) => page_of(package),
        Err(_) => Place::Packages.path().to_owned(),
    }
}

/// Runs the work of a button. What was refused is told on the page `back`.
async fn act(
    visitor: Visitor,
    back: String,
    work: impl FnOnce(&mut Call<'_>) -> Result<Done, Undone> + Send + 'static,
) -> Response {
    let done = visitor.read(move |bank, visitor| attempt(bank, visitor, &back, work)).await;
    done.unwrap_or_else(|problem| visitor.refuse(problem))
}

/// The same for a button that hands a package on: its bytes and signatures are examined before the transaction. Where
/// somebody changed them meanwhile (a colleague's signature arrived) there is one more look; whoever is overtaken twice
/// is told.
async fn act_on_parcel(
    visitor: Visitor,
    back: String,
    id: String,
    work: impl Fn(&mut Call<'_>, PackageId, Examined<'_>) -> Result<Done, Undone> + Send + 'static,
) -> Response {
    let done = visitor.examine(move |bank, visitor| {
        let once = || -> Result<Response, Failed> {
            let package = package_of(&id).map_err(Undone::from)?;
            let asking = Asking::new(bank, visitor);
            let (parcel, trust) = bank.read(|db| -> Result<_, Undone> {
                Ok((packages::parcel(db, &asking.asker(), package)?, bank.trust_by(db)?))
            })?;
            let examined = parcel.examined(&trust, bank.clock.now());
            in_transaction(bank, visitor, |call| work(call, package, examined))
        };
        looking_again(once).or_else(|failed| undone(bank, visitor, &back, failed))
    });
    done.await.unwrap_or_else(|problem| visitor.refuse(problem))
}

/// Does it once more where the package changed between look and transaction.
fn looking_again<T>(once: impl Fn() -> Result<T, Failed>) -> Result<T, Failed> {
    match once() {
        Err(Failed { why: Undone::Changed, .. }) => once(),
        result => result,
    }
}

/// Runs the work of a button in its transaction, and tells why nothing was done.
fn attempt(
    bank: &Bank,
    visitor: &Visitor,
    back: &str,
    work: impl FnOnce(&mut Call<'_>) -> Result<Done, Undone>,
) -> Result<Response, WebProblem> {
    in_transaction(bank, visitor, work).or_else(|failed| undone(bank, visitor, back, failed))
}

/// Why nothing was done, and what a refusal is written down of.
struct Failed {
    why: Undone,
    handover: Option<(PackageId, Uuid)>,
}

impl From<Undone> for Failed {
    fn from(why: Undone) -> Self {
        Self { why, handover: None }
    }
}

fn in_transaction(
    bank: &Bank,
    visitor: &Visitor,
    work: impl FnOnce(&mut Call<'_>) -> Result<Done, Undone>,
) -> Result<Response, Failed> {
    let mut handover = None;
    let result = bank.write(|db| -> Result<Response, Undone> {
        let mut call = Call { db, bank, visitor, asking: Asking::new(bank, visitor), handover: None };
        let done = work(&mut call);
        handover = call.handover;
        let (path, text) = done?;
        leave_word(db, visitor, &path, true, text)
    });
    result.map_err(|why| Failed { why, handover })
}

/// Tells why nothing was done, and writes it down where it is worth a line.
fn undone(
    bank: &Bank,
    visitor: &Visitor,
    back: &str,
    Failed { why, handover }: Failed,
) -> Result<Response, WebProblem> {
    let text = match why {
        Undone::Typed(text) => text,
        Undone::Changed => visitor.texts.text(codes::DOCUMENT_CHANGED),
        Undone::Refused(Refusal::Failure(error)) => return Err(error.into()),
        Undone::Refused(Refusal::Problem(problem)) => {
            write_down(bank, visitor, handover, &problem)?;
            in_words(visitor.texts, &problem)
        }
    };
    bank.write(|db| leave_word(db, visitor, back, false, text))
}

fn leave_word<E: From<BankError>>(
    db: &Connection,
    visitor: &Visitor,
    path: &str,
    good: bool,
    text: String,
) -> Result<Response, E> {
    visitor.session.set_notice(db, &Notice { good, text })?;
    Ok(Redirect::to(path).into_response())
}

/// Writes down that something was refused in the shared area. Who may not see the package writes nothing there.
fn write_down(
    bank: &Bank,
    visitor: &Visitor,
    handover: Option<(PackageId, Uuid)>,
    problem: &Problem,
) -> Result<(), BankError> {
    let Some((package, handover)) = handover else { return Ok(()) };
    if matches!(problem.code, ProblemCode::NotPermitted | ProblemCode::SharedUnknown | ProblemCode::NotFound)
    {
        return Ok(());
    }
    bank.write(|db| {
        let asking = Asking::new(bank, visitor);
        log::write(db, &asking.asker(), package, handover, problem.code.name())
    })
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    /// What comes of results in turn, and how many of them were asked for.
    fn after(results: Vec<Result<(), Undone>>) -> (Result<(), Undone>, usize) {
        let (count, waiting) = (results.len(), RefCell::new(results.into_iter()));
        let once = || waiting.borrow_mut().next().unwrap().map_err(Failed::from);
        let result = looking_again(once).map_err(|failed| failed.why);
        (result, count - waiting.borrow().len())
    }

    #[test]
    fn a_package_that_was_changed_is_looked_at_once_more_and_no_further() {
        let changed = || Err(Undone::Changed);
        assert!(matches!(after(vec![Ok(()), changed()]), (Ok(()), 1)));
        assert!(matches!(after(vec![changed(), Ok(()), Ok(())]), (Ok(()), 2)));
        assert!(matches!(after(vec![changed(), changed(), Ok(())]), (Err(Undone::Changed), 2)));
        let refused = || Err(Undone::from(ProblemCode::NotPermitted));
        assert!(matches!(after(vec![refused(), Ok(())]), (Err(Undone::Refused(_)), 1)));
    }
}
