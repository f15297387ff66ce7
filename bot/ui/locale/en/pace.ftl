# To whoever goes faster than can be answered: said once.

too-fast =
    🐢 You are going too fast for me: wait a few seconds before you go on.
    If it is an emergency, write /{ command-emergency.name }: that always goes through.
