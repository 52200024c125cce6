//! Hitelesítési tábla [K&H web manual]: who may do what for the customer, and how many signatures an amount needs.

use axum::response::Response;
use domain::authority::{AccountRight, SigningRule, WebDevice};
use domain::{AccountNumber, AuthorityTable, Currency, Money};
use maud::{Markup, html};
use protocol::AccountInfo;

use super::accounts;
use super::parts;
use crate::doors::browser::format;
use crate::doors::browser::shell::Place;
use crate::doors::browser::visitor::Visitor;
use crate::doors::http::texts::Texts;

/// The page. Rights on accounts that the visitor may not see stay hidden.
pub(super) async fn show(visitor: Visitor) -> Response {
    parts::show(visitor, |db, bank, visitor| {
        let texts = visitor.texts;
        let visible = accounts::visible(db, bank, visitor)?;
        let table = &visitor.access.authority;
        let body = html! {
            div data-live="authority_changed" {
                div id="authority" data-part {
                    (rights(texts, table, &visible))
                    (rules(texts, table, &visible))
                    (web(texts, table))
                }
            }
            p.hint { (texts.text("web-authority-change")) }
        };
        Ok(visitor.page(Place::Authority, &texts.text("web-nav-authority"), body))
    })
    .await
}

fn name_of(accounts: &[AccountInfo], number: AccountNumber) -> Option<&str> {
    accounts.iter().find(|info| info.account.number == number).map(|info| info.account.name.as_str())
}

fn rights(texts: &Texts, table: &AuthorityTable, accounts: &[AccountInfo]) -> Markup {
    let shown: Vec<(&str, &AccountRight)> = table
        .users
        .iter()
        .flat_map(|user| {
            table
                .rights
                .iter()
                .filter(move |right| right.user == user.id)
                .map(move |right| (user.name.as_str(), right))
        })
        .filter(|(_, right)| name_of(accounts, right.account).is_some())
        .collect();
    html! {
        h2 { (texts.text("web-authority-rights")) }
        div.scroll tabindex="0" role="region" aria-label=(texts.text("web-authority-rights")) {
            table {
                thead { tr {
                    th scope="col" { (texts.text("web-authority-user")) }
                    th scope="col" { (texts.text("web-account")) }
                    th scope="col" { (texts.text("web-authority-view")) }
                    th scope="col" { (texts.text("web-authority-dispose")) }
                    th scope="col" { (texts.text("web-authority-sign")) }
                } }
                tbody {
                    @for (user, right) in shown {
                        tr {
                            td { (user) " " span.hint { (right.user) } }
                            td { (name_of(accounts, right.account).unwrap_or_default()) }
                            td { (yes(texts, right.view)) }
                            td { (yes(texts, right.dispose)) }
                            td { (right.sign.as_deref().unwrap_or("–")) }
                        }
                    }
                }
            }
        }
    }
}

fn yes(texts: &Texts, yes: bool) -> String {
    if yes { texts.text("web-yes") } else { "–".to_owned() }
}

fn rules(texts: &Texts, table: &AuthorityTable, accounts: &[AccountInfo]) -> Markup {
    let shown: Vec<&SigningRule> = table
        .rules
        .iter()
        .filter(|rule| rule.account.is_none_or(|account| name_of(accounts, account).is_some()))
        .collect();
    let classes = |rule: &SigningRule| {
        let parts: Vec<String> = rule.classes.iter().map(|(class, n)| format!("{n} × {class}")).collect();
        parts.join(", ")
    };
    let above = |rule: &SigningRule| {
        Money::new(rule.above, Currency::HUF)
            .map_or_else(|_| rule.above.to_string(), |sum| format::money(texts, sum))
    };
    html! {
        h2 { (texts.text("web-authority-rules")) }
        @if shown.is_empty() { p { (texts.text("web-authority-no-rules")) } } @else {
            div.scroll tabindex="0" role="region" aria-label=(texts.text("web-authority-rules")) {
                table {
                    thead { tr {
                        th scope="col" { (texts.text("web-account")) }
                        th.number scope="col" { (texts.text("web-authority-above")) }
                        th.number scope="col" { (texts.text("web-authority-signatures")) }
                        th scope="col" { (texts.text("web-authority-classes")) }
                    } }
                    tbody {
                        @for rule in shown {
                            tr {
                                td {
                                    @match rule.account.and_then(|account| name_of(accounts, account)) {
                                        Some(name) => (name),
                                        None => (texts.text("web-authority-every-account")),
                                    }
                                }
                                td.number { (above(rule)) }
                                td.number { (rule.signatures) }
                                td { (classes(rule)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn web(texts: &Texts, table: &AuthorityTable) -> Markup {
    let device = |device| {
        texts.text(match device {
            WebDevice::None => "web-authority-web-none",
            WebDevice::VirtualCard => "web-authority-web-card",
        })
    };
    html! {
        h2 { (texts.text("web-authority-web")) }
        div.scroll tabindex="0" role="region" aria-label=(texts.text("web-authority-web")) {
            table {
                thead { tr {
                    th scope="col" { (texts.text("web-authority-user")) }
                    th scope="col" { (texts.text("web-authority-login")) }
                    th scope="col" { (texts.text("web-authority-signing")) }
                } }
                tbody {
                    @for user in &table.users {
                        @let access = table.web_access(&user.id);
                        tr {
                            td { (user.name) " " span.hint { (user.id) } }
                            td { (device(access.login)) }
                            td { (device(access.signing)) }
                        }
                    }
                }
            }
        }
    }
}
