FROM python:3.13-slim AS build
RUN python -m venv --without-pip /opt/gad
WORKDIR /src
COPY constraints.txt ./
RUN pip --python /opt/gad/bin/python install --no-cache-dir --require-hashes --requirement constraints.txt
COPY . .
RUN pip --python /opt/gad/bin/python install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/gad --create-home --shell /usr/sbin/nologin gad
COPY --from=build /opt/gad /opt/gad
# Every key has its default here; mount your own over it, or set GAD_TELEGRAM__TOKEN and the like.
COPY config.example.toml /etc/gad/config.toml
ENV PATH=/opt/gad/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER gad
# storage.url is relative by default: var/gad.db is kept under here.
WORKDIR /var/lib/gad
VOLUME /var/lib/gad
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=10s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ.get('GAD_SERVER__PORT', '8080') + '/health/live', timeout=4)"]
ENTRYPOINT ["gad", "run", "--config", "/etc/gad/config.toml"]
