"""Who is on duty: units, rotas, shifts, swaps, handing over."""
