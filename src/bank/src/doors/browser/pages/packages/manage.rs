//! What a clerk does with a prepared package besides signing: another name, another day, the shared area, deleting.

use chrono::{Days, NaiveDate};
use maud::{Markup, html};
use protocol::shared::MAX_SHARED_DAYS;

use crate::bank::Bank;
use crate::doors::browser::packages::WebPackage;
use crate::doors::browser::pages::parts::TextField;
use crate::doors::browser::shell::Place;
use crate::doors::browser::visitor::Visitor;
use crate::ground::time::local;

/// The panel below the package.
pub(super) fn panel(visitor: &Visitor, package: &WebPackage, bank: &Bank) -> Markup {
    let texts = visitor.texts;
    let path = |what: &str| format!("{}/{}/{what}", Place::Packages.path(), package.package);
    let today = local(bank.clock.now()).date();
    let last = today.checked_add_days(Days::new(MAX_SHARED_DAYS.into())).unwrap_or(today);
    html! {
        section.panel.manage {
            h2 { (texts.text("web-package-manage")) }
            @if !package.signatures.is_empty() {
                p.notice.care {
                    (texts.with("web-package-edit-drops", &[("count", &package.signatures.len().to_string())]))
                }
            }
            div.columns {
                form method="post" action=(path("rename")) {
                    (visitor.csrf())
                    (TextField::new("name", texts.text("web-package-new-name"), &package.about.name).required().show())
                    button type="submit" { (texts.text("web-package-rename")) }
                }
                form method="post" action=(path("schedule")) {
                    (visitor.csrf())
                    (date("day", texts.text("web-package-scheduled"), package.about.scheduled)
                        .hint(texts.text("web-package-scheduled-hint")).show())
                    button type="submit" { (texts.text("web-package-schedule")) }
                }
                form method="post" action=(path("share")) {
                    (visitor.csrf())
                    (date("until", texts.text("web-shared-until"), Some(last))
                        .hint(texts.text("web-shared-until-hint")).show())
                    button type="submit" { (texts.text("web-shared-do")) }
                }
                details.sure {
                    summary { (texts.text("web-package-delete")) }
                    form method="post" action=(path("delete")) {
                        (visitor.csrf())
                        p { (texts.text("web-package-delete-sure")) }
                        button.danger type="submit" { (texts.text("web-delete")) }
                    }
                }
            }
        }
    }
}

/// A field for a day. Its value lives in the field, so the field borrows nothing.
struct DateField {
    name: &'static str,
    label: String,
    value: String,
    hint: Option<String>,
}

fn date(name: &'static str, label: String, value: Option<NaiveDate>) -> DateField {
    DateField { name, label, value: value.map(|day| day.to_string()).unwrap_or_default(), hint: None }
}

impl DateField {
    fn hint(self, hint: String) -> Self {
        Self { hint: Some(hint), ..self }
    }

    fn show(self) -> Markup {
        let field = TextField::new(self.name, self.label, &self.value).kind("date");
        match self.hint {
            Some(hint) => field.hint(hint).show(),
            None => field.show(),
        }
    }
}
