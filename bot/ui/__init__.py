"""Building blocks of every screen: texts, buttons, forms, refusals."""
