//! What belongs to the customer as a whole: the web client, new accounts, secondary identifiers.

use client::AdminOverview;
use domain::authority::RegisteredId;
use iced::widget::space;
use iced::{Alignment, Length};

use super::Message;
use crate::design::text::Inked;
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, button, panel, pill, spacing, text};
use crate::desk::Desk;
use crate::format;
use crate::go::AdminKind;
use crate::tr;

/// Days before its end in which an identifier's day is shown with care.
const NEAR: i64 = 60;

pub(super) fn view<'a>(overview: &'a AdminOverview, desk: &'a Desk) -> Element<'a, Message> {
    let name = desk.customer.as_ref().map_or("", |customer| customer.name.as_str());
    let content = Column::new()
        .spacing(spacing::M)
        .push(web(overview, name))
        .push(new_accounts(overview))
        .push(identifiers(overview));
    panel::scroll(content)
}

fn order(
    label: String,
    id: impl Into<iced::advanced::widget::Id>,
    kind: AdminKind,
    subject: Option<usize>,
) -> button::Button<Message> {
    button::secondary(label).small().id(id).on_press(Message::Order(kind, subject))
}

fn web<'a>(overview: &AdminOverview, name: &'a str) -> Element<'a, Message> {
    let (tone, state) = if overview.table.web.enabled {
        (Tone::Good, tr!("admin-web-is-enabled"))
    } else {
        (Tone::Neutral, tr!("admin-web-is-disabled"))
    };
    let line = Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(text::body(name))
        .push(pill::pill(tone, state))
        .push(space::horizontal())
        .push(order(tr!("users-change"), "users-customer-web", AdminKind::InternetBanking, None));
    panel::card(tr!("users-web"), None, line).into()
}

fn new_accounts(overview: &AdminOverview) -> Element<'_, Message> {
    let accounts = &overview.table.new_accounts;
    if accounts.is_empty() {
        let none = text::body(tr!("admin-no-new-account")).dim();
        return panel::card(tr!("users-new-accounts"), None, none).into();
    }
    let mut column = Column::new();
    for (index, account) in accounts.iter().enumerate() {
        let words = Column::new()
            .push(text::strong(account.name.as_str()))
            .push(text::hint(format!("{} · {}", account.number, account.currency.code())).dim());
        let take = order(
            tr!("users-take-account"),
            format!("users-account-{index}"),
            AdminKind::NewAccount,
            Some(index),
        );
        column = column.push(line(words.into(), [take])).push(panel::rule());
    }
    panel::card(tr!("users-new-accounts"), None, column).into()
}

fn identifiers(overview: &AdminOverview) -> Element<'_, Message> {
    let register = order(tr!("users-register-id"), "users-register-id", AdminKind::RegisterId, None);
    let known = &overview.table.secondary_ids;
    let content: Element<'_, Message> = if known.is_empty() {
        text::body(tr!("admin-no-ids")).dim().into()
    } else {
        let mut column = Column::new();
        for (index, id) in known.iter().enumerate() {
            let confirm = order(
                tr!("users-confirm-id"),
                format!("users-confirm-{index}"),
                AdminKind::ConfirmId,
                Some(index),
            );
            let delete =
                order(tr!("delete"), format!("users-delete-id-{index}"), AdminKind::DeleteId, Some(index));
            column = column.push(line(identifier(overview, id), [confirm, delete])).push(panel::rule());
        }
        column.into()
    };
    panel::card(tr!("users-identifiers"), Some(register.into()), content).into()
}

fn identifier<'a>(overview: &'a AdminOverview, known: &'a RegisteredId) -> Element<'a, Message> {
    let account = overview.accounts.iter().find(|account| account.number == known.account);
    let account = account.map_or_else(
        || known.account.to_string(),
        |account| format!("{} · {}", account.name, account.number),
    );
    let days = (known.confirm_by - overview.today).num_days();
    let until = text::hint(tr!("users-confirm-by", day = format::date(known.confirm_by)));
    Column::new()
        .width(Length::Fill)
        .push(text::strong(known.id.to_string()))
        .push(Row::new().spacing(spacing::M).push(text::hint(account).dim()).push(if days <= NEAR {
            until.care()
        } else {
            until.dim()
        }))
        .into()
}

fn line<'a>(
    words: Element<'a, Message>,
    orders: impl IntoIterator<Item = button::Button<Message>>,
) -> Element<'a, Message> {
    let mut row = Row::new()
        .spacing(spacing::S)
        .padding(spacing::LINE)
        .align_y(Alignment::Center)
        .push(words)
        .push(space::horizontal());
    for order in orders {
        row = row.push(order);
    }
    row.into()
}
