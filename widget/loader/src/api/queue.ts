/** Promises that wait for the same thing. */

export class Queue<T> {
  #all: [resolve: (value: T) => void, reject: (error: Error) => void][] = [];

  wait(): Promise<T> {
    return new Promise((...settle) => this.#all.push(settle));
  }

  resolve(value: T): void {
    for (const [resolve] of this.#all.splice(0)) resolve(value);
  }

  reject(error: Error): void {
    for (const [, reject] of this.#all.splice(0)) reject(error);
  }
}
