//! What a second start says to the first, and what it hears: a few bytes, versioned, nothing in them believed.
//!
//! Asking: `KAPOCS` and the version 1, then the seat and the file, each as two bytes of length (low first) and UTF-8.
//! An empty file is none. Answering: version 1, one byte for what was done, then the first one's seat in the same form.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

const MAGIC: &[u8; 6] = b"KAPOCS";
/// The only version so far.
const VERSION: u8 = 1;
/// Longest seat; a display's or a session's name is much shorter.
const MAX_SEAT: u16 = 256;
/// Longest path: more than Windows has, and less than a megabyte that somebody could make us keep.
const MAX_PATH: u16 = u16::MAX;

/// What a second start asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asking {
    /// Where its person sits: a display or a session.
    pub seat: String,
    /// The file that it was started with.
    pub file: Option<PathBuf>,
}

/// What the first one did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Its window came to the front and has the file.
    Raised,
    /// Its window is at another seat.
    Elsewhere(String),
    /// It was asked something that it does not understand.
    NotUnderstood,
}

impl Asking {
    /// Writes it.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidInput`] for a path that is too long or has no UTF-8 form.
    pub(crate) fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let invalid = || io::Error::from(io::ErrorKind::InvalidInput);
        let path = match &self.file {
            None => "",
            Some(path) => path.to_str().ok_or_else(invalid)?,
        };
        let mut bytes = MAGIC.to_vec();
        bytes.push(VERSION);
        put(&mut bytes, &self.seat, MAX_SEAT).ok_or_else(invalid)?;
        put(&mut bytes, path, MAX_PATH).ok_or_else(invalid)?;
        to.write_all(&bytes)?;
        to.flush()
    }

    /// Reads one; never more of it than belongs to it.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidData`] for anything else.
    pub(crate) fn read(from: &mut impl Read) -> io::Result<Self> {
        let mut head = [0; MAGIC.len() + 1];
        from.read_exact(&mut head)?;
        if head[..MAGIC.len()] != *MAGIC || head[MAGIC.len()] != VERSION {
            return Err(invalid_data());
        }
        let seat = text(from, MAX_SEAT)?;
        let path = text(from, MAX_PATH)?;
        let file = match path.as_str() {
            "" => None,
            // The folder of the one who asks is not ours.
            path if Path::new(path).is_absolute() && !path.contains('\0') => Some(PathBuf::from(path)),
            _ => return Err(invalid_data()),
        };
        Ok(Self { seat, file })
    }
}

impl Answer {
    /// Writes it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let (done, seat) = match self {
            Self::Raised => (0, ""),
            Self::Elsewhere(seat) => (1, seat.as_str()),
            Self::NotUnderstood => (2, ""),
        };
        let mut bytes = vec![VERSION, done];
        put(&mut bytes, seat, MAX_SEAT).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        to.write_all(&bytes)?;
        to.flush()
    }

    /// Reads one.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidData`] for anything else.
    pub(crate) fn read(from: &mut impl Read) -> io::Result<Self> {
        let mut head = [0; 2];
        from.read_exact(&mut head)?;
        let seat = text(from, MAX_SEAT)?;
        match head {
            [VERSION, 0] => Ok(Self::Raised),
            [VERSION, 1] => Ok(Self::Elsewhere(seat)),
            [VERSION, 2] => Ok(Self::NotUnderstood),
            _ => Err(invalid_data()),
        }
    }
}

fn put(bytes: &mut Vec<u8>, text: &str, max: u16) -> Option<()> {
    let length = u16::try_from(text.len()).ok().filter(|length| *length <= max)?;
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(text.as_bytes());
    Some(())
}

fn text(from: &mut impl Read, max: u16) -> io::Result<String> {
    let mut length = [0; 2];
    from.read_exact(&mut length)?;
    let length = u16::from_le_bytes(length);
    if length > max {
        return Err(invalid_data());
    }
    let mut bytes = vec![0; usize::from(length)];
    from.read_exact(&mut bytes)?;
    String::from_utf8(bytes).map_err(|_| invalid_data())
}

fn invalid_data() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(asking: &Asking) -> Vec<u8> {
        let mut bytes = Vec::new();
        asking.write(&mut bytes).unwrap();
        bytes
    }

    fn asking(file: Option<PathBuf>) -> Asking {
        Asking { seat: ":0".to_owned(), file }
    }

    /// A path that this system calls absolute.
    fn path(name: &str) -> PathBuf {
        std::env::temp_dir().join(name)
    }

    #[test]
    fn what_is_written_is_read() {
        for file in [None, Some(path("Ágnes Őz/utalás 1.kapocs")), Some(path(&"x".repeat(20_000)))] {
            assert_eq!(Asking::read(&mut bytes(&asking(file.clone())).as_slice()).unwrap(), asking(file));
        }
        for answer in [Answer::Raised, Answer::Elsewhere("RDP-Tcp#3".to_owned()), Answer::NotUnderstood] {
            let mut bytes = Vec::new();
            answer.write(&mut bytes).unwrap();
            assert_eq!(Answer::read(&mut bytes.as_slice()).unwrap(), answer);
        }
    }

    #[test]
    fn a_path_too_long_is_not_sent() {
        assert!(asking(Some(path(&"x".repeat(70_000)))).write(&mut Vec::new()).is_err());
    }

    #[test]
    fn relative_paths_other_versions_and_long_seats_are_not_understood() {
        let mut relative = b"KAPOCS\x01\x00\x00\x03\x00".to_vec();
        relative.extend_from_slice(b"a.k");
        assert!(Asking::read(&mut relative.as_slice()).is_err());
        assert!(Asking::read(&mut b"KAPOCS\x02\x00\x00\x00\x00".as_slice()).is_err());
        assert!(Asking::read(&mut b"KAPOCS\x01\xff\xff".as_slice()).is_err());
        assert!(Answer::read(&mut b"\x01\x07\x00\x00".as_slice()).is_err());
    }

    /// Every cut and every changed byte of a good asking, and noise: an error or an asking, never a panic, and never
    /// more memory than the limits.
    #[test]
    fn hostile_bytes_are_harmless() {
        let good = bytes(&asking(Some(path("a.kapocs"))));
        for end in 0..good.len() {
            assert!(Asking::read(&mut &good[..end]).is_err(), "cut at {end}");
        }
        for at in 0..good.len() {
            for value in 0..=u8::MAX {
                let mut changed = good.clone();
                changed[at] = value;
                if let Ok(asking) = Asking::read(&mut changed.as_slice()) {
                    assert!(asking.seat.len() <= usize::from(MAX_SEAT));
                    assert!(asking.file.is_none_or(|file| file.is_absolute()));
                }
            }
        }
        let mut noise = 0x2545_F491_4F6C_DD1D_u64;
        for length in 0..2000 {
            let bytes: Vec<u8> = std::iter::repeat_with(|| {
                noise ^= noise << 13;
                noise ^= noise >> 7;
                noise ^= noise << 17;
                noise.to_le_bytes()[0]
            })
            .take(length % 300)
            .collect();
            assert!(Asking::read(&mut bytes.as_slice()).is_err());
            let _ = Answer::read(&mut bytes.as_slice());
        }
    }
}
