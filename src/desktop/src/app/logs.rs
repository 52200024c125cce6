//! The log: one file a day in its own folder, two weeks of them; no PINs, no amounts, no names.

use std::path::Path;

use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

/// Days that are kept.
const KEPT: usize = 14;

/// Brings the files of earlier versions, which kept them in the data folder, to where they lie now. What cannot be
/// brought stays.
pub fn adopt(former: &Path, folder: &Path) {
    if former == folder || !former.is_dir() {
        return;
    }
    let _ = std::fs::create_dir_all(folder);
    for entry in std::fs::read_dir(former).into_iter().flatten().filter_map(Result::ok) {
        let to = folder.join(entry.file_name());
        if !to.exists() {
            let _ = std::fs::rename(entry.path(), to);
        }
    }
    let _ = std::fs::remove_dir(former);
}

/// Writes the log into `folder` from now on, panics too. A log that cannot be written stops nothing.
pub fn begin(folder: &Path) {
    let file = std::fs::create_dir_all(folder).map_err(|error| error.to_string()).and_then(|()| {
        RollingFileAppender::builder()
            .rotation(Rotation::DAILY)
            .filename_prefix("kapocs")
            .filename_suffix("log")
            .max_log_files(KEPT)
            .build(folder)
            .map_err(|error| error.to_string())
    });
    match file {
        Ok(file) => {
            let filter = EnvFilter::try_from_env("KAPOCS_LOG")
                .unwrap_or_else(|_| EnvFilter::new("warn,client=info,desktop=info,token=info,store=info"));
            let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(file);
            if let Err(error) = log.try_init() {
                eprintln!("kapocs: no log: {error}");
            }
        }
        Err(error) => eprintln!("kapocs: no log in {}: {error}", folder.display()),
    }
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let words = panic.payload_as_str().unwrap_or("no words");
        tracing::error!(place, words, "the program met a defect");
        before(panic);
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logs_of_earlier_versions_come_along_and_newer_ones_stay() {
        let folder = tempfile::tempdir().unwrap();
        let (former, now) = (folder.path().join("data/logs"), folder.path().join("state/logs"));
        adopt(&former, &now);
        assert!(!now.exists(), "nothing to bring, nothing is made");
        std::fs::create_dir_all(&former).unwrap();
        std::fs::write(former.join("kapocs.2026-11-01.log"), "before").unwrap();
        adopt(&former, &now);
        assert_eq!(std::fs::read_to_string(now.join("kapocs.2026-11-01.log")).unwrap(), "before");
        assert!(!former.exists());
        std::fs::create_dir_all(&former).unwrap();
        std::fs::write(former.join("kapocs.2026-11-01.log"), "another").unwrap();
        adopt(&former, &now);
        assert_eq!(std::fs::read_to_string(now.join("kapocs.2026-11-01.log")).unwrap(), "before");
        assert!(former.exists(), "what cannot be brought stays");
        adopt(&now, &now);
        assert!(now.exists());
    }
}
