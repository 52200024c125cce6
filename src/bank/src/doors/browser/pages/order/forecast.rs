//! What the bank will do with an order, said before it is saved: the route with its reasons, by the rules that the
//! engine itself follows ([`domain::routing`]).

use domain::arrival::Arrival;
use domain::routing::{Route, RoutingContext, Sending};
use domain::{CustomerKind, Money, Order, words};
use maud::{Markup, html};
use rust_decimal::prelude::ToPrimitive;

use crate::bank::Bank;
use crate::doors::browser::format;
use crate::doors::http::texts::Texts;
use crate::ground::time::local;

/// The panel beside the form.
pub(super) fn panel(
    texts: &Texts,
    bank: &Bank,
    kind: CustomerKind,
    order: &Order,
    others: &[Order],
) -> Markup {
    let now = local(bank.clock.now());
    let context =
        RoutingContext { profile: &bank.rules.profile, calendar: &bank.rules.calendar, customer: kind, now };
    let sending = Sending::of(others.iter().chain([order]), 1, &context);
    let Some(decision) = order.decide(sending, &context) else { return html! {} };
    let payee = order.transfer().and_then(|transfer| transfer.beneficiary.account());
    html! {
        h2 { (texts.text("web-forecast-title")) }
        p { (pill(texts, decision.route)) " " strong { (texts.explain(&Arrival::new(decision.expected, now))) } }
        @for reason in &decision.reasons { p.hint { (texts.explain(reason)) } }
        @for warning in &decision.warnings { p.notice.care { (texts.explain(warning)) } }
        dl.facts {
            @if let Some(amount) = order.face().amount {
                dt { (texts.text("web-forecast-amount")) }
                dd { strong { (format::money(texts, amount)) } br; (in_words(texts, amount)) }
            }
            @if let Some(name) = payee.and_then(|account| bank.rules.banks.name_of(account)) {
                dt { (texts.text("web-forecast-bank")) }
                dd { (name) }
            }
        }
    }
}

fn pill(texts: &Texts, route: Route) -> Markup {
    let class = match route {
        Route::Instant => "pill good",
        Route::InstantPaced | Route::Viber | Route::Intraday => "pill",
        Route::Refused => "pill bad",
    };
    html! { span class=(class) { (texts.text(route.key())) } }
}

/// The amount in words, so that a wrong zero is seen before it is paid.
fn in_words(texts: &Texts, amount: Money) -> String {
    let forints = amount.amount().to_u64().unwrap_or(0);
    let number = words::spelled(texts.language, forints);
    texts.with("web-forecast-words", &[("number", &number)])
}
