"""Photos, videos, stickers, voice messages and documents; albums; downloads.

https://core.telegram.org/bots/api#sending-files
"""

from typing import Any

from msgspec import Struct
from telegram.constants import MediaGroupLimit

from emulator import wire
from emulator.errors import bad_request
from emulator.files import StoredFile
from emulator.methods.registry import Call, method
from emulator.methods.sending import Sending, readable_caption, send, send_all
from emulator.wire_files import Animation, Audio

_FOLDERS = {
    "photo": "photos",
    "video": "videos",
    "video_note": "video_notes",
    "sticker": "stickers",
    "animation": "animations",
    "audio": "music",
    "voice": "voice",
    "document": "documents",
}
_LONGEST_NOTE = 60  # seconds


class _Captioned(Sending, kw_only=True):
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[wire.Entity] | None = None


class SendPhoto(_Captioned, kw_only=True):
    photo: str


class SendVideo(_Captioned, kw_only=True):
    video: str
    duration: int = 0


class SendVideoNote(Sending, kw_only=True):
    video_note: str
    duration: int = 0
    length: int = 240


class SendSticker(Sending, kw_only=True):
    sticker: str
    emoji: str | None = None


class SendAnimation(_Captioned, kw_only=True):
    animation: str
    duration: int = 0


class SendAudio(_Captioned, kw_only=True):
    audio: str
    duration: int = 0


class SendVoice(_Captioned, kw_only=True):
    voice: str
    duration: int = 0


class SendDocument(_Captioned, kw_only=True):
    document: str


class InputMedia(Struct):
    type: str
    media: str
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[wire.Entity] | None = None
    duration: int = 0


class SendMediaGroup(Sending, kw_only=True):
    media: list[InputMedia]


class GetFile(Struct):
    file_id: str


@method("sendPhoto")
def send_photo(call: Call, params: SendPhoto) -> wire.Message:
    return _send_captioned(call, params, photo=photo_sizes(_file(call, "photo", params.photo)))


@method("sendVideo")
def send_video(call: Call, params: SendVideo) -> wire.Message:
    return _send_captioned(call, params, video=video_of(_file(call, "video", params.video), params.duration))


@method("sendVideoNote")
def send_video_note(call: Call, params: SendVideoNote) -> wire.Message:
    """Send a round video of at most a minute.

    Raises:
        ApiError: 400 for one that is longer, or is named by an address.
    """
    if params.duration > _LONGEST_NOTE:
        raise bad_request("VIDEO_NOTE_DURATION_INVALID")
    file = _file(call, "video_note", params.video_note)
    return send(call, params, video_note=video_note_of(file, params.duration, params.length)).wire


@method("sendSticker")
def send_sticker(call: Call, params: SendSticker) -> wire.Message:
    file = _file(call, "sticker", params.sticker)
    return send(call, params, sticker=sticker_of(file, params.emoji)).wire


@method("sendAnimation")
def send_animation(call: Call, params: SendAnimation) -> wire.Message:
    """Send a film without sound, which is a document too for programs of before (see the Bot API's Message)."""
    file = _file(call, "animation", params.animation)
    film = Animation(file.file_id, file.unique_id, 320, 240, params.duration, file.name, file.mime, file.size)
    return _send_captioned(call, params, animation=film, document=document_of(file))


@method("sendAudio")
def send_audio(call: Call, params: SendAudio) -> wire.Message:
    return _send_captioned(call, params, audio=audio_of(_file(call, "audio", params.audio), params.duration))


@method("sendVoice")
def send_voice(call: Call, params: SendVoice) -> wire.Message:
    return _send_captioned(call, params, voice=voice_of(_file(call, "voice", params.voice), params.duration))


@method("sendDocument")
def send_document(call: Call, params: SendDocument) -> wire.Message:
    return _send_captioned(call, params, document=document_of(_file(call, "document", params.document)))


@method("sendMediaGroup")
def send_media_group(call: Call, params: SendMediaGroup) -> list[wire.Message]:
    """Send 2 to 10 photos and videos, or documents, or audios, that go together.

    Raises:
        ApiError: 400 for another number of them, or for kinds that may not be mixed.
    """
    if not MediaGroupLimit.MIN_MEDIA_LENGTH <= len(params.media) <= MediaGroupLimit.MAX_MEDIA_LENGTH:
        raise bad_request("there must be 2 to 10 messages in an album")
    alone = {media.type for media in params.media} & {"document", "audio"}
    if alone and len({media.type for media in params.media}) > 1:
        raise bad_request(f"{min(alone)} can't be mixed with other media types")
    items = [_album_item(call, media) for media in params.media]
    album = f"{call.bot.id}{int(call.world.now() * 1000)}"
    sent = send_all(call, params, [{"media_group_id": album, **item} for item in items])
    return [message.wire for message in sent]


@method("getFile")
def get_file(call: Call, params: GetFile) -> wire.File:
    file = call.world.files.get(params.file_id)
    return wire.File(file.file_id, file.unique_id, file.size, file.path)


def photo_sizes(file: StoredFile) -> list[wire.PhotoSize]:
    """Telegram keeps several sizes, the largest last; here all but its name is the same picture."""
    return [
        wire.PhotoSize(file.file_id, f"{file.unique_id}s", 320, 240, file.size),
        wire.PhotoSize(file.file_id, file.unique_id, 1280, 960, file.size),
    ]


def video_of(file: StoredFile, duration: int) -> wire.Video:
    return wire.Video(file.file_id, file.unique_id, 1280, 720, duration, file.mime, file.size)


def video_note_of(file: StoredFile, duration: int, length: int) -> wire.VideoNote:
    return wire.VideoNote(file.file_id, file.unique_id, length, duration, file.size)


def sticker_of(file: StoredFile, emoji: str | None = None) -> wire.Sticker:
    """A sticker; what is no .WEBP is an animation (.TGS) or a video (.WEBM)."""
    animated, video = file.path.endswith(".tgs"), file.path.endswith(".webm")
    return wire.Sticker(file.file_id, file.unique_id, "regular", 512, 512, animated, video, emoji, file.size)


def voice_of(file: StoredFile, duration: int) -> wire.Voice:
    return wire.Voice(file.file_id, file.unique_id, duration, file.mime, file.size)


def audio_of(file: StoredFile, duration: int) -> Audio:
    return Audio(file.file_id, file.unique_id, duration, file_name=file.name, mime_type=file.mime, file_size=file.size)


def document_of(file: StoredFile) -> wire.Document:
    return wire.Document(file.file_id, file.unique_id, file.name, file.mime, file.size)


def _send_captioned(call: Call, params: _Captioned, **media: Any) -> wire.Message:
    caption = readable_caption(params.caption, params.parse_mode, params.caption_entities)
    return send(call, params, **media, **caption).wire


def _album_item(call: Call, media: InputMedia) -> dict[str, Any]:
    caption = readable_caption(media.caption, media.parse_mode, media.caption_entities)
    if media.type == "photo":
        return {"photo": photo_sizes(_file(call, "photo", media.media)), **caption}
    if media.type == "video":
        return {"video": video_of(_file(call, "video", media.media), media.duration), **caption}
    if media.type == "audio":
        return {"audio": audio_of(_file(call, "audio", media.media), media.duration), **caption}
    if media.type == "document":
        return {"document": document_of(_file(call, "document", media.media)), **caption}
    raise bad_request(f'type "{media.type}" can\'t be used in sendMediaGroup')


def _file(call: Call, kind: str, given: str) -> StoredFile:
    """An uploaded part (``attach://name``) or a file already known by its id; addresses are not fetched."""
    if given.startswith("attach://"):
        upload = call.files.get(given.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"can't find the attached file {given}")
        return call.world.files.add(_FOLDERS[kind], upload.content, name=upload.name, mime=upload.mime)
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    file = call.world.files.get(given)
    if file.folder != _FOLDERS[kind]:
        raise bad_request(f"can't use file of type {file.folder} as {kind}")
    return file
