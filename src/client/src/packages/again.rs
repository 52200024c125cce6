//! What became of refused orders: whether they stand in a package anew. They are recorded again once; a second time
//! would be a second payment.

use domain::{PackageId, PackageState};
use store::deed::Deed;

use crate::error::Result;
use crate::packages::moves::{is_alive, story};

/// The package in which the refused orders of another stand again, with its state; none if they do not, or if that
/// package was deleted. One whose orders went to other packages counts, although it is deleted, as long as one of them
/// can still be sent.
pub(crate) fn recorded_again(
    conn: &store::OfCustomer<'_>,
    id: PackageId,
) -> Result<Option<(PackageId, PackageState)>> {
    for event in story(conn, id)? {
        let Deed::RecordedAgain { again } = event.deed else { continue };
        if is_alive(conn, again)? {
            return Ok(Some((again, store::packages::get(conn, again)?.state)));
        }
    }
    Ok(None)
}
