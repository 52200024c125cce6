//! "Egyenlegek és forgalom": accounts with their balances, and below them what was booked, searchable.

use std::sync::Arc;

use client::AccountTransaction;
use client::Page;
use client::{AccountRow, ClientError};
use domain::{AccountNumber, Money};
use iced::widget::space;
use iced::{Alignment, Length, Task};

use crate::design::table::{self, Cell, Pick, Selection, column};
use crate::design::text;
use crate::design::theme::{Ink, Tone};
use crate::design::{Column, Element, Row, banner, button, empty, field, keys, panel, spacing};
use crate::desk::Desk;
use crate::format;
use crate::screen::action::Action;
use crate::screen::ask::{Answer, Question, ask};
use crate::screen::browse::Search;
use crate::screen::contract::{Screen, Topic};
use crate::texts::explain;
use crate::tr;

/// Transactions that are loaded at once.
const PAGE: u32 = 500;
/// Name of the search box.
const SEARCH: &str = "accounts-search";

pub(crate) struct Accounts {
    accounts: Arc<[AccountRow]>,
    selection: Selection,
    search: Search,
    transactions: Vec<AccountTransaction>,
    more: bool,
    loaded: bool,
    error: Option<Arc<ClientError>>,
    accounts_asked: Question,
    asked: Question,
}

#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// Accounts of a question.
    Accounts(Question, Answer<Arc<[AccountRow]>>),
    /// Transactions of a question, behind so many that are shown.
    Transactions(Question, u32, Answer<Arc<[AccountTransaction]>>),
    /// An account was picked.
    Picked(Pick),
    All,
    Search(String),
    /// Nothing was typed for a while.
    Searched(Question),
    /// To the search box.
    Find,
    More,
}

impl Accounts {
    /// Accounts and transactions, loading.
    pub(crate) fn new(desk: &Desk) -> (Self, Task<Message>) {
        let mut place = Self {
            accounts: Arc::from([]),
            selection: Selection::default(),
            search: Search::default(),
            transactions: Vec::new(),
            more: false,
            loaded: false,
            error: None,
            accounts_asked: Question::ask(),
            asked: Question::ask(),
        };
        let load = place.reload(desk);
        (place, load)
    }

    /// Looks at everything again.
    pub(crate) fn reload(&mut self, desk: &Desk) -> Task<Message> {
        self.accounts_asked = Question::ask();
        let (client, asked) = (desk.client.clone(), self.accounts_asked);
        let accounts = async move { client.accounts().await.map(Arc::from) };
        let accounts = ask(accounts, move |answer| Message::Accounts(asked, answer));
        Task::batch([accounts, self.load(desk, 0)])
    }

    fn load(&mut self, desk: &Desk, offset: u32) -> Task<Message> {
        self.asked = Question::ask();
        let (client, asked) = (desk.client.clone(), self.asked);
        let (account, text) = (self.account(), self.search.text().to_owned());
        let page = Page { limit: PAGE, offset };
        let load = async move { client.account_transactions(account, text, page).await.map(Arc::from) };
        ask(load, move |answer| Message::Transactions(asked, offset, answer))
    }

    /// The account that was picked.
    fn account(&self) -> Option<AccountNumber> {
        let row = self.selection.iter().next()?;
        self.accounts.get(row).map(|row| row.account.number)
    }

    fn balances(&self) -> Element<'_, Message> {
        table::table(
            [
                column(0, tr!("account")).fixed(190.0),
                column(1, tr!("account-number")).fixed(236.0),
                column(2, tr!("balance-booked")).fill(3).right(),
                column(3, tr!("balance-blocked")).fill(3).right(),
                column(4, tr!("balance-pending")).fill(3).right(),
                column(5, tr!("balance-available")).fill(3).right(),
            ],
            table::rows(self.accounts.len(), |row, column| {
                let line = &self.accounts[row];
                let part = |part: fn(&domain::Balance) -> Money| match &line.balance {
                    Some(balance) => format::money(part(balance)),
                    None => tr!("unknown"),
                };
                match column {
                    0 => Cell::strong(line.account.name.as_str()),
                    1 => Cell::text(line.account.number.to_string()),
                    2 => Cell::text(part(|b| b.booked)),
                    3 => Cell::dim(part(|b| b.blocked)),
                    4 => Cell::dim(part(|b| b.pending_debits)),
                    _ => Cell::strong(part(|b| b.available)),
                }
            }),
        )
        .id("accounts")
        .selection(&self.selection)
        .single()
        .on_pick(Message::Picked)
        .flush()
        .fit()
        .into()
    }

    fn filters(&self) -> Element<'_, Message> {
        let chosen = self.selection.iter().next().and_then(|row| self.accounts.get(row));
        let words = match chosen {
            Some(row) => tr!("transactions-of", account = row.account.name.as_str()),
            None => tr!("transactions-all"),
        };
        let all = chosen.map(|_| {
            Element::from(
                button::link(tr!("transactions-show-all")).id("accounts-all").on_press(Message::All),
            )
        });
        Row::new()
            .spacing(spacing::M)
            .align_y(Alignment::Center)
            .push(text::detail_title(words))
            .push(all)
            .push(space::horizontal())
            .push(
                field::search(tr!("transactions-search"), self.search.text())
                    .id(SEARCH)
                    .on_input(Message::Search)
                    .trailing("Ctrl+F")
                    .width(300),
            )
            .into()
    }

    fn booked(&self, desk: &Desk) -> Element<'_, Message> {
        if self.transactions.is_empty() {
            let (title, help) = match (self.loaded, self.search.is_blank()) {
                (false, _) => (String::new(), tr!("loading")),
                (true, true) => (tr!("transactions-none"), tr!("transactions-none-help")),
                (true, false) => (tr!("search-none"), tr!("search-none-help")),
            };
            return panel::panel(empty::empty(title, help, None)).height(Length::Fill).into();
        }
        let single = desk.rules.as_ref().is_some_and(|rules| rules.accounts.len() == 1);
        let mut columns = vec![
            column(0, tr!("booked-on")).fixed(116.0),
            column(1, tr!("counterparty")).fill(4),
            column(2, tr!("account-number")).fixed(240.0),
            column(3, tr!("narrative")).fill(4),
            column(5, tr!("amount")).fixed(132.0).right(),
        ];
        if !single && self.account().is_none() {
            columns.insert(4, column(4, tr!("own-account")).fixed(116.0));
        }
        let own = |number: AccountNumber| {
            let known = self.accounts.iter().find(|row| row.account.number == number);
            known.map_or_else(|| number.to_string(), |row| row.account.name.clone())
        };
        let rows = table::rows(self.transactions.len(), move |row, column| {
            let line = &self.transactions[row];
            match column {
                0 => Cell::dim(format::date(line.booking_date)),
                1 => Cell::strong(line.counterparty_name.as_deref().unwrap_or_default()),
                2 => Cell::text(line.counterparty_account.as_deref().map(party).unwrap_or_default()),
                3 => Cell::dim(line.narrative.as_str()),
                4 => Cell::dim(own(line.account)),
                _ if line.amount.amount().is_sign_negative() => Cell::text(format::money(line.amount)),
                _ => Cell::ink(format!("+{}", format::money(line.amount)), Ink::Good),
            }
        });
        let shown = tr!("transactions-shown", count = self.transactions.len());
        let list = table::table(columns, rows).id("transactions").footer([(1, Cell::hint(shown))]);
        let more = self.more.then(|| {
            let more = button::secondary(tr!("transactions-more")).small().id("transactions-more");
            Element::from(more.on_press(Message::More))
        });
        Column::new()
            .spacing(spacing::S)
            .push(panel::bare_panel(list).height(Length::Fill))
            .push(more)
            .height(Length::Fill)
            .into()
    }
}

impl Screen for Accounts {
    type Message = Message;

    fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        match message {
            Message::Accounts(asked, answer) if asked == self.accounts_asked => match answer {
                Ok(accounts) => self.accounts = accounts,
                Err(error) => self.error = Some(error),
            },
            Message::Transactions(asked, offset, answer) if asked == self.asked => {
                self.loaded = true;
                match answer {
                    Ok(found) => {
                        self.more = found.len() == PAGE as usize;
                        self.transactions.truncate(offset as usize);
                        self.transactions.extend_from_slice(&found);
                        self.error = None;
                    }
                    Err(error) => self.error = Some(error),
                }
            }
            Message::Accounts(..) | Message::Transactions(..) => {}
            Message::Picked(pick) => {
                self.selection.apply(pick);
                return Action::run(self.load(desk, 0));
            }
            Message::All => {
                self.selection.clear();
                return Action::run(self.load(desk, 0));
            }
            Message::Search(text) => return Action::run(self.search.typed(text, Message::Searched)),
            Message::Searched(pause) if self.search.is_due(pause) => return Action::run(self.load(desk, 0)),
            Message::Searched(_) => {}
            Message::Find => return Action::run(keys::focus(SEARCH)),
            Message::More => {
                let shown = u32::try_from(self.transactions.len()).unwrap_or(u32::MAX);
                return Action::run(self.load(desk, shown));
            }
        }
        Action::none()
    }

    fn changed(&mut self, topic: Topic, desk: &Desk) -> Task<Message> {
        match topic {
            Topic::Accounts | Topic::Rules => self.reload(desk),
            Topic::Packages
            | Topic::SharedArea
            | Topic::MasterData
            | Topic::Authority
            | Topic::Messages
            | Topic::Session
            | Topic::Others
            | Topic::Token
            | Topic::Language => Task::none(),
        }
    }

    fn key(&self, press: &keys::Press) -> Option<Message> {
        press.is_ctrl('f').then_some(Message::Find)
    }

    fn begins_at(&self) -> Option<&'static str> {
        Some("accounts")
    }

    fn view<'a>(&'a self, desk: &'a Desk) -> Element<'a, Message> {
        let title = panel::title_line(tr!("nav-balances"), None, None);
        let mut content = Column::new().spacing(spacing::M).push(title);
        if let Some(error) = &self.error {
            content = content.push(banner::banner(Tone::Bad, explain(error.as_ref()), "", None));
        }
        if !self.accounts.is_empty() {
            content = content.push(panel::panel(self.balances()));
        }
        panel::page(content.push(self.filters()).push(self.booked(desk)))
    }
}

/// The other party's account: domestic ones 8-8-8, the rest as they are.
fn party(account: &str) -> String {
    if let Ok(number) = account.parse::<AccountNumber>() { number.to_string() } else { format::iban(account) }
}
