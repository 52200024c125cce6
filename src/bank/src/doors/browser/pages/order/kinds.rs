//! The types of orders that can be recorded here, and how one is chosen.

use domain::order::Input;
use domain::{BankProfile, OrderType};
use maud::{Markup, html};
use protocol::ProblemCode;

use crate::doors::browser::pages::parts::Page;
use crate::doors::http::texts::Texts;

/// The types that the bank offers and whose every field can be typed here.
fn offered(profile: &BankProfile) -> impl Iterator<Item = OrderType> {
    let typed = |kind: &OrderType| kind.fields().iter().all(|field| field.input != Input::Custom);
    profile.order_types.iter().copied().filter(typed)
}

/// The type of that code.
///
/// # Errors
/// `not-found` for a type that cannot be recorded here.
pub(super) fn find(profile: &BankProfile, code: &str) -> Page<OrderType> {
    let kind = offered(profile).find(|kind| kind.code() == code);
    kind.ok_or_else(|| ProblemCode::NotFound.into())
}

/// Where an order of a type is recorded.
pub(super) fn path(kind: OrderType) -> String {
    format!("/order/{}", kind.code())
}

/// What a type is called.
pub(super) fn name(texts: &Texts, kind: OrderType) -> String {
    texts.text(&kind.text_key("name"))
}

/// Links to the forms of all types; `to` gives their addresses.
pub(super) fn tabs(
    texts: &Texts,
    profile: &BankProfile,
    current: OrderType,
    to: impl Fn(OrderType) -> String,
) -> Markup {
    html! {
        nav.tabs aria-label=(texts.text("web-order-kinds")) {
            @for kind in offered(profile) {
                a href=(to(kind)) aria-current=[(kind == current).then_some("page")] { (name(texts, kind)) }
            }
        }
    }
}
