//! The web client's texts: `locales/{hu,en}/web.ftl` and `web-pages.ftl`, and those of errors, formats and states,
//! which it shares with the installed client.

use std::sync::LazyLock;

use domain::format::Language;

use crate::doors::http::texts::Texts;

static HUNGARIAN: LazyLock<Texts> = LazyLock::new(|| {
    Texts::new(
        Language::Hu,
        &[
            include_str!("../../../../../locales/hu/errors.ftl"),
            include_str!("../../../../../locales/hu/states.ftl"),
            include_str!("../../../../../locales/hu/formats.ftl"),
            include_str!("../../../../../locales/hu/web.ftl"),
            include_str!("../../../../../locales/hu/web-pages.ftl"),
        ],
    )
});
static ENGLISH: LazyLock<Texts> = LazyLock::new(|| {
    Texts::new(
        Language::En,
        &[
            include_str!("../../../../../locales/en/errors.ftl"),
            include_str!("../../../../../locales/en/states.ftl"),
            include_str!("../../../../../locales/en/formats.ftl"),
            include_str!("../../../../../locales/en/web.ftl"),
            include_str!("../../../../../locales/en/web-pages.ftl"),
        ],
    )
});

/// The texts of that two-letter code; Hungarian for anything but `en`.
pub(crate) fn of(language: Option<&str>) -> &'static Texts {
    if language == Some("en") { &ENGLISH } else { &HUNGARIAN }
}
