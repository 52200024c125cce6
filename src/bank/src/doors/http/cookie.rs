//! Cookies of the pages: read from a call, set until the browser ends or for longer.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

/// Only over TLS, for every path of this host, out of reach for scripts and for other sites.
const RULES: &str = "Path=/; Secure; HttpOnly; SameSite=Strict";

pub(crate) fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// Sets a cookie until the browser ends; an empty value takes it away. Names and values are ours: letters, digits and
/// dashes.
pub(crate) fn set(mut response: Response, name: &str, value: &str) -> Response {
    let ends = if value.is_empty() { "; Max-Age=0" } else { "" };
    append(&mut response, &format!("{name}={value}; {RULES}{ends}"));
    response
}

/// Sets a cookie for so many days, whether the browser ends or not.
pub(crate) fn keep(mut response: Response, name: &str, value: &str, days: u32) -> Response {
    append(&mut response, &format!("{name}={value}; {RULES}; Max-Age={}", u64::from(days) * 86_400));
    response
}

fn append(response: &mut Response, line: &str) {
    if let Ok(line) = HeaderValue::from_str(line) {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;

    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("__Host-web-form=a; __Host-web=b"));
        headers.append(header::COOKIE, HeaderValue::from_static("other=c"));
        assert_eq!(read(&headers, "__Host-web"), Some("b"));
        assert_eq!(read(&headers, "__Host-web-form"), Some("a"));
        assert_eq!(read(&headers, "other"), Some("c"));
        assert_eq!(read(&headers, "__Host"), None);
    }

    #[test]
    fn an_empty_value_takes_the_cookie_away() {
        let line = |value| {
            let response = set(().into_response(), "name", value);
            response.headers()[header::SET_COOKIE].to_str().unwrap().to_owned()
        };
        assert_eq!(line("abc"), format!("name=abc; {RULES}"));
        let kept = keep(().into_response(), "name", "abc", 2);
        assert_eq!(kept.headers()[header::SET_COOKIE], format!("name=abc; {RULES}; Max-Age=172800"));
        assert_eq!(line(""), format!("name=; {RULES}; Max-Age=0"));
    }
}
