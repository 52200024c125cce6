//! What people must know of a file of partners before its lists: how its letters were read, and what was changed.

use client::PartnerPreview;

use super::Message;
use crate::design::theme::Tone;
use crate::design::{Element, banner};
use crate::{format, tr};

/// What people must look at when the letters may be others than those that were written.
pub(super) fn doubt(preview: &PartnerPreview) -> Option<Element<'_, Message>> {
    let read_as = &preview.read_as;
    if !read_as.doubtful {
        return None;
    }
    let encoding = read_as.encoding.name();
    let words = tr!("partner-import-doubtful-help", encoding = encoding, sample = read_as.sample.as_str());
    Some(banner::banner(Tone::Care, tr!("partner-import-doubtful"), words, None))
}

/// That texts of the file are taken with plain characters.
pub(super) fn changed_characters(preview: &PartnerPreview) -> Option<Element<'_, Message>> {
    let first = preview.adapted.first()?;
    let count = format::count(preview.adapted.len());
    let words = tr!("partner-import-adapted-help", count = count, characters = first.characters.as_str());
    Some(banner::banner(Tone::Care, tr!("partner-import-adapted"), words, None))
}
