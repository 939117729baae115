#!/bin/sh
# Restores the newest backup of a folder into a temporary folder and checks every artifact in it. The server and its data are not touched.
# Usage: restore-drill.sh <folder with the backups>; landfall is in the PATH. Exits with 0 if the backup can be restored completely.
set -eu
newest=$(find "$1" -maxdepth 1 -name 'landfall-*.db' | sort | tail -n 1)
[ -n "$newest" ] || { echo "There is no backup in $1." >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Not the database and the bucket of the server.
unset LANDFALL_DATABASE_URL LANDFALL_S3_BUCKET LANDFALL_S3_ACCESS_KEY_ID LANDFALL_S3_SECRET_ACCESS_KEY
export LANDFALL_DATA_DIR="$work"
landfall admin restore "$newest"
landfall admin check --contents
echo "$newest can be restored."
