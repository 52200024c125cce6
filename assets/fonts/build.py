#!/usr/bin/env python3
"""Makes the embedded fonts of Kapocs from the originals of the distribution.

    /usr/bin/python3 build.py      # needs Debian's fonts-inter, fonts-jetbrains-mono and python3-fonttools

Kapocs Sans is Inter with its tabular figures put in place of the proportional ones (iced cannot switch OpenType
features), subset to what Hungarian and English screens show. Kapocs Mono is JetBrains Mono without its ligatures, for
fingerprints and codes that are read aloud. Both carry their own family name so that a font installed on the machine never stands in.
"""

from pathlib import Path

from fontTools import subset
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
INTER = Path("/usr/share/fonts/opentype/inter")
JETBRAINS = Path("/usr/share/fonts/truetype/jetbrains-mono")

# Latin, Latin-1, Latin Extended-A, spaces, dashes, quotes, ellipsis, euro, arrows, marks.
SANS = (
    list(range(0x20, 0x7F))
    + [c for c in range(0xA0, 0x180) if c != 0x149]
    + [0x2009, 0x200A, 0x202F, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D]
    + [0x201E, 0x2022, 0x2026, 0x2030, 0x20AC, 0x2116, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2248, 0x2260]
    + [0x2264, 0x2265, 0x25B4, 0x25BE, 0x25B8, 0x25C2, 0x25CF, 0x2713, 0x2715]
)
MONO = [ord(c) for c in " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-:./·\u00a0"]

FACES = [
    (INTER / "Inter-Regular.otf", "Kapocs Sans", "Regular", 400, "KapocsSans-Regular.otf", SANS),
    (INTER / "Inter-Medium.otf", "Kapocs Sans", "Medium", 500, "KapocsSans-Medium.otf", SANS),
    (INTER / "Inter-SemiBold.otf", "Kapocs Sans", "SemiBold", 600, "KapocsSans-SemiBold.otf", SANS),
    (INTER / "Inter-Bold.otf", "Kapocs Sans", "Bold", 700, "KapocsSans-Bold.otf", SANS),
    (JETBRAINS / "JetBrainsMono-Regular.ttf", "Kapocs Mono", "Regular", 400, "KapocsMono-Regular.ttf", MONO),
    (JETBRAINS / "JetBrainsMono-Bold.ttf", "Kapocs Mono", "Bold", 700, "KapocsMono-Bold.ttf", MONO),
]


def single_substitutions(font, tag):
    """Glyph to glyph pairs of one OpenType feature."""
    table = font["GSUB"].table
    pairs = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag != tag:
            continue
        for index in record.Feature.LookupListIndex:
            for sub in table.LookupList.Lookup[index].SubTable:
                sub = getattr(sub, "ExtSubTable", sub)
                pairs.update(getattr(sub, "mapping", {}))
    return pairs


def freeze_tabular(font):
    """Puts the tabular glyphs behind the characters; the kerning of the proportional ones falls away with them."""
    pairs = single_substitutions(font, "tnum")
    for table in font["cmap"].tables:
        for code in range(0x30, 0x3A):
            if table.cmap.get(code) in pairs:
                table.cmap[code] = pairs[table.cmap[code]]


def draw_marks(font):
    """Draws the small marks that Inter lacks over glyphs that no screen uses, and puts them behind their characters."""
    upm = font["head"].unitsPerEm
    unit = upm / 100
    middle = 36.5  # half the height of the capitals
    down = [(6, middle + 12), (54, middle + 12), (30, middle - 15)]
    up = [(6, middle - 13), (30, middle + 14), (54, middle - 13)]
    right = [(14, middle - 24), (14, middle + 24), (41, middle)]
    left = [(46, middle - 24), (19, middle), (46, middle + 24)]
    cross = [(9, 19), (15, 13), (30, 30.5), (45, 13), (51, 19), (35.5, 36.5)]
    cross += [(51, 54), (45, 60), (30, 42.5), (15, 60), (9, 54), (24.5, 36.5)]
    marks = {0x25BE: (0x25BC, down), 0x25B4: (0x25B2, up), 0x25B8: (0x25B6, right), 0x25C2: (0x25C0, left)}
    marks[0x2715] = (0x2717, cross)
    top = font["CFF "].cff.topDictIndex[0]
    best = font.getBestCmap()
    for code, (host, points) in marks.items():
        glyph = best[host]
        pen = T2CharStringPen(round(60 * unit), None)
        pen.moveTo(tuple(round(v * unit) for v in points[0]))
        for point in points[1:]:
            pen.lineTo(tuple(round(v * unit) for v in point))
        pen.closePath()
        old = top.CharStrings[glyph]
        drawn = pen.getCharString(old.private, old.globalSubrs)
        if drawn.program[0] != round(60 * unit):
            raise SystemExit("the width of a drawn mark is lost")
        drawn.program[0] -= old.private.nominalWidthX
        top.CharStrings[glyph] = drawn
        font["hmtx"][glyph] = (round(60 * unit), round(min(x for x, _ in points) * unit))
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap.pop(host, None)
                table.cmap[code] = glyph


def rename(font, family, style, weight):
    names = font["name"]
    names.names = [n for n in names.names if n.nameID in (0, 13, 14)]
    for name_id, text in {
        1: family,
        2: style,
        3: f"{family} {style}",
        4: f"{family} {style}",
        6: f"{family.replace(' ', '')}-{style}",
    }.items():
        names.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [f"{family.replace(' ', '')}-{style}"]
        top = cff.topDictIndex[0]
        top.FamilyName, top.FullName = family, f"{family} {style}"


def main():
    for source, family, style, weight, target, codes in FACES:
        font = TTFont(source)
        if family == "Kapocs Sans":
            freeze_tabular(font)
            draw_marks(font)
        options = subset.Options()
        options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"] if family == "Kapocs Sans" else []
        options.name_IDs = ["*"]
        options.notdef_outline = True
        options.desubroutinize = False
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=codes)
        subsetter.subset(font)
        rename(font, family, style, weight)
        font.save(HERE / target)
        have = set(font.getBestCmap())
        print(target, (HERE / target).stat().st_size, "missing:", [f"{c:04X}" for c in codes if c not in have])


if __name__ == "__main__":
    main()
