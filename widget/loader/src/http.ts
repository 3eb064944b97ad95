/** Requests to our server, by XMLHttpRequest: pages replace `fetch` and `JSON` far more often. */

/** Returns a text that an answer has of its own, or an empty one. */
export function textOf(answer: object | null, name: string): string {
  return ({ __proto__: null, ...answer } as unknown as Record<string, string>)[name] || "";
}

/**
 * Sends a simple request and hands over the good answer, or nothing and the code of a refusal.
 * An empty code means that the server was not reached or is not well.
 */
export function request(
  method: string,
  address: string,
  body: string | null,
  done: (answer: object | null, code: string) => void,
): void {
  const xhr = new XMLHttpRequest();
  xhr.open(method, address);
  xhr.responseType = "json";
  xhr.timeout = 15_000;
  xhr.onloadend = () => {
    const answer = xhr.response as object | null;
    done(xhr.status == 200 ? answer : null, textOf(answer, "code"));
  };
  xhr.send(body);
}
