//! The fields of any order type, drawn from its [`FieldSpec`]s, and what typing does to them. The form of orders and
//! that of templates are made of it; no order type is named here.

use chrono::NaiveDate;
use client::Rules;
use domain::order::field::{Input, Place, label_key};
use domain::{AccountNumber, FieldSpec, Money, OrderType, Values, key};
use iced::{Alignment, Length};

use super::notes;
use crate::design::choices::Choice;
use crate::design::field::{self, Note};
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, button, check, date_field, select, spacing};
use crate::{format, texts, tr};

/// Texts longer than this are counted while they are typed.
const COUNTED: usize = 70;

/// What happens to a field.
#[derive(Debug, Clone)]
pub(crate) enum Edit {
    Typed(&'static str, String),
    /// The field was left.
    Left(&'static str),
    Ticked(&'static str, bool),
    /// A line of a list of own accounts was chosen.
    Account(&'static str, usize),
    /// A day was picked from the calendar.
    Day(&'static str, NaiveDate),
    /// A line below the payee's name was chosen.
    Suggestion(usize),
    /// Shows or hides the rare fields.
    More,
}

/// One of the customer's accounts, as a list of them shows it.
#[derive(Debug, Clone)]
pub(crate) struct Own {
    pub(crate) name: String,
    pub(crate) number: AccountNumber,
    pub(crate) available: Option<Money>,
}

/// What is drawn, and what stands beside it.
pub(crate) struct Fields<'a, 'f> {
    pub(crate) kind: OrderType,
    pub(crate) values: &'a Values,
    pub(crate) rules: Option<&'a Rules>,
    /// The customer's forint accounts.
    pub(crate) accounts: &'f [Own],
    /// Whether an account may be left open: a template's may.
    pub(crate) open_account: bool,
    /// What is wrong with a field, once that may be said.
    pub(crate) problem: &'f dyn Fn(&'static str) -> Option<Note>,
    /// What else is known of the payee's name.
    pub(crate) payee: Option<Note>,
    /// Whether the payee is a partner.
    pub(crate) is_partner: bool,
    pub(crate) suggestions: Vec<Choice>,
    /// Whether the rare fields are shown.
    pub(crate) more: bool,
}

/// Types whose orders are typed into fields, as far as the bank offers them; the others bring an editor of their own.
pub(crate) fn offered(rules: &Rules) -> Vec<OrderType> {
    let typed = |kind: &&OrderType| kind.fields().iter().all(|field| field.input != Input::Custom);
    rules.profile.order_types.iter().filter(typed).copied().collect()
}

/// The choice of a type.
pub(crate) fn kinds<'a, M: Clone + 'a>(
    chosen: OrderType,
    rules: &Rules,
    message: impl Fn(OrderType) -> M + 'a,
) -> select::Select<'a, M> {
    let kinds = offered(rules);
    let names: Vec<Choice> = kinds.iter().map(|kind| Choice::new(kind_name(*kind), kind.code())).collect();
    let at = kinds.iter().position(|kind| *kind == chosen);
    select::select(tr!("order-type"), names, at)
        .id("order-type")
        .on_select(move |line| message(kinds.get(line).copied().unwrap_or(chosen)))
}

/// The name of a type.
pub(crate) fn kind_name(kind: OrderType) -> String {
    client::texts::text(&kind.text_key("name"), &[])
}

/// The name of a field.
pub(crate) fn label(key: &str) -> String {
    client::texts::text(&label_key(key), &[])
}

/// Whether orders of a type have a field.
pub(crate) fn has(kind: OrderType, key: &str) -> bool {
    kind.fields().iter().any(|field| field.key == key)
}

/// Whether a field is among the rare ones of its type.
pub(crate) fn is_rare(kind: OrderType, key: &str) -> bool {
    kind.fields().iter().any(|field| field.key == key && field.place == Place::Rare)
}

/// Whether one of the rare fields is filled.
pub(crate) fn has_rare(kind: OrderType, values: &Values) -> bool {
    kind.fields().iter().any(|field| field.place == Place::Rare && !values.is_empty(field.key))
}

/// The field to begin with.
pub(crate) fn first(kind: OrderType, values: &Values) -> &'static str {
    let empty = |field: &&FieldSpec| values.is_empty(field.key) && field.input != Input::Tick;
    kind.fields().iter().find(empty).map_or(key::AMOUNT, |field| field.key)
}

/// Does to the values what was done to a field.
pub(crate) fn edit(values: &mut Values, edit: Edit, accounts: &[Own]) {
    match edit {
        Edit::Typed(key, typed) if key == key::TARGET => values.set(key, notes::group_target(typed)),
        Edit::Typed(key, typed) => values.set(key, typed),
        Edit::Ticked(key, on) => values.tick(key, on),
        Edit::Account(key, line) => {
            let number = accounts.get(line).map(|own| own.number.to_string());
            values.set(key, number.unwrap_or_default());
        }
        Edit::Day(key, day) => values.set(key, notes::typed_date(day)),
        Edit::Left(_) | Edit::Suggestion(_) | Edit::More => {}
    }
}

impl<'a> Fields<'a, '_> {
    /// All fields below one another, as the type places them.
    pub(crate) fn view(&self) -> Element<'a, Edit> {
        let mut column = Column::new().spacing(spacing::M);
        let (rare, usual): (Vec<FieldSpec>, Vec<FieldSpec>) =
            self.kind.fields().iter().copied().partition(|field| field.place == Place::Rare);
        for line in usual.chunk_by(|_, next| next.place == Place::Beside) {
            column = column.push(self.line(line));
        }
        if rare.is_empty() {
            return column.into();
        }
        let label = if self.more { tr!("order-less") } else { tr!("order-more") };
        column = column.push(Row::new().push(button::link(label).id("order-more").on_press(Edit::More)));
        if self.more {
            column = column.push(self.line(&rare));
        }
        column.into()
    }

    /// Fields beside one another; what is wrong with ticks stands below them.
    fn line(&self, fields: &[FieldSpec]) -> Element<'a, Edit> {
        let ticks = fields.iter().all(|field| field.input == Input::Tick);
        let mut row = Row::new().spacing(if ticks { spacing::XL } else { spacing::M });
        if ticks {
            row = row.align_y(Alignment::Center);
        }
        for field in fields {
            row = row.push(self.field(field, fields.len() > 1));
        }
        if !ticks {
            return row.into();
        }
        let problems = fields.iter().filter_map(|field| (self.problem)(field.key));
        let problems = problems.map(|note| Element::from(text::hint(note.text).bad()));
        Column::new().spacing(spacing::XS).push(row).extend(problems).into()
    }

    fn field(&self, spec: &FieldSpec, beside: bool) -> Element<'a, Edit> {
        let width = if beside { Length::FillPortion(share(spec)) } else { Length::Fill };
        match spec.input {
            Input::OwnAccount | Input::OwnTarget => self.account(spec, width),
            Input::Name => self.name(spec, width),
            Input::Target | Input::Account => self.target(spec, width),
            Input::Amount => self.amount(spec, width),
            Input::Date if has(self.kind, key::INSTANT) && self.values.ticked(key::INSTANT) => {
                self.no_day(spec, width)
            }
            Input::Date => self.day(spec, width),
            Input::Tick => self.tick(spec),
            Input::Text { max, .. } => {
                let field = self.text(spec, width);
                if max >= COUNTED {
                    field.trailing(notes::counter(self.values.get(spec.key), max)).into()
                } else {
                    field.into()
                }
            }
            // The type's own editor draws it.
            Input::Custom => Column::new().into(),
        }
    }

    fn note(&self, key: &'static str) -> Option<Note> {
        let live = self.rules.and_then(|rules| notes::note(key, self.values, rules));
        match (live, (self.problem)(key)) {
            // What is missing is told more exactly by the live note.
            (Some(live), Some(problem)) if live.tone == Tone::Care => {
                Some(Note { tone: problem.tone, ..live })
            }
            (live, problem) => problem.or(live),
        }
    }

    fn text(&self, spec: &FieldSpec, width: Length) -> field::Field<'a, Edit> {
        let key = spec.key;
        field::text(client::texts::text(&spec.label_key(), &[]), self.values.get(key))
            .id(key)
            .placeholder(placeholder(spec))
            .on_input(move |typed| Edit::Typed(key, typed))
            .on_blur(Edit::Left(key))
            .note(self.note(key))
            .width(width)
    }

    fn account(&self, spec: &FieldSpec, width: Length) -> Element<'a, Edit> {
        let key = spec.key;
        let open = usize::from(self.open_account);
        let none = self.open_account.then(|| Choice::from(tr!("template-any-account")));
        let own = self.accounts.iter().map(|own| {
            let available = own.available.map(|sum| tr!("order-available", amount = format::money(sum)));
            Choice::new(format!("{} · {}", own.name, own.number), available.unwrap_or_default())
        });
        let typed = self.values.get(key);
        let chosen = self.accounts.iter().position(|own| own.number.to_string() == typed);
        let chosen = chosen.map(|at| at + open).or(self.open_account.then_some(0));
        let label = client::texts::text(&spec.label_key(), &[]);
        // The line of an open account is none of the accounts.
        let line = move |line: usize| Edit::Account(key, line.checked_sub(open).unwrap_or(usize::MAX));
        select::select(label, none.into_iter().chain(own), chosen)
            .id(key)
            .placeholder(tr!("order-choose-account"))
            .on_select(line)
            .note((self.problem)(key))
            .width(width)
            .into()
    }

    fn name(&self, spec: &FieldSpec, width: Length) -> Element<'a, Edit> {
        let key = spec.key;
        let mut name = self.text(spec, width).note((self.problem)(key).or_else(|| self.payee.clone()));
        if self.is_partner {
            name = name.trailing(tr!("order-is-partner"));
        }
        name.suggestions(self.suggestions.clone(), Edit::Suggestion).into()
    }

    fn target(&self, spec: &FieldSpec, width: Length) -> Element<'a, Edit> {
        self.text(spec, width).trailing(notes::blocks(self.values.get(spec.key))).into()
    }

    fn amount(&self, spec: &FieldSpec, width: Length) -> Element<'a, Edit> {
        let key = spec.key;
        field::amount(label(key), self.values.get(key), format::currency("HUF"))
            .id(key)
            .on_input(move |typed| Edit::Typed(key, typed))
            .on_blur(Edit::Left(key))
            .group(notes::group_amount)
            .note(self.note(key))
            .width(width)
            .into()
    }

    fn day(&self, spec: &FieldSpec, width: Length) -> Element<'a, Edit> {
        let (key, field) = (spec.key, self.text(spec, width));
        let Some(rules) = self.rules else { return field.into() };
        let day = domain::entry::date(self.values.get(key), rules.today(), &rules.calendar).ok();
        date_field::date(field, day, rules.today(), texts::calendar())
            .work_days(|day| rules.calendar.is_banking_day(day))
            .on_pick(move |day| Edit::Day(key, day))
            .into()
    }

    /// An instant transfer has no value date.
    fn no_day(&self, spec: &FieldSpec, width: Length) -> Element<'a, Edit> {
        let why = || Note { tone: Tone::Neutral, text: tr!("order-value-date-not") };
        field::text(label(spec.key), "")
            .placeholder(tr!("order-value-date-instant"))
            .note(Some((self.problem)(spec.key).unwrap_or_else(why)))
            .width(width)
            .into()
    }

    fn tick(&self, spec: &FieldSpec) -> Element<'a, Edit> {
        let key = spec.key;
        let tick = check::checkbox(label(key), self.values.ticked(key))
            .id(key)
            .on_toggle(move |on| Edit::Ticked(key, on));
        if key == key::INSTANT { tick.hint(tr!("order-instant-hint")).into() } else { tick.into() }
    }
}

/// What stands in an empty field.
fn placeholder(spec: &FieldSpec) -> String {
    match spec.key {
        key::BENEFICIARY_NAME => tr!("order-payee-placeholder"),
        key::TARGET if spec.input == Input::Account => tr!("order-account-placeholder"),
        key::TARGET => tr!("order-target-placeholder"),
        key::VALUE_DATE => tr!("order-value-date-placeholder"),
        key::COUNTRY => "HU".to_owned(),
        _ => String::new(),
    }
}

/// How much of a line a field takes beside others.
fn share(spec: &FieldSpec) -> u16 {
    match spec.input {
        Input::Amount => 5,
        Input::Date => 4,
        Input::Text { max: 0..=4, .. } => 2,
        Input::Text { max: 5..=20, .. } => 3,
        Input::Text { max: 21..=40, .. } => 4,
        _ => 6,
    }
}
