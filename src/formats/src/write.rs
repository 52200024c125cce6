//! Writing XML fast: a buffer of fixed size before any `io::Write`.

use std::fmt;
use std::io::Write;

use crate::Result;

/// Bytes that are collected before they are passed on.
const BUFFER: usize = 64 * 1024;

/// Writer of pieces of XML.
pub(crate) struct Out<'a, W: Write> {
    sink: &'a mut W,
    buffer: Vec<u8>,
}

impl<'a, W: Write> Out<'a, W> {
    pub(crate) fn new(sink: &'a mut W) -> Self {
        Self { sink, buffer: Vec::with_capacity(BUFFER + 4096) }
    }

    /// Markup, or text that needs no escaping.
    pub(crate) fn raw(&mut self, text: &str) {
        self.buffer.extend_from_slice(text.as_bytes());
    }

    /// Character data.
    pub(crate) fn text(&mut self, text: &str) {
        for chunk in text.as_bytes().split_inclusive(|b| matches!(b, b'&' | b'<' | b'>')) {
            let (plain, escape): (&[u8], &[u8]) = match chunk {
                [plain @ .., b'&'] => (plain, b"&amp;"),
                [plain @ .., b'<'] => (plain, b"&lt;"),
                [plain @ .., b'>'] => (plain, b"&gt;"),
                plain => (plain, b""),
            };
            self.buffer.extend_from_slice(plain);
            self.buffer.extend_from_slice(escape);
        }
    }

    /// A value whose `Display` needs no escaping.
    pub(crate) fn value(&mut self, value: impl fmt::Display) -> Result<()> {
        Ok(write!(self.buffer, "{value}")?)
    }

    /// `<name>text</name>`.
    pub(crate) fn leaf(&mut self, name: &str, text: &str) {
        self.raw("<");
        self.raw(name);
        self.raw(">");
        self.text(text);
        self.raw("</");
        self.raw(name);
        self.raw(">");
    }

    /// Passes on what was collected, once there is enough of it.
    pub(crate) fn settle(&mut self) -> Result<()> {
        if self.buffer.len() >= BUFFER {
            self.sink.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }

    /// Passes on everything.
    pub(crate) fn finish(&mut self) -> Result<()> {
        self.sink.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(self.sink.flush()?)
    }
}

/// Whether a text of ours can stand in XML as it is: no control characters, nothing that XML forbids.
pub(crate) fn is_writable(text: &str) -> bool {
    text.chars().all(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
}
