#!/usr/bin/env bash
# Everything a fresh Debian 12 or Ubuntu 24.04 needs, in one place: system packages, virtual environment, this project.
#
#   ./setup.sh run       what the service needs
#   ./setup.sh develop   also what tests, linting and the browser tests need
#
# Films and traces are extras: EXTRAS="film traces" unless said otherwise; EXTRAS= leaves both out. A third one, rapidocr, is another
# OCR engine, five times as large as the first; it is installed where it is named, and by develop.
# Quiet when there is nothing to do. The Dockerfile calls the same script, so the two cannot drift.
set -euo pipefail
cd "$(dirname "$0")"
level=${1:-run}
case $level in run|develop) ;; *) echo "usage: ./setup.sh run|develop" >&2; exit 2 ;; esac

# package                what for
# python3-venv           the virtual environment
# libpangoft2-1.0-0      text layout of letters and front pages
# libharfbuzz-subset0    small font subsets, several times faster than the fallback
# ca-certificates        package index over TLS
# tesseract-ocr*         reads Korean, Thai and Russian, for which the first OCR engine has no model
# poppler-utils          the second program that looks at each page of an uploaded PDF
packages=(python3-venv libpangoft2-1.0-0 libharfbuzz-subset0 ca-certificates tesseract-ocr tesseract-ocr-kor tesseract-ocr-tha)
packages+=(tesseract-ocr-rus poppler-utils)
# chromium               the form is tested in a real browser (Debian; elsewhere those tests say that they are skipped)
# libatomic1             the program that drives the browser
# fonts-noto-cjk         the browser shows Chinese, Japanese, Korean
# curl                   the snippets of docs/clients.md are run as they stand
if [ "$level" = develop ]; then
    packages+=(libatomic1 fonts-noto-cjk curl git)
    if grep -q '^ID=debian' /etc/os-release; then packages+=(chromium); fi
fi

missing=()
for package in "${packages[@]}"; do
    [ "$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null)" = "install ok installed" ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    root=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || { echo "setup.sh: please install as root: apt-get install ${missing[*]}" >&2; exit 1; }
        root=(sudo)
    fi
    echo "setup.sh: installing ${missing[*]}" >&2
    log=$(mktemp)
    { "${root[@]}" apt-get -qq update && "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -qqy install --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 || { tail -20 "$log" >&2; exit 1; }
    rm -f "$log"
fi

# The stamp names the lock files it was made from, so an unchanged checkout installs nothing.
if [ "$level" = run ] && [ -e .venv/installed-develop ]; then level=develop; fi
stamp=.venv/installed-$level
locks=(requirements/"$level".txt)
if [ "$level" = run ]; then
    for extra in ${EXTRAS-film traces}; do
        case $extra in film|traces|rapidocr) ;; *) echo "setup.sh: no such extra: $extra" >&2; exit 2 ;; esac
        locks+=("requirements/$extra.txt")
    done
fi
wanted=$(cat "${locks[@]}" pyproject.toml setup.sh | sha256sum)
if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
    echo "setup.sh: preparing .venv ($level)" >&2
    [ -x .venv/bin/python ] || python3 -m venv .venv
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes "${locks[@]/#/--requirement=}"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
    echo "$wanted" >"$stamp"
fi

# An editable install compiles nothing beforehand, and where PYTHONDONTWRITEBYTECODE is set nothing ever would: every start would
# compile half a second. Code and data are compiled here, whenever a file of them is newer than the last time.
code=(api jobs letters evidence_packer reading press casefile) data=(platforms networks practice carriers locales)
compiled=.venv/compiled
newer() { find "${code[@]}" "${data[@]}" -newer $compiled \( -name '*.py' -o -name '*.toml' -o -name '*.po' \) -print -quit 2>/dev/null; }
if [ ! -e $compiled ] || [ -n "$(newer)" ]; then
    touch $compiled
    .venv/bin/python -m compileall -q "${code[@]}"
    [ ! -d locales ] || .venv/bin/python -c 'from casefile.discovery import compile_installed; compile_installed()'
fi
