#!/bin/sh
# Chromium does not start with its sandbox on as root, which is what containers run tests as: it is started as nobody there.
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
if [ "$(id -u)" != 0 ]; then exec "$chromium" "$@"; fi
folder=$(mktemp -d /tmp/signalbox-test-chromium.XXXXXX)
chown nobody "$folder"
export HOME="$folder" TMPDIR="$folder"
cd "$folder" || exit 1
exec setpriv --reuid=nobody --regid=nogroup --clear-groups "$chromium" "$@" --user-data-dir="$folder/profile"
