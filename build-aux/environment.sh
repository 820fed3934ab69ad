# Sourced by build-aux/run and build-aux/test: sees to it that what the project
# needs is there, and on a host older than the floor goes on inside build-aux/devroot.

src=$(cd "$(dirname "$0")/.." && pwd -P)

floor="gtk4:4.18 libadwaita-1:1.7 glib-2.0:2.84 libsoup-3.0:3.6 json-glib-1.0:1.10 libsecret-1:0.21 sqlite3:3.46 libcrypt:4"

has_floor() {
  command -v pkg-config >/dev/null || return 1
  local entry
  for entry in $floor; do
    pkg-config --atleast-version="${entry#*:}" "${entry%:*}" || return 1
  done
}

has_tools() {
  local tool
  for tool in meson ninja cc msgfmt glib-compile-resources "$@"; do
    command -v "$tool" >/dev/null || return 1
  done
}

# The version Debian would install, or nothing.
candidate() {
  apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: *\([0-9:]*[0-9][^-+~]*\).*/\1/p'
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# ensure_environment TOOL... -- ARGS: returns where the host can build, or does not
# return: the calling script then runs once more inside the development root.
ensure_environment() {
  local tools=()
  while [ $# -gt 0 ] && [ "$1" != -- ]; do tools+=("$1"); shift; done
  shift
  [ -z "${UNIFIED_CHAT_IN_DEVROOT:-}" ] || return 0
  if has_floor && has_tools "${tools[@]}"; then return 0; fi
  if command -v apt-get >/dev/null && ! has_floor; then
    [ -n "$(candidate libadwaita-1-dev)" ] || as_root apt-get -q update >&2
  fi
  if command -v apt-get >/dev/null && dpkg --compare-versions "$(candidate libadwaita-1-dev)" ge 1.7 &&
     dpkg --compare-versions "$(candidate libgtk-4-dev)" ge 4.18; then
    echo "Installing missing packages" >&2
    as_root apt-get -q update >&2
    # shellcheck disable=SC2046
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends \
      $(sed 's/#.*//' "$src/build-aux/packages" | xargs) >&2
    return 0
  fi
  if command -v apt-get >/dev/null; then
    exec "$src/build-aux/devroot" ${DEVROOT_OPTIONS:-} "$src/build-aux/$(basename "$0")" "$@"
  fi
  echo "These are needed, at least in these versions: $floor; and the programs: meson ninja cc msgfmt ${tools[*]}" >&2
  exit 1
}

# configure BUILD-DIR MESON-ARGS... : once, and again when the arguments changed
configure() {
  local dir=$1 wanted; shift
  wanted="$* $(pkg-config --modversion glib-2.0 gtk4 | xargs)"
  if [ "$(cat "$dir/.configured" 2>/dev/null)" != "$wanted" ]; then
    rm -rf "$dir"
    meson setup "$dir" "$src" "$@" >"$dir.log" 2>&1 || { tail -30 "$dir.log" >&2; return 1; }
    echo "$wanted" >"$dir/.configured"
  fi
}
