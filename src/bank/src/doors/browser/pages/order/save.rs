//! What the buttons of the order form do: check, find, choose, save.

use std::collections::HashMap;

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::text::PackageName;
use domain::{FieldError, Order, OrderType, PackageId, Partner, Timing};
use protocol::ProblemCode;
use rusqlite::Connection;

use super::form::OrderForm;
use super::page::{View, check, draw, other_type};
use super::{kinds, picker, templates};
use crate::bank::Bank;
use crate::doors::browser::packages;
use crate::doors::browser::pages::accounts::may_record;
use crate::doors::browser::pages::asking::{Asking, in_words};
use crate::doors::browser::pages::faces;
use crate::doors::browser::pages::partners::store;
use crate::doors::browser::pages::parts::{Page, run, told};
use crate::doors::browser::shell::Place;
use crate::doors::browser::visitor::Visitor;
use crate::doors::http::texts::Texts;
use crate::ground::error::Refusal;

/// The form was sent.
pub(super) async fn submit(
    visitor: Visitor,
    Path(code): Path<String>,
    Form(sent): Form<HashMap<String, String>>,
) -> Response {
    run(visitor, move |db, bank, visitor| {
        if !may_record(visitor) {
            return Err(ProblemCode::NotPermitted.into());
        }
        let form = OrderForm::read(kinds::find(&bank.rules.profile, &code)?, sent);
        let offer = picker::offer(db, visitor, &form)?;
        if form.action == "find" {
            return draw(db, bank, visitor, View { form, offer, ..View::default() });
        }
        if let Some(filled) = chosen(db, bank, visitor, &form)? {
            return draw(db, bank, visitor, View { form: filled, ..View::default() });
        }
        let checked = check(db, bank, visitor, &form)?;
        if let Some(code) = form.action.strip_prefix("turn:") {
            let kind = kinds::find(&bank.rules.profile, code)?;
            return turned(db, bank, visitor, &form, kind, checked.err().as_deref());
        }
        let order = match checked {
            Ok(order) => order,
            Err(errors) => {
                let page = draw(db, bank, visitor, View { form, errors, offer, ..View::default() })?;
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
            }
        };
        if form.action != "save" && form.action != "save-new" {
            let order = Some(order);
            return draw(db, bank, visitor, View { form, order, offer, ..View::default() });
        }
        match save(db, bank, visitor, &form, order.clone())? {
            Ok(saved) => leave(db, visitor, &form, &order, &saved),
            Err(problem) => {
                let (order, problem) = (Some(order), Some(problem));
                let page = draw(db, bank, visitor, View { form, order, problem, offer, ..View::default() })?;
                Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
            }
        }
    })
    .await
}

/// The form as another type, with everything typed kept that it has a place for, and the reason still in sight. A
/// package holds orders of one type, so the order goes into another one.
fn turned(
    db: &Connection,
    bank: &Bank,
    visitor: &Visitor,
    form: &OrderForm,
    kind: OrderType,
    errors: Option<&[FieldError]>,
) -> Page {
    let why = other_type(form.kind(), errors.unwrap_or_default());
    let problem = why.map(|(error, _)| visitor.texts.explain(error));
    let mut turned = form.with_draft(form.draft.clone().turned_into(kind));
    turned.leave_package();
    draw(db, bank, visitor, View { form: turned, problem, ..View::default() })
}

/// The form with the partner or template whose button was pressed.
fn chosen(db: &Connection, bank: &Bank, visitor: &Visitor, form: &OrderForm) -> Page<Option<OrderForm>> {
    if let Some(id) = form.action.strip_prefix("template:") {
        let template = templates::find(db, visitor, id)?;
        kinds::find(&bank.rules.profile, template.order_type.code())?;
        let mut filled = form.with_draft(template.start());
        if filled.kind() != form.kind() {
            filled.leave_package();
        }
        filled.q.clear();
        return Ok(Some(filled));
    }
    let Some((id, number)) = form.action.strip_prefix("partner:").and_then(|rest| rest.split_once(':'))
    else {
        return Ok(None);
    };
    let partner: Partner = store::get(db, &visitor.access.customer.id, id)?.ok_or(ProblemCode::NotFound)?;
    let mut filled = form.with_draft(form.draft.clone().for_partner(&partner, number.parse().unwrap_or(0)));
    filled.q.clear();
    Ok(Some(filled))
}

/// Where an order went.
struct Saved {
    package: PackageId,
    dropped: usize,
}

/// Puts the order into its package; in words why not, when the bank's rules are against it.
fn save(
    db: &Connection,
    bank: &Bank,
    visitor: &Visitor,
    form: &OrderForm,
    order: Order,
) -> Page<Result<Saved, String>> {
    let asking = Asking::new(bank, visitor);
    let saved = if form.package.is_empty() {
        let name = match name_of(visitor.texts, form, &order) {
            Ok(name) => name,
            Err(problem) => return Ok(Err(visitor.texts.explain(&problem))),
        };
        packages::create(db, &asking.context(), &asking.asker(), vec![order], name, None)
            .map(|package| Saved { package, dropped: 0 })
    } else {
        let package = form.package.parse().map_err(|_| ProblemCode::NotFound)?;
        packages::put_order(db, &asking.context(), &asking.asker(), package, order)
            .map(|dropped| Saved { package, dropped })
    };
    match saved {
        Ok(saved) => Ok(Ok(saved)),
        Err(Refusal::Problem(problem)) => Ok(Err(in_words(visitor.texts, &problem))),
        Err(Refusal::Failure(error)) => Err(error.into()),
    }
}

/// The name as typed; without one the payee's, as much of it as fits.
fn name_of(texts: &Texts, form: &OrderForm, order: &Order) -> Result<PackageName, domain::text::TextError> {
    if !form.name.trim().is_empty() {
        return form.name.parse();
    }
    let label = faces::title(texts, order);
    let fitting: String = label.chars().take(PackageName::MAX).collect();
    fitting.parse()
}

fn leave(db: &Connection, visitor: &Visitor, form: &OrderForm, order: &Order, saved: &Saved) -> Page {
    let texts = visitor.texts;
    let label = faces::title(texts, order);
    let text = match saved.dropped {
        0 => texts.with("web-order-saved", &[("payee", &label)]),
        n => texts.with("web-order-saved-dropped", &[("payee", &label), ("count", &n.to_string())]),
    };
    let (again, package) = (kinds::path(order.order_type()), saved.package);
    let path = match form.action.as_str() {
        "save" => format!("{}/{package}", Place::Packages.path()),
        // An instant order may have to travel alone, so the next one begins a package of its own.
        _ if order.transfer().is_some_and(|transfer| transfer.timing == Timing::Instant) => again,
        _ => format!("{again}?package={package}"),
    };
    told(db, visitor, &path, true, text)
}
