//! The running program: it opens the window first, starts the client behind it, and shows what came of that.

pub mod arguments;
mod bench;
mod events;
pub mod facts;
mod failure;
pub mod logs;
pub mod preferences;
pub mod route;
mod sheets;
pub mod start;
mod top;
mod window;

use std::sync::Arc;
use std::time::Instant;

use client::ClientError;
use iced::{Size, Subscription, Task};

use crate::design::keys::{self, Press};
use crate::design::theme::Theme;
use crate::design::{Element, empty, font, panel};
use crate::texts;
use crate::tr;
use arguments::Arguments;
use preferences::Preferences;
use start::{Folders, Started};
pub use window::{Message as WindowMessage, Window};

/// The program.
pub struct App {
    arguments: Arguments,
    folders: Folders,
    preferences: Preferences,
    stage: Stage,
    begun: Instant,
}

enum Stage {
    Starting,
    Failed(Arc<ClientError>),
    Running(Box<Window>),
}

/// What happens to the program.
#[derive(Clone)]
pub enum Message {
    /// The client has started, or not.
    Started(Result<Box<Started>, Arc<ClientError>>),
    /// Start again.
    Retry,
    /// End.
    Quit,
    /// A key before the window runs, or one that no widget of it wanted.
    Key(Press),
    /// Something in the running window.
    Window(window::Message),
    /// The first frame has been shown.
    FirstFrame,
}

/// Opens the window and runs until it is closed. `begun` is when the process began.
///
/// # Errors
/// When the system gives no window.
pub fn run(arguments: Arguments, folders: Folders, begun: Instant) -> iced::Result {
    let boot = move || App::new(arguments.clone(), folders.clone(), begun);
    iced::application(boot, App::update, App::view)
        .settings(font::settings())
        .title(|_: &App| tr!("window-title", version = env!("CARGO_PKG_VERSION")))
        .subscription(App::subscription)
        .theme(App::theme)
        .scale_factor(|app: &App| app.preferences.factor())
        .window(iced::window::Settings {
            size: Size::new(1280.0, 720.0),
            min_size: Some(Size::new(1000.0, 650.0)),
            ..iced::window::Settings::default()
        })
        .run()
}

impl App {
    /// The program, starting.
    pub fn new(arguments: Arguments, folders: Folders, begun: Instant) -> (Self, Task<Message>) {
        let preferences = Preferences::default().with(&arguments);
        texts::speak(preferences.language);
        let app = Self { arguments, folders, preferences, stage: Stage::Starting, begun };
        let start = app.start();
        (app, start)
    }

    fn start(&self) -> Task<Message> {
        let (arguments, folders) = (self.arguments.clone(), self.folders.clone());
        Task::perform(
            async move { start::start(arguments, folders).await.map(Box::new).map_err(Arc::new) },
            Message::Started,
        )
    }

    /// Does what happened.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Started(Ok(started)) => {
                self.preferences = started.preferences.with(&self.arguments);
                texts::speak(self.preferences.language);
                let place = self.arguments.screen;
                let (window, task) = Window::new(*started, self.folders.clone(), self.preferences, place);
                self.stage = Stage::Running(Box::new(window));
                task.map(Message::Window)
            }
            Message::Started(Err(error)) => {
                tracing::error!(%error, "the program cannot start");
                self.stage = Stage::Failed(error);
                Task::none()
            }
            Message::Retry => {
                self.stage = Stage::Starting;
                self.start()
            }
            Message::Quit => iced::exit(),
            Message::Key(press) => match &mut self.stage {
                Stage::Running(window) => window.key(&press).map(Message::Window),
                _ => press.focus_step().unwrap_or_else(Task::none),
            },
            Message::Window(message) => {
                let Stage::Running(window) = &mut self.stage else { return Task::none() };
                let task = window.update(message).map(Message::Window);
                self.preferences = window.preferences();
                task
            }
            Message::FirstFrame => {
                bench::print(self.begun.elapsed());
                iced::exit()
            }
        }
    }

    /// The whole window.
    pub fn view(&self) -> Element<'_, Message> {
        match &self.stage {
            Stage::Starting => panel::page(empty::empty(tr!("product"), tr!("starting"), None)),
            Stage::Failed(error) => failure::view(error, &self.folders),
            Stage::Running(window) => window.view().map(Message::Window),
        }
    }

    fn theme(&self) -> Option<Theme> {
        match self.preferences.colours.into() {
            crate::design::theme::Appearance::System => None,
            chosen => Some(Theme::of(chosen, iced::theme::Mode::Light)),
        }
    }

    fn subscription(&self) -> Subscription<Message> {
        let window = match &self.stage {
            Stage::Running(window) => window.subscription().map(Message::Window),
            _ => Subscription::none(),
        };
        let bench = if self.arguments.bench_first_frame {
            iced::window::frames().map(|_| Message::FirstFrame)
        } else {
            Subscription::none()
        };
        Subscription::batch([keys::presses().map(Message::Key), window, bench])
    }
}
