"""Addresses of printers: a person is known there by the number of the tray."""

from bot.transport.channels import address_on

PRINTOUT = 1


def tray(number: int) -> int:
    """The account of whoever reads this tray."""
    return address_on(PRINTOUT, number)
