/**
 * What the files of the script tag share: the tag itself, the line to the frame, and the host page's API.
 * Types only: they weigh nothing.
 */

import type { LauncherOptions } from "../../npm/src/types";

/** A call of the page, and how to answer it. */
export type Call = readonly [
  call: readonly unknown[],
  resolve: (value: unknown) => void,
  reject: (reason: unknown) => void,
];

/** Where something is kept: in one of the page's two, or under another name nowhere. */
export type Area = "localStorage" | "sessionStorage" | "none";

/** What happened: a message of the frame, or one of the loader's own. */
export type News = { readonly type: string } & Readonly<Record<string, unknown>>;

/** The page's global: callable, and the API's methods become its properties. */
export type Chat = ((...call: unknown[]) => unknown) & Record<string, unknown>;

/** Everything that the files share. */
export interface Core {
  readonly chat: Chat;
  /** What the page has called and nobody has answered. */
  readonly calls: Call[];
  readonly tag: HTMLScriptElement;
  /** Our server's origin. */
  readonly host: string;
  /** Asks for the configuration of a site and draws its widget. */
  readonly start: (site: string) => void;
  /** Loads one of the build's files. */
  readonly file: (path: string) => Promise<{ default: (core: Core, widget?: Widget) => unknown }>;
  /** Loads the file of the API. */
  readonly api: () => Promise<unknown>;
  /** All who hear of everything. */
  hear: ((news: News) => void)[];
  readonly tell: (news: News) => void;
  /** Whether the panel is open. */
  open: boolean;
  /** How many messages the visitor has not seen. */
  unread: number;
  /** Whether this is the tab that sends. */
  leads?: boolean | undefined;
  /** Whether the visitor wants no sound. */
  mute?: boolean | undefined;
  /** Whether unread messages are shown outside of the panel. */
  signalled?: boolean;
  /** Where the visitor's token and what waits are kept. */
  area: Area;
  /** Puts the element into the page in place of the loader. */
  place?: ((widget: Widget) => void) | undefined;
  /** The title of the page without what the API puts before it. */
  title?: string | undefined;
  /** Whether the frame has its port. */
  connected?: boolean | undefined;
  /** What our server said of the visitor, once the frame has asked. */
  session?: News | undefined;
  /** Says who the visitor is: JSON, or nothing for somebody unknown. */
  user?: (() => string | undefined | Promise<string | undefined>) | undefined;

  /** What the page wants: the attributes of the tag, or the options of the API. */
  wishes: Wishes;
  /** Asks for the configuration of the site, in the language of the page. */
  readonly ask: (done: (config: object | null, code: string) => void) => void;

  /** The widget whose visitor is told to be there. */
  visited?: Widget | undefined;
  /** The widget that shows what the site says by itself. */
  spoken?: Widget | undefined;
  /** What the team says to this visitor, until it is shown. */
  opener?: Opener | undefined;

  /** The key of the site that was asked for. */
  site?: string | undefined;
  /** Why there is no widget. */
  code?: string | undefined;
  /** The widget, once it is drawn. */
  widget?: Widget | undefined;
  /** The line to the frame, once there is one. */
  line?: Line | undefined;
}

/** What an agent says to a visitor who has not written. */
export type Opener = {
  readonly id: string;
  /** In which visit. */
  readonly visit: string;
  readonly text: string;
  /** The name of the agent. */
  readonly name: string;
  /** What stands on its buttons. */
  readonly words: object;
};

/** What a page says of our words and signs. */
export type Wishes = {
  /** The language. */
  readonly locale?: string | undefined;
  /** The colour, `#rrggbb`. */
  readonly accent?: string | undefined;
  /** What is said in place of some of our words. */
  readonly strings?: unknown;
  /** Whether the panel is light or dark. */
  readonly scheme?: unknown;
  /** How unread messages are not to be shown outside of the panel: where it is `false`. */
  readonly title?: unknown;
  readonly favicon?: unknown;
  readonly sound?: unknown;
  readonly preview?: unknown;
  /** Whether the page says that the visitor has agreed: `true` once the API has read it. */
  readonly consent?: unknown;
};

/** What the loader reads of a configuration. */
export type Config = {
  name: string;
  words: object;
  locale: string;
  language: string;
  font: string;
  launcher: LauncherOptions;
  /** What the panel says first. */
  greeting: string;
  /** Whether the site has proactive messages. */
  proactive?: boolean;
  /** With what it is told that the visitor is there, if the site's team sees that. */
  visits?: string;
};

/** The launcher and the panel's place on the page. */
export interface Widget {
  /** The element in the page. */
  readonly shell: HTMLElement;
  readonly button: HTMLButtonElement;
  readonly badge: HTMLElement;
  /** Holds the frame. */
  readonly box: HTMLElement;
  /** What the site's server says of it, and what the launcher says. */
  readonly config: Config;
  /** The words of the launcher, with those of the page in their place. */
  readonly words: () => Record<string, unknown>;
  /** What all keys of the storage begin with. */
  readonly key: string;
  /** Sees when the page takes the element away. */
  readonly observer: MutationObserver;
  /** Opens or closes the panel, and moves the focus if asked to. */
  readonly setOpen: (open: boolean, focus: boolean) => void;
  /** Creates the frame unless it is there. */
  readonly prepare: () => void;
  /** Puts the element back into the page, if it is gone. */
  readonly show: () => void;
  /** The frame, from the first intent on. */
  frame?: HTMLIFrameElement | undefined;
  /** The conversation that the line begins in, unless it is the visitor's latest. */
  wish?: string | undefined;
  /** Whether the focus was to move with the last opening. */
  focus?: boolean;
  /** Whether the loader has begun a load of the frame that has not come. */
  expected?: boolean;
  /** Whether the document in the frame is the one of such a load, and has no port. */
  fresh?: boolean;
}

/** What only a chat that somebody has reached for needs. */
export interface Line {
  /** Gives a fresh document its port. */
  readonly connect: () => void;
  /** Tells the frame what language to speak. */
  readonly speak: () => void;
  /** Begins anew, for another visitor or in another conversation. */
  readonly renew: (to?: string) => void;
  /** Tells the frame something. */
  readonly post: (message: object) => void;
  /** Tells the frame that the panel was opened or closed. */
  readonly follow: (open: boolean, focus: boolean) => void;
  /** Ends what the line listens to and waits for. */
  readonly end: () => void;
}
