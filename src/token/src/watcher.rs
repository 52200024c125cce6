//! Noticing readers and cards that come and go: one thread that sleeps inside the smart card service
//! and says "look again" when something changed. Uses no processor time while nothing happens.

use std::ffi::CString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use pcsc::{Context, PNP_NOTIFICATION, ReaderState, Scope, State};

/// Pause before the service is asked for again when it does not run.
const SERVICE_PAUSE: Duration = Duration::from_secs(2);
/// Longest sleep inside the service; bounds the harm of an event that it never reports.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// Some services return at once although nothing changed (Windows with a reader present): pause.
const HURRY: Duration = Duration::from_millis(20);
const HURRY_PAUSE: Duration = Duration::from_millis(250);
/// How long the end of the watcher is waited for.
const END_PATIENCE: Duration = Duration::from_secs(2);

/// The running watcher; ends when dropped.
pub(crate) struct Watcher {
    stop: Option<Sender<()>>,
    context: Arc<Mutex<Option<Context>>>,
    thread: Option<JoinHandle<()>>,
}

/// What is worth a look: reader, card present, number of insertions and removals so far.
type Snapshot = Vec<(CString, bool, u32)>;

impl Watcher {
    /// Starts watching; `wake` is called after each change, and once at the start.
    pub fn start(wake: impl Fn() + Send + 'static) -> std::io::Result<Self> {
        let (stop, stopped) = channel();
        let context = Arc::new(Mutex::new(None));
        let shared = Arc::clone(&context);
        let thread = std::thread::Builder::new()
            .name("token-watcher".to_owned())
            .spawn(move || watch(&stopped, &shared, &wake))?;
        Ok(Self { stop: Some(stop), context, thread: Some(thread) })
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        drop(self.stop.take());
        let Some(thread) = self.thread.take() else { return };
        let start = Instant::now();
        // Repeated, because a cancel that comes just before the thread sleeps is lost.
        while !thread.is_finished() && start.elapsed() < END_PATIENCE {
            if let Some(context) = &*self.context.lock().unwrap_or_else(PoisonError::into_inner)
                && let Err(error) = context.cancel()
            {
                tracing::debug!(?error, "the watcher could not be called back");
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        if thread.is_finished() && thread.join().is_err() {
            tracing::error!("the token watcher panicked");
        }
    }
}

fn watch(stopped: &Receiver<()>, shared: &Mutex<Option<Context>>, wake: &dyn Fn()) {
    let mut was_up = true;
    loop {
        let mut up = false;
        // pcsc 2.9 panics on unknown error codes in debug builds; take that as an error like others.
        let ended = catch_unwind(AssertUnwindSafe(|| follow(stopped, shared, wake, &mut up)));
        *shared.lock().unwrap_or_else(PoisonError::into_inner) = None;
        tracing::debug!(?ended, "watching the smart card service ended");
        if was_up || up {
            wake();
        }
        was_up = false;
        if stopped.recv_timeout(SERVICE_PAUSE) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

/// Follows one life of the service; returns when it ends or when asked to stop.
fn follow(
    stopped: &Receiver<()>,
    shared: &Mutex<Option<Context>>,
    wake: &dyn Fn(),
    up: &mut bool,
) -> Result<(), pcsc::Error> {
    let context = Context::establish(Scope::User)?;
    *shared.lock().unwrap_or_else(PoisonError::into_inner) = Some(context.clone());
    *up = true;
    let mut states = vec![ReaderState::new(PNP_NOTIFICATION(), State::UNAWARE)];
    let mut seen: Option<Snapshot> = None;
    while stopped.try_recv() == Err(TryRecvError::Empty) {
        take_readers(&context, &mut states)?;
        let now = snapshot(&states);
        let changed = seen.as_ref() != Some(&now);
        if changed {
            seen = Some(now);
            wake();
        }
        states.iter_mut().for_each(ReaderState::sync_current_state);
        let started = Instant::now();
        match context.get_status_change(LONGEST_WAIT, &mut states) {
            Ok(()) | Err(pcsc::Error::Timeout | pcsc::Error::UnknownReader) => {}
            Err(error) => return Err(error),
        }
        if !changed && started.elapsed() < HURRY {
            std::thread::sleep(HURRY_PAUSE);
        }
    }
    Ok(())
}

/// Brings the watched readers in line with the service's list. The wait after it returns at once for
/// a new one, with its state.
fn take_readers(context: &Context, states: &mut Vec<ReaderState>) -> Result<(), pcsc::Error> {
    let names = context.list_readers_owned()?;
    states.retain(|state| {
        state.name() == PNP_NOTIFICATION()
            || names.iter().any(|name| name.as_c_str() == state.name())
                && !state.event_state().intersects(State::UNKNOWN | State::IGNORE)
    });
    for name in names {
        if !states.iter().any(|state| state.name() == name.as_c_str()) {
            states.push(ReaderState::new(name, State::UNAWARE));
        }
    }
    Ok(())
}

fn snapshot(states: &[ReaderState]) -> Snapshot {
    states
        .iter()
        .filter(|state| state.name() != PNP_NOTIFICATION())
        .map(|state| {
            (state.name().to_owned(), state.event_state().contains(State::PRESENT), state.event_count())
        })
        .collect()
}
