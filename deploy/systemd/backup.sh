#!/bin/sh
# Backs up the database and the artifacts to the folder, verifies the copy, and deletes the backups of more than LANDFALL_BACKUP_DAYS days.
# Usage: backup.sh <folder>; the variables of the server are in the environment, and landfall is in the PATH.
set -eu
folder=$1
days=${LANDFALL_BACKUP_DAYS:-14}
file=$folder/landfall-$(date -u +%Y-%m-%dT%H%M%SZ).db
mkdir -p "$folder"
landfall admin backup "$file"
find "$folder" -maxdepth 1 -name 'landfall-*.db' -mtime "+$days" | while read -r old; do
  rm -rf "$old" "$old.blobs"
done
echo "$file"
