# Two stages: the wheel and its locked dependencies are installed into a virtual environment, which is all that the
# image takes over. BASE is any Debian-like image with Python 3.11 or newer, its venv module and headers. The parser is
# compiled, which takes some eight minutes and makes it nearly twice as fast.
ARG BASE=python:3.13-slim-bookworm

FROM ${BASE} AS build
WORKDIR /build
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --quiet --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.lock requirements-dev.lock ./
RUN python3 -m venv /opt/bilateral \
    && /opt/bilateral/bin/pip install --quiet --require-hashes -r requirements.lock \
    && python3 -m venv /opt/build \
    && /opt/build/bin/pip install --quiet --require-hashes -r requirements-dev.lock
COPY pyproject.toml README.md LICENSE CHANGELOG.md ./
COPY alembic alembic
COPY seed seed
COPY docs/problems docs/problems
COPY app app
COPY tools tools
COPY tests/parsing/cases tests/parsing/cases
RUN mkdir dist \
    && tools/compile.sh /opt/build/bin/python dist profiled \
    && /opt/bilateral/bin/pip install --quiet --no-deps dist/*.whl

FROM ${BASE}
COPY --from=build /opt/bilateral /opt/bilateral
ENV PATH=/opt/bilateral/bin:$PATH PYTHONUNBUFFERED=1
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin bilateral
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["python3", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
CMD ["bilateral", "serve", "--host", "0.0.0.0"]
