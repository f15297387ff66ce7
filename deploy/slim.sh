#!/bin/sh
# Take out of an installed desk what it never opens: what built it, what tests others, languages that it doesn't speak.
#   deploy/slim.sh FOLDER    of the virtual environment; needs strip
set -eu
folder="$1"
cd "$folder"/lib/python3.*/site-packages

# The local Telegram is for trying the desk out, and what builds the package is done.
rm -rf emulator hatchling* pathspec* pluggy* tomlkit* trove_classifiers*

# Tests of others, and databases that the desk doesn't speak.
rm -rf aiosqlite/tests alembic/testing certifi/tests greenlet/tests mako/testing sqlalchemy/testing
rm -rf sqlalchemy/dialects/mssql sqlalchemy/dialects/mysql sqlalchemy/dialects/oracle
find . -type f \( -name '*.c' -o -name '*.h' -o -name '*.pxd' -o -name '*.pxi' -o -name '*.pyi' -o -name '*.pyx' \) -delete

# Of the languages of dates and numbers, those of the catalogues and what they fall back to.
find babel/locale-data -name '*.dat' ! -name 'root.dat' ! -name 'en*.dat' ! -name 'es*.dat' -delete

# Only its UTC is used; the zones are read from tzdata.
rm -rf pytz/zoneinfo

# Colours for some hundred programming languages; rich names them all and opens one.
find pygments/lexers -type f ! -name '__init__.py*' ! -name '_mapping.py*' ! -name 'python.py*' ! -name 'special.py*' -delete
find pygments -name '*.pyc' -path '*lexers*' ! -name '__init__*' ! -name '_mapping*' ! -name 'python.*' ! -name 'special.*' -delete

# Symbols for debuggers.
find . -name '*.so' -o -name '*.so.*' | while read -r library; do strip --strip-unneeded "$library"; done
