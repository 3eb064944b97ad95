# A rival on bare workerd, as ours is; the words in braces are filled in by on_workerd.rs.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "rival", worker = .rival),
    (name = "objects", disk = (path = "{objects}", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:{port}", http = (), service = "rival")],
);

const rival :Workerd.Worker = (
  compatibilityDate = "2026-09-01",
  compatibilityFlags = ["nodejs_compat"],
  modules = [(name = "index.js", esModule = embed "index.js")],
  bindings = [(name = "ROOMS", durableObjectNamespace = "Room")],
  durableObjectNamespaces = [(className = "Room", uniqueKey = "rooms", enableSql = true)],
  durableObjectStorage = (localDisk = "objects"),
);
