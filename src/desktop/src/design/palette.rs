//! The colours, by what they mean.
//!
//! One plain struct and three fills of it: light, dark and high contrast. A test holds text at a contrast of 4.5 : 1
//! and lines that carry meaning at 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11).

use iced::Color;

/// One set of colours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    pub background: Color,
    pub panel: Color,
    /// Borders of panels and controls.
    pub line: Color,
    /// Lines between rows, neutral pills.
    pub weak_line: Color,
    pub text: Color,
    pub dim: Color,
    /// The primary button, links, marks, the selected.
    pub accent: Color,
    /// Text on the accent.
    pub on_accent: Color,
    /// Shortcut hints on the accent.
    pub on_accent_dim: Color,
    /// Selected rows, accent pills.
    pub accent_weak: Color,
    /// Text on the weak accent, links.
    pub on_accent_weak: Color,
    pub good: Color,
    pub good_weak: Color,
    /// Wants a look, waits.
    pub care: Color,
    pub care_weak: Color,
    pub bad: Color,
    pub bad_weak: Color,
    /// The ring around what has the keyboard.
    pub focus: Color,
    pub navigation: Color,
    /// Text of the navigation.
    pub navigation_text: Color,
    /// Section titles of the navigation.
    pub navigation_dim: Color,
    /// The chosen item of the navigation.
    pub navigation_selected: Color,
    /// Text of the chosen item.
    pub navigation_on_selected: Color,
    /// Behind the count of an item.
    pub badge: Color,
    /// Outgoing money in charts.
    pub outflow: Color,
    /// Laid over the page behind a sheet.
    pub shade: Color,
}

const fn rgb(hex: u32) -> Color {
    Color {
        r: ((hex >> 16) & 0xff) as f32 / 255.0,
        g: ((hex >> 8) & 0xff) as f32 / 255.0,
        b: (hex & 0xff) as f32 / 255.0,
        a: 1.0,
    }
}

/// Ink on light paper.
pub const LIGHT: Palette = Palette {
    background: rgb(0xf6_f7_f9),
    panel: rgb(0xff_ff_ff),
    line: rgb(0xdf_e3_e8),
    weak_line: rgb(0xec_ef_f3),
    text: rgb(0x16_20_2c),
    dim: rgb(0x5b_67_75),
    accent: rgb(0x0f_5f_6b),
    on_accent: rgb(0xff_ff_ff),
    on_accent_dim: rgb(0xc4_dc_df),
    accent_weak: rgb(0xe3_f0_f1),
    on_accent_weak: rgb(0x0b_4a_54),
    good: rgb(0x1c_7a_43),
    good_weak: rgb(0xe4_f4_ea),
    care: rgb(0x8a_5a_00),
    care_weak: rgb(0xfd_f3_dc),
    bad: rgb(0xb3_26_1e),
    bad_weak: rgb(0xfc_e8_e6),
    focus: rgb(0x2a_8a_98),
    navigation: rgb(0x12_30_3a),
    navigation_text: rgb(0xcf_e0_e4),
    navigation_dim: rgb(0x8f_a9_b0),
    navigation_selected: rgb(0x1d_45_52),
    navigation_on_selected: rgb(0xff_ff_ff),
    badge: rgb(0x2c_5c_6a),
    outflow: rgb(0xbf_80_22),
    shade: Color { a: 0.40, ..rgb(0x10_1c_24) },
};

/// Light ink on dark paper.
pub const DARK: Palette = Palette {
    background: rgb(0x10_16_1c),
    panel: rgb(0x18_21_29),
    line: rgb(0x2b_37_42),
    weak_line: rgb(0x22_2d_37),
    text: rgb(0xe6_eb_f0),
    dim: rgb(0x97_a5_b3),
    accent: rgb(0x4f_b3_c1),
    on_accent: rgb(0x08_1d_22),
    on_accent_dim: rgb(0x0d_2f_36),
    accent_weak: rgb(0x17_33_3a),
    on_accent_weak: rgb(0x8f_d6_e0),
    good: rgb(0x62_c5_8a),
    good_weak: rgb(0x14_30_1f),
    care: rgb(0xe3_b0_4b),
    care_weak: rgb(0x33_29_0f),
    bad: rgb(0xf0_8a_80),
    bad_weak: rgb(0x3a_1a_18),
    focus: rgb(0x5c_c6_d4),
    navigation: rgb(0x0b_1a_20),
    navigation_text: rgb(0xb5_c9_cf),
    navigation_dim: rgb(0x7d_95_9c),
    navigation_selected: rgb(0x15_30_39),
    navigation_on_selected: rgb(0xff_ff_ff),
    badge: rgb(0x2c_5c_6a),
    outflow: rgb(0xd0_97_3c),
    shade: Color { a: 0.55, ..rgb(0x04_08_0b) },
};

/// White and yellow on black, every border drawn.
pub const HIGH_CONTRAST: Palette = Palette {
    background: rgb(0x00_00_00),
    panel: rgb(0x00_00_00),
    line: rgb(0xff_ff_ff),
    weak_line: rgb(0x55_55_55),
    text: rgb(0xff_ff_ff),
    dim: rgb(0xe0_e0_e0),
    accent: rgb(0xff_d8_00),
    on_accent: rgb(0x00_00_00),
    on_accent_dim: rgb(0x1c_18_00),
    accent_weak: rgb(0x3d_34_00),
    on_accent_weak: rgb(0xff_e6_66),
    good: rgb(0x5d_f0_8c),
    good_weak: rgb(0x00_2b_10),
    care: rgb(0xff_c8_3d),
    care_weak: rgb(0x33_26_00),
    bad: rgb(0xff_9a_90),
    bad_weak: rgb(0x3d_0a_06),
    focus: rgb(0x00_e5_ff),
    navigation: rgb(0x00_00_00),
    navigation_text: rgb(0xff_ff_ff),
    navigation_dim: rgb(0xe0_e0_e0),
    navigation_selected: rgb(0x3d_34_00),
    navigation_on_selected: rgb(0xff_e6_66),
    badge: rgb(0x4a_4a_4a),
    outflow: rgb(0xff_9a_3d),
    shade: Color { a: 0.75, ..rgb(0x00_00_00) },
};

/// `over` laid on `under` with the given share (0 to 1).
#[must_use]
pub fn mix(under: Color, over: Color, share: f32) -> Color {
    let part = |a: f32, b: f32| a + (b - a) * share;
    Color { r: part(under.r, over.r), g: part(under.g, over.g), b: part(under.b, over.b), a: 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(color: Color) -> f32 {
        let channel = |v: f32| if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) };
        0.2126 * channel(color.r) + 0.7152 * channel(color.g) + 0.0722 * channel(color.b)
    }

    fn contrast(a: Color, b: Color) -> f32 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_stands_out_from_what_is_behind_it() {
        for (name, p) in [("light", LIGHT), ("dark", DARK), ("high contrast", HIGH_CONTRAST)] {
            for (what, ink, paper) in [
                ("text on background", p.text, p.background),
                ("text on panel", p.text, p.panel),
                ("text on neutral", p.text, p.weak_line),
                ("text on selection", p.text, p.accent_weak),
                ("dim on background", p.dim, p.background),
                ("dim on panel", p.dim, p.panel),
                ("dim on selection", p.dim, p.accent_weak),
                ("on accent", p.on_accent, p.accent),
                ("hint on accent", p.on_accent_dim, p.accent),
                ("on weak accent", p.on_accent_weak, p.accent_weak),
                ("link on panel", p.on_accent_weak, p.panel),
                ("neutral pill", p.dim, p.weak_line),
                ("good pill", p.good, p.good_weak),
                ("good on panel", p.good, p.panel),
                ("care pill", p.care, p.care_weak),
                ("care on panel", p.care, p.panel),
                ("bad pill", p.bad, p.bad_weak),
                ("bad on panel", p.bad, p.panel),
                ("navigation", p.navigation_text, p.navigation),
                ("navigation sections", p.navigation_dim, p.navigation),
                ("navigation selected", p.navigation_on_selected, p.navigation_selected),
                ("badge", p.navigation_on_selected, p.badge),
            ] {
                let ratio = contrast(ink, paper);
                assert!(ratio >= 4.5, "{name}: {what} is {ratio:.2}");
            }
        }
    }

    #[test]
    fn lines_that_carry_meaning_stand_out() {
        for (name, p) in [("light", LIGHT), ("dark", DARK), ("high contrast", HIGH_CONTRAST)] {
            for (what, line, paper) in [
                ("focus on panel", p.focus, p.panel),
                ("focus on background", p.focus, p.background),
                ("focus on navigation", p.focus, p.navigation),
                ("accent on panel", p.accent, p.panel),
                ("outflow on panel", p.outflow, p.panel),
            ] {
                let ratio = contrast(line, paper);
                assert!(ratio >= 3.0, "{name}: {what} is {ratio:.2}");
            }
        }
    }
}
