//! An office for the tests of screens: a real client over a real store in a folder of its own, with a customer, its
//! accounts and the rules of a bank, and a runtime that runs what screens ask for.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::{NaiveDate, NaiveTime, Utc};
use client::{Client, Options, Rules, TokenConfig};
use domain::pin::PinRules;
use domain::profile::{
    BatchRule, InstantRules, IntradayRules, PackageRules, SessionRules, TokenRules, ViberRules,
};
use domain::{
    Account, Balance, BankEntry, BankProfile, Calendar, Currency, Customer, CustomerKind, Money, OrderType,
};
use iced::advanced::widget::operation::Outcome;
use iced::{Task, keyboard};
use iced_runtime::futures::futures::StreamExt;
use iced_runtime::user_interface::Cache;
use iced_runtime::{Action, UserInterface};
use iced_test::Simulator;
use protocol::{ClientPolicy, ServerInfo, Trust};
use rust_decimal::Decimal;
use store::connections::{ConnectionKind, NewConnection};
use store::{self, Store, bank::SnapshotKind};

use crate::design::theme::Appearance;
use crate::design::{Element, Renderer, Theme, font};
use crate::desk::Desk;
use crate::folders::Folders;
use crate::go::Go;
use crate::preferences::Preferences;
use crate::screen::Wish;
use crate::screen::contract::Screen;
use crate::screen::notice::Notice;
use crate::texts::{self, Language};

pub(crate) const OWN: &str = "10400023-53656565-85691020";
/// The second account in forints.
const SECOND: &str = "10400023-50526765-81561003";
pub(crate) const OTP: &str = "11773016-11111018";

fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

fn profile() -> BankProfile {
    BankProfile {
        id: "kh".into(),
        version: 1,
        name: "K&H".into(),
        bank_codes: vec!["104".into()],
        order_types: OrderType::ALL.to_vec(),
        max_days_ahead: Some(99),
        instant: InstantRules {
            limit: Decimal::from(20_000_000),
            target_seconds: 5,
            limit_seconds: 20,
            company: BatchRule::TickDecides,
            private_person: BatchRule::TickDecides,
            paced_hours: 4,
        },
        intraday: IntradayRules {
            cycles: vec![time(7, 30), time(10, 30), time(13, 30), time(17, 0)],
            cut_off: time(16, 30),
            own_bank_cut_off: time(18, 0),
            limit_hours: 4,
        },
        viber: ViberRules {
            open: time(8, 0),
            cut_off: time(16, 0),
            company_batches: true,
            only_to_other_banks: false,
        },
        packages: PackageRules {
            check_before_signing: false,
            company_instant_alone: false,
            mixed_types: false,
            several_debit_accounts: false,
            max_orders: 10_000,
        },
        token: TokenRules {
            software_allowed: true,
            pin_tries: 5,
            pin: PinRules::default(),
            session: SessionRules::default(),
            renewal_days: 60,
        },
    }
}

fn server() -> ServerInfo {
    let bank = |code: &str, name: &str| BankEntry { code: code.into(), name: name.into() };
    ServerInfo {
        protocol: 1,
        server_time: Utc::now(),
        time_zone: "Europe/Budapest".into(),
        profile: profile(),
        calendar: Calendar {
            version: 1,
            years: (2020..2040).collect(),
            holidays: [(NaiveDate::from_ymd_opt(2026, 12, 25).unwrap(), "karácsony".to_owned())].into(),
            ..Calendar::default()
        },
        banks: [bank("117", "OTP Bank"), bank("104", "K&H Bank"), bank("109", "UniCredit Bank")]
            .into_iter()
            .collect(),
        client: ClientPolicy { minimum: "0.1.0".into(), latest: "0.1.0".into() },
        trust: Trust { ca_sha256: String::new(), receipt_signer_sha256: String::new() },
    }
}

fn customer() -> Customer {
    Customer {
        id: "minta".parse().unwrap(),
        name: "Minta Kereskedelmi Kft.".into(),
        kind: CustomerKind::Company,
    }
}

fn accounts() -> Vec<Account> {
    let account = |number: &str, name: &str, currency| Account {
        number: number.parse().unwrap(),
        name: name.into(),
        currency,
    };
    vec![
        account(OWN, "Forint fő számla", Currency::HUF),
        account("10410400-00000190-04894827", "Euró", Currency::EUR),
        account(SECOND, "Bérszámla", Currency::HUF),
    ]
}

/// The rules alone, for what needs no store.
pub(crate) fn rules() -> Rules {
    let server = server();
    Rules {
        profile: server.profile,
        calendar: server.calendar,
        banks: server.banks,
        zone: "Europe/Budapest".parse().unwrap(),
        customer: customer(),
        accounts: accounts(),
        authority: domain::AuthorityTable::default(),
        now: Utc::now(),
        actor: None,
        user: None,
    }
}

pub(crate) struct Office {
    pub desk: Desk,
    runtime: tokio::runtime::Runtime,
    folder: tempfile::TempDir,
}

impl Office {
    /// A new office whose store holds customer, accounts, a balance and the bank's rules.
    pub(crate) fn open() -> Self {
        Self::at_bank(|_| {})
    }

    /// The same at a bank with other rules.
    pub(crate) fn at_bank(change: impl Fn(&mut BankProfile)) -> Self {
        let mut server = server();
        change(&mut server.profile);
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&client::store_path(folder.path())).unwrap();
        store
            .write(move |tx| {
                let now = Utc::now();
                let bank =
                    NewConnection { name: "K&H".to_owned(), kind: ConnectionKind::Kapocs, content: None };
                let bank = store::connections::add(tx, &bank, now)?;
                store::bank::save_snapshot(tx, bank, SnapshotKind::Server, &server, now)?;
                let of = &store::OfCustomer::new(tx, store::customers::save(tx, bank, &customer())?);
                store::accounts::set_all(of, &accounts())?;
                store::accounts::save_balance(of, &balance())
            })
            .unwrap();
        drop(store);
        Self::over(folder)
    }

    fn over(folder: tempfile::TempDir) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let desk = runtime.block_on(async {
            let options = Options { data: folder.path().to_owned(), token: TokenConfig::None };
            let client = Client::open(options).unwrap();
            client.choose_customer(customer().id);
            let rules = Arc::new(client.rules().await.unwrap());
            let folders = Folders::from(client::folders::Folders::around(folder.path()));
            let desk = Desk::over(client, folders, Preferences::default());
            Desk { rules: Some(rules), customer: Some(customer()), ..desk }
        });
        Self { desk, runtime, folder }
    }

    /// Where it keeps its files.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Fills the list of partners.
    pub(crate) fn save_many_partners(&self, count: u64) {
        let partners = (0..count).map(|n| {
            let mut digits = [0; 15];
            for (at, digit) in format!("{n:015}").bytes().enumerate() {
                digits[at] = digit - b'0';
            }
            let number = domain::AccountNumber::with_check_digits([1, 1, 7, 7, 3, 0, 1], digits).unwrap();
            let name: domain::text::PartyName = format!("Partner {n:05}").parse().unwrap();
            domain::Partner {
                id: self.desk.client.new_partner_id(),
                short_name: name.clone(),
                target: domain::PartnerTarget::accounts(name, vec![number]).unwrap(),
                narrative: domain::Narrative::default(),
                country: None,
                legal_code: None,
                note: String::new(),
            }
        });
        self.wait(self.desk.client.save_master_data(partners.collect(), Vec::new())).unwrap();
    }

    /// Waits for an answer of the client.
    pub(crate) fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    /// Runs a task to its end and gives its messages; focus and scrolling have no window here.
    pub(crate) fn run<M: Send + 'static>(&self, task: Task<M>) -> Vec<M> {
        let message = |effect| if let Action::Output(message) = effect { Some(message) } else { None };
        self.effects(task).into_iter().filter_map(message).collect()
    }

    /// Runs a task to its end and gives everything that it did. A task that waits for more is left after a
    /// while, longer than a busy machine's disk takes.
    pub(crate) fn effects<M: Send + 'static>(&self, task: Task<M>) -> Vec<Action<M>> {
        let Some(mut stream) = iced_runtime::task::into_stream(task) else { return Vec::new() };
        self.runtime.block_on(async move {
            let mut effects = Vec::new();
            while let Ok(Some(effect)) = tokio::time::timeout(Duration::from_secs(2), stream.next()).await {
                effects.push(effect);
            }
            effects
        })
    }
}

/// Somebody at a screen: everything that it asks for is done at once, and what it says is kept.
pub(crate) struct Clerk<S: Screen> {
    pub office: Office,
    pub place: S,
    pub said: Vec<Notice>,
    pub went: Vec<Go>,
    pub went_back: bool,
}

impl<S: Screen> Clerk<S> {
    pub(crate) fn open(office: Office, open: impl FnOnce(&Desk) -> (S, Task<S::Message>)) -> Self {
        let (place, task) = open(&office.desk);
        let mut clerk = Self { office, place, said: Vec::new(), went: Vec::new(), went_back: false };
        clerk.settle(task);
        clerk
    }

    pub(crate) fn settle(&mut self, task: Task<S::Message>) {
        for message in self.office.run(task) {
            self.send(message);
        }
    }

    pub(crate) fn send(&mut self, message: S::Message) {
        let action = self.place.update(message, &self.office.desk);
        self.said.extend(action.notices);
        match action.wish {
            Some(Wish::Go(go)) => self.went.push(go),
            Some(Wish::Back) => self.went_back = true,
            _ => {}
        }
        self.settle(action.task);
    }

    pub(crate) fn shows(&self, words: &str) -> bool {
        let view = self.place.view(&self.office.desk);
        Simulator::with_size(font::settings(), (1068.0, 648.0), view).find(words).is_ok()
    }
}

/// A keyboard before a place: keeps the state of its widgets between views, as a window does.
pub(crate) struct Keyboard {
    cache: Option<Cache>,
    renderer: Renderer,
}

impl Keyboard {
    pub(crate) fn new() -> Self {
        let mut fonts = iced::advanced::graphics::text::font_system().write().unwrap();
        for file in font::FILES {
            fonts.load_font(file.into());
        }
        Self { cache: Some(Cache::default()), renderer: Renderer::new(font::REGULAR, iced::Pixels(13.0)) }
    }

    /// Sends a typed letter to the place and gives what it says.
    pub(crate) fn letter<M>(&mut self, place: Element<'_, M>, letter: &str) -> Vec<M> {
        let key = keyboard::Key::Character(letter.into());
        let pressed = iced::Event::Keyboard(keyboard::Event::KeyPressed {
            modified_key: key.clone(),
            key,
            physical_key: keyboard::key::Physical::Unidentified(keyboard::key::NativeCode::Unidentified),
            location: keyboard::Location::Standard,
            modifiers: keyboard::Modifiers::empty(),
            text: Some(letter.into()),
            repeat: false,
        });
        let mut messages = Vec::new();
        self.with(place, |ui, renderer| {
            let cursor = iced::mouse::Cursor::Unavailable;
            let mut clipboard = iced::advanced::clipboard::Null;
            let _ = ui.update(&[pressed], cursor, renderer, &mut clipboard, &mut messages);
        });
        messages
    }

    /// Does to the widgets of the place what an effect asks: focus, caret, scrolling.
    pub(crate) fn operate<M, N>(&mut self, place: Element<'_, M>, effect: Action<N>) {
        let Action::Widget(mut operation) = effect else { return };
        self.with(place, |ui, renderer| {
            loop {
                ui.operate(renderer, operation.as_mut());
                match operation.finish() {
                    Outcome::Chain(next) => operation = next,
                    Outcome::None | Outcome::Some(()) => break,
                }
            }
        });
    }

    fn with<M>(
        &mut self,
        place: Element<'_, M>,
        act: impl FnOnce(&mut UserInterface<'_, M, Theme, Renderer>, &mut Renderer),
    ) {
        let cache = self.cache.take().unwrap_or_default();
        let mut ui = UserInterface::build(place, iced::Size::new(1068.0, 648.0), cache, &mut self.renderer);
        act(&mut ui, &mut self.renderer);
        self.cache = Some(ui.into_cache());
    }
}

fn balance() -> Balance {
    let huf = Money::huf;
    Balance {
        account: OWN.parse().unwrap(),
        booked: huf(47_310_455),
        available: huf(47_310_455),
        blocked: huf(0),
        pending_debits: huf(0),
        pending_credits: huf(0),
        credit_line: huf(0),
        minimum: huf(0),
        as_of: Utc::now(),
    }
}

/// Takes a picture of a place in both languages into the folder that `KAPOCS_PICTURES` names. Not for tests that
/// run beside others: the language belongs to the whole process.
pub(crate) fn take_pictures<'a, M: Clone + 'a>(name: &str, view: impl Fn() -> Element<'a, M>) {
    let folder = std::env::var_os("KAPOCS_PICTURES").expect("KAPOCS_PICTURES names a folder");
    for language in [Language::En, Language::Hu] {
        texts::speak(language);
        let mut ui = Simulator::with_size(font::settings(), (1068.0, 648.0), view());
        let picture = ui.snapshot(&Theme::of(Appearance::Light, iced::theme::Mode::Light)).unwrap();
        let file = Path::new(&folder).join(format!("{name}-{}", language.code()));
        let _ =
            std::fs::remove_file(file.with_file_name(format!("{name}-{}-tiny-skia.png", language.code())));
        assert!(picture.matches_image(file).unwrap());
    }
}
