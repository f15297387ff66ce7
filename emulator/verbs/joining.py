"""Coming and going: blocking a bot, groups' members and leaders, a group that becomes a supergroup."""

from emulator.chats import Group, Status
from emulator.errors import Impossible
from emulator.people import Account, Bot, Person
from emulator.state import World


class Joining(World):
    """Acts of people that change who is where."""

    def block(self, person: Person, bot: Bot) -> None:
        """The bot can't write to this person any more, and is told so."""
        chat = self.private(person, bot)
        if not chat.blocked:
            chat.blocked = True
            self.tell_membership(chat, bot, Status.MEMBER, Status.KICKED, by=person)

    def unblock(self, person: Person, bot: Bot) -> None:
        chat = self.private(person, bot)
        if chat.blocked:
            chat.blocked = False
            self.tell_membership(chat, bot, Status.KICKED, Status.MEMBER, by=person)

    def delete_account(self, person: Person) -> None:
        """Delete the account: bots that write to it get 403 from now on, without an update."""
        person.deactivated = True
        for group in self.groups.values():
            if group.has(person):
                group.set_status(person, Status.LEFT)

    def add_to_group(self, group: Group, account: Account, by: Account) -> None:
        """Add a person or a bot, with the service message that says so.

        Raises:
            Impossible: they are in it already.
        """
        before = group.status(account)
        if group.has(account):
            raise Impossible(f"{account.full_name} is in {group.title} already")
        group.set_status(account, Status.MEMBER)
        self.tell_membership(group, account, before, Status.MEMBER, by=by)
        self.post(group, by, new_chat_members=[account.wire])

    def remove_from_group(self, group: Group, account: Account, by: Account) -> None:
        """Remove somebody (``by`` themselves: they leave). A removed bot gets no message about it, just the update.

        Raises:
            Impossible: they are not in it.
        """
        before = group.status(account)
        if not group.has(account):
            raise Impossible(f"{account.full_name} is not in {group.title}")
        after = Status.LEFT if by is account else Status.KICKED
        group.set_status(account, after)
        self.tell_membership(group, account, before, after, by=by)
        self.post(group, by, left_chat_member=account.wire)

    def mute(self, group: Group, account: Account, *, muted: bool = True) -> None:
        """A member may not write any more; ``muted=False``: they may again."""
        (group.muted.add if muted else group.muted.discard)(account.id)

    def promote(self, group: Group, account: Account, by: Account, *, to: Status = Status.ADMINISTRATOR) -> None:
        """Make a member an administrator, or what ``to`` says."""
        before = group.status(account)
        group.set_status(account, to)
        self.tell_membership(group, account, before, to, by=by)

    def migrate(self, group: Group) -> Group:
        """The group becomes a supergroup with another id: what is sent to the old one gets 400 with the new id.

        Raises:
            Impossible: it is no group, or has become a supergroup already.
        """
        if group.kind != "group" or group.migrated_to is not None:
            raise Impossible(f"{group.title} can't become a supergroup")
        new = Group(-1_000_000_000_000 + group.id, group.title, "supergroup")
        self.groups[new.id] = new
        for account in group.members:
            new.set_status(account, group.status(account))
        by = next((a for a in group.members if group.status(a) is Status.CREATOR), None)
        self.post(group, by, migrate_to_chat_id=new.id)
        group.migrated_to = new
        self.post(new, by, migrate_from_chat_id=group.id)
        return new
