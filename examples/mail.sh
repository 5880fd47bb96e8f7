#!/bin/sh
# Sends the page of the day by mail whenever it has changed. In a crontab, from Sunday to Thursday:
#   0 7 * * 0-4  ~/telecom-digest/examples/mail.sh ~/press.yaml ~/telecom minister@example.org
# Usage: examples/mail.sh CONFIG FOLDER ADDRESS   (FOLDER: where the config puts {date}.html)
set -u
digest daily "$1"
code=$?
[ "$code" -le 1 ] || exit "$code" # 1: a source failed, which the page says too
day=$(date +%F)
page=$2/$day.html
if [ -f "$page" ] && { [ ! -f "$page.sent" ] || [ "$page" -nt "$page.sent" ]; }; then
    {
        printf 'To: %s\nSubject: Telecom digest, %s\nMIME-Version: 1.0\n' "$3" "$day"
        printf 'Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n'
        base64 <"$page"
    } | "${SENDMAIL:-/usr/sbin/sendmail}" -t -oi || exit 1
    touch -r "$page" "$page.sent"
fi
exit "$code"
