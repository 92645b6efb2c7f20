"""Papers to set: the office's own summary, and a long text with all that pushes lines off a grid."""

import random
import re
from pathlib import Path

from workplans.format import STANDARD, Format
from workplans.paper import Paper, blocks_of

SEED = Path(__file__).resolve().parents[1] / "golden/seed-summary.txt"

# Digits, quotes, brackets, percentages and rare characters.
HARD = (
    "学习中央、省、市、区关于统战工作的重大决策部署，开展专题学习22次，培训1100余人次；走访企业54家，提供岗位1000多个，"
    "达成意向3.5%，联系㛃䶮喆堃镕等人士，始终把“安全生产”放在首位（含“法治”宣传），"
)
COMMON = (
    "的一是在有人大中和国上为统战工作镇村场所检查企业学习宣传化解矛盾服务发展党委会议代表人士宗教民族经济社会阶层商会调研走访"
    "安全隐患整改完成推进落实"
)
NUMERALS = "一二三四五六七八九"


def seed_paper(format: Format = STANDARD) -> Paper:
    """The office's half-year summary, its paragraphs lengthened until it fills several pages."""
    title, text = SEED.read_text(encoding="utf-8").split("\n", 1)
    longer = re.sub(r"^(（.）.*)$", lambda line: f"{line[1]}\n{HARD * 5}取得实效。", text, flags=re.M)
    return Paper(title, blocks_of(longer), "某镇党委统战工作办公室", "2020年6月30日", format=format)


def stress_text(paragraphs: int) -> str:
    """So many paragraphs under headings of two levels, the same every time."""
    chance = random.Random(9704)  # noqa: S311
    lines = []
    for number in range(paragraphs):
        if number % 9 == 0:
            lines.append(f"{NUMERALS[number // 9 % 9]}、{words(chance, 5, 30)}")
        if number % 3 == 0:
            heading = f"（{NUMERALS[number // 3 % 3]}）{words(chance, 5, 18)}"
            lines.append(f"{heading}。{sentence(chance)}" if number % 2 else heading)
        lines.append(sentence(chance))
    return "\n".join(lines)


def sentence(chance: random.Random) -> str:
    pieces = [words(chance, 2, 9)]
    for _ in range(chance.randint(10, 50)):
        others = [
            f"{chance.randint(1, 99999)}次", f"{chance.randint(1, 99)}.{chance.randint(1, 9)}%", "，", "、", "；", "——", "……",
            f"“{words(chance, 2, 4)}”", f"（{words(chance, 2, 6)}）", f"《{words(chance, 4, 6)}》，", f"（“{words(chance, 2, 3)}”）",
            chance.choice("㛃䶮喆堃镕𠮷"), chance.choice(["GB/T 9704", "WeChat", "A", "Excel 2019", "No.5", "B2B"]),
        ]  # fmt: skip
        pieces.append(chance.choice(others) if chance.random() < 0.45 else "")
        pieces.append(words(chance, 2, 9))
    return "".join(pieces) + "。"


def words(chance: random.Random, least: int, most: int) -> str:
    return "".join(chance.choices(COMMON, k=chance.randint(least, most)))
