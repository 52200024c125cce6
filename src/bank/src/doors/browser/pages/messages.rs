//! Üzenetek [K&H web manual] [Electra web]: letters between the customer and the bank, newest first.

use axum::extract::{Form, Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use protocol::messages::{MAX_BODY, MAX_SUBJECT, Message, WriteMessage};
use protocol::{Cursor, ProblemCode};
use rusqlite::Connection;
use serde::Deserialize;
use uuid::Uuid;

use super::parts::{self, Page, below, described_by, pager, run, told};
use super::sent_pages::PageOf;
use crate::bank::Bank;
use crate::doors::browser::format;
use crate::doors::browser::shell::{self, Place};
use crate::doors::browser::visitor::Visitor;
use crate::doors::http::texts::Texts;
use crate::ground::error::Refusal;
use crate::people::messages;

/// Messages of one page.
const PAGE: usize = 30;
/// Messages read from the bank's log at once.
const BATCH: u32 = 500;

/// A letter as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Letter {
    subject: String,
    body: String,
}

/// All of the customer's messages, newest first.
fn all(db: &Connection, visitor: &Visitor) -> Page<Vec<Message>> {
    let (customer, user) = (&visitor.access.customer.id, visitor.user());
    let (mut found, mut after): (Vec<Message>, Option<Cursor>) = (Vec::new(), None);
    loop {
        let page = messages::page(db, customer, user, after.as_ref(), BATCH)?;
        for message in page.messages {
            // A message stands in the log once for its coming and once for being read.
            found.retain(|known| known.id != message.id);
            found.push(message);
        }
        if !page.more {
            break;
        }
        after = Some(page.next);
    }
    found.sort_by(|one, other| other.at.cmp(&one.at).then(other.id.cmp(&one.id)));
    Ok(found)
}

/// Messages that the visitor has not read.
pub(super) fn unread(db: &Connection, visitor: &Visitor) -> Page<usize> {
    Ok(all(db, visitor)?.iter().filter(|message| !message.read).count())
}

pub(super) async fn show(visitor: Visitor, Query(of): Query<PageOf>) -> Response {
    parts::show(visitor, move |db, _, visitor| {
        let texts = visitor.texts;
        let all = all(db, visitor)?;
        let first = usize::try_from(of.page).unwrap_or(0).saturating_mul(PAGE);
        let shown: Vec<&Message> = all.iter().skip(first).take(PAGE).collect();
        let body = html! {
            div.toolbar { a.button href="/messages/new" { (texts.text("web-message-new")) } }
            div data-live="messages_changed" {
                div id="messages" data-part {
                    @if shown.is_empty() { p.empty { (texts.text("web-message-none")) } } @else { (table(texts, &shown)) }
                }
            }
            (pager(texts, Place::Messages.path(), of.page, all.len() > first + PAGE))
        };
        Ok(visitor.page(Place::Messages, &texts.text("web-nav-messages"), body))
    })
    .await
}

fn table(texts: &Texts, messages: &[&Message]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(texts.text("web-nav-messages")) {
            table.stack {
                thead { tr {
                    th scope="col" { (texts.text("web-message-subject")) }
                    th scope="col" { (texts.text("web-message-from")) }
                    th scope="col" { (texts.text("web-message-at")) }
                } }
                tbody {
                    @for message in messages {
                        tr.unread[!message.read] {
                            td {
                                a href={ (Place::Messages.path()) "/" (message.id) } { (message.subject) }
                                @if !message.read { " " span.pill { (texts.text("web-message-unread")) } }
                            }
                            td { (writer(texts, message)) }
                            td.nowrap { (format::moment(texts, message.at)) }
                        }
                    }
                }
            }
        }
    }
}

fn writer(texts: &Texts, message: &Message) -> String {
    message.author.as_ref().map_or_else(|| texts.text("web-message-bank"), |user| user.name.clone())
}

/// One message; opening it marks it as read.
pub(super) async fn read(visitor: Visitor, Path(id): Path<String>) -> Response {
    run(visitor, move |db, _, visitor| {
        let texts = visitor.texts;
        let id: Uuid = id.parse().map_err(|_| ProblemCode::NotFound)?;
        let found = all(db, visitor)?.into_iter().find(|message| message.id == id);
        let message = found.ok_or(ProblemCode::NotFound)?;
        messages::read(db, &visitor.access.customer.id, visitor.user(), id)?;
        let body = html! {
            p { a href=(Place::Messages.path()) { "‹ " (texts.text("web-nav-messages")) } }
            section.panel.slim {
                p.hint { (writer(texts, &message)) ", " (format::moment(texts, message.at)) }
                p.message { (message.body) }
            }
            p { a.button href="/messages/new" { (texts.text("web-message-new")) } }
        };
        Ok(visitor.page(Place::Messages, &message.subject, body))
    })
    .await
}

pub(super) async fn new(visitor: Visitor) -> Response {
    run(visitor, |_, _, visitor| Ok(form(visitor, &Letter::default(), None))).await
}

/// Sends a letter to the bank.
pub(super) async fn write(visitor: Visitor, Form(letter): Form<Letter>) -> Response {
    run(visitor, move |db, bank, visitor| match send(db, bank, visitor, &letter) {
        Ok(()) => {
            let text = visitor.texts.text("web-message-sent");
            told(db, visitor, Place::Messages.path(), true, text)
        }
        Err(Refusal::Problem(problem)) if problem.code == ProblemCode::MessageInvalid => {
            let why = visitor.texts.text("web-message-invalid");
            Ok((StatusCode::UNPROCESSABLE_ENTITY, form(visitor, &letter, Some(&why))).into_response())
        }
        Err(refusal) => Err(refusal.into()),
    })
    .await
}

fn send(db: &Connection, bank: &Bank, visitor: &Visitor, letter: &Letter) -> Result<(), Refusal> {
    let body = letter.body.replace("\r\n", "\n");
    let message = WriteMessage { id: Uuid::now_v7(), subject: letter.subject.clone(), body };
    messages::write(db, &visitor.access.customer.id, Some(visitor.user()), &message, bank.clock.now())
}

fn form(visitor: &Visitor, letter: &Letter, wrong: Option<&str>) -> Response {
    let texts = visitor.texts;
    let (subject, body) = (MAX_SUBJECT.to_string(), MAX_BODY.to_string());
    let hint = texts.with("web-message-hint", &[("subject", &subject), ("body", &body)]);
    let content = html! {
        p { a href=(Place::Messages.path()) { "‹ " (texts.text("web-nav-messages")) } }
        section.panel.slim {
            @if let Some(why) = wrong { (shell::notice(false, why)) }
            form method="post" action="/messages/new" {
                (visitor.csrf())
                label for="subject" { (texts.text("web-message-subject")) }
                input id="subject" name="subject" type="text" required maxlength=(subject) value=(letter.subject);
                div.field {
                    label for="body" { (texts.text("web-message-body")) }
                    textarea id="body" name="body" rows="10" required maxlength=(body)
                        aria-describedby=(described_by("body", true)) { (letter.body) }
                    (below("body", Some(&hint), None))
                }
                button.primary type="submit" { (texts.text("web-message-send")) }
            }
        }
    };
    visitor.page(Place::Messages, &texts.text("web-message-new"), content)
}
