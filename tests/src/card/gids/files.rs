//! The files of a GIDS card: data objects in files that differ by who may read and write them, and
//! over them the minidriver's directory tree, which the `masterfile` maps to the objects.

use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use signature::{Certificate, KeyAlgorithm};

use super::super::chip::{Reply, status};
use super::super::tlv;
use super::{Container, Purpose};

/// Files by their access rules: read by everyone, written by the person (or the administrator).
const DIRECTORY: [u8; 2] = [0xa0, 0x00];
const EVERYONE_READS_USER_WRITES: [u8; 2] = [0xa0, 0x10];
const USER_WRITES_NOBODY_READS: [u8; 2] = [0xa0, 0x11];
const EVERYONE_READS_ADMIN_WRITES: [u8; 2] = [0xa0, 0x12];
const USER_ONLY: [u8; 2] = [0xa0, 0x13];
const ADMIN_ONLY: [u8; 2] = [0xa0, 0x14];

const MASTERFILE: [u8; 2] = [0xdf, 0x1f];
/// In [`DIRECTORY`].
const KEYMAP: [u8; 2] = [0xdf, 0x20];
/// In [`EVERYONE_READS_ADMIN_WRITES`].
const CARDID: [u8; 2] = [0xdf, 0x20];
const CARDAPPS: [u8; 2] = [0xdf, 0x21];
const CARDCF: [u8; 2] = [0xdf, 0x22];
const CMAPFILE: [u8; 2] = [0xdf, 0x23];
/// The first free one, where certificates begin.
const FIRST_CERTIFICATE: u8 = 0x24;

/// The directory of the Microsoft minidriver.
const MSCP: &str = "mscp";
/// Characters of a container's name with the closing zero.
const NAME: usize = 40;

/// The data objects by file and name.
pub(super) struct Files(BTreeMap<([u8; 2], [u8; 2]), Vec<u8>>);

impl Files {
    /// The files of a card with these containers, as the minidriver leaves them.
    pub fn new(containers: &[Container], csn: [u8; 16]) -> Self {
        let mut tree = vec![
            record(MSCP, "", [0, 0], DIRECTORY),
            record("", "cardid", CARDID, EVERYONE_READS_ADMIN_WRITES),
            record("", "cardapps", CARDAPPS, EVERYONE_READS_USER_WRITES),
            record("", "cardcf", CARDCF, EVERYONE_READS_USER_WRITES),
            record(MSCP, "cmapfile", CMAPFILE, EVERYONE_READS_USER_WRITES),
        ];
        let mut objects = BTreeMap::new();
        let (mut map, mut keys) = (vec![], vec![1]);
        for (index, container) in (0u8..).zip(containers) {
            let object = [0xdf, FIRST_CERTIFICATE + index];
            let prefix = match container.purpose {
                Purpose::KeyExchange => "kxc",
                Purpose::Signature => "ksc",
            };
            tree.push(record(MSCP, &format!("{prefix}{index:02X}"), object, EVERYONE_READS_USER_WRITES));
            objects.insert((EVERYONE_READS_USER_WRITES, object), compressed(&container.certificate));
            map.extend(container_record(index, container));
            keys.extend(key_record(index, container));
        }
        objects.insert((DIRECTORY, MASTERFILE), [vec![1], tree.concat()].concat());
        objects.insert((DIRECTORY, KEYMAP), keys);
        objects.insert((EVERYONE_READS_ADMIN_WRITES, CARDID), csn.to_vec());
        objects.insert((EVERYONE_READS_USER_WRITES, CARDAPPS), padded(MSCP, 8));
        objects.insert((EVERYONE_READS_USER_WRITES, CARDCF), vec![0; 6]);
        objects.insert((EVERYONE_READS_USER_WRITES, CMAPFILE), map);
        Self(objects)
    }

    pub fn exists(file: [u8; 2]) -> bool {
        rights(file).is_ok()
    }

    /// Whether someone who is the person or the administrator or neither may read the file.
    pub fn readable(file: [u8; 2], user: bool, admin: bool) -> Result<bool, u16> {
        Ok(match rights(file)? {
            (Right::Everyone, _) => true,
            (right, _) => right.holds(user, admin),
        })
    }

    /// The same for writing.
    pub fn writable(file: [u8; 2], user: bool, admin: bool) -> Result<bool, u16> {
        rights(file).map(|(_, right)| right.holds(user, admin))
    }

    /// The object with its name.
    pub fn get(&self, file: [u8; 2], name: &[u8]) -> Reply {
        let name: [u8; 2] = name.try_into().map_err(|_| status::WRONG_REFERENCE)?;
        let contents = self.0.get(&(file, name)).ok_or(status::WRONG_REFERENCE)?;
        Ok(tlv::object(&name, contents))
    }

    /// Stores an object, which `data` holds with its name.
    pub fn put(&mut self, file: [u8; 2], data: &[u8]) -> Reply {
        let (name, rest) = data.split_first_chunk::<2>().ok_or(status::WRONG_DATA)?;
        let Some((contents, [])) = tlv::contents(rest) else { return Err(status::WRONG_DATA) };
        self.0.insert((file, *name), contents.to_vec());
        Ok(vec![])
    }
}

/// Who may do something with a file.
#[derive(Clone, Copy)]
enum Right {
    Everyone,
    UserOrAdmin,
    Admin,
    Nobody,
}

impl Right {
    fn holds(self, user: bool, admin: bool) -> bool {
        match self {
            Self::Everyone => true,
            Self::UserOrAdmin => user || admin,
            Self::Admin => admin,
            Self::Nobody => false,
        }
    }
}

/// Right to read and right to write.
fn rights(file: [u8; 2]) -> Result<(Right, Right), u16> {
    match file {
        DIRECTORY | EVERYONE_READS_USER_WRITES => Ok((Right::Everyone, Right::UserOrAdmin)),
        USER_WRITES_NOBODY_READS => Ok((Right::Nobody, Right::UserOrAdmin)),
        EVERYONE_READS_ADMIN_WRITES => Ok((Right::Everyone, Right::Admin)),
        USER_ONLY => Ok((Right::UserOrAdmin, Right::UserOrAdmin)),
        ADMIN_ONLY => Ok((Right::Admin, Right::Admin)),
        _ => Err(status::NOT_FOUND),
    }
}

/// A record of the masterfile: directory and name in 9 bytes each, two bytes that align, object and
/// file as 32-bit numbers with the low byte first.
fn record(directory: &str, name: &str, object: [u8; 2], file: [u8; 2]) -> Vec<u8> {
    let number = |[high, low]: [u8; 2]| vec![low, high, 0, 0];
    [padded(directory, 9), padded(name, 9), vec![0; 2], number(object), number(file)].concat()
}

/// A record of the cmapfile (CONTAINER_MAP_RECORD of the minidriver specification): name, flags
/// (valid, default), reserve, bits of the signature key, bits of the key exchange key.
fn container_record(index: u8, container: &Container) -> Vec<u8> {
    let mut name: Vec<u16> = format!("kapocs-{index:02}").encode_utf16().collect();
    name.resize(NAME, 0);
    let bits: u16 = match container.key.algorithm() {
        KeyAlgorithm::Rsa { .. } => 2048,
        KeyAlgorithm::P256 => 256,
    };
    let (signature, exchange) = match container.purpose {
        Purpose::KeyExchange => (0, bits),
        Purpose::Signature => (bits, 0),
    };
    let mut record: Vec<u8> = name.into_iter().flat_map(u16::to_le_bytes).collect();
    record.extend([if index == 0 { 0x03 } else { 0x01 }, 0x00]);
    record.extend(signature.to_le_bytes());
    record.extend(exchange.to_le_bytes());
    record
}

/// A record of the keymap: state, algorithm, type, key file, FFFF, two bytes that align.
fn key_record(index: u8, container: &Container) -> Vec<u8> {
    let algorithm = match container.key.algorithm() {
        KeyAlgorithm::Rsa { .. } => 0x07,
        KeyAlgorithm::P256 => 0x0c,
    };
    let kind = match container.purpose {
        Purpose::KeyExchange => 0x9a,
        Purpose::Signature => 0x9c,
    };
    vec![1, 0, 0, 0, algorithm, kind, 0x81 + index, 0xb0, 0xff, 0xff, 0, 0]
}

/// A certificate as the minidriver keeps it: version 1, length, zlib stream.
fn compressed(certificate: &Certificate) -> Vec<u8> {
    let der = certificate.to_der();
    let length = u16::try_from(der.len()).expect("a certificate below 64 KiB");
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(der).expect("memory takes everything");
    let stream = encoder.finish().expect("memory takes everything");
    [&[1, 0], &length.to_le_bytes()[..], &stream].concat()
}

fn padded(text: &str, length: usize) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    bytes.resize(length, 0);
    bytes
}
