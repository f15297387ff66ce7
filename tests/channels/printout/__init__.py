"""A second kind of channel: a printer in a station, whose pages nobody can change or answer."""
