//! The demo company's partners and templates, for the client's own store, and their accounts at the bank.

use domain::text::PartyName;
use domain::{
    AccountNumber, Narrative, OrderDraft, Partner, PartnerId, PartnerTarget, SecondaryId, Template,
    TemplateId, key,
};
use protocol::AccountStatus;
use rusqlite::Connection;

use super::household::Household;
use super::random::Random;
use crate::accounts::ledger::{self, LedgerAccount};
use crate::accounts::proxies;
use crate::ground::error::{BankError, Result};
use crate::ground::rules::Rules;
use crate::orders::payee::{ANSWERS_NEVER, IS_CLOSED};

/// What the company does with a partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Business {
    /// Is paid now and then.
    Supplier,
    /// Pays now and then.
    Buyer,
    Employee,
    /// Is paid every month: rent, energy, telephone.
    Monthly,
    Tax,
    /// Only there to be tried.
    Trial,
}

/// A partner and what stands behind it.
pub(super) struct DemoPartner {
    /// The partner as the client keeps it.
    pub partner: Partner,
    /// The account that gets the money.
    pub account: AccountNumber,
    pub business: Business,
}

/// Tax accounts of NAV at the State Treasury: VAT and personal income tax.
const TAX: [(&str, &str, &str); 2] = [
    ("NAV áfa", "10032000-01076868", "Általános forgalmi adó"),
    ("NAV szja", "10032000-06056353", "Személyi jövedelemadó"),
];

/// Short name, business, usual narrative.
const PARTNERS: [(&str, Business, &str); 30] = [
    ("Alföldi Papír Zrt.", Business::Supplier, "Irodaszer"),
    ("Balatoni Borház Kft.", Business::Supplier, "Áruszállítás"),
    ("Bükki Forrásvíz Kft.", Business::Supplier, "Ásványvíz"),
    ("Csepeli Vasöntöde Zrt.", Business::Supplier, "Alkatrész"),
    ("Dunakanyar Logisztika Kft.", Business::Supplier, "Fuvardíj"),
    ("Ezüstfenyő Nyomda Bt.", Business::Supplier, "Nyomdai munka"),
    ("Fűszerkert Kft.", Business::Supplier, "Áruszállítás"),
    ("Gödöllői Gépgyár Zrt.", Business::Supplier, "Gépjavítás"),
    ("Hegyalja Pincészet Kft.", Business::Supplier, "Áruszállítás"),
    ("Ízőrző Élelmiszer Kft.", Business::Supplier, "Áruszállítás"),
    ("Kékfestő Textil Kft.", Business::Supplier, "Munkaruha"),
    ("Őrségi Tökmagolaj Kft.", Business::Supplier, "Áruszállítás"),
    ("Jászsági Malom Zrt.", Business::Buyer, "Számla kiegyenlítése"),
    ("Kőris Áruház Kft.", Business::Buyer, "Számla kiegyenlítése"),
    ("Lágymányosi Vendéglő Bt.", Business::Buyer, "Számla kiegyenlítése"),
    ("Mátra Szálloda Zrt.", Business::Buyer, "Számla kiegyenlítése"),
    ("Nagykunsági Bolthálózat Kft.", Business::Buyer, "Számla kiegyenlítése"),
    ("Pannon Nagyker Zrt.", Business::Buyer, "Számla kiegyenlítése"),
    ("Tündérrózsa Étterem Kft.", Business::Buyer, "Számla kiegyenlítése"),
    ("Újpesti Csemege Kft.", Business::Buyer, "Számla kiegyenlítése"),
    ("Belvárosi Ingatlan Kft.", Business::Monthly, "Bérleti díj"),
    ("Fővárosi Energia Zrt.", Business::Monthly, "Áramdíj"),
    ("Hálózat Távközlési Nyrt.", Business::Monthly, "Távközlési díj"),
    ("Könyvelő Műhely Kft.", Business::Monthly, "Könyvelési díj"),
    ("Bíró Katalin", Business::Employee, "Munkabér"),
    ("Fekete Gábor", Business::Employee, "Munkabér"),
    ("Horváth Zsuzsanna", Business::Employee, "Munkabér"),
    ("Őri Ágnes", Business::Employee, "Munkabér"),
    ("Lezárt Üzem Kft.", Business::Trial, "Próba: a számla megszűnt"),
    ("Csendes Szolgáltató Zrt.", Business::Trial, "Próba: a bank nem válaszol"),
];

/// Partners who are known by a secondary identifier alone.
const BY_IDENTIFIER: [(&str, &str); 8] = [
    ("Molnár Dániel", "+36 30 555 0142"),
    ("Rácz Eszter", "+36 20 555 0177"),
    ("Takács Bence", "+36 70 555 0103"),
    ("Virág Posta Bt.", "rendeles@viragposta.example"),
    ("Zöldséges Kosár Kft.", "penzugy@zoldsegeskosar.example"),
    ("Sipos Nóra", "sipos.nora@level.example"),
    ("Kisvasút Alapítvány", "kisvasut@alapitvany.example"),
    ("Vörös Márton", "+36 31 555 0166"),
];

/// Makes 40 partners.
pub(super) fn partners(rules: &Rules, random: &mut Random) -> Result<Vec<DemoPartner>> {
    let codes: Vec<&str> =
        rules.banks.entries().iter().map(|b| b.code.as_str()).filter(|code| *code != "100").collect();
    let own = rules.profile.bank_codes.first().map(String::as_str).unwrap_or_default();
    let other: Vec<&str> = codes.iter().copied().filter(|code| *code != own).collect();
    let mut all = Vec::new();
    for (name, number, narrative) in TAX {
        all.push(by_account(random, name, vec![value(number)?], narrative, Business::Tax)?);
    }
    for (name, business, narrative) in PARTNERS {
        let mark = match (business, name.starts_with('L')) {
            (Business::Trial, true) => IS_CLOSED,
            (Business::Trial, false) => ANSWERS_NEVER,
            _ => "",
        };
        let banks = if business == Business::Trial { &other } else { &codes };
        let count = if business == Business::Supplier && random.percent(25) { 2 } else { 1 };
        let mut numbers = Vec::new();
        for _ in 0..count {
            let bank = random.pick(banks).copied().unwrap_or(own);
            numbers.push(random.account(bank, mark)?);
        }
        all.push(by_account(random, name, numbers, narrative, business)?);
    }
    for (name, identifier) in BY_IDENTIFIER {
        let id = if identifier.contains('@') {
            SecondaryId::Email(value(identifier)?)
        } else {
            SecondaryId::Mobile(value(identifier)?)
        };
        let bank = random.pick(&codes).copied().unwrap_or(own);
        let account = random.account(bank, "")?;
        all.push(DemoPartner {
            partner: Partner {
                id: PartnerId(random.uuid()),
                short_name: value(name)?,
                target: PartnerTarget::SecondaryId { id },
                narrative: value("Köszönjük")?,
                country: None,
                legal_code: None,
                note: String::new(),
            },
            account,
            business: Business::Trial,
        });
    }
    Ok(all)
}

fn by_account(
    random: &mut Random,
    name: &str,
    numbers: Vec<AccountNumber>,
    narrative: &str,
    business: Business,
) -> Result<DemoPartner> {
    let account = *numbers.first().ok_or_else(|| BankError::data("demo", name))?;
    let holder: PartyName = match business {
        Business::Tax => value("Nemzeti Adó- és Vámhivatal")?,
        _ => value(name)?,
    };
    let target = PartnerTarget::accounts(holder, numbers).map_err(|e| BankError::data(name, e))?;
    let partner = Partner {
        id: PartnerId(random.uuid()),
        short_name: value(name)?,
        target,
        narrative: value::<Narrative>(narrative)?,
        country: None,
        legal_code: None,
        note: if business == Business::Trial { narrative.to_owned() } else { String::new() },
    };
    Ok(DemoPartner { partner, account, business })
}

fn value<T: std::str::FromStr>(text: &str) -> Result<T> {
    text.parse().map_err(|_| BankError::data("demo", text))
}

/// Six templates: with everything, with some fields, with an identifier.
pub(super) fn templates(
    household: &Household,
    partners: &[DemoPartner],
    random: &mut Random,
) -> Result<Vec<Template>> {
    let accounts = household.customers.first().map(|c| c.accounts.as_slice()).unwrap_or_default();
    let debit = |index: usize| accounts.get(index).map(|a| a.number.to_string()).unwrap_or_default();
    let wanted = [
        ("Bérleti díj", "Belvárosi Ingatlan Kft.", "480000", 0, false),
        ("Áramszámla", "Fővárosi Energia Zrt.", "", 0, false),
        ("Könyvelés", "Könyvelő Műhely Kft.", "185000", 0, false),
        ("Áfa befizetés", "NAV áfa", "", 2, false),
        ("Szja befizetés", "NAV szja", "", 2, false),
        ("Azonnali fizetés futárnak", "Molnár Dániel", "12500", 0, true),
    ];
    wanted
        .into_iter()
        .map(|(name, partner, amount, account, instant)| {
            let found = partners
                .iter()
                .find(|p| p.partner.short_name.as_str() == partner)
                .ok_or_else(|| BankError::data("demo", partner))?;
            let mut draft = OrderDraft::default().for_partner(&found.partner, 0);
            draft.values.set(key::DEBIT_ACCOUNT, debit(account));
            draft.values.set(key::AMOUNT, amount);
            draft.values.tick(key::INSTANT, instant);
            Ok(Template {
                id: TemplateId(random.uuid()),
                name: value(name)?,
                order_type: draft.order_type,
                fields: draft.values,
            })
        })
        .collect()
}

/// Opens the accounts that partners have at this bank and registers their identifiers.
pub(super) fn store(db: &Connection, rules: &Rules, partners: &[DemoPartner]) -> Result<()> {
    for partner in partners {
        let numbers = match &partner.partner.target {
            PartnerTarget::Accounts { numbers, .. } => numbers.clone(),
            PartnerTarget::SecondaryId { id } => {
                proxies::register(db, id, partner.account)?;
                vec![partner.account]
            }
        };
        for number in numbers.into_iter().filter(|n| rules.profile.is_own_bank(&n.bank_code())) {
            let account = LedgerAccount {
                key: number.digits24(),
                customer: None,
                holder: partner.partner.short_name.to_string(),
                name: partner.partner.short_name.to_string(),
                currency: domain::Currency::HUF,
                status: AccountStatus::Open,
                credit_line: 0,
                minimum: 0,
            };
            ledger::open_account(db, &account, 0)?;
        }
    }
    Ok(())
}
