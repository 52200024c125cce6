//! The running program: it opens the window first, starts the client behind it, and shows what came of that.

#[cfg(test)]
mod banks_tests;
mod bench;
mod events;
mod facts;
mod failure;
mod icon;
pub mod instance;
#[cfg(test)]
mod layout_tests;
pub mod logs;
mod notify;
#[cfg(test)]
mod program_tests;
#[cfg(test)]
mod several_tests;
mod start;
mod system_look;
#[cfg(test)]
mod typing_tests;
mod window;
mod window_frame;
#[cfg(test)]
mod wires_tests;

use std::sync::Arc;
use std::time::Instant;

use iced::{Subscription, Task, window as shell};

use crate::arguments::Arguments;
use crate::design::keyboard;
use crate::design::keys::Press;
use crate::design::theme::Theme;
use crate::design::{Element, empty, font, panel};
use crate::folders::Folders;
use crate::preferences::Preferences;
use crate::texts;
use crate::tr;
use failure::Trouble;
use instance::Asked;
use start::Begun;
use system_look::SystemLook;
use window::Window;
use window_frame::Stand;

/// What the systems know the program by: the Start-menu entry that the installer makes, the `.desktop` file's name, the
/// sender of notifications.
pub const APP_ID: &str = "hu.kapocs.Kapocs";

struct App {
    arguments: Arguments,
    folders: Option<Folders>,
    asked: Asked,
    preferences: Preferences,
    system: SystemLook,
    stage: Stage,
    begun: Instant,
}

enum Stage {
    Starting,
    Failed(Arc<Trouble>),
    Running(Box<Window>),
}

/// What happens to the program.
#[derive(Clone)]
enum Message {
    /// The client has started, or not.
    Started(Result<Begun, Arc<Trouble>>),
    Retry,
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

/// Opens the window and runs until it is closed. Where no folder was found for it, it says so and looks again.
/// `asked` is what a window that was there before has answered, `begun` when the process began.
///
/// # Errors
/// When the system gives no window.
pub fn run(arguments: Arguments, folders: Option<Folders>, asked: Asked, begun: Instant) -> iced::Result {
    let factor = arguments.before(Preferences::default()).factor();
    let stand = folders.as_ref().map_or_else(Stand::default, |folders| Stand::read(&folders.data));
    let window = shell::Settings {
        icon: icon::icon(),
        #[cfg(target_os = "linux")]
        platform_specific: shell::settings::PlatformSpecific {
            application_id: APP_ID.to_owned(),
            ..shell::settings::PlatformSpecific::default()
        },
        ..stand.settings(factor)
    };
    let boot = move || App::new(arguments.clone(), folders.clone(), asked.clone(), begun);
    iced::application(boot, App::update, App::view)
        .settings(font::settings())
        .title(App::title)
        .subscription(App::subscription)
        .theme(App::theme)
        .scale_factor(|app: &App| app.preferences.factor())
        .window(window)
        .run()
}

impl App {
    pub(crate) fn new(
        arguments: Arguments,
        folders: Option<Folders>,
        asked: Asked,
        begun: Instant,
    ) -> (Self, Task<Message>) {
        let preferences = arguments.before(Preferences::default());
        texts::speak(preferences.language);
        let system = SystemLook::default();
        let app = Self { arguments, folders, asked, preferences, system, stage: Stage::Starting, begun };
        let start = app.start();
        (app, start)
    }

    /// The program with its version, and whose data it shows where that has to be said.
    fn title(&self) -> String {
        let own = tr!("window-title", version = env!("CARGO_PKG_VERSION"));
        match &self.stage {
            Stage::Running(window) => window.title(own),
            Stage::Starting | Stage::Failed(_) => own,
        }
    }

    fn start(&self) -> Task<Message> {
        let (arguments, folders, asked) = (self.arguments.clone(), self.folders.clone(), self.asked.clone());
        Task::perform(
            async move { start::begin(arguments, folders, asked).await.map_err(Arc::new) },
            Message::Started,
        )
    }

    pub(crate) fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Started(Ok(Begun::Elsewhere)) => iced::exit(),
            Message::Started(Ok(Begun::Here(started))) => {
                self.preferences = self.arguments.before(started.preferences);
                texts::speak(self.preferences.language);
                let place = self.arguments.screen;
                let file = self.arguments.file.take();
                let (window, task) = Window::new(*started, self.preferences, place, file);
                self.stage = Stage::Running(Box::new(window));
                task.map(Message::Window)
            }
            Message::Started(Err(trouble)) => {
                tracing::error!(error = %trouble.error, "the program cannot start");
                self.stage = Stage::Failed(trouble);
                Task::none()
            }
            Message::Retry => {
                // Who held the store may be gone, or answer now.
                self.asked = Asked::Nobody;
                self.stage = Stage::Starting;
                self.start()
            }
            Message::Quit => iced::exit(),
            Message::Key(press) => match &mut self.stage {
                Stage::Running(window) => window.key(&press).map(Message::Window),
                Stage::Starting | Stage::Failed(_) => Task::none(),
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
            Message::Opened(id) => window_frame::fit(id, self.preferences.factor()),
            // The window of a failed start stands where no one put it.
            Message::Close(id) => match (&self.stage, &self.folders) {
                (Stage::Running(_), Some(folders)) => {
                    window_frame::keep_and_close(id, self.preferences.factor(), folders.data.clone())
                }
                _ => shell::close(id),
            },
            Message::FirstFrame => {
                bench::print(self.begun.elapsed());
                iced::exit()
            }
        }
    }

    pub(crate) fn view(&self) -> Element<'_, Message> {
        let content = match &self.stage {
            Stage::Starting => panel::page(empty::empty(tr!("product"), tr!("starting"), None)),
            Stage::Failed(trouble) => failure::view(trouble),
            Stage::Running(window) => window.view().map(Message::Window),
        };
        keyboard::keyboard(content, Message::Key)
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
