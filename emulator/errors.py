"""The refusals of the Bot API: code, sentence and machine-readable parameters.

A bot must tell them apart by code and parameters; the sentences follow Telegram's so that a log reads the same.
See https://core.telegram.org/bots/api#making-requests.
"""

from msgspec import Struct


class ResponseParameters(Struct, omit_defaults=True, frozen=True):
    """``retry_after`` in whole seconds."""

    migrate_to_chat_id: int | None = None
    retry_after: int | None = None


class ApiError(Exception):
    """A Bot API call that was refused; nothing was changed."""

    def __init__(self, code: int, description: str, parameters: ResponseParameters | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters


class Impossible(Exception):
    """A person tried what no Telegram client would let them do (write to a chat they are not in, say).

    ``on_screen`` is what their phone on the page shows, in Spanish.
    """

    def __init__(self, what: str, on_screen: str = "Eso no se puede hacer desde este teléfono.") -> None:
        super().__init__(what)
        self.on_screen = on_screen


def bad_request(what: str) -> ApiError:
    return ApiError(400, f"Bad Request: {what}")


def forbidden(what: str) -> ApiError:
    return ApiError(403, f"Forbidden: {what}")


def conflict(what: str) -> ApiError:
    return ApiError(409, f"Conflict: {what}")


def too_many_requests(retry_after: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", ResponseParameters(retry_after=retry_after))


def migrated(to: int) -> ApiError:
    return ApiError(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        ResponseParameters(migrate_to_chat_id=to),
    )
