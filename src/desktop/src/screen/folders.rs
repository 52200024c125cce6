//! Where this run keeps its files, and what the administrator has set: to look at, to open, to copy.

use std::path::{Path, PathBuf};

use client::policy::Policy;
use client::{Client, texts};
use iced::{Alignment, Task};

use super::action::Action;
use super::notice::Notice;
use super::trouble;
use crate::design::text::{self, Inked};
use crate::design::{Column, Element, Row, button, panel, spacing};
use crate::folders::{Folders, shown};
use crate::tr;

#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// Open a folder in the system's own window.
    Open(PathBuf),
    Opened(Result<(), String>),
    Copy(PathBuf),
}

pub(crate) fn update<W>(message: Message) -> Action<Message, W> {
    match message {
        Message::Open(path) => {
            let open = async move {
                let opened = tokio::task::spawn_blocking(move || open(&path)).await;
                opened.unwrap_or_else(|error| Err(error.to_string()))
            };
            Action::run(Task::perform(open, Message::Opened))
        }
        Message::Opened(Ok(())) => Action::none(),
        Message::Opened(Err(reason)) => {
            tracing::warn!(%reason, "a folder could not be opened");
            Action::say(Notice::bad(tr!("places-not-opened")))
        }
        Message::Copy(path) => Action::say(Notice::good(tr!("places-copied")))
            .and_run(iced::clipboard::write(path.display().to_string())),
    }
}

/// Opens a folder in the system's own window; a folder that nothing was put into yet is made.
fn open(folder: &Path) -> Result<(), String> {
    let words = |error: std::io::Error| error.to_string();
    std::fs::create_dir_all(folder).map_err(words)?;
    let (program, tells) = opener();
    let done = std::process::Command::new(program).arg(folder).status().map_err(words)?;
    if done.success() || !tells { Ok(()) } else { Err(done.to_string()) }
}

/// The program that shows folders, and whether its exit code means anything.
fn opener() -> (PathBuf, bool) {
    if cfg!(windows) {
        // By its whole path: a program of that name beside ours is not the system's.
        let system =
            std::env::var_os("SystemRoot").map_or_else(|| PathBuf::from("C:\\Windows"), PathBuf::from);
        (system.join("explorer.exe"), false)
    } else if cfg!(target_os = "macos") {
        (PathBuf::from("open"), true)
    } else {
        (PathBuf::from("xdg-open"), true)
    }
}

/// The folders, each with its buttons.
pub(crate) fn folders<'a>(folders: &Folders) -> Element<'a, Message> {
    let line = |words: String, id: &'static str, path: &Path| {
        let buttons = Row::new()
            .spacing(spacing::S)
            .align_y(Alignment::Center)
            .push(text::body(shown(path)))
            .push(
                button::secondary(tr!("places-open")).id(id).small().on_press(Message::Open(path.to_owned())),
            )
            .push(button::quiet(tr!("places-copy")).small().on_press(Message::Copy(path.to_owned())));
        (words, buttons.into())
    };
    let mut lines = vec![
        line(tr!("settings-data"), "places-data", &folders.data),
        line(tr!("places-cache"), "places-cache", &folders.cache),
        line(tr!("settings-logs"), "places-logs", &folders.logs),
    ];
    if folders.portable {
        lines.push((tr!("places-mode"), text::body(tr!("places-portable")).into()));
    }
    panel::key_values(lines)
}

/// What the administrator has set, or why it cannot be followed; nothing when nothing is set.
pub(crate) fn policy<'a>(client: &Client) -> Option<Element<'a, Message>> {
    let content = match client.policy() {
        Ok(policy) => {
            let place = policy.place.clone()?;
            set(policy, place)
        }
        Err(error) => trouble::note(tr!("places-policy-bad"), error),
    };
    Some(panel::card(tr!("places-policy"), None, content).into())
}

fn set<'a>(policy: &Policy, place: String) -> Element<'a, Message> {
    let value = |key: String, words: String| (key, text::body(words).into());
    let authorities = match &policy.bank_cas {
        None => vec![value(tr!("places-policy-authority"), tr!("places-policy-any"))],
        Some(all) => all.iter().map(|one| value(tr!("places-policy-authority"), shortened(one))).collect(),
    };
    let mut lines: Vec<(String, Element<'a, Message>)> = authorities;
    if let Some(file) = &policy.connection_file {
        lines.push(value(tr!("places-policy-connection"), shown(file)));
    }
    let updates = if policy.updates { "places-policy-on" } else { "places-policy-off" };
    lines.push(value(tr!("places-policy-updates"), texts::text(updates, &[])));
    Column::new()
        .spacing(spacing::S)
        .push(text::hint(tr!("places-policy-help", place = place)).dim())
        .push(panel::key_values(lines))
        .into()
}

/// The fingerprint, shortened in the middle: enough to compare.
fn shortened(fingerprint: &[u8; 32]) -> String {
    let hex: String = fingerprint.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}…{}", &hex[..16], &hex[48..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_cannot_be_made_is_told_and_nothing_is_opened() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        assert!(open(&file.join("below")).is_err());
    }

    #[test]
    fn a_fingerprint_keeps_its_ends() {
        let mut fingerprint = [0xab; 32];
        fingerprint[31] = 0x01;
        assert_eq!(shortened(&fingerprint), "abababababababab…ababababababab01");
    }
}
