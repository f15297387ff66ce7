import { Rover } from "./rover.js";

const PRESSABLE = "a, button, pre, [role=button]";

/**
 * The stops of the Tab key in a message: one for what its text and its file have to press, one for its keyboard; none
 * while another message is the one where the keyboard is.
 */
export class Stops {
  #rovers = new WeakMap();

  /** Makes `current` the one message in `articles` that is a stop. */
  sync(articles, current) {
    for (const article of articles) {
      const own = article === current;
      article.tabIndex = own ? 0 : -1;
      for (const part of article.querySelectorAll(".bubble, .inline-keyboard")) this.#part(part, own);
    }
  }

  #part(part, stop) {
    if (!this.#rovers.has(part)) this.#rovers.set(part, new Rover(part));
    const rows = [...part.querySelectorAll(".key-row")].map((row) => row.children.length);
    this.#rovers.get(part).sync([...part.querySelectorAll(PRESSABLE)], { columns: Math.max(2, ...rows), stop });
  }
}
