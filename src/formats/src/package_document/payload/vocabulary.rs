//! Words and bounds of the self-administration payload, in one place for writer and reader.

use domain::authority::WebDevice;

use crate::write::is_writable;

/// Longest name of a class of signers, in characters.
const MAX_CLASS: usize = 20;
/// Longest identifier of a device, in characters.
const MAX_DEVICE: usize = 80;
/// Longest one-time code, in digits; how many the bank's have is the bank's business.
const MAX_CODE: usize = 12;

pub(super) fn web_device(device: WebDevice) -> &'static str {
    match device {
        WebDevice::None => "none",
        WebDevice::VirtualCard => "virtual_card",
    }
}

pub(super) fn web_device_named(name: &str) -> Option<WebDevice> {
    [WebDevice::None, WebDevice::VirtualCard].into_iter().find(|device| web_device(*device) == name)
}

fn is_short_text(text: &str, max: usize) -> bool {
    (1..=max).contains(&text.chars().count()) && is_writable(text) && text.trim() == text
}

/// Whether a class of signers can stand in a document.
pub(super) fn is_writable_class(class: &str) -> bool {
    is_short_text(class, MAX_CLASS)
}

/// Whether a device's identifier can stand in a document.
pub(super) fn is_writable_device(device: &str) -> bool {
    is_short_text(device, MAX_DEVICE)
}

/// Whether a text is a one-time code.
pub(super) fn is_code(code: &str) -> bool {
    (1..=MAX_CODE).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit())
}
