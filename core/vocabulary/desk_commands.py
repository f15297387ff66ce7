"""Commands that only the desk gives itself: nobody may ask for one, but for whoever may do everything."""

from core.vocabulary import access_commands as ac
from core.vocabulary import checkin_commands as cc
from core.vocabulary import commands as c
from core.vocabulary import notifying as n
from core.vocabulary import shares as s
from core.vocabulary import unit_commands as uc
from core.vocabulary.rounds import MarkRound

DeskTaskCommand = (
    c.ExpireOffer
    | c.EscalateDue
    | c.CheckProgress
    | c.Search
    | c.Vacate
    | c.TellAgain
    | n.NotifyMore
    | s.YieldAgent
    | s.Quieten
    | s.Count
    | MarkRound
)
DeskCommand = (
    DeskTaskCommand
    | c.MarkSilenced
    | c.MarkHeard
    | c.Rename
    | c.Replace
    | ac.EraseAgain
    | ac.RemindFreeze
    | ac.CallFrozen
    | cc.RemindCheckIn
    | cc.MissCheckIn
    | cc.AskRound
    | uc.EndQuestions
    | uc.ChangeShifts
)
