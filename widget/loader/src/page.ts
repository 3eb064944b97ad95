/** Where the visitor is, and when that changes without a new document. */

/** Says whether the visitor asks not to be followed: by Global Privacy Control, or by Do Not Track. */
export const isPrivate = () => !!(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl || navigator.doNotTrack == "1";

/**
 * Describes the page to the frame; what stands behind `#` is the page's own business, and where the visitor came from is
 * nobody's who asks not to be followed.
 */
export function currentPage(title = document.title) {
  return { type: "page", url: location.href.split("#")[0], title, referrer: isPrivate() ? "" : document.referrer };
}

/** Calls back some time after the address may have changed, unless the visitor asks not to be followed. `history` is left as it is: other scripts patch it already. */
export function onNavigation(
  listen: (target: EventTarget | undefined, type: string, listener: () => void) => void,
  changed: () => void,
): void {
  if (isPrivate()) return;
  // A router sets the title after the address.
  const soon = () => setTimeout(changed, 400);
  listen((window as { navigation?: EventTarget }).navigation, "navigatesuccess", soon);
  listen(window, "popstate", soon);
}
