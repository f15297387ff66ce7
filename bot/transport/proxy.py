"""The proxy on the way to Telegram: the configuration's, or else the environment's."""

import ipaddress
import logging
from urllib.parse import urlsplit
from urllib.request import getproxies_environment, proxy_bypass

from bot.config.schema import Telegram

log = logging.getLogger(__name__)


def proxy_of(telegram: Telegram) -> str | None:
    """The proxy's address, which may hold a password; None for the direct way.

    ``telegram.proxy_url``, or, when that is empty, HTTPS_PROXY (HTTP_PROXY for an http server) unless NO_PROXY names
    Telegram's server. It is looked up once, because the environment of a process stays. A server on this machine is
    never asked through the environment's proxy.
    """
    if given := telegram.proxy_url.get_secret_value():
        return given
    server = urlsplit(telegram.api_base_url)
    host = server.hostname or ""
    found = getproxies_environment().get(server.scheme, "")
    if not found or _is_here(host) or proxy_bypass(host):
        return None
    address = found if "://" in found else f"http://{found}"
    if urlsplit(address).scheme not in ("http", "https"):
        log.warning("the environment's proxy is neither http nor https, and is not used")
        return None
    return address


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
