# Debian 13 with Python 3.13, by its content: a tag moves.
ARG BASE=python:3.13-slim-trixie@sha256:9d2e5553305c7c7b0097999bb17187c69b921ccd6bc9d40e4bb5ebe652c00285

FROM ${BASE} AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends binutils \
    && rm -rf /var/lib/apt/lists/*
RUN python -m venv --without-pip /opt/gad
WORKDIR /src
COPY constraints.txt ./
RUN pip --python /opt/gad/bin/python install --no-cache-dir --require-hashes --requirement constraints.txt
COPY . .
RUN pip --python /opt/gad/bin/python install --no-cache-dir --no-deps --no-build-isolation .
RUN deploy/slim.sh /opt/gad

FROM ${BASE}
RUN useradd --system --uid 10001 --home-dir /var/lib/gad --create-home --shell /usr/sbin/nologin gad
COPY --from=build /opt/gad /opt/gad
# Every key has its default here; mount your own over it, or set GAD_TELEGRAM__TOKEN and the like.
COPY config.example.toml /etc/gad/config.toml
ENV PATH=/opt/gad/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER gad
# storage.url is relative by default: var/gad.db is kept under here, and nothing is written anywhere else.
WORKDIR /var/lib/gad
VOLUME /var/lib/gad
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=10s --retries=3 \
    CMD ["gad", "health", "--page", "live", "--config", "/etc/gad/config.toml"]
ENTRYPOINT ["gad"]
CMD ["run", "--config", "/etc/gad/config.toml"]
