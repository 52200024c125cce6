//! The log: one file a day in the data folder, two weeks of them; no PINs, no amounts, no names.

use std::path::Path;

use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

/// Days that are kept.
const KEPT: usize = 14;

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
