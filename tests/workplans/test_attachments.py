import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from workplans import attachments
from workplans.attachments import check


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def photo(size: tuple[int, int] = (40, 30), kind: str = "JPEG", mode: str = "RGB", **options: object) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, "red").save(written, kind, **options)
    return written.getvalue()


def package(*entries: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for entry in entries:
            archive.writestr(entry, "x")
    return written.getvalue()


def compound(*streams: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + b"".join(s.encode("utf-16-le") for s in streams)


def reason(name: str, content: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        check(upload(name, content))
    return refused.value.messages[0]


class TestPhotos:
    def test_are_scaled_and_keep_their_shape(self):
        kept = check(upload("检查现场.jpg", photo((3200, 1200))))
        assert Image.open(io.BytesIO(kept.content)).size == (1600, 600)
        assert (kept.name, kept.content_type) == ("检查现场.jpg", "image/jpeg")

    def test_small_ones_are_not_blown_up(self):
        assert Image.open(io.BytesIO(check(upload("a.png", photo(kind="PNG"))).content)).size == (40, 30)

    def test_lose_where_and_by_what_they_were_taken(self):
        exif = Image.Exif()
        exif[0x010F] = "SECRET-CAMERA"
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (30.0, 31.0, 12.5)
        source = photo(exif=exif, comment=b"SECRET-COMMENT")
        assert Image.open(io.BytesIO(source)).getexif().get_ifd(0x8825)[1] == "N"
        kept = check(upload("a.jpg", source)).content
        assert dict(Image.open(io.BytesIO(kept)).getexif()) == {}
        assert b"SECRET" not in kept

    def test_what_was_hidden_behind_the_picture_is_gone(self):
        assert b"<script>" not in check(upload("a.jpg", photo() + b"<script>alert(1)</script>")).content

    def test_stand_upright(self):
        exif = Image.Exif()
        exif[0x0112] = 6
        assert Image.open(io.BytesIO(check(upload("a.jpg", photo((40, 20), exif=exif))).content)).size == (20, 40)

    def test_become_jpeg_on_white_whatever_they_were(self):
        kept = check(upload("公章.webp", photo(kind="WEBP", mode="RGBA")))
        assert (kept.name, Image.open(io.BytesIO(kept.content)).format) == ("公章.jpg", "JPEG")
        clear = io.BytesIO()
        Image.new("RGBA", (9, 9), (0, 0, 0, 0)).save(clear, "PNG")
        assert Image.open(io.BytesIO(check(upload("a.png", clear.getvalue())).content)).getpixel((4, 4)) == (
            255,
            255,
            255,
        )

    @pytest.mark.parametrize("mode", ["L", "CMYK", "P", "1"])
    def test_of_any_colour_are_kept(self, mode: str):
        kind = "JPEG" if mode in ("L", "CMYK") else "PNG"
        picture = io.BytesIO()
        Image.new(mode, (10, 10)).save(picture, kind)
        assert check(upload("a", picture.getvalue())).content_type == "image/jpeg"

    def test_a_bomb_is_refused_before_it_is_unpacked(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(attachments, "MAX_PIXELS", 1000)
        assert "像素太多" in reason("a.jpg", photo((40, 30)))

    @pytest.mark.parametrize("kind", ["PNG", "WEBP"])
    def test_what_must_be_decoded_whole_has_a_lower_limit_than_a_jpeg(self, monkeypatch: pytest.MonkeyPatch, kind: str):
        monkeypatch.setattr(attachments, "MAX_PIXELS_WHOLE", 1000)
        assert "PNG 和 WebP 不超过 2500 万像素" in reason("a", photo((40, 30), kind))
        assert check(upload("a", photo((40, 25), kind))).content_type == "image/jpeg"
        assert check(upload("a.jpg", photo((40, 30)))).content_type == "image/jpeg"

    def test_pillows_own_limit_is_refused_too(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
        assert "像素太多" in reason("a.png", photo((40, 30), "PNG"))

    def test_a_torn_one_is_refused(self):
        assert "损坏" in reason("a.jpg", photo((400, 300))[:400])

    def test_heic_is_named(self):
        assert "HEIC" in reason("IMG_1.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")


class TestDocuments:
    @pytest.mark.parametrize(
        ("content", "name", "kept"),
        [
            (b"%PDF-1.7\n...", "通知.pdf", "通知.pdf"),
            (b"%PDF-1.7\n...", "通知.exe", "通知.pdf"),
            (package("[Content_Types].xml", "word/document.xml"), "方案.docx", "方案.docx"),
            (package("xl/workbook.xml"), "名单.zip", "名单.xlsx"),
            (package("ppt/presentation.xml"), "课件.pptx", "课件.pptx"),
            (package("OFD.xml"), "公文.ofd", "公文.ofd"),
            (compound("Root Entry", "WordDocument"), "方案.doc", "方案.doc"),
            (compound("Root Entry", "WordDocument"), "方案.WPS", "方案.wps"),
            (compound("Root Entry", "Workbook"), "统计.et", "统计.et"),
            (compound("Root Entry", "PowerPoint Document"), "课件.doc", "课件.ppt"),
        ],
    )
    def test_are_told_by_their_content(self, content: bytes, name: str, kept: str):
        checked = check(upload(name, content))
        assert (checked.name, checked.content) == (kept, content)

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"MZ\x90\0 a program", "不是能保存的文件"),
            (b"<html><script>alert(1)</script>", "不是能保存的文件"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不是能保存的文件"),
            (b"GIF89a" + b"\0" * 30, "不是能保存的文件"),
            (package("anything.txt"), "不是能保存的文件"),
            (compound("Root Entry", "!Property"), "不是能保存的文件"),
            (b"PK\x03\x04 no zip at all", "损坏"),
            (package("word/document.xml", "word/vbaProject.bin"), "宏"),
            (compound("WordDocument", "_VBA_PROJECT"), "宏"),
            (b"x", "不是能保存的文件"),
        ],
    )
    def test_others_are_refused_with_the_reason(self, content: bytes, why: str):
        assert why in reason("文件.docx", content)


def test_a_large_file_is_refused(settings):
    settings.ATTACHMENT_MAX_BYTES = 1024 * 1024
    assert "超过 1 MB" in reason("大.pdf", b"%PDF-" + b"0" * 1024 * 1024)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\用户\\通知.pdf", "通知.pdf"),
        ("a\u202egpj.pdf", "agpj.pdf"),
        ("换\n行.pdf", "换行.pdf"),
        (".pdf", "pdf.pdf"),
        ("字" * 300 + ".pdf", "字" * 116 + ".pdf"),
    ],
)
def test_names_steer_nothing(name: str, kept: str):
    file = upload("a.pdf", b"%PDF-1.4")
    file._name = name  # past Django's own cleaning
    assert check(file).name == kept


def test_a_name_holds_no_mobile_number():
    assert "手机号码" in reason("13800138000.pdf", b"%PDF-1.4")
