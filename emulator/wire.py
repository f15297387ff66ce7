"""Bot API objects as they travel: what `msgspec` writes into an answer or an update.

Field names are those of the Bot API except where Python or a story reads better (`sender` for `from`,
`data` for `callback_data`). Defaults are left out of the JSON, as Telegram does.
See https://core.telegram.org/bots/api#available-types.
"""

from typing import Any

from msgspec import Struct

from emulator.polls import Dice, Poll
from emulator.wire_files import Animation, Audio


class User(Struct, omit_defaults=True, gc=False):
    """A person or a bot. The capabilities are sent by ``getMe`` alone."""

    id: int
    is_bot: bool
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    can_join_groups: bool | None = None
    can_read_all_group_messages: bool | None = None
    supports_inline_queries: bool | None = None


class Chat(Struct, omit_defaults=True, gc=False):
    """A chat as a message names it. ``type`` is private, group, supergroup or channel."""

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    is_forum: bool | None = None


class Entity(Struct, omit_defaults=True, gc=False):
    """A marked stretch of a text; ``offset`` and ``length`` count UTF-16 code units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    user: User | None = None
    language: str | None = None
    custom_emoji_id: str | None = None
    unix_time: int | None = None
    date_time_format: str | None = None


class Location(Struct, omit_defaults=True, gc=False):
    """A point, in degrees; ``horizontal_accuracy`` in metres, ``live_period`` in seconds."""

    latitude: float
    longitude: float
    horizontal_accuracy: float | None = None
    live_period: int | None = None
    heading: int | None = None
    proximity_alert_radius: int | None = None


class Venue(Struct, omit_defaults=True, gc=False):
    location: Location
    title: str
    address: str


class Contact(Struct, omit_defaults=True, gc=False):
    phone_number: str
    first_name: str
    last_name: str | None = None
    user_id: int | None = None


class PhotoSize(Struct, omit_defaults=True, gc=False):
    file_id: str
    file_unique_id: str
    width: int
    height: int
    file_size: int | None = None


class Voice(Struct, omit_defaults=True, gc=False):
    file_id: str
    file_unique_id: str
    duration: int
    mime_type: str | None = None
    file_size: int | None = None


class Video(Struct, omit_defaults=True, gc=False):
    file_id: str
    file_unique_id: str
    width: int
    height: int
    duration: int
    mime_type: str | None = None
    file_size: int | None = None


class VideoNote(Struct, omit_defaults=True, gc=False):
    """A round video; ``length`` is its diameter in pixels."""

    file_id: str
    file_unique_id: str
    length: int
    duration: int
    file_size: int | None = None


class Sticker(Struct, omit_defaults=True, gc=False):
    file_id: str
    file_unique_id: str
    type: str
    width: int
    height: int
    is_animated: bool
    is_video: bool
    emoji: str | None = None
    file_size: int | None = None


class Document(Struct, omit_defaults=True, gc=False):
    file_id: str
    file_unique_id: str
    file_name: str | None = None
    mime_type: str | None = None
    file_size: int | None = None


class InlineButton(Struct, omit_defaults=True, gc=False, rename={"data": "callback_data"}):
    """One button under a message; exactly one of the optional fields says what it does."""

    text: str
    data: str | None = None
    url: str | None = None
    web_app: dict[str, Any] | None = None
    login_url: dict[str, Any] | None = None
    switch_inline_query: str | None = None
    switch_inline_query_current_chat: str | None = None
    switch_inline_query_chosen_chat: dict[str, Any] | None = None
    copy_text: dict[str, Any] | None = None
    callback_game: dict[str, Any] | None = None
    pay: bool | None = None
    style: str | None = None
    icon_custom_emoji_id: str | None = None


class InlineKeyboard(Struct, gc=False):
    inline_keyboard: list[list[InlineButton]]


class LinkPreviewOptions(Struct, omit_defaults=True, gc=False):
    is_disabled: bool | None = None
    url: str | None = None
    prefer_small_media: bool | None = None
    prefer_large_media: bool | None = None
    show_above_text: bool | None = None


class MessageOrigin(Struct, omit_defaults=True):
    """Where a forwarded message came from: ``type`` is user, chat or channel."""

    type: str
    date: int
    sender_user: User | None = None
    sender_chat: Chat | None = None
    chat: Chat | None = None
    message_id: int | None = None


class Message(Struct, omit_defaults=True, rename={"sender": "from"}):
    message_id: int
    date: int
    chat: Chat
    sender: User | None = None
    sender_chat: Chat | None = None
    message_thread_id: int | None = None
    is_topic_message: bool | None = None
    is_automatic_forward: bool | None = None
    edit_date: int | None = None
    forward_origin: MessageOrigin | None = None
    via_bot: User | None = None
    reply_to_message: "Message | None" = None
    has_protected_content: bool | None = None
    media_group_id: str | None = None
    text: str | None = None
    entities: list[Entity] | None = None
    link_preview_options: LinkPreviewOptions | None = None
    caption: str | None = None
    caption_entities: list[Entity] | None = None
    photo: list[PhotoSize] | None = None
    video: Video | None = None
    video_note: VideoNote | None = None
    sticker: Sticker | None = None
    animation: Animation | None = None
    audio: Audio | None = None
    poll: Poll | None = None
    dice: Dice | None = None
    voice: Voice | None = None
    document: Document | None = None
    contact: Contact | None = None
    venue: Venue | None = None
    location: Location | None = None
    new_chat_members: list[User] | None = None
    left_chat_member: User | None = None
    migrate_to_chat_id: int | None = None
    migrate_from_chat_id: int | None = None
    pinned_message: "Message | None" = None
    forum_topic_created: "TopicCreated | None" = None
    forum_topic_closed: "Empty | None" = None
    forum_topic_reopened: "Empty | None" = None
    reply_markup: InlineKeyboard | None = None


class TopicCreated(Struct, gc=False):
    name: str
    icon_color: int = 0x6FB9F0


class Empty(Struct, gc=False):
    """A service message that has nothing more to say."""


class CallbackQuery(Struct, omit_defaults=True, rename={"sender": "from"}):
    id: str
    sender: User
    chat_instance: str
    message: Message | None = None
    data: str | None = None


class ChatMember(Struct, omit_defaults=True):
    """``status`` is creator, administrator, member, restricted, left or kicked; the rights go with administrators."""

    status: str
    user: User
    is_anonymous: bool | None = None
    until_date: int | None = None
    can_be_edited: bool | None = None
    can_manage_chat: bool | None = None
    can_delete_messages: bool | None = None
    can_manage_video_chats: bool | None = None
    can_restrict_members: bool | None = None
    can_promote_members: bool | None = None
    can_change_info: bool | None = None
    can_invite_users: bool | None = None
    can_post_stories: bool | None = None
    can_edit_stories: bool | None = None
    can_delete_stories: bool | None = None
    can_post_messages: bool | None = None
    can_edit_messages: bool | None = None
    can_pin_messages: bool | None = None
    is_member: bool | None = None
    can_send_messages: bool | None = None


class ChatMemberUpdated(Struct, rename={"sender": "from"}):
    chat: Chat
    sender: User
    date: int
    old_chat_member: ChatMember
    new_chat_member: ChatMember


class BotCommand(Struct, gc=False, frozen=True):
    command: str
    description: str


class MessageId(Struct, gc=False):
    message_id: int


class File(Struct, omit_defaults=True, gc=False):
    file_id: str
    file_unique_id: str
    file_size: int | None = None
    file_path: str | None = None


class WebhookInfo(Struct, omit_defaults=True):
    """``pending_update_count`` counts what was not yet answered 2xx; dates in seconds since the epoch."""

    url: str
    has_custom_certificate: bool
    pending_update_count: int
    last_error_date: int | None = None
    last_error_message: str | None = None
    max_connections: int | None = None
    ip_address: str | None = None
    allowed_updates: list[str] | None = None
