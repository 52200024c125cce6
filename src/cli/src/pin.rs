//! The PIN: asked for, or read from a file descriptor that the caller opened.

use std::io::Read;

use client::{ClientError, Pin, Result};

/// Longest text that is read from a descriptor; a PIN has 8 digits.
const MAX: u64 = 64;

/// Reads the PIN.
///
/// # Errors
/// [`ClientError::File`] when the descriptor or the terminal cannot be read.
pub fn read(descriptor: Option<i32>) -> Result<Pin> {
    let failed =
        |path: String, reason: std::io::Error| ClientError::File { path, reason: reason.to_string() };
    match descriptor {
        Some(0) => {
            let mut text = String::new();
            let read = std::io::stdin().take(MAX).read_to_string(&mut text);
            let _: usize = read.map_err(|e| failed("stdin".to_owned(), e))?;
            Ok(Pin::new(text.trim()))
        }
        Some(number) => {
            let path = format!("/dev/fd/{number}");
            let mut text = String::new();
            let file = std::fs::File::open(&path).map_err(|e| failed(path.clone(), e))?;
            let _: usize = file.take(MAX).read_to_string(&mut text).map_err(|e| failed(path, e))?;
            Ok(Pin::new(text.trim()))
        }
        None => {
            let typed = rpassword::prompt_password(format!("{}: ", crate::tr!("cli-pin-prompt")));
            Ok(Pin::new(typed.map_err(|e| failed("tty".to_owned(), e))?))
        }
    }
}
