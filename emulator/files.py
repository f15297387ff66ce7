"""Files: what people and bots upload, by file id; the oldest go when too much is kept."""

from collections import OrderedDict
from itertools import count

from msgspec import Struct
from telegram.constants import FileSizeLimit

from emulator.errors import bad_request

_MIME = {
    "photos": "image/jpeg",
    "videos": "video/mp4",
    "video_notes": "video/mp4",
    "stickers": "image/webp",
    "animations": "video/mp4",
    "music": "audio/mpeg",
    "voice": "audio/ogg",
    "documents": "application/octet-stream",
}
_SUFFIX = {
    "photos": ".jpg",
    "videos": ".mp4",
    "video_notes": ".mp4",
    "stickers": ".webp",
    "animations": ".mp4",
    "music": ".mp3",
    "voice": ".oga",
    "documents": "",
}


class StoredFile(Struct):
    """``path`` is what follows the token in a download address; ``size`` in bytes."""

    file_id: str
    unique_id: str
    folder: str
    path: str
    name: str | None
    mime: str
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)


class Files:
    """Every upload of a world, up to `capacity` bytes."""

    def __init__(self, capacity: int = 256_000_000) -> None:
        self.capacity = capacity
        self._held = 0
        self._numbers = count(1)
        self._by_id: OrderedDict[str, StoredFile] = OrderedDict()
        self._by_path: dict[str, StoredFile] = {}

    def add(self, folder: str, content: bytes, *, name: str | None = None, mime: str | None = None) -> StoredFile:
        """Keep an upload in one of the folders of `_MIME`.

        Raises:
            ApiError: 400 when it is empty or larger than Telegram takes.
        """
        if not content:
            raise bad_request("file must be non-empty")
        limit = FileSizeLimit.PHOTOSIZE_UPLOAD if folder == "photos" else FileSizeLimit.FILESIZE_UPLOAD
        if len(content) > limit:
            raise bad_request(f"file of size {len(content)} bytes is too big; the maximum size is {limit} bytes")
        number = next(self._numbers)
        suffix = "." + name.rpartition(".")[2] if name and "." in name else _SUFFIX[folder]
        file = StoredFile(
            file_id=f"{folder}-file-{number:08d}-emulated",
            unique_id=f"u{number:08d}",
            folder=folder,
            path=f"{folder}/file_{number}{suffix}",
            name=name,
            mime=mime or _MIME[folder],
            content=content,
        )
        self._by_id[file.file_id] = self._by_path[file.path] = file
        self._held += file.size
        while self._held > self.capacity:
            _, old = self._by_id.popitem(last=False)
            del self._by_path[old.path]
            self._held -= old.size
        return file

    def get(self, file_id: str) -> StoredFile:
        """The file that a bot names.

        Raises:
            ApiError: 400 when the id names nothing, or what went long ago.
        """
        file = self.find(file_id)
        if file is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return file

    def find(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)
