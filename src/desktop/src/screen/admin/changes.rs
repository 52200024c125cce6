//! What self-administration orders change, as lines: what, how it is, how it is to be. The package's detail, the
//! question before saving and the signing sheet show the same.

use client::AdminChange;
use iced::{Alignment, Length};

use crate::design::text::Inked;
use crate::design::{Column, Element, Row, panel, spacing, text};
use crate::tr;

/// Shares of the three columns.
const WHAT: u16 = 5;
const STATE: u16 = 4;

/// The lines of the orders, under each order's title if `titles`.
pub(crate) fn view<'a, M: 'a>(changes: &'a [AdminChange], titles: bool) -> Element<'a, M> {
    let mut column = Column::new().spacing(spacing::M).width(Length::Fill);
    for change in changes {
        let title = titles.then(|| text::strong(change.title.as_str()));
        column = column.push(Column::new().spacing(spacing::XS).push(title).push(lines(change)));
    }
    column.into()
}

/// The lines of one order.
pub(crate) fn lines<'a, M: 'a>(change: &'a AdminChange) -> Element<'a, M> {
    let compared = change.lines.iter().any(|line| line.before.is_some());
    let header = |words: String| text::header(words).dim().one_line();
    let mut head = Row::new().spacing(spacing::M).padding(spacing::LINE);
    head = head.push(header(tr!("admin-column-what")).width(Length::FillPortion(WHAT)));
    if compared {
        head = head.push(header(tr!("admin-column-before")).width(Length::FillPortion(STATE)));
    }
    head = head.push(header(tr!("admin-column-after")).width(Length::FillPortion(STATE)));
    let mut column = Column::new().push(head).push(panel::rule());
    for line in &change.lines {
        let mut row = Row::new().spacing(spacing::M).padding(spacing::LINE).align_y(Alignment::Center);
        row = row.push(text::body(line.what.as_str()).width(Length::FillPortion(WHAT)));
        if compared {
            let before = line.before.as_deref().unwrap_or_default();
            row = row.push(text::body(before).dim().width(Length::FillPortion(STATE)));
        }
        let after = line.after.as_str();
        let after = if line.changes() { text::strong(after) } else { text::body(after).dim() };
        column = column.push(row.push(after.width(Length::FillPortion(STATE)))).push(panel::rule());
    }
    column.into()
}
