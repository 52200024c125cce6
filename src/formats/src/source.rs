//! The bytes below the XML reader: finds the encoding, turns everything into UTF-8, counts lines, and
//! stops a piece of text that grows beyond the limit before it fills the memory.

use std::io::{self, BufRead, Read};

use crate::{Encoding, FormatError, Result};

/// Bytes that one tag, text or comment may have. The longest honest value has a few hundred.
pub(crate) const PIECE_LIMIT: usize = 64 * 1024;
/// Bytes among which the XML declaration must end.
const HEAD: usize = 1024;
/// Bytes that are decoded at once.
const CHUNK: usize = 16 * 1024;

/// A reader of UTF-8 over a reader of any supported encoding.
pub(crate) struct Source<R> {
    inner: R,
    /// The beginning of the file, read to find the encoding; taken first.
    head: Vec<u8>,
    encoding: Encoding,
    /// UTF-8 that waits to be taken, from `used` on.
    chunk: Vec<u8>,
    used: usize,
    line: u64,
    piece: usize,
    ended: bool,
}

impl<R: BufRead> Source<R> {
    /// Reads the beginning of `reader` to find its encoding: a byte order mark, else the XML declaration,
    /// else UTF-8.
    pub(crate) fn open(mut reader: R) -> Result<Self> {
        let mut head = Vec::new();
        while head.len() < HEAD {
            let available = match reader.fill_buf() {
                Ok([]) => break,
                Ok(bytes) => bytes,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(e.into()),
            };
            let take = available.len().min(HEAD - head.len());
            head.extend_from_slice(&available[..take]);
            reader.consume(take);
            if head.windows(2).any(|w| w == b"?>") {
                break;
            }
        }
        let encoding = encoding_of(&mut head)?;
        let chunk = Vec::with_capacity(CHUNK);
        Ok(Self { inner: reader, head, encoding, chunk, used: 0, line: 1, piece: 0, ended: false })
    }

    /// Takes the next chunk, up to the first byte that the encoding does not have.
    fn refill(&mut self) -> io::Result<()> {
        self.chunk.clear();
        self.used = 0;
        let from_head = !self.head.is_empty();
        let available = if from_head { self.head.as_slice() } else { self.inner.fill_buf()? };
        let bytes = &available[..available.len().min(CHUNK)];
        let taken = decode(bytes, self.encoding, &mut self.chunk);
        if taken == 0 && !bytes.is_empty() {
            return Err(io::Error::other(FormatError::InvalidBytes {
                line: 0,
                encoding: self.encoding.name(),
            }));
        }
        self.ended = bytes.is_empty();
        if from_head {
            self.head.drain(..taken);
        } else {
            self.inner.consume(taken);
        }
        Ok(())
    }
}

/// Appends the text of the bytes as UTF-8 and gives how many were understood. UTF-8 itself is checked by
/// whoever reads the text.
fn decode(bytes: &[u8], encoding: Encoding, out: &mut Vec<u8>) -> usize {
    let Some(table) = encoding.table() else {
        out.extend_from_slice(bytes);
        return bytes.len();
    };
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            0..=0x7f => out.push(*byte),
            _ => match table[usize::from(byte - 0x80)] {
                Some(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
                None => return index,
            },
        }
    }
    bytes.len()
}

impl<R> Source<R> {
    /// The encoding of the file.
    pub(crate) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The line of the next byte, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// Whether the end of the file was met.
    pub(crate) fn ended(&self) -> bool {
        self.ended
    }

    /// Says that a new piece begins, so its length counts from zero.
    pub(crate) fn begin_piece(&mut self) {
        self.piece = 0;
    }
}

/// Finds the encoding and takes a byte order mark away.
fn encoding_of(head: &mut Vec<u8>) -> Result<Encoding> {
    if head.starts_with(&[0xef, 0xbb, 0xbf]) {
        head.drain(..3);
        return Ok(Encoding::Utf8);
    }
    if head.starts_with(&[0xfe, 0xff])
        || head.starts_with(&[0xff, 0xfe])
        || head.starts_with(&[0, b'<'])
        || head.starts_with(&[b'<', 0])
    {
        return Err(FormatError::UnsupportedEncoding { name: "UTF-16".to_owned() });
    }
    match head.iter().find(|b| !b.is_ascii_whitespace()) {
        None | Some(b'<') => {}
        Some(_) => return Err(FormatError::NotXml { line: 1 }),
    }
    let declaration = match head.windows(2).position(|w| w == b"?>") {
        Some(end) if head.trim_ascii_start().starts_with(b"<?xml") => String::from_utf8_lossy(&head[..end]),
        _ => return Ok(Encoding::Utf8),
    };
    let Some((_, after)) = declaration.split_once("encoding") else { return Ok(Encoding::Utf8) };
    let after = after.trim_start().strip_prefix('=').unwrap_or_default().trim_start();
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
    let label = quote.and_then(|q| after[1..].split_once(q)).map(|(label, _)| label);
    let label = label.ok_or(FormatError::NotXml { line: 1 })?;
    Encoding::from_label(label).ok_or_else(|| FormatError::UnsupportedEncoding { name: label.to_owned() })
}

impl<R: BufRead> BufRead for Source<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.piece > PIECE_LIMIT {
            return Err(io::Error::other(FormatError::TooLong { line: 0, limit: PIECE_LIMIT }));
        }
        if self.used == self.chunk.len() {
            self.refill()?;
        }
        Ok(&self.chunk[self.used..])
    }

    fn consume(&mut self, amount: usize) {
        let taken = &self.chunk[self.used..self.used + amount];
        self.line += taken.iter().filter(|b| **b == b'\n').count() as u64;
        self.piece += amount;
        self.used += amount;
    }
}

impl<R: BufRead> Read for Source<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let taken = bytes.len().min(out.len());
        out[..taken].copy_from_slice(&bytes[..taken]);
        self.consume(taken);
        Ok(taken)
    }
}
