# Sourced by .ci/run: a PostgreSQL of the run's own, on loopback, for the specs of the read models.
#
# start_postgres sets KESU_TEST_POSTGRES, unless it is set, and returns 0, or 1 when PostgreSQL is to be had and does not
# work; where no package can be installed it says so loudly, and returns 0 without setting anything. stop_postgres ends it and removes
# its folder, whatever came of it.
postgres_folder=

postgres_programs() {
  local initdb
  initdb=$(command -v initdb || ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)
  [ -n "$initdb" ] && dirname "$(readlink -f "$initdb")"
}

# PostgreSQL does not run as root.
as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

start_postgres() {
  local programs port password
  if [ -n "${KESU_TEST_POSTGRES:-}" ]; then return 0; fi
  programs=$(postgres_programs) || true
  if [ -z "$programs" ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql || return 1
    programs=$(postgres_programs) || return 1
  fi
  if [ -z "$programs" ]; then
    printf '\n*** PostgreSQL is not here and cannot be installed: the read models are NOT tested on PostgreSQL ***\n'
    return 0
  fi
  postgres_folder=$(mktemp -d)
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
  printf '%s' "$password" >"$postgres_folder/password"
  if [ "$(id -u)" -eq 0 ]; then chown -R postgres "$postgres_folder"; fi
  # Texts sort by pinyin in this cluster: a column of the views that leaves its order to the database shows at once.
  as_postgres "$programs/initdb" -D "$postgres_folder/data" -U kesu -A scram-sha-256 --pwfile="$postgres_folder/password" \
    -E UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=zh-CN >"$postgres_folder/initdb.log" 2>&1 &&
    as_postgres "$programs/pg_ctl" -D "$postgres_folder/data" -l "$postgres_folder/data/log" -w -t 60 -o \
      "-c listen_addresses=127.0.0.1 -p $port -c unix_socket_directories='' -c fsync=off" start >/dev/null ||
    { cat "$postgres_folder/initdb.log" "$postgres_folder/data/log" 2>/dev/null; return 1; }
  export KESU_TEST_POSTGRES="postgres://kesu:$password@127.0.0.1:$port/postgres"
  printf 'PostgreSQL: %s\n' "$("$programs/postgres" --version)"
}

stop_postgres() {
  [ -n "$postgres_folder" ] || return 0
  local programs
  programs=$(postgres_programs) && as_postgres "$programs/pg_ctl" -D "$postgres_folder/data" -m immediate -w stop >/dev/null 2>&1
  rm -rf "$postgres_folder"
  postgres_folder=
}
