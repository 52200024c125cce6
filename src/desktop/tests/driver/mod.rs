//! Drives the gallery as the window does: keeps the widgets' state between views, sends keys, moves the focus.

use desktop::design::theme::Appearance;
use desktop::design::{Renderer, Theme};
use desktop::screen::gallery::{Gallery, Message, Page};
use iced::advanced::clipboard;
use iced::advanced::widget::Id;
use iced::advanced::widget::operation::{Focusable, Operation, Outcome, focusable};
use iced::keyboard::{self, Key, Modifiers, key::Named};
use iced::{Event, Pixels, Rectangle, Size, mouse};
use iced_runtime::UserInterface;
use iced_runtime::user_interface::Cache;

const WINDOW: Size = Size::new(1280.0, 720.0);

/// A gallery with its window.
pub struct Driver {
    pub gallery: Gallery,
    cache: Option<Cache>,
    renderer: Renderer,
}

type Interface<'a> = UserInterface<'a, Message, Theme, Renderer>;

impl Driver {
    pub fn new(page: Page) -> Self {
        let renderer = Renderer::new(desktop::design::font::REGULAR, Pixels(13.0));
        for file in desktop::design::font::FILES {
            let mut fonts = iced::advanced::graphics::text::font_system().write().expect("fonts");
            fonts.load_font(file.into());
        }
        Self { gallery: Gallery::new(page, Appearance::Light), cache: Some(Cache::default()), renderer }
    }

    fn with<R>(&mut self, act: impl FnOnce(&mut Interface<'_>, &mut Renderer) -> R) -> R {
        let cache = self.cache.take().unwrap_or_default();
        let mut ui = UserInterface::build(self.gallery.view(), WINDOW, cache, &mut self.renderer);
        let result = act(&mut ui, &mut self.renderer);
        self.cache = Some(ui.into_cache());
        result
    }

    /// Sends events; the messages reach the gallery and are returned.
    pub fn send(&mut self, events: &[Event]) -> Vec<Message> {
        let mut messages = Vec::new();
        self.with(|ui, renderer| {
            let _ =
                ui.update(events, mouse::Cursor::Unavailable, renderer, &mut clipboard::Null, &mut messages);
        });
        for message in &messages {
            let _ = self.gallery.update(message.clone());
        }
        // A key that no widget wanted is no answer of one.
        messages.retain(|message| !matches!(message, Message::Key(_)));
        messages
    }

    /// Keys as they come from a scanner or a busy remote session: many at once, letters and named ones.
    pub fn burst(&mut self, keys: &[Key]) -> Vec<Message> {
        let events: Vec<Event> = keys
            .iter()
            .map(|key| {
                let text = match key {
                    Key::Character(letter) => Some(letter.as_str()),
                    _ => None,
                };
                pressed(key.clone(), text, Modifiers::empty())
            })
            .collect();
        let mut all = self.send(&events);
        let mut more = !all.is_empty();
        while more {
            let now = std::time::Instant::now();
            let said = self.send(&[Event::Window(iced::window::Event::RedrawRequested(now))]);
            more = !said.is_empty();
            all.extend(said);
        }
        all
    }

    pub fn key(&mut self, named: Named) -> Vec<Message> {
        self.key_with(named, Modifiers::empty())
    }

    pub fn key_with(&mut self, named: Named, modifiers: Modifiers) -> Vec<Message> {
        let key = Key::Named(named);
        self.press(key, None, modifiers)
    }

    pub fn letter(&mut self, letter: &str) -> Vec<Message> {
        self.press(Key::Character(letter.into()), Some(letter), Modifiers::empty())
    }

    /// A letter with AltGr as Windows hands it on: Ctrl and Alt are held, and `typed` is what the layout makes of it.
    pub fn alt_gr(&mut self, letter: &str, typed: &str) -> Vec<Message> {
        let both = Modifiers::CTRL | Modifiers::ALT;
        let held = |modifiers| Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers));
        let mut said = self.send(&[held(both)]);
        said.extend(self.press(Key::Character(letter.into()), Some(typed), both));
        said.extend(self.send(&[held(Modifiers::empty())]));
        said
    }

    fn press(&mut self, key: Key, text: Option<&str>, modifiers: Modifiers) -> Vec<Message> {
        self.send(&[pressed(key, text, modifiers)])
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

    /// Tab, and the redraw that follows it; what leaving a field says reaches the gallery.
    pub fn tab(&mut self) -> Vec<Message> {
        self.operate(Box::new(desktop::design::keys::Step::by(1)));
        let now = std::time::Instant::now();
        self.send(&[Event::Window(iced::window::Event::RedrawRequested(now))])
    }

    pub fn focus(&mut self, id: &'static str) {
        self.operate(Box::new(focusable::focus::<()>(Id::new(id))));
        let now = std::time::Instant::now();
        self.send(&[Event::Window(iced::window::Event::RedrawRequested(now))]);
        assert_eq!(self.stops().iter().filter(|focused| **focused).count(), 1, "{id} takes no focus");
    }

    /// Every Tab stop, and whether it has the focus.
    pub fn stops(&mut self) -> Vec<bool> {
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

    /// Draws once, as a window would; some widgets remember what they have drawn.
    pub fn draw(&mut self) {
        let theme = self.gallery.theme();
        self.with(|ui, renderer| {
            let style = iced::advanced::renderer::Style { text_color: theme.palette.text };
            ui.draw(renderer, &theme, &style, mouse::Cursor::Unavailable);
        });
    }
}

fn pressed(key: Key, text: Option<&str>, modifiers: Modifiers) -> Event {
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

/// What the system sends while a key stays down.
pub fn held(key: Key) -> Event {
    let mut event = pressed(key, None, Modifiers::empty());
    if let Event::Keyboard(keyboard::Event::KeyPressed { repeat, .. }) = &mut event {
        *repeat = true;
    }
    event
}
