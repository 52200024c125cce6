//! The way through the window: where one came from, step by step, and how each place was left.

use crate::go::Go;
use crate::navigation::Place;

/// Steps that are remembered.
const STEPS: usize = 32;

/// Where one came from, and how each place was left.
#[derive(Debug, Default)]
pub(super) struct Trail {
    /// The way back, the last step at the end.
    steps: Vec<Go>,
    /// Places that were left, with what was chosen in them.
    left: Vec<Go>,
}

impl Trail {
    /// One place is left for another. Forms are no steps: who has left one does not want to be led back into it.
    pub(super) fn step(&mut self, from: Go, to: Go) {
        self.left.retain(|left| Place::of(*left) != Place::of(from));
        self.left.push(from);
        if self.steps.last().is_some_and(|last| Place::of(*last) == Place::of(to)) {
            // To where one came from is back.
            let _ = self.steps.pop();
        } else if !is_form(Place::of(from)) && Place::of(from) != Place::of(to) {
            self.steps.push(from);
        }
        if self.steps.len() > STEPS {
            let _ = self.steps.remove(0);
        }
    }

    /// One step back, away from this place; to the overview where no step is known.
    pub(super) fn back(&mut self, from: Go) -> Option<Go> {
        self.left.retain(|left| Place::of(*left) != Place::of(from));
        self.left.push(from);
        let back = self.steps.pop().unwrap_or(Go::Overview);
        (Place::of(back) != Place::of(from)).then_some(back)
    }

    /// The same place with what was chosen when it was left, where nothing else is asked for.
    pub(super) fn as_left(&self, go: Go) -> Go {
        match go {
            Go::Prepared(None) | Go::Sent(None) => {
                self.left.iter().copied().find(|left| Place::of(*left) == Place::of(go)).unwrap_or(go)
            }
            go => go,
        }
    }
}

/// Whether a place is a form or a file that is being taken: something that ends.
fn is_form(place: Place) -> bool {
    use Place::{AdminOrders, Import, Order, PartnerExport, PartnerImport};
    matches!(place, Order | AdminOrders | Import | PartnerImport | PartnerExport)
}

#[cfg(test)]
mod tests {
    use domain::PackageId;
    use uuid::Uuid;

    use super::*;
    use crate::go::NewOrder;

    #[test]
    fn each_step_leads_back_one_step_and_forms_are_none() {
        let mut trail = Trail::default();
        let package = Go::Prepared(Some(PackageId(Uuid::nil())));
        trail.step(Go::Overview, Go::Prepared(None));
        trail.step(package, Go::Sent(None));
        trail.step(Go::Sent(None), Go::NewOrder(NewOrder::Blank));
        assert_eq!(trail.back(Go::NewOrder(NewOrder::Blank)), Some(Go::Sent(None)));
        assert_eq!(trail.back(Go::Sent(None)), Some(package));
        assert_eq!(trail.back(package), Some(Go::Overview));
        assert_eq!(trail.back(Go::Overview), None);
    }

    #[test]
    fn who_goes_to_where_one_came_from_goes_back() {
        let mut trail = Trail::default();
        let package = Go::Prepared(Some(PackageId(Uuid::nil())));
        trail.step(Go::Overview, package);
        trail.step(package, Go::NewOrder(NewOrder::Blank));
        trail.step(Go::NewOrder(NewOrder::Blank), package);
        assert_eq!(trail.back(package), Some(Go::Overview));
    }

    #[test]
    fn a_list_is_found_as_it_was_left() {
        let mut trail = Trail::default();
        let package = Go::Prepared(Some(PackageId(Uuid::nil())));
        trail.step(package, Go::Overview);
        assert_eq!(trail.as_left(Go::Prepared(None)), package);
        assert_eq!(trail.as_left(Go::Sent(None)), Go::Sent(None));
    }
}
