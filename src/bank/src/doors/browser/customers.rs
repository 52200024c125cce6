//! The choice of the customer, for users who have more than one.

use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::CustomerId;
use maud::html;
use protocol::ProblemCode;
use serde::Deserialize;

use super::problem::WebProblem;
use super::visitor::LoggedIn;
use super::{format, guard, rights, shell};
use crate::bank::{Bank, blocking};

#[derive(Deserialize)]
pub(super) struct Choice {
    customer: CustomerId,
}

/// The customers, and when the user last logged in.
pub(super) async fn show(State(bank): State<Arc<Bank>>, visitor: LoggedIn) -> Response {
    let user = visitor.session.user.clone();
    let found = blocking(&bank, move |bank| bank.read(|db| rights::customers_for_web(db, &user))).await;
    let texts = visitor.texts;
    let customers = match found {
        Ok(customers) => customers,
        Err(error) => return guard::refuse(&error.into(), texts, visitor.by_script),
    };
    let body = html! {
        section.panel.slim {
            p { (format::last_login(texts, visitor.session.previous_login)) }
            @if customers.is_empty() { (shell::notice(false, &texts.text("web-not-enabled"))) }
            form method="post" action="/customers" {
                (shell::csrf_field(&visitor.session.form_token))
                ul.choice {
                    @for access in &customers {
                        li {
                            button type="submit" name="customer" value=(access.customer.id) {
                                strong { (access.customer.name) }
                                span.hint { (access.customer.id) }
                            }
                        }
                    }
                }
            }
        }
    };
    shell::page(&visitor.shell(), &texts.text("web-customers-title"), body)
}

pub(super) async fn choose(
    State(bank): State<Arc<Bank>>,
    visitor: LoggedIn,
    Form(choice): Form<Choice>,
) -> Response {
    let session = visitor.session;
    let chosen = blocking(&bank, move |bank| {
        bank.write(|db| -> Result<(), WebProblem> {
            let customers = rights::customers_for_web(db, &session.user)?;
            if !customers.iter().any(|access| access.customer.id == choice.customer) {
                return Err(ProblemCode::NotPermitted.into());
            }
            Ok(session.choose(db, &choice.customer)?)
        })
    });
    match chosen.await {
        Ok(()) => Redirect::to("/").into_response(),
        Err(problem) => guard::refuse(&problem, visitor.texts, visitor.by_script),
    }
}
