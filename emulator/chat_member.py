"""An account's status in a chat and the rights that go with it, as the Bot API shows them.

https://core.telegram.org/bots/api#chatmember
"""

from emulator import wire
from emulator.chats import Group, Status
from emulator.messages import Chat
from emulator.people import Account

_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
)


def chat_member(chat: Chat, account: Account, status: Status) -> wire.ChatMember:
    """The ChatMember of this status. An administrator has every right but to make others administrators."""
    shown = wire.ChatMember(status.value, account.wire)
    if isinstance(chat, Group) and status is Status.MEMBER and account.id in chat.muted:
        return wire.ChatMember("restricted", account.wire, is_member=True, can_send_messages=False, until_date=0)
    match status:
        case Status.CREATOR:
            shown.is_anonymous = False
        case Status.ADMINISTRATOR:
            shown.is_anonymous = shown.can_be_edited = shown.can_promote_members = False
            for right in _RIGHTS:
                setattr(shown, right, True)
            if chat.kind == "channel":
                shown.can_post_messages = shown.can_edit_messages = True
        case Status.KICKED:
            shown.until_date = 0
        case Status.MEMBER | Status.LEFT:
            pass
    return shown
