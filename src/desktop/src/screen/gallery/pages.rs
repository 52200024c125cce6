//! The pages of the gallery, composed as screens are.

use chrono::{Datelike, Weekday};
use iced::widget::space;
use iced::{Alignment, Length};

use super::data::{self, ACCOUNTS, ITEMS, PACKAGES};
use super::{Gallery, Message};
use crate::design::steps::{At, Step};
use crate::design::table::{self, Cell, RowHeight, column};
use crate::design::text::{self, Inked};
use crate::design::theme::Tone;
use crate::design::{
    Column, Element, Row, banner, button, chart, check, choices::Choice, date_field, empty, field, menu,
    panel, pill, progress, segmented, select, spacing, steps,
};
use crate::{format, texts};

pub(super) fn form(state: &Gallery) -> Element<'_, Message> {
    let title = panel::title_line(
        "Belföldi forint átutalás",
        Some(pill::pill(Tone::Neutral, "HCT")),
        Some(text::body("Csomag: új, 1 tételes · Ctrl+K másik csomag").dim().into()),
    );
    let accounts = ACCOUNTS
        .iter()
        .map(|(name, number, _, free)| Choice::new(format!("{name} · {number}"), format!("elérhető {free}")));
    let suggestions = data::partners_like(&state.partner).into_iter().map(Choice::from).collect();
    let pair = Row::new()
        .spacing(spacing::M)
        .push(
            field::text("Kedvezményezett", &state.partner)
                .id("partner")
                .on_input(Message::Partner)
                .suggestions(suggestions, Message::PartnerChosen)
                .trailing("partner")
                .hint("Legutóbb: 2026. 11. 03., 412 000 Ft, „F-2026/1187”")
                .width(Length::FillPortion(7)),
        )
        .push(
            select::select("Sablon", ["Havi bérleti díj", "Áfa", "Közüzem"], state.template)
                .id("template")
                .placeholder("nincs megadva")
                .on_select(Message::Template)
                .width(Length::FillPortion(3)),
        );
    let numbers = Row::new()
        .spacing(spacing::M)
        .push(
            field::amount("Összeg", &state.amount, "Ft")
                .id("amount")
                .on_input(Message::Amount)
                .group(format::group_typed)
                .hint("egymillió-kétszázötvenezer forint")
                .width(Length::FillPortion(4)),
        )
        .push(
            date_field::date(
                field::text("Értéknap", &state.day_typed)
                    .id("day")
                    .on_input(Message::Day)
                    .trailing("csütörtök")
                    .width(Length::FillPortion(4)),
                state.day,
                state.today,
                texts::calendar(),
            )
            .work_days(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
            .on_pick(Message::DayPicked),
        )
        .push(field::text("Bizonylatszám", "").width(Length::FillPortion(3)))
        .push(space().width(Length::FillPortion(2)));
    let buttons = Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(button::primary("Mentés").id("save").shortcut("Ctrl+S").on_press(Message::Pressed("Mentve")))
        .push(
            button::secondary("Mentés és újra rögzítés")
                .shortcut("Ctrl+Enter")
                .on_press(Message::Pressed("Mentve")),
        )
        .push(button::secondary("Aláírás és beküldés…").id("sign").on_press(Message::Sign))
        .push(space::horizontal())
        .push(text::hint("1 mező javításra vár").dim());
    let form = Column::new()
        .spacing(spacing::M + 2.0)
        .push(
            select::select("Terhelendő számla", accounts, state.source)
                .id("source")
                .on_select(Message::Source),
        )
        .push(pair)
        .push(
            field::text("Számlaszám, IBAN vagy másodlagos azonosító", &state.account)
                .id("account")
                .on_input(Message::Account)
                .trailing("8 + 8")
                .care("A második számlablokk hiányos: még 1 számjegy kell. Bank: OTP Bank, 3016. fiók"),
        )
        .push(numbers)
        .push(
            field::text("Közlemény", &state.narrative)
                .id("narrative")
                .on_input(Message::Narrative)
                .trailing(format!("{} / 140", state.narrative.chars().count()))
                .hint("Minden csatornán teljes terjedelemben megérkezik"),
        )
        .push(
            check::checkbox("azonnali átutalás", state.instant)
                .id("instant")
                .hint("külön, egytételes csomagba kerül")
                .on_toggle(Message::Instant),
        )
        .push(buttons);
    let answer = Column::new()
        .spacing(spacing::S)
        .push(
            Row::new()
                .spacing(spacing::M)
                .align_y(Alignment::Center)
                .push(pill::pill(Tone::Good, "azonnali"))
                .push(text::strong("5 másodpercen belül")),
        )
        .push(text::hint(
            "Forintszámláról, belföldre, 20 millió Ft-ig, értéknap nélkül, egy tételben beküldve.",
        ))
        .push(button::link("Miért? Mi változtatna rajta?").on_press(Message::Pressed("Miért")));
    let history = [("2026. 11. 03.", "412 000 Ft"), ("2026. 10. 14.", "388 500 Ft")]
        .map(|(day, sum)| (day.to_owned(), Element::from(text::body(sum))));
    let side = Column::new()
        .spacing(spacing::M)
        .width(Length::Fixed(spacing::SIDE_PANEL))
        .push(panel::card("Mit tesz majd a bank?", None, answer))
        .push(panel::card("Őrségi Faipari Zrt.", None, panel::key_values(history)));
    let body = Row::new().spacing(spacing::L).push(panel::panel(form)).push(side);
    panel::page(Column::new().spacing(spacing::M).push(title).push(panel::scroll(body)))
}

pub(super) fn lists(state: &Gallery) -> Element<'_, Message> {
    let title = Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(text::page_title("Előkészített csomagok"))
        .push(space().width(Length::Fixed(spacing::L)))
        .push(
            field::search("Keresés csomagban, tételben… Ctrl+F", &state.search)
                .id("search")
                .on_input(Message::Search),
        )
        .push(space::horizontal())
        .push(button::secondary("Importálás…").shortcut("Ctrl+I").on_press(Message::Pressed("Importálás")))
        .push(button::primary("Új megbízás").shortcut("F2").on_press(Message::Pressed("Új")));
    let list = table::table(
        [
            column(0, "Csomag").fill(3).sortable(Some(state.order)),
            column(1, "Összeg, állapot").fixed(132.0).right().sortable(None),
        ],
        table::rows(PACKAGES.len(), |row, column| {
            let (name, details, sum, tone, word) = PACKAGES[row];
            match column {
                0 => Cell::strong(name).below(Cell::hint(details)),
                _ => Cell::text(sum).below(Cell::pill(tone, word)),
            }
        }),
    )
    .id("packages")
    .row_height(RowHeight::Tall)
    .selection(&state.selection)
    .single()
    .on_sort(Message::Sort)
    .on_pick(Message::Picked)
    .on_activate(Message::Open);
    let head = Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(text::detail_title("Novemberi szállítók"))
        .push(pill::pill(Tone::Care, "aláírt 1/2"))
        .push(space::horizontal())
        .push(text::body("34 tétel · 18 204 900 Ft · Forint fő számla").dim());
    let actions = Row::new()
        .spacing(spacing::S)
        .push(button::primary("Aláírás").shortcut("F8").on_press(Message::Sign))
        .push(button::secondary("Beküldés").shortcut("F9").on_press(Message::Pressed("Beküldve")))
        .push(button::secondary("Közösre tesz").on_press(Message::Pressed("Közös")))
        .push(button::secondary("Visszavonás"))
        .push(space::horizontal())
        .push(
            menu::menu(
                "Továbbiak",
                [
                    Choice::new("Másolás", "Ctrl+M"),
                    Choice::new("Exportálás", ""),
                    Choice::new("Törlés", "Del"),
                ],
                Message::Action,
            )
            .id("more"),
        );
    let way = steps::steps([
        Step::new("rögzített", At::Done),
        Step::new("Nagy Péter aláírta 09:12", At::Ahead),
        Step::new("második aláírás: Kovács Anna", At::Here),
        Step::new("beküldés", At::Ahead),
    ]);
    let items = table::table(
        [
            column(0, "Kedvezményezett").fill(5),
            column(1, "Számla vagy azonosító").fixed(236.0),
            column(2, "Összeg").fixed(124.0).right(),
            column(3, "Közlemény").fill(3),
        ],
        table::rows(ITEMS.len(), |row, column| {
            let (name, account, sum, narrative) = ITEMS[row];
            match column {
                0 => Cell::strong(name),
                1 => Cell::text(account),
                2 => Cell::text(sum),
                _ => Cell::dim(narrative),
            }
        }),
    )
    .flush()
    .footer([(0, Cell::strong("34 tétel")), (2, Cell::strong("18 204 900 Ft"))]);
    let detail = Column::new().spacing(spacing::M).push(head).push(actions).push(way).push(items).push(
        banner::banner(
            Tone::Care,
            "Egy csomagban beküldve a bank napközbeni átutalásként, 4 órán belül teljesíti.",
            "",
            Some(button::link("Küldjük inkább egyenként?").on_press(Message::Pressed("Egyenként")).into()),
        ),
    );
    let body = Row::new()
        .spacing(spacing::M)
        .push(panel::bare_panel(list).width(Length::Fixed(336.0)).height(Length::Fill))
        .push(panel::panel(detail).height(Length::Fill));
    panel::page(Column::new().spacing(spacing::M).push(title).push(body))
}

pub(super) fn overview(state: &Gallery) -> Element<'_, Message> {
    let waiting =
        [(Tone::Care, "aláírás", 0_usize), (Tone::Care, "aláírás", 1), (Tone::Accent, "közös terület", 2)];
    let mut list = Column::new();
    for (tone, word, index) in waiting {
        let (name, details, sum, ..) = PACKAGES[index];
        let line = Row::new()
            .spacing(spacing::M)
            .align_y(Alignment::Center)
            .padding(spacing::LINE)
            .push(iced::widget::container(pill::pill(tone, word)).width(Length::Fixed(118.0)))
            .push(text::strong(name))
            .push(text::body(details).dim())
            .push(space::horizontal())
            .push(text::body(sum))
            .push(button::secondary("Megnézem").small().on_press(Message::Go(super::Page::Lists)));
        list = list.push(line).push(panel::rule());
    }
    let deadlines = [("VIBER", "16:00", "6 óra 18 perc"), ("Napközbeni ciklus", "10:30", "48 perc")].map(
        |(what, when, left)| {
            let value = Row::new().spacing(spacing::M).push(text::strong(when)).push(text::hint(left).dim());
            (what.to_owned(), Element::from(value))
        },
    );
    let accounts = table::table(
        [
            column(0, "Számla").fixed(205.0),
            column(1, "Számlaszám").fill(3),
            column(2, "Könyvelt").fill(2).right(),
            column(3, "Elérhető").fill(2).right(),
        ],
        table::rows(ACCOUNTS.len(), |row, column| {
            let (name, number, booked, free) = ACCOUNTS[row];
            match column {
                0 => Cell::strong(name),
                1 => Cell::text(number),
                2 => Cell::text(booked),
                _ => Cell::text(free),
            }
        }),
    )
    .flush()
    .fit()
    .footer([
        (0, Cell::strong("Összesen forintban vezetett")),
        (2, Cell::strong("60 214 555 Ft")),
        (3, Cell::strong("59 314 555 Ft")),
    ]);
    let (was, will) = data::balance();
    let top = Row::new().spacing(spacing::M).push(panel::card("Ma Önre vár", None, list)).push(
        panel::card("Következő határidők", None, panel::key_values(deadlines)).width(spacing::SIDE_PANEL),
    );
    let charts = Row::new()
        .spacing(spacing::M)
        .push(panel::card(
            "Forint fő számla: egyenleg és 30 napos előrejelzés",
            None,
            chart::line(was, will, crate::tr!("today"), 100),
        ))
        .push(panel::card("Be- és kiáramlás hetente", None, chart::bars(data::weeks(), 100)));
    let title = panel::title_line(
        "Jó reggelt, Anna!",
        None,
        Some(text::body(format!("{} · banki munkanap", format::long_date(state.today))).dim().into()),
    );
    let queried = Some(text::hint("lekérdezve 09:42:10").dim().into());
    let content = Column::new()
        .spacing(spacing::M)
        .push(top)
        .push(panel::card("Számlák", queried, accounts))
        .push(charts);
    panel::page(Column::new().spacing(spacing::M).push(title).push(panel::scroll(content)))
}

pub(super) fn pieces(state: &Gallery) -> Element<'_, Message> {
    let pills = Row::new()
        .spacing(spacing::S)
        .push(pill::pill(Tone::Neutral, "rögzített"))
        .push(pill::pill(Tone::Accent, "feldolgozás alatt"))
        .push(pill::pill(Tone::Good, "teljesült"))
        .push(pill::pill(Tone::Care, "válaszra várunk"))
        .push(pill::pill(Tone::Bad, "visszautasítva"));
    let buttons = Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::Center)
        .push(button::primary("Elsődleges").on_press(Message::Pressed("Elsődleges")))
        .push(button::primary("Feloldás"))
        .push(button::secondary("Másodlagos").tooltip("Súgó szöveg").on_press(Message::Pressed("Másodlagos")))
        .push(button::secondary("Tiltott"))
        .push(button::quiet("Csendes").on_press(Message::Pressed("Csendes")))
        .push(button::danger("Törlés").on_press(Message::Pressed("Törölve")))
        .push(button::secondary("Kicsi").small().on_press(Message::Pressed("Kicsi")))
        .push(button::link("Hivatkozás").on_press(Message::Pressed("Hivatkozás")));
    let choices = Row::new()
        .spacing(spacing::XL)
        .push(check::radio("normál", state.urgency == 0).id("normal").on_press(Message::Urgency(0)))
        .push(check::radio("sürgős", state.urgency == 1).id("urgent").on_press(Message::Urgency(1)))
        .push(check::radio::<Message>("nem választható", false))
        .push(check::checkbox::<Message>("rögzített", true));
    let areas = segmented::segmented(
        [(0, "Számlavezetés".to_owned()), (1, "Adminisztráció".to_owned())],
        state.area,
        Message::Area,
    );
    let tabs = segmented::tabs(
        [(0, "Tételek".to_owned()), (1, "Aláírások".to_owned()), (2, "Napló".to_owned())],
        state.tab,
        Message::Tab,
    );
    let uncertain = banner::banner(
        Tone::Care,
        "Ne küldje újra!",
        "A bank válasza nem érkezett meg, ezért nem tudjuk, megkapta-e a csomagot. Nem küldjük kétszer: amint a bank \
         elérhető, megkérdezzük, és itt jelezzük az eredményt.",
        None,
    );
    let fields = Row::new()
        .spacing(spacing::M)
        .push(field::secure("Token PIN-kód", &state.pin).id("pin").on_input(Message::Pin).trailing("5 próba"))
        .push(field::text("Hibás", "10410400-0000019").on_input(Message::Account).error("A CDV hibás"))
        .push(field::text("Letiltva", "nem írható"));
    let texts = Row::new()
        .spacing(spacing::XL)
        .align_y(Alignment::End)
        .push(text::big_number("18 204 900 Ft"))
        .push(text::code("93F0 5D1E 77A2"))
        .push(text::mono("7c41 09be 55f2 a8d3"))
        .push(text::body("jó").good())
        .push(text::body("figyelem").care())
        .push(text::body("baj").bad());
    let card = panel::two_lines(
        ("Aláírás", "Kovács Anna · Minta CA"),
        (text::body("2027. 01. 20.").care(), text::hint("58 nap, megújítható").care()),
    );
    let left = Column::new()
        .spacing(spacing::M)
        .push(pills)
        .push(buttons)
        .push(choices)
        .push(areas)
        .push(tabs)
        .push(uncertain)
        .push(banner::banner(Tone::Bad, "A token letiltva", "A PIN-kódot ötször elrontották.", None))
        .push(banner::banner(Tone::Accent, "Új változat", "A frissítés kilépéskor települ.", None))
        .push(fields)
        .push(texts)
        .push(
            Row::new()
                .spacing(spacing::M)
                .align_y(Alignment::Center)
                .push(progress::progress(0.6, 240))
                .push(text::hint("3/5 számla").dim()),
        )
        .push(card);
    let none = empty::empty(
        "Nincs elküldött megbízás",
        "Itt látja majd, mi történt a beküldött csomagokkal.",
        Some(button::secondary("Új megbízás").on_press(Message::Pressed("Új")).into()),
    );
    let right = panel::panel(none).width(Length::Fixed(spacing::SIDE_PANEL)).height(Length::Fixed(220.0));
    let title = panel::title_line("Minden más", None, None);
    let content = Row::new().spacing(spacing::M).push(panel::panel(left)).push(right);
    panel::page(Column::new().spacing(spacing::M).push(title).push(panel::scroll(content)))
}

/// How many rows the long list has.
pub(super) const LONG: usize = 100_000;

pub(super) fn long(state: &Gallery) -> Element<'_, Message> {
    let rows = table::table(
        [
            column(0, "Dátum").fixed(116.0).sortable(Some(state.order)),
            column(1, "Partner").fill(3).sortable(None),
            column(2, "Számlaszám").fixed(236.0),
            column(3, "Közlemény").fill(3),
            column(4, "Állapot").fixed(120.0),
            column(5, "Összeg").fixed(136.0).right().sortable(None),
        ],
        table::rows(LONG, |row, column| {
            let (name, account, _, narrative) = ITEMS[row % ITEMS.len()];
            match column {
                0 => Cell::dim(format!("2026. {:02}. {:02}.", row / 28 % 12 + 1, row % 28 + 1)),
                1 => Cell::strong(name),
                2 => Cell::text(account),
                3 => Cell::dim(format!("{narrative} ({})", row + 1)),
                4 if row % 7 == 0 => Cell::pill(Tone::Bad, "visszautasítva"),
                4 => Cell::pill(Tone::Good, "teljesült"),
                _ => Cell::text(format!("{} Ft", format::count((row * 7919) % 9_000_000 + 1000))),
            }
        }),
    )
    .id("long")
    .row_height(RowHeight::Pills)
    .selection(&state.selection)
    .on_sort(Message::Sort)
    .on_pick(Message::Picked)
    .on_activate(Message::Open)
    .footer([
        (0, Cell::strong("Kijelölve")),
        (1, Cell::strong(format::count(state.selection.len()))),
        (5, Cell::strong("912 400 000 Ft")),
    ]);
    let title = panel::title_line("Százezer sor", None, None);
    let body = panel::bare_panel(rows).height(Length::Fill);
    panel::page(Column::new().spacing(spacing::M).push(title).push(body))
}

pub(super) fn sheet(state: &Gallery) -> Element<'_, Message> {
    let head = Row::new()
        .align_y(Alignment::Center)
        .push(text::page_title("Ezt írja alá"))
        .push(space::horizontal())
        .push(text::body("2. aláírás a 2-ből").dim());
    let sum = Column::new()
        .push(text::body("Novemberi szállítók · 34 tétel, Forint fő számla terhére").dim())
        .push(text::big_number("18 204 900 Ft"))
        .push(text::hint("legkorábbi teljesítés: ma, napközbeni átutalásként").dim());
    let print = Column::new()
        .width(Length::Fixed(270.0))
        .push(text::hint("A dokumentum ujjlenyomata (SHA-256)").dim())
        .push(text::mono("7c41 09be 55f2 a8d3"))
        .push(text::mono("1e60 4b97 c2aa 083f"));
    let largest = table::table(
        [
            column(0, "Legnagyobb tételek").fixed(260.0),
            column(1, "").fill(1),
            column(2, "").fixed(140.0).right(),
        ],
        table::rows(3, |row, column| {
            let (name, account, sum, _) = ITEMS[row];
            match column {
                0 => Cell::strong(name),
                1 => Cell::text(account),
                _ => Cell::text(sum),
            }
        }),
    )
    .flush()
    .fit();
    let foot = Row::new()
        .spacing(spacing::M)
        .align_y(Alignment::End)
        .push(
            field::secure("Token PIN-kód · Kovács Anna, aláíró kulcs", &state.pin)
                .id("sheet-pin")
                .on_input(Message::Pin)
                .on_enter(Message::Leave)
                .trailing("5 próba")
                .width(260),
        )
        .push(space::horizontal())
        .push(button::secondary("Mégsem").id("cancel").shortcut("Esc").on_press(Message::Leave))
        .push(button::primary("Aláírom").id("confirm").shortcut("Enter").on_press(Message::Leave));
    Column::new()
        .spacing(spacing::L)
        .width(Length::Fixed(678.0))
        .push(head)
        .push(Row::new().push(sum.width(Length::Fill)).push(print))
        .push(largest)
        .push(foot)
        .into()
}
