//! What the client tells reaches every screen: with each of them open, another customer and new master data are seen.
//! That another language reaches every text is tested in `program_tests`.

use chrono::{TimeDelta, Utc};
use clap::ValueEnum;
use domain::submission::SubmissionState;
use domain::text::PartyName;
use domain::{
    Account, Currency, Customer, CustomerKind, Narrative, OrderType, PackageState, Partner, PartnerTarget,
    Template, Values,
};
use iced::keyboard::{Key, Modifiers, key::Named};
use store::messages::StoredMessage;

use super::Message;
use super::program_tests::Program;
use crate::design::keys::Press;
use crate::navigation::Place;
use crate::screen::driver::fixture::{BANK, Office};

const OTHER: &str = "20000002";

/// The program over that office.
fn started() -> (Office, Program) {
    let office = office();
    let program = Program::start(office.path(), &["--no-token"]);
    (office, program)
}

/// Everything of the first customer stands in every list; the second one has an account and nothing else.
fn office() -> Office {
    let office = Office::new();
    let _ = office.package("Novemberi szállítók", &[("Őrségi Kft.", 1, 1000)]);
    let gone = office.package("Elküldött csomag", &[("Üveges Bt.", 2, 2000)]);
    office.sent(gone, SubmissionState::Received, PackageState::Sent, TimeDelta::minutes(9));
    office.with_store(|tx| {
        let now = Utc::now();
        let other = Customer {
            id: OTHER.parse().unwrap(),
            name: "Másik Kereskedelmi Kft.".to_owned(),
            kind: CustomerKind::Company,
        };
        let number = "11773016-11111018".parse().unwrap();
        let account = Account { number, name: "Másik fő számla".to_owned(), currency: Currency::HUF };
        let other = store::customers::save(tx, BANK, &other).unwrap();
        store::accounts::set_all(&store::OfCustomer::new(tx, other), &[account]).unwrap();
        let message = StoredMessage {
            id: uuid::Uuid::now_v7(),
            at: now,
            author: None,
            subject: "Karbantartás szombaton".to_owned(),
            body: "Szünetel.".to_owned(),
            read: true,
            untold: None,
        };
        store::messages::write(tx, &message).unwrap();
    });
    office
}

/// What only the first customer has, by the place that shows it.
fn mark(place: Place) -> Option<&'static str> {
    match place {
        Place::Overview | Place::Accounts => Some("Forint fő számla"),
        Place::Prepared => Some("Novemberi szállítók"),
        Place::Sent => Some("Elküldött csomag"),
        Place::Messages => Some("Karbantartás szombaton"),
        Place::Users => Some("Nagy Péter"),
        Place::Order => Some("Forint fő számla · 10400023-53656565-85691020"),
        // Nothing of one customer stands there, or nothing before something is done.
        Place::Everyone
        | Place::Connections
        | Place::Shared
        | Place::Import
        | Place::Partners
        | Place::PartnerExport
        | Place::PartnerImport
        | Place::Templates
        | Place::AdminOrders
        | Place::Token
        | Place::Journal
        | Place::Settings => None,
    }
}

#[test]
fn another_customer_is_seen_on_every_screen() {
    let (_office, mut program) = started();
    program.key(Named::Escape);
    let of = |program: &Program, id: &str| {
        let customers = &program.window().facts.house.customers;
        let at = customers.iter().position(|one| one.customer.id.as_str() == id).unwrap();
        let key = Key::Character((at + 1).to_string().into());
        Message::Key(Press { key, modifiers: Modifiers::CTRL })
    };
    // The one of all of them leads to one customer's.
    for place in Place::value_variants().iter().filter(|place| **place != Place::Everyone) {
        let first = of(&program, "20000001");
        program.send(first);
        program.open(*place);
        let mark = mark(*place);
        program.until(|program| mark.is_none_or(|mark| program.says(mark)));
        let other = of(&program, OTHER);
        program.send(other);
        program.until(|program| {
            let shown = program.window().desk.customer.as_ref().map(|one| one.id.to_string());
            shown.as_deref() == Some(OTHER) && mark.is_none_or(|mark| !program.says(mark))
        });
        assert_eq!(program.window().place, *place);
    }
}

#[test]
fn new_master_data_is_seen_where_it_is_listed() {
    let (_office, mut program) = started();
    program.key(Named::Escape);
    let places = [(Place::Partners, "Őrségi Faipari Zrt."), (Place::Templates, "Havi bérleti díj")];
    for (place, shown) in places {
        program.open(place);
        assert!(!program.says(shown), "{place:?}");
        let client = program.window().desk.client.clone();
        let name: PartyName = shown.parse().unwrap();
        let numbers = vec!["11773016-11111018".parse().unwrap()];
        let partner = Partner {
            id: client.new_partner_id(),
            short_name: name.clone(),
            target: PartnerTarget::accounts(name, numbers).unwrap(),
            narrative: Narrative::default(),
            country: None,
            legal_code: None,
            note: String::new(),
        };
        let template = Template {
            id: client.new_template_id(),
            name: shown.parse().unwrap(),
            order_type: OrderType::Hct,
            fields: Values::default(),
        };
        program.runtime.block_on(async {
            if place == Place::Partners {
                client.save_partner(partner).await.unwrap();
            } else {
                client.save_template(template).await.unwrap();
            }
        });
        program.until(|program| program.says(shown));
    }
}
