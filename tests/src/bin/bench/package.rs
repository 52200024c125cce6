//! Closing and signing a package of 10,000 orders, phase by phase, with the token's time apart.

use chrono::Utc;
use formats::package_document;
use harness::orders::package;
use sha2::{Digest, Sha256};
use signature::Purpose;

use crate::Outcome;
use crate::house::Left;
use crate::report::{Report, Unit};
use crate::samples::{Samples, timed};

const RUNS: usize = 15;

/// Measures the section.
pub fn measure(report: &mut Report) -> Outcome {
    report.section("A package of 10,000 orders");
    let left = Left::make()?;
    let content = package(left.orders(10_000));
    let phases = ["building the document", "hashing it", "preparing and finishing the signature"];
    let mut times: [Vec<f64>; 6] = Default::default();
    let mut bytes = 0;
    for _ in 0..RUNS {
        let now = Utc::now();
        let (build, document) = timed(|| package_document::to_bytes(&content));
        let document = document?;
        let (hash, digest) = timed(|| <[u8; 32]>::from(Sha256::digest(&document)));
        let (prepare, pending) = timed(|| signature::prepare(&left.certificate, digest, now));
        let pending = pending?;
        let (token, raw) = timed(|| left.key.sign_digest(&pending.digest()));
        let raw = raw?;
        let (finish, file) = timed(|| pending.finish(&raw, &[]));
        let file = file?;
        // As the bank does it: from the bytes that came, not from a hash that somebody says they have.
        let (verify, verified) = timed(|| {
            let digest = Sha256::digest(&document).into();
            signature::verify(&file, digest, &left.trust, Purpose::Document, now)
        });
        if verified?.signer != left.certificate {
            return Err("the signature names another signer".into());
        }
        bytes = document.len();
        let sign = prepare + finish;
        let all = [build, hash, sign, build + hash + sign, token, verify];
        for (times, time) in times.iter_mut().zip(all) {
            times.push(time.as_secs_f64());
        }
    }
    let [build, hash, sign, all, token, verify] = times.map(Samples::of);
    let (all, token) = (all?, token?);
    for (name, samples) in phases.iter().zip([build, hash, sign]) {
        report.figure(name, Unit::Seconds, &samples?);
    }
    report.figure("all three", Unit::Seconds, &all);
    report.figure("the software token's answer, its key unlocked", Unit::Seconds, &token);
    report.figure(
        "all three by the token's answer",
        Unit::Ratio,
        &Samples::of([all.median() / token.median()])?,
    );
    report.figure("hashing and verifying as the bank does", Unit::Seconds, &verify?);
    report.note(&format!("{bytes} bytes, {:?}, {RUNS} runs", left.certificate.key_algorithm()));
    Ok(())
}
