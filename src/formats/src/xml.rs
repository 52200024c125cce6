//! A small pull reader of data-like XML over `quick-xml`: elements and the text before each tag.
//!
//! Namespace prefixes are cut off; comments and processing instructions are passed over; declarations of
//! entities, and entities other than XML's own five, are refused.

use std::io::BufRead;

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Error, XmlVersion};

use crate::source::{PIECE_LIMIT, Source};
use crate::{Encoding, FormatError, Result};

/// Elements that may stand inside each other; pain.001's deepest path has 12.
const DEPTH_LIMIT: usize = 32;

/// What was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// A start tag; see [`Xml::name`] and [`Xml::attributes`].
    Open,
    /// An end tag; [`Xml::text`] is what stood before it.
    Close,
    /// The end of a complete document.
    End,
}

/// The reader.
pub(crate) struct Xml<R> {
    reader: quick_xml::Reader<Source<R>>,
    buffer: Vec<u8>,
    tag: String,
    name_length: usize,
    text: String,
    depth: usize,
    line: u64,
    seen_root: bool,
    close_next: bool,
    bare: bool,
}

impl<R: BufRead> Xml<R> {
    /// Opens a file, finding its encoding.
    pub(crate) fn open(reader: R) -> Result<Self> {
        Ok(Self {
            reader: quick_xml::Reader::from_reader(Source::open(reader)?),
            buffer: Vec::new(),
            tag: String::new(),
            name_length: 0,
            text: String::new(),
            depth: 0,
            line: 1,
            seen_root: false,
            close_next: false,
            bare: false,
        })
    }

    /// The same, refusing comments, processing instructions and CDATA: signed documents have none.
    pub(crate) fn open_bare(reader: R) -> Result<Self> {
        Ok(Self { bare: true, ..Self::open(reader)? })
    }

    /// The next tag; the text that stood before it is in [`Xml::text`].
    pub(crate) fn next(&mut self) -> Result<Token> {
        self.text.clear();
        if self.close_next {
            self.close_next = false;
            self.depth -= 1;
            return Ok(Token::Close);
        }
        loop {
            self.buffer.clear();
            self.reader.get_mut().begin_piece();
            self.line = self.reader.get_ref().line();
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(e) => return Err(refusal(e, self.reader.get_ref(), self.line)),
            };
            let line = self.line;
            if self.bare
                && (matches!(event, Event::Comment(_) | Event::PI(_) | Event::CData(_))
                    || matches!(event, Event::Decl(_)) && self.seen_root)
            {
                return Err(FormatError::Unexpected { line, found: "<!…> / <?…>".to_owned() });
            }
            match event {
                Event::Start(tag) => {
                    keep(&mut self.tag, &mut self.name_length, &tag);
                    return self.opened();
                }
                Event::Empty(tag) => {
                    keep(&mut self.tag, &mut self.name_length, &tag);
                    self.close_next = true;
                    return self.opened();
                }
                Event::End(_) => {
                    self.depth -= 1;
                    return Ok(Token::Close);
                }
                Event::Text(text) => self.text.push_str(&text.xml10_content()),
                Event::CData(text) => self.text.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                    Ok(Some(c)) => self.text.push(c),
                    Ok(None) => match resolve_xml_entity(&reference) {
                        Some(text) => self.text.push_str(text),
                        None => return Err(FormatError::Entity { line, name: reference.to_string() }),
                    },
                    Err(_) => return Err(FormatError::NotXml { line }),
                },
                // A mere reference to a DTD, as Electra's own files may have, is never followed.
                Event::DocType(declaration) if self.bare || declaration.contains('[') => {
                    return Err(FormatError::Dtd { line });
                }
                Event::DocType(_) => {}
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
                Event::Eof => return self.finished(),
            }
            if self.depth == 0 && !self.is_blank() {
                return Err(FormatError::NotXml { line });
            }
            if self.text.len() > PIECE_LIMIT {
                return Err(FormatError::TooLong { line, limit: PIECE_LIMIT });
            }
        }
    }

    /// Whether the text outside the root is nothing. The end-of-file character of DOS, which old programs put
    /// behind a document, is nothing too, but not in documents that have one form only.
    fn is_blank(&self) -> bool {
        let text = self.text.trim_ascii();
        text.is_empty() || self.seen_root && !self.bare && text.bytes().all(|byte| byte == 0x1a)
    }

    fn opened(&mut self) -> Result<Token> {
        if self.depth == 0 && self.seen_root {
            return Err(FormatError::NotXml { line: self.line });
        }
        self.seen_root = true;
        self.depth += 1;
        if self.depth > DEPTH_LIMIT {
            return Err(FormatError::TooDeep { line: self.line, limit: DEPTH_LIMIT });
        }
        Ok(Token::Open)
    }

    fn finished(&self) -> Result<Token> {
        if self.depth > 0 {
            return Err(FormatError::Truncated { line: self.line });
        }
        if !self.seen_root {
            return Err(FormatError::NotXml { line: self.line });
        }
        Ok(Token::End)
    }

    /// Name of the tag that was opened last, without its prefix.
    pub(crate) fn name(&self) -> &str {
        let name = self.qualified_name();
        // Names are a few bytes long: looking at each is faster than a search made for long texts.
        name.bytes().rposition(|b| b == b':').map_or(name, |colon| &name[colon + 1..])
    }

    /// Name of the tag that was opened last, as written.
    pub(crate) fn qualified_name(&self) -> &str {
        &self.tag[..self.name_length]
    }

    /// Attributes of the tag that was opened last, as written, with their values unescaped.
    pub(crate) fn attributes(&self) -> Result<Vec<(String, String)>> {
        let broken = || FormatError::NotXml { line: self.line };
        BytesStart::from_content(self.tag.as_str(), self.name_length)
            .attributes()
            .map(|attribute| {
                let attribute = attribute.map_err(|_| broken())?;
                let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| broken())?;
                Ok((attribute.key.as_ref().to_owned(), value.into_owned()))
            })
            .collect()
    }

    /// Value of an attribute without prefix.
    pub(crate) fn attribute(&self, name: &str) -> Result<Option<String>> {
        if self.tag.len() == self.name_length {
            return Ok(None);
        }
        Ok(self.attributes()?.into_iter().find(|(key, _)| key == name).map(|(_, value)| value))
    }

    /// The namespace of the tag that was opened last, if the tag itself declares it (as root elements do).
    pub(crate) fn own_namespace(&self) -> Result<Option<String>> {
        match self.qualified_name().split_once(':') {
            Some((prefix, _)) => self.attribute(&format!("xmlns:{prefix}")),
            None => self.attribute("xmlns"),
        }
    }

    /// Text between the last two tags.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Line of the last tag.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// The file's encoding.
    pub(crate) fn encoding(&self) -> Encoding {
        self.reader.get_ref().encoding()
    }

    /// Bytes read up to the end of the last tag, as UTF-8 and without a byte order mark.
    pub(crate) fn position(&self) -> u64 {
        self.reader.buffer_position()
    }
}

fn keep(tag: &mut String, name_length: &mut usize, start: &BytesStart<'_>) {
    tag.clear();
    tag.push_str(start);
    *name_length = start.name().as_ref().len();
}

/// What an error of the XML reader means to the user.
fn refusal<R>(error: Error, source: &Source<R>, line: u64) -> FormatError {
    let cut = FormatError::Truncated { line: source.line() };
    match error {
        Error::Io(e) => match e.get_ref().and_then(|inner| inner.downcast_ref::<FormatError>()) {
            Some(ours) => ours.clone().at(line),
            None => FormatError::Io(e.to_string()),
        },
        Error::Encoding(quick_xml::encoding::EncodingError::Utf8(e))
            if source.ended() && e.error_len().is_none() =>
        {
            cut
        }
        Error::Encoding(_) => FormatError::InvalidBytes { line, encoding: source.encoding().name() },
        Error::Syntax(_) | Error::IllFormed(quick_xml::errors::IllFormedError::UnclosedReference)
            if source.ended() =>
        {
            cut
        }
        _ => FormatError::NotXml { line },
    }
}
