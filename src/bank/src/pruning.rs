//! What grows is pruned: how long the bank keeps what nobody needs for ever. The table below is what `README.md` tells.
//!
//! Rows are found over a reading connection and deleted by their numbers, a few hundred in a transaction, so nobody
//! waits for it. Customers' money and messages, packages, receipts and what the shared area holds are never pruned.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, params};

use crate::bank::Bank;
use crate::ground::database::to_json;
use crate::ground::error::Result;

/// Rows of one transaction.
const STEP: u32 = 500;
/// Numbers of changes that are looked at in one step.
const CHANGES: i64 = 5_000;

/// Bookkeeping papers are kept for eight years (Act C of 2000 on accounting, 169); so is what happened at the desk and in shared areas.
const PAPERS: TimeDelta = TimeDelta::days(8 * 366);
/// What somebody may still ask the telephone service about.
const QUARTER: TimeDelta = TimeDelta::days(92);
const MONTH: TimeDelta = TimeDelta::days(31);
const DAY: TimeDelta = TimeDelta::days(1);

/// Rows of a table that are kept for a time.
struct Kept {
    table: &'static str,
    /// Which of them, and the moment that their time counts from.
    rows: &'static str,
    time: TimeDelta,
    /// Its line in `log_end`, for logs whose rows the database itself keeps until then.
    log: Option<&'static str>,
}

const fn kept(table: &'static str, rows: &'static str, time: TimeDelta) -> Kept {
    Kept { table, rows, time, log: None }
}

const KEPT: [Kept; 12] = [
    kept("arrival", "at < ?1", QUARTER),
    kept("void_attempt", "at < ?1", QUARTER),
    kept("notice", "at < ?1 AND kind = 'notice-one-time-code'", DAY),
    kept("notice", "at < ?1", QUARTER),
    kept("one_time_code", "expires < ?1", DAY),
    kept("activation_code", "expires < ?1", MONTH),
    kept("operator_browser", "last_login < ?1", TimeDelta::days(180)),
    kept("session", "expires < ?1", DAY),
    kept("web_session", "expires < ?1", DAY),
    Kept {
        table: "desk_log",
        rows: "at < ?1 AND outcome IN ('login-refused', 'login-locked')",
        time: QUARTER,
        log: Some("desk-strangers"),
    },
    Kept { table: "desk_log", rows: "at < ?1", time: PAPERS, log: Some("desk") },
    Kept { table: "shared_log", rows: "at < ?1", time: PAPERS, log: Some("shared") },
];

/// Prunes everything whose time is over `now`. Gives how many rows went.
///
/// # Errors
/// The first of the database's. A table that cannot be pruned keeps no other from it, and what was pruned stays so.
pub(crate) fn prune(bank: &Bank, now: DateTime<Utc>) -> Result<usize> {
    let (mut gone, mut first_error) = (0, None);
    let tables = KEPT.iter().map(|kept| (kept.table, prune_table(bank, kept, now - kept.time)));
    for (table, pruned) in tables.chain(std::iter::once_with(|| ("change", prune_changes(bank)))) {
        match pruned {
            Ok(rows) => gone += rows,
            Err(error) => {
                tracing::error!(table, code = error.code(), %error, "a table was not pruned, tried again later");
                first_error.get_or_insert(error);
            }
        }
    }
    first_error.map_or(Ok(gone), Err)
}

/// The moment to prune by. The bank's clock can be set forward for a try and back again; what is deleted does not come
/// back, so it must be over by the system's time, too.
pub(crate) fn moment(bank: &Bank) -> DateTime<Utc> {
    bank.clock.now().min(Utc::now())
}

fn prune_table(bank: &Bank, kept: &Kept, end: DateTime<Utc>) -> Result<usize> {
    let find = format!("SELECT rowid FROM {} WHERE {} LIMIT {STEP}", kept.table, kept.rows);
    let mut gone = 0;
    loop {
        let rows = bank.read(|db| numbers(db, &find, [end.timestamp_millis()]))?;
        if rows.is_empty() {
            return Ok(gone);
        }
        gone += bank.write(|db| {
            if let Some(log) = kept.log {
                db.prepare_cached("UPDATE log_end SET at = MAX(at, ?2) WHERE log = ?1")?
                    .execute(params![log, end.timestamp_millis()])?;
            }
            delete(db, kept.table, &rows)
        })?;
    }
}

/// A change that was followed by another one of the same thing tells nobody anything: who has a cursor from before it
/// meets the later one. The newest of each thing stays, so no cursor ever skips, and the last number stays what it is.
fn prune_changes(bank: &Bank) -> Result<usize> {
    const FOLLOWED: &str = "SELECT sequence FROM change c WHERE sequence > ?1 AND sequence <= ?2 AND EXISTS
        (SELECT 1 FROM change n WHERE n.customer = c.customer AND n.kind = c.kind AND n.package IS c.package
            AND n.account IS c.account AND n.sequence > c.sequence)";
    let last: i64 = bank.read(|db| -> Result<_> {
        Ok(db.query_row("SELECT COALESCE(MAX(sequence), 0) FROM change", [], |row| row.get(0))?)
    })?;
    let (mut gone, mut from) = (0, 0);
    while from < last {
        let rows = bank.read(|db| numbers(db, FOLLOWED, [from, from + CHANGES]))?;
        for step in rows.chunks(STEP as usize) {
            gone += bank.write(|db| delete(db, "change", step))?;
        }
        from += CHANGES;
    }
    Ok(gone)
}

fn numbers<const N: usize>(db: &Connection, find: &str, values: [i64; N]) -> Result<Vec<i64>> {
    let mut query = db.prepare_cached(find)?;
    let rows = query.query_map(rusqlite::params_from_iter(values), |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn delete(db: &Connection, table: &str, rows: &[i64]) -> Result<usize> {
    let sql = format!("DELETE FROM {table} WHERE rowid IN (SELECT value FROM json_each(?1))");
    Ok(db.prepare_cached(&sql)?.execute([to_json(&rows)?])?)
}

#[cfg(test)]
mod tests {
    use domain::PackageId;
    use protocol::Cursor;
    use uuid::Uuid;

    use super::*;
    use crate::ground::changes;
    use crate::ground::time::ClockSetting;
    use crate::orders::packages;
    use crate::people::notices;
    use crate::testing::{CLERK, World};

    fn count(world: &World, table: &str) -> i64 {
        world.read(|db| Ok(db.query_row(&format!("SELECT COUNT(*) FROM {table}"), [], |row| row.get(0))?))
    }

    fn prune(bank: &Bank) -> Result<usize> {
        super::prune(bank, bank.clock.now())
    }

    fn pass(world: &World, time: TimeDelta) {
        world.bank.set_clock(ClockSetting::starting(world.bank.clock.now() + time, false)).unwrap();
    }

    #[test]
    fn what_has_had_its_time_goes_and_the_rest_stays() {
        let world = World::new("kh");
        let now = world.bank.clock.now();
        world.read(|db| {
            for n in 0..2 * i64::from(STEP) + 1 {
                packages::note_arrival(db, PackageId(Uuid::from_u128(n as u128)), "received", now)?;
            }
            notices::send(db, &world.customer, "+36701112222", "notice-one-time-code", "123456", now)?;
            notices::send(db, &world.customer, "+36701112222", notices::PACKAGE_RECEIVED, "Bérek", now)
        });
        prune(&world.bank).unwrap();
        assert_eq!((count(&world, "arrival"), count(&world, "notice")), (2 * i64::from(STEP) + 1, 2));
        pass(&world, DAY + TimeDelta::seconds(1));
        prune(&world.bank).unwrap();
        assert_eq!(count(&world, "notice"), 1, "codes go first");
        pass(&world, QUARTER);
        prune(&world.bank).unwrap();
        assert_eq!((count(&world, "arrival"), count(&world, "notice")), (0, 0));
    }

    #[test]
    fn a_clock_that_was_set_forward_for_a_try_deletes_nothing() {
        let world = World::new("kh");
        let before = Utc::now();
        pass(&world, TimeDelta::days(100_000));
        let moment = moment(&world.bank);
        assert!(moment >= before && moment <= Utc::now());
        world.bank.set_clock(ClockSetting::starting(before - QUARTER, false)).unwrap();
        assert_eq!(super::moment(&world.bank), world.bank.clock.now(), "a clock set back holds, too");
    }

    #[test]
    fn a_table_that_cannot_be_pruned_keeps_no_other_from_it() {
        let world = World::new("kh");
        let now = world.bank.clock.now();
        world.read(|db| {
            packages::note_arrival(db, PackageId(Uuid::from_u128(1)), "received", now)?;
            notices::send(db, &world.customer, "+36701112222", notices::PACKAGE_RECEIVED, "Bérek", now)?;
            // The first table of all.
            Ok(db.execute_batch(
                "CREATE TRIGGER broken BEFORE DELETE ON arrival BEGIN SELECT RAISE(ABORT, 'broken'); END;",
            )?)
        });
        pass(&world, QUARTER + DAY);
        assert!(prune(&world.bank).is_err());
        assert_eq!((count(&world, "arrival"), count(&world, "notice")), (1, 0));
    }

    #[test]
    fn a_log_loses_only_what_is_older_than_its_time() {
        let world = World::new("kh");
        let write = |outcome: &str| {
            let at = world.bank.clock.now().timestamp_millis();
            let sql = "INSERT INTO desk_log (at, operator, outcome) VALUES (?1, 'piroska', ?2)";
            world.read(|db| Ok(db.execute(sql, params![at, outcome])?));
        };
        write("code");
        write("login-refused");
        pass(&world, QUARTER + DAY);
        write("login-refused");
        prune(&world.bank).unwrap();
        assert_eq!(count(&world, "desk_log"), 2, "a stranger's line of a quarter ago");
        for change in ["DELETE FROM desk_log", "UPDATE desk_log SET operator = 'x'"] {
            assert!(world.bank.write(|db| -> Result<_> { Ok(db.execute(change, [])?) }).is_err(), "{change}");
        }
        pass(&world, PAPERS);
        prune(&world.bank).unwrap();
        assert_eq!(count(&world, "desk_log"), 0);
    }

    #[test]
    fn changes_that_were_followed_go_and_no_cursor_skips() {
        let world = World::new("kh");
        let first = world.send(vec![world.order(1_000, world.payee("117", ""))]);
        let second = world.send(vec![world.order(1_000, world.payee("117", ""))]);
        world.pass(60_000);
        let told = |after: Option<&Cursor>| {
            let changed = world.bank.write(|db| {
                let access = crate::people::customers::find(db, &world.customer)?.unwrap();
                packages::changed(db, &access, &CLERK.parse().unwrap(), after, 10)
            });
            let Ok(changed) = changed else { panic!("a good cursor") };
            (changed.packages.into_iter().map(|status| status.package).collect::<Vec<_>>(), changed.next)
        };
        let (before, cursor) = told(None);
        let last = world.read(changes::last);
        assert!(prune(&world.bank).unwrap() > 0);
        assert_eq!(prune(&world.bank).unwrap(), 0);
        assert_eq!(world.read(changes::last), last);
        assert_eq!(told(None).0, before);
        assert!(before.contains(&first) && before.contains(&second));
        assert!(told(Some(&cursor)).0.is_empty());
        world.read(|db| changes::package(db, &world.customer, first));
        assert_eq!(told(Some(&cursor)).0, [first]);
    }
}
