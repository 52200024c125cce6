//! Style sheet, icon and scripts: all the browser ever loads besides pages.

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// Address, type and content of each.
pub(crate) const ASSETS: &[(&str, &str, &str)] = &[
    ("/web.css", "text/css; charset=utf-8", include_str!("web.css")),
    ("/icon.svg", "image/svg+xml", include_str!("icon.svg")),
    ("/script/app.js", JAVASCRIPT, include_str!("script/app.js")),
    ("/script/approve.js", JAVASCRIPT, include_str!("script/approve.js")),
    ("/script/attributes.js", JAVASCRIPT, include_str!("script/attributes.js")),
    ("/script/bank.js", JAVASCRIPT, include_str!("script/bank.js")),
    ("/script/bytes.js", JAVASCRIPT, include_str!("script/bytes.js")),
    ("/script/card.js", JAVASCRIPT, include_str!("script/card.js")),
    ("/script/check.js", JAVASCRIPT, include_str!("script/check.js")),
    ("/script/document.js", JAVASCRIPT, include_str!("script/document.js")),
    ("/script/live.js", JAVASCRIPT, include_str!("script/live.js")),
    ("/script/login.js", JAVASCRIPT, include_str!("script/login.js")),
    ("/script/register.js", JAVASCRIPT, include_str!("script/register.js")),
];

pub(crate) fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let mut router = Router::new();
    for &(path, kind, content) in ASSETS {
        router = router.route(path, get(move || async move { answer(kind, content) }));
    }
    router
}

fn answer(kind: &'static str, content: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind)], content).into_response()
}
