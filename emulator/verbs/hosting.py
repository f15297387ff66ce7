"""Leading a group: topics, anonymity, a channel whose posts come in."""

from typing import Any

from emulator import wire
from emulator.chats import Group, Topic
from emulator.errors import Impossible
from emulator.people import Person
from emulator.state import World


class Hosting(World):
    """Acts of people who lead a group."""

    def create_topic(self, group: Group, name: str, by: Person) -> int:
        """A new topic of a forum; its id.

        Raises:
            Impossible: the group has no topics.
        """
        if not group.topics:
            raise Impossible(f"{group.title} is no forum")
        number = group.last_id + 1
        created = wire.TopicCreated(name)
        self.post(group, by, message_thread_id=number, is_topic_message=True, forum_topic_created=created)
        group.topics[number] = Topic(number, name)
        return number

    def close_topic(self, group: Group, topic: int | None, by: Person) -> None:
        """Close a topic, None: General, for everybody but the group's leaders."""
        group.topics[topic].closed = True
        self._say(group, topic, by, forum_topic_closed=wire.Empty())

    def reopen_topic(self, group: Group, topic: int | None, by: Person) -> None:
        """Open a closed topic for everybody again."""
        group.topics[topic].closed = False
        self._say(group, topic, by, forum_topic_reopened=wire.Empty())

    def delete_topic(self, group: Group, topic: int) -> None:
        """Delete a topic with its messages."""
        for message in [m for m in group.messages.values() if m.topic == topic]:
            self.remove(message)
        del group.topics[topic]

    def hide(self, group: Group, person: Person) -> None:
        """Let this leader post as the group from now on.

        Raises:
            Impossible: they don't lead it.
        """
        if not group.led_by(person):
            raise Impossible(f"{person.full_name} does not lead {group.title}")
        group.anonymous.add(person.id)

    def link_channel(self, channel: Group, group: Group) -> None:
        """Forward the channel's posts into the group from now on."""
        channel.discussion = group

    def _say(self, group: Group, topic: int | None, by: Person, **said: Any) -> None:
        where = {"message_thread_id": topic, "is_topic_message": True} if topic is not None else {}
        self.post(group, by, **said | where)
