/** Where files come from, and those that are here already. */

/** The files of a conversation: their address, and for who has no cookie, the token that opens them. */
export type Place = { address: string; token: string };

/** Files that are here, as addresses of this page. The oldest go first. */
const here = new Map<string, string>();

const MOST = 60;

/** Keeps a file that is here. */
export function remember(id: string, blob: Blob): string {
  const address = URL.createObjectURL(blob);
  here.set(id, address);
  for (const [oldest, old] of here) {
    if (here.size <= MOST) break;
    here.delete(oldest);
    URL.revokeObjectURL(old);
  }
  return address;
}

/** Returns the address of a picture, which is fetched if it is not here. Fails with the status of a refusal, or 0. */
export async function fetched(place: Place, id: string): Promise<string> {
  return here.get(id) ?? remember(id, await load(place, id));
}

/** Fetches a file. */
export async function load({ address, token }: Place, id: string): Promise<Blob> {
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  let answer: Response;
  try {
    answer = await fetch(`${address}/${id}`, { headers, cache: "no-store" });
  } catch {
    throw 0;
  }
  if (!answer.ok) throw answer.status;
  return answer.blob();
}

/** Gives a file to the browser to keep. */
export function save(address: string, name: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}
