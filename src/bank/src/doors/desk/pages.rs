//! The desk's pages. The template library escapes every value; no page has a script or a style of its own.

use domain::unblock::UnblockProblem;
use domain::{Customer, User, format};
use maud::{DOCTYPE, Markup, html};

use super::codes::{CODES_A_DAY, NoCode, Told};
use super::log::Entry;
use super::visits::Visit;
use crate::doors::http::texts::Texts;
use crate::ground::time::local;
use crate::people::cards::{Card, CardKind};

/// The office's pages in the navigation.
const OFFICE: [(&str, &str); 4] = [
    ("/customers", "desk-nav-customers"),
    ("/messages", "desk-nav-messages"),
    ("/notices", "desk-nav-notices"),
    ("/operations", "desk-nav-operations"),
];

/// Columns of the log: the end of the key of their heading, and whether they hold numbers and not words.
const LOG_COLUMNS: [(&str, bool); 7] = [
    ("at", true),
    ("operator", false),
    ("event", false),
    ("user", true),
    ("csn", true),
    ("random", true),
    ("detail", false),
];

/// What stands above a page's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Note<'a> {
    None,
    /// Good news, by the key of its text.
    Good(&'a str),
    /// Bad news, by the key of its text.
    Bad(&'a str),
}

/// Who is on the telephone, with everything that the operator sees of them.
pub(super) struct Caller {
    pub user: User,
    /// The customers for whom the user acts.
    pub customers: Vec<Customer>,
    pub cards: Vec<Card>,
}

pub(super) fn login(texts: &Texts, form_token: &str, note: Note<'_>) -> Markup {
    let content = html! {
        section.narrow {
            h1 { (texts.text("desk-login-title")) }
            (note_box(texts, note))
            form method="post" action="/login" {
                (hidden("csrf", form_token))
                (field(texts, "desk-login-name", "operator", "text", "username"))
                (field(texts, "desk-login-password", "password", "password", "current-password"))
                button.primary type="submit" { (texts.text("desk-login-submit")) }
            }
        }
    };
    page(texts, "desk-login-title", None, content)
}

/// Page 1: who is calling?
pub(super) fn identify(texts: &Texts, visit: &Visit, note: Note<'_>) -> Markup {
    let content = html! {
        section.narrow {
            h1 { (texts.text("desk-identify-title")) }
            (note_box(texts, note))
            p.hint { (texts.text("desk-identify-help")) }
            form method="post" action="/identify" {
                (hidden("csrf", &visit.form_token))
                (field(texts, "desk-identify-user", "user", "text", "off"))
                (field(texts, "desk-identify-epin", "epin", "password", "off"))
                button.primary type="submit" { (texts.text("desk-identify-submit")) }
            }
        }
    };
    page(texts, "desk-identify-title", Some(visit), content)
}

/// Page 2: the caller, their cards, and the question; with a Code when there is one.
pub(super) fn caller(
    texts: &Texts,
    visit: &Visit,
    caller: &Caller,
    note: Note<'_>,
    answer: Option<&Result<Told, NoCode>>,
) -> Markup {
    let content = html! {
        header.row {
            div {
                h1 { (texts.with("desk-caller-title", &[("name", &caller.user.name)])) }
                p.hint { (texts.with("desk-caller-id", &[("user", caller.user.id.as_str())])) }
                p.hint {
                    (texts.text("desk-caller-customers")) ": "
                    @for (n, customer) in caller.customers.iter().enumerate() {
                        @if n > 0 { ", " }
                        (customer.name) " (" (customer.id) ")"
                    }
                }
            }
            p { a href={ "/users/" (caller.user.id) } { (texts.text("desk-caller-file")) } }
            form method="post" action="/leave" {
                (hidden("csrf", &visit.form_token))
                button type="submit" { (texts.text("desk-caller-leave")) }
            }
        }
        (note_box(texts, note))
        section {
            h2 { (texts.text("desk-caller-cards")) }
            (cards(texts, &caller.cards))
        }
        @match answer {
            Some(Ok(told)) => (code(texts, visit, told)),
            Some(Err(why)) => { (refusal(texts, why)) (question(texts, visit)) }
            None => (question(texts, visit)),
        }
    };
    page(texts, "desk-nav-caller", Some(visit), content)
}

/// What a line of the log shows, column by column: the same that it is found by.
pub(super) fn log_line(texts: &Texts, entry: &Entry) -> [String; LOG_COLUMNS.len()] {
    let operator = match entry.operator.as_str() {
        "" => texts.text("desk-log-nobody"),
        name => name.to_owned(),
    };
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        format::exact_moment(texts.language, local(entry.at)),
        operator,
        texts.text(&format!("desk-event-{}", entry.event)),
        or_empty(&entry.user),
        or_empty(&entry.csn),
        or_empty(&entry.random),
        or_empty(&entry.detail),
    ]
}

/// Page 3: the log, or those of its lines that hold all words of `q`.
pub(super) fn log(texts: &Texts, visit: &Visit, q: &str, entries: &[Entry], older: Option<i64>) -> Markup {
    let content = html! {
        section {
            h1 { (texts.text("desk-log-title")) }
            p.hint { (texts.text("desk-log-help")) }
            form.row method="get" action="/log" role="search" {
                label for="q" { (texts.text("desk-log-search")) }
                input id="q" name="q" type="search" value=(q) autocomplete="off" spellcheck="false";
                button type="submit" { (texts.text("desk-log-submit")) }
            }
            @if entries.is_empty() {
                p role="status" { (texts.text(if q.trim().is_empty() { "desk-log-empty" } else { "desk-log-none" })) }
            } @else {
                div.scroll tabindex="0" role="region" aria-label=(texts.text("desk-log-title")) {
                    table {
                        thead { tr {
                            @for (key, _) in LOG_COLUMNS { th scope="col" { (texts.text(&format!("desk-log-{key}"))) } }
                        } }
                        tbody {
                            @for entry in entries { tr {
                                @for (text, (_, is_code)) in log_line(texts, entry).iter().zip(LOG_COLUMNS) {
                                    td.code[is_code] { (text) }
                                }
                            } }
                        }
                    }
                }
            }
            @if let Some(before) = older {
                form method="get" action="/log" {
                    (hidden("before", &before.to_string()))
                    (hidden("q", q))
                    button type="submit" { (texts.text("desk-log-older")) }
                }
            }
        }
    };
    page(texts, "desk-log-title", Some(visit), content)
}

/// A page that only says something.
pub(super) fn message(texts: &Texts, note: Note<'_>) -> Markup {
    let content = html! {
        section.narrow {
            (note_box(texts, note))
            p { a href="/" { (texts.text("desk-nav-identify")) } }
        }
    };
    page(texts, "desk-title", None, content)
}

fn cards(texts: &Texts, cards: &[Card]) -> Markup {
    html! {
        @if cards.is_empty() { p { (texts.text("desk-caller-no-cards")) } } @else {
            table {
                thead { tr {
                    @for key in ["csn", "kind", "issued", "state"] {
                        th { (texts.text(&format!("desk-card-{key}"))) }
                    }
                } }
                tbody {
                    @for card in cards { tr {
                        td.code { (domain::unblock::grouped(&card.csn)) }
                        td { (texts.text(&format!("desk-kind-{}", card.kind.name()))) }
                        td { (format::date(texts.language, local(card.issued).date())) }
                        td {
                            @if card.withdrawn {
                                span.pill.bad { (texts.text("desk-card-withdrawn")) }
                            } @else if card.suspended {
                                span.pill.bad { (texts.text("desk-device-suspended")) }
                            } @else {
                                span.pill.good { (texts.text("desk-card-in-use")) }
                            }
                        }
                    } }
                }
            }
        }
    }
}

fn question(texts: &Texts, visit: &Visit) -> Markup {
    html! {
        section {
            h2 { (texts.text("desk-code-title")) }
            p.hint { (texts.text("desk-code-help")) }
            form method="post" action="/code" {
                (hidden("csrf", &visit.form_token))
                (field(texts, "desk-code-csn", "csn", "text", "off"))
                (field(texts, "desk-code-random", "random", "text", "off"))
                button.primary type="submit" { (texts.text("desk-code-submit")) }
            }
        }
    }
}

fn code(texts: &Texts, visit: &Visit, told: &Told) -> Markup {
    let (csn, number) = (&told.card.csn, told.card.next_puk.to_string());
    let (results, help): (&[&str], &str) = match told.card.kind {
        CardKind::Piv => (&["done", "puk-kept", "refused"], "desk-result-help-piv"),
        CardKind::Gids => (&["done", "refused"], "desk-result-help-gids"),
    };
    html! {
        section {
            h2 { (texts.text("desk-code-told")) }
            p.told id="code" { (*told.spoken) }
            p.hint { (texts.with("desk-code-for", &[
                ("csn", &domain::unblock::grouped(csn)),
                ("random", &domain::unblock::grouped(&told.random)),
            ])) }
            p.hint { (texts.text("desk-code-told-help")) }
        }
        section {
            h2 { (texts.text("desk-code-result")) }
            form.row method="post" action="/result" {
                (hidden("csrf", &visit.form_token))
                (hidden("csn", csn))
                (hidden("number", &number))
                @for result in results {
                    button type="submit" name="result" value=(result) {
                        (texts.text(&format!("desk-result-{result}")))
                    }
                }
            }
            p.hint { (texts.text(help)) }
        }
    }
}

fn refusal(texts: &Texts, why: &NoCode) -> Markup {
    let slip = |key: &str, slip: &UnblockProblem| texts.with(key, &[("what", &slip_text(texts, slip))]);
    let text = match why {
        NoCode::Csn(problem) => slip("desk-slip-csn", problem),
        NoCode::Random(problem) => slip("desk-slip-random", problem),
        NoCode::Foreign => texts.text("desk-no-code-foreign"),
        NoCode::Withdrawn => texts.text("desk-no-code-withdrawn"),
        NoCode::TooMany => texts.with("desk-no-code-too-many", &[("limit", &CODES_A_DAY.to_string())]),
    };
    html! { p.note.bad role="alert" { (text) } }
}

fn slip_text(texts: &Texts, slip: &UnblockProblem) -> String {
    match slip {
        UnblockProblem::TooShort { missing } => {
            texts.with("desk-slip-too-short", &[("missing", &missing.to_string())])
        }
        UnblockProblem::TooLong => texts.text("desk-slip-too-long"),
        UnblockProblem::Character => texts.text("desk-slip-character"),
        UnblockProblem::Check | UnblockProblem::Unsupported => texts.text("desk-slip-check"),
    }
}

/// What stands above the content.
pub(super) fn note_box(texts: &Texts, note: Note<'_>) -> Markup {
    html! {
        @match note {
            Note::None => {}
            Note::Good(key) => p.note.good role="status" { (texts.text(key)) },
            Note::Bad(key) => p.note.bad role="alert" { (texts.text(key)) },
        }
    }
}

/// A field that nobody sees.
pub(super) fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

fn field(texts: &Texts, label: &str, name: &str, kind: &str, autocomplete: &str) -> Markup {
    html! {
        label for=(name) { (texts.text(label)) }
        input id=(name) name=(name) type=(kind) autocomplete=(autocomplete) spellcheck="false" required;
    }
}

/// A place in the navigation, marked on its own pages: their titles have its name, or are called after it.
fn place(texts: &Texts, title: &str, path: &str, key: &str) -> Markup {
    let name = key.trim_start_matches("desk-nav-");
    let is_here = title == key || title.strip_prefix("desk-") == Some(format!("{name}-title").as_str());
    html! { a href=(path) aria-current=[is_here.then_some("page")] { (texts.text(key)) } }
}

/// A whole page around its content.
pub(super) fn page(texts: &Texts, title: &str, visit: Option<&Visit>, content: Markup) -> Markup {
    let other = texts.other();
    html! {
        (DOCTYPE)
        html lang=(texts.language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (texts.text(title)) " – " (texts.text("desk-title")) }
                link rel="stylesheet" href="/desk.css";
            }
            body {
                nav {
                    strong { (texts.text("desk-title")) }
                    @if let Some(visit) = visit {
                        (place(texts, title, "/", "desk-nav-identify"))
                        @if visit.caller.is_some() { (place(texts, title, "/caller", "desk-nav-caller")) }
                        @for (path, key) in OFFICE { (place(texts, title, path, key)) }
                        (place(texts, title, "/log", "desk-nav-log"))
                    }
                    span.space {}
                    a href={ "/language/" (other) } lang=(other) { (texts.text("desk-other-language")) }
                    @if let Some(visit) = visit {
                        span { (visit.operator) }
                        form method="post" action="/logout" {
                            (hidden("csrf", &visit.form_token))
                            button type="submit" { (texts.text("desk-log-out")) }
                        }
                    }
                }
                main { (content) }
            }
        }
    }
}
