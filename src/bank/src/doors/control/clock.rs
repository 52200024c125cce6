//! The clock of the bank, set and pushed.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Answer, Control};
use crate::bank::{Bank, blocking};
use crate::ground::error::BankError;
use crate::ground::time::ClockSetting;
use crate::orders::engine;

/// The clock, as shown and as set; what is missing stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClockControl {
    /// Bank time.
    pub now: Option<DateTime<Utc>>,
    /// Push it forward by so many milliseconds (after `now`).
    pub advance_millis: Option<i64>,
    /// Whether it runs by itself.
    pub running: Option<bool>,
}

fn show_clock(bank: &Bank) -> Json<ClockControl> {
    Json(ClockControl {
        now: Some(bank.clock.now()),
        advance_millis: None,
        running: Some(bank.clock.is_running()),
    })
}

pub(super) async fn show(State(control): State<Control>) -> Json<ClockControl> {
    show_clock(&control.bank)
}

/// Answers when the engines have done everything that the new time makes due.
pub(super) async fn set(
    State(control): State<Control>,
    Json(wish): Json<ClockControl>,
) -> Answer<ClockControl> {
    blocking(&control.bank, move |bank| -> Result<(), BankError> {
        let advance = TimeDelta::try_milliseconds(wish.advance_millis.unwrap_or(0)).unwrap_or_default();
        let now = wish.now.unwrap_or_else(|| bank.clock.now()) + advance;
        bank.set_clock(ClockSetting::starting(now, wish.running.unwrap_or_else(|| bank.clock.is_running())))?;
        engine::catch_up(bank)?;
        Ok(())
    })
    .await?;
    Ok(show_clock(&control.bank))
}
