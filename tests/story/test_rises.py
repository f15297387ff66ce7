"""The keys of the desk: links that end with their maker's right, and administrators who hear of every rise (P9)."""

import pytest
from msgspec.structs import replace

from core.vocabulary.words import Membership
from storage.repositories import people
from tests.story.desk import StoryDesk
from tests.story.phone import Phone
from tests.story.test_coming_in import invitation
from tests.story.test_same_person import known, says_it_is_the_same
from tests.story.test_shut_out import lowers, page_of, shuts_out


async def finds_it_over(desk: StoryDesk, start: str) -> None:
    """A stranger opens a link and stays outside."""
    ivan = desk.stranger("Iván Paz")
    await ivan.says(start)
    ivan.sees("Esa invitación ya se usó o venció")
    await ivan.says("/equipo")
    ivan.sees("solo entran personas registradas")


@pytest.mark.parametrize("takes_away", [shuts_out, lowers], ids=["shut out", "lowered"])
@pytest.mark.parametrize("role", ["agente", "supervisor"])
async def test_p14_the_links_of_whoever_loses_the_right_to_give_them_open_no_door(
    desk: StoryDesk, takes_away: object, role: str
) -> None:
    marta, raul = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña")
    start = await invitation(raul, role)
    assert callable(takes_away)
    await takes_away(marta, "Raúl Peña")
    assert await desk.asks("SELECT count(*) FROM invitation") == 0
    assert await desk.asks("SELECT count(*) FROM event WHERE body LIKE '%\"revoked\"%'") == 1
    await finds_it_over(desk, start)
    for phone in (marta, raul):
        phone.reads_all()


async def test_p14_a_link_made_at_the_very_moment_of_the_cut_opens_no_door(desk: StoryDesk) -> None:
    """The record at the moment of use counts: the link came to be kept after its maker was out."""
    marta, raul = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña")
    start = await invitation(raul, "agente")
    before = await known(desk, raul)
    out = replace(before, membership=Membership.DISABLED)
    await desk.app.store.write(lambda session: people.save(session, before, out))
    await finds_it_over(desk, start)
    await marta.says("/invitar")
    await marta.sees("¿Con qué rol entra?").presses("📋 Ver las abiertas")
    marta.has("1. agente · ya no sirve: Raúl Peña no puede darla").offers("Anular 1")
    for phone in (marta, raul):
        phone.reads_all()


async def test_an_administrator_sees_the_open_links_and_takes_one_back(desk: StoryDesk) -> None:
    marta, raul = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña")
    first, second = await invitation(raul, "agente"), await invitation(marta, "supervisor")
    await marta.says("/invitar")
    page = marta.sees("¿Con qué rol entra?")
    await page.presses("📋 Ver las abiertas")
    page.says("1. agente · la hizo Raúl Peña · hasta", "2. supervisor · la hizo Marta Solís").offers(
        "Anular 1", "Anular 2"
    )
    assert page.message.keyboard is not None
    under_her_thumb = page.message.keyboard[0][0]
    await page.presses("Anular 1")
    page.says("1. supervisor · la hizo Marta Solís").offers("Anular 1").lacks("Raúl")
    await finds_it_over(desk, first)
    late = desk.telegram.press_button(marta.user, page.message, under_her_thumb)
    await desk.settle()
    assert late.answered is not None, late
    assert "ya no está en él" in (late.answered.text or ""), late.answered.text
    eva = desk.stranger("Eva Ríos")
    await eva.says(second)
    eva.sees("estás dentro")
    eva.sees("Tus datos en esta central")
    for phone in (marta, raul):
        phone.sees("🔑 Eva Ríos", "ya entró con el rol de supervisor", "invitación de Marta Solís")


async def test_the_open_links_are_leafed_through_page_by_page(desk: StoryDesk) -> None:
    marta = await desk.admin("Marta Solís")
    for _ in range(7):
        await invitation(marta, "agente")
    await marta.says("/invitar")
    page = marta.sees("¿Con qué rol entra?")
    await page.presses("📋 Ver las abiertas")
    page.offers(*(f"Anular {number}" for number in range(1, 7)), "Más »")
    await page.presses("Más »")
    page.offers("Anular 1", "« Inicio")
    await page.presses("Anular 1")
    page.offers(*(f"Anular {number}" for number in range(1, 7)))


async def test_p9_every_rise_by_a_button_is_told_to_the_other_administrators(desk: StoryDesk) -> None:
    marta, raul, ana = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña"), await desk.agent("Ana Mora")
    await (await page_of(marta, "Ana Mora")).presses("→ Supervisor")
    ana.sees("Tu rol cambió")
    raul.sees("🔑 Ana Mora", "es ahora supervisor", "Lo decidió Marta Solís").offers("👤 Ana Mora")
    marta.sees_nothing()
    await (await page_of(marta, "Ana Mora")).presses("→ Agente")
    ana.sees("Tu rol cambió")


async def test_p9_a_link_that_raises_somebody_is_told_too(desk: StoryDesk) -> None:
    marta, raul, ana = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña"), await desk.agent("Ana Mora")
    await ana.says(await invitation(marta, "supervisor"))
    ana.sees("estás dentro", "supervisor")
    for phone in (marta, raul):
        phone.sees("🔑 Ana Mora", "es ahora supervisor", "invitación de Marta Solís")


async def test_p14_the_links_of_a_lost_phone_end_when_its_owner_goes_on_with_another(desk: StoryDesk) -> None:
    marta, raul = await desk.admin("Marta Solís"), await desk.admin("Raúl Peña")
    start = await invitation(raul, "agente")
    again: Phone = desk.stranger("Raúl Peña")
    await again.says("/start")
    asked = marta.sees("Pide acceso", "Raúl Peña")
    await says_it_is_the_same(marta, asked)
    again.reads_all()
    await finds_it_over(desk, start)
    for phone in (marta, raul, again):
        phone.reads_all()
