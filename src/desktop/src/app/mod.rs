//! The running program: it opens the window first, starts the client behind it, and shows what came of that.

pub mod arguments;
mod bench;
mod events;
pub mod facts;
mod failure;
mod icon;
pub mod logs;
mod notify;
mod place;
pub mod preferences;
pub mod route;
mod sheets;
pub mod start;
mod system_look;
mod top;
pub mod updates;
mod window;

use std::sync::Arc;
use std::time::Instant;

use client::ClientError;
use iced::{Subscription, Task, window as shell};

use crate::design::keys::{self, Press};
use crate::design::theme::Theme;
use crate::design::{Element, empty, font, panel};
use crate::texts;
use crate::tr;
use arguments::Arguments;
use place::Stand;
use preferences::Preferences;
use start::{Folders, Started};
use system_look::SystemLook;
pub use window::{Message as WindowMessage, Window};

/// What the systems know the program by: the Start-menu entry that the installer makes, the `.desktop` file's name, the
/// sender of notifications.
pub const APP_ID: &str = "hu.kapocs.Kapocs";

/// The program.
pub struct App {
    arguments: Arguments,
    folders: Folders,
    preferences: Preferences,
    system: SystemLook,
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
    /// The system asks for other colours.
    System(SystemLook),
    /// The window has opened.
    Opened(shell::Id),
    /// The window shall close.
    Close(shell::Id),
    /// The first frame has been shown.
    FirstFrame,
}

/// Opens the window and runs until it is closed. `begun` is when the process began.
///
/// # Errors
/// When the system gives no window.
pub fn run(arguments: Arguments, folders: Folders, begun: Instant) -> iced::Result {
    let factor = Preferences::default().with(&arguments).factor();
    let window = shell::Settings {
        icon: icon::icon(),
        #[cfg(target_os = "linux")]
        platform_specific: shell::settings::PlatformSpecific {
            application_id: APP_ID.to_owned(),
            ..shell::settings::PlatformSpecific::default()
        },
        ..Stand::read(&folders.data).settings(factor)
    };
    let boot = move || App::new(arguments.clone(), folders.clone(), begun);
    iced::application(boot, App::update, App::view)
        .settings(font::settings())
        .title(|_: &App| tr!("window-title", version = env!("CARGO_PKG_VERSION")))
        .subscription(App::subscription)
        .theme(App::theme)
        .scale_factor(|app: &App| app.preferences.factor())
        .window(window)
        .run()
}

impl App {
    /// The program, starting.
    pub fn new(arguments: Arguments, folders: Folders, begun: Instant) -> (Self, Task<Message>) {
        let preferences = Preferences::default().with(&arguments);
        texts::speak(preferences.language);
        let system = SystemLook::default();
        let app = Self { arguments, folders, preferences, system, stage: Stage::Starting, begun };
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
            Message::System(look) => {
                self.system = look;
                Task::none()
            }
            Message::Opened(id) => place::fit(id, self.preferences.factor()),
            Message::Close(id) => {
                place::keep_and_close(id, self.preferences.factor(), self.folders.data.clone())
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
            crate::design::theme::Appearance::System => self.system.theme(),
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
        Subscription::batch([
            keys::presses().map(Message::Key),
            system_look::looks().map(Message::System),
            shell::open_events().map(Message::Opened),
            shell::close_requests().map(Message::Close),
            window,
            bench,
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::APP_ID;

    #[test]
    fn the_desktop_file_names_the_window_and_its_icon() {
        let file = include_str!("../../../../assets/linux/hu.kapocs.Kapocs.desktop");
        for key in ["StartupWMClass", "Icon"] {
            assert!(file.lines().any(|line| line == format!("{key}={APP_ID}")), "{key}");
        }
    }
}
