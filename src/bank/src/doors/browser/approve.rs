//! The signing approval on pages: the form that shows a package from its own bytes, and the calls of its script.

use axum::Json;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::PackageId;
use maud::{Markup, html};
use protocol::{Base64Bytes, ProblemCode};
use serde::{Deserialize, Serialize};

use super::notes::Notes;
use super::problem::{WebProblem, codes};
use super::shell::{self, Place, Shell};
use super::visitor::Visitor;
use super::{packages, signing};
use crate::bank::Bank;
use crate::ground::time::local;
use crate::orders::context::Context;
use crate::orders::examined::Signatures;

/// What the browser shows, and the personal code.
#[derive(Deserialize)]
pub(super) struct Begin {
    /// SHA-256 of the bytes that the browser has, lower-case hex.
    sha256: String,
    personal_code: String,
}

#[derive(Serialize)]
struct Begun {
    ticket: String,
    attributes: Base64Bytes,
}

#[derive(Deserialize)]
pub(super) struct Finish {
    ticket: String,
    signature: Base64Bytes,
}

/// The page on which a package is signed.
pub(super) async fn show(visitor: Visitor, Path(id): Path<String>) -> Response {
    let package = match package_of(&id) {
        Ok(package) => package,
        Err(problem) => return visitor.refuse(problem),
    };
    let back = format!("{}/{package}", Place::Packages.path());
    page(&visitor, package, &back, visitor.shell().at(Place::Packages)).await
}

/// The same within the pages that only show and approve.
pub(super) async fn show_narrow(visitor: Visitor, Path(id): Path<String>) -> Response {
    let package = match package_of(&id) {
        Ok(package) => package,
        Err(problem) => return visitor.refuse(problem),
    };
    let back = format!("{}/packages/{package}", Place::Approve.path());
    page(&visitor, package, &back, visitor.shell().at(Place::Approve).narrow()).await
}

/// The page with the form, and before it what deserves a second look. Payees, amounts and days are the browser's to
/// read from the document; what the bank knows besides stands there before the personal code is asked for.
async fn page(visitor: &Visitor, package: PackageId, back: &str, shell: Shell<'_>) -> Response {
    let known = visitor.read(move |bank, visitor| {
        let (asker, today) = (visitor.asker(bank.clock.now()), local(bank.clock.now()).date());
        bank.read(|db| -> Result<_, WebProblem> {
            let details = packages::get(db, &asker, package)?;
            Ok(Notes::of(db, &visitor.access, &details.content, today)?)
        })
    });
    match known.await {
        Ok(notes) => {
            let form = panel(visitor, package, back, &notes.show(visitor.texts));
            shell::page(&shell, &visitor.texts.text("web-approve-title"), form)
        }
        Err(problem) => visitor.refuse(problem),
    }
}

/// The form with which a package is approved; then the browser goes to `back`, the package's own page. Its script
/// fills in everything that is shown, from the document.
fn panel(visitor: &Visitor, package: PackageId, back: &str, notes: &Markup) -> Markup {
    let texts = visitor.texts;
    html! {
        p { a href=(back) { "‹ " (texts.text("web-approve-back")) } }
        form.panel data-approve method="post" data-package=(package) data-card=(visitor.session.card) data-back=(back)
            data-text-network=(texts.text("web-script-network"))
            data-text-key=(texts.text("web-script-key"))
            data-text-no-key=(texts.text("web-approve-no-key"))
            data-text-other=(texts.text("web-document-changed"))
            data-text-unreadable=(texts.text("web-approve-unreadable"))
            data-text-own=(texts.text("label-own-account"))
            data-text-instant=(texts.text("web-order-instant"))
            data-text-soon=(texts.text("web-approve-soon")) {
            ul hidden {
                @for kind in &visitor.bank.rules.profile.order_types {
                    li data-type=(kind.code()) { (texts.text(&kind.text_key("name"))) }
                }
            }
            noscript { (shell::notice(false, &texts.text("web-needs-script"))) }
            div data-ready hidden {
                h2 data-shown="name" {}
                p.hint { (texts.text("web-approve-intro")) }
                dl.facts {
                    dt { (texts.text("web-approve-total")) }
                    dd.big data-shown="total" {}
                    dt { (texts.text("web-approve-type")) }
                    dd data-shown="type" {}
                    dt { (texts.text("web-approve-count")) }
                    dd data-shown="count" {}
                    dt { (texts.text("web-approve-debits")) }
                    dd data-shown="debits" {}
                    dt data-planned hidden { (texts.text("web-package-scheduled")) }
                    dd data-planned data-shown="planned" hidden {}
                    dt { (texts.text("web-approve-fingerprint")) }
                    dd.code data-shown="fingerprint" {}
                }
                (notes)
                div.scroll tabindex="0" role="region" aria-label=(texts.text("web-approve-payees")) {
                    table.stack {
                        thead { tr {
                            th scope="col" { (texts.text("web-approve-payee")) }
                            th scope="col" { (texts.text("web-approve-account")) }
                            th.number scope="col" { (texts.text("web-approve-amount")) }
                            th scope="col" { (texts.text("web-approve-when")) }
                            th scope="col" { (texts.text("web-approve-narrative")) }
                        } }
                        tbody data-orders {}
                    }
                }
                button type="button" data-more hidden { (texts.text("web-approve-more")) }
                label for="personal-code" { (texts.text("web-personal-code")) }
                div.row {
                    input.short id="personal-code" name="personal-code" type="password" inputmode="numeric"
                        autocomplete="off" maxlength="12" required;
                    button.primary type="submit" { (texts.text("web-approve-submit")) }
                }
            }
            p.notice.bad role="alert" data-error hidden {}
        }
    }
}

/// The document's exact bytes.
pub(super) async fn document(visitor: Visitor, Path(id): Path<String>) -> Response {
    match visitor.read(move |bank, visitor| bytes(bank, visitor, package_of(&id)?)).await {
        Ok(bytes) => ([(header::CONTENT_TYPE, "application/octet-stream")], bytes).into_response(),
        Err(problem) => visitor.refuse(problem),
    }
}

/// Compares the personal code and gives what is to be signed.
pub(super) async fn begin(visitor: Visitor, Path(id): Path<String>, Json(wish): Json<Begin>) -> Response {
    let begun = visitor.read(move |bank, visitor| {
        let mut shown = [0; 32];
        hex::decode_to_slice(&wish.sha256, &mut shown)
            .map_err(|_| WebProblem::new(codes::DOCUMENT_CHANGED))?;
        let package = package_of(&id)?;
        let document = bytes(bank, visitor, package)?;
        signing::begin(bank, &visitor.into(), package, &document, shown, &wish.personal_code)
    });
    match begun.await {
        Ok(begun) => {
            Json(Begun { ticket: begun.ticket, attributes: begun.attributes.into() }).into_response()
        }
        Err(problem) => visitor.refuse(problem),
    }
}

pub(super) async fn finish(visitor: Visitor, Path(id): Path<String>, Json(answer): Json<Finish>) -> Response {
    let back = format!("{}/{id}", Place::Packages.path());
    let done = visitor.examine(move |bank, visitor| {
        let package = package_of(&id)?;
        let (ticket, signature) = (&answer.ticket, answer.signature.as_slice());
        let approved = signing::finish(bank, &visitor.into(), package, ticket, signature)?;
        let asker = visitor.asker(bank.clock.now());
        let over = approved.document_sha256;
        let signatures =
            Signatures::verified(over, std::slice::from_ref(&approved.cms), &bank.trust()?, asker.now);
        bank.write(|db| -> Result<_, WebProblem> {
            if packages::sha256_of(db, &asker, package)? != over {
                return Err(WebProblem::new(codes::DOCUMENT_CHANGED));
            }
            let context = Context { rules: &bank.rules, now: asker.now };
            Ok(packages::add_signature(db, &context, &asker, package, &signatures)?)
        })
    });
    match done.await {
        Ok(_) => {
            let text = visitor.texts.text("web-approve-done");
            visitor.tell(&back, true, text).await
        }
        Err(problem) => visitor.refuse(problem),
    }
}

fn package_of(id: &str) -> Result<PackageId, WebProblem> {
    id.parse().map_err(|_| ProblemCode::NotFound.into())
}

fn bytes(bank: &Bank, visitor: &Visitor, package: PackageId) -> Result<Vec<u8>, WebProblem> {
    let asker = visitor.asker(bank.clock.now());
    Ok(bank.read(|db| packages::document_of(db, &asker, package))?)
}
