"""Animations, audio, dice and places with a name that people send; edits that change nothing."""

from emulator.messages import Message
from emulator.people import Person
from emulator.polls import Dice
from emulator.state import Somewhere
from emulator.verbs.sharing import Sharing
from emulator.wire import Document, Location, Venue
from emulator.wire_files import Animation, Audio


class Showing(Sharing):
    """Acts of people with everything that is neither a photo nor a document."""

    def send_animation(self, person: Person, caption: str = "", chat: Somewhere = None) -> Message:
        """A film without sound, which is a document too."""
        file = self.files.add("animations", b"ftyp", name="corto.mp4")
        animation = Animation(file.file_id, file.unique_id, 320, 240, 3, file.name, file.mime, file.size)
        document = Document(file.file_id, file.unique_id, file.name, file.mime, file.size)
        return self._share(person, caption, chat, None, animation=animation, document=document)

    def send_audio(self, person: Person, caption: str = "", chat: Somewhere = None) -> Message:
        """A recording that is a file."""
        file = self.files.add("music", b"ID3", name="llamada.mp3")
        audio = Audio(file.file_id, file.unique_id, 12, file_name=file.name, mime_type=file.mime, file_size=file.size)
        return self._share(person, caption, chat, None, audio=audio)

    def send_dice(self, person: Person, caption: str = "", chat: Somewhere = None) -> Message:
        """A throw of the dice, which shows 4."""
        return self.put(person, chat, dice=Dice("🎲", 4))

    def react(self, person: Person, message: Message) -> None:
        """A reaction or a preview: Telegram may tell bots of an edit that changed nothing which they can see."""
        self.change(message)

    def send_venue(self, person: Person, title: str, chat: Somewhere = None) -> Message:
        """A place with a name: a shop, a station."""
        where = Location(-2.1894, -79.8891)
        return self.put(person, chat, venue=Venue(where, title, "Av. 9 de Octubre"), location=where)
