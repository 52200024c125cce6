//! Reading documents that must have exactly one form: each element in its place, nothing beside them.

use crate::xml::{Token, Xml};
use crate::{FormatError, Result};

/// A reader that asks for the element that must come next.
pub(crate) struct Strict<'a> {
    xml: Xml<&'a [u8]>,
    ahead: Option<Token>,
}

impl<'a> Strict<'a> {
    pub(crate) fn open_bytes(bytes: &'a [u8]) -> Result<Self> {
        Ok(Self { xml: Xml::open_bare(bytes)?, ahead: None })
    }

    /// The line that was read last.
    pub(crate) fn line(&self) -> u64 {
        self.xml.line()
    }

    /// Bytes read so far.
    pub(crate) fn position(&self) -> usize {
        usize::try_from(self.xml.position()).unwrap_or(usize::MAX)
    }

    fn peek(&mut self) -> Result<Token> {
        match self.ahead {
            Some(token) => Ok(token),
            None => {
                let token = self.xml.next()?;
                self.ahead = Some(token);
                Ok(token)
            }
        }
    }

    fn no_text(&self) -> Result<()> {
        if self.xml.text().trim_ascii().is_empty() {
            return Ok(());
        }
        Err(FormatError::Unexpected { line: self.line(), found: "text".to_owned() })
    }

    /// Whether the next tag opens that element.
    pub(crate) fn is_next(&mut self, element: &str) -> Result<bool> {
        Ok(self.peek()? == Token::Open && self.xml.qualified_name() == element)
    }

    /// The next tag must open that element, without attributes.
    pub(crate) fn open(&mut self, element: &'static str) -> Result<()> {
        self.open_with(element, &[]).map(drop)
    }

    /// The next tag must open that element with exactly those attributes; gives their values.
    pub(crate) fn open_with(
        &mut self,
        element: &'static str,
        attributes: &[&'static str],
    ) -> Result<Vec<String>> {
        let token = self.peek()?;
        self.no_text()?;
        let line = self.line();
        if token != Token::Open {
            return Err(FormatError::Missing { line, element });
        }
        if self.xml.qualified_name() != element {
            return Err(FormatError::Unexpected { line, found: format!("<{}>", self.xml.qualified_name()) });
        }
        let found = self.xml.attributes()?;
        if let Some((extra, _)) = found.iter().find(|(key, _)| !attributes.contains(&key.as_str())) {
            return Err(FormatError::Unexpected { line, found: extra.clone() });
        }
        self.ahead = None;
        attributes
            .iter()
            .map(|name| {
                let value = found.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
                value.ok_or(FormatError::Missing { line, element: name })
            })
            .collect()
    }

    /// The next tag must close the open element.
    pub(crate) fn close(&mut self) -> Result<()> {
        let token = self.peek()?;
        self.no_text()?;
        match token {
            Token::Close => {
                self.ahead = None;
                Ok(())
            }
            Token::Open | Token::End => Err(FormatError::Unexpected {
                line: self.line(),
                found: format!("<{}>", self.xml.qualified_name()),
            }),
        }
    }

    /// Text of the element that was opened last; closes it.
    pub(crate) fn text(&mut self) -> Result<String> {
        match self.peek()? {
            Token::Close => {
                self.ahead = None;
                Ok(self.xml.text().to_owned())
            }
            Token::Open | Token::End => Err(FormatError::Unexpected {
                line: self.line(),
                found: format!("<{}>", self.xml.qualified_name()),
            }),
        }
    }

    /// `<element>text</element>`.
    pub(crate) fn leaf(&mut self, element: &'static str) -> Result<String> {
        self.open(element)?;
        self.text()
    }

    /// A leaf whose text must be the one form in which `write` writes the value.
    pub(crate) fn value<T>(
        &mut self,
        element: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
        write: impl FnOnce(&T) -> String,
    ) -> Result<T> {
        let text = self.leaf(element)?;
        self.exact(element, &text, read, write)
    }

    /// A text that must be the one form in which `write` writes the value.
    pub(crate) fn exact<T>(
        &self,
        element: &'static str,
        text: &str,
        read: impl FnOnce(&str) -> Option<T>,
        write: impl FnOnce(&T) -> String,
    ) -> Result<T> {
        read(text)
            .filter(|value| write(value) == text)
            .ok_or(FormatError::Value { line: self.line(), element })
    }

    /// A leaf that must hold exactly that text.
    pub(crate) fn fixed(&mut self, element: &'static str, expected: &str) -> Result<()> {
        self.value(element, |text| (text == expected).then(|| expected.to_owned()), Clone::clone).map(drop)
    }

    /// The document must end here.
    pub(crate) fn end(&mut self) -> Result<()> {
        match self.peek()? {
            Token::End => Ok(()),
            Token::Open | Token::Close => Err(FormatError::Unexpected {
                line: self.line(),
                found: format!("<{}>", self.xml.qualified_name()),
            }),
        }
    }
}
