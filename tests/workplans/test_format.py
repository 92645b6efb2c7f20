import pytest

from workplans.format import CHARACTER, POINTS_PER_MM, Format


def test_the_standard_has_22_lines_of_28_characters_in_156_by_225_millimetres():
    standard = Format()
    assert (standard.width, standard.height) == (156, 225)
    assert (standard.lines, standard.characters) == (22, 28)
    assert 29.45 <= standard.pitch <= 29.62


def test_by_the_standard_the_lines_fill_the_type_area():
    standard = Format()
    filled = (standard.lines - 1) * standard.pitch + standard.size
    assert filled == pytest.approx(standard.height * POINTS_PER_MM)
    assert standard.characters * standard.cell == pytest.approx(standard.width * POINTS_PER_MM)


@pytest.mark.parametrize(("rule", "pitch", "lines"), [("29", 29, 22), ("28", 28, 23)])
def test_a_fixed_pitch_leaves_at_the_foot_what_it_does_not_fill(rule, pitch, lines):
    fixed = Format(pitch_rule=rule)
    assert (fixed.pitch, fixed.lines) == (pitch, lines)
    assert (fixed.lines - 1) * fixed.pitch + fixed.size <= fixed.height * POINTS_PER_MM


@pytest.mark.parametrize("margins", [(37, 35, 28, 26), (35, 33, 27, 27), (25, 25, 30, 30), (50, 40, 20, 20)])
def test_other_margins_hold_as_many_characters_and_lines_as_fit(margins):
    other = Format(top=margins[0], bottom=margins[1], left=margins[2], right=margins[3])
    assert 29.45 <= other.pitch < 29.45 * (1 + 1 / (other.lines - 2))
    assert CHARACTER <= other.cell < CHARACTER * (1 + 1 / other.characters)
