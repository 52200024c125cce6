//! Áttekintés: balances with totals, what waits for the visitor, and what was sent last [K&H pages] [K&H web manual]
//! [Electra web].

use axum::response::Response;
use domain::package::SignatureProgress;
use maud::{Markup, html};
use protocol::{AccountInfo, AccountStatus};
use rusqlite::Connection;

use super::asking::Asking;
use super::packages::lists;
use super::parts::{self, Page};
use super::{accounts, messages, sent};
use crate::bank::Bank;
use crate::doors::browser::format;
use crate::doors::browser::packages::WebPackage;
use crate::doors::browser::shell::Place;
use crate::doors::browser::visitor::Visitor;
use crate::doors::http::texts::Texts;

/// Sent packages that the overview shows.
const LAST: u32 = 5;

/// The first page after login.
pub(super) async fn show(visitor: Visitor) -> Response {
    parts::show(visitor, |db, bank, visitor| {
        let texts = visitor.texts;
        let accounts = accounts::visible(db, bank, visitor)?;
        let last = sent::list(db, visitor, 0, LAST)?;
        let waiting = waiting(db, bank, visitor)?;
        let body = html! {
            div.columns data-live="balance_changed package_changed shared_area_changed messages_changed" {
                section.across id="waiting" data-part {
                    h2 { (texts.text("web-overview-waiting")) }
                    ul.counts {
                        @for (key, count, path) in waiting {
                            li { a href=(path) { strong { (count) } " " (texts.text(key)) } }
                        }
                    }
                }
                section id="accounts" data-part {
                    h2 { (texts.text("web-overview-accounts")) }
                    (account_table(texts, &accounts))
                    p.hint { (texts.with("web-overview-as-of", &[("at", &format::moment(texts, bank.clock.now()))])) }
                }
                section id="last-sent" data-part {
                    h2 { (texts.text("web-overview-sent")) }
                    (sent::table(texts, &last.packages))
                    p { a href=(Place::Sent.path()) { (texts.text("web-overview-all-sent")) } }
                }
            }
            p.hint { (format::last_login(texts, visitor.session.previous_login)) }
        };
        Ok(visitor.page(Place::Overview, &texts.text("web-nav-overview"), body))
    })
    .await
}

/// What waits for the visitor: key of the text, how many, where.
fn waiting(
    db: &Connection,
    bank: &Bank,
    visitor: &Visitor,
) -> Page<[(&'static str, usize, &'static str); 4]> {
    let asking = Asking::new(bank, visitor);
    let prepared = lists::prepared(db, &asking)?;
    let to_sign = prepared.iter().filter(|package| lists::waits_for(visitor, package)).count();
    let is_complete = |package: &&WebPackage| package.signing.progress == SignatureProgress::Complete;
    let to_send = prepared.iter().filter(is_complete).count();
    let packages = Place::Packages.path();
    Ok([
        ("web-overview-shared", lists::parked(db, &asking, visitor)?.len(), packages),
        ("web-overview-to-sign", to_sign, packages),
        ("web-overview-to-send", to_send, packages),
        ("web-overview-unread", messages::unread(db, visitor)?, Place::Messages.path()),
    ])
}

/// The accounts with what they hold, and the totals by currency below.
fn account_table(texts: &Texts, accounts: &[AccountInfo]) -> Markup {
    if accounts.is_empty() {
        return html! { p.empty { (texts.text("web-overview-no-accounts")) } };
    }
    let totals = accounts::totals(accounts);
    html! {
        div.scroll tabindex="0" role="region" aria-label=(texts.text("web-overview-accounts")) {
            table {
                thead { tr {
                    th scope="col" { (texts.text("web-account")) }
                    th.number scope="col" { (texts.text("web-account-booked")) }
                    th.number scope="col" { (texts.text("web-account-available")) }
                } }
                tbody {
                    @for info in accounts {
                        tr {
                            td {
                                a href={ (Place::History.path()) "?account=" (info.account.number.digits24()) } {
                                    (info.account.name)
                                }
                                (status(texts, info.status))
                                br; span.hint { (info.account.number) }
                            }
                            td.number { (format::money(texts, info.balance.booked)) }
                            td.number { (format::money(texts, info.balance.available)) }
                        }
                    }
                }
                tfoot {
                    @for total in &totals {
                        tr {
                            th scope="row" {
                                (texts.with("web-overview-total", &[("currency", total.booked.currency().code())]))
                            }
                            td.number { (format::money(texts, total.booked)) }
                            td.number { (format::money(texts, total.available)) }
                        }
                    }
                }
            }
        }
    }
}

/// Why less may happen on an account than usual.
pub(super) fn status(texts: &Texts, status: AccountStatus) -> Markup {
    let key = match status {
        AccountStatus::Open => return html! {},
        AccountStatus::DebitBlocked => "web-account-debit-blocked",
        AccountStatus::Closed => "web-account-closed",
    };
    html! { " " span.pill.bad { (texts.text(key)) } }
}
