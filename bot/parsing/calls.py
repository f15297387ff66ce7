"""Calls for help in plain words, in Spanish and English: certain words, whatever the accents, the case and the vowels.

Nothing is guessed: what stands in no list is no call. A call opens nothing by itself either; it is answered with the
button that does.
"""

import re
from functools import lru_cache

from core.vocabulary.folding import folded
from core.vocabulary.slips import slips

_WORD = re.compile(r"\w+")
_STRETCHED = re.compile(r"(\w)\1{2,}")
_LETTERS = re.compile(r"\b(?:\w[ .\-]+)+\w\b")
LONGEST = 1_000
SURE_LENGTH = 6  # a word this long is known with one slip in it


def _phrases(*lists: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for words in lists for phrase in words.replace("\n", " ").split(","))


# Words of whoever is in danger: they say "I", "we", or ask for help.
CRIES = _phrases(
    """auxilio, auxiliame, auxilienme, socorro, socorreme, socorranme, sos, emergencia, emergencias, urgencia, ayuda,
    ayudame, ayudeme, ayudenme, ayudanos, ayudenos, ayudennos, ayuden, necesito ayuda, necesitamos ayuda,
    necesito apoyo, necesitamos apoyo, pido ayuda, pido apoyo, pedimos apoyo, apoyo urgente, refuerzos,
    mandame ayuda, manda ayuda, manden ayuda, manden gente, manda gente, mandame gente, manden patrulla,
    manden refuerzos, manden ambulancia, manda ambulancia, envien ayuda, envia ayuda, envien ambulancia,
    vengan, vengan ya, vengan rapido, veni rapido, veni ya, ven rapido, ven ya, apurate, apurense,
    llamen al 911, llamen a la policia, llama al 911, panico, mayday, codigo rojo, boton de panico,
    me disparan, me dispararon, me estan disparando, nos disparan, nos dispararon, nos estan disparando,
    me atacan, me atacaron, me estan atacando, nos atacan, nos estan atacando, me pegan, me estan pegando,
    me golpean, me golpearon, me matan, me van a matar, me quieren matar, nos van a matar, me muero,
    me estoy muriendo, me desangro, me apunalaron, me acuchillaron, me hirieron, estoy herido, estoy herida,
    me roban, me robaron, me estan robando, nos roban, me asaltan, me asaltaron, me estan asaltando, nos asaltan,
    me secuestran, me secuestraron, me tienen, me siguen, me persiguen, nos siguen, nos persiguen, me rodearon,
    nos rodearon, me amenazan, estoy en peligro, estamos en peligro, corro peligro, tengo miedo, estoy atrapado,
    estoy atrapada, no puedo respirar""",
    """ayda, ayua, aiuda, alluda, hayuda, aydua, auyda, ayuad, bengan, necesito auxilio, necesito refuerzos,
    necesitamos refuerzos, pido auxilio, pido refuerzos, pedimos ayuda, solicito apoyo, solicito ayuda,
    solicito refuerzos, solicitamos apoyo, requiero apoyo, requiero ayuda, requerimos apoyo, apoyo ya,
    apoyo por favor, refuerzo ya, manden apoyo, mande apoyo, envien apoyo, vengan por mi, saquenme de aqui,
    sacame de aqui, sacanos de aqui, saquennos de aqui, me apuntan, me estan apuntando, me encanonan, me encanonaron,
    me violan, me violaron, me estan violando, me quieren violar, me agreden, me agredieron, nos agreden, me balean,
    me balearon, nos balean, nos balearon, nos atacaron, nos emboscan, nos emboscaron, nos robaron, nos asaltaron,
    nos pegan, nos golpean, nos quieren matar, me quiere matar, me va a matar, me rodean, nos rodean,
    estoy rodeado, estoy rodeada, estamos rodeados, me acorralan, me acorralaron, nos acorralaron, me encerraron,
    estoy encerrado, estoy encerrada, me linchan, me quieren linchar, me apedrean, nos apedrean, me acosan,
    me esta siguiendo, me estan siguiendo, nos estan siguiendo, me ahogo, me estoy ahogando, me asfixio, me quemo,
    me estoy quemando, estoy sangrando, no puedo moverme, no me puedo mover, estamos atrapados, estamos heridos,
    me atropellaron, me electrocute, clave roja, oficial caido, oficial herido, agente caido, agente herido,
    policia caido, policia herido, companero caido, companero herido, hombre caido""",
    """help, help me, help us, need help, i need help, we need help, send help, emergency, urgent, shots fired,
    officer down, man down, need backup, send backup, backup, im shot, i am shot, they are shooting, being attacked,
    im bleeding, i am bleeding, im hurt, i am hurt, im in danger, i am in danger, call 911, call the police,
    im trapped, i am trapped, im stabbed, i am stabbed, i cant breathe, cant breathe, i cant move, being followed,
    they are following me, dont shoot, officer shot, code red""",
)
# Words for what is an emergency, whomever it befalls.
SIGNS = _phrases(
    """disparo, disparos, disparando, tiro, tiros, balazo, balazos, balacera, tiroteo, herido, herida, heridos,
    heridas, sangre, sangra, sangrando, robo, robando, asalto, asaltando, atraco, secuestro, rehen, rehenes,
    incendio, fuego, se quema, se incendia, explosion, fuga de gas, choque, accidente, atropello, atropellado,
    atropellada, infarto, no respira, no reacciona, inconsciente, desmayado, desmayada, se desmayo, convulsiona,
    peligro, arma, armado, armada, armados, pistola, cuchillo, punal, pelea, rina, derrumbe, ambulancia, bomba,
    ahogado, ahogada, se ahoga, intruso, intrusos, muerto, muerta, muertos""",
    """machete, navaja, escopeta, fusil, revolver, granada, apunalado, apunalada, acuchillado, acuchillada, baleado,
    baleada, violacion, violando, linchan, linchando, linchamiento, matan, mataron, matando, asesinato, asesinan,
    asesinaron, suicidio, suicidar, suicidarse, se va a tirar, se quiere matar, se quiere tirar, agresion, agreden,
    agrediendo, emboscada, saqueo, saquean, saqueando, motin, disturbios, volcamiento, volcado, volco, chocamos,
    chocaron, arrollado, arrollada, ahogando, ahogandose, asfixia, humo, llamas, ardiendo, quemando, quemado, quemada,
    electrocutado, electrocutada, electrocuto, intoxicado, intoxicada, envenenado, envenenada, escape de gas,
    huele a gas, olor a gas, terremoto, temblor, sismo, inundacion, inundado, se inunda, deslave, aluvion, alud,
    colapso, paro cardiaco, derrame cerebral, desangra, hemorragia, no despierta, no se mueve, se esta muriendo,
    parto, dando a luz, va a dar a luz, mordedura, culebra, serpiente, desaparecido, desaparecida, secuestrado,
    secuestrada, secuestran, secuestraron, raptaron, ladron, ladrones, delincuentes, asaltantes, entraron a robar,
    se metieron, cadaver, sin vida, paquete sospechoso, violencia, pelean, peleando""",
    """shot, shots, shooting, gun, knife, fire, bleeding, wounded, injured, stabbed, robbery, robbed, attacked,
    attack, dying, heart attack, not breathing, unconscious, accident, crash, explosion, kidnapped, danger, hostage,
    gas leak, ambulance, intruder""",
    """stabbing, rape, raped, machete, rifle, earthquake, flood, drowning, choking, overdose, suicide, fight, fighting,
    smoke, burning, burned, dead, murder, killed, killing, bomb, cardiac arrest, robbers, thief, thieves, looting, riot,
    hit and run, has a weapon""",
)
_FILLERS = frozenset(
    """por favor porfa porfavor ya hola che oigan oye eh ay dios mio urgente rapido necesito una un la el es hay
    please oh god hey its a an there is this""".split()
)


def call_in(text: str) -> bool:
    """Tells whether the words call for help, or name what is an emergency."""
    words = _words(text)
    return any(_at(words, phrase, start) for start, word in enumerate(words) for phrase in _begun_by(word))


def cry_in(text: str) -> bool:
    """Tells whether the words begin with a cry for help: the speaker is in danger, and speaks to nobody else."""
    words = _words(text)
    starts = [0]
    while starts[-1] < len(words) and words[starts[-1]] in _FILLERS:
        starts.append(starts[-1] + 1)
    return any(_at(words, phrase, start) for phrase in CRIES for start in starts)


def nothing_but_cries(text: str) -> bool:
    """Tells whether the words are cries for help alone: what follows them is meant."""
    words, at = _words(text), 0
    while at < len(words):
        step = max((len(phrase) for phrase in CRIES if _at(words, phrase, at)), default=int(words[at] in _FILLERS))
        if not step:
            return False
        at += step
    return bool(words)


def _words(text: str) -> tuple[str, ...]:
    """The folded words: stretched letters once (``ayudaaaa``), spelt words in one (``S.O.S``)."""
    plain = folded(text[:LONGEST].replace("🆘", " sos ")).replace("'", "").replace("’", "")
    plain = _LETTERS.sub(lambda spelt: re.sub(r"\W", "", spelt[0]), plain)
    return tuple(_WORD.findall(_STRETCHED.sub(r"\1", plain)))


@lru_cache(maxsize=4096)
def _begun_by(word: str) -> tuple[tuple[str, ...], ...]:
    """The phrases whose first word is this one; words come again and again, and comparing them takes long."""
    return tuple(phrase for phrase in CRIES + SIGNS if _same(word, phrase[0]))


def _at(words: tuple[str, ...], phrase: tuple[str, ...], start: int) -> bool:
    if len(words) < start + len(phrase):
        return False
    return all(map(_same, words[start : start + len(phrase)], phrase))


def _same(typed: str, meant: str) -> bool:
    if typed == meant:
        return True
    return len(meant) >= SURE_LENGTH and abs(len(typed) - len(meant)) <= 1 and slips(typed, meant) <= 1
