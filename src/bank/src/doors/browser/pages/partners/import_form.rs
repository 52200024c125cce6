//! The form that takes a PARTNERS.DAT.

use maud::{Markup, html};

use crate::doors::browser::visitor::Visitor;
use crate::doors::http::texts::Texts;

/// Name of the form's field with the file.
pub(super) const FILE: &str = "file";

/// The form behind the import icon. Browsers open it and keep it closed by themselves.
pub(super) fn form(texts: &Texts, visitor: &Visitor) -> Markup {
    html! {
        details.import {
            summary.button title=(texts.text("web-import-title")) {
                (icon()) span { (texts.text("web-import-title")) }
            }
            form.panel method="post" action="/partners/import" enctype="multipart/form-data" {
                (visitor.csrf())
                label for=(FILE) { (texts.text("web-import-file")) }
                input id=(FILE) name=(FILE) type="file" required accept=".DAT,.dat" aria-describedby="file-hint";
                p.hint id="file-hint" { (texts.text("web-import-hint")) }
                button.primary type="submit" { (texts.text("web-ok")) }
            }
        }
    }
}

fn icon() -> Markup {
    html! {
        svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5"
            stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" {
            path d="M8 2v8M5 7l3 3 3-3M2 11v3h12v-3" {}
        }
    }
}
