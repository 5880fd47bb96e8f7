#!/bin/sh
# One line a release: its language and its best bullet, for a shell loop, a spreadsheet or a message.
# Usage: examples/pipe.sh FILE...
set -eu
digest --format jsonl --bullets 3 --order rank "$@" | python3 -c '
import json, sys
for line in sys.stdin:
    made = json.loads(line)
    print(made["source"], made["language"], made["bullets"][0]["text"], sep="\t")
'
