#!/bin/sh
# Brings a bare Debian 12 or 13 to a kiosk from a signed release.
#
#   sh install.sh TARBALL PUBLIC_KEY [ROOT]
#
# TARBALL.sig lies beside the tarball. ROOT is a tree other than / (an image). Run again it puts nothing in twice.
set -eu
give_up() { printf 'install: %s\n' "$*" >&2; exit 1; }

[ $# -ge 2 ] || give_up 'usage: sh install.sh TARBALL PUBLIC_KEY [ROOT]'
tarball=$1
key=$2
root=${3:-}
root=${root%/}
[ "$(id -u)" = 0 ] || give_up 'run it as root'
for needed in "$tarball" "$tarball.sig" "$key"; do
  [ -f "$needed" ] || give_up "$needed is not there"
done
command -v openssl >/dev/null || give_up 'openssl is missing: apt-get install openssl'
openssl pkeyutl -verify -pubin -inkey "$key" -rawin -in "$tarball" -sigfile "$tarball.sig" >/dev/null 2>&1 \
  || give_up "$tarball is not signed with $key, or was changed since: fetch it again"

# The number of kiosk-up (provisioning/kiosk/users.ts): the user itself comes with the first --apply.
updater=482
home=$root/opt/kiosk
fresh=$home/releases/.install
mkdir -p "$home/releases" "$root/etc/kiosk"
rm -rf "$fresh"
mkdir "$fresh"
tar -xzf "$tarball" -C "$fresh" --no-same-owner -p
version=$(sed -n 's/^ "version": "\([0-9A-Za-z.+-]*\)",$/\1/p' "$fresh/release.json")
number=$(sed -n 's/^ "number": \([0-9]*\),$/\1/p' "$fresh/release.json")
[ -n "$version" ] && [ -n "$number" ] || give_up 'release.json says no version: this is not a release'
if [ -e "$home/good" ]; then
  rm -rf "$fresh"
  [ "$(readlink "$home/good")" = "releases/$version" ] \
    || give_up "this machine has a release already: $(readlink "$home/good"). A newer one comes to it as an update"
else
  rm -rf "$home/releases/$version"
  mv "$fresh" "$home/releases/$version"
  printf '{"floor":%s,"trial":null,"failed":null,"last":null}\n' "$number" >"$home/trials.json"
  chown -R "$updater:$updater" "$home"
  ln -sfn "releases/$version" "$home/current"
  # Last: with it the machine has a release.
  ln -sfn "releases/$version" "$home/good"
  chown -h "$updater:$updater" "$home/current" "$home/good"
  sync
fi
install -m 0644 "$key" "$root/etc/kiosk/release-key.pem"
exec "$home/good/node/bin/node" "$home/good/app/provisioning/kiosk/main.ts" --apply --root "${root:-/}"
