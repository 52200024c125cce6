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
    /// For UTF-16, whose characters may lie across two chunks.
    decoder: Option<encoding_rs::Decoder>,
    /// UTF-8 that waits to be taken, from `used` on.
    chunk: Vec<u8>,
    used: usize,
    line: u64,
    piece: usize,
    ended: bool,
}

impl<R: BufRead> Source<R> {
    /// Reads the beginning of `reader` to find its encoding: a byte order mark, else zeros between the first
    /// characters, else the XML declaration, else UTF-8.
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
        let decoder = match encoding {
            Encoding::Utf16Le => Some(encoding_rs::UTF_16LE.new_decoder_without_bom_handling()),
            Encoding::Utf16Be => Some(encoding_rs::UTF_16BE.new_decoder_without_bom_handling()),
            _ => None,
        };
        Ok(Self { inner: reader, head, encoding, decoder, chunk, used: 0, line: 1, piece: 0, ended: false })
    }

    /// Takes chunks until there is text or the end: half a character gives no text yet.
    fn refill(&mut self) -> io::Result<()> {
        self.chunk.clear();
        self.used = 0;
        while self.chunk.is_empty() && !self.ended {
            self.refill_once()?;
        }
        Ok(())
    }

    /// Takes the next chunk, up to the first byte that the encoding does not have.
    fn refill_once(&mut self) -> io::Result<()> {
        let from_head = !self.head.is_empty();
        let available = if from_head { self.head.as_slice() } else { self.inner.fill_buf()? };
        let bytes = &available[..available.len().min(CHUNK)];
        let taken = match &mut self.decoder {
            Some(decoder) => decode_utf16(bytes, decoder, &mut self.chunk)?,
            None => decode(bytes, self.encoding, &mut self.chunk),
        };
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

/// The same for UTF-16. The decoder keeps what a chunk begins and the next one ends; no bytes are the end.
fn decode_utf16(bytes: &[u8], decoder: &mut encoding_rs::Decoder, out: &mut Vec<u8>) -> io::Result<usize> {
    let needed = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(4 * CHUNK);
    out.resize(needed, 0);
    let last = bytes.is_empty();
    let (result, read, written) = decoder.decode_to_utf8_without_replacement(bytes, out, last);
    out.truncate(written);
    match result {
        encoding_rs::DecoderResult::InputEmpty => Ok(read),
        // At the end only half a character can be wrong.
        encoding_rs::DecoderResult::Malformed(..) if last => {
            Err(io::Error::other(FormatError::Truncated { line: 0 }))
        }
        encoding_rs::DecoderResult::Malformed(..) | encoding_rs::DecoderResult::OutputFull => {
            Err(io::Error::other(FormatError::InvalidBytes { line: 0, encoding: "UTF-16" }))
        }
    }
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
    let utf16 = match head.as_slice() {
        [0xff, 0xfe, ..] => Some((Encoding::Utf16Le, 2)),
        [0xfe, 0xff, ..] => Some((Encoding::Utf16Be, 2)),
        [b'<', 0, ..] => Some((Encoding::Utf16Le, 0)),
        [0, b'<', ..] => Some((Encoding::Utf16Be, 0)),
        _ => None,
    };
    if let Some((encoding, mark)) = utf16 {
        head.drain(..mark);
        return Ok(encoding);
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
    // A declaration that can be read byte by byte is not in UTF-16, whatever it says: programs that make the text in
    // memory write this name and then save UTF-8. Should it be anything else, its first letter tells.
    if label.trim().get(..6).is_some_and(|name| name.eq_ignore_ascii_case("utf-16")) {
        return Ok(Encoding::Utf8);
    }
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
