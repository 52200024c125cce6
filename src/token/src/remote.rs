//! Whether the program runs in a remote desktop session: there the readers of the machine in front of the
//! person are invisible unless the session passes them on, and those of the far machine are hidden.

/// Whether this is such a session.
pub(crate) fn session() -> bool {
    is_remote(&|name| Some(std::env::var_os(name)?.to_string_lossy().into_owned()), &sessions())
}

/// Windows names the session "RDP-Tcp#4" or "Console"; xrdp numbers its sessions in a variable of its own.
///
/// A program that was started at the desk and is used from home keeps the name of the desk in its environment. What
/// Windows writes down of the user's sessions is up to date, so it goes before, as long as there is one only: with
/// several nobody can tell which is ours (asking would need code that the workspace forbids).
fn is_remote(variable: &dyn Fn(&str) -> Option<String>, sessions: &[String]) -> bool {
    let windows = match sessions {
        [one] => Some(one.clone()),
        _ => variable("SESSIONNAME"),
    };
    windows.is_some_and(|name| begins_with_rdp(&name)) || variable("XRDP_SESSION").is_some()
}

fn begins_with_rdp(name: &str) -> bool {
    name.to_ascii_lowercase().starts_with("rdp-")
}

/// The names of the user's sessions as the system has them now.
#[cfg(not(windows))]
fn sessions() -> Vec<String> {
    vec![]
}

/// The names of the user's sessions as the system has them now: `HKCU\Volatile Environment\<number>\SESSIONNAME`.
#[cfg(windows)]
fn sessions() -> Vec<String> {
    let Ok(all) = windows_registry::CURRENT_USER.open("Volatile Environment") else { return vec![] };
    let Ok(numbers) = all.keys() else { return vec![] };
    numbers.filter_map(|number| all.open(number).ok()?.get_string("SESSIONNAME").ok()).collect()
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
            let found = is_remote(&|asked| (asked == name).then(|| value.to_owned()), &[]);
            assert_eq!(found, remote, "{name}={value}");
        }
    }

    #[test]
    fn a_session_that_moved_is_known_by_what_the_system_wrote_down() {
        let desk = |name: &str| (name == "SESSIONNAME").then(|| "Console".to_owned());
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert!(is_remote(&desk, &names(&["RDP-Tcp#12"])));
        assert!(!is_remote(&desk, &names(&["Console"])));
        // Two sessions of one user: the environment is all that is known of ours.
        assert!(!is_remote(&desk, &names(&["Console", "RDP-Tcp#12"])));
    }
}
