"""Reports that joined an emergency, read from its events: whose each is, what came with it, and where it went."""

from collections.abc import Iterable

from msgspec.structs import replace

from core.desk.ports import Record
from core.rules.situation import Report
from core.vocabulary import events as e
from core.vocabulary import shares as s


def reports_in(records: Iterable[Record]) -> tuple[Report, ...]:
    """The reports that joined, oldest first.

    Files that its reporter added right after one (``more``) came with it.
    """
    found: dict[int, Report] = {}
    newest: dict[int | None, int] = {}  # of each reporter, until they do something else
    for record in records:
        match record.event:
            case s.ReportJoined(number=number) as event:
                program = record.via if record.by is None else None
                found[number] = Report(event=event, by=record.by, program=program)
                newest[record.by] = number
            case s.ReportTakenOut(number=number, into=into):
                if number in found:
                    found[number] = replace(found[number], into=into)
            case e.Noted(more=True) as note if record.by in newest:
                if note.attachment is not None:
                    report = found[newest[record.by]]
                    found[report.event.number] = replace(report, evidence=(*report.evidence, note))
            case _:  # whoever does something else has sent all that came with their report
                newest.pop(record.by, None)
    return tuple(found.values())
