import hashlib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workplans import verify
from workplans.models import SignedDocument


class Command(BaseCommand):
    help = (
        "Say of each version code or PDF file whether it was signed here: match, superseded or mismatch. "
        "Without any: whether every stored document still has the bytes that were signed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("papers", nargs="*", metavar="CODE_OR_FILE")

    def handle(self, *, papers: list[str], **options: Any) -> None:
        wrong = [paper for paper in papers if self._told(paper) is verify.Verdict.MISMATCH]
        wrong += [] if papers else self._altered()
        if wrong:
            raise CommandError(f"{len(wrong)} not as signed: {', '.join(wrong)}")

    def _told(self, paper: str) -> verify.Verdict:
        path = Path(paper)
        verdict = verify.of_bytes(path.read_bytes()) if path.is_file() else verify.of_code(paper)
        self.stdout.write(f"{paper}: {verdict}")
        return verdict

    def _altered(self) -> list[str]:
        documents = SignedDocument.objects.only("pdf", "pdf_sha256", "version_code").order_by("pk")
        checked, altered = 0, []
        for document in documents.iterator(chunk_size=20):
            checked += 1
            if hashlib.sha256(bytes(document.pdf)).hexdigest() != document.pdf_sha256:
                altered.append(document.code)
        self.stdout.write(f"{checked} signed documents, {len(altered)} altered")
        return altered
