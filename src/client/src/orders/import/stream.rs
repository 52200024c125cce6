//! A file of orders, read on one thread and taken on another, with the work between shared by both.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{channel, sync_channel};
use std::thread;

use formats::FormatError;
use formats::import::{ImportEnd, ImportRow};
use sha2::{Digest, Sha256};

use crate::error::{ClientError, Result};

/// Rows that go together from the thread that reads to the one that judges and stores.
const BATCH: usize = 64;
/// Batches that may wait between the two; the reader waits then, so memory stays flat.
const WAITING: usize = 2;

/// Counts and hashes what passes through.
struct Hashing<R> {
    inner: R,
    hash: Sha256,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.hash.update(&buffer[..n]);
        Ok(n)
    }
}

/// Rows that go together from the thread that reads to the one that takes.
type Batch<T> = Vec<T>;

/// How a file ended, and its hash.
pub(super) type Ended = (std::result::Result<ImportEnd, FormatError>, [u8; 32]);

/// Streams the file through two threads: one reads, `each` takes what was read in its order on this one. What lies
/// between the two is `work`, which both can do: the reader does it while the other has enough to do, the other what
/// arrives without it; done to a row a second time it must change nothing. So both are busy, whatever the file and the machine. Gives the file's end and its hash.
///
/// Batches go back to the thread that made them to be taken apart there: when one thread frees what another allocates,
/// both spend a good part of an import waiting for the allocator's lock.
pub(super) fn stream<T: Send>(
    path: &Path,
    make: impl FnMut(ImportRow) -> T + Send,
    work: impl Fn(&mut T) + Sync,
    each: &mut impl FnMut(&mut T),
) -> Result<Ended> {
    let file = File::open(path).map_err(ClientError::file(path))?;
    let waiting = AtomicUsize::new(0);
    thread::scope(|scope| {
        let (batches, arriving) = sync_channel::<Batch<T>>(WAITING);
        let (spent, returning) = channel();
        let (work, waiting) = (&work, &waiting);
        let hand_on = move |mut batch: Batch<T>| {
            if waiting.load(Ordering::Relaxed) > 0 {
                batch.iter_mut().for_each(work);
            }
            waiting.fetch_add(1, Ordering::Relaxed);
            // A batch that cannot be sent has nobody left to take it: the caller is unwinding.
            let _: std::result::Result<(), _> = batches.send(batch);
            returning.try_recv().unwrap_or_default()
        };
        let reading = scope.spawn(move || read(file, make, hand_on));
        for mut batch in arriving {
            waiting.fetch_sub(1, Ordering::Relaxed);
            for row in &mut batch {
                work(row);
                each(row);
            }
            // The reader is gone when it has read everything; then the batch ends here.
            let _: std::result::Result<(), _> = spent.send(batch);
        }
        reading.join().map_err(|_| ClientError::Internal)?.map_err(ClientError::file(path))
    })
}

/// Reads rows and hands them on in batches; each is given back as an old one to be filled again.
fn read<T>(
    file: File,
    mut make: impl FnMut(ImportRow) -> T,
    mut hand_on: impl FnMut(Batch<T>) -> Batch<T>,
) -> std::io::Result<Ended> {
    let mut hashing = Hashing { inner: file, hash: Sha256::new() };
    let mut batch = Vec::with_capacity(BATCH);
    let end = formats::import::import(BufReader::with_capacity(1 << 16, &mut hashing), &mut |row| {
        batch.push(make(row));
        if batch.len() == BATCH {
            batch = hand_on(std::mem::take(&mut batch));
            batch.clear();
        }
    });
    let _: Batch<T> = hand_on(batch);
    // What an early end left unread belongs to the file's identity too.
    let _: u64 = std::io::copy(&mut hashing, &mut std::io::sink())?;
    Ok((end, hashing.hash.finalize().into()))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn rows_arrive_in_their_order_and_each_with_its_work_done() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let rows = 1_000_u32;
        write!(file, "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\"><CstmrCdtTrfInitn>")
            .unwrap();
        write!(file, "<GrpHdr><NbOfTxs>{rows}</NbOfTxs></GrpHdr><PmtInf>").unwrap();
        for n in 1..=rows {
            write!(file, "<CdtTrfTxInf><Amt><InstdAmt Ccy=\"HUF\">{n}</InstdAmt></Amt></CdtTrfTxInf>")
                .unwrap();
        }
        write!(file, "</PmtInf></CstmrCdtTrfInitn></Document>").unwrap();
        // A slow reader and a slow taker: the work falls to the one and to the other.
        for slow in [0, 1] {
            let mut seen = Vec::new();
            let (end, hash) = stream(
                file.path(),
                |row| {
                    (0..slow * 2_000).for_each(|n| assert_ne!(std::hint::black_box(n), -1));
                    (row.position, 0)
                },
                |(_, times)| *times = 1.max(*times),
                &mut |(position, times)| {
                    (0..(1 - slow) * 2_000).for_each(|n| assert_ne!(std::hint::black_box(n), -1));
                    seen.push((*position, *times));
                },
            )
            .unwrap();
            assert!(end.is_ok());
            let bytes = std::fs::read(file.path()).unwrap();
            assert_eq!(hash, <[u8; 32]>::from(Sha256::digest(bytes)));
            assert_eq!(seen, (1..=rows).map(|n| (n, 1)).collect::<Vec<_>>());
        }
    }
}
