/** What is said to the frame and heard from it: messages, and who the visitor is. */

import type { BeforeSend, ErrorCode, Identity, Message, State, Whoami } from "../../../npm/src/types";
import type { News } from "../core";
import { chatError } from "./error";
import { isSame, toServer, whoamiOf } from "./identity";
import { messageOf, problemOf, Wishes } from "./messages";
import { Queue } from "./queue";
import type { Room } from "./room";

export class Talk {
  readonly #room: Room;
  readonly #wishes = new Wishes();
  /** Who waits to hear who the visitor is. */
  readonly #asking = new Queue<Whoami>();
  /** Whether the page has called anything. */
  #isUsed = false;
  #prefilled: string | undefined;
  #here: object | undefined;
  /** Who was told to be the visitor. */
  #told: string | undefined;
  user: Identity | undefined;

  constructor(room: Room) {
    this.#room = room;
    room.core.user = () =>
      toServer(this.user).catch((error: unknown) => {
        console.error(error);
        throw room.fail("no_proof");
      });
  }

  get whoami(): Whoami {
    return whoamiOf(this.#room.core.session, this.user);
  }

  /** Whether a message waits for the frame. */
  get isSending(): boolean {
    return !this.#wishes.isEmpty;
  }

  /** The page uses the API, and so wants to hear of the conversation. */
  use(): void {
    if (this.#isUsed) return;
    this.#isUsed = true;
    this.#post({ type: "listen" });
  }

  /** The page wants to see what is sent. */
  watch(): void {
    this.#post({ type: "watch" });
  }

  prefill(text: string): void {
    if (this.#room.core.connected) this.#post({ type: "prefill", text });
    else this.#prefilled = text;
  }

  page(here: object): void {
    this.#here = here;
    this.#post({ type: "page", ...here });
  }

  /** Takes a message for the frame; comes once it is stored. */
  send(text: unknown): Promise<Message> {
    const { code } = this.#room.core;
    const isRefused = code && code !== "unavailable";
    const problem = problemOf(text) ?? (isRefused ? (code as ErrorCode) : undefined);
    if (problem) return Promise.reject(chatError(problem));
    const sifted = this.#sift(text as string);
    return sifted === false ? Promise.reject(chatError("cancelled")) : this.#wishes.add(sifted);
  }

  /** Posts what waits, if there is a frame. */
  flush(isOther = false): void {
    if (this.#room.core.connected) this.#wishes.post((message) => this.#post(message), isOther);
  }

  /** Another person, or the same with a fresh proof. */
  identify(next: Identity | undefined): Promise<Whoami> {
    const { core, emitter } = this.#room;
    const isOther = !isSame(this.user, next);
    this.user = next;
    if (isOther && core.line) {
      this.interrupt();
      this.#room.connection = "none";
      core.line.renew();
      if (core.open) return this.#asking.wait();
    }
    const { whoami } = this;
    this.#told = JSON.stringify(whoami);
    if (isOther) emitter.tell("identityChange", { whoami });
    return Promise.resolve(whoami);
  }

  /** Gives up on all that waits for the frame. */
  interrupt(): void {
    this.#wishes.interrupt();
    this.#asking.reject(chatError("interrupted"));
  }

  /** Forgets what was to be said to this visitor. */
  forget(): void {
    this.interrupt();
    this.#here = this.#prefilled = undefined;
  }

  hear(news: News): void {
    const { emitter } = this.#room;
    this.#wishes.hear(news);
    switch (news.type) {
      case "connected":
        return this.#connected();
      case "granted":
        return this.#granted(news);
      case "connection":
        this.#room.connection = news["state"] as State["connection"];
        if (news["code"]) this.#room.fail(news["code"] as ErrorCode);
        return;
      case "asked":
        return this.#post({ type: "answer", text: this.#sift(news["text"] as string) });
      case "sent":
        return emitter.tell("messageSent", { message: messageOf(news) });
      case "failed":
        return emitter.tell("messageFailed", {
          message: messageOf(news),
          error: chatError(news["code"] as ErrorCode),
        });
      case "received":
        return emitter.tell("messageReceived", { message: messageOf(news) });
    }
  }

  #post(message: object): void {
    const { core } = this.#room;
    if (core.connected) core.line?.post(message);
  }

  #connected(): void {
    if (this.#isUsed) this.#post({ type: "listen" });
    if (this.#room.options.beforeSend) this.watch();
    if (this.#here) this.#post({ type: "page", ...this.#here });
    if (this.#prefilled !== undefined) this.#post({ type: "prefill", text: this.#prefilled });
    this.#prefilled = undefined;
    this.flush(true);
  }

  #granted(news: News): void {
    const code = news["code"] as ErrorCode | "";
    if (code) return this.#asking.reject(this.#room.fail(code));
    const { whoami } = this;
    this.#asking.resolve(whoami);
    const words = JSON.stringify(whoami);
    if (this.#told !== words) this.#room.emitter.tell("identityChange", { whoami });
    this.#told = words;
  }

  /** What is sent in place of a text; `false` for nothing. */
  #sift(text: string): string | false {
    try {
      const answer = (this.#room.options.beforeSend as BeforeSend | undefined)?.({ text });
      return answer === false ? false : answer ? String(answer.text) : text;
    } catch (error) {
      console.error(error);
      return text;
    }
  }
}
