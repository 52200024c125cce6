//! Handing notifications to the system, on a thread of its own: a desktop that does not answer makes nobody wait.

use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

use notify_rust::Notification;

use super::Notice;
use crate::app::APP_ID;
use crate::tr;

/// Notifications that wait while the desktop is slow; more are dropped.
const QUEUE: usize = 8;

/// The way to the thread, which starts with the first notification and ends with the window.
#[derive(Default)]
pub(super) struct System {
    queue: Option<SyncSender<Notice>>,
}

impl System {
    /// Has a notification shown. What goes wrong is logged: it is only a notification.
    pub(super) fn show(&mut self, notice: Notice) {
        if self.queue.is_none() {
            self.queue = start();
        }
        match self.queue.as_ref().map(|queue| queue.try_send(notice)) {
            Some(Err(TrySendError::Disconnected(_))) => self.queue = None,
            Some(Err(TrySendError::Full(_))) => tracing::warn!("the desktop does not take notifications"),
            Some(Ok(())) | None => {}
        }
    }
}

fn start() -> Option<SyncSender<Notice>> {
    let (queue, notices) = sync_channel(QUEUE);
    let thread = std::thread::Builder::new().name("notifications".to_owned());
    match thread.spawn(move || work(&notices)) {
        Ok(_) => Some(queue),
        Err(error) => {
            tracing::warn!(%error, "no thread for notifications");
            None
        }
    }
}

fn work(notices: &Receiver<Notice>) {
    while let Ok(notice) = notices.recv() {
        if let Err(error) = send(&notice) {
            tracing::warn!(%error, "the desktop showed no notification");
        }
    }
}

fn send(notice: &Notice) -> notify_rust::error::Result<()> {
    let mut notification = Notification::new();
    notification.appname(&tr!("product")).summary(&notice.summary).body(&notice.body);
    // Windows shows nothing for an identity that no Start-menu entry of the installer has.
    #[cfg(windows)]
    notification.app_id(APP_ID);
    #[cfg(all(unix, not(target_os = "macos")))]
    notification.icon(APP_ID).hint(notify_rust::Hint::DesktopEntry(APP_ID.to_owned()));
    notification.show().map(drop)
}
