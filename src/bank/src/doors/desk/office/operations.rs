//! The reference bank's own works: its clock, faults on demand, and the outage of instant payments.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDateTime;
use maud::{Markup, html};
use protocol::WriteMessage;
use serde::Deserialize;
use uuid::Uuid;

use crate::bank::Bank;
use crate::doors::desk::log::{self, Event, Line};
use crate::doors::desk::pages::{self, Note, hidden};
use crate::doors::desk::texts;
use crate::doors::desk::visit::{PlainForm, html as answer, visit};
use crate::doors::desk::visits::{self, Visit};
use crate::doors::faults::{Fault, FaultKind, Faults};
use crate::doors::http::texts::Texts;
use crate::ground::error::{BankError, Refusal, Result};
use crate::ground::time::{ClockSetting, local, moment};
use crate::orders::engine;
use crate::people::{customers, messages};

/// Largest number of calls that a fault hits, and longest delay in milliseconds.
const MOST_CALLS: u32 = 1000;
const LONGEST_DELAY: u64 = 60_000;

#[derive(Deserialize)]
pub(super) struct ClockForm {
    csrf: String,
    now: String,
    running: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct FaultForm {
    csrf: String,
    kind: FaultKind,
    path: String,
    count: u32,
    millis: u64,
}

#[derive(Deserialize)]
pub(super) struct OutageForm {
    csrf: String,
    outage: bool,
}

pub(super) async fn show(
    State(bank): State<Arc<Bank>>,
    Extension(faults): Extension<Arc<Faults>>,
    headers: HeaderMap,
) -> Response {
    visit(bank, headers, None, move |bank, visit, texts| shown(bank, &faults, visit, texts, Note::None)).await
}

pub(super) async fn clock(
    State(bank): State<Arc<Bank>>,
    Extension(faults): Extension<Arc<Faults>>,
    headers: HeaderMap,
    Form(form): Form<ClockForm>,
) -> Response {
    visit(bank, headers, Some(form.csrf), move |bank, visit, texts| {
        let read = |pattern| NaiveDateTime::parse_from_str(form.now.trim(), pattern).ok();
        let Some(wish) = read("%Y-%m-%dT%H:%M:%S").or_else(|| read("%Y-%m-%dT%H:%M")) else {
            let page = shown(bank, &faults, visit, texts, Note::Bad("desk-clock-wrong"))?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        };
        let before = bank.clock.now();
        bank.set_clock(ClockSetting::starting(moment(wish), form.running.is_some()))?;
        engine::catch_up(bank)?;
        bank.write(|db| visits::begin_anew(db, visit, bank.clock.now()))?;
        let detail = wish.format("%Y-%m-%d %H:%M:%S").to_string();
        note(bank, visit, Event::ClockSet, &detail, before)?;
        shown(bank, &faults, visit, texts, Note::Good("desk-clock-done"))
    })
    .await
}

pub(super) async fn add_fault(
    State(bank): State<Arc<Bank>>,
    Extension(faults): Extension<Arc<Faults>>,
    headers: HeaderMap,
    Form(form): Form<FaultForm>,
) -> Response {
    visit(bank, headers, Some(form.csrf), move |bank, visit, texts| {
        let detail = format!("{} {}", form.kind.name(), form.path);
        note(bank, visit, Event::FaultAdded, detail.trim(), bank.clock.now())?;
        faults.add(Fault {
            kind: form.kind,
            path: form.path,
            method: None,
            count: form.count.clamp(1, MOST_CALLS),
            millis: form.millis.min(LONGEST_DELAY),
        });
        shown(bank, &faults, visit, texts, Note::Good("desk-fault-done"))
    })
    .await
}

pub(super) async fn clear_faults(
    State(bank): State<Arc<Bank>>,
    Extension(faults): Extension<Arc<Faults>>,
    headers: HeaderMap,
    Form(form): Form<PlainForm>,
) -> Response {
    visit(bank, headers, Some(form.csrf), move |bank, visit, texts| {
        note(bank, visit, Event::FaultsCleared, "", bank.clock.now())?;
        faults.clear();
        shown(bank, &faults, visit, texts, Note::Good("desk-fault-cleared"))
    })
    .await
}

pub(super) async fn outage(
    State(bank): State<Arc<Bank>>,
    Extension(faults): Extension<Arc<Faults>>,
    headers: HeaderMap,
    Form(form): Form<OutageForm>,
) -> Response {
    visit(bank, headers, Some(form.csrf), move |bank, visit, texts| {
        if bank.read(|db| engine::is_outage(db))? != form.outage {
            switch(bank, visit, form.outage)?;
            bank.wake.notify_one();
        }
        shown(bank, &faults, visit, texts, Note::Good("desk-outage-done"))
    })
    .await
}

/// Switches, and tells every customer in a message: nobody should find out by refused orders.
fn switch(bank: &Bank, visit: &Visit, outage: bool) -> Result<()> {
    let now = bank.clock.now();
    let (event, key) = if outage {
        (Event::OutageBegan, "desk-outage-message-began")
    } else {
        (Event::OutageEnded, "desk-outage-message-ended")
    };
    let in_both = |key: &str| {
        let [hungarian, english] = ["hu", "en"].map(|language| texts::of(Some(language)).text(key));
        (hungarian, english)
    };
    let told = bank.write(|db| -> std::result::Result<(), Refusal> {
        engine::set_outage(db, outage)?;
        log::write(db, &Line::of(&visit.operator, event), now)?;
        let (hungarian, english) = in_both(key);
        let (subject, _) = in_both("desk-outage-message-subject");
        for access in customers::all(db)? {
            let body = format!("{hungarian}\n\n{english}");
            let message = WriteMessage { id: Uuid::new_v4(), subject: subject.clone(), body };
            messages::write(db, &access.customer.id, None, &message, now)?;
        }
        Ok(())
    });
    told.map_err(|refusal| match refusal {
        Refusal::Failure(error) => error,
        Refusal::Problem(problem) => BankError::data("message", problem),
    })
}

pub(super) fn note(
    bank: &Bank,
    visit: &Visit,
    event: Event,
    detail: &str,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<()> {
    let detail = Some(detail).filter(|detail| !detail.is_empty());
    bank.write(|db| log::write(db, &Line { detail, ..Line::of(&visit.operator, event) }, now))
}

pub(super) fn shown(
    bank: &Bank,
    faults: &Faults,
    visit: &Visit,
    texts: &Texts,
    note: Note<'_>,
) -> Result<Response> {
    let outage = bank.read(|db| engine::is_outage(db))?;
    let content = html! {
        h1 { (texts.text("desk-operations-title")) }
        (pages::note_box(texts, note))
        section { (clock_form(bank, visit, texts)) }
        section { (outage_form(outage, visit, texts)) }
        section { (clients_form(bank, visit, texts)) }
        section { (faults_form(faults, visit, texts)) }
    };
    Ok(answer(pages::page(texts, "desk-operations-title", Some(visit), content)))
}

fn clock_form(bank: &Bank, visit: &Visit, texts: &Texts) -> Markup {
    let now = local(bank.clock.now()).format("%Y-%m-%dT%H:%M:%S").to_string();
    html! {
        h2 { (texts.text("desk-clock-title")) }
        form method="post" action="/operations/clock" {
            (hidden("csrf", &visit.form_token))
            label for="now" { (texts.text("desk-clock-now")) }
            input id="now" name="now" type="datetime-local" step="1" value=(now) required;
            label.check { input type="checkbox" name="running" value="yes" checked[bank.clock.is_running()];
                (texts.text("desk-clock-running")) }
            button type="submit" { (texts.text("desk-clock-submit")) }
        }
    }
}

fn outage_form(outage: bool, visit: &Visit, texts: &Texts) -> Markup {
    let (state, act) =
        if outage { ("desk-outage-on", "desk-outage-end") } else { ("desk-outage-off", "desk-outage-begin") };
    html! {
        h2 { (texts.text("desk-outage-title")) }
        p { (texts.text(state)) }
        p.hint { (texts.text("desk-outage-help")) }
        form method="post" action="/operations/outage" {
            (hidden("csrf", &visit.form_token))
            (hidden("outage", if outage { "false" } else { "true" }))
            button type="submit" { (texts.text(act)) }
        }
    }
}

fn clients_form(bank: &Bank, visit: &Visit, texts: &Texts) -> Markup {
    let demand = bank.demand();
    let told = bank.info().client.latest;
    html! {
        h2 { (texts.text("desk-clients-title")) }
        p { (texts.with("desk-clients-told", &[("latest", &told)])) }
        p.hint { (texts.text("desk-clients-help")) }
        form method="post" action="/operations/clients" {
            (hidden("csrf", &visit.form_token))
            label for="minimum" { (texts.text("desk-clients-minimum")) }
            input id="minimum" name="minimum" value=(demand.minimum) autocomplete="off" spellcheck="false" required;
            label for="latest" { (texts.text("desk-clients-latest")) }
            input id="latest" name="latest" value=(demand.latest.unwrap_or_default()) autocomplete="off" spellcheck="false";
            button type="submit" { (texts.text("desk-clients-submit")) }
        }
    }
}

fn faults_form(faults: &Faults, visit: &Visit, texts: &Texts) -> Markup {
    let waiting = faults.waiting();
    html! {
        h2 { (texts.text("desk-fault-title")) }
        p.hint { (texts.text("desk-fault-help")) }
        @if !waiting.is_empty() {
            ul { @for fault in &waiting {
                li { (texts.text(&format!("desk-fault-{}", fault.kind.name()))) " × " (fault.count) " " span.code { (fault.path) } }
            } }
            form method="post" action="/operations/faults/clear" {
                (hidden("csrf", &visit.form_token))
                button type="submit" { (texts.text("desk-fault-clear")) }
            }
        }
        form method="post" action="/operations/faults" {
            (hidden("csrf", &visit.form_token))
            label for="kind" { (texts.text("desk-fault-kind")) }
            select id="kind" name="kind" { @for kind in FaultKind::ALL {
                option value=(kind.name()) { (texts.text(&format!("desk-fault-{}", kind.name()))) }
            } }
            label for="path" { (texts.text("desk-fault-path")) }
            input id="path" name="path" autocomplete="off" spellcheck="false";
            label for="count" { (texts.text("desk-fault-count")) }
            input id="count" name="count" type="number" min="1" max=(MOST_CALLS) value="1" required;
            label for="millis" { (texts.text("desk-fault-millis")) }
            input id="millis" name="millis" type="number" min="0" max=(LONGEST_DELAY) value="0" required;
            button type="submit" { (texts.text("desk-fault-submit")) }
        }
    }
}
