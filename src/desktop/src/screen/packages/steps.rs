//! The way of a package to the bank, as steps: recorded, checked, who signed when, who could sign next, sending.

use client::PackageDetail;
use domain::PackageState;
use domain::package::SignatureProgress;

use crate::design::steps::{At, Step};
use crate::desk::Desk;
use crate::format;
use crate::tr;

/// Names of possible signers that are shown; more would fill the line.
const NAMES: usize = 3;

/// The steps of a package.
pub(in crate::screen) fn of(detail: &PackageDetail, desk: &Desk) -> Vec<Step> {
    let check = desk.rules.as_ref().is_some_and(|rules| rules.profile.packages.check_before_signing);
    let recorded = detail.state == PackageState::Recorded;
    let mut steps = vec![Step::new(tr!("state-recorded"), At::Done)];
    if check {
        let at = if recorded { At::Here } else { At::Done };
        steps.push(Step::new(tr!("step-check"), at));
    }
    for signature in &detail.signatures {
        let at = desk.local(signature.at);
        let today = at.date() == desk.now().date();
        let when = if today {
            format::time(at)
        } else {
            format!("{} {}", format::date(at.date()), format::time(at))
        };
        steps.push(Step::new(tr!("step-signed", name = signature.name.as_str(), when = when), At::Done));
    }
    if detail.signing.progress != SignatureProgress::Complete {
        let at = if check && recorded { At::Ahead } else { At::Here };
        steps.push(Step::new(next_signature(detail), at));
        let later = detail.signing.need.saturating_sub(detail.signing.have.saturating_add(1));
        if later > 0 {
            steps.push(Step::new(tr!("step-later-signatures", count = i64::from(later)), At::Ahead));
        }
    }
    let send = match detail.state {
        PackageState::Signed if detail.last_error.is_some() => At::Failed,
        PackageState::Signed => At::Here,
        state if state.is_sent() => At::Done,
        _ => At::Ahead,
    };
    steps.push(Step::new(tr!("step-send"), send));
    steps
}

/// "második aláírás: Kovács Anna, Nagy Péter".
fn next_signature(detail: &PackageDetail) -> String {
    let number = i64::try_from(detail.signatures.len()).unwrap_or(i64::MAX).saturating_add(1);
    let shown = detail.could_sign.iter().take(NAMES).map(String::as_str).collect::<Vec<_>>().join(", ");
    let names = if detail.could_sign.len() > NAMES { format!("{shown}…") } else { shown };
    if names.is_empty() {
        tr!("step-signature", number = number)
    } else {
        tr!("step-signature-by", number = number, names = names)
    }
}
