//! What did not work, in our words; what a system or a library said about it, in no language of ours, stands behind a
//! fold beside it, for whoever helps.

use domain::Explain;

use crate::design::theme::Tone;
use crate::design::{Element, banner, fold};
use crate::texts::{explain, technical};
use crate::tr;

/// A note of an error under a title.
pub(crate) fn note<'a, M: Clone + 'a>(title: String, error: &dyn Explain) -> Element<'a, M> {
    banner::banner(Tone::Bad, title, explain(error), fold(error))
}

/// The words behind the fold, where there are any.
pub(crate) fn fold<'a, M: Clone + 'a>(error: &dyn Explain) -> Option<Element<'a, M>> {
    technical(error).map(|said| fold::fold(tr!("technical-details"), said))
}
