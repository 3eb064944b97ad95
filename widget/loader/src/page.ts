/** Where the visitor is, and when that changes without a new document. */

/** Describes the page to the frame; what stands behind `#` is the page's own business. */
export function currentPage(title = document.title) {
  return { type: "page", url: location.href.split("#")[0], title, referrer: document.referrer };
}

/** Calls back some time after the address may have changed. `history` is left as it is: other scripts patch it already. */
export function onNavigation(
  listen: (target: EventTarget | undefined, type: string, listener: () => void) => void,
  changed: () => void,
): void {
  // A router sets the title after the address.
  const soon = () => setTimeout(changed, 400);
  listen((window as { navigation?: EventTarget }).navigation, "navigatesuccess", soon);
  listen(window, "popstate", soon);
}
