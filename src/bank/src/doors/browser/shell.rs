//! The frame of every page: head, skip link, top bar, navigation, the sentence on top, footer.
//!
//! The template library escapes every value; no page has a script or a style of its own, only `/script/*.js` and
//! `/web.css`.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use domain::Customer;
use maud::{DOCTYPE, Markup, html};

use super::problem::WebProblem;
use super::sessions::{Notice, Session};
use crate::doors::http::texts::Texts;

/// Where the navigation leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Áttekintés.
    Overview,
    /// Számlatörténet and the search over all accounts.
    History,
    /// Hitelesítési tábla.
    Authority,
    /// Megbízások kezelése → Előkészített csomagok.
    Packages,
    /// Megbízások kezelése → Új megbízás.
    NewOrder,
    /// Megbízások kezelése → Elküldött megbízások.
    Sent,
    /// Partnertörzs kezelése.
    Partners,
    /// Üzenetek.
    Messages,
    /// Virtuális chipkártya.
    Card,
    /// Jóváhagyás: the pages that only show and sign.
    Approve,
}

impl Place {
    pub fn path(self) -> &'static str {
        match self {
            Self::Overview => "/",
            Self::History => "/history",
            Self::Authority => "/authority",
            Self::Packages => "/packages",
            Self::NewOrder => "/orders/new",
            Self::Sent => "/sent",
            Self::Partners => "/partners",
            Self::Messages => "/messages",
            Self::Card => "/card",
            Self::Approve => "/approve",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Overview => "web-nav-overview",
            Self::History => "web-nav-history",
            Self::Authority => "web-nav-authority",
            Self::Packages => "web-nav-packages",
            Self::NewOrder => "web-nav-new-order",
            Self::Sent => "web-nav-sent",
            Self::Partners => "web-nav-partners",
            Self::Messages => "web-nav-messages",
            Self::Card => "web-nav-card",
            Self::Approve => "web-nav-approve",
        }
    }
}

/// The navigation: headings with the places below them.
const MENU: [(&str, &[Place]); 3] = [
    ("web-nav-accounts", &[Place::Overview, Place::History]),
    ("web-nav-orders", &[Place::Packages, Place::NewOrder, Place::Sent]),
    ("web-nav-data", &[Place::Partners, Place::Messages, Place::Authority, Place::Card]),
];

/// What the frame of a page shows.
#[derive(Clone, Copy)]
pub struct Shell<'a> {
    texts: &'a Texts,
    session: Option<&'a Session>,
    customer: Option<&'a Customer>,
    has_choice: bool,
    place: Option<Place>,
    narrow: bool,
    form_token: Option<&'a str>,
}

impl<'a> Shell<'a> {
    /// A bare frame: nobody is logged in.
    pub fn new(texts: &'a Texts) -> Self {
        Self {
            texts,
            session: None,
            customer: None,
            has_choice: false,
            place: None,
            narrow: false,
            form_token: None,
        }
    }

    pub fn of_user(self, session: &'a Session) -> Self {
        Self { session: Some(session), form_token: Some(&session.form_token), ..self }
    }

    /// With the chosen customer, and navigation.
    pub fn for_customer(self, customer: &'a Customer, has_choice: bool) -> Self {
        Self { customer: Some(customer), has_choice, ..self }
    }

    /// At a place of the navigation.
    pub fn at(self, place: Place) -> Self {
        Self { place: Some(place), ..self }
    }

    /// As one narrow column without the navigation: the pages that only show and approve.
    pub fn narrow(self) -> Self {
        Self { narrow: true, ..self }
    }

    /// With the token for the forms of a page before login.
    pub fn with_form_token(self, token: &'a str) -> Self {
        Self { form_token: Some(token), ..self }
    }
}

/// The form token as a hidden field.
pub(crate) fn csrf_field(token: &str) -> Markup {
    html! { input type="hidden" name="csrf" value=(token); }
}

/// A sentence in a box: what happened, or what went wrong.
pub(crate) fn notice(good: bool, text: &str) -> Markup {
    html! {
        @if good {
            p.notice.good role="status" { (text) }
        } @else {
            p.notice.bad role="alert" { (text) }
        }
    }
}

/// A page that says why nothing was done.
pub(crate) fn problem_page(problem: &WebProblem, texts: &Texts) -> Response {
    let title = texts.text("web-problem-title");
    let body = html! {
        section.panel.slim {
            (notice(false, &problem.text(texts)))
            p { a href="/" { (texts.text("web-problem-back")) } }
        }
    };
    (problem.status, page(&Shell::new(texts), &title, body)).into_response()
}

pub(crate) fn page(shell: &Shell<'_>, title: &str, body: Markup) -> Response {
    (StatusCode::OK, Html(markup(shell, title, body).into_string())).into_response()
}

fn markup(shell: &Shell<'_>, title: &str, body: Markup) -> Markup {
    let texts = shell.texts;
    let class = if shell.narrow {
        "narrow"
    } else if shell.customer.is_some() {
        "wide"
    } else {
        "bare"
    };
    html! {
        (DOCTYPE)
        html lang=(texts.language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                @if let Some(token) = shell.form_token { meta name="csrf" content=(token); }
                title { (title) " – " (texts.text("web-title")) }
                link rel="stylesheet" href="/web.css";
                link rel="icon" href="/icon.svg" type="image/svg+xml";
                script type="module" src="/script/app.js" {}
            }
            body class=(class) {
                a.skip href="#content" { (texts.text("web-skip")) }
                (top_bar(shell))
                @if shell.customer.is_some() && !shell.narrow { (navigation(shell)) }
                main id="content" tabindex="-1" {
                    @if let Some(Notice { good, text }) = shell.session.and_then(|s| s.notice.as_ref()) {
                        (notice(*good, text))
                    }
                    @if shell.customer.is_some() {
                        p.notice.care role="alert" data-session-over hidden { (texts.text("web-session-over")) }
                    }
                    h1 { (title) }
                    (body)
                }
            }
        }
    }
}

fn top_bar(shell: &Shell<'_>) -> Markup {
    let texts = shell.texts;
    let other = texts.other();
    html! {
        header.top {
            a.brand href="/" { (texts.text("web-title")) }
            @if let Some(customer) = shell.customer {
                @if shell.has_choice {
                    a.customer href="/customers" title=(texts.text("web-customer-change")) { (customer.name) }
                } @else {
                    span.customer { (customer.name) }
                }
                @if shell.narrow {
                    a href="/" { (texts.text("web-nav-full")) }
                } @else {
                    a.only-narrow href=(Place::Approve.path()) { (texts.text("web-nav-approve")) }
                }
            }
            span.space {}
            a href={ "/language/" (other) } lang=(other) hreflang=(other) { (texts.text("web-other-language")) }
            @if let Some(session) = shell.session {
                span.user { (session.user_name) }
                form method="post" action="/logout" {
                    (csrf_field(&session.form_token))
                    button.quiet type="submit" { (texts.text("web-nav-exit")) }
                }
            }
        }
    }
}

fn navigation(shell: &Shell<'_>) -> Markup {
    let texts = shell.texts;
    html! {
        nav.menu aria-label=(texts.text("web-nav-label")) {
            @for (heading, places) in MENU {
                div.group {
                    span.heading id=(heading) { (texts.text(heading)) }
                    ul aria-labelledby=(heading) {
                        @for &place in places {
                            li {
                                @if shell.place == Some(place) {
                                    a href=(place.path()) aria-current="page" { (texts.text(place.key())) }
                                } @else {
                                    a href=(place.path()) { (texts.text(place.key())) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
