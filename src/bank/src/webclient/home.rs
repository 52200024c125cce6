//! The first page after login.

use axum::response::Response;
use maud::html;

use super::format;
use super::shell::Place;
use super::visitor::Visitor;

/// Who is logged in, for whom, and since when.
pub async fn show(visitor: Visitor) -> Response {
    let texts = visitor.texts;
    let body = html! {
        p { (format::last_login(texts, visitor.session.previous_login)) }
    };
    visitor.page(Place::Overview, &texts.text("web-nav-overview"), body)
}
