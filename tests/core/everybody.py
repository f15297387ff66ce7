"""The rule of whom a step reaches as it is written down: over a list of everybody, which no desk carries.

What the storage finds by rung, unit, duty and page is held against it.
"""

from core.state.directory import PAGE, Directory, Found, Question
from core.state.person import Person
from core.vocabulary.escalation_policy import EscalationTarget
from core.vocabulary.words import Role


class Everybody(Directory, frozen=True, kw_only=True):
    """A directory that knows all active people, and the ids of those on duty."""

    known: tuple[Person, ...] = ()
    on_duty: frozenset[int] = frozenset()

    def ask(self, question: Question) -> Found:
        """The people whom a question is about."""
        named = {target: self.named(target, question) for target in question.targets}
        ids = sorted({one.id for people in named.values() for one in people if one.reachable})
        page = ids[:PAGE]
        return Found(
            people={target: tuple(one for one in people if one.id in page) for target, people in named.items()},
            deaf=any(not one.reachable for people in named.values() for one in people),
            led=any(one.role is Role.SUPERVISOR for one in self.known),
            after=page[-1] if len(ids) > PAGE else None,
        )

    def named(self, target: EscalationTarget, question: Question) -> list[Person]:
        """People whom a target names, reachable or not, by name."""
        supervisors = [one for one in self.known if one.role is Role.SUPERVISOR]
        on_duty = [one for one in supervisors if one.id in self.on_duty]
        found = {
            EscalationTarget.UNIT_SUPERVISORS_ON_DUTY: [one for one in on_duty if one.unit == question.unit],
            EscalationTarget.SUPERVISORS_ON_DUTY: on_duty,
            EscalationTarget.SUPERVISORS: supervisors,
            EscalationTarget.ADMINS: [one for one in self.known if one.role is Role.ADMIN],
        }[target]
        wanted = (one for one in found if one.active and one.id not in question.but and one.id > question.after)
        return sorted(wanted, key=lambda one: (one.name, one.id))
