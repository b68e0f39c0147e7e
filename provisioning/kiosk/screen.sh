#!/bin/bash
# Shows the page of the kiosk; installed by provisioning/kiosk, run by kiosk-screen.service. Needs nothing of the release: it
# has to work when that does not. It ends, and systemd starts it anew with the rescue page, when
#   - the compositor or the browser ended,
#   - the runtime asks for another browser (the file KIOSK_ASKED changes),
#   - the runtime answered once and then was silent for `patience` seconds.
# The rescue page goes to the page of the runtime by itself as soon as that answers.
set -u
patience=${KIOSK_PATIENCE:-40}
every=${KIOSK_EVERY:-5}

# bash reads a path of its own, /dev/tcp, as a connection: no other program is needed.
answers() {
  timeout 4 bash -c '
    exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
    printf "GET /health HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n" >&3
    read -r protocol status rest <&3
    [ "$status" = 200 ]' answers "$KIOSK_PAGE_PORT" 2>/dev/null
}
asked() { stat -c %y "$KIOSK_ASKED" 2>/dev/null || echo never; }

cage -- chromium "$@" "$KIOSK_RESCUE" &
compositor=$!
trap 'kill "$compositor" 2>/dev/null' EXIT
trap 'exit 0' TERM INT

asked_before=$(asked)
heard=no
silent=0
while sleep "$every" & wait $!; do
  if ! kill -0 "$compositor" 2>/dev/null; then
    echo 'the compositor or the browser ended'
    exit 1
  fi
  now=$(asked)
  if [ "$now" != "$asked_before" ] && [ "$now" != never ]; then
    echo 'the runtime asked for another browser'
    exit 1
  fi
  if answers; then
    heard=yes
    silent=0
  elif [ "$heard" = yes ]; then
    silent=$((silent + every))
    if [ "$silent" -ge "$patience" ]; then
      echo "the runtime has been silent for $silent seconds: showing the rescue page"
      exit 1
    fi
  fi
done
