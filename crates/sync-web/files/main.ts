/**
 * Files in the browser, for widget and inbox alike: loaded when somebody first has to do with one, so that it weighs nothing
 * on the first click.
 */

export { portrait } from "./shrink";
export { keep, picture } from "./shown";
export { openTray } from "./tray";
export { speak } from "./words";
