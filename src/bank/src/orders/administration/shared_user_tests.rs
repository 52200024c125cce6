//! Users who work for several customers: what is theirs everywhere, no customer changes for the others.

use chrono::TimeDelta;
use domain::CustomerId;
use domain::admin::AdminAction;
use domain::authority::UserContact;

use super::tests::user;
use crate::people::cards::{self, CardKind};
use crate::people::{customers, error_points, known};
use crate::testing::{CLERK, SIGNER_A, SIGNER_B, World};

const SHARED: &str = "admin-shared-user";

/// A world in which the users named work for another company, too.
fn world(shared: &[&str]) -> World {
    let world = World::new("kh");
    world.read(|db| {
        let mut other = customers::find(db, &world.customer)?.unwrap();
        other.customer.id = "20009009".parse::<CustomerId>().unwrap();
        other.authority.rights.retain(|right| shared.contains(&right.user.as_str()));
        other.authority.users.retain(|user| shared.contains(&user.id.as_str()));
        customers::add(db, &other)?;
        for (csn, id) in [("AB01", SIGNER_B), ("AB02", SIGNER_A), ("AB03", SIGNER_A)] {
            cards::put(db, csn, &user(id), CardKind::Gids, false, world.bank.clock.now())?;
        }
        Ok(())
    });
    world
}

fn contact(phone: &str) -> UserContact {
    UserContact { phone: Some(phone.parse().unwrap()), email: None, notify: false }
}

/// What the bank says of an order that the first signer signs alone.
fn refused(world: &World, action: AdminAction) -> Option<String> {
    world.administer(action).err().map(|problem| problem.detail.unwrap())
}

#[test]
fn a_company_changes_nothing_that_a_shared_user_has_everywhere() {
    let world = world(&[SIGNER_B]);
    let before = world.read(|db| known::find(db, &user(SIGNER_B))).unwrap();
    let device = |suspend| AdminAction::Device { user: user(SIGNER_B), device: "AB01".to_owned(), suspend };
    let data = AdminAction::UserData { user: user(SIGNER_B), contact: contact("+36 70 111 2222") };
    for action in [data, device(true)] {
        assert_eq!(refused(&world, action).as_deref(), Some(SHARED));
    }
    world.read(|db| cards::set_suspended(db, "AB01", true));
    world.read(|db| (0..5).try_for_each(|_| error_points::add(db, &user(SIGNER_B))));
    for action in [device(false), AdminAction::ClearErrorPoints { user: user(SIGNER_B) }] {
        assert_eq!(refused(&world, action).as_deref(), Some(SHARED));
    }
    let after = world.read(|db| known::find(db, &user(SIGNER_B))).unwrap();
    assert_eq!(after.contact, before.contact);
    assert!(after.locked && after.devices[0].suspended);
    // Of a user of this company alone it is the company's.
    let own = AdminAction::UserData { user: user(CLERK), contact: contact("+36 70 111 2222") };
    assert_eq!(refused(&world, own), None);
}

#[test]
fn a_shared_user_signs_for_an_own_telephone_and_against_an_own_device() {
    let world = world(&[SIGNER_A]);
    let new = contact("+36 70 333 4444");
    let data = AdminAction::UserData { user: user(SIGNER_A), contact: new.clone() };
    assert_eq!(refused(&world, data), None);
    assert_eq!(world.read(|db| known::find(db, &user(SIGNER_A))).unwrap().contact, new);
    let device = |suspend| AdminAction::Device { user: user(SIGNER_A), device: "AB03".to_owned(), suspend };
    assert_eq!(refused(&world, device(true)), None);
    // Who found the lost one must not bring it back.
    assert_eq!(refused(&world, device(false)).as_deref(), Some(SHARED));
}

#[test]
fn who_works_for_one_company_only_again_is_its_own_again() {
    let world = world(&[SIGNER_B]);
    let other: CustomerId = "20009009".parse().unwrap();
    world.read(|db| {
        let mut table = customers::find(db, &other)?.unwrap().authority;
        table.rights.clear();
        customers::replace_authority(db, &other, table)
    });
    world.pass(TimeDelta::seconds(1).num_milliseconds());
    let data = AdminAction::UserData { user: user(SIGNER_B), contact: contact("+36 70 111 2222") };
    assert_eq!(refused(&world, data), None);
}
