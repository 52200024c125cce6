//! Which format a file is, by its root element.

use std::io::{BufRead, Read};

use crate::Result;
use crate::package_document;
use crate::pain001::{NAMESPACE_03, NAMESPACE_09};
use crate::xml::{Token, Xml};

/// Bytes in which the root element must begin: room for a declaration and a long comment.
const BEGINNING: u64 = 16 * 1024;

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Detected {
    /// ISO 20022 credit transfer initiation.
    Pain001 {
        /// Which version.
        version: PainVersion,
    },
    /// Electra's `HUFTransactions`.
    ElectraXml,
    /// Our own package document.
    PackageDocument,
    /// Anything else.
    Unknown,
}

/// Versions of pain.001 that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PainVersion {
    /// `pain.001.001.03`.
    V03,
    /// `pain.001.001.09`.
    V09,
}

impl PainVersion {
    /// The version of a namespace.
    pub(crate) fn of_namespace(namespace: &str) -> Option<Self> {
        match namespace {
            NAMESPACE_03 => Some(Self::V03),
            NAMESPACE_09 => Some(Self::V09),
            _ => None,
        }
    }

    /// The message's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::V03 => "pain.001.001.03",
            Self::V09 => "pain.001.001.09",
        }
    }
}

/// Looks at what the reader has in its buffer, without taking anything from it. A reader whose first
/// buffer ends before the root element gives [`Detected::Unknown`]; `BufReader`'s default is enough.
pub fn detect(reader: &mut impl BufRead) -> Result<Detected> {
    loop {
        match reader.fill_buf() {
            Ok(bytes) => return Ok(of_beginning(bytes)),
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e.into()),
        }
    }
}

/// Takes the beginning of a file, to be chained before the rest.
pub(crate) fn read_beginning(reader: &mut impl BufRead) -> Result<Vec<u8>> {
    let mut beginning = Vec::new();
    reader.take(BEGINNING).read_to_end(&mut beginning)?;
    Ok(beginning)
}

/// The format of a file that begins so.
pub(crate) fn of_beginning(bytes: &[u8]) -> Detected {
    let root = || -> Result<(String, Option<String>)> {
        let mut xml = Xml::open(bytes)?;
        match xml.next()? {
            Token::Open => Ok((xml.name().to_owned(), xml.own_namespace()?)),
            Token::Close | Token::End => Ok((String::new(), None)),
        }
    };
    let Ok((name, namespace)) = root() else { return Detected::Unknown };
    let namespace = namespace.as_deref();
    match name.as_str() {
        "HUFTransactions" => Detected::ElectraXml,
        "Package" if namespace == Some(package_document::NAMESPACE) => Detected::PackageDocument,
        "Document" => namespace
            .and_then(PainVersion::of_namespace)
            .map_or(Detected::Unknown, |version| Detected::Pain001 { version }),
        _ => Detected::Unknown,
    }
}
