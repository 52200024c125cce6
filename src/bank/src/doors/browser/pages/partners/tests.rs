//! Partners by the pages, and PARTNERS.DAT in and out.

use axum::http::StatusCode;
use domain::{Partner, PartnerId, PartnerTarget, Template, key};
use formats::partners::PartnerFile;
use formats::partners_dat;
use uuid::Uuid;

use super::merge::{MOST_RECORDS, Records, STEP, merge, merge_telling};
use super::store;
use crate::doors::browser::pages::tests::{Seat, world};
use crate::testing::CLERK;

fn partner(n: u128, short_name: &str, account: &str) -> Partner {
    let name = format!("{short_name} Zrt.").parse().unwrap();
    Partner {
        id: PartnerId(Uuid::from_u128(n)),
        short_name: short_name.parse().unwrap(),
        target: PartnerTarget::accounts(name, vec![account.parse().unwrap()]).unwrap(),
        narrative: "Bérleti díj".parse().unwrap(),
        country: Some("HU".parse().unwrap()),
        legal_code: None,
        note: "Őrizze: árvíztűrő tükörfúrógép\nmásodik sor".to_owned(),
    }
}

fn template(n: u128, name: &str) -> Template {
    Template {
        id: domain::TemplateId(Uuid::from_u128(n)),
        name: name.parse().unwrap(),
        order_type: domain::OrderType::Hct,
        fields: domain::Values::default().with(key::AMOUNT, "1250").with(key::NARRATIVE, "Díj"),
    }
}

fn file(partners: &[Partner], templates: &[Template]) -> Vec<u8> {
    let mut bytes = Vec::new();
    partners_dat::write(partners, templates, &mut bytes).unwrap();
    bytes
}

const ONE: &str = "11773016-11111018";
const OTHER: &str = "10400023-53656565-85691020";

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_taken_in_and_its_result_stands_on_the_same_page() {
    let seat = Seat::of(&world(), CLERK);
    let first =
        file(&[partner(1, "Őrségi Faipari", ONE), partner(2, "Ács", OTHER)], &[template(9, "Havi díj")]);
    let (status, page) = seat.upload("/partners/import", &seat.form_token, &first).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("3 tételt vettünk át") && page.contains("Őrségi Faipari"), "{page}");
    let (_, page) = seat.get("/templates").await;
    assert!(page.contains("Havi díj"), "{page}");
    let (_, page) = seat.get("/partners?q=orsegi+arvizturo").await;
    assert!(page.contains("Őrségi Faipari") && !page.contains(">Ács<"), "{page}");
    // The same again changes nothing; another account is shown beside the old one; a namesake is not taken.
    let second =
        file(&[partner(1, "Őrségi Faipari", OTHER), partner(2, "Ács", OTHER), partner(3, "ács", ONE)], &[]);
    let (_, page) = seat.upload("/partners/import", &seat.form_token, &second).await;
    assert!(page.contains("1 tételt vettünk át"), "{page}");
    assert!(page.contains(ONE) && page.contains(OTHER) && page.contains("Módosult partnerek"), "{page}");
    assert!(page.contains("Nem vettük át") && page.contains("Partner: ács"), "{page}");
    let exported = seat.get("/partners/export").await.1;
    let again = partners_dat::read(exported.as_bytes()).unwrap();
    assert_eq!(again.partners.len(), 2);
    assert!(again.partners.contains(&partner(1, "Őrségi Faipari", OTHER)), "every field survives");
    assert_eq!(again.templates, [template(9, "Havi díj")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_file_changes_nothing_and_names_its_line() {
    let seat = Seat::of(&world(), CLERK);
    let mut bytes = file(&[partner(1, "Őrségi Faipari", ONE)], &[]);
    let last = bytes.len() - 3;
    bytes[last] ^= 1;
    let (status, page) = seat.upload("/partners/import", &seat.form_token, &bytes).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("semmit sem vettünk át") && !page.contains("Őrségi Faipari"), "{page}");
    let (status, page) = seat.upload("/partners/import", &seat.form_token, b"").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Nem választott állományt"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_with_a_file_needs_the_token_too() {
    let seat = Seat::of(&world(), CLERK);
    let bytes = file(&[partner(1, "Őrségi Faipari", ONE)], &[]);
    for token in ["", "00", &"0".repeat(64)] {
        assert_eq!(seat.upload("/partners/import", token, &bytes).await.0, StatusCode::FORBIDDEN);
    }
    let (_, page) = seat.get("/partners").await;
    assert!(page.contains("Nincs ilyen partner"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn partners_are_added_changed_deleted_and_paid() {
    let seat = Seat::of(&world(), CLERK);
    let mut fields =
        vec![("short_name", "Őrségi"), ("name", "Őrségi Faipari Zrt."), ("targets", "1177301611111019")];
    let (status, page, _) = seat.post("/partners/new", &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains(r#"id="targets-error">A második"#) && page.contains("1177301611111019"), "{page}");
    fields[2] = ("targets", "11773016-11111018\n10400023-53656565-85691020");
    assert_eq!(seat.post("/partners/new", &fields).await.0, StatusCode::SEE_OTHER);
    let (status, page, _) = seat.post("/partners/new", &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("már van partner"), "{page}");
    let customer = seat.world.customer.clone();
    let kept: Vec<Partner> = seat.world.read(|db| store::all(db, &customer));
    let id = kept[0].id;
    let (_, form) = seat.get(&format!("/orders/new?partner={id}&account=1")).await;
    assert!(form.contains(OTHER) && form.contains("Őrségi Faipari Zrt."), "{form}");
    let found = [("q", "ŐRSÉGI"), ("amount", "700"), ("action", "find")];
    let (_, form, _) = seat.post("/order/HCT", &found).await;
    assert!(form.contains(&format!("partner:{id}:1")) && form.contains(r#"value="700""#), "{form}");
    let pick = format!("partner:{id}:0");
    let (_, form, _) = seat.post("/order/HCT", &[("amount", "700"), ("action", &pick)]).await;
    assert!(form.contains(ONE) && form.contains(r#"value="700""#), "{form}");
    fields[0] = ("short_name", "Őrségi fa");
    assert_eq!(seat.post(&format!("/partners/{id}"), &fields).await.0, StatusCode::SEE_OTHER);
    assert!(seat.get("/partners").await.1.contains("Őrségi fa"));
    seat.post(&format!("/partners/{id}/delete"), &[]).await;
    assert_eq!(seat.get(&format!("/partners/{id}")).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn templates_are_made_and_begin_orders() {
    let seat = Seat::of(&world(), CLERK);
    let fields = [("name", "Havi díj"), ("amount", "12 500"), ("target", ONE), ("instant", "on")];
    let (status, page, _) = seat.post("/templates/new", &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    assert_eq!(seat.post("/templates/new", &fields).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let customer = seat.world.customer.clone();
    let kept: Vec<Template> = seat.world.read(|db| store::all(db, &customer));
    let id = kept[0].id;
    let (_, form) = seat.get(&format!("/orders/new?template={id}")).await;
    assert!(form.contains("12 500") && form.contains("checked"), "{form}");
    seat.post(&format!("/templates/{id}"), &[("name", "Éves díj"), ("amount", "1")]).await;
    assert!(seat.get("/templates").await.1.contains("Éves díj"));
    seat.post(&format!("/templates/{id}/delete"), &[]).await;
    assert!(seat.get("/templates").await.1.contains("Nincs ilyen sablon"));
}

#[test]
fn a_long_file_is_taken_in_steps_between_which_others_write() {
    let world = world();
    let partners: Vec<Partner> =
        (1..=2 * STEP as u128 + 1).map(|n| partner(n, &format!("Partner {n}"), ONE)).collect();
    let (count, customer) = (partners.len(), &world.customer);
    let file = PartnerFile { partners, ..PartnerFile::default() };
    let records = Records::of(file.clone()).unwrap().unwrap();
    let mut steps = Vec::new();
    let merged = merge_telling(&world.bank, customer, records, |_| {
        // Whoever wants to write has a turn here: nobody holds the bank.
        steps.push(world.read(|db| store::count::<Partner>(db, customer)) as usize);
    });
    assert_eq!((merged.new_partners as usize, merged.left), (count, 0));
    assert_eq!(steps, [STEP, 2 * STEP, count]);
    let again = merge(&world.bank, customer, Records::of(file).unwrap().unwrap());
    assert_eq!((again.same as usize, again.taken()), (count, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_ended_early_says_what_was_taken_until_then() {
    let seat = Seat::of(&world(), CLERK);
    let partners: Vec<Partner> =
        (1..=STEP as u128 + 50).map(|n| partner(n, &format!("Partner {n:04}"), ONE)).collect();
    // The bank fails in the second step.
    seat.world.read(|db| {
        Ok(db.execute_batch(
            "CREATE TRIGGER broken BEFORE INSERT ON web_partner WHEN NEW.sort = 'partner 0210'
             BEGIN SELECT RAISE(ABORT, 'broken'); END;",
        )?)
    });
    let (status, page) =
        seat.upload("/partners/import", &seat.form_token, &file(&partners, &[template(9, "Díj")])).await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(
        page.contains("megszakadt") && page.contains("200 tételt") && page.contains("51 tétel"),
        "{page}"
    );
    assert_eq!(seat.world.read(|db| store::count::<Partner>(db, &seat.world.customer)) as usize, STEP);
    // The same file again takes the rest and doubles nothing.
    seat.world.read(|db| Ok(db.execute_batch("DROP TRIGGER broken")?));
    let (status, page) =
        seat.upload("/partners/import", &seat.form_token, &file(&partners, &[template(9, "Díj")])).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("51 tételt vettünk át"), "{page}");
}

#[test]
fn a_file_of_too_many_records_is_not_taken() {
    let of = |count: usize| PartnerFile {
        partners: vec![partner(1, "Ács", ONE); count],
        ..PartnerFile::default()
    };
    assert!(Records::of(of(MOST_RECORDS)).unwrap().is_some());
    assert!(Records::of(of(MOST_RECORDS + 1)).unwrap().is_none());
}
