//! The measurement of `--bench-first-frame`: time to the first frame, and memory in use then.

use std::time::Duration;

/// Prints both as one line of JSON: milliseconds, and kibibytes of resident memory where the system tells them.
pub(crate) fn print(first_frame: Duration) {
    let measured = serde_json::json!({
        "first_frame_ms": u64::try_from(first_frame.as_millis()).unwrap_or(u64::MAX),
        "resident_kib": resident_kib(),
    });
    println!("{measured}");
}

/// Resident memory by Linux's `/proc/self/status`; other systems have no such file.
fn resident_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse().ok()
}
