//! The authority table as people see it, and the ways from it to the orders.

use super::*;
use crate::screen::admin::tests::furnished;
use crate::screen::driver::Driver;
use iced::Task;

#[test]
fn rights_devices_and_identifiers_lead_to_their_orders() {
    let office = furnished();
    let mut driver: Driver<Users> =
        Driver::new(&office, |desk| -> (Users, Task<Message>) { Users::new(desk) });
    driver.until(|d| d.screen.overview.is_some());
    assert!(
        driver.sees("Bérszámla")
            && driver.sees("3 hibapont")
            && driver.sees("virtuális chipkártya · VC-000417")
    );
    driver.picture("users-people");
    driver.click("Engedélyezés");
    let start = |kind, subject| Go::Administration(Administer::Start(AdminStart { kind, subject }));
    assert_eq!(driver.went.last(), Some(&start(AdminKind::Device, Some(1))));
    driver.send(Message::Pick(Pick::Only(1)));
    driver.click("Hibapontok törlése");
    assert_eq!(driver.went.last(), Some(&start(AdminKind::ClearErrors, Some(0))));
    driver.click("Felfüggesztés");
    assert_eq!(driver.went.last(), Some(&start(AdminKind::Device, Some(2))));
    driver.send(Message::Tab(Tab::Matrix));
    assert!(driver.sees("Kovács Anna") && driver.sees("aláír: A") && driver.sees("nem ír alá"));
    driver.picture("users-matrix");
    driver.send(Message::Tab(Tab::Customer));
    driver.picture("users-customer");
    driver.click("Felvétel");
    assert_eq!(driver.went.last(), Some(&start(AdminKind::NewAccount, Some(0))));
    driver.click("Megerősítés");
    assert_eq!(driver.went.last(), Some(&start(AdminKind::ConfirmId, Some(0))));
}
