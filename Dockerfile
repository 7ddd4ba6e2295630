# Evidence Packer as one container: the same set-up script as on a bare machine, so the two cannot drift.
FROM debian:bookworm-slim@sha256:3783cc01769c7b2b1b83a5c5ad96c815348e28ed7da68e2e3687004faa906251

LABEL org.opencontainers.image.title="Evidence Packer" \
      org.opencontainers.image.description="Marketplace dispute evidence: checked, bundled, with a letter" \
      org.opencontainers.image.licenses="Apache-2.0"

SHELL ["/bin/bash", "-o", "pipefail", "-c"]
WORKDIR /srv/evidence-packer

# What set-up needs first, so that a change of code keeps the layer with packages and libraries.
COPY setup.sh pyproject.toml evidence_packer_app.py README.md LICENSE ./
COPY requirements ./requirements
COPY api ./api
COPY jobs ./jobs
COPY letters ./letters
COPY evidence_packer ./evidence_packer
COPY reading ./reading
COPY press ./press
COPY casefile ./casefile
# Films and traces are extras of set-up; an image without FFmpeg's GPL libraries is built with --build-arg EXTRAS=traces.
ARG EXTRAS="film traces"
RUN EXTRAS="$EXTRAS" ./setup.sh run && rm -rf /var/lib/apt/lists/* /root/.cache

COPY platforms ./platforms
COPY carriers ./carriers
COPY sheets ./sheets
COPY networks ./networks
COPY practice ./practice
COPY locales ./locales
COPY templates ./templates
COPY fonts ./fonts
# Now that the data are here they are compiled as well.
RUN rm -f .venv/compiled && EXTRAS="$EXTRAS" ./setup.sh run

RUN useradd --system --uid 10001 --home-dir /data packer \
    && install -d -o packer -g packer -m 0700 /data
USER 10001
ENV EVIDENCE_PACKER_DATA=/data \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD [".venv/bin/python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]

# Other addresses than loopback need an API key (EVIDENCE_PACKER_API_KEYS); the service refuses to start without one.
CMD [".venv/bin/evidence-packer", "serve", "--host", "0.0.0.0", "--port", "8000"]
