//! How an order of any type is shown in a list: from its face, with what is special about a payment.

use domain::admin::AdminAction;
use domain::{Label, Order, Timing, Urgency};
use maud::{Markup, html};

use crate::doors::browser::format;
use crate::doors::http::texts::Texts;

/// Whom or what it is about, in a word.
pub(super) fn title(texts: &Texts, order: &Order) -> String {
    let face = order.face();
    match face.label {
        Label::Name(name) => name,
        Label::Words(key) => texts.text(key),
        Label::Target => face.target,
    }
}

/// The cells of payee, text and amount; a change of the service takes all three.
pub(super) fn cells(texts: &Texts, order: &Order) -> Markup {
    if let Some(order) = order.administration() {
        return html! { td colspan="3" { (change(texts, &order.action)) } };
    }
    let face = order.face();
    html! {
        (payee(texts, order))
        td { (face.text) }
        td.number { @if let Some(amount) = face.amount { (format::money(texts, amount)) } }
    }
}

/// Payee with account, and what is special about the order.
fn payee(texts: &Texts, order: &Order) -> Markup {
    let face = order.face();
    let title = title(texts, order);
    let timing = order.transfer().and_then(|transfer| match transfer.timing {
        Timing::Instant => Some(texts.text("web-order-instant")),
        Timing::On { date } => Some(texts.with("web-order-on", &[("date", &format::day(texts, date))])),
        Timing::Soon => None,
    });
    let viber = order.transfer().is_some_and(|transfer| transfer.urgency == Urgency::Viber);
    html! {
        td {
            (title)
            @if face.target != title { br; span.hint { (face.target) } }
            @if timing.is_some() || viber {
                br;
                @if let Some(timing) = timing { span.pill { (timing) } " " }
                @if viber { span.pill { (texts.text("route-viber")) } }
            }
        }
    }
}

/// What a self-administration order changed.
fn change(texts: &Texts, action: &AdminAction) -> Markup {
    let (key, whose) = match action {
        AdminAction::InternetBanking { users, .. } => {
            let users: Vec<&str> = users.iter().map(|access| access.user.as_str()).collect();
            ("web-administration-banking", users.join(", "))
        }
        AdminAction::UserData { user, .. } => ("web-administration-data", user.to_string()),
        AdminAction::UserRights { user, .. } => ("web-administration-rights", user.to_string()),
        AdminAction::NewAccount { account, .. } => ("web-administration-account", account.to_string()),
        AdminAction::Device { user, suspend: true, .. } => ("web-administration-suspend", user.to_string()),
        AdminAction::Device { user, suspend: false, .. } => ("web-administration-resume", user.to_string()),
        AdminAction::ClearErrorPoints { user } => ("web-administration-points", user.to_string()),
        AdminAction::SecondaryId { id, .. } => ("web-administration-id", id.to_string()),
    };
    html! { (texts.text(key)) br; span.hint { (whose) } }
}
