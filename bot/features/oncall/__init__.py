"""On call: units, rotas, shifts, swaps, handing over."""
