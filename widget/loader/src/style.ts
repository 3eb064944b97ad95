/**
 * The style sheet of the launcher and of the box around the frame.
 *
 * It lives in the shadow root, where `!important` on `:host` wins over any `!important` of the page. Lengths are in
 * px because the page decides what a rem is.
 */

/** The style sheet; the configuration has what a site adds to it, its colours at least. */
export const STYLE =
  ":host{all:initial!important;position:fixed!important;z-index:2147483000!important}" +
  "button,div{position:fixed;inset-inline-end:20px;bottom:20px;box-shadow:0 2px 8px #0003,0 8px 32px #0003;transition:.2s}" +
  // The launcher.
  "button{width:60px;height:60px;padding:0;border:2px solid transparent;border-radius:50%;cursor:pointer}" +
  "button:hover{scale:1.06}" +
  "button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px #000}" +
  // Its sign: a speech bubble with a roof, which folds into an arrow while the panel is open.
  // It is a border because those keep a colour where the system forces its own.
  'button:before{content:"";position:absolute;inset:14px;border:14px solid;transition:.2s;' +
  'clip-path:path("M14 0L24 7Q26 8 26 11L26 20Q26 23 23 23L15 23L8 28L8 23L5 23Q2 23 2 20L2 11Q2 8 4 7Z")}' +
  '[aria-expanded=true]:before{' +
  'clip-path:path("M14 14L21 7Q23 6 25 7L25 7Q26 9 25 11L14 22L14 22L14 22L3 11Q2 9 3 7L3 7Q5 6 7 7Z")}' +
  // How many messages are unread.
  "p{position:absolute;inset:-6px -6px auto auto;margin:0;padding:0 7px;border:2px solid #fff;border-radius:20px;" +
  "background:#c4232b;color:#fff;font:600 12px/20px system-ui}" +
  "p:before{content:attr(data-n)}" +
  'p:not([data-n]),[data-n=""]{display:none}' +
  // The box around the frame.
  "div{bottom:92px;width:min(400px,100vw - 40px);height:min(640px,100vh - 112px);" +
  // Its edge is seen where the system forces its own colours.
  "border-radius:20px;overflow:hidden;outline:2px solid transparent;color-scheme:light dark;background:Canvas;color:GrayText}" +
  "div[inert]{visibility:hidden;opacity:0;translate:0 12px}" +
  // Seen only where the frame is late.
  'div:before{content:attr(data-w);position:absolute;inset:45% 0;font:15px system-ui;text-align:center}' +
  "iframe{position:absolute;width:100%;height:100%;border:0;opacity:0}[title]{opacity:1}" +
  "@media(prefers-reduced-motion){*,:before{transition:none!important}}" +
  // All of a small screen but what a notch or a bar of the system takes of it.
  "@media(max-width:480px),(max-height:480px){div:not(.v){inset:var(--t,0)0 auto;width:auto;height:var(--h,100dvh);" +
  "box-sizing:border-box;border:solid transparent;border-width:env(safe-area-inset-top)env(safe-area-inset-right)" +
  "env(safe-area-inset-bottom)env(safe-area-inset-left);border-radius:0}[aria-expanded=true]{visibility:hidden}}" +
  "@media print{:host{display:none!important}}";
