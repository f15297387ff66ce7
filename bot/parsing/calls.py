"""Calls for help in plain words, in Spanish, English and Portuguese: certain words, whatever their accents and case.

Nothing is guessed: what stands in no list is no call. A call opens nothing by itself either; it is answered with the
button that does.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.parsing.danger_words import DANGERS, danger_at
from bot.parsing.ordinary_words import is_over, ordinary_at
from core.vocabulary.folding import folded
from core.vocabulary.slips import slips

_WORD = re.compile(r"\w+")
_STRETCHED = re.compile(r"(\w)\1{2,}")
_LAUGHTER = re.compile(r"\bj?(?:ja){2,}j?\b")
_LETTERS = re.compile(r"\b(?:\w[ .\-]+)+\w\b")
ALARMING = frozenset("🚨🚑🚒🚓🚔🔫🔪🩸💣🧨🔥")  # a call where nothing but pictures was sent
_DONE = ("aron", "ieron")
LONGEST = 1_000
SURE_LENGTH = 6  # a word this long is known with one slip in it
NO_SLIPS = frozenset("sigue contaron quedando quedado quedada pagaron miraron rogaron".split())  # words of their own


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
    """apurensen, apuraos, ayudadme, socorredme, salvenme, salvame, salveme, salvennos, rescatenme, rescatennos,
    venite ya, venite rapido, veni urgente, ven urgente, vengan urgente, vengan por favor, venid rapido, alerta roja,
    me sigue un, me sigue una, me sigue alguien, me duele el pecho, me desmayo, me voy a desmayar, me drogaron,
    me tocaron, me clavaron, me dieron un tiro, me dieron un balazo, me dispare, recibi un disparo, tengo un balazo,
    me metieron en un, me llevan a la fuerza, me llevaron a la fuerza, quede atrapado, quede atrapada, estoy escondido,
    estoy escondida, estamos escondidos, estamos bajo fuego, cayo un companero, companera herida, companera caida,
    companero esta herido, companera esta herida, companero no responde, companera no responde, hay alguien en mi casa,
    hay alguien adentro, entraron a mi casa, entraron en mi casa, perdi mucha sangre, me cagaron a tiros,
    me estan cagando a tiros, nos estan cagando a tiros, nos cagaron a tiros, me rodean""",
    """me ajuda, me ajude, me ajudem, ajuda, ajude, ajudem, preciso de ajuda, precisamos de ajuda, preciso de socorro,
    preciso de reforco, precisamos de reforco, estao atirando, tao atirando, atiraram em mim, atirando em mim,
    vou morrer, vao me matar, vai me matar, querem me matar, quer me matar, estou sendo assaltado,
    estou sendo assaltada, estou sendo seguido, estou sendo seguida, estou sendo atacado, estou sendo atacada,
    estou sendo roubado, estou sendo roubada, estou sendo perseguido, estou sendo perseguida, fui baleado, fui baleada,
    fui esfaqueado, fui esfaqueada, fui assaltado, fui assaltada, estou em perigo, estou ferido, estou ferida,
    nao consigo respirar, nao consigo me mexer, chamem a policia, chama a policia, chame a policia, mandem ajuda,
    mandem reforco, manda reforco, mandem uma ambulancia, manda uma ambulancia, estou com medo, policial ferido,
    estou sangrando, estao me seguindo, estao me roubando, estao me batendo, estao me atacando, me roubaram,
    me bateram, me balearam, me esfaquearam""",
    """hlep, hepl, halp, save me, save us, hurry, come quick, come quickly, please come, send someone, send somebody,
    send police, send the police, send cops, send an ambulance, need assistance, i need assistance,
    officer needs assistance, requesting backup, requesting assistance, active shooter, under fire, were under fire,
    taking fire, they shot me, i got shot, ive been shot, i was shot, im dying, i am dying, hes got a gun, he has a gun,
    he is following me, hes following me, somebodys following me, someones following me, someone is following me,
    someone is in my house, someones in my house, someone broke in, somebody broke in, he is going to kill me,
    hes going to kill me, theyre going to kill me, gonna kill me, im hiding, im scared, i am scared, my partner is down,
    partner down, my chest hurts, au secours, aidez moi, aide moi, aiuto""",
    """ausilo, alludenme, alludame, alludeme, ayudemen, me fajaron, me rompieron la, me cagaron a palos, me cagaron a
    golpes, me cagaron a trompadas, me cagaron a patadas, me estan cagando a, me metieron al, me subieron a un, me
    subieron al, me subieron a una, me levantaron, me quieren levantar, me van a levantar, me traen encanonado, me
    traen encanonada, me picaron con, me quieren picar, estoy amarrado, estoy amarrada, estoy atado, estoy atada, no
    me deja salir, no me dejan salir, me encerro, no me mate, no me mates, no me maten, no me pegues, no me peguen,
    no me disparen, no disparen, no dispares, sueltame, suelteme, sueltenme, para matarme, vienen por mi, me van a
    encontrar, no me dejen solo, no me dejen sola, no me dejes solo, no me dejes sola, me dejaron tirado, me dejaron
    tirada, me estan buscando para, estoy debajo de la cama, me falta el aire, me cuesta respirar, me duele mucho el
    pecho, no siento las piernas, me intoxique, me dio corriente, me pusieron algo en la bebida, me voy a matar, me
    quiero matar, me quiero morir, no quiero vivir, ya no quiero vivir, me tome todas las pastillas, tome todas las
    pastillas, me cerraron el paso, nos cerraron el paso, nos volteamos, nos volcamos, me estrelle, nos estrellamos,
    nos hundimos, me arrastra el agua, me arrastra el rio, me arrastra la corriente, me quitaron el, me quitaron la,
    me jalaron, me estan tocando, me esta tocando, me toco un hombre, carro me sigue, moto me sigue, auto me sigue,
    camioneta me sigue, carro nos sigue, moto nos sigue, auto nos sigue, llamen 911, llama 911, 911 ya, llamen a los
    bomberos, llama a los bomberos, urge apoyo, urge ayuda, agente abajo, oficial abajo, unidad bajo ataque""",
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
    """no puedo hablar, escucho pasos, entraron a la casa, se metio alguien, atrapado, atrapada, atrapados, me cai,
    me quebre, me fracture, me corte, me mordio, me pico, me llevan, me estan llevando, exploto,
    convulsiones, convulsionando, se ahogo, se cayo el techo, incendiando, quemaron, broke my leg, i fell,
    fogo, facada, esfaqueado, esfaqueada, roubo, roubando, assalto, acidente, incendio, tiroteio, tiros, refem,
    desmaiou, sangramento, desabamento, arrombaram, ferido, ferida, feridos""",
    """chorros en, hay chorros, hay choros, sicario, sicarios, vacunadores, con un fierro, traen armas, tienen armas,
    encanonado, encanonada, metieron a la casa, entrar a mi casa, entrar en mi casa, ya estan adentro, mi ex esta
    afuera, senor malo, senor en mi cuarto, hombre en mi cuarto, le dispararon, les dispararon, balearon,
    atropellaron, acuchillaron, apunalaron, violaron, le esta pegando, le estan pegando, le pega a, la esta pegando,
    lo estan golpeando, la estan golpeando, la golpea, lo golpean, no se levanta, se cayo a la piscina, se cayo al
    rio, se cayo al pozo, se cayo al agua, se atraganto, se esta atragantando, nino se perdio, nina se perdio, hijo
    se perdio, hija se perdio, no encuentro a mi hijo, no encuentro a mi hija, se llevaron a mi, se llevaron al nino,
    se llevaron a la nina, se robaron al nino, se robaron a la nina, se robaron a mi, se hunde, se esta hundiendo, se
    prendio la casa, se prendio fuego, se cayo el puente, se cayo la casa, se cayo el muro, se viene el cerro, se
    vino el cerro, nos cayo la montana, se desbordo, se desborda, se metio el agua, se volteo, gente tirada, persona
    tirada, hombre tirado, tirado en la calle, tirada en la calle, hay un tirado, lanzan bombas, codigo azul,
    siguiendome, persiguiendome, me pueden ayudar, pueden ayudarme, alguien que me ayude, no puedo salir""",
)
_OWN = frozenset(CRIES)
_BY_FIRST: dict[str, list[tuple[str, ...]]] = {}
for _phrase in CRIES + SIGNS:
    _BY_FIRST.setdefault(_phrase[0], []).append(_phrase)
_FILLERS = frozenset(
    """por favor porfa porfavor ya hola che oigan oye eh ay dios mio urgente rapido necesito una un la el es hay
    please oh god hey its a an there is this pls plz x xfa xfavor xf porfis boludo boluda loco loca compa jefe jefa
    amigo amiga mi marido esposo esposa novio novia pareja ex padre hijo hombre tipo tipos hombres dos tres unos ellos
    alguien creo que solo sola y veni ven estoy pelo amor de deus gente chicos muchachos""".split()
)


def call_in(text: str) -> bool:
    """Tells whether the words call for help, or name what is an emergency."""
    words, start = _words(text), 0
    if not words:
        return not ALARMING.isdisjoint(text)
    over = is_over(words)
    while start < len(words):
        ordinary = ordinary_at(words, start)
        if not ordinary and any(not (over and _told(phrase)) for phrase in _calls_at(words, start)):
            return True
        start += ordinary or 1
    return False


def cry_in(text: str) -> bool:
    """Tells whether the words begin with a cry for help: the speaker is in danger, and speaks to nobody else."""
    words = _words(text)
    starts = [0]
    while starts[-1] < len(words) and words[starts[-1]] in _FILLERS:
        starts.append(starts[-1] + 1)
    return any(_cries_at(words, start) for start in starts)


def nothing_but_cries(text: str) -> bool:
    """Tells whether the words are cries for help alone: what follows them is meant."""
    words, at = _words(text), 0
    while at < len(words):
        step = _cries_at(words, at) or int(words[at] in _FILLERS)
        if not step:
            return False
        at += step
    return bool(words)


def _calls_at(words: tuple[str, ...], start: int) -> Iterator[tuple[str, ...]]:
    """The phrases from ``start`` on that call for help."""
    if length := danger_at(words, start):
        yield words[start : start + length]
    yield from (phrase for phrase in _begun_by(words[start]) if _at(words, phrase, start))


def _told(phrase: tuple[str, ...]) -> bool:
    """Tells whether somebody who speaks of another day may mean it: a noun, or what was done."""
    if phrase in DANGERS:
        return phrase[-1].endswith((*_DONE, "o"))
    return phrase not in _OWN or phrase[-1].endswith(_DONE)


def _cries_at(words: tuple[str, ...], start: int) -> int:
    """How many words from ``start`` on are one cry for help, 0 where none is."""
    if start >= len(words) or ordinary_at(words, start):
        return 0
    begun = (phrase for phrase in _begun_by(words[start]) if phrase in _OWN and _at(words, phrase, start))
    return max(danger_at(words, start), max(map(len, begun), default=0))


def _words(text: str) -> tuple[str, ...]:
    """The folded words: stretched letters once (``ayudaaaa``), spelt words in one (``S.O.S``)."""
    plain = folded(text[:LONGEST].replace("🆘", " sos ")).replace("'", "").replace("’", "")
    plain = _LAUGHTER.sub("jaja", plain)
    plain = _LETTERS.sub(lambda spelt: re.sub(r"\W", "", spelt[0]), plain)
    return tuple(_WORD.findall(_STRETCHED.sub(r"\1", plain)))


@lru_cache(maxsize=4096)
def _begun_by(word: str) -> tuple[tuple[str, ...], ...]:
    """The phrases whose first word is this one; words come again and again, and comparing them takes long."""
    return tuple(phrase for first in _BY_FIRST if _same(word, first) for phrase in _BY_FIRST[first])


def _at(words: tuple[str, ...], phrase: tuple[str, ...], start: int) -> bool:
    if len(words) < start + len(phrase):
        return False
    return all(map(_same, words[start : start + len(phrase)], phrase))


def _same(typed: str, meant: str) -> bool:
    if typed == meant:
        return True
    if typed in NO_SLIPS:
        return False
    return len(meant) >= SURE_LENGTH and abs(len(typed) - len(meant)) <= 1 and slips(typed, meant) <= 1
