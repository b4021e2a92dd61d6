#!/bin/sh
# Runs once, when the database is made.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  -v owner_password="$SIGNALBOX_OWNER_PASSWORD" \
  -v app_password="$SIGNALBOX_APP_PASSWORD" \
  -v report_password="$SIGNALBOX_REPORT_PASSWORD" \
  -f /roles.sql
