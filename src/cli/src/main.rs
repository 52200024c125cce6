//! Kapocs without a window, for scripts and servers: the same use cases, the same store, the same texts.
//!
//! Answers go to standard output (with `--json` as one JSON value), everything else to standard error. Exit codes
//! are in [`exit`] and in `--help`. A PIN comes from a prompt or a file descriptor, never from an argument.

// A program that prints by the macros ends in the middle of its work when nobody reads: see [`output`].
#![deny(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;

use clap::Parser;

mod admin_arguments;
mod arguments;
mod clock;
mod commands;
mod context;
mod exit;
mod order_arguments;
mod output;
mod partners_arguments;
mod pin;
mod token_arguments;

use arguments::Arguments;
use client::texts::Language;

/// A text of `cli.ftl`: keys and variables are checked when compiling.
#[macro_export]
macro_rules! tr {
    ($($args:tt)*) => {
        ::i18n_embed_fl::fl!(::client::texts::loader(), $($args)*)
    };
}

/// The language that the command line asks for: the help of order types is made of texts, so it must be known before
/// the arguments are read.
fn asked_language() -> Language {
    let mut arguments = std::env::args_os().filter_map(|argument| argument.into_string().ok());
    let code = arguments.find_map(|argument| match argument.strip_prefix("--lang") {
        Some("") => Some(None),
        Some(rest) => rest.strip_prefix('=').map(|code| Some(code.to_owned())),
        None => None,
    });
    let code = code.and_then(|inline| inline.or_else(|| arguments.next()));
    code.as_deref().and_then(Language::from_code).unwrap_or_else(client::texts::language_of_system)
}

fn main() -> ExitCode {
    client::texts::speak(asked_language());
    let arguments = Arguments::parse();
    client::texts::speak(arguments.language());
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("KAPOCS_LOG"))
        .with_writer(std::io::stderr)
        // It would be told on the standard error that takes nothing.
        .log_internal_errors(false)
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            output::note(format_args!("kapocs-cli: {error}"));
            return exit::Code::Other.into();
        }
    };
    let json = arguments.json;
    let code = runtime.block_on(commands::run(arguments)).unwrap_or_else(|failure| {
        output::failure(json, &failure);
        exit::Code::of(&failure)
    });
    output::finish(json, code).into()
}
