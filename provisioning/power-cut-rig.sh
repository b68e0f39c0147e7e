#!/bin/sh
# Brings a machine to the point where the power cuts run (`npm run power-cuts`): a disk whose every write is recorded.
# Apart from setup.sh, because `npm start` needs none of it. Idempotent; says in one line what it installs.
#
#   provisioning/power-cut-rig.sh    0: it can run here; 3: it cannot, and the last line says why
set -eu
say() { printf 'power cuts: %s\n' "$*" >&2; }
cannot() { say "$*"; exit 3; }

# Each package and the file that proves it is there.
debian_packages='
  /usr/bin/qemu-storage-daemon  qemu-system-common
  /sbin/mke2fs                  e2fsprogs
  /bin/mount                    mount
  /usr/bin/unshare              util-linux
'

[ "$(uname -s)" = Linux ] || cannot 'only on Linux'
[ "$(id -u)" = 0 ] || cannot 'only as root: disks are made, mounted and cut off'
[ -c /dev/fuse ] || cannot 'there is no /dev/fuse'
[ -c /dev/loop-control ] || cannot 'there are no loop devices'

missing=$(printf '%s' "$debian_packages" | while read -r proof package; do
  [ -z "$proof" ] || [ -e "$proof" ] || printf '%s ' "$package"
done)
if [ -n "$missing" ]; then
  command -v apt-get >/dev/null 2>&1 || cannot "not installed, and this is not Debian: $missing"
  say "installing Debian packages: $missing"
  apt-get update -qq >/dev/null || cannot 'apt-get update failed: is the network up?'
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null \
    || cannot "apt-get install failed; try it by hand: apt-get install $missing"
fi
# Where a container forbids mounts or loop devices, it is found out here and not in the middle of a proof.
unshare --mount --pid --fork --kill-child --mount-proc true 2>/dev/null || cannot 'no name spaces of its own are allowed here'
free=$(losetup -f 2>/dev/null) && [ -b "$free" ] || cannot 'no loop device is free'
