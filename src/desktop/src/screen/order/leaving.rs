//! Orders on their way from the form into the store. The form goes on with the next one at once; they are saved one after
//! the other, so that they join their package in the order in which they were typed.

use tokio::sync::oneshot;

use super::After;

/// What is under way.
#[derive(Debug, Default)]
pub(super) struct Leaving {
    under_way: usize,
    /// The form ends with the one that is under way: nothing more is saved here.
    is_last: bool,
    /// The form was left meanwhile.
    leaves: bool,
    /// Ends with the save before the next one.
    before: Option<oneshot::Receiver<()>>,
}

impl Leaving {
    /// A save that begins when the one before it has ended.
    pub(super) fn next<T>(
        &mut self,
        after: After,
        save: impl Future<Output = T> + Send + 'static,
    ) -> impl Future<Output = T> + Send + 'static {
        let (ended, ends) = oneshot::channel();
        let before = self.before.replace(ends);
        self.under_way += 1;
        self.is_last |= after != After::Next;
        async move {
            if let Some(before) = before {
                // It ends by being dropped, too.
                let _ = before.await;
            }
            let saved = save.await;
            drop::<oneshot::Sender<()>>(ended);
            saved
        }
    }

    pub(super) fn arrived(&mut self, after: After) {
        self.under_way = self.under_way.saturating_sub(1);
        if after != After::Next {
            self.is_last = false;
        }
    }

    pub(super) fn is_any(&self) -> bool {
        self.under_way > 0
    }

    pub(super) fn is_last(&self) -> bool {
        self.is_last
    }

    /// The form is to be left as soon as all have arrived.
    pub(super) fn leave_after(&mut self) {
        self.leaves = true;
    }

    /// Whether it is time to leave the form.
    pub(super) fn take_way(&mut self) -> bool {
        let leaves = self.leaves && !self.is_any();
        self.leaves &= !leaves;
        leaves
    }
}
