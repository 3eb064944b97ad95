// Tells Porchlight who is signed in (Node 18 or newer, no dependencies).
// Run it as it stands to see both proofs: node identity.mjs 42 "Anna" anna@example.com
import { createHmac } from "node:crypto";
import { pathToFileURL } from "node:url";

const { PORCHLIGHT_SITE: site, PORCHLIGHT_KEY_ID: keyId, PORCHLIGHT_SECRET: secret } = process.env;

/** A token for the person who is signed in, good for ten minutes: ask for it anew whenever the page wants one. */
export function identityToken(user) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const header = part({ alg: "HS256", typ: "JWT", kid: keyId });
  const { id, name, email } = user;
  const claims = part({ sub: String(id), name, email, aud: site, iat: now, exp: now + 600 });
  const signature = createHmac("sha256", secret).update(`${header}.${claims}`).digest("base64url");
  return `${header}.${claims}.${signature}`;
}

/** The plain hash of the person's id, for where a token is too much. It never expires. */
export function identityHash(id) {
  return createHmac("sha256", secret).update(`porchlight-identity-v1\n${site}\n${id}`).digest("hex");
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [id, name, email] = process.argv.slice(2);
  console.log(identityToken({ id, name, email }));
  console.log(identityHash(id));
}
