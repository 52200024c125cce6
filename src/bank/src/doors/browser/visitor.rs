//! Who stands before a page: a logged-in user ([`LoggedIn`]), or one who also chose a customer ([`Visitor`]).
//!
//! A handler that takes one of them runs for nobody else; others are sent to the login or to the choice.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use domain::UserId;
use maud::Markup;
use protocol::{Channel, CustomerAccess, ProblemCode};

use super::guard::{self, Call};
use super::problem::WebProblem;
use super::sessions::{Notice, Session};
use super::shell::{self, Place, Shell};
use super::{rights, texts};
use crate::bank::{Bank, blocking, blocking_in};
use crate::doors::http::texts::Texts;
use crate::ground::lanes::Lane;
use crate::orders::shared_area::Asker;

/// A call before login: language and form token.
#[derive(Clone)]
pub(crate) struct Anybody(pub Call);

/// A logged-in user, with or without a customer.
#[derive(Clone)]
pub(crate) struct LoggedIn {
    pub session: Session,
    pub texts: &'static Texts,
    /// A script asks, not a page.
    pub by_script: bool,
}

/// A logged-in user who acts for a customer.
#[derive(Clone)]
pub struct Visitor {
    pub bank: Arc<Bank>,
    pub session: Session,
    pub texts: &'static Texts,
    /// The customer and its authority table.
    pub access: CustomerAccess,
    /// The user has more customers to choose from.
    pub has_choice: bool,
    by_script: bool,
}

impl<S: Sync> FromRequestParts<S> for Anybody {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        Ok(Self(call(parts)))
    }
}

impl<S: Sync> FromRequestParts<S> for LoggedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let Call { session, texts, by_script, .. } = call(parts);
        let session = session.ok_or_else(|| must_log_in(texts, by_script))?;
        Ok(Self { session, texts, by_script })
    }
}

impl FromRequestParts<Arc<Bank>> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, bank: &Arc<Bank>) -> Result<Self, Response> {
        let LoggedIn { session, texts, by_script } = LoggedIn::from_request_parts(parts, bank).await?;
        let user = session.user.clone();
        let customers = blocking(bank, move |bank| bank.read(|db| rights::customers_for_web(db, &user)))
            .await
            .map_err(|error| guard::refuse(&error.into(), texts, by_script))?;
        let has_choice = customers.len() > 1;
        let chosen = session.customer.clone();
        let access = customers.into_iter().find(|access| chosen.as_ref() == Some(&access.customer.id));
        let access = access.ok_or_else(|| Redirect::to("/customers").into_response())?;
        Ok(Self { bank: Arc::clone(bank), session, texts, access, has_choice, by_script })
    }
}

fn call(parts: &Parts) -> Call {
    parts.extensions.get::<Call>().cloned().unwrap_or_else(|| Call {
        session: None,
        texts: texts::of(None),
        by_script: false,
    })
}

fn must_log_in(texts: &Texts, by_script: bool) -> Response {
    if by_script {
        WebProblem::from(ProblemCode::SessionExpired).json(texts)
    } else {
        Redirect::to("/login").into_response()
    }
}

impl LoggedIn {
    /// The frame of a page that has no customer yet.
    pub(crate) fn shell(&self) -> Shell<'_> {
        Shell::new(self.texts).of_user(&self.session)
    }
}

impl Visitor {
    pub fn user(&self) -> &UserId {
        &self.session.user
    }

    /// Who asks, in the words of the shared area and of the web client's packages.
    pub fn asker(&self, now: DateTime<Utc>) -> Asker<'_> {
        let (access, user) = (&self.access, self.user());
        Asker { access, user, channel: Channel::Web, device: Some(&self.session.device), now }
    }

    /// A page of that place: `title` is shown as it is.
    pub fn page(&self, place: Place, title: &str, body: Markup) -> Response {
        shell::page(&self.shell().at(place), title, body)
    }

    /// The frame of a page; `page` is enough for most.
    pub fn shell(&self) -> Shell<'_> {
        Shell::new(self.texts).of_user(&self.session).for_customer(&self.access.customer, self.has_choice)
    }

    /// The form token as the hidden field that each form needs.
    pub fn csrf(&self) -> Markup {
        shell::csrf_field(&self.session.form_token)
    }

    /// Runs work on the bank's data off the network's threads.
    ///
    /// # Errors
    /// Whatever `work` says.
    pub async fn read<T, E>(
        &self,
        work: impl FnOnce(&Bank, &Self) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<crate::ground::error::BankError> + Send + 'static,
    {
        let visitor = self.clone();
        blocking(&self.bank, move |bank| work(bank, &visitor)).await
    }

    /// As [`read`](Self::read), for work that reads, hashes and verifies what strangers may have made long.
    ///
    /// # Errors
    /// Whatever `work` says.
    pub async fn examine<T, E>(
        &self,
        work: impl FnOnce(&Bank, &Self) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<crate::ground::error::BankError> + Send + 'static,
    {
        let visitor = self.clone();
        blocking_in(&self.bank, Lane::Examine, move |bank| work(bank, &visitor)).await
    }

    /// The refusal as a page or, where a script asked, as JSON.
    pub fn refuse(&self, problem: impl Into<WebProblem>) -> Response {
        guard::refuse(&problem.into(), self.texts, self.by_script)
    }

    /// Sends the browser to `path`, whose page begins with this sentence.
    pub async fn tell(&self, path: &str, good: bool, text: String) -> Response {
        let (session, notice) = (self.session.clone(), Notice { good, text });
        let told = blocking(&self.bank, move |bank| bank.write(|db| session.set_notice(db, &notice)));
        match told.await {
            Ok(()) if self.by_script => axum::Json(serde_json::json!({ "location": path })).into_response(),
            Ok(()) => Redirect::to(path).into_response(),
            Err(error) => self.refuse(error),
        }
    }
}
