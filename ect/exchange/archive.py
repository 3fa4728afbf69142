"""Zip archives whose bytes depend on what is in them only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# Zip knows no earlier day: the moment a file was made is no part of it.
EPOCH = (1980, 1, 1, 0, 0, 0)
FAST = 1


class Archive:
    """A zip being written, entry after entry."""

    def __init__(self, stream: BinaryIO) -> None:
        self.zip = ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=FAST)

    def add(self, name: str, content: str | bytes) -> None:
        """Write an entry at once."""
        with self.entry(name) as stream:
            stream.write(content.encode() if isinstance(content, str) else content)

    @contextmanager
    def entry(self, name: str) -> Iterator[IO[bytes]]:
        """Write an entry little by little."""
        info = ZipInfo(name, EPOCH)
        info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, 0o600 << 16, 3
        with self.zip.open(info, "w", force_zip64=True) as stream:
            yield stream

    def close(self) -> None:
        """Write the table of contents: without it the file is no zip."""
        self.zip.close()


@contextmanager
def archive(stream: BinaryIO) -> Iterator[Archive]:
    """Write a zip; a failure leaves it without its table of contents."""
    made = Archive(stream)
    yield made
    made.close()
