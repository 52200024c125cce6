//! The gallery: every piece of the design layer on a few pages, in every palette (`kapocs --gallery`).
//!
//! It is for those who build screens, and for the tests: pictures of it are compared, and every piece is reached by
//! Tab and pressed here. Its sample data are Hungarian, as drawn by the designers, and need no translation.

mod customers;
mod data;
mod pages;
mod partners;
mod token;
mod update;

use std::time::Instant;

use chrono::NaiveDate;
use clap::ValueEnum;
use iced::{Size, Subscription, Task};

use crate::design::keyboard;
use crate::design::keys::Press;
use crate::design::modal::modal;
use crate::design::table::{Order, Pick, Selection};
use crate::design::text::{self, Inked};
use crate::design::theme::{Appearance, Theme, Tone};
use crate::design::toast::{self, Toasts};
use crate::design::{Element, font, frame, nav, pill, segmented, select};
use crate::screen::login::Login;
use crate::screen::token::samples::{Sample, Shown};
use crate::screen::update::Updating;
use crate::texts;
use crate::tr;

/// The pages of the gallery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// Fields, selects, checks, buttons.
    Form,
    /// A list of packages beside its detail.
    Lists,
    /// Cards, charts, key and value.
    Overview,
    /// Pills, banners, steps, texts.
    Pieces,
    /// A hundred thousand rows.
    Long,
    /// A made-up state of the token's place.
    Token(Sample),
    /// Partners in files, in a made-up state.
    Partners(partners::State),
    /// A new version of the program, in a made-up state.
    Update(crate::screen::update::samples::Sample),
    /// Several customers, in a made-up state.
    Customers(customers::State),
    /// The login after a session that locked itself, before a made-up state of the token.
    Locked(Sample),
}

impl std::str::FromStr for Page {
    type Err = String;

    /// The page of a name on the command line: "form", "token-blocked".
    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "form" => Ok(Self::Form),
            "lists" => Ok(Self::Lists),
            "overview" => Ok(Self::Overview),
            "pieces" => Ok(Self::Pieces),
            "long" => Ok(Self::Long),
            _ => match name.split_once('-') {
                Some(("token", state)) => Sample::from_str(state, false).map(Self::Token),
                Some(("locked", state)) => Sample::from_str(state, false).map(Self::Locked),
                Some(("update", state)) => {
                    crate::screen::update::samples::Sample::from_str(state, false).map(Self::Update)
                }
                Some(("customers", state)) => customers::State::from_str(state, false).map(Self::Customers),
                Some(("partners", state)) => partners::State::from_str(state, false).map(Self::Partners),
                _ => Err(format!("no page is named {name}")),
            },
        }
    }
}

/// The state of the gallery.
pub struct Gallery {
    page: Page,
    appearance: Appearance,
    today: NaiveDate,
    partner: String,
    account: String,
    amount: String,
    narrative: String,
    search: String,
    pin: String,
    day_typed: String,
    day: Option<NaiveDate>,
    source: Option<usize>,
    template: Option<usize>,
    instant: bool,
    urgency: usize,
    tab: usize,
    area: usize,
    selection: Selection,
    order: Order,
    toasts: Toasts,
    signing: bool,
    token: Shown,
    partners: partners::Shown,
    customers: customers::Shown,
    login: Login,
    update: Option<Updating>,
}

/// What happens in the gallery.
#[derive(Debug, Clone)]
pub enum Message {
    Go(Page),
    Look(Appearance),
    Partner(String),
    /// A partner was chosen from the suggestions.
    PartnerChosen(usize),
    Account(String),
    Amount(String),
    Narrative(String),
    Search(String),
    Pin(String),
    Day(String),
    DayPicked(NaiveDate),
    Source(usize),
    Template(usize),
    Instant(bool),
    Urgency(usize),
    Tab(usize),
    Area(usize),
    Picked(Pick),
    /// A header was pressed.
    Sort(usize),
    /// A row was opened.
    Open(usize),
    /// An action of a menu.
    Action(usize),
    /// Something that is only a picture was pressed.
    Still,
    /// A button was pressed.
    Pressed(&'static str),
    /// Shows the signing sheet.
    Sign,
    /// Leaves the signing sheet.
    Leave,
    /// Of the floating messages.
    Toast(toast::Message),
    /// A key that nobody wanted.
    Key(Press),
}

/// Opens the gallery in a window of its own until it is closed.
///
/// # Errors
/// When the system gives no window.
pub fn run(page: Page, appearance: Appearance, scale: f32) -> iced::Result {
    iced::application(move || Gallery::new(page, appearance), Gallery::update, Gallery::view)
        .settings(font::settings())
        .title(|_: &Gallery| tr!("window-title", version = env!("CARGO_PKG_VERSION")))
        .subscription(Gallery::subscription)
        .theme(|gallery: &Gallery| Some(gallery.theme()))
        .scale_factor(move |_| scale)
        .window(iced::window::Settings {
            size: Size::new(1280.0, 720.0),
            min_size: Some(Size::new(1000.0, 650.0)),
            ..iced::window::Settings::default()
        })
        .run()
}

impl Gallery {
    /// The gallery at its first page.
    #[must_use]
    pub fn new(page: Page, appearance: Appearance) -> Self {
        Self {
            page,
            appearance,
            today: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap_or_default(),
            partner: "Őrségi Faipari Zrt.".to_owned(),
            account: "11773016-1111101".to_owned(),
            amount: "1\u{a0}250\u{a0}000".to_owned(),
            narrative: "F-2026/1203 számla kiegyenlítése".to_owned(),
            search: String::new(),
            pin: "123456".to_owned(),
            day_typed: "+3".to_owned(),
            day: NaiveDate::from_ymd_opt(2026, 11, 26),
            source: Some(0),
            template: None,
            instant: true,
            urgency: 0,
            tab: 0,
            area: 0,
            selection: Selection::of(0),
            order: Order::Descending,
            toasts: Toasts::default(),
            signing: false,
            token: match page {
                Page::Token(sample) | Page::Locked(sample) => sample.shown(),
                _ => Sample::Present.shown(),
            },
            partners: match page {
                Page::Partners(state) => state.shown(),
                _ => partners::State::Choose.shown(),
            },
            customers: match page {
                Page::Customers(state) => state.shown(),
                _ => customers::State::Everyone.shown(),
            },
            login: token::locked(),
            update: match page {
                Page::Update(sample) => sample.sheet(),
                _ => None,
            },
        }
    }

    /// The theme asked for.
    #[must_use]
    pub fn theme(&self) -> Theme {
        Theme::of(self.appearance, iced::theme::Mode::Light)
    }

    /// What is selected in the lists.
    #[must_use]
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// Whether the signing sheet is shown.
    #[must_use]
    pub fn is_signing(&self) -> bool {
        self.signing
    }

    pub fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Go(page) => self.page = page,
            Message::Look(appearance) => self.appearance = appearance,
            Message::Partner(typed) => self.partner = typed,
            Message::PartnerChosen(index) => {
                if let Some(name) = data::partners_like(&self.partner).get(index) {
                    self.partner.clone_from(name);
                }
            }
            Message::Account(typed) => self.account = crate::format::account(&typed),
            Message::Amount(typed) => self.amount = typed,
            Message::Narrative(typed) => self.narrative = typed,
            Message::Search(typed) => self.search = typed,
            Message::Pin(typed) => self.pin = typed,
            Message::Day(typed) => self.day_typed = typed,
            Message::DayPicked(day) => {
                self.day = Some(day);
                self.day_typed = crate::format::date(day);
            }
            Message::Source(index) => self.source = Some(index),
            Message::Template(index) => self.template = Some(index),
            Message::Instant(on) => self.instant = on,
            Message::Urgency(index) => self.urgency = index,
            Message::Tab(index) => self.tab = index,
            Message::Area(index) => self.area = index,
            Message::Picked(pick) => self.selection.apply(pick),
            Message::Sort(_) => self.order = self.order.turned(),
            Message::Open(row) => self.say(Tone::Accent, format!("{}. sor megnyitva", row + 1)),
            Message::Action(index) => self.say(Tone::Neutral, format!("{}. művelet", index + 1)),
            Message::Pressed(what) => self.say(Tone::Good, what.to_owned()),
            Message::Sign => self.signing = true,
            Message::Leave => self.signing = false,
            Message::Still | Message::Key(_) => {}
            Message::Toast(message) => self.toasts.update(message),
        }
        Task::none()
    }

    fn say(&mut self, tone: Tone, words: String) {
        self.toasts.push(tone, words, Instant::now());
    }

    pub fn view(&self) -> Element<'_, Message> {
        keyboard::keyboard(self.content(), Message::Key)
    }

    fn content(&self) -> Element<'_, Message> {
        if matches!(self.page, Page::Token(_) | Page::Locked(_)) {
            return token::view(self);
        }
        if let Page::Update(sample) = self.page {
            return update::view(self, sample);
        }
        if let Page::Customers(state) = self.page {
            return customers::view(self, state);
        }
        if matches!(self.page, Page::Partners(_)) {
            return partners::view(self);
        }
        let top = frame::top_bar(
            tr!("product"),
            [
                select::select("", ["Minta Kereskedelmi Kft.", "Próba Bt."], Some(0))
                    .on_select(Message::Area)
                    .strong()
                    .width(188)
                    .into(),
                pill::state_pill(Tone::Good, "Bank: kapcsolódva"),
                pill::state_pill(Tone::Good, "Token: Kovács Anna · PIN megadva"),
            ],
            segmented::segmented(
                [
                    (Appearance::Light, tr!("gallery-light")),
                    (Appearance::Dark, tr!("gallery-dark")),
                    (Appearance::HighContrast, tr!("gallery-high-contrast")),
                ],
                self.appearance,
                Message::Look,
            ),
        );
        let navigation = nav::nav(
            [
                nav::section("", [nav::item(Page::Overview, "Áttekintés")]),
                nav::section(
                    "Megbízások",
                    [
                        nav::item(Page::Form, "Új megbízás"),
                        nav::item(Page::Lists, "Előkészített csomagok").count(4),
                        nav::item(Page::Long, "Százezer sor"),
                    ],
                ),
                nav::section("Darabok", [nav::item(Page::Pieces, "Minden más").alert(true)]),
            ],
            self.page,
            Message::Go,
        );
        let place = match self.page {
            Page::Form => pages::form(self),
            Page::Lists => pages::lists(self),
            Page::Overview => pages::overview(self),
            Page::Pieces => pages::pieces(self),
            Page::Long => pages::long(self),
            Page::Token(_) | Page::Locked(_) => token::place(self),
            Page::Partners(_) => partners::place(self),
            Page::Customers(state) => customers::place(self, state),
            Page::Update(sample) => update::place(sample),
        };
        let status = status();
        let window = frame::frame(top, navigation, place, status);
        let sheet = self.signing.then(|| pages::sheet(self));
        self.toasts.over(modal(window, sheet, Some(Message::Leave)), Message::Toast)
    }

    /// The clock of floating messages.
    pub fn subscription(&self) -> Subscription<Message> {
        self.toasts.subscription().map(Message::Toast)
    }
}

/// The line at the bottom.
fn status<'a>() -> Element<'a, Message> {
    frame::status_line(
        [text::hint("Utolsó frissítés: 09:42:10 · minden naprakész").dim().into()],
        [
            "2 csomag vár az Ön aláírására".to_owned(),
            texts::language().code().to_uppercase(),
            format!("Kapocs {}", env!("CARGO_PKG_VERSION")),
        ]
        .map(|words| text::hint(words).dim().one_line().into()),
    )
}
