//! Partners in files in made-up states, in a frame like the program's: pictures, because the demo has no such files.

use std::path::PathBuf;

use clap::ValueEnum;
use client::{PartnerFile, PartnerFormat, read_partner_file as read};
use client::{PartnerPreview, PartnersWritten};
use domain::{Partner, Template, TemplateId, Values, key};
use uuid::Uuid;

use super::{Gallery, Message};
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{Element, frame, nav, pill, segmented};
use crate::navigation::{Area, Place};
use crate::screen::partner_files::export::Export;
use crate::screen::partner_files::import::{Import, Tab};
use crate::tr;

/// A made-up state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum State {
    /// A file is chosen.
    Choose,
    /// New records of a file.
    New,
    /// Changed ones, side by side.
    Changed,
    /// Records in conflict.
    Clash,
    /// Records that cannot be taken.
    Refused,
    /// What is to be written.
    Write,
    /// A file was written.
    Written,
}

/// The place that is shown.
pub(super) enum Shown {
    Import(Box<Import>),
    Export(Box<Export>),
}

/// As they are kept; the same words as the file where nothing changes.
const KEPT: &str = "Rövid név;Név;Számlaszám;Másodlagos azonosító;Közlemény;Ország;Jogcímkód;Megjegyzés;Azonosító
Őrségi Faipari Zrt.;Őrségi Faipari Zrt.;11773016-11111018;;fűrészáru;HU;;30 nap;00000000-0000-0000-0000-000000000001
Tisza Papír Kft.;Tisza Papír Kft.;10402142-00000103;;;;;;00000000-0000-0000-0000-000000000002
Kovács Anna;;;anna@pelda.hu;;;;;00000000-0000-0000-0000-000000000003
Adóhatóság;Nemzeti Adó- és Vámhivatal;10032000-06055950;;;;;;00000000-0000-0000-0000-000000000004
";

/// As the file has them.
const INCOMING: &str = "Rövid név;Név;Számlaszám;Másodlagos azonosító;Közlemény;Ország;Jogcímkód;Megjegyzés;Azonosító
Őrségi Faipari Zrt.;Őrségi Faipari és Kereskedelmi Zrt.;11773016-11111018, 10400023-53656565-85691020;;fűrészáru, gerenda;HU;101;30 nap;00000000-0000-0000-0000-000000000001
Tisza Papír Kft.;Tisza Papír Kft.;10402142-00000103;;havi szállítás;;;;00000000-0000-0000-0000-000000000002
Kovács Anna;;;anna@pelda.hu;;;;;00000000-0000-0000-0000-000000000003
NAV társadalombiztosítás;NAV;10032000-06055950;;;;;;
Tisza Papír Kft.;;;+36301234567;;;;;
Balatoni Szálloda Bt.;Balatoni Szálloda Bt.;10402142-00000020-00000004;;foglalás;;;;
Üveges Gábor;;;gabor@pelda.hu;;;;;
Zalai Építő Kft.;Zalai Építő Kft.;10402142-00000030-00000018;;;;;;
Hibás Számla Bt.;Hibás Számla Bt.;11773016-11111019;;;;;;
Külföldi Kft.;Külföldi Kft.;DE89 3704 0044 0532 0130 00;;;;;;
Kerekített Kft.;Kerekített Kft.;1,17730161111102E+23;;;;;;
";

fn template(number: u128, name: &str, amount: &str) -> Option<Template> {
    let fields = Values::default().with(key::AMOUNT, amount);
    let id = TemplateId(Uuid::from_u128(number));
    Some(Template { id, name: name.parse().ok()?, order_type: Default::default(), fields })
}

fn preview() -> PartnerPreview {
    let of = |text: &str| read(text.as_bytes()).map(|(_, file)| file).unwrap_or_default();
    let kept: Vec<Partner> = of(KEPT).partners;
    let kept_templates: Vec<Template> = template(1, "Bérleti díj", "350 000").into_iter().collect();
    let templates =
        [template(1, "Bérleti díj", "365 000"), template(2, "Bérek", "")].into_iter().flatten().collect();
    let file = PartnerFile { templates, ..of(INCOMING) };
    PartnerPreview::of(PathBuf::from("PARTNERS.DAT"), PartnerFormat::Dat, file, &kept, &kept_templates)
}

impl State {
    pub(super) fn shown(self) -> Shown {
        let import = |tab| Shown::Import(Box::new(Import::showing(preview(), tab)));
        match self {
            Self::Choose => Shown::Import(Box::new(Import::blank())),
            Self::New => import(Tab::New),
            Self::Changed => import(Tab::Changed),
            Self::Clash => import(Tab::Clash),
            Self::Refused => import(Tab::Refused),
            Self::Write => Shown::Export(Box::new(Export::proposing("C:\\Users\\anna\\Documents"))),
            Self::Written => Shown::Export(Box::new(Export::done(PartnersWritten {
                path: PathBuf::from("C:\\Users\\anna\\Documents\\PARTNERS.DAT"),
                partners: 1_284,
                templates: 12,
            }))),
        }
    }
}

pub(super) fn place(gallery: &Gallery) -> Element<'_, Message> {
    match &gallery.partners {
        Shown::Import(place) => place.draw().map(|_| Message::Still),
        Shown::Export(place) => place.draw().map(|_| Message::Still),
    }
}

pub(super) fn view(gallery: &Gallery) -> Element<'_, Message> {
    let top = frame::top_bar(
        tr!("product"),
        [
            pill::state_pill(Tone::Good, tr!("bank-state", bank = "K&H", state = tr!("bank-connected"))),
            pill::state_pill(Tone::Good, tr!("token-state", state = "Kovács Anna")),
        ],
        segmented::segmented(
            [(Area::Banking, tr!("area-banking")), (Area::Administration, tr!("area-administration"))],
            Area::Banking,
            |_| Message::Still,
        ),
    );
    let sections = Area::Banking.sections().into_iter().map(|(title, places)| {
        nav::section(title, places.into_iter().map(|place| nav::item(place, place.label())))
    });
    let navigation = nav::nav(sections, Place::Partners, |_| Message::Still);
    let status = frame::status_line(
        [text::hint(tr!("status-synced", time = "09:42:10")).dim().into()],
        [format!("{} {}", tr!("product"), env!("CARGO_PKG_VERSION"))]
            .map(|words| text::hint(words).dim().one_line().into()),
    );
    frame::frame(top, navigation, place(gallery), status)
}
