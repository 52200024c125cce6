//! Sample data of the gallery, as in the drawings.

use crate::design::chart::Week;
use crate::design::theme::Tone;

/// Name, details, sum, state.
pub(super) const PACKAGES: [(&str, &str, &str, Tone, &str); 4] = [
    ("Novemberi szállítók", "HCT · 34 tétel · 2026. 11. 23.", "18 204 900 Ft", Tone::Care, "aláírt 1/2"),
    ("Bérek 2026/11", "CSÁT · 21 tétel · 2026. 12. 01.", "9 870 300 Ft", Tone::Neutral, "aláírásra vár"),
    ("Áfa befizetés", "HCT · 1 tétel · 2026. 11. 23.", "4 118 000 Ft", Tone::Good, "aláírt"),
    ("Rönkfa import", "Deviza · 2 tétel · 2026. 11. 24.", "14 200,00 EUR", Tone::Neutral, "rögzített"),
];

/// Partner, account, sum, narrative.
pub(super) const ITEMS: [(&str, &str, &str, &str); 6] = [
    ("Őrségi Faipari Zrt.", "11773016-11111018", "1 250 000 Ft", "F-2026/1203 számla kiegyenlítése"),
    ("Üveges és Társa Bt.", "10410400-00000190-04894827", "318 400 Ft", "2026-554"),
    ("Hűtőgép Szerviz Kft.", "+36 30 123 4567", "96 000 Ft", "karbantartás, november"),
    ("NAV Áfa", "10032000-01076019", "4 118 000 Ft", "12892312-2-41 áfa"),
    ("Duna Logisztika Nyrt.", "12100011-19014874", "2 400 000 Ft", "fuvar 2026/11"),
    ("Példa Kereskedelmi Kft.", "11720001-22482543", "772 150 Ft", "SZ-88120"),
];

/// Name, number, booked, available.
pub(super) const ACCOUNTS: [(&str, &str, &str, &str); 3] = [
    ("Forint fő számla", "10400023-53656565-85691020", "48 210 455 Ft", "47 310 455 Ft"),
    ("Bérszámla", "10400023-53656565-85691037", "12 004 100 Ft", "12 004 100 Ft"),
    ("Euró számla", "10400023-53656565-85691051", "84 120,55 EUR", "84 120,55 EUR"),
];

const PARTNERS: [&str; 5] =
    ["Őrségi Faipari Zrt.", "Őrségi Üveg Kft.", "Önkormányzat", "Duna Logisztika Nyrt.", "NAV Áfa"];

/// Partners whose name begins with what was typed, unless it is already one of them.
pub(super) fn partners_like(typed: &str) -> Vec<String> {
    if typed.is_empty() || PARTNERS.contains(&typed) {
        return Vec::new();
    }
    let typed = typed.to_lowercase();
    PARTNERS
        .iter()
        .filter(|name| name.to_lowercase().starts_with(&typed))
        .map(|name| (*name).to_owned())
        .collect()
}

pub(super) fn balance() -> (Vec<f32>, Vec<f32>) {
    let was = vec![47.0, 44.0, 45.5, 39.0, 42.0, 34.0, 37.0, 57.0, 56.0, 53.0, 49.5, 45.0, 48.0, 43.0, 41.5];
    let will = vec![38.0, 34.0, 26.0, 29.0, 27.5, 21.0, 17.5, 16.0, 22.0];
    (was, will)
}

pub(super) fn weeks() -> Vec<Week> {
    [
        ("10. 12.", 31.0, 20.0),
        ("10. 19.", 24.0, 28.0),
        ("10. 26.", 42.0, 17.0),
        ("11. 02.", 21.0, 31.0),
        ("11. 09.", 28.0, 24.0),
        ("11. 16.", 35.0, 20.0),
    ]
    .into_iter()
    .map(|(name, inflow, outflow)| Week { name: name.to_owned(), inflow, outflow })
    .collect()
}
