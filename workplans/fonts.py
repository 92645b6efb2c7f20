"""The faces of official papers: which are wanted for what, which of them this machine has, and what they can draw.

Official faces come first; free ones stand in for them. Nothing here draws: that is workplans/render.py.
"""

import ctypes.util
import functools
import subprocess
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from django.utils.translation import gettext as _

from workplans.paper import INVISIBLE, PaperRefused

FACES = {
    "小标宋": ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "Noto Serif CJK SC"),
    "仿宋": ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "方正仿宋_GBK", "STFangsong", "FandolFang"),
    "楷体": ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "FandolKai"),
    "黑体": ("黑体", "SimHei", "Noto Sans CJK SC"),
    "宋体": ("宋体", "SimSun", "NSimSun", "Noto Serif CJK SC"),
    "数字": ("Times New Roman", "Liberation Serif"),
}
RARE = ("Noto Serif CJK SC", "HanaMinA", "HanaMinB")
LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")

NEEDS_BOLD = "Noto Serif CJK SC"  # as heavy as 小标宋 in bold; the official faces are heavy by themselves
USUAL_DROP = 8.96  # points from the top of a 14 pt line of Noto Serif to its dash


class Characters:
    """The characters a face can draw, as fontconfig lists them: hexadecimal ranges in order."""

    def __init__(self, charset: str) -> None:
        ranges = [part.partition("-") for part in charset.split()]
        self.starts = [int(first, 16) for first, _, _ in ranges]
        self.ends = [int(last or first, 16) for first, _, last in ranges]

    def __contains__(self, character: str) -> bool:
        code = ord(character)
        place = bisect_right(self.starts, code) - 1
        return place >= 0 and code <= self.ends[place]


@dataclass(frozen=True)
class Face:
    file: str
    index: int
    characters: Characters


@functools.cache
def installed() -> dict[str, Face]:
    """The wanted faces that are here, by family; empty when fontconfig cannot tell."""
    wanted = {family for families in FACES.values() for family in families} | set(RARE)
    try:
        command = ["fc-list", ":slant=0", "--format", "%{family}|%{weight}|%{file}|%{index}|%{charset}\n"]
        listing = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return {}
    found: dict[str, tuple[float, Face]] = {}
    for line in listing.splitlines():
        names, weight, file, index, charset = line.split("|")
        for family in wanted.intersection(names.split(",")):
            lightness = -abs(float(weight.strip("[]").split()[0]) - 80)  # 80 is regular; its bold draws the same
            if family not in found or found[family][0] < lightness:
                found[family] = lightness, Face(file, int(index) & 0xFFFF, Characters(charset))
    return {family: face for family, (_, face) in found.items()}


def chosen(role: str) -> str:
    """The family that prints a role on this machine, "" when none of its faces is here."""
    return next((family for family in FACES[role] if family in installed()), "")


def roles() -> dict[str, str]:
    """For each role the family that prints it, "" for one that has none."""
    return {role: chosen(role) for role in FACES}


def summary_of_faces() -> str:
    """小标宋 Noto Serif CJK SC, 仿宋 FandolFang, …: a line for the log and for who watches the machine."""
    return ", ".join(f"{role} {family or 'MISSING'}" for role, family in roles().items())


def is_in_body_face(character: str) -> bool:
    family = chosen("仿宋")
    if family:
        return character in installed()[family].characters
    try:
        character.encode("gb2312")  # what every 仿宋 has
    except UnicodeEncodeError:
        return False
    return True


def needs_glyph(character: str) -> bool:
    invisible = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp") or ord(character) in INVISIBLE
    selects_a_variant = 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF
    return not invisible and not selects_a_variant


def stand_in(character: str) -> str:
    """The family that draws a character the body face lacks, "" when none does."""
    families = dict.fromkeys([*FACES["仿宋"], *RARE, *(family for names in FACES.values() for family in names)])
    return next(
        (family for family in families if family in installed() and character in installed()[family].characters), ""
    )


def refuse_unprintable(text: str) -> None:
    """Raise PaperRefused, naming it and its place, when no face of the paper has a character: it would print as a box.

    Other faces of the machine do not count, so that a text which one server prints is printed by every other.
    """
    lacking = {character for character in set(text) if needs_glyph(character) and not stand_in(character)}
    if installed() and lacking:
        place = min(map(text.index, lacking))
        raise PaperRefused(
            _("%(place)s：字体里没有“%(character)s”（%(code)s），印不出来，请删去或换一个字。")
            % {"place": place_in(text, place), "character": text[place], "code": code_of(text[place])}
        )


@dataclass(frozen=True)
class StandIn:
    """A character that the body face lacks, where it first stands, and the family that prints it instead."""

    character: str
    place: str
    family: str

    def __str__(self) -> str:
        words = {"character": self.character, "code": self.code, "place": self.place, "family": self.family or "—"}
        return _("“%(character)s”（%(code)s，%(place)s，%(family)s）") % words

    @property
    def code(self) -> str:
        return code_of(self.character)


def stand_ins(text: str) -> list[StandIn]:
    """The Chinese characters of a text that another face than the body's will print, in order."""
    lacking = {each for each in set(text) if is_chinese(each) and not is_in_body_face(each)}
    return [StandIn(text[at], place_in(text, at), stand_in(text[at])) for at in sorted(map(text.index, lacking))]


def is_chinese(character: str) -> bool:
    return unicodedata.category(character) == "Lo" and ord(character) >= 0x2E80


def place_in(text: str, at: int) -> str:
    """第3段第12字: which line of the text, if it has several, and which character of it."""
    line_start = text.rfind("\n", 0, at) + 1
    if "\n" not in text:
        return _("第%(character)d字") % {"character": at + 1}
    return _("第%(line)d段第%(character)d字") % {"line": text.count("\n", 0, at) + 1, "character": at - line_start + 1}


def code_of(character: str) -> str:
    return f"U+{ord(character):04X}"


@functools.cache
def dash_drop() -> float:
    """Points from the top of a 14 pt line to the dash beside the page number, read from the face that prints it."""
    face = installed().get(chosen("宋体"))
    if face is None:
        return USUAL_DROP
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.ttLib import TTFont

    with TTFont(face.file, fontNumber=face.index, lazy=True) as font:
        pen = BoundsPen(font.getGlyphSet())
        font.getGlyphSet()[font.getBestCmap()[ord("—")]].draw(pen)
        middle = (pen.bounds[1] + pen.bounds[3]) / 2
        baseline = (font["hhea"].ascent + font["hhea"].descent) / 2
        return 7 + 14 * (baseline - middle) / font["head"].unitsPerEm


def check_fonts() -> list[str]:
    """What is missing for printing on this machine, one sentence each, for a system check; empty when all is there."""
    missing = [
        _("缺少系统库 %(name)s，无法生成 PDF。") % {"name": name}
        for name in LIBRARIES
        if not ctypes.util.find_library(name)
    ]
    if not installed():
        return [*missing, _("缺少 fontconfig 或字体，无法查找字体。")]
    return missing + [
        _("缺少%(role)s字体，请安装下列之一：%(families)s。") % {"role": role, "families": "、".join(FACES[role])}
        for role, family in roles().items()
        if not family
    ]
