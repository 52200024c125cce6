//! What many pages are made of: running a page's queries, fields with their errors, pages of long lists.

use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use rusqlite::Connection;

use crate::bank::Bank;
use crate::doors::browser::problem::WebProblem;
use crate::doors::browser::sessions::Notice;
use crate::doors::browser::visitor::Visitor;
use crate::doors::http::texts::Texts;

/// Result of a page's work.
pub(super) type Page<T = Response> = std::result::Result<T, WebProblem>;

/// Runs a page's work off the network's threads, in one transaction; a refusal becomes its own page.
pub(super) async fn run(
    visitor: Visitor,
    work: impl FnOnce(&Connection, &Bank, &Visitor) -> Page + Send + 'static,
) -> Response {
    let done = visitor.read(|bank, visitor| bank.write(|db| work(db, bank, visitor))).await;
    done.unwrap_or_else(|problem| visitor.refuse(problem))
}

/// Runs the queries of a page that changes nothing: it waits for nobody who writes.
pub(super) async fn show(
    visitor: Visitor,
    work: impl FnOnce(&Connection, &Bank, &Visitor) -> Page + Send + 'static,
) -> Response {
    let done = visitor.read(|bank, visitor| bank.read(|db| work(db, bank, visitor))).await;
    done.unwrap_or_else(|problem| visitor.refuse(problem))
}

/// Sends the browser to `path`, whose page begins with this sentence. It is left in the transaction of the work, so
/// what was done and what is told of it are never apart.
pub(super) fn told(db: &Connection, visitor: &Visitor, path: &str, good: bool, text: String) -> Page {
    visitor.session.set_notice(db, &Notice { good, text })?;
    Ok(Redirect::to(path).into_response())
}

/// A line of text to be typed.
pub(super) struct TextField<'a> {
    /// Name in the form, and id.
    pub name: &'a str,
    /// What it is for.
    pub label: String,
    /// What stands in it.
    pub value: &'a str,
    /// What helps to fill it.
    pub hint: Option<String>,
    /// What is wrong with it.
    pub error: Option<String>,
    /// HTML's type: `text`, `date`, `search`.
    pub kind: &'a str,
    pub required: bool,
}

impl<'a> TextField<'a> {
    pub(super) fn new(name: &'a str, label: String, value: &'a str) -> Self {
        Self { name, label, value, hint: None, error: None, kind: "text", required: false }
    }

    /// With a hint below.
    pub(super) fn hint(self, hint: String) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// With an error, if there is one.
    pub(super) fn error(self, error: Option<String>) -> Self {
        Self { error, ..self }
    }

    /// Of another HTML type.
    pub(super) fn kind(self, kind: &'a str) -> Self {
        Self { kind, ..self }
    }

    /// That must be filled.
    pub(super) fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// Label, line, hint and error.
    pub(super) fn show(&self) -> Markup {
        let described = described_by(self.name, self.hint.is_some());
        html! {
            div.field {
                label for=(self.name) { (self.label) }
                input id=(self.name) name=(self.name) type=(self.kind) value=(self.value) autocomplete="off"
                    spellcheck="false" required[self.required]
                    aria-invalid=[self.error.is_some().then_some("true")] aria-describedby=(described);
                (below(self.name, self.hint.as_deref(), self.error.as_deref()))
            }
        }
    }
}

/// The ids of a field's hint and error, for `aria-describedby`.
pub(super) fn described_by(name: &str, hint: bool) -> String {
    if hint { format!("{name}-error {name}-hint") } else { format!("{name}-error") }
}

/// A field's error and hint. The place of the error is always there, for the checks while somebody types.
pub(super) fn below(name: &str, hint: Option<&str>, error: Option<&str>) -> Markup {
    html! {
        p.field-error id={ (name) "-error" } { (error.unwrap_or_default()) }
        @if let Some(hint) = hint { p.hint id={ (name) "-hint" } { (hint) } }
    }
}

pub(super) fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// A box to search in, which keeps the other values of the page's address.
pub(super) fn search_box(texts: &Texts, action: &str, label: &str, value: &str) -> Markup {
    html! {
        form.search role="search" method="get" action=(action) {
            label.unseen for="q" { (label) }
            input id="q" name="q" type="search" value=(value) placeholder=(label) autocomplete="off";
            button type="submit" { (texts.text("web-search")) }
        }
    }
}

/// Links to the pages before and after this one; `path` already holds the other values of the address.
pub(super) fn pager(texts: &Texts, path: &str, page: u32, more: bool) -> Markup {
    let joint = if path.contains('?') { '&' } else { '?' };
    let to = |number: u32| format!("{path}{joint}page={number}");
    html! {
        @if page > 0 || more {
            nav.pager aria-label=(texts.text("web-pages")) {
                @if page > 0 { a href=(to(page - 1)) rel="prev" { (texts.text("web-page-before")) } }
                span { (texts.with("web-page-number", &[("page", &(page + 1).to_string())])) }
                @if more { a href=(to(page + 1)) rel="next" { (texts.text("web-page-after")) } }
            }
        }
    }
}

/// A value of an address, with everything but letters, digits and a few marks escaped.
pub(super) fn in_address(value: &str) -> String {
    use std::fmt::Write;
    value.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_any_text() {
        assert_eq!(in_address("Őr & Fia"), "%C5%90r%20%26%20Fia");
        assert_eq!(in_address("2026-11-23"), "2026-11-23");
    }

    #[test]
    fn an_error_is_tied_to_its_field() {
        let field = TextField::new("amount", "Összeg".to_owned(), "<x>").error(Some("Nem szám.".to_owned()));
        let html = field.show().into_string();
        assert!(
            html.contains(r#"aria-invalid="true""#) && html.contains(r#"aria-describedby="amount-error""#)
        );
        assert!(html.contains(r#"id="amount-error">Nem szám."#), "{html}");
        assert!(html.contains("&lt;x&gt;") && !html.contains("<x>"));
    }
}
