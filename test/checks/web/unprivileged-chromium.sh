#!/bin/sh
# Chromium does not start with its sandbox on as root, which is what containers run tests as: it is started as nobody there.
# Its folder is named after the one that the test has its visits in, so that a test knows its own.
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
test_name=$(basename "$(dirname "$HOME")")
folder=$(mktemp -d "/tmp/profile.$test_name.XXXXXX")
export HOME="$folder" TMPDIR="$folder"
if [ "$(id -u)" != 0 ]; then exec "$chromium" "$@" --user-data-dir="$folder/profile"; fi
chown nobody "$folder"
cd "$folder" || exit 1
exec setpriv --reuid=nobody --regid=nogroup --clear-groups "$chromium" "$@" --user-data-dir="$folder/profile"
