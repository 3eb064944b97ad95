-- Debian's prosody for `cargo xtask bench server`: one host, one listener on loopback, every message archived in SQLite.
run_as_root = true
daemonize = false
data_path = "{data}"
pidfile = "{data}/prosody.pid"
log = { warn = "*console" }
interfaces = { "127.0.0.1" }
c2s_ports = {}
s2s_ports = {}
http_ports = { {port} }
https_ports = {}
modules_enabled = { "saslauth", "websocket", "mam" }
modules_disabled = { "s2s", "tls", "offline", "posix" }
allow_unencrypted_plain_auth = true
c2s_require_encryption = false
consider_websocket_secure = true
authentication = "internal_plain"
storage = { archive = "sql" }
sql = { driver = "SQLite3", database = "{data}/archive.sqlite" }
default_archive_policy = true
archive_expires_after = "never"
VirtualHost "localhost"
