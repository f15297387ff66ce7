# A quien va más rápido de lo que se puede atender: se le dice una vez.

too-fast =
    🐢 Vas muy rápido y no puedo con todo: espera unos segundos antes de seguir.
    Si es una emergencia, escribe /{ command-emergency.name }: eso siempre pasa.
