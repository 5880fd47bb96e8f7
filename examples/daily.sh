#!/bin/sh
# The day's stories, the most important first, one line each: group, headline and where it stands; for a message or a list.
# Usage: examples/daily.sh CONFIG PAGE.json   (one of the outputs of the config)
set -u
digest daily "$1"
code=$?
[ "$code" -le 1 ] || exit "$code" # 1: a source failed, which the page says too
python3 -c '
import json, sys
for group in json.load(sys.stdin)["groups"]:
    for story in group["stories"]:
        digest, links = story["digest"], story["links"]
        print(group["name"], digest["title"] or digest["bullets"][0]["text"], links[0]["url"], sep="\t")
' <"$2" || exit
exit "$code"
