"""Whether a paper is one that was signed here: by its version code, or by its bytes. It tells nothing else."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from .models.signed import SignedDocument, SignedQuerySet

NOTHING = "-"  # no code: it is asked for like every code, and found nowhere


class Verdict(StrEnum):
    MATCH = "match"
    SUPERSEDED = "superseded"
    MISMATCH = "mismatch"

    @property
    def label(self) -> str:
        return {
            Verdict.MATCH: _("相符，是现行的签发版本"),
            Verdict.SUPERSEDED: _("相符，但已有新的签发版本取代"),
            Verdict.MISMATCH: _("不符，不是在这里签发的版本"),
        }[self]  # fmt: skip


def of_code(typed: str) -> Verdict:
    """The verdict on a version code, however it was typed: full-width, small letters, with or without hyphens."""
    digits = re.sub(r"[\s\-‐‑–—_.]", "", unicodedata.normalize("NFKC", typed)).upper()
    whole = re.fullmatch("([0-9A-F]{4})([0-9A-F]{4})([0-9A-F]{4})", digits)
    return _verdict(SignedDocument.objects.coded("-".join(whole.groups()) if whole else NOTHING))


def of_sha256(digest: str) -> Verdict:
    return _verdict(SignedDocument.objects.of_bytes(digest))


def of_bytes(content: bytes) -> Verdict:
    return of_sha256(hashlib.sha256(content).hexdigest())


def _verdict(found: SignedQuerySet) -> Verdict:
    """One query, whatever was asked: how long it takes tells nothing."""
    standing = list(found.with_standing().values_list("superseded", flat=True)[:1])
    if not standing:
        return Verdict.MISMATCH
    return Verdict.SUPERSEDED if standing[0] else Verdict.MATCH
