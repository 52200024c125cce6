//! One user: rights by account, how the bank reaches the user, the web client, devices, error points.

use client::AdminOverview;
use client::admin::web_device;
use domain::authority::{AuthorizedUser, DeviceKind, UserDevice};
use iced::widget::space;
use iced::{Alignment, Length};

use super::Message;
use crate::design::table::{Cell, RowHeight, column, rows, table};
use crate::design::text::Inked;
use crate::design::theme::Tone;
use crate::design::{Column, Element, Row, button, panel, pill, spacing, text};
use crate::go::AdminKind;
use crate::tr;

/// The panel's content for the user in a row of the table.
pub(super) fn view<'a>(
    overview: &'a AdminOverview,
    row: usize,
    user: &'a AuthorizedUser,
) -> Element<'a, Message> {
    let mut head = Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(text::detail_title(user.name.as_str()).one_line())
        .push(text::hint(user.id.to_string()).dim());
    if user.locked {
        head = head.push(pill::pill(Tone::Bad, tr!("users-locked")));
    }
    let content = Column::new()
        .spacing(spacing::L)
        .push(
            Column::new()
                .push(section(tr!("users-rights"), [order("rights", AdminKind::UserRights, Some(row))]))
                .push(rights(overview, user)),
        )
        .push(
            Column::new()
                .spacing(spacing::XS)
                .push(section(tr!("users-devices"), []))
                .push(devices(overview, user)),
        )
        .push(beside_each_other(
            Column::new()
                .push(section(tr!("users-contact"), [order("data", AdminKind::UserData, Some(row))]))
                .push(contact(user)),
            Column::new()
                .push(section(tr!("users-web"), [order("web", AdminKind::InternetBanking, None)]))
                .push(web(overview, user)),
        ))
        .push(
            Column::new().push(section(tr!("users-logins"), errors_order(overview, user))).push(errors(user)),
        );
    Column::new().spacing(spacing::M).push(head).push(panel::scroll(content)).into()
}

fn beside_each_other<'a>(left: Column<'a, Message>, right: Column<'a, Message>) -> Element<'a, Message> {
    Row::new().spacing(spacing::XL).push(left.width(Length::Fill)).push(right.width(Length::Fill)).into()
}

/// A title with the buttons that begin an order about what stands below.
fn section<'a>(
    title: String,
    orders: impl IntoIterator<Item = button::Button<Message>>,
) -> Element<'a, Message> {
    let mut row = Row::new()
        .spacing(spacing::S)
        .align_y(Alignment::Center)
        .height(Length::Fixed(spacing::SMALL_CONTROL))
        .push(text::strong(title))
        .push(space::horizontal());
    for order in orders {
        row = row.push(order);
    }
    row.into()
}

fn order(id: &'static str, kind: AdminKind, subject: Option<usize>) -> button::Button<Message> {
    button::secondary(tr!("users-change"))
        .small()
        .id(format!("users-{id}"))
        .tooltip(kind.label())
        .on_press(Message::Order(kind, subject))
}

fn rights<'a>(overview: &'a AdminOverview, user: &'a AuthorizedUser) -> Element<'a, Message> {
    let accounts = &overview.accounts;
    let yes = |on: bool| if on { Cell::text(tr!("admin-yes")) } else { Cell::dim("–") };
    table(
        [
            column(0, tr!("admin-account")).fill(1),
            column(1, tr!("admin-view")).fixed(104.0),
            column(2, tr!("admin-dispose")).fixed(86.0),
            column(3, tr!("users-column-sign")).fixed(76.0),
        ],
        rows(accounts.len(), move |row, column| {
            let account = &accounts[row];
            let right = overview.table.right(&user.id, account.number);
            match column {
                0 => Cell::text(account.name.as_str()).below(Cell::hint(account.number.to_string())),
                1 => yes(right.is_some_and(|right| right.view)),
                2 => yes(right.is_some_and(|right| right.dispose)),
                _ => match right.and_then(|right| right.sign.as_ref()) {
                    Some(class) => Cell::strong(class.as_str()),
                    None => Cell::dim("–"),
                },
            }
        }),
    )
    .row_height(RowHeight::Tall)
    .flush()
    .fit()
    .into()
}

fn contact(user: &AuthorizedUser) -> Element<'_, Message> {
    let contact = &user.contact;
    let value = |words: Option<String>| -> Element<'_, Message> {
        words.map_or_else(
            || text::body(tr!("admin-contact-none")).dim().into(),
            |words| text::body(words).into(),
        )
    };
    let notify = if contact.notify { tr!("admin-yes") } else { tr!("admin-no") };
    panel::key_values([
        (tr!("admin-phone"), value(contact.phone.as_ref().map(ToString::to_string))),
        (tr!("admin-email"), value(contact.email.as_ref().map(ToString::to_string))),
        (tr!("admin-notify"), value(Some(notify))),
    ])
}

fn web<'a>(overview: &'a AdminOverview, user: &'a AuthorizedUser) -> Element<'a, Message> {
    let access = overview.table.web_access(&user.id);
    let device = |device| Element::from(text::body(web_device(device)));
    panel::key_values([
        (tr!("users-web-login"), device(access.login)),
        (tr!("users-web-signing"), device(access.signing)),
    ])
}

fn devices<'a>(overview: &'a AdminOverview, user: &'a AuthorizedUser) -> Element<'a, Message> {
    if user.devices.is_empty() {
        return text::body(tr!("users-no-devices")).dim().into();
    }
    // The form counts the devices of all users.
    let before: usize = overview
        .table
        .users
        .iter()
        .take_while(|known| known.id != user.id)
        .map(|known| known.devices.len())
        .sum();
    let mut column = Column::new();
    for (index, device) in user.devices.iter().enumerate() {
        column = column.push(device_line(device, before + index)).push(panel::rule());
    }
    column.into()
}

fn device_line(device: &UserDevice, subject: usize) -> Element<'_, Message> {
    let kind = match device.kind {
        DeviceKind::Token => tr!("users-device-token"),
        DeviceKind::VirtualCard => tr!("users-device-virtual-card"),
    };
    let words = Column::new()
        .push(text::body(device.label.as_str()))
        .push(text::hint(format!("{kind} · {}", device.id)).dim());
    let (tone, state, label) = if device.suspended {
        (Tone::Care, tr!("admin-device-suspended"), tr!("users-enable"))
    } else {
        (Tone::Good, tr!("admin-device-usable"), tr!("users-suspend"))
    };
    Row::new()
        .spacing(spacing::M)
        .padding(spacing::LINE)
        .align_y(Alignment::Center)
        .push(words)
        .push(space::horizontal())
        .push(pill::pill(tone, state))
        .push(
            button::secondary(label)
                .small()
                .id(format!("users-device-{subject}"))
                .on_press(Message::Order(AdminKind::Device, Some(subject))),
        )
        .into()
}

/// Only where there is something to forgive; the form counts the users who have any.
fn errors_order(overview: &AdminOverview, user: &AuthorizedUser) -> Option<button::Button<Message>> {
    let mut users = overview.table.users.iter().filter(|user| user.error_points > 0 || user.locked);
    let subject = users.position(|known| known.id == user.id)?;
    let clear = button::secondary(tr!("users-clear-errors")).small().id("users-clear-errors");
    Some(clear.on_press(Message::Order(AdminKind::ClearErrors, Some(subject))))
}

fn errors(user: &AuthorizedUser) -> Element<'_, Message> {
    let points = text::body(user.error_points.to_string());
    let points = if user.error_points > 0 { points.care() } else { points };
    panel::key_values([(tr!("users-error-points"), points.into())])
}
