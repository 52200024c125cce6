//! Whether the program runs in a remote desktop session: there the readers of the machine in front of the
//! person are invisible unless the session passes them on, and those of the far machine are hidden.

use std::ffi::OsStr;

/// Whether this is such a session.
pub(crate) fn session() -> bool {
    is_remote(&|name| std::env::var_os(name))
}

/// Windows names the session "RDP-Tcp#4" or "Console"; xrdp numbers its sessions in a variable of its own.
fn is_remote(variable: &dyn Fn(&str) -> Option<std::ffi::OsString>) -> bool {
    let windows = variable("SESSIONNAME").is_some_and(|name| begins_with_rdp(&name));
    windows || variable("XRDP_SESSION").is_some()
}

fn begins_with_rdp(name: &OsStr) -> bool {
    name.to_string_lossy().to_ascii_lowercase().starts_with("rdp-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remote_sessions_of_both_systems_are_known_by_their_variables() {
        for (name, value, remote) in [
            ("SESSIONNAME", "RDP-Tcp#4", true),
            ("SESSIONNAME", "rdp-tcp#0", true),
            ("SESSIONNAME", "Console", false),
            ("XRDP_SESSION", "1", true),
            ("DISPLAY", ":10", false),
        ] {
            let found = is_remote(&|asked| (asked == name).then(|| value.into()));
            assert_eq!(found, remote, "{name}={value}");
        }
    }
}
