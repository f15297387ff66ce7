"""Commands to the desk (``decide``). ``task`` and ``person`` are ids; ``seen`` is the version a card was drawn for."""

from datetime import datetime

from msgspec import Struct

from core.vocabulary.access_commands import AnswerRise, EraseAgain, Forget, Freezing, OfLostWord, Revoke
from core.vocabulary.alarms import Alarm
from core.vocabulary.capabilities import Equip
from core.vocabulary.checkin_commands import CheckInCommand
from core.vocabulary.contents import Media
from core.vocabulary.dispositions import Dispose
from core.vocabulary.kinds import Classify
from core.vocabulary.notifying import NotifyMore
from core.vocabulary.outside import OutsideCaller
from core.vocabulary.places import Place
from core.vocabulary.rounds import SceneCommand
from core.vocabulary.shares import ShareCommand, TakeOut
from core.vocabulary.unit_commands import UnitCommand
from core.vocabulary.words import Availability, Priority, Role, TaskType


class OpenTask(Struct, frozen=True, kw_only=True):
    """Report work, for an agent or for whoever will be asked; ``work`` is one of the agency's own kinds by name."""

    title: str
    sent_at: datetime
    type: TaskType = TaskType.PATROL
    priority: Priority | None = None
    place: Place | None = None
    address: str | None = None
    assignee: int | None = None
    seats: int | None = None
    work: str = ""


class OpenEmergency(Struct, frozen=True, kw_only=True):
    """Report an emergency, place or no place.

    ``unit``: another than the reporter's; ``alarm``: in somebody's name; ``seats``: how many; ``outside``: who called.
    """

    title: str
    sent_at: datetime
    place: Place | None = None
    address: str | None = None
    unit: int | None = None
    drill: bool = False
    alarm: Alarm | None = None
    seats: int | None = None
    outside: OutsideCaller | None = None


class OnTask(Struct, frozen=True, kw_only=True):
    """A command about one task; ``exact`` when it is meant for just the version that was ``seen``."""

    task: int
    seen: int | None = None
    exact: bool = False


class Assign(OnTask, frozen=True, kw_only=True):
    """Offer a seat of the task to one agent, over any wave: a missing one, else one more."""

    agent: int


class Accept(OnTask, frozen=True, kw_only=True):
    """*Voy*: the agent takes it."""


class Decline(OnTask, frozen=True, kw_only=True):
    """*No puedo*: the agent does not take it, or gives it back."""


class Depart(OnTask, frozen=True, kw_only=True):
    """*En camino*."""


class Arrive(OnTask, frozen=True, kw_only=True):
    """*Llegué*."""


class Start(OnTask, frozen=True, kw_only=True):
    """*Iniciar*."""


class Pause(OnTask, frozen=True, kw_only=True):
    """*Pausar*."""


class Resume(OnTask, frozen=True, kw_only=True):
    """*Reanudar*."""


class Complete(OnTask, frozen=True, kw_only=True):
    """*Finalizar*; ``disposition``: how it ended, where that is said at once."""

    disposition: str = ""


class Cancel(OnTask, frozen=True, kw_only=True):
    """*Cancelar tarea*; ``in_time``: the desk's own, for an answer that came; ``others``: all that its reporter has."""

    reason: str = ""
    in_time: bool = False
    others: bool = False


class Undo(OnTask, frozen=True, kw_only=True):
    """*Deshacer*: take one's own end of a task, or *No puedo*, back at once. ``others``: and what ended with it."""

    others: bool = False


class Reopen(OnTask, frozen=True, kw_only=True):
    """*Reabrir*: a closed task begins again."""


class Acknowledge(OnTask, frozen=True, kw_only=True):
    """*Recibido*: a person takes charge of the alert."""


class Escalate(OnTask, frozen=True, kw_only=True):
    """*Escalar*: climb now."""

    reason: str = ""


class AddNote(OnTask, frozen=True, kw_only=True):
    """*Nota*: words, or evidence by the channel's name for the file (``media``: what kind it is).

    ``still_on``: the answer to whether a late emergency is not over. ``more``: it goes with the note before it.
    ``author``: who said it, where the desk takes it over from another emergency.
    """

    text: str = ""
    media: Media | None = None
    attachment: str | None = None
    still_on: bool = False
    more: bool = False
    author: int | None = None


class Locate(OnTask, frozen=True, kw_only=True):
    """Say where the task is. ``anew``: whatever was said before was wrong."""

    place: Place | None = None
    address: str | None = None
    anew: bool = False


class Revise(OnTask, frozen=True, kw_only=True):
    """Change title or priority."""

    title: str | None = None
    priority: Priority | None = None


class EscalateDue(OnTask, frozen=True, kw_only=True):
    """The desk's own: nobody answered; ``silenced``: who was told is out of reach, or one message (``unheard``) was."""

    silenced: bool = False
    unheard: int | None = None


class CheckProgress(OnTask, frozen=True, kw_only=True):
    """The desk's own: somebody answered, and nothing has happened since."""


class Search(OnTask, frozen=True, kw_only=True):
    """The desk's own: look who is free for an emergency that no agent has. ``fresh``: only agents not asked yet."""

    fresh: bool = False


class ExpireOffer(OnTask, frozen=True, kw_only=True):
    """The desk's own: this agent's time to answer is over; ``in_danger``: they have called for help themselves."""

    agent: int
    in_danger: bool = False


class Vacate(OnTask, frozen=True, kw_only=True):
    """The desk's own: this person lost access or role; what they had of the task goes on without them.

    ``moved``: they only left a unit, and keep what they said yes to. ``reported``: they reported it, and lost access.
    """

    person: int
    moved: bool = False
    reported: bool = False


class TellAgain(OnTask, frozen=True, kw_only=True):
    """The desk's own: messages reach this person again; tell them what still waits for their answer."""

    person: int


class Enter(Struct, frozen=True, kw_only=True):
    """Ask to be let in; ``token_digest`` is the SHA-256 of an invitation's token, in hexadecimal."""

    account: int
    name: str
    username: str | None = None
    token_digest: str | None = None


class Invite(Struct, frozen=True, kw_only=True):
    """Make a one-time link for a role."""

    role: Role
    token_digest: str


class OnPerson(Struct, frozen=True, kw_only=True):
    """A command about one person."""

    person: int


class Admit(OnPerson, frozen=True, kw_only=True):
    """Grant a request for access; or, ``again``, let somebody in who was turned down or shut out."""

    role: Role
    again: bool = False


class Reject(OnPerson, frozen=True, kw_only=True):
    """Turn a request for access down."""


class Promote(OnPerson, frozen=True, kw_only=True):
    """Give another role."""

    role: Role


class Disable(OnPerson, frozen=True, kw_only=True):
    """Shut a person out."""


class Relink(OnPerson, frozen=True, kw_only=True):
    """*Es la misma persona*: the person goes on with the ``newcomer``'s account; theirs was ``account`` when seen."""

    newcomer: int
    account: int
    role: Role | None = None  # of whoever was out when seen, and is let in again


class Replace(OnPerson, frozen=True, kw_only=True):
    """The desk's own: who asked is this other one, ``by`` whose new account they are known now."""

    by: int


class SetAvailability(OnPerson, frozen=True, kw_only=True):
    """Say whether one can be sent somewhere."""

    availability: Availability


class MarkSilenced(OnPerson, frozen=True, kw_only=True):
    """The desk's own: the channel says that the person takes no more messages."""


class MarkHeard(OnPerson, frozen=True, kw_only=True):
    """The desk's own: the person wrote again, or takes messages; ``mistaken``: they always did."""

    mistaken: bool = False


class Rename(OnPerson, frozen=True, kw_only=True):
    """The desk's own: the person is called so now."""

    name: str
    username: str | None = None


class StartShift(OnPerson, frozen=True, kw_only=True):
    """*Turno inicio*: on duty from now on, whatever the rota says."""


class EndShift(OnPerson, frozen=True, kw_only=True):
    """*Turno fin*."""


Reporting = OpenTask | OpenEmergency | TakeOut
OwnStep = Depart | Arrive | Start | Pause | Resume | Complete
FollowUp = ExpireOffer | Vacate | TellAgain | EscalateDue | CheckProgress | NotifyMore | Search | ShareCommand
Working = Assign | Accept | Decline | SceneCommand | AddNote | Locate | Revise | Classify
TaskCommand = Working | OwnStep | Cancel | Undo | Reopen | Dispose | Acknowledge | Escalate | FollowUp
AboutTask = Reporting | TaskCommand
Administering = Admit | Reject | Promote | Disable
AboutMember = Enter | Rename | Administering | SetAvailability | StartShift | EndShift | MarkSilenced | MarkHeard
AboutPerson = AboutMember | Relink | Replace | AnswerRise | Forget | EraseAgain | Freezing | OfLostWord | Equip
Inviting = Invite | Revoke
PersonCommand = AboutPerson | Inviting
AnyCommand = Reporting | TaskCommand | AboutPerson | Inviting | UnitCommand | CheckInCommand
