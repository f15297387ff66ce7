"""Pictures of a person's profile: nobody here has one.

https://core.telegram.org/bots/api#getuserprofilephotos
"""

from msgspec import Struct

from emulator import wire
from emulator.errors import bad_request
from emulator.methods.registry import Call, method


class OfUser(Struct):
    user_id: int
    offset: int = 0
    limit: int = 100


class ProfilePhotos(Struct):
    total_count: int
    photos: list[list[wire.PhotoSize]]


@method("getUserProfilePhotos")
def get_user_profile_photos(call: Call, params: OfUser) -> ProfilePhotos:
    """No pictures, of an account that there is.

    Raises:
        ApiError: 400 when there is no such account, or for a page that begins before the first picture.
    """
    call.person(params.user_id)
    if params.offset < 0:
        raise bad_request("offset must be non-negative")
    return ProfilePhotos(0, [])
