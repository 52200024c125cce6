//! Reading the payload of self-administration strictly.

use domain::authority::{AccountRight, SignatureClass, UserContact, WebAccess, WebDevice};
use domain::order::adm::{AdminAction, AdminOrder, SecondaryIdStep};
use domain::secondary_id::SecondaryIdKind;
use domain::{AccountNumber, OrderId, SecondaryId, UserId};

use super::ADMINISTRATION_NAMESPACE;
use super::vocabulary::{is_code, is_writable_class, is_writable_device, web_device, web_device_named};
use crate::strict::Strict;
use crate::{FormatError, Result};

/// Reads one kind of order up to, not including, its closing tag.
type ReadAction = fn(&mut Strict<'_>) -> Result<AdminAction>;

const ACTIONS: [(&str, ReadAction); 7] = [
    ("InternetBanking", internet_banking),
    ("UserData", user_data),
    ("UserRights", user_rights),
    ("NewAccount", new_account),
    ("Device", device),
    ("ClearErrorPoints", clear_error_points),
    ("SecondaryId", secondary_id),
];

pub(super) fn read_administration(xml: &mut Strict<'_>) -> Result<Vec<AdminOrder>> {
    let namespace = xml.open_with("Administration", &["xmlns"])?;
    if namespace.first().map(String::as_str) != Some(ADMINISTRATION_NAMESPACE) {
        return Err(FormatError::Value { line: xml.line(), element: "Administration" });
    }
    let mut orders: Vec<AdminOrder> = Vec::new();
    let mut ids = std::collections::HashSet::new();
    while let Some((element, read)) = next_action(xml)? {
        xml.open(element)?;
        let id = xml.value("OrderId", |text| text.parse::<OrderId>().ok(), ToString::to_string)?;
        if !ids.insert(id) {
            return Err(FormatError::DuplicateOrder { id: id.to_string() });
        }
        orders.push(AdminOrder { id, action: read(xml)? });
        xml.close()?;
    }
    xml.close()?;
    if orders.is_empty() {
        return Err(FormatError::NoOrders);
    }
    Ok(orders)
}

fn next_action(xml: &mut Strict<'_>) -> Result<Option<(&'static str, ReadAction)>> {
    for (element, read) in ACTIONS {
        if xml.is_next(element)? {
            return Ok(Some((element, read)));
        }
    }
    Ok(None)
}

fn internet_banking(xml: &mut Strict<'_>) -> Result<AdminAction> {
    let enabled = truth(xml, "Enabled")?;
    let mut users = Vec::new();
    while xml.is_next("User")? {
        xml.open("User")?;
        let access = WebAccess {
            user: user(xml)?,
            login: device_of(xml, "Login")?,
            signing: device_of(xml, "Signing")?,
        };
        users.push(access);
        xml.close()?;
    }
    Ok(AdminAction::InternetBanking { enabled, users })
}

fn user_data(xml: &mut Strict<'_>) -> Result<AdminAction> {
    let user = user(xml)?;
    let phone = if xml.is_next("Phone")? {
        Some(xml.value(
            "Phone",
            |text| text.parse().ok(),
            |v: &domain::contact::MobileNumber| v.as_str().to_owned(),
        )?)
    } else {
        None
    };
    let email = if xml.is_next("Email")? {
        Some(xml.value(
            "Email",
            |text| text.parse().ok(),
            |v: &domain::contact::EmailAddress| v.as_str().to_owned(),
        )?)
    } else {
        None
    };
    let notify = truth(xml, "Notify")?;
    Ok(AdminAction::UserData { user, contact: UserContact { phone, email, notify } })
}

fn user_rights(xml: &mut Strict<'_>) -> Result<AdminAction> {
    let user = user(xml)?;
    let mut rights = Vec::new();
    while xml.is_next("Right")? {
        xml.open("Right")?;
        let account = account(xml)?;
        rights.push(right(xml, user.clone(), account)?);
    }
    Ok(AdminAction::UserRights { user, rights })
}

fn new_account(xml: &mut Strict<'_>) -> Result<AdminAction> {
    let account = account(xml)?;
    let mut rights = Vec::new();
    while xml.is_next("Right")? {
        xml.open("Right")?;
        let user = user(xml)?;
        rights.push(right(xml, user, account)?);
    }
    Ok(AdminAction::NewAccount { account, rights })
}

fn device(xml: &mut Strict<'_>) -> Result<AdminAction> {
    let user = user(xml)?;
    let device =
        xml.value("DeviceId", |text| is_writable_device(text).then(|| text.to_owned()), String::clone)?;
    Ok(AdminAction::Device { user, device, suspend: truth(xml, "Suspended")? })
}

fn clear_error_points(xml: &mut Strict<'_>) -> Result<AdminAction> {
    Ok(AdminAction::ClearErrorPoints { user: user(xml)? })
}

fn secondary_id(xml: &mut Strict<'_>) -> Result<AdminAction> {
    let account = account(xml)?;
    let kind = xml.value("Kind", SecondaryIdKind::from_name, |kind| kind.name().to_owned())?;
    let id = xml.value("Identifier", |text| SecondaryId::parse(kind, text), |id| id.value().to_owned())?;
    let step = match xml.leaf("Step")?.as_str() {
        "register" => SecondaryIdStep::Register { code: code(xml)? },
        "confirm" => SecondaryIdStep::Confirm,
        "delete" => SecondaryIdStep::Delete,
        _ => return Err(FormatError::Value { line: xml.line(), element: "Step" }),
    };
    Ok(AdminAction::SecondaryId { account, id, step })
}

fn code(xml: &mut Strict<'_>) -> Result<Option<String>> {
    if !xml.is_next("Code")? {
        return Ok(None);
    }
    xml.value("Code", |text| is_code(text).then(|| text.to_owned()), String::clone).map(Some)
}

/// What a right allows, and the end of its element.
fn right(xml: &mut Strict<'_>, user: UserId, account: AccountNumber) -> Result<AccountRight> {
    let view = truth(xml, "View")?;
    let dispose = truth(xml, "Dispose")?;
    let sign: Option<SignatureClass> = if xml.is_next("Sign")? {
        Some(xml.value("Sign", |text| is_writable_class(text).then(|| text.to_owned()), String::clone)?)
    } else {
        None
    };
    xml.close()?;
    Ok(AccountRight { user, account, view, dispose, sign })
}

fn user(xml: &mut Strict<'_>) -> Result<UserId> {
    xml.value("UserId", |text| text.parse().ok(), ToString::to_string)
}

fn account(xml: &mut Strict<'_>) -> Result<AccountNumber> {
    xml.value("Account", |text| text.parse().ok(), ToString::to_string)
}

fn truth(xml: &mut Strict<'_>, element: &'static str) -> Result<bool> {
    xml.value(element, |text| text.parse().ok(), ToString::to_string)
}

fn device_of(xml: &mut Strict<'_>, element: &'static str) -> Result<WebDevice> {
    xml.value(element, web_device_named, |device| web_device(*device).to_owned())
}
