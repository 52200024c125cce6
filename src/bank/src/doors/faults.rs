//! Faults on demand: what networks and servers do wrong, waiting for the call at which it shall happen.

use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FaultKind {
    /// The bank does everything, but the connection dies instead of the answer.
    DropAfterCommit,
    /// The call waits `millis` before the bank sees it.
    Delay,
    /// The bank answers `internal` and does nothing.
    #[serde(rename = "status_500")]
    Status500,
    /// The connection dies before the bank does anything.
    CutConnection,
    /// The bank does everything and answers nonsense with status 200.
    Garbage,
    /// The connection dies when half of the answer is out.
    CutMidway,
}

impl FaultKind {
    pub(crate) const ALL: [Self; 6] = [
        Self::DropAfterCommit,
        Self::Delay,
        Self::Status500,
        Self::CutConnection,
        Self::Garbage,
        Self::CutMidway,
    ];

    /// Stable name, as in JSON.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::DropAfterCommit => "drop_after_commit",
            Self::Delay => "delay",
            Self::Status500 => "status_500",
            Self::CutConnection => "cut_connection",
            Self::Garbage => "garbage",
            Self::CutMidway => "cut_midway",
        }
    }
}

/// A fault that waits for its calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fault {
    pub kind: FaultKind,
    /// Only calls whose path contains this.
    #[serde(default)]
    pub path: String,
    /// Only calls of this method, if given.
    #[serde(default)]
    pub method: Option<String>,
    /// How many calls; then the fault is gone.
    #[serde(default = "once")]
    pub count: u32,
    /// For [`FaultKind::Delay`].
    #[serde(default)]
    pub millis: u64,
}

fn once() -> u32 {
    1
}

/// The faults that wait, in the order in which they were asked for.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Vec<Fault>>);

/// Lets a call cut the connection that it came by; a request carries it as an extension.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scissors(pub Arc<Notify>);

impl Faults {
    pub(crate) fn add(&self, fault: Fault) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(fault);
    }

    /// Those that still wait.
    pub(crate) fn waiting(&self) -> Vec<Fault> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The first fault that fits the call, counted down.
    pub(crate) fn take(&self, method: &str, path: &str) -> Option<Fault> {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |fault: &Fault| {
            path.contains(&fault.path) && fault.method.as_ref().is_none_or(|m| m.eq_ignore_ascii_case(method))
        };
        let index = faults.iter().position(fits)?;
        let fault = faults[index].clone();
        match faults[index].count {
            0 | 1 => {
                faults.remove(index);
            }
            more => faults[index].count = more - 1,
        }
        Some(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_json() {
        for kind in FaultKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }

    #[test]
    fn a_fault_hits_its_calls_only_and_so_often() {
        let faults = Faults::default();
        let fault: Fault = serde_json::from_str(
            r#"{"kind":"drop_after_commit","path":"/packages/","method":"put","count":2}"#,
        )
        .unwrap();
        faults.add(fault);
        assert!(faults.take("GET", "/api/v1/customers/1/packages/2").is_none());
        assert!(faults.take("PUT", "/api/v1/login").is_none());
        assert!(faults.take("PUT", "/api/v1/customers/1/packages/2").is_some());
        assert!(faults.take("PUT", "/api/v1/customers/1/packages/2").is_some());
        assert!(faults.take("PUT", "/api/v1/customers/1/packages/2").is_none());
        assert!(faults.waiting().is_empty());
    }
}
