"""校验: match, superseded or mismatch, for whoever holds the paper; and nothing else."""

import datetime as dt
import io
import re

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import SignInFailure
from workplans import signing
from workplans.editions import reopen
from workplans.models import SignedDocument, Summary, VerifyFailure
from workplans.models.verify import VerifyFailureQuerySet
from workplans.proof import proof_of
from workplans.verify import Verdict, of_bytes, of_code
from workplans.views import verify as page

from ..factories import make_activity
from .summaries import DAY, NOW, make_signed

LIMIT = VerifyFailureQuerySet.LIMIT
WORDS = {
    Verdict.MATCH: "相符，是现行的签发版本",
    Verdict.SUPERSEDED: "相符，但已有新的签发版本取代",
    Verdict.MISMATCH: "不符，不是在这里签发的版本",
}


@pytest.fixture
def document(cast):
    make_activity(by=cast.clerk, kind="inspection")
    return make_signed(by=cast.signer, texts={"intro": "开展检查{安全检查次数}次。"})


def correct(document, cast):
    edition = reopen(document.summary, cast.signer, "更正")
    Summary.objects.filter(pk=edition.pk).update(state="signing")
    edition.refresh_from_db()
    return signing.sign(edition, cast.signer, NOW, DAY, proof_of(edition).sha256)


def ask(client=None, **fields):
    if isinstance(fields.get("file"), bytes):
        fields["file"] = SimpleUploadedFile("总结.pdf", fields["file"])
    return (client or Client()).post(reverse("verify"), {"code": "", **fields})


def verdict(answer):
    return next((each for each, words in WORDS.items() if words in answer.content.decode()), None)


def told(answer) -> str:
    """The whole answer but for the verdict, the code that was typed, and the form's token."""
    text = re.sub(r'(name="(?:csrfmiddlewaretoken|code)") value="[^"]*"', r"\1", answer.content.decode())
    return re.sub(r'<div class="verdict".*?</div>', "", text, flags=re.DOTALL)


def test_the_code_on_the_paper_and_the_file_itself_match(cast, document):
    assert verdict(ask(code=document.code)) is Verdict.MATCH
    assert verdict(ask(file=bytes(document.pdf))) is Verdict.MATCH


def test_the_code_stands_in_the_pdf_on_its_last_page_and_in_its_metadata(document):
    reader = pypdf.PdfReader(io.BytesIO(bytes(document.pdf)))
    last = reader.pages[-1].extract_text()
    assert document.code in last
    assert document.code in reader.metadata["/Keywords"]
    assert document.code in str(reader.xmp_metadata.rdf_root.toxml())
    assert re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}", document.code)


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", ""), lambda code: f"  {code} ",
                                    lambda code: "".join(chr(ord(c) + 0xFEE0) for c in code)])  # fmt: skip
def test_a_code_may_be_typed_in_any_way(document, change):
    assert of_code(change(document.code)) is Verdict.MATCH


@pytest.mark.parametrize("code", ["", "%", "____________", "0", "0000-0000-0000", "g" * 12, "a" * 13, "😀", "\x00"])
def test_other_codes_match_nothing(document, code):
    assert of_code(code) is Verdict.MISMATCH


def test_a_part_of_a_code_is_no_code(document):
    assert of_code(document.code[:-1]) is Verdict.MISMATCH


def test_one_changed_byte_is_noticed(document):
    pdf = bytearray(document.pdf)
    pdf[len(pdf) // 2] ^= 1
    assert of_bytes(bytes(pdf)) is Verdict.MISMATCH
    assert verdict(ask(file=bytes(pdf))) is Verdict.MISMATCH


def test_a_corrected_paper_is_superseded_and_its_correction_matches(cast, document):
    corrected = correct(document, cast)
    assert corrected.code != document.code  # though not a word was changed
    assert (of_code(document.code), of_code(corrected.code)) == (Verdict.SUPERSEDED, Verdict.MATCH)
    assert verdict(ask(file=bytes(document.pdf))) is Verdict.SUPERSEDED


def test_a_correction_that_is_not_signed_supersedes_nothing(cast, document):
    reopen(document.summary, cast.signer, "更正")
    assert of_code(document.code) is Verdict.MATCH


def test_another_towns_later_edition_supersedes_nothing(cast, document):
    cast.outsider.role = "signer"
    other = make_signed(by=cast.outsider)
    Summary.objects.filter(pk=other.summary_id).update(edition=2)
    assert (of_code(document.code), of_code(other.code)) == (Verdict.MATCH, Verdict.MATCH)


def test_every_answer_has_the_same_shape_and_tells_nothing_of_the_paper(cast, document):
    answers = [ask(code=document.code), ask(code="0000-0000-0000"), ask(file=bytes(document.pdf)), ask(file=b"%PDF")]
    assert len({answer.status_code for answer in answers}) == 1
    assert len({told(answer) for answer in answers}) == 1
    for answer in answers:
        text = answer.content.decode()
        secrets = [cast.town.name, cast.signer.name, "统战工作总结", document.content_sha256, document.pdf_sha256]
        assert [secret for secret in secrets if secret in text] == []
        assert answer["Cache-Control"].startswith("max-age=0")


@pytest.mark.parametrize("code", ["0000-0000-0000", "x", "known"])
def test_every_question_costs_one_query(document, code, django_assert_num_queries):
    with django_assert_num_queries(1):
        of_code(document.code if code == "known" else code)


def test_nothing_of_a_file_is_stored(document, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    with CaptureQueriesContext(connection) as captured:
        ask(file=b"%PDF-1.7 canary" * 400_000)  # beyond what Django keeps in memory
    assert list(tmp_path.iterdir()) == []
    assert not [query["sql"] for query in captured if "canary" in query["sql"]]
    assert VerifyFailure.objects.count() == 1


@pytest.mark.django_db
def test_a_file_beyond_the_limit_is_named_beside_its_field(monkeypatch):
    monkeypatch.setattr(page, "LARGEST", 100_000)
    answer = ask(file=b"x" * 300_000)
    assert "文件超过 20 MB" in str(answer.context["form"].errors["file"])
    assert not VerifyFailure.objects.exists()


@pytest.mark.django_db
def test_many_files_count_together(monkeypatch):
    monkeypatch.setattr(page, "LARGEST", 100_000)
    files = [SimpleUploadedFile(f"{number}.pdf", b"x" * 60_000) for number in range(2)]
    answer = Client().post(reverse("verify"), {"code": "", "file": files})
    assert "文件超过 20 MB" in str(answer.context["form"].errors["file"])


@pytest.mark.django_db
def test_neither_code_nor_file_is_asked_for_again():
    assert "请填写版本码，或者选择文件。" in ask().content.decode()


def test_who_guesses_is_slowed_down_and_may_sign_in_all_the_same(document, monkeypatch):
    for _ in range(LIMIT):
        assert verdict(ask(code="0000-0000-0000")) is Verdict.MISMATCH
    for asked in ({"code": "0000-0000-0000"}, {"code": document.code}):  # the right code is no more than a guess now
        answer = ask(**asked)
        assert "请 30 分钟后再试" in answer.content.decode()
        assert verdict(answer) is None
    assert not SignInFailure.objects.exists()
    later = NOW.now(dt.UTC) + dt.timedelta(minutes=31)
    monkeypatch.setattr(page.timezone, "now", lambda: later)
    assert verdict(ask(code=document.code)) is Verdict.MATCH


def test_who_asks_for_known_papers_is_never_slowed_down(document):
    for _ in range(LIMIT + 2):
        assert verdict(ask(code=document.code)) is Verdict.MATCH


def test_another_address_is_not_shut_out(document):
    for _ in range(LIMIT):
        ask(code="0000-0000-0000")
    other = Client(REMOTE_ADDR="10.9.8.7")
    assert verdict(ask(other, code=document.code)) is Verdict.MATCH


def test_a_form_of_another_site_is_refused(document):
    client = Client(enforce_csrf_checks=True)
    assert ask(client, code=document.code).status_code == 403


def test_the_signed_page_and_the_sign_in_page_lead_here(cast, clerk, document):
    assert reverse("verify") in clerk.get(reverse("summary", args=[document.summary_id])).content.decode()
    assert reverse("verify") in Client().get(reverse("sign_in")).content.decode()


def command(*papers: str) -> str:
    out = io.StringIO()
    call_command("verify", *papers, stdout=out)
    return out.getvalue()


def test_the_command_says_the_same(cast, document, tmp_path):
    (tmp_path / "s.pdf").write_bytes(bytes(document.pdf))
    assert command(document.code, str(tmp_path / "s.pdf")).splitlines() == [
        f"{document.code}: match", f"{tmp_path / 's.pdf'}: match",
    ]  # fmt: skip
    correct(document, cast)
    assert command(document.code) == f"{document.code}: superseded\n"
    (tmp_path / "s.pdf").write_bytes(bytes(document.pdf) + b" ")
    with pytest.raises(CommandError, match="1 not as signed"):
        command(str(tmp_path / "s.pdf"))


def test_without_papers_it_checks_every_stored_document(cast, document, monkeypatch):
    assert command() == "1 signed documents, 0 altered\n"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER workplans_signeddocument_never_changes")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE workplans_signeddocument DISABLE TRIGGER signed_never_changes")
        cursor.execute("UPDATE workplans_signeddocument SET pdf = %s", [bytes(document.pdf) + b"!"])
    with pytest.raises(CommandError, match=document.code):
        command()
    assert SignedDocument.objects.count() == 1
