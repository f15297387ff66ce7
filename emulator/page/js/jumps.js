import { button, h } from "./dom.js";
import { Rover } from "./rover.js";
import { texts } from "./texts.js";

/** The first stop of the Tab key: from here one key goes to anybody's composer, past all that is before it. */
export class Jumps {
  #go;
  #names = h("span", {});
  #rover = new Rover(this.#names);

  /** `go(person)` puts the focus into that person's composer. */
  constructor(go) {
    this.#go = go;
    this.element = h("nav", { class: "jumps", "aria-label": texts.write_as }, `${texts.write_as}:`, this.#names);
  }

  sync(people) {
    const chips = people.map((person) => button("chip", () => this.#go(person), person.name.split(" ")[0]));
    this.#names.replaceChildren(...chips);
    this.#rover.sync(chips);
  }
}
