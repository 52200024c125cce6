//! A driver for the tests of screens over a real store and a key file: it runs what a screen asks for, keeps what it
//! says, and clicks and types as a person would.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use futures_util::stream::{BoxStream, SelectAll};
use iced::Task;
use iced::keyboard::key::Named;
use iced_runtime::Action as Effect;
use iced_test::Simulator;

use super::contract::Screen;
use super::{Action, Wish};
use crate::design::theme::{Theme, Tone};
use crate::design::{Renderer, font};
use crate::desk::Desk;
use crate::folders::Folders;
use crate::go::Go;
use crate::preferences::Preferences;
use crate::texts::Language;

#[path = "../../../client/tests/fixture/mod.rs"]
#[allow(unreachable_pub)] // the tests of the client share it
pub(crate) mod fixture;
use fixture::Office;

/// Longest wait for the client; the key file's slow unlocking counts.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Driver<S: Screen> {
    pub screen: S,
    pub desk: Desk,
    running: SelectAll<BoxStream<'static, Effect<S::Message>>>,
    pub toasts: Vec<(Tone, String)>,
    pub went: Vec<Go>,
    pub wishes: Vec<Wish>,
    pub runtime: tokio::runtime::Runtime,
}

fn desk(office: &Office, runtime: &tokio::runtime::Runtime) -> Desk {
    runtime.block_on(async {
        let client = office.open();
        let rules = client.rules().await.unwrap();
        client.token_status().wait_for(|status| status.info().is_some()).await.unwrap();
        let customer = Some(rules.customer.clone());
        let folders = Folders::from(client::folders::Folders::around(office.path()));
        let desk = Desk::over(client, folders, Preferences::default());
        Desk { rules: Some(Arc::new(rules)), customer, ..desk }
    })
}

impl<S: Screen> Driver<S> {
    pub(crate) fn new(office: &Office, open: impl FnOnce(&Desk) -> (S, Task<S::Message>)) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let desk = desk(office, &runtime);
        let (screen, task) = open(&desk);
        let mut driver = Self {
            screen,
            desk,
            running: SelectAll::new(),
            toasts: Vec::new(),
            went: Vec::new(),
            wishes: Vec::new(),
            runtime,
        };
        driver.run(task);
        driver
    }

    pub(crate) fn run(&mut self, task: Task<S::Message>) {
        self.running.extend(iced_runtime::task::into_stream(task));
    }

    pub(crate) fn send(&mut self, message: S::Message) {
        let action = self.screen.update(message, &self.desk);
        self.follow(action);
    }

    fn follow(&mut self, action: Action<S::Message>) {
        self.toasts.extend(action.notices.into_iter().map(|notice| (notice.tone, notice.words)));
        match action.wish {
            Some(Wish::Go(go)) => self.went.push(go),
            Some(other) => self.wishes.push(other),
            None => {}
        }
        self.run(action.task);
    }

    /// Lets the client work until something is so.
    pub(crate) fn until(&mut self, so: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !so(self) {
            assert!(start.elapsed() < PATIENCE, "it never became so; toasts: {:?}", self.toasts);
            let running = &mut self.running;
            let next = self
                .runtime
                .block_on(async { tokio::time::timeout(Duration::from_secs(20), running.next()).await });
            if let Ok(Some(Effect::Output(message))) = next {
                self.send(message);
            }
        }
    }

    pub(crate) fn ui<R>(
        &mut self,
        act: impl FnOnce(&mut Simulator<'_, S::Message, Theme, Renderer>) -> R,
    ) -> R {
        let view = self.screen.view(&self.desk);
        let mut ui = Simulator::with_size(font::settings(), (1068.0, 648.0), view);
        let result = act(&mut ui);
        let messages: Vec<S::Message> = ui.into_messages().collect();
        for message in messages {
            self.send(message);
        }
        result
    }

    pub(crate) fn sees(&mut self, words: &str) -> bool {
        self.ui(|ui| ui.find(words).is_ok())
    }

    pub(crate) fn click(&mut self, words: &str) {
        self.ui(|ui| ui.click(words).map(|_| ())).unwrap_or_else(|_| panic!("{words} is not there"));
    }

    pub(crate) fn escape(&mut self) {
        let _ = self.ui(|ui| ui.tap_key(Named::Escape));
    }

    /// Writes the pictures of the screen in both languages to the folder of `KAPOCS_PICTURES`, if it is set (then
    /// with `--test-threads=1`, since the language belongs to the whole program).
    pub(crate) fn picture(&mut self, name: &str) {
        let Some(folder) = std::env::var_os("KAPOCS_PICTURES") else { return };
        for (language, code) in [(Language::En, "en"), (Language::Hu, "hu")] {
            crate::texts::speak(language);
            let path = std::path::PathBuf::from(&folder).join(format!("{name}-{code}"));
            let _ = self.ui(|ui| ui.snapshot(&Theme::LIGHT).unwrap().matches_image(&path).unwrap());
        }
    }
}
