//! The kinds of self-administration orders, and the list from which one is chosen.

use client::AdminOverview;
use iced::Length;

use super::Message;
use crate::design::pressable::{Look, pressable};
use crate::design::text::Inked;
use crate::design::{Column, Element, panel, spacing, text};
use crate::go::AdminKind;
use crate::tr;

impl AdminKind {
    /// All kinds, in the order of the list; the request for the web client first, as people know it.
    pub const ALL: [Self; 9] = [
        Self::InternetBanking,
        Self::UserData,
        Self::UserRights,
        Self::NewAccount,
        Self::Device,
        Self::ClearErrors,
        Self::RegisterId,
        Self::ConfirmId,
        Self::DeleteId,
    ];

    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::InternetBanking => tr!("admin-kind-internet-banking"),
            Self::UserData => tr!("admin-kind-user-data"),
            Self::UserRights => tr!("admin-kind-user-rights"),
            Self::NewAccount => tr!("admin-kind-new-account"),
            Self::Device => tr!("admin-kind-device"),
            Self::ClearErrors => tr!("admin-kind-clear-errors"),
            Self::RegisterId => tr!("admin-kind-register-id"),
            Self::ConfirmId => tr!("admin-kind-confirm-id"),
            Self::DeleteId => tr!("admin-kind-delete-id"),
        }
    }

    /// What it is for, in a line.
    #[must_use]
    pub fn help(self) -> String {
        match self {
            Self::InternetBanking => tr!("admin-kind-internet-banking-help"),
            Self::UserData => tr!("admin-kind-user-data-help"),
            Self::UserRights => tr!("admin-kind-user-rights-help"),
            Self::NewAccount => tr!("admin-kind-new-account-help"),
            Self::Device => tr!("admin-kind-device-help"),
            Self::ClearErrors => tr!("admin-kind-clear-errors-help"),
            Self::RegisterId => tr!("admin-kind-register-id-help"),
            Self::ConfirmId => tr!("admin-kind-confirm-id-help"),
            Self::DeleteId => tr!("admin-kind-delete-id-help"),
        }
    }

    /// Why there is nothing to order now, if so.
    #[must_use]
    pub fn hindrance(self, overview: &AdminOverview) -> Option<String> {
        let table = &overview.table;
        match self {
            Self::NewAccount if table.new_accounts.is_empty() => Some(tr!("admin-no-new-account")),
            Self::Device if table.users.iter().all(|user| user.devices.is_empty()) => {
                Some(tr!("admin-no-device"))
            }
            Self::ClearErrors if table.users.iter().all(|user| user.error_points == 0 && !user.locked) => {
                Some(tr!("admin-no-errors"))
            }
            Self::ConfirmId | Self::DeleteId if table.secondary_ids.is_empty() => Some(tr!("admin-no-ids")),
            _ => None,
        }
    }
}

/// The name by which focus finds the first kind.
pub(super) const FIRST: &str = "admin-kind-0";

/// The list of kinds.
pub(super) fn chooser(overview: &AdminOverview) -> Element<'_, Message> {
    let mut column = Column::new();
    for (index, kind) in AdminKind::ALL.into_iter().enumerate() {
        let hindrance = kind.hindrance(overview);
        let words = Column::new()
            .push(if hindrance.is_some() {
                text::strong(kind.label()).dim()
            } else {
                text::strong(kind.label())
            })
            .push(text::hint(hindrance.clone().unwrap_or_else(|| kind.help())).dim());
        let line = pressable(Look::Quiet, words)
            .id(format!("admin-kind-{index}"))
            .width(Length::Fill)
            .padding(spacing::CHOICE)
            .align_x(iced::alignment::Horizontal::Left)
            .on_press_maybe(hindrance.is_none().then_some(Message::Choose(kind)));
        column = column.push(line).push(panel::rule());
    }
    Column::new()
        .spacing(spacing::M)
        .push(text::detail_title(tr!("admin-choose")))
        .push(panel::scroll(column))
        .into()
}
