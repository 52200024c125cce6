//! A user: how to reach, tokens and virtual chip cards, error points; and what the operator may do about them.

use std::sync::Arc;

use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::authority::{AuthorizedUser, DeviceKind};
use domain::{Customer, UserId};
use maud::{Markup, html};
use rusqlite::Connection;
use serde::Deserialize;

use super::table;
use crate::bank::Bank;
use crate::doors::desk::log::{self, Event, Line};
use crate::doors::desk::pages::{self, Note, hidden};
use crate::doors::desk::visit::{PlainForm, html as answer, visit};
use crate::doors::desk::visits::Visit;
use crate::doors::http::texts::Texts;
use crate::ground::error::Result;
use crate::people::virtual_cards::{self, CardState, NewCode};
use crate::people::{cards, customers, error_points, known};

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Act {
    Suspend,
    Enable,
    Withdraw,
}

#[derive(Deserialize)]
pub(super) struct DeviceForm {
    csrf: String,
    device: String,
    act: Act,
}

struct Person {
    user: AuthorizedUser,
    customers: Vec<Customer>,
}

pub(super) async fn show(
    State(bank): State<Arc<Bank>>,
    headers: HeaderMap,
    Path(user): Path<UserId>,
) -> Response {
    visit(bank, headers, None, move |bank, visit, texts| shown(bank, visit, texts, &user, Note::None, None))
        .await
}

pub(super) async fn device(
    State(bank): State<Arc<Bank>>,
    headers: HeaderMap,
    Path(user): Path<UserId>,
    Form(form): Form<DeviceForm>,
) -> Response {
    visit(bank, headers, Some(form.csrf), move |bank, visit, texts| {
        if matches!(form.act, Act::Enable) && visit.caller.as_ref() != Some(&user) {
            return refused(bank, visit, texts, &user, "desk-user-not-caller");
        }
        let now = bank.clock.now();
        let done = bank.write(|db| -> Result<bool> {
            let is_users = known::find(db, &user)?
                .is_some_and(|person| person.devices.iter().any(|device| device.id == form.device));
            if !is_users || !carry_out(db, &form.device, form.act)? {
                return Ok(false);
            }
            customers::user_changed(db, &user, None)?;
            let event = match form.act {
                Act::Suspend => Event::DeviceSuspended,
                Act::Enable => Event::DeviceEnabled,
                Act::Withdraw => Event::DeviceWithdrawn,
            };
            let line = Line {
                user: Some(user.as_str()),
                detail: Some(&form.device),
                ..Line::of(&visit.operator, event)
            };
            log::write(db, &line, now)?;
            Ok(true)
        })?;
        if !done {
            return refused(bank, visit, texts, &user, "desk-device-unknown");
        }
        shown(bank, visit, texts, &user, Note::Good("desk-device-done"), None)
    })
    .await
}

fn carry_out(db: &Connection, device: &str, act: Act) -> Result<bool> {
    let (token, state) = match act {
        Act::Suspend => (cards::set_suspended(db, device, true)?, CardState::Suspended),
        Act::Enable => (cards::set_suspended(db, device, false)?, CardState::Active),
        Act::Withdraw => (cards::withdraw(db, device)?, CardState::Withdrawn),
    };
    Ok(token || virtual_cards::set_state(db, device, state)?)
}

pub(super) async fn unlock(
    State(bank): State<Arc<Bank>>,
    headers: HeaderMap,
    Path(user): Path<UserId>,
    Form(form): Form<PlainForm>,
) -> Response {
    visit(bank, headers, Some(form.csrf), move |bank, visit, texts| {
        if visit.caller.as_ref() != Some(&user) {
            return refused(bank, visit, texts, &user, "desk-user-not-caller");
        }
        let now = bank.clock.now();
        bank.write(|db| -> Result<()> {
            error_points::set_locked(db, user.as_str(), false)?;
            let line = Line { user: Some(user.as_str()), ..Line::of(&visit.operator, Event::Unlocked) };
            log::write(db, &line, now)
        })?;
        shown(bank, visit, texts, &user, Note::Good("desk-user-unlocked"), None)
    })
    .await
}

/// The code is on this one page and nowhere else: who loses it gets another.
pub(super) async fn activation_code(
    State(bank): State<Arc<Bank>>,
    headers: HeaderMap,
    Path(user): Path<UserId>,
    Form(form): Form<PlainForm>,
) -> Response {
    visit(bank, headers, Some(form.csrf), move |bank, visit, texts| {
        if visit.caller.as_ref() != Some(&user) {
            return refused(bank, visit, texts, &user, "desk-user-not-caller");
        }
        let now = bank.clock.now();
        let code = NewCode::make()?;
        bank.write(|db| -> Result<()> {
            code.give(db, &user, now)?;
            let line = Line { user: Some(user.as_str()), ..Line::of(&visit.operator, Event::ActivationCode) };
            log::write(db, &line, now)
        })?;
        shown(bank, visit, texts, &user, Note::None, Some(&code.spoken))
    })
    .await
}

fn read(bank: &Bank, id: &UserId) -> Result<Option<Person>> {
    bank.read(|db| {
        let Some(user) = known::find(db, id)? else { return Ok(None) };
        let customers = customers::of_user(db, id)?.into_iter().map(|access| access.customer).collect();
        Ok(Some(Person { user, customers }))
    })
}

fn shown(
    bank: &Bank,
    visit: &Visit,
    texts: &Texts,
    user: &UserId,
    note: Note<'_>,
    code: Option<&str>,
) -> Result<Response> {
    let Some(person) = read(bank, user)? else {
        let page = pages::message(texts, Note::Bad("desk-unknown"));
        return Ok((StatusCode::NOT_FOUND, answer(page)).into_response());
    };
    Ok(answer(page(texts, visit, &person, note, code)))
}

fn refused(bank: &Bank, visit: &Visit, texts: &Texts, user: &UserId, why: &str) -> Result<Response> {
    let page = shown(bank, visit, texts, user, Note::Bad(why), None)?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

fn page(texts: &Texts, visit: &Visit, person: &Person, note: Note<'_>, code: Option<&str>) -> Markup {
    let Person { user, customers } = person;
    let is_caller = visit.caller.as_ref() == Some(&user.id);
    let content = html! {
        h1 { (user.name) }
        p.hint { (texts.with("desk-caller-id", &[("user", user.id.as_str())])) }
        p { @for customer in customers { a href={ "/customers/" (customer.id) } { (customer.name) } " " } }
        (pages::note_box(texts, note))
        @if let Some(code) = code {
            section {
                h2 { (texts.text("desk-activation-told")) }
                p.told id="activation-code" { (code) }
                p.hint { (texts.text("desk-activation-help")) }
            }
        }
        section {
            h2 { (texts.text("desk-user-contact")) }
            p { (texts.text("desk-user-phone")) ": " @match &user.contact.phone { Some(phone) => (phone), None => "–" } }
            p { (texts.text("desk-user-email")) ": " @match &user.contact.email { Some(email) => (email), None => "–" } }
            p { (texts.with("desk-user-error-points", &[("points", &user.error_points.to_string())]))
                @if user.locked { " " span.pill.bad { (texts.text("desk-user-locked")) } }
            }
        }
        section { (devices(texts, visit, person, is_caller)) }
        section {
            h2 { (texts.text("desk-user-acts")) }
            @if is_caller {
                div.row.acts {
                    @for (path, text) in [("activation-code", "desk-activation-submit"), ("unlock", "desk-unlock-submit")] {
                        form method="post" action={ "/users/" (user.id) "/" (path) } {
                            (hidden("csrf", &visit.form_token))
                            button type="submit" { (texts.text(text)) }
                        }
                    }
                }
            } @else {
                p.hint { (texts.text("desk-user-identify-first")) }
                p { a href="/" { (texts.text("desk-nav-identify")) } }
            }
        }
    };
    pages::page(texts, "desk-user-title", Some(visit), content)
}

fn devices(texts: &Texts, visit: &Visit, person: &Person, is_caller: bool) -> Markup {
    let user = &person.user;
    let rows = html! {
        @for device in &user.devices { tr {
            td { (texts.text(match device.kind {
                DeviceKind::Token => "desk-device-token",
                DeviceKind::VirtualCard => "desk-device-virtual",
            })) }
            td { (device.label) }
            td.code { (device.id) }
            td {
                @if device.suspended { span.pill.bad { (texts.text("desk-device-suspended")) } }
                @else { span.pill.good { (texts.text("desk-card-in-use")) } }
            }
            td {
                form.row method="post" action={ "/users/" (user.id) "/device" } {
                    (hidden("csrf", &visit.form_token))
                    (hidden("device", &device.id))
                    @if !device.suspended { (act(texts, "suspend", &device.label)) }
                    @else if is_caller { (act(texts, "enable", &device.label)) }
                    (act(texts, "withdraw", &device.label))
                }
            }
        } }
    };
    html! {
        @if user.devices.is_empty() { p { (texts.text("desk-device-none")) } } @else {
            (table(texts, "desk-user-devices", "desk-device-", &["kind", "label", "id", "state", "acts"], rows))
        }
    }
}

fn act(texts: &Texts, name: &str, label: &str) -> Markup {
    let text = texts.text(&format!("desk-device-{name}"));
    html! { button type="submit" name="act" value=(name) aria-label={ (text) ": " (label) } { (text) } }
}
