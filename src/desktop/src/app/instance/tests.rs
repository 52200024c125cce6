use std::io::{Read, Write};

use super::*;

/// Takes every call as the window would and tells its file.
fn window(instance: &Instance) -> mpsc::Receiver<Option<PathBuf>> {
    let mut calls = instance.calls.lock().unwrap().take().unwrap();
    let (tell, told) = mpsc::channel();
    drop(std::thread::spawn(move || {
        while let Some(call) = calls.blocking_recv() {
            call.taken();
            let _ = tell.send(call.file);
        }
    }));
    told
}

#[test]
fn a_second_start_is_heard_and_its_file_arrives() {
    let data = tempfile::tempdir().unwrap();
    assert_eq!(ask(data.path(), None), Asked::Nobody);
    let first = Instance::listen(data.path()).unwrap();
    let files = window(&first);
    let file = data.path().join("Ágnes Őz.kapocs");
    assert_eq!(ask(data.path(), Some(&file)), Asked::Raised);
    assert_eq!(files.recv().unwrap(), Some(file));
    assert_eq!(ask(data.path(), None), Asked::Raised);
    assert_eq!(files.recv().unwrap(), None);
}

#[test]
fn another_store_has_another_window() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = Instance::listen(one.path()).unwrap();
    let _files = window(&first);
    let second = Instance::listen(other.path()).unwrap();
    let files = window(&second);
    assert_eq!(ask(other.path(), None), Asked::Raised);
    assert_eq!(files.recv().unwrap(), None);
}

#[test]
fn a_window_that_hangs_or_sits_elsewhere_is_told_apart() {
    let data = tempfile::tempdir().unwrap();
    let first = Instance::listen(data.path()).unwrap();
    assert_eq!(ask(data.path(), None), Asked::Silent, "nobody takes the call");
    let name = first.name.clone();
    let asking = Asking { seat: "another seat".to_owned(), file: None };
    assert_eq!(talk(name, &asking), Asked::Elsewhere(place::seat()));
}

#[test]
fn strangers_bytes_are_answered_and_do_no_harm() {
    let data = tempfile::tempdir().unwrap();
    let first = Instance::listen(data.path()).unwrap();
    let files = window(&first);
    for noise in [b"GET / HTTP/1.1\r\n\r\n".to_vec(), vec![0xff; 100_000]] {
        let mut socket = Socket::connect(first.name.clone()).unwrap();
        // It may be hung up on while it still talks.
        let _ = socket.write_all(&noise);
        let mut answer = Vec::new();
        let _ = socket.read_to_end(&mut answer);
        assert!(answer.is_empty() || answer == [1, 2, 0, 0], "{answer:?}");
    }
    assert_eq!(ask(data.path(), None), Asked::Raised);
    assert_eq!(files.recv().unwrap(), None, "only the true asking reached the window");
}

#[test]
fn what_a_crash_left_is_taken_over() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("instance"), "half").unwrap();
    assert_eq!(ask(data.path(), None), Asked::Nobody);
    let first = Instance::listen(data.path()).unwrap();
    let files = window(&first);
    assert_eq!(ask(data.path(), None), Asked::Raised);
    assert_eq!(files.recv().unwrap(), None);
}

#[cfg(unix)]
#[test]
fn only_the_same_user_reaches_it() {
    use std::os::unix::fs::MetadataExt;
    let data = tempfile::tempdir().unwrap();
    let _first = Instance::listen(data.path()).unwrap();
    let secret = std::fs::metadata(data.path().join("instance")).unwrap();
    assert_eq!(secret.mode() & 0o077, 0);
    let folder = match std::env::var_os("XDG_RUNTIME_DIR") {
        Some(folder) if std::fs::metadata(&folder).is_ok_and(|about| about.mode() & 0o077 == 0) => {
            folder.into()
        }
        _ => std::env::temp_dir().join(format!("kapocs-{}", secret.uid())),
    };
    assert_eq!(std::fs::metadata(folder).unwrap().mode() & 0o077, 0);
}
