//! Messages to and from customers, and the notices that went to telephones and mailboxes.

use std::sync::Arc;

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::{Customer, CustomerId, format};
use maud::{Markup, html};
use protocol::messages::{MAX_BODY, MAX_SUBJECT};
use protocol::{Message, WriteMessage};
use serde::Deserialize;
use uuid::Uuid;

use super::table_of_page;
use crate::bank::Bank;
use crate::doors::desk::log::{self, Event, Line};
use crate::doors::desk::pages::{self, Note, hidden};
use crate::doors::desk::visit::{html as answer, visit};
use crate::doors::desk::visits::Visit;
use crate::doors::http::texts::Texts;
use crate::ground::error::{BankError, Refusal, Result};
use crate::ground::time::local;
use crate::people::notices::{self, Notice};
use crate::people::{customers, messages};

/// Rows of a page.
const ROWS: u32 = 50;

#[derive(Deserialize)]
pub(super) struct MessageForm {
    csrf: String,
    /// Empty: all customers.
    customer: String,
    subject: String,
    body: String,
}

pub(super) async fn show(State(bank): State<Arc<Bank>>, headers: HeaderMap) -> Response {
    visit(bank, headers, None, |bank, visit, texts| shown(bank, visit, texts, Note::None)).await
}

pub(super) async fn send(
    State(bank): State<Arc<Bank>>,
    headers: HeaderMap,
    Form(form): Form<MessageForm>,
) -> Response {
    visit(bank, headers, Some(form.csrf.clone()), move |bank, visit, texts| match write(bank, visit, &form) {
        Ok(true) => shown(bank, visit, texts, Note::Good("desk-message-sent")),
        Ok(false) | Err(Refusal::Problem(_)) => {
            let page = shown(bank, visit, texts, Note::Bad("desk-message-refused"))?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(Refusal::Failure(error)) => Err(error),
    })
    .await
}

fn write(bank: &Bank, visit: &Visit, form: &MessageForm) -> std::result::Result<bool, Refusal> {
    let now = bank.clock.now();
    bank.write(|db| {
        let to: Vec<CustomerId> = customers::all(db)?
            .into_iter()
            .map(|access| access.customer.id)
            .filter(|id| form.customer.is_empty() || id.as_str() == form.customer)
            .collect();
        for customer in &to {
            let message =
                WriteMessage { id: Uuid::new_v4(), subject: form.subject.clone(), body: form.body.clone() };
            messages::write(db, customer, None, &message, now)?;
            let line =
                Line { detail: Some(customer.as_str()), ..Line::of(&visit.operator, Event::MessageSent) };
            log::write(db, &line, now)?;
        }
        Ok(!to.is_empty())
    })
}

/// The demo has no telephones: whoever may see this page sees one-time codes, so looking is logged.
pub(super) async fn notices(State(bank): State<Arc<Bank>>, headers: HeaderMap) -> Response {
    visit(bank, headers, None, |bank, visit, texts| {
        let now = bank.clock.now();
        let found = bank.write(|db| -> Result<Vec<Notice>> {
            log::write(db, &Line::of(&visit.operator, Event::NoticesSeen), now)?;
            notices::newest(db, ROWS)
        })?;
        Ok(answer(notices_page(texts, visit, &found)))
    })
    .await
}

fn shown(bank: &Bank, visit: &Visit, texts: &Texts, note: Note<'_>) -> Result<Response> {
    let (customers, found) = bank.read(|db| -> std::result::Result<_, BankError> {
        let customers: Vec<Customer> =
            customers::all(db)?.into_iter().map(|access| access.customer).collect();
        Ok((customers, messages::newest(db, ROWS)?))
    })?;
    Ok(answer(page(texts, visit, &customers, &found, note)))
}

fn page(
    texts: &Texts,
    visit: &Visit,
    customers: &[Customer],
    found: &[(CustomerId, Message)],
    note: Note<'_>,
) -> Markup {
    let content = html! {
        h1 { (texts.text("desk-messages-title")) }
        (pages::note_box(texts, note))
        section {
            h2 { (texts.text("desk-message-new")) }
            form method="post" action="/messages" {
                (hidden("csrf", &visit.form_token))
                label for="customer" { (texts.text("desk-message-to")) }
                select id="customer" name="customer" {
                    option value="" { (texts.text("desk-message-all")) }
                    @for customer in customers { option value=(customer.id) { (customer.name) } }
                }
                label for="subject" { (texts.text("desk-message-subject")) }
                input id="subject" name="subject" maxlength=(MAX_SUBJECT) required;
                label for="body" { (texts.text("desk-message-body")) }
                textarea id="body" name="body" rows="6" maxlength=(MAX_BODY) required {}
                button.primary type="submit" { (texts.text("desk-message-submit")) }
            }
        }
        section {
            h2 { (texts.text("desk-message-list")) }
            @if found.is_empty() { p { (texts.text("desk-message-none")) } }
            @for (customer, message) in found {
                article {
                    h3 { (message.subject) }
                    p.hint {
                        (format::moment(texts.language, local(message.at))) " · " (customer) " · "
                        @match &message.author {
                            Some(author) => { (author.name) }
                            None => { (texts.text("desk-message-bank")) }
                        }
                    }
                    p.lines { (message.body) }
                }
            }
        }
    };
    pages::page(texts, "desk-messages-title", Some(visit), content)
}

fn notices_page(texts: &Texts, visit: &Visit, found: &[Notice]) -> Markup {
    let rows = html! {
        @for notice in found { tr {
            td.code { (format::exact_moment(texts.language, local(notice.at))) }
            td.code { (notice.customer) }
            td.code { (notice.address) }
            td { (texts.with(&format!("desk-{}", notice.kind), &[("detail", &notice.detail)])) }
        } }
    };
    let content = html! {
        section {
            h1 { (texts.text("desk-notices-title")) }
            p.note.bad { (texts.text("desk-notices-demo")) }
            @if found.is_empty() { p { (texts.text("desk-notices-none")) } } @else {
                (table_of_page(texts, "desk-notices-title", "desk-notice-", &["at", "customer", "address", "text"], rows))
            }
        }
    };
    pages::page(texts, "desk-notices-title", Some(visit), content)
}
