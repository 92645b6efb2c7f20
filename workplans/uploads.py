"""Uploads of which only the fingerprint is wanted: nothing of them is kept, in memory or on disk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload


@dataclass(frozen=True)
class Fingerprint:
    """What is left of an uploaded file."""

    sha256: str
    size: int

    name = ""


class FingerprintHandler(FileUploadHandler):
    """Hashes each file while it arrives. More than `limit` bytes of them are given up, and `too_large` says so."""

    def __init__(self, request: Any, limit: int) -> None:
        super().__init__(request)
        self.limit, self.size, self.too_large = limit, 0, False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.digest = hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self.size > self.limit:
            self.too_large = True
            raise StopUpload(connection_reset=False)
        self.digest.update(raw_data)

    def file_complete(self, file_size: int) -> Fingerprint:
        return Fingerprint(self.digest.hexdigest(), file_size)
