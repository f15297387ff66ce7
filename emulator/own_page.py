"""Answers the emulator's own page and programs, and no other page that is open in the same browser.

A page of any site can send requests to this machine: forms, images and frames without asking, and WebSockets too. A
name that its owner points at 127.0.0.1 (DNS rebinding) even makes them look like the page's own. A browser says in
``Host`` what the address was called, and in ``Origin`` and ``Sec-Fetch-Site`` who asks; programs send neither.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

_SITE, _DESTINATION = "Sec-Fetch-Site", "Sec-Fetch-Dest"
_OWN_SITES = ("same-origin", "none")  # none: typed, or a bookmark
_HTTP = 80


def only_own_page(host: str) -> Middleware:
    """A middleware that answers 403 to other sites' pages, and keeps its own page out of their frames.

    ``host`` is where the server listens: its name, those of the loopback and the address of the connection are its own.
    """

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        if (why := _foreign(request, host.lower())) is not None:
            return web.Response(status=403, text=f"{why}\n", headers={"X-Content-Type-Options": "nosniff"})
        return await handler(request)

    return guarded


async def unframed(request: web.Request, response: web.StreamResponse) -> None:
    """Let no other page show this one under its own buttons."""
    response.headers["Content-Security-Policy"] = "frame-ancestors 'none'"
    response.headers["X-Frame-Options"] = "DENY"


def _foreign(request: web.Request, host: str) -> str | None:
    """Why the request is not from the own page or a program; None when it is."""
    own = _own_hosts(request, host)
    called = request.headers.getall(hdrs.HOST, [])
    if len(called) != 1 or called[0].lower() not in own:
        return "The emulator is not called so: open it at the address that it printed."
    origins = request.headers.getall(hdrs.ORIGIN, [])
    if any(origin.lower() != f"http://{called[0].lower()}" for origin in origins):
        return "The emulator answers its own page alone, and this is another site's."
    if origins or _is_visit(request):
        return None
    if request.headers.get(_SITE, "none") not in _OWN_SITES:
        return "The emulator answers its own page alone, and another site sent this."
    if (referer := request.headers.get(hdrs.REFERER)) and urlsplit(referer).netloc.lower() != called[0].lower():
        return "The emulator answers its own page alone, and another site's page sent this."
    return None


def _is_visit(request: web.Request) -> bool:
    """Whether somebody follows a link to the page in a window of its own, which changes nothing."""
    is_page = request.path == "/" and request.method == hdrs.METH_GET
    return is_page and request.headers.get(_DESTINATION, "document") == "document"


def _own_hosts(request: web.Request, host: str) -> set[str]:
    """The values of the header Host that name this server."""
    address = request.transport.get_extra_info("sockname") if request.transport is not None else None
    if not isinstance(address, tuple):
        return set()
    here, port = str(address[0]).partition("%")[0], int(address[1])
    names = {host, here}
    if ip_address(here).is_loopback:
        names |= {"localhost", "127.0.0.1", "::1"}
    written = {f"[{name}]" if ":" in name else name for name in names}
    return {f"{name}:{port}" for name in written} | (written if port == _HTTP else set())
