//! How much memory this process needs and has needed so far.

/// Peak resident memory in bytes (`VmHWM` of Linux); `None` elsewhere.
pub fn peak() -> Option<u64> {
    status("VmHWM:")
}

/// Resident memory in bytes (`VmRSS` of Linux); `None` elsewhere.
pub fn resident() -> Option<u64> {
    status("VmRSS:")
}

fn status(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}
