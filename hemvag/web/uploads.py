"""Files that are sent with a form: held in memory and never written to disk, where they would lie unsealed."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler


class NotKept(InMemoryUploadedFile):
    """A file that was too large to be held: its name, and how large it was, without a byte of it."""


class OnlyInMemory(MemoryFileUploadHandler):
    """Hold what FILE_UPLOAD_MAX_MEMORY_SIZE allows; let go of the bytes of anything larger, and say how many."""

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        """Return the file, or what is known of one that was not held."""
        if self.activated:
            return super().file_complete(file_size)
        return NotKept(BytesIO(), self.field_name, self.file_name, self.content_type, file_size, self.charset)
