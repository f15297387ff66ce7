"""Words of whoever is being hurt, built as people build them: *me* or *nos*, and the forms of a verb of violence.

They are matched letter by letter: a slip would make *me pegaron* of *me pagaron*.
"""

from collections.abc import Iterator
from itertools import product

# Stems of verbs in -ar. With those of the second line "I …" is ordinary (me apunto, me rodeo): -o is no cry there.
_DONE_TO_ME = """atac golpe amenaz asalt rob secuestr dispar viol apunal acuchill bale embosc acorral encanon estrangul
    ahorc linch apedre atropell manose acos tortur ametrall
    balace extorsion arrebat arranch bolse cogote envenen""".split()
_DONE_BY_ME_TOO = "rode drog apunt pate chore afan encerr asfixi peg tir".split()
_OTHERS = """me persigue, me persiguen, nos persigue, nos persiguen, me agrede, me agreden, nos agreden, me agredio,
    me agredieron, nos agredieron, me hirio, me hirieron, nos hirieron, me matan, nos matan, me mataron, me ahogan"""
_OTHER_GERUNDS = "matando siguiendo persiguiendo agrediendo hiriendo quemando ahogando".split()
_OTHER_INFINITIVES = "matar perseguir agredir herir quemar ahogar".split()
_WHOM = ("me", "nos")
_ARE = "estan esta estas andan anda vienen viene tan".split()
_WANT = "quiere, quieren, queres, quieres, kiere, kieren, va a, van a, vas a, ba a, ban a, intentan, intenta".split(
    ", "
)
_ASK = "manda mande manden mandame mandenme mandanos mandennos envia envie envien".split()
_NEED = "necesito necesitamos pido solicito requiero".split()
_ARTICLE = ("", "un", "una", "la", "el", "a la", "a los", "mas")
_HELPERS = "ambulancia patrulla patrullero bomberos policia policias refuerzo refuerzos apoyo medico auxilio".split()
_SENT = ("movil", "moviles", "alguien", "a alguien", "gente")
LONGEST_PHRASE = 5  # words


def _built() -> Iterator[str]:
    stems = (*_DONE_TO_ME, *_DONE_BY_ME_TOO)
    yield from (f"{whom} {stem}{end}" for whom, stem, end in product(_WHOM, stems, ("a", "an", "aron")))
    yield from (f"{whom} {stem}o" for whom, stem in product(_WHOM, _DONE_TO_ME))
    yield from (other.strip() for other in _OTHERS.split(","))
    for gerund in (*(f"{stem}ando" for stem in stems), *_OTHER_GERUNDS):
        for whom, are in product(_WHOM, _ARE):
            yield from (f"{whom} {are} {gerund}", f"{are} {gerund}{whom}")
    for infinitive in (*(f"{stem}ar" for stem in stems), *_OTHER_INFINITIVES):
        for whom, want in product(_WHOM, _WANT):
            yield from (f"{whom} {want} {infinitive}", f"{want} {infinitive}{whom}")
    yield from (f"{ask} {article} {helper}" for ask, article, helper in product((*_ASK, *_NEED), _ARTICLE, _HELPERS))
    yield from (f"{ask} {article} {sent}" for ask, article, sent in product(_ASK, _ARTICLE, _SENT))


DANGERS = frozenset(tuple(phrase.split()) for phrase in _built())


def danger_at(words: tuple[str, ...], start: int) -> int:
    """How many words from ``start`` on say that the speaker is being hurt or needs somebody sent; 0 where none do."""
    return next((n for n in range(LONGEST_PHRASE, 1, -1) if words[start : start + n] in DANGERS), 0)
