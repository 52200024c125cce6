//! The running program over a real client, without a bank: what Tab reaches, what Esc leaves, what a failed start
//! says, and that no text stays behind when the language changes.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use clap::{Parser, ValueEnum};
use client::Change;
use client::texts::Language;
use domain::ConnectionKey;
use iced::advanced::clipboard;
use iced::advanced::widget::operation::{Focusable, Outcome};
use iced::advanced::widget::{Id, Operation};
use iced::futures::stream::{BoxStream, SelectAll};
use iced::futures::{FutureExt, StreamExt};
use iced::keyboard::{self, Key, Modifiers, key::Named};
use iced::{Event, Pixels, Rectangle, Size, Task, mouse};
use iced_runtime::user_interface::Cache;
use iced_runtime::{Action, UserInterface};
use tokio::runtime::Runtime;
use tokio::sync::broadcast::Receiver;

use super::events::Event as Told;
use super::instance::Asked;
use super::window::Message as WindowMessage;
use super::window::Window;
use super::{App, Message, Stage, start};
use crate::arguments::Arguments;
use crate::design::keys::{self, Press};
use crate::design::{Renderer, Theme, font};
use crate::house::Handle;
use crate::navigation::Place;
use crate::screen::driver::fixture::Office;
use crate::screen::{self, connect};
use crate::texts;

/// How long a task is waited for that may have nothing more to say: clocks and lists that wait to be looked at.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long something is waited for that must come.
const LONGEST: Duration = Duration::from_secs(60);
/// The language belongs to the whole process: one test at a time.
static ONE: Mutex<()> = Mutex::new(());

/// The program with a window that nobody sees: what its client announces reaches it, as by the subscription.
pub(super) struct Program {
    app: App,
    cache: Cache,
    renderer: Renderer,
    pub(super) runtime: Runtime,
    /// The window's, in logical pixels.
    size: Size,
    /// What runs: everything that was asked for and has not ended.
    running: SelectAll<BoxStream<'static, Action<Message>>>,
    changes: Vec<(Option<ConnectionKey>, Receiver<Change>)>,
    _one: MutexGuard<'static, ()>,
}

impl Program {
    /// Starts the program and lets it come to rest.
    pub(super) fn start(data: &Path, more: &[&str]) -> Self {
        let one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        for file in font::FILES {
            let mut fonts = iced::advanced::graphics::text::font_system().write().expect("fonts");
            fonts.load_font(file.into());
        }
        let data = data.to_str().unwrap();
        let line = [&["kapocs", "--data", data, "--lang", "hu"], more].concat();
        let arguments = Arguments::try_parse_from(line).unwrap();
        let folders = arguments.folders().unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let inside = runtime.enter();
        let (app, task) = App::new(arguments, Some(folders), Asked::Nobody, Instant::now());
        drop(inside);
        let renderer = Renderer::new(font::REGULAR, Pixels(13.0));
        let cache = Cache::default();
        let running = SelectAll::new();
        let size = Size::new(1280.0, 720.0);
        let mut program =
            Self { app, cache, renderer, runtime, size, running, changes: Vec::new(), _one: one };
        program.settle(task);
        if let Stage::Running(window) = &program.app.stage {
            let own = window.desk.client.clone();
            let others = window.facts.house.banks.iter().filter_map(|bank| bank.handle.as_ref());
            let others = others.map(|Handle(side)| side.clone());
            let others = others.filter(|side| side.own_connection() != own.own_connection());
            let all = others.chain([own.clone()]);
            program.changes = all.map(|side| (side.own_connection(), side.changes())).collect();
        }
        program
    }

    pub(super) fn window(&self) -> &Window {
        match &self.app.stage {
            Stage::Running(window) => window,
            _ => panic!("the program does not run"),
        }
    }

    fn with<R>(
        &mut self,
        act: impl FnOnce(&mut UserInterface<'_, Message, Theme, Renderer>, &mut Renderer) -> R,
    ) -> R {
        let cache = std::mem::take(&mut self.cache);
        let mut ui = UserInterface::build(self.app.view(), self.size, cache, &mut self.renderer);
        let result = act(&mut ui, &mut self.renderer);
        self.cache = ui.into_cache();
        result
    }

    /// Gives the window another size, in logical pixels.
    pub(super) fn resize(&mut self, size: Size) {
        self.size = size;
    }

    /// Draws the window once, as it is shown.
    pub(super) fn draw(&mut self) {
        let theme = Theme::LIGHT;
        let style = iced::advanced::renderer::Style { text_color: theme.palette.text };
        self.with(|ui, renderer| ui.draw(renderer, &theme, &style, mouse::Cursor::Unavailable));
    }

    /// Walks the window's widgets.
    pub(super) fn walk(&mut self, operation: &mut dyn Operation) {
        self.with(|ui, renderer| ui.operate(renderer, operation));
    }

    /// Runs a task and all that follows from it, until nothing more comes. Clocks and lists that wait to be looked at
    /// go on running.
    pub(super) fn settle(&mut self, task: Task<Message>) {
        let Some(stream) = iced_runtime::task::into_stream(task) else { return };
        self.running.push(stream);
        while self.step() {}
    }

    /// Lets the program work until something is so.
    pub(super) fn until(&mut self, so: impl Fn(&mut Self) -> bool) {
        let begun = Instant::now();
        while !so(self) {
            assert!(begun.elapsed() < LONGEST, "it never became so: {:?}", self.texts());
            self.step();
        }
    }

    /// Does the next thing that was asked for or that the client tells; false if nothing comes for a while.
    fn step(&mut self) -> bool {
        let told = self.changes.iter_mut().find_map(|(of, changes)| Some((*of, changes.try_recv().ok()?)));
        if let Some((of, change)) = told {
            let task = self.update(Message::Window(WindowMessage::Event(of, Told::Changed(change))));
            self.running.extend(iced_runtime::task::into_stream(task));
            return true;
        }
        let next = self.running.next();
        let Ok(Some(action)) = self.runtime.block_on(async { tokio::time::timeout(PATIENCE, next).await })
        else {
            return false;
        };
        self.act(action);
        true
    }

    fn act(&mut self, action: Action<Message>) {
        match action {
            Action::Output(message) => {
                let task = self.update(message);
                self.running.extend(iced_runtime::task::into_stream(task));
            }
            Action::Widget(operation) => self.operate(operation),
            _ => {}
        }
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        let _inside = self.runtime.enter();
        self.app.update(message)
    }

    pub(super) fn send(&mut self, message: Message) {
        let task = self.update(message);
        self.settle(task);
    }

    /// Hands on a message of the open place; what follows from it runs later.
    pub(super) fn tell(&mut self, message: screen::Message) {
        let visit = self.window().visit();
        let task = self.update(Message::Window(WindowMessage::Screen(visit, message)));
        self.running.extend(iced_runtime::task::into_stream(task));
    }

    /// Sends a message to the open place.
    pub(super) fn screen(&mut self, message: screen::Message) {
        let visit = self.window().visit();
        self.send(Message::Window(WindowMessage::Screen(visit, message)));
    }

    pub(super) fn open(&mut self, place: Place) {
        self.send(Message::Window(WindowMessage::Open(place)));
    }

    pub(super) fn speak(&mut self, language: Language) {
        self.send(Message::Window(WindowMessage::Language(language)));
    }

    fn operate(&mut self, mut operation: Box<dyn Operation>) {
        self.with(|ui, renderer| {
            loop {
                ui.operate(renderer, operation.as_mut());
                match operation.finish() {
                    Outcome::Chain(next) => operation = next,
                    Outcome::None | Outcome::Some(()) => break,
                }
            }
        });
    }

    /// Sends a key, and does all that follows from it.
    pub(super) fn key(&mut self, named: Named) {
        self.keys(&[pressed(Key::Named(named), None, Modifiers::empty())]);
    }

    /// Sends events in one go, as a window gets them that was busy meanwhile, and lets the program come to rest.
    pub(super) fn keys(&mut self, events: &[Event]) {
        self.burst(events);
        while self.step() {}
        // A window that has come to rest has been drawn.
        let drawn = Event::Window(iced::window::Event::RedrawRequested(Instant::now()));
        if self.events(&[drawn]) {
            while self.step() {}
        }
    }

    /// Sends events in one go; the next ones may come before all that follows from these is done.
    pub(super) fn burst(&mut self, events: &[Event]) {
        let mut more = self.events(events);
        // Frames are drawn until no key waits any more, as a window does that was asked for one.
        while more {
            more = self.events(&[Event::Window(iced::window::Event::RedrawRequested(Instant::now()))]);
        }
    }

    /// Does what is ready to be done, without waiting for more.
    pub(super) fn work(&mut self) {
        let runtime = self.runtime.handle().clone();
        let next = |program: &mut Self| {
            let _inside = runtime.enter();
            program.running.next().now_or_never().flatten()
        };
        while let Some(action) = next(self) {
            self.act(action);
        }
    }

    /// Hands on events, and what the widgets say of them; says whether they said anything.
    fn events(&mut self, events: &[Event]) -> bool {
        let mut messages = Vec::new();
        self.with(|ui, renderer| {
            let pointer = mouse::Cursor::Unavailable;
            let _ = ui.update(events, pointer, renderer, &mut clipboard::Null, &mut messages);
        });
        let any = !messages.is_empty();
        for message in messages {
            let task = self.update(message);
            self.running.extend(iced_runtime::task::into_stream(task));
        }
        any
    }

    fn stops(&mut self) -> Vec<bool> {
        struct Stops(Vec<bool>);
        impl Operation for Stops {
            fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
                operate(self);
            }
            fn focusable(&mut self, _: Option<&Id>, _: Rectangle, state: &mut dyn Focusable) {
                self.0.push(state.is_focused());
            }
        }
        let mut stops = Stops(Vec::new());
        self.with(|ui, renderer| ui.operate(renderer, &mut stops));
        stops.0
    }

    /// Every text that stands in the window.
    pub(super) fn texts(&mut self) -> BTreeSet<String> {
        struct Texts(BTreeSet<String>);
        impl Operation for Texts {
            fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
                operate(self);
            }
            fn text(&mut self, _: Option<&Id>, _: Rectangle, text: &str) {
                self.0.insert(text.to_owned());
            }
        }
        let mut texts = Texts(BTreeSet::new());
        self.with(|ui, renderer| ui.operate(renderer, &mut texts));
        texts.0
    }

    pub(super) fn says(&mut self, words: &str) -> bool {
        self.texts().iter().any(|text| text.contains(words))
    }
}

/// A key that goes down.
pub(super) fn pressed(key: Key, text: Option<&str>, modifiers: Modifiers) -> Event {
    Event::Keyboard(keyboard::Event::KeyPressed {
        modified_key: key.clone(),
        key,
        physical_key: keyboard::key::Physical::Unidentified(keyboard::key::NativeCode::Unidentified),
        location: keyboard::Location::Standard,
        modifiers,
        text: text.map(Into::into),
        repeat: false,
    })
}

#[test]
fn a_first_start_asks_for_the_banks_file_and_esc_leaves_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Program::start(folder.path(), &["--no-token"]);
    assert!(program.says("Csatlakozás a bankhoz"), "{:?}", program.texts());
    assert!(program.stops().contains(&true), "the path has the focus");
    program.key(Named::Escape);
    assert!(!program.says("Csatlakozás a bankhoz"));
    assert!(program.says("nincs bank csatlakoztatva"));
}

#[test]
fn a_file_that_is_no_connection_file_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = folder.path().join("wrong.toml");
    std::fs::write(&wrong, "nonsense").unwrap();
    let mut program = Program::start(&folder.path().join("data"), &["--no-token"]);
    let path = wrong.display().to_string();
    for message in [connect::Message::Path(path), connect::Message::Submit] {
        program.send(Message::Window(WindowMessage::Connect(message)));
    }
    assert!(program.says("Nem sikerült csatlakozni"), "{:?}", program.texts());
    assert!(program.says("kapcsolatfájl nem olvasható"), "{:?}", program.texts());
}

#[test]
fn tab_walks_every_stop_of_every_place() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Program::start(folder.path(), &["--no-token"]);
    program.key(Named::Escape);
    for place in Place::value_variants() {
        program.open(*place);
        let count = program.stops().len();
        assert!(count >= 8, "{place:?} has only {count} stops");
        let mut reached = BTreeSet::new();
        for _ in 0..count {
            program.operate(Box::new(keys::Step::by(1)));
            let focused: Vec<usize> = (0..count).filter(|at| program.stops()[*at]).collect();
            assert_eq!(focused.len(), 1, "{place:?}");
            reached.extend(focused);
        }
        assert_eq!(reached.len(), count, "{place:?}");
    }
}

#[test]
fn a_key_with_alt_gr_or_with_more_than_ctrl_is_no_shortcut_anywhere() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Program::start(folder.path(), &["--no-token"]);
    program.key(Named::Escape);
    let ctrl = Modifiers::CTRL;
    let more = [ctrl | Modifiers::ALT, ctrl | Modifiers::ALT | Modifiers::SHIFT, Modifiers::ALT];
    for place in Place::value_variants() {
        program.open(*place);
        let before = program.texts();
        for modifiers in more {
            for letter in ('!'..='~').chain("áéíóöőúüű".chars()) {
                let press = Press { key: Key::Character(letter.to_string().into()), modifiers };
                program.send(Message::Key(press));
            }
        }
        assert_eq!(program.texts(), before, "{place:?}");
    }
    // So that this test could fail at all.
    program.open(Place::Overview);
    let before = program.texts();
    program.send(Message::Key(Press { key: Key::Character("i".into()), modifiers: ctrl }));
    assert_ne!(program.texts(), before, "Ctrl+I imports");
}

#[test]
fn f1_shows_the_keys_of_every_place_and_goes_away_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Program::start(folder.path(), &["--no-token"]);
    program.key(Named::Escape);
    for place in Place::value_variants() {
        program.open(*place);
        let before = program.texts();
        program.key(Named::F1);
        assert!(program.says("Mindenhol") && program.says("ez a lap"), "{place:?}: {:?}", program.texts());
        let leave = if *place == Place::Order { Named::Escape } else { Named::F1 };
        program.key(leave);
        assert_eq!(program.texts(), before, "{place:?}");
    }
    program.open(Place::Prepared);
    program.key(Named::F1);
    assert!(program.says("közös területre tétel"), "the place's own keys");
}

#[test]
fn a_new_language_reaches_every_text() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Program::start(folder.path(), &["--no-token"]);
    program.key(Named::Escape);
    let version = format!("Kapocs {}", env!("CARGO_PKG_VERSION"));
    for place in Place::value_variants() {
        program.open(*place);
        program.speak(Language::Hu);
        let hungarian = program.texts();
        program.speak(Language::En);
        let english = program.texts();
        let same: Vec<&String> = hungarian
            .intersection(&english)
            .filter(|text| text.chars().any(char::is_alphabetic))
            // Names, codes, shortcuts, paths and words that both languages write alike.
            .filter(|text| {
                !["Kapocs", "HU", "EN", "Token", "TOKEN", "Magyar", "English", "Export", "Import", "Bank"]
                    .contains(&text.as_str())
            })
            .filter(|text| **text != version && !text.contains('/') && !text.contains("Ctrl"))
            .filter(|text| {
                ![
                    "Del",
                    "Ins",
                    "Esc",
                    "Enter",
                    "F2",
                    "F7",
                    "F8",
                    "F9",
                    "HCT",
                    "VIBER",
                    "PARTNERS.DAT",
                    "CSV",
                    "vCard",
                    "Excel (XLSX)",
                ]
                .contains(&text.as_str())
            })
            .collect();
        assert!(same.is_empty(), "{place:?}: {same:?}");
        assert!(hungarian.len() > 10, "{place:?}: {hungarian:?}");
    }
    texts::speak(Language::Hu);
}

#[test]
fn the_chosen_language_is_there_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Program::start(folder.path(), &["--no-token"]);
    program.speak(Language::En);
    drop(program);
    // The command line would go before it.
    let one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let arguments =
        Arguments::try_parse_from(["kapocs", "--no-token", "--data", folder.path().to_str().unwrap()])
            .unwrap();
    let folders = arguments.folders().unwrap();
    let started = runtime.block_on(start::start(arguments, folders)).unwrap();
    assert_eq!(started.preferences.language, Language::En);
    texts::speak(Language::Hu);
    drop(one);
}

#[test]
fn a_damaged_store_is_explained_with_its_place_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = client::store_path(folder.path());
    std::fs::write(&store, "this is no database").unwrap();
    let mut program = Program::start(folder.path(), &["--no-token"]);
    assert!(program.says("A program nem tud elindulni"), "{:?}", program.texts());
    assert!(program.says("Ez a fájl nem a program adatbázisa"));
    assert!(program.says(&folder.path().display().to_string()));
    assert_eq!(program.stops().len(), 2, "try again and quit");
    assert_eq!(std::fs::read_to_string(&store).unwrap(), "this is no database");
    std::fs::remove_file(&store).unwrap();
    program.send(Message::Retry);
    assert!(program.says("Csatlakozás a bankhoz"), "{:?}", program.texts());
}

#[test]
fn a_demo_without_the_banks_program_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let mut program =
        Program::start(folder.path(), &["--demo", "--demo-data", folder.path().to_str().unwrap()]);
    assert!(program.says("A program nem tud elindulni"), "{:?}", program.texts());
    assert!(program.says("A bemutató nem indítható el"));
}

#[test]
fn a_store_that_no_window_holds_is_explained_and_opens_once_it_is_free() {
    let folder = tempfile::tempdir().unwrap();
    let held = store::Store::open(&client::store_path(folder.path())).unwrap();
    let mut program = Program::start(folder.path(), &["--no-token"]);
    // A short run of the command line is waited for.
    program.until(|program| program.says("már használja a program egy másik példánya"));
    assert!(program.says("parancssori futása"), "{:?}", program.texts());
    drop(held);
    program.send(Message::Retry);
    assert!(program.says("Csatlakozás a bankhoz"), "{:?}", program.texts());
}

#[test]
fn a_file_waits_until_somebody_may_see_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("csomag.kapocs");
    std::fs::write(&file, "no package").unwrap();
    let mut program = Program::start(folder.path(), &["--no-token", file.to_str().unwrap()]);
    assert!(program.says("Csatlakozás a bankhoz"), "{:?}", program.texts());
    assert!(!program.says("csomag.kapocs"), "nobody is here who may see it");
}

#[test]
fn every_place_begins_with_the_focus_and_esc_leads_back_one_step() {
    let office = Office::new();
    let mut program = Program::start(office.path(), &["--no-token"]);
    program.key(Named::Escape);
    use Place::{Accounts, Import, Journal, Order, Overview, Partners, Prepared, Sent, Settings, Templates};
    // Others have nothing to press while nobody is logged in.
    for place in [Overview, Order, Prepared, Sent, Import, Accounts, Partners, Templates, Journal, Settings] {
        program.open(place);
        program.keys(&[]);
        assert_eq!(program.stops().iter().filter(|focused| **focused).count(), 1, "{place:?}");
    }
    for place in [Place::Accounts, Place::Journal, Place::Users] {
        program.open(place);
    }
    for place in [Place::Journal, Place::Accounts] {
        program.key(Named::Escape);
        assert_eq!(program.window().place, place);
    }
}
