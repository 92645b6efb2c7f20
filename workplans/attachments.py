"""What may be kept with a ledger row: photos, PDF and office files, told by their content and never by their name.

Photos are scaled and written anew, so that neither camera data nor positions, nor anything hidden behind the picture,
reach the store. Other files are kept as they are; the view that serves them lets no browser open them in place.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from .models.guard import refuse_private_numbers

LONGEST_SIDE = 1600  # pixels: enough to read a notice on a photographed wall
MAX_PIXELS = 64_000_000  # a picture of more is a decompression bomb, or needs more memory than a small server has
# PNG and WebP cannot be decoded at a smaller size, as JPEG can: each pixel takes 4 bytes, and twice that while copied.
MAX_PIXELS_WHOLE = 25_000_000
NAME_LENGTH = 120

# With a kept file goes this policy: a browser made to open it in place runs nothing in it.
CONTENT_SECURITY_POLICY = "sandbox; default-src 'none'"

HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif"}
OFFICE = "application/vnd.openxmlformats-officedocument."
# The entry that only such a package has → its ending and type
PACKAGES = {
    "word/document.xml": (".docx", OFFICE + "wordprocessingml.document"),
    "xl/workbook.xml": (".xlsx", OFFICE + "spreadsheetml.sheet"),
    "ppt/presentation.xml": (".pptx", OFFICE + "presentationml.presentation"),
    "OFD.xml": (".ofd", "application/ofd"),
}
# The stream that only such a compound file has → its endings (WPS writes the same streams) and type
STREAMS = {
    "WordDocument": ((".doc", ".wps"), "application/msword"),
    "Workbook": ((".xls", ".et"), "application/vnd.ms-excel"),
    "PowerPoint Document": ((".ppt", ".dps"), "application/vnd.ms-powerpoint"),
}


@dataclass(frozen=True)
class Checked:
    """A file fit to be kept."""

    name: str
    content: bytes
    content_type: str


def check(upload: UploadedFile) -> Checked:
    """The upload as it will be kept. Raises ValidationError, in words for the person who chose the file."""
    refuse_private_numbers(PurePosixPath(upload.name or "").stem)
    if upload.size > settings.ATTACHMENT_MAX_BYTES:
        limit = settings.ATTACHMENT_MAX_BYTES // 1024 // 1024
        raise _refusal(upload, _("“%(name)s”超过 %(limit)d MB，请压缩或拆分后再传。"), limit=limit)
    upload.seek(0)  # a form that is drawn again checks its files again
    head = upload.read(16)
    upload.seek(0)
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or head[:4] + head[8:12] == b"RIFFWEBP":
        return Checked(_safe_name(upload, ".jpg"), _scaled(upload), "image/jpeg")
    if head.startswith(b"%PDF-"):
        return Checked(_safe_name(upload, ".pdf"), upload.read(), "application/pdf")
    if head.startswith(b"PK\x03\x04"):
        return _package(upload)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(upload)
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        raise _refusal(
            upload,
            _(
                "“%(name)s”是 HEIC 格式的照片，多数办公电脑打不开。请在手机上另存为 JPG，或把相机格式设为“兼容性最佳”后再传。"
            ),
        )
    raise _unknown(upload)


def _package(upload: UploadedFile) -> Checked:
    """An office file of today: a zip, of which only the list of entries is read."""
    try:
        with zipfile.ZipFile(upload) as package:
            entries = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError, OSError) as error:
        raise _broken(upload) from error
    if any(entry.lower().endswith("vbaproject.bin") for entry in entries):
        raise _with_macros(upload)
    for entry, (ending, content_type) in PACKAGES.items():
        if entry in entries:
            upload.seek(0)
            return Checked(_safe_name(upload, ending), upload.read(), content_type)
    raise _unknown(upload)


def _compound(upload: UploadedFile) -> Checked:
    """An office file of old: a compound file, whose directory names its streams in UTF-16."""
    content = upload.read()
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise _with_macros(upload)
    for stream, (endings, content_type) in STREAMS.items():
        if stream.encode("utf-16-le") in content:
            chosen = PurePosixPath(upload.name or "").suffix.lower()
            return Checked(_safe_name(upload, chosen if chosen in endings else endings[0]), content, content_type)
    raise _unknown(upload)


def _scaled(upload: BinaryIO | UploadedFile) -> bytes:
    """The picture upright, at most LONGEST_SIDE long, as a JPEG without any data about where and how it was taken."""
    try:
        with Image.open(upload, formats=("JPEG", "PNG", "WEBP")) as picture:
            if picture.width * picture.height > (MAX_PIXELS if picture.format == "JPEG" else MAX_PIXELS_WHOLE):
                raise Image.DecompressionBombError
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            opaque = _on_white(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _refusal(
            upload, _("“%(name)s”的像素太多，请缩小后再传：JPG 不超过 6400 万像素，PNG 和 WebP 不超过 2500 万像素。")
        ) from error
    except Exception as error:  # a decoder met with a hostile file may raise anything
        raise _broken(upload) from error
    written = io.BytesIO()
    opaque.save(written, "JPEG", quality=82, optimize=True)
    return written.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """A picture of bare pixels: new, so that no metadata comes along; what is transparent becomes paper."""
    layers = picture.convert("RGBA")
    paper = Image.new("RGB", layers.size, "white")
    paper.paste(layers, mask=layers.getchannel("A"))
    return paper


def _safe_name(upload: UploadedFile, ending: str) -> str:
    """The name people know the file by, with the ending of what it is; nothing that steers a path or a display."""
    stem = PurePosixPath((upload.name or "").replace("\\", "/")).stem
    plain = "".join(c for c in unicodedata.normalize("NFC", stem) if unicodedata.category(c)[0] != "C")
    plain = re.sub(r'[<>:"/\\|?*\s]+', " ", plain).strip(" .")
    return (plain or "附件")[: NAME_LENGTH - len(ending)] + ending


def _refusal(upload: object, text: object, **values: object) -> ValidationError:
    return ValidationError(text, params={"name": getattr(upload, "name", ""), **values})  # type: ignore[arg-type]


def _broken(upload: object) -> ValidationError:
    return _refusal(upload, _("“%(name)s”已损坏或不完整，打不开。请换一个文件。"))


def _with_macros(upload: object) -> ValidationError:
    return _refusal(upload, _("“%(name)s”带有宏程序，为了安全不能保存。请另存为不带宏的文件后再传。"))


def _unknown(upload: object) -> ValidationError:
    return _refusal(
        upload,
        _("“%(name)s”不是能保存的文件。可以传照片（JPG、PNG、WebP）、PDF、OFD 和 Word、Excel、PowerPoint、WPS 文件。"),
    )
