# The built Worker on bare workerd; the words in braces are filled in by workerd.rs.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "porchlight", worker = .porchlight),
    (name = "public", disk = "{public}"),
    (name = "objects", disk = (path = "{objects}", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:{port}", http = (), service = "porchlight")],
);

const porchlight :Workerd.Worker = (
  compatibilityDate = "2026-09-01",
  compatibilityFlags = ["no_web_socket_compression"],
  modules = [
    (name = "index.js", esModule = embed "index.js"),
    (name = "index_bg.wasm", wasm = embed "index_bg.wasm"),
  ],
  bindings = [
    (name = "CONVERSATIONS", durableObjectNamespace = "ConversationObject"),
    (name = "WORKSPACES", durableObjectNamespace = "WorkspaceObject"),
    (name = "ACCOUNTS", durableObjectNamespace = "AccountObject"),
    (name = "RATES", durableObjectNamespace = "RateObject"),
    (name = "MAILBOXES", durableObjectNamespace = "MailboxObject"),
    (name = "ASSETS", service = "public"),
    (name = "PUBLIC_BASE_URL", text = "{base_url}"),
    (name = "TOKEN_SECRET", text = "{token_secret}"),
    (name = "NAME_SECRET", text = "{name_secret}"),
    (name = "SEAL_SECRET", text = "{seal_secret}"),
    (name = "SETUP_TOKEN", text = "{setup_token}"),
    {vars}
  ],
  durableObjectNamespaces = [
    (className = "ConversationObject", uniqueKey = "conversations", enableSql = true),
    (className = "WorkspaceObject", uniqueKey = "workspaces", enableSql = true),
    (className = "AccountObject", uniqueKey = "accounts", enableSql = true),
    (className = "RateObject", uniqueKey = "rates", enableSql = true),
    (className = "MailboxObject", uniqueKey = "mailboxes", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "objects"),
);
