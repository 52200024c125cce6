//! Import of PARTNERS.DAT: tallózás, rendben, and the result on the same page [K&H web manual] [K&H webElectra]; and
//! its export.

use axum::extract::Multipart;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::format;
use domain::{Partner, PartnerTarget, Template};
use formats::partners::{RecordKind, Refused};
use formats::partners_dat::{self, FILE_NAME};
use maud::{Markup, html};
use protocol::ProblemCode;

use super::import_form::FILE;
use super::list::{self, Asked};
use super::merge::{MOST_RECORDS, Merged, Records, merge};
use super::store;
use crate::doors::browser::pages::accounts::may_record;
use crate::doors::browser::pages::parts::{self, Page};
use crate::doors::browser::problem::WebProblem;
use crate::doors::browser::shell;
use crate::doors::browser::visitor::Visitor;
use crate::doors::http::texts::Texts;
use crate::ground::error::Result;

/// Rows of each part of the result that are listed; the counts are always whole.
const LISTED: usize = 200;

/// Takes the file that was chosen.
pub(super) async fn upload(visitor: Visitor, form: Multipart) -> Response {
    let texts = visitor.texts;
    let bytes = match file_of(form).await {
        Ok(bytes) => bytes,
        Err(status) => {
            return visitor.refuse(WebProblem::with_status("web-import-too-large", status));
        }
    };
    let done = visitor.read(move |bank, visitor| -> Page {
        if !may_record(visitor) {
            return Err(ProblemCode::NotPermitted.into());
        }
        let refused = |text: &str| (StatusCode::UNPROCESSABLE_ENTITY, shell::notice(false, text));
        let (status, result) = match records(texts, &bytes)? {
            Ok(records) => {
                let merged = merge(bank, &visitor.access.customer.id, records);
                let status =
                    if merged.left == 0 { StatusCode::OK } else { StatusCode::INTERNAL_SERVER_ERROR };
                (status, outcome(texts, &merged))
            }
            Err(why) => refused(&why),
        };
        let page = bank.read(|db| list::page(db, visitor, &Asked::default(), Some(result)))?;
        Ok((status, page).into_response())
    });
    done.await.unwrap_or_else(|problem| visitor.refuse(problem))
}

/// The file's records, made ready to be kept; or why the file is not taken, in words.
fn records(texts: &Texts, bytes: &[u8]) -> Result<std::result::Result<Records, String>> {
    if bytes.is_empty() {
        return Ok(Err(texts.text("web-import-no-file")));
    }
    let file = match partners_dat::read(bytes) {
        Ok(file) => file,
        Err(problem) => {
            let why = texts.explain(&problem);
            return Ok(Err(texts.with("web-import-damaged", &[("why", &why)])));
        }
    };
    let most = format::grouped(texts.language, &MOST_RECORDS.to_string());
    Ok(Records::of(file)?.ok_or_else(|| texts.with("web-import-too-many", &[("most", &most)])))
}

async fn file_of(mut form: Multipart) -> std::result::Result<Vec<u8>, StatusCode> {
    while let Some(field) = form.next_field().await.map_err(|e| e.status())? {
        if field.name() == Some(FILE) {
            return Ok(field.bytes().await.map_err(|e| e.status())?.to_vec());
        }
    }
    Ok(Vec::new())
}

/// The customer's partners and templates as PARTNERS.DAT.
pub(super) async fn export(visitor: Visitor) -> Response {
    parts::show(visitor, |db, _, visitor| {
        let customer = &visitor.access.customer.id;
        let (partners, templates) =
            (store::all::<Partner>(db, customer)?, store::all::<Template>(db, customer)?);
        let mut file = Vec::new();
        partners_dat::write(&partners, &templates, &mut file)
            .map_err(|e| crate::ground::error::BankError::data(FILE_NAME, e))?;
        let mut response = file.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
        let name = HeaderValue::from_static("attachment; filename=\"PARTNERS.DAT\"");
        headers.insert(header::CONTENT_DISPOSITION, name);
        Ok(response)
    })
    .await
}

fn outcome(texts: &Texts, merged: &Merged) -> Markup {
    let counts = [
        ("web-import-new-partners", merged.new_partners),
        ("web-import-new-templates", merged.new_templates),
        (
            "web-import-changed",
            u32::try_from(merged.changed_partners.len() + merged.changed_templates.len()).unwrap_or(u32::MAX),
        ),
        ("web-import-same", merged.same),
        ("web-import-conflicting", u32::try_from(merged.conflicting.len()).unwrap_or(u32::MAX)),
        ("web-import-refused", u32::try_from(merged.refused.len()).unwrap_or(u32::MAX)),
    ];
    let clean = merged.refused.is_empty() && merged.conflicting.is_empty();
    let headline = texts.with("web-import-done", &[("count", &merged.taken().to_string())]);
    html! {
        section.panel.result id="result" tabindex="-1" {
            @if merged.left > 0 {
                (shell::notice(false, &texts.with("web-import-ended-early", &[
                    ("count", &merged.taken().to_string()),
                    ("left", &merged.left.to_string()),
                ])))
            } @else if clean { (shell::notice(true, &headline)) } @else {
                p.notice.care role="status" { (headline) " " (texts.text("web-import-see-below")) }
            }
            dl.facts.across {
                @for (key, count) in counts { div { dt { (texts.text(key)) } dd { (count) } } }
            }
            (changed(texts, merged))
            (conflicting(texts, merged))
            (refused(texts, &merged.refused))
        }
    }
}

fn changed(texts: &Texts, merged: &Merged) -> Markup {
    let target = |partner: &Partner| match &partner.target {
        PartnerTarget::Accounts { name, numbers } => {
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            format!("{name}, {}", numbers.join(", "))
        }
        PartnerTarget::SecondaryId { id } => id.to_string(),
    };
    html! {
        @if !merged.changed_partners.is_empty() {
            h2 { (texts.text("web-import-changed-title")) }
            div.scroll tabindex="0" role="region" aria-label=(texts.text("web-import-changed-title")) {
                table.stack {
                    thead { tr {
                        th scope="col" { (texts.text("web-partner-short-name")) }
                        th scope="col" { (texts.text("web-import-before")) }
                        th scope="col" { (texts.text("web-import-after")) }
                    } }
                    tbody {
                        @for (before, after) in merged.changed_partners.iter().take(LISTED) {
                            tr {
                                td { (after.short_name) }
                                @if before.target == after.target {
                                    td colspan="2" { (target(after)) " · " (texts.text("web-import-same-account")) }
                                } @else {
                                    td { (target(before)) }
                                    td { strong { (target(after)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
        @if !merged.changed_templates.is_empty() {
            p { (texts.text("web-import-changed-templates")) " " (merged.changed_templates.join(", ")) }
        }
    }
}

fn conflicting(texts: &Texts, merged: &Merged) -> Markup {
    html! {
        @if !merged.conflicting.is_empty() {
            h2 { (texts.text("web-import-conflicting-title")) }
            ul {
                @for (kind, name) in merged.conflicting.iter().take(LISTED) {
                    li { (kind_name(texts, *kind)) ": " (name) }
                }
            }
        }
    }
}

fn refused(texts: &Texts, refused: &[Refused]) -> Markup {
    html! {
        @if !refused.is_empty() {
            h2 { (texts.text("web-import-refused-title")) }
            div.scroll tabindex="0" role="region" aria-label=(texts.text("web-import-refused-title")) {
                table.stack {
                    thead { tr {
                        th.number scope="col" { (texts.text("web-import-line")) }
                        th scope="col" { (texts.text("web-import-record")) }
                        th scope="col" { (texts.text("web-import-field")) }
                        th scope="col" { (texts.text("web-import-reason")) }
                    } }
                    tbody {
                        @for record in refused.iter().take(LISTED) {
                            tr {
                                td.number { (record.line) }
                                td { (kind_name(texts, record.kind)) ": " (record.label) }
                                td { (texts.text(record.column.key())) ": " (record.value) }
                                td { (texts.explain(&record.reason)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn kind_name(texts: &Texts, kind: RecordKind) -> String {
    texts.text(match kind {
        RecordKind::Partner => "web-partner",
        RecordKind::Template => "web-template",
    })
}
