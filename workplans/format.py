"""The format of a unit's papers, as a value: GB/T 9704 unless the unit asks for something else.

PDF and Word read the same values; nothing here knows Django or a database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

POINTS_PER_MM = 72 / 25.4
SHEET = (210, 297)  # millimetres: A4
CHARACTER = 15.75  # 三号 of the letterpress; 28 of them are as wide as the type area, 28 of 16 pt are not
CLOSEST = 29.45  # points from line to line (GB/T 33476.2): no closer, or the 23rd line would fit

Pitch = Literal["standard", "29", "28"]
NumberPlace = Literal["outer", "centre"]
Digits = Literal["roman", "body"]


@dataclass(frozen=True)
class Format:
    """How papers are set: millimetres for the sheet, points for the type.

    `pitch_rule`: "standard" spreads the lines from the type area's top to its foot; "29" and "28" are the fixed
    distances that offices know from Word. `left` is where an odd page is bound; with `duplex` an even page is its mirror.
    """

    pitch_rule: Pitch = "standard"
    number_place: NumberPlace = "outer"
    digits: Digits = "roman"
    top: float = 37
    bottom: float = 35
    left: float = 28
    right: float = 26
    duplex: bool = True

    size = 16  # 三号
    title_size = 22  # 二号
    number_size = 14  # 四号, of the page number
    number_drop = 7  # millimetres from the type area to the dash beside the page number

    @property
    def width(self) -> float:
        return SHEET[0] - self.left - self.right

    @property
    def height(self) -> float:
        return SHEET[1] - self.top - self.bottom

    @property
    def characters(self) -> int:
        """Of a full line."""
        return int(self.width * POINTS_PER_MM / CHARACTER)

    @property
    def lines(self) -> int:
        """Of a full page."""
        closest = CLOSEST if self.pitch_rule == "standard" else float(self.pitch_rule)
        return int((self.height * POINTS_PER_MM - self.size) / closest) + 1

    @property
    def pitch(self) -> float:
        """From line to line. By the standard the first line's top and the last one's foot touch the type area's edges."""
        if self.pitch_rule != "standard":
            return float(self.pitch_rule)
        return (self.height * POINTS_PER_MM - self.size) / (self.lines - 1)

    @property
    def cell(self) -> float:
        """The width of one character with its spacing."""
        return self.width * POINTS_PER_MM / self.characters

    @property
    def spacing(self) -> float:
        return self.cell - self.size

    @property
    def overhang(self) -> float:
        """Half the leading, in millimetres: a line's box ends that far outside its characters."""
        return (self.pitch - self.size) / 2 / POINTS_PER_MM


STANDARD = Format()
