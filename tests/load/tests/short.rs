//! The scenes in their shortest form: everything is answered. How fast, no test says.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use load::{Measure, Scene};

/// The bank's program, which is built beside this test's folder.
fn bank() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    test.ancestors().nth(2).unwrap().join(format!("kapocs-bank{}", std::env::consts::EXE_SUFFIX))
}

#[tokio::test]
async fn every_call_of_a_short_run_is_answered() {
    let measure = Measure { seconds: 1, rate: 5, streams: 10, customers: 20, idle: 50, registrations: 6 };
    for scene in Scene::ALL {
        let figures = scene.play(&bank(), &measure).await.unwrap();
        assert!(figures.all_good(), "{scene:?}\n{figures}");
        assert!(figures.waits["package sent"].count() >= 4, "{scene:?}\n{figures}");
    }
}
