"""Names: people call themselves otherwise, and a user name that was given up can be taken by somebody else."""

from msgspec.structs import replace

from emulator.errors import Impossible
from emulator.people import Person
from emulator.state import World


class Renaming(World):
    """Acts of people with their own names; bots hear of them by the next update alone."""

    def rename(self, person: Person, name: str) -> None:
        """Another first and last name.

        Raises:
            Impossible: Telegram wants a first name.
        """
        first, _, last = name.partition(" ")
        if not first:
            raise Impossible("a person has a first name")
        person.first_name, person.last_name = first, last or None
        person.wire = replace(person.wire, first_name=first, last_name=person.last_name)

    def change_username(self, person: Person, username: str | None) -> None:
        """Take another user name, or none.

        Raises:
            Impossible: somebody has it.
        """
        if username is not None and self.by_username.get(username.lower(), person) is not person:
            raise Impossible(f"@{username} is somebody else's")
        if person.username is not None:
            self.by_username.pop(person.username.lower(), None)
        if username is not None:
            self.by_username[username.lower()] = person
        person.username = username
        person.wire = replace(person.wire, username=username)
