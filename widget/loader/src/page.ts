/** Where the visitor is, and when that changes without a new document. */

/** Describes the page to the frame; what stands behind `#` is the page's own business. */
export function currentPage() {
  return { type: "page", url: location.href.split("#")[0], title: document.title, referrer: document.referrer };
}

/** Calls back some time after the address may have changed. `history` is left as it is: other scripts patch it already. */
export function onNavigation(changed: () => void): void {
  // A router sets the title after the address.
  const soon = () => setTimeout(changed, 400);
  const navigation = (window as { navigation?: EventTarget }).navigation;
  navigation?.addEventListener("navigatesuccess", soon);
  addEventListener("popstate", soon);
}
