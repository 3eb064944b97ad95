/** Who the page says its visitor is. */

import type { Identity, Profile, Whoami } from "../../../npm/src/types";

/** Returns the parts that are shown. */
export function profileOf(user: Identity | undefined): Profile {
  const profile: Profile = {};
  for (const name of ["id", "name", "email"] as const) {
    const text = user?.[name];
    if (text !== undefined) profile[name] = text;
  }
  return profile;
}

/** Says whether two identities are the same person with the same words, so that the session can go on. */
export function isSame(one: Identity | undefined, other: Identity | undefined): boolean {
  const words = (user: Identity | undefined) => JSON.stringify([profileOf(user), subjectOf(user)]);
  return words(one) === words(other) && sourceOf(one) === sourceOf(other);
}

/** Says it to our server: the page's own words through the page's own `JSON`, with a fresh proof. */
export async function toServer(user: Identity | undefined): Promise<string | undefined> {
  if (!user) return undefined;
  const { proof } = user;
  const fresh = proof && "getJwt" in proof ? { jwt: await proof.getJwt() } : proof;
  return JSON.stringify({ ...profileOf(user), ...(fresh && { proof: fresh }) });
}

/** Reads who our server took the visitor for. */
export function whoamiOf(session: Readonly<Record<string, unknown>> | undefined, user: Identity | undefined): Whoami {
  const known = session?.["known"] as Record<string, unknown> | undefined;
  const conversation = (known ?? session)?.["conversation"] as string | undefined;
  const anonymous = session?.["notice"] ? "guest" : "anonymous";
  return {
    status: conversation ? (known ? "verified" : anonymous) : "unknown",
    conversationId: conversation ?? null,
    profile: profileOf(user),
  };
}

/** Without an id, whom a token names; a fresh token of the same person is no other person. */
function subjectOf(user: Identity | undefined): unknown {
  const proof = user?.proof;
  if (!proof || user.id !== undefined) return !!proof;
  if ("userHash" in proof) return proof.userHash;
  if (!("jwt" in proof)) return null;
  try {
    const claims = JSON.parse(atob(proof.jwt.split(".")[1]!.replace(/-/g, "+").replace(/_/g, "/")));
    return [claims.sub, claims.name, claims.email];
  } catch {
    return proof.jwt;
  }
}

/** Without an id, the function that will say it. */
function sourceOf(user: Identity | undefined): unknown {
  const proof = user?.proof;
  return proof && user.id === undefined && "getJwt" in proof ? proof.getJwt : undefined;
}
