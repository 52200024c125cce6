//! One window a store: a second start asks the first to come to the front, hands over its file, and ends.
//!
//! Who holds the store is decided by the store's lock alone. The one who holds it listens at a local socket (a named
//! pipe on Windows) that only the same user reaches, see [`place`]; what is said there stands in [`wire`]. When the
//! holder is the command line, hangs or sits at another seat, the second start shows a window that says so.

mod place;
mod wire;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use iced::futures::{SinkExt, Stream};
use iced::{Subscription, Task, window};
use interprocess::local_socket::prelude::*;
use interprocess::local_socket::{ListenerOptions, Name, Stream as Socket};
use tokio::sync::mpsc as queue;

use wire::{Answer, Asking};

/// How long a second start waits for the first.
pub const PATIENCE: Duration = Duration::from_secs(3);
/// How long the first waits for its own window; less, so that there is an answer.
const WINDOW: Duration = Duration::from_millis(2500);
/// Second starts that are heard at once.
const AT_ONCE: usize = 4;

/// What became of the asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    Nobody,
    /// The first window is at the front and has the file.
    Raised,
    /// The first window is at another seat, which has this name.
    Elsewhere(String),
    /// Somebody listens and does not answer.
    Silent,
}

/// Asks the window that works on the store in `data` to come to the front with `file`; waits [`PATIENCE`] at most.
#[must_use]
pub fn ask(data: &Path, file: Option<&Path>) -> Asked {
    let Ok(name) = place::secret(data, false).and_then(|secret| place::name(data, secret)) else {
        return Asked::Nobody;
    };
    let file = file.map(|file| std::path::absolute(file).unwrap_or_else(|_| file.to_owned()));
    let asking = Asking { seat: place::seat(), file };
    let (tell, told) = mpsc::sync_channel(1);
    // Pipes have no time limits of their own; a thread that waits in vain ends with the process.
    drop(std::thread::spawn(move || tell.send(talk(name, &asking))));
    match told.recv_timeout(PATIENCE) {
        Ok(asked) => asked,
        Err(_) => Asked::Silent,
    }
}

fn talk(name: Name<'_>, asking: &Asking) -> Asked {
    let Ok(mut socket) = Socket::connect(name) else { return Asked::Nobody };
    let answer = asking.write(&mut socket).and_then(|()| Answer::read(&mut socket));
    match answer {
        Ok(Answer::Raised) => Asked::Raised,
        Ok(Answer::Elsewhere(seat)) => Asked::Elsewhere(seat),
        Ok(Answer::NotUnderstood) => Asked::Silent,
        Err(error) => {
            tracing::warn!(%error, "the first window does not answer");
            Asked::Silent
        }
    }
}

/// A second start that waits for the window.
#[derive(Debug, Clone)]
pub struct Call {
    /// The file that it was started with.
    pub file: Option<PathBuf>,
    taken: mpsc::SyncSender<()>,
}

impl Call {
    /// The window has it: the second start may end.
    pub fn taken(&self) {
        // Whoever has stopped waiting needs no answer.
        let _ = self.taken.try_send(());
    }
}

/// Listens for second starts as long as it lives.
#[derive(Debug)]
pub struct Instance {
    calls: Mutex<Option<queue::Receiver<Call>>>,
    stop: Arc<AtomicBool>,
    name: Name<'static>,
}

impl Instance {
    /// Listens for the store in `data`, whose lock this process holds.
    ///
    /// # Errors
    /// When the system gives no socket; the program works without.
    pub fn listen(data: &Path) -> io::Result<Self> {
        let name = place::name(data, place::secret(data, true)?)?;
        // What a process that ended abnormally left there is nobody's: the lock is ours.
        let options = ListenerOptions::new().name(name.clone()).try_overwrite(true);
        let listener = options.create_sync()?;
        let (calls, received) = queue::channel(AT_ONCE);
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let busy = Arc::new(AtomicUsize::new(0));
        let hear = move || {
            for socket in listener.incoming() {
                if stopped.load(Ordering::Acquire) {
                    return;
                }
                match socket {
                    Ok(socket) if busy.load(Ordering::Acquire) < AT_ONCE => {
                        busy.fetch_add(1, Ordering::AcqRel);
                        let (calls, busy) = (calls.clone(), busy.clone());
                        drop(std::thread::spawn(move || {
                            answer(socket, &calls);
                            busy.fetch_sub(1, Ordering::AcqRel);
                        }));
                    }
                    Ok(_) => tracing::warn!("too many second starts at once"),
                    Err(error) => {
                        tracing::warn!(%error, "a second start could not be heard");
                        // A socket that only fails must not keep the processor busy.
                        std::thread::sleep(Duration::from_millis(200));
                    }
                }
            }
        };
        let _ = std::thread::Builder::new().name("instance".to_owned()).spawn(hear)?;
        Ok(Self { calls: Mutex::new(Some(received)), stop, name })
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        // Wakes the listener, which then sees that it is to end.
        drop(Socket::connect(self.name.clone()));
    }
}

/// Hears one second start and answers once the window has taken its call.
fn answer(mut socket: Socket, calls: &queue::Sender<Call>) {
    // On Windows a silent caller keeps one of the few threads; all of them are this user's own programs.
    let _ = socket.set_recv_timeout(Some(PATIENCE));
    let _ = socket.set_send_timeout(Some(PATIENCE));
    let answer = match Asking::read(&mut socket) {
        Err(error) => {
            tracing::warn!(%error, "something else than a second start was heard");
            Answer::NotUnderstood
        }
        Ok(asking) if asking.seat != place::seat() => Answer::Elsewhere(place::seat()),
        Ok(asking) => {
            let (taken, wait) = mpsc::sync_channel(1);
            if calls.try_send(Call { file: asking.file, taken }).is_err()
                || wait.recv_timeout(WINDOW).is_err()
            {
                // The window hangs: silence says so.
                return;
            }
            Answer::Raised
        }
    };
    if let Err(error) = answer.write(&mut socket) {
        tracing::info!(%error, "a second start did not wait for its answer");
    }
}

/// One listener a window: its identity as a source of calls never changes.
struct Source(Arc<Instance>);

impl std::hash::Hash for Source {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        "instance".hash(state);
    }
}

/// Second starts as they come.
pub fn calls(instance: &Arc<Instance>) -> Subscription<Call> {
    Subscription::run_with(Source(instance.clone()), |source| receive(source.0.clone()))
}

fn receive(instance: Arc<Instance>) -> impl Stream<Item = Call> {
    iced::stream::channel(AT_ONCE, async move |mut window| {
        let calls = instance.calls.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(mut calls) = calls else { return };
        drop(instance);
        while let Some(call) = calls.recv().await {
            if window.send(call).await.is_err() {
                return;
            }
        }
    })
}

/// Brings the window to the front; where the system does not let a program do that, it asks for attention.
pub fn raise<M: Send + 'static>() -> Task<M> {
    window::latest().and_then(|id| {
        Task::batch([
            window::minimize(id, false),
            window::gain_focus(id),
            window::request_user_attention(id, Some(window::UserAttention::Informational)),
        ])
    })
}

#[cfg(test)]
mod tests;
