/** Proofs of who a visitor is, for a server with Web Crypto: Node, Deno, Bun, Workers. Never for a page. */

export interface Claims {
  /** The person's id with you. */
  sub: string;
  name?: string;
  email?: string;
  /** The site's id or its key. */
  aud?: string;
}

export interface SignOptions {
  /** The name of the secret. */
  keyId?: string;
  /** How long the token is good, in seconds; 300 if left out, 86,400 at most. */
  lifetime?: number;
}

const encoder = new TextEncoder();

async function sign(secret: string, text: string): Promise<Uint8Array> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(text)));
}

function base64url(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Makes a token for `identify({ proof: { jwt } })`. */
export async function signUser(secret: string, claims: Claims, { keyId, lifetime = 300 }: SignOptions = {}): Promise<string> {
  const part = (value: object) => base64url(encoder.encode(JSON.stringify(value)));
  const now = Math.floor(Date.now() / 1_000);
  const header = part({ alg: "HS256", typ: "JWT", ...(keyId && { kid: keyId }) });
  const body = part({ ...claims, iat: now, exp: now + lifetime });
  return `${header}.${body}.${base64url(await sign(secret, `${header}.${body}`))}`;
}

/** Makes the plain hash for `identify({ id, proof: { userHash } })`; `site` is the site's id. */
export async function userHash(secret: string, site: string, id: string): Promise<string> {
  const bytes = await sign(secret, `porchlight-identity-v1\n${site}\n${id}`);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
