//! What must not stand on a command line: PINs and Codes. Asked for, or read from a file descriptor that the caller
//! opened, one line for each in the order in which they are needed.

use std::io::{ErrorKind, Read};

use client::{ClientError, Pin, Result};

use crate::output;

/// Longest line that is read from a descriptor; a Code has 18 characters and some spaces.
const MAX: usize = 128;
/// Longest character in UTF-8, in bytes.
const MAX_UTF8: usize = 4;

/// Where PINs and Codes come from.
pub enum Secrets {
    /// A person at the terminal.
    Terminal,
    /// An open file descriptor.
    Descriptor {
        /// Its name for messages.
        name: String,
        /// Its bytes, taken one by one so that nothing beyond a line is held.
        bytes: Box<dyn Read + Send>,
    },
}

impl Secrets {
    /// From this descriptor, or from the terminal.
    ///
    /// # Errors
    /// [`ClientError::File`] when the descriptor cannot be read.
    pub fn open(descriptor: Option<i32>) -> Result<Self> {
        Ok(match descriptor {
            None => Self::Terminal,
            Some(0) => Self::Descriptor { name: "stdin".to_owned(), bytes: Box::new(std::io::stdin()) },
            Some(number) => {
                let name = format!("/dev/fd/{number}");
                let file = std::fs::File::open(&name).map_err(|e| failed(&name, &e))?;
                Self::Descriptor { name, bytes: Box::new(file) }
            }
        })
    }

    /// The PIN in use.
    pub fn pin(&mut self) -> Result<Pin> {
        self.hidden(&crate::tr!("cli-pin-prompt"))
    }

    /// A new PIN; a person types it twice.
    ///
    /// # Errors
    /// [`ClientError::PinsDiffer`].
    pub fn new_pin(&mut self) -> Result<Pin> {
        let new = self.hidden(&crate::tr!("cli-new-pin-prompt"))?;
        if matches!(self, Self::Terminal) {
            let again = self.hidden(&crate::tr!("cli-new-pin-again"))?;
            if again.expose() != new.expose() {
                return Err(ClientError::PinsDiffer);
            }
        }
        Ok(new)
    }

    /// The Code that the bank's clerk says; a person sees what they type.
    pub fn code(&mut self) -> Result<Pin> {
        match self {
            Self::Terminal => {
                output::prompt(&crate::tr!("cli-code-prompt"));
                line("tty", &mut std::io::stdin())
            }
            Self::Descriptor { name, bytes } => line(name, bytes),
        }
    }

    fn hidden(&mut self, prompt: &str) -> Result<Pin> {
        match self {
            Self::Terminal => {
                let typed = rpassword::prompt_password(format!("{prompt}: "));
                Ok(Pin::new(typed.map_err(|e| failed("tty", &e))?))
            }
            Self::Descriptor { name, bytes } => line(name, bytes),
        }
    }
}

/// The next line, UTF-8, without the white space around it. The buffer never moves, so no copy is left behind.
fn line(name: &str, bytes: &mut dyn Read) -> Result<Pin> {
    let mut text = String::with_capacity(MAX);
    while text.len() <= MAX - MAX_UTF8 {
        match character(bytes).map_err(|e| failed(name, &e))? {
            None => break,
            Some('\n') if !text.is_empty() => break,
            Some(blank) if text.is_empty() && blank.is_whitespace() => {}
            Some(other) => text.push(other),
        }
    }
    let end = text.trim_end().len();
    text.truncate(end);
    Ok(Pin::new(text))
}

/// The next character; `None` at the end.
fn character(bytes: &mut dyn Read) -> std::io::Result<Option<char>> {
    let mut encoded = [0; MAX_UTF8];
    for read in 0..MAX_UTF8 {
        if bytes.read(&mut encoded[read..=read])? == 0 {
            return if read == 0 { Ok(None) } else { Err(ErrorKind::UnexpectedEof.into()) };
        }
        if let Ok(text) = std::str::from_utf8(&encoded[..=read]) {
            return Ok(text.chars().next());
        }
    }
    Err(std::io::Error::new(ErrorKind::InvalidData, "not UTF-8"))
}

fn failed(name: &str, reason: &std::io::Error) -> ClientError {
    ClientError::File { path: name.to_owned(), reason: reason.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(text: &'static str) -> Secrets {
        Secrets::Descriptor { name: "test".to_owned(), bytes: Box::new(text.as_bytes()) }
    }

    #[test]
    fn each_line_is_one_secret() {
        let mut secrets = from(" 123456 \r\n5E21 90C7\n\n271828");
        assert_eq!(secrets.pin().unwrap().expose(), "123456");
        assert_eq!(secrets.code().unwrap().expose(), "5E21 90C7");
        assert_eq!(secrets.new_pin().unwrap().expose(), "271828");
        assert_eq!(secrets.pin().unwrap().expose(), "");
    }

    #[test]
    fn a_secret_is_characters_and_not_bytes() {
        let mut secrets = from("7K2M·9QXD·4TBH\n\u{a0}árvíztűrő-1😀\n");
        assert_eq!(secrets.code().unwrap().expose(), "7K2M·9QXD·4TBH");
        assert_eq!(secrets.pin().unwrap().expose(), "árvíztűrő-1😀");
        for broken in [&b"12\xff\xff\xff\xff34"[..], b"12\xc2"] {
            let mut secrets = Secrets::Descriptor { name: "test".to_owned(), bytes: Box::new(broken) };
            assert!(matches!(secrets.pin(), Err(ClientError::File { .. })));
        }
    }

    #[test]
    fn an_endless_line_ends() {
        let mut secrets =
            Secrets::Descriptor { name: "test".to_owned(), bytes: Box::new(std::io::repeat(b'1')) };
        assert!(secrets.pin().unwrap().expose().len() < MAX);
    }
}
