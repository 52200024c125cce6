//! What the bank will do with the open package: the route in a sentence, why, and what would change it.

use client::{PackageDetail, PlannedRoute};
use domain::routing::{Decision, Reason, Route, Warning};
use iced::widget::space;
use iced::{Alignment, Length};

use super::{Message, Packages, Work, sending};
use crate::design::theme::{Surface, Tone};
use crate::design::{Column, Container, Element, Row, button, pill, spacing, text};
use crate::desk::Desk;
use crate::texts::explain;
use crate::{format, tr};

/// Reasons and warnings shown at most; orders of one package rarely have more kinds.
const REASONS: usize = 6;

/// The banner below the orders.
pub(super) fn banner<'a>(
    state: &'a Packages,
    detail: &'a PackageDetail,
    desk: &'a Desk,
) -> Element<'a, Message> {
    let routes = routes(detail);
    let (reasons, warnings) = reasons(detail);
    let refused = routes.iter().any(|planned| planned.decision.route == Route::Refused);
    let tone = match (refused, detail.faster_alone > 0 || !warnings.is_empty()) {
        (true, _) => Tone::Bad,
        (false, true) => Tone::Care,
        (false, false) => Tone::Neutral,
    };
    let sentence = tr!("route-sentence", routes = sending::named(&routes, desk.now()));
    let why = if state.why { tr!("route-why-close") } else { tr!("route-why") };
    let mut line = Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(text::body(sentence).width(Length::Fill))
        .push(button::link(why).id("packages-why").on_press(Message::Why));
    if detail.faster_alone > 0 && detail.count > 1 && state.may_edit() {
        line = line.push(
            button::link(tr!("route-split"))
                .id("packages-split")
                .tooltip(tr!("route-split-help", count = format::count(detail.faster_alone as usize)))
                .on_press(Message::Do(Work::Split)),
        );
    }
    let mut content = Column::new().spacing(spacing::XS).push(line);
    if detail.faster_alone > 0 && detail.count > 1 {
        let count = format::count(detail.faster_alone as usize);
        let words = if state.may_edit() {
            tr!("route-faster-alone", count = count)
        } else {
            tr!("route-faster-withdraw", count = count)
        };
        content = content.push(text::hint(words));
    }
    for warning in warnings.iter().take(REASONS) {
        content = content.push(marked(Tone::Care, explain(*warning)));
    }
    if state.why {
        for reason in reasons.iter().take(REASONS) {
            content = content.push(marked(Tone::Accent, explain(*reason)));
        }
    }
    Container::new(content).padding(spacing::BANNER).width(Length::Fill).class(Surface::Banner(tone)).into()
}

fn marked<'a>(tone: Tone, words: String) -> Element<'a, Message> {
    Row::new()
        .spacing(spacing::S)
        .align_y(Alignment::Center)
        .push(pill::dot(tone))
        .push(text::hint(words))
        .push(space::horizontal())
        .into()
}

/// The routes of the orders, the commonest first.
fn routes(detail: &PackageDetail) -> Vec<PlannedRoute> {
    let mut routes: Vec<PlannedRoute> = Vec::new();
    for decision in decisions(detail) {
        let same = |planned: &&mut PlannedRoute| same_way(&planned.decision, decision);
        match routes.iter_mut().find(same) {
            Some(planned) => planned.orders += 1,
            None => routes.push(PlannedRoute { decision: decision.clone(), orders: 1 }),
        }
    }
    routes.sort_by_key(|planned| std::cmp::Reverse(planned.orders));
    routes
}

/// What the bank decides on each of the orders that take a route.
fn decisions(detail: &PackageDetail) -> impl Iterator<Item = &Decision> {
    detail.orders.iter().filter_map(|shown| shown.decision.as_ref())
}

fn same_way(a: &Decision, b: &Decision) -> bool {
    a.route == b.route && a.expected == b.expected
}

/// Every kind of reason and warning once, in the order of the orders.
fn reasons(detail: &PackageDetail) -> (Vec<&Reason>, Vec<&Warning>) {
    let (mut reasons, mut warnings) = (Vec::new(), Vec::new());
    for decision in decisions(detail) {
        for reason in &decision.reasons {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        for warning in &decision.warnings {
            if !warnings.contains(&warning) {
                warnings.push(warning);
            }
        }
    }
    (reasons, warnings)
}
