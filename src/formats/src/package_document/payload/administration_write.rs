//! Writing the payload of self-administration: one element for each order, named after what it does, so that a
//! signer who looks at the bytes reads what will change.

use std::io::Write;

use domain::authority::{AccountRight, UserContact, WebDevice};
use domain::order::adm::{AdminAction, AdminOrder, SecondaryIdStep};

use super::ADMINISTRATION_NAMESPACE;
use super::vocabulary::{is_code, is_writable_class, is_writable_device, web_device};
use crate::write::Out;
use crate::{FormatError, Result};

pub(super) fn write_administration(orders: &[&AdminOrder], sink: &mut impl Write) -> Result<()> {
    let mut out = Out::new(sink);
    out.raw("<Administration xmlns=\"");
    out.raw(ADMINISTRATION_NAMESPACE);
    out.raw("\">\n");
    for (index, order) in orders.iter().enumerate() {
        let mut element = Element { out: &mut out, position: index + 1 };
        element.order(order)?;
        out.settle()?;
    }
    out.raw("</Administration>");
    out.finish()
}

/// One order on its way into the document.
struct Element<'a, 'b, W: Write> {
    out: &'a mut Out<'b, W>,
    position: usize,
}

impl<W: Write> Element<'_, '_, W> {
    fn order(&mut self, order: &AdminOrder) -> Result<()> {
        let name = match &order.action {
            AdminAction::InternetBanking { .. } => "InternetBanking",
            AdminAction::UserData { .. } => "UserData",
            AdminAction::UserRights { .. } => "UserRights",
            AdminAction::NewAccount { .. } => "NewAccount",
            AdminAction::Device { .. } => "Device",
            AdminAction::ClearErrorPoints { .. } => "ClearErrorPoints",
            AdminAction::SecondaryId { .. } => "SecondaryId",
        };
        self.open(name);
        self.line("OrderId", &order.id.to_string());
        self.action(&order.action)?;
        self.close(name);
        Ok(())
    }

    fn action(&mut self, action: &AdminAction) -> Result<()> {
        match action {
            AdminAction::InternetBanking { enabled, users } => {
                self.truth("Enabled", *enabled);
                for access in users {
                    self.open("User");
                    self.line("UserId", access.user.as_str());
                    self.web_device("Login", access.login);
                    self.web_device("Signing", access.signing);
                    self.close("User");
                }
            }
            AdminAction::UserData { user, contact } => {
                self.line("UserId", user.as_str());
                self.contact(contact);
            }
            AdminAction::UserRights { user, rights } => {
                self.line("UserId", user.as_str());
                for right in rights {
                    if right.user != *user {
                        return self.cannot("UserId");
                    }
                    self.open("Right");
                    self.line("Account", &right.account.to_string());
                    self.right(right)?;
                }
            }
            AdminAction::NewAccount { account, rights } => {
                self.line("Account", &account.to_string());
                for right in rights {
                    if right.account != *account {
                        return self.cannot("Account");
                    }
                    self.open("Right");
                    self.line("UserId", right.user.as_str());
                    self.right(right)?;
                }
            }
            AdminAction::Device { user, device, suspend } => {
                if !is_writable_device(device) {
                    return self.cannot("DeviceId");
                }
                self.line("UserId", user.as_str());
                self.line("DeviceId", device);
                self.truth("Suspended", *suspend);
            }
            AdminAction::ClearErrorPoints { user } => self.line("UserId", user.as_str()),
            AdminAction::SecondaryId { account, id, step } => {
                self.line("Account", &account.to_string());
                self.line("Kind", id.kind().name());
                self.line("Identifier", id.value());
                self.step(step)?;
            }
        }
        Ok(())
    }

    fn contact(&mut self, contact: &UserContact) {
        if let Some(phone) = &contact.phone {
            self.line("Phone", phone.as_str());
        }
        if let Some(email) = &contact.email {
            self.line("Email", email.as_str());
        }
        self.truth("Notify", contact.notify);
    }

    /// What the right allows, and the end of its element.
    fn right(&mut self, right: &AccountRight) -> Result<()> {
        self.truth("View", right.view);
        self.truth("Dispose", right.dispose);
        if let Some(class) = &right.sign {
            if !is_writable_class(class) {
                return self.cannot("Sign");
            }
            self.line("Sign", class);
        }
        self.close("Right");
        Ok(())
    }

    fn step(&mut self, step: &SecondaryIdStep) -> Result<()> {
        match step {
            SecondaryIdStep::Register { code } => {
                self.line("Step", "register");
                if let Some(code) = code {
                    if !is_code(code) {
                        return self.cannot("Code");
                    }
                    self.line("Code", code);
                }
            }
            SecondaryIdStep::Confirm => self.line("Step", "confirm"),
            SecondaryIdStep::Delete => self.line("Step", "delete"),
        }
        Ok(())
    }

    fn cannot(&self, element: &'static str) -> Result<()> {
        Err(FormatError::CannotWrite { position: self.position, element })
    }

    fn open(&mut self, element: &str) {
        self.out.raw("<");
        self.out.raw(element);
        self.out.raw(">\n");
    }

    fn close(&mut self, element: &str) {
        self.out.raw("</");
        self.out.raw(element);
        self.out.raw(">\n");
    }

    fn line(&mut self, element: &str, text: &str) {
        self.out.leaf(element, text);
        self.out.raw("\n");
    }

    fn truth(&mut self, element: &str, value: bool) {
        self.line(element, if value { "true" } else { "false" });
    }

    fn web_device(&mut self, element: &str, device: WebDevice) {
        self.line(element, web_device(device));
    }
}
