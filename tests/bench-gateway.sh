# Sourced by the bench scripts: builds the Release gateway and starts it with a data folder of its own on the disk of the
# temporary files. Sets $gateway (process), $smtp and $web (ports); all ends with the script.
cd "$(dirname "$0")/.."
work=$(mktemp -d)
smtp=${SMTP_PORT:-26925}
web=${WEB_PORT:-26926}
gateway=
trap 'stop_gateway; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

start_gateway() {
  [ -n "${NO_BUILD:-}" ] || ${DOTNET:-dotnet} build -c Release gateway/Host/MailInbox.Host.csproj >"$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
  mkdir "$work/config"
  printf '{ "inboxes": { "support": { "addresses": ["support@example.com", "user@example.test"] } } }' >"$work/config/inboxes.json"
  gateway/Host/bin/Release/net10.0/mailinbox --data "$work/data" --config "$work/config" --smtp "127.0.0.1:$smtp" --web "http://127.0.0.1:$web" >"$work/gateway.log" 2>&1 &
  gateway=$!
  for _ in $(seq 100); do
    grep -q 'Mail comes in' "$work/gateway.log" && return
    kill -0 "$gateway" 2>/dev/null || break
    sleep 0.1
  done
  cat "$work/gateway.log"
  exit 1
}

stop_gateway() {
  [ -z "$gateway" ] || { kill "$gateway" 2>/dev/null && wait "$gateway"; } || true
  gateway=
}
