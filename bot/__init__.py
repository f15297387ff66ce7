"""The Telegram front end: the only room that knows the chat, and the one that builds the whole desk."""

import os

# python-telegram-bot's durations are timedeltas here, as they will be everywhere in its next major version.
os.environ["PTB_TIMEDELTA"] = "true"
