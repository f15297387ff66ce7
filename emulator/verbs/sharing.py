"""Photos, videos, stickers, voice messages and documents that people send."""

from typing import Any

from emulator.markup import detect
from emulator.messages import Message
from emulator.people import Person
from emulator.state import Somewhere
from emulator.verbs.talking import Talking
from emulator.wire import Document, PhotoSize, Sticker, Video, VideoNote, Voice

_SMALLEST_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000ffff"
    "03000006000557bfabd40000000049454e44ae426082"
)


class Sharing(Talking):
    """Acts of people with files."""

    def send_photo(
        self,
        person: Person,
        caption: str = "",
        chat: Somewhere = None,
        *,
        reply_to: Message | int | None = None,
        content: bytes = _SMALLEST_PNG,
    ) -> Message:
        file = self.files.add("photos", content)
        sizes = [PhotoSize(file.file_id, file.unique_id, 1280, 960, file.size)]
        return self._share(person, caption, chat, reply_to, photo=sizes)

    def send_album(self, person: Person, count: int, caption: str = "", chat: Somewhere = None) -> list[Message]:
        """Several photos that go together; the first has the caption. Each is a message of its own."""
        album = f"{person.id}{self.chat(chat, person).last_id:08d}"
        sent = []
        for number in range(count):
            file = self.files.add("photos", _SMALLEST_PNG)
            sizes = [PhotoSize(file.file_id, file.unique_id, 1280, 960, file.size)]
            words = caption if number == 0 else ""
            sent.append(self._share(person, words, chat, None, photo=sizes, media_group_id=album))
        return sent

    def send_video(
        self,
        person: Person,
        caption: str = "",
        chat: Somewhere = None,
        *,
        reply_to: Message | int | None = None,
        content: bytes = b"ftyp",
        duration: int = 3,
    ) -> Message:
        """A video of `duration` seconds."""
        file = self.files.add("videos", content)
        video = Video(file.file_id, file.unique_id, 1280, 720, duration, file.mime, file.size)
        return self._share(person, caption, chat, reply_to, video=video)

    def send_video_note(
        self, person: Person, chat: Somewhere = None, *, content: bytes = b"ftyp", duration: int = 3
    ) -> Message:
        """A round video of `duration` seconds."""
        file = self.files.add("video_notes", content)
        note = VideoNote(file.file_id, file.unique_id, 240, duration, file.size)
        return self._share(person, "", chat, None, video_note=note)

    def send_sticker(self, person: Person, emoji: str = "👍", chat: Somewhere = None) -> Message:
        """A sticker that stands for an emoji."""
        file = self.files.add("stickers", b"RIFF")
        sticker = Sticker(file.file_id, file.unique_id, "regular", 512, 512, False, False, emoji, file.size)
        return self._share(person, "", chat, None, sticker=sticker)

    def send_voice(
        self,
        person: Person,
        caption: str = "",
        chat: Somewhere = None,
        *,
        reply_to: Message | int | None = None,
        content: bytes = b"OggS",
        duration: int = 3,
    ) -> Message:
        """A voice message of `duration` seconds."""
        file = self.files.add("voice", content)
        voice = Voice(file.file_id, file.unique_id, duration, file.mime, file.size)
        return self._share(person, caption, chat, reply_to, voice=voice)

    def send_document(
        self,
        person: Person,
        caption: str = "",
        chat: Somewhere = None,
        *,
        reply_to: Message | int | None = None,
        content: bytes = b"texto",
        file_name: str = "archivo.txt",
    ) -> Message:
        file = self.files.add("documents", content, name=file_name)
        document = Document(file.file_id, file.unique_id, file_name, file.mime, file.size)
        return self._share(person, caption, chat, reply_to, document=document)

    def _share(
        self,
        person: Person,
        caption: str,
        chat: Somewhere,
        reply_to: Message | int | None,
        **media: Any,
    ) -> Message:
        entities = detect(caption, []) or None
        return self.put(person, chat, reply_to=reply_to, caption=caption or None, caption_entities=entities, **media)
