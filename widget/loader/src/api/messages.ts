/** Messages that the page sends, and how those of the conversation look to it. */

import type { ErrorCode, Message } from "../../../npm/src/types";
import type { News } from "../core";
import { chatError } from "./error";

/** The longest message, in bytes of UTF-8 (SPEC CV2). */
const LONGEST = 16_384;

type Wish = {
  readonly call: number;
  readonly text: string;
  readonly resolve: (message: Message) => void;
  readonly reject: (error: Error) => void;
  /** Whether this frame has been told. */
  isPosted?: boolean;
  /** The message's id, once the frame has taken it. */
  id?: string;
};

/** Says what is wrong with a text. */
export function problemOf(text: unknown): ErrorCode | undefined {
  if (typeof text !== "string") return "bad_argument";
  if (!text.trim()) return "empty";
  return new TextEncoder().encode(text).length > LONGEST ? "too_long" : undefined;
}

/** Reads a message of the frame. */
export function messageOf(news: News): Message {
  return {
    id: news["id"] as string,
    from: news["from"] as Message["from"],
    author: (news["name"] as string) || null,
    text: news["text"] as string,
    createdAt: new Date(news["at"] as number).toISOString(),
  };
}

/** What the page has sent and nobody has answered. */
export class Wishes {
  #all: Wish[] = [];
  #last = 0;

  get isEmpty(): boolean {
    return !this.#all.length;
  }

  /** Adds one. */
  add(text: string): Promise<Message> {
    return new Promise((resolve, reject) => this.#all.push({ call: ++this.#last, text, resolve, reject }));
  }

  /** Posts what the frame has not been told; another frame has been told nothing. */
  post(post: (message: object) => void, isOther = false): void {
    for (const wish of this.#all) {
      if (wish.id !== undefined || (wish.isPosted && !isOther)) continue;
      wish.isPosted = true;
      post({ type: "say", call: wish.call, text: wish.text });
    }
  }

  /** Hears what became of one. */
  hear(news: News): void {
    const by = (key: "call" | "id") => this.#all.find((wish) => wish[key] === news[key]);
    if (news.type === "taken") {
      const wish = by("call");
      if (wish && news["id"]) wish.id = news["id"] as string;
      else this.#end(wish)?.reject(chatError("bad_text"));
    } else if (news.type === "sent") {
      this.#end(by("id"))?.resolve(messageOf(news));
    } else if (news.type === "failed") {
      this.#end(by("id"))?.reject(chatError(news["code"] as ErrorCode));
    }
  }

  /** Gives up on all. */
  interrupt(): void {
    for (const wish of this.#all.splice(0)) wish.reject(chatError("interrupted"));
  }

  #end(wish: Wish | undefined): Wish | undefined {
    this.#all = this.#all.filter((other) => other !== wish);
    return wish;
  }
}
