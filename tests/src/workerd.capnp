# The built Worker on bare workerd; the words in braces are filled in by workerd.rs.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "porchlight", worker = .porchlight),
    (name = "public", disk = "{public}"),
    (name = "objects", disk = (path = "{objects}", writable = true)),
    (name = "files", worker = .files),
    (name = "bucket", worker = .bucket),
    (name = "bucket-disk", disk = (path = "{bucket}", writable = true)),
  ],
  extensions = [(modules = [
    (name = "miniflare:shared", esModule = embed "bucket-shared.js"),
    (name = "miniflare:zod", esModule = embed "bucket-zod.js"),
  ])],
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
    (name = "VISITS", durableObjectNamespace = "VisitsObject"),
    (name = "ASSETS", service = "public"),
    (name = "FILES", r2Bucket = "files"),
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
    (className = "VisitsObject", uniqueKey = "visits", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "objects"),
);

# The bucket of files, as `wrangler dev` simulates it.
const files :Workerd.Worker = (
  compatibilityDate = "2023-07-24",
  modules = [(name = "bucket-entry.js", esModule = embed "bucket-entry.js")],
  bindings = [
    (name = "MINIFLARE_NAMESPACE", text = "files"),
    (name = "MINIFLARE_OBJECT", durableObjectNamespace = (className = "R2BucketObject", serviceName = "bucket")),
  ],
);

const bucket :Workerd.Worker = (
  compatibilityDate = "2023-07-24",
  compatibilityFlags = ["nodejs_compat", "experimental"],
  modules = [(name = "bucket.js", esModule = embed "bucket.js")],
  durableObjectNamespaces = [(className = "R2BucketObject", uniqueKey = "bucket")],
  durableObjectStorage = (localDisk = "bucket-disk"),
  bindings = [
    (name = "MINIFLARE_BLOBS", service = "bucket-disk"),
    (name = "MINIFLARE_LOOPBACK", service = "bucket-disk"),
  ],
);
