"""The plug is pulled, again and again, while people work: what Telegram was told had arrived is done all the same.

`scripts/chaos.py` is the long form. One desk in a process of its own (`site`), people who never pause (`crowd`), the
places at which a process may die (`points`, `victim`), the deaths one after another (`campaign`), and what must be true
in the end (`verdict`).
"""
