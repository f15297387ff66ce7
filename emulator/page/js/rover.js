import { moveFocus } from "./dom.js";

/**
 * Many controls that are one stop of the Tab key: the arrow keys go from one to the next, and the last one that had
 * the focus is the stop.
 */
export class Rover {
  #items = [];
  #columns;

  /** The controls stand in `element`; up and down go `columns` further. */
  constructor(element, columns = 2) {
    this.#columns = columns;
    element.addEventListener("focusin", (event) => this.#items.includes(event.target) && this.#stop(event.target));
    element.addEventListener("keydown", (event) => {
      if (!this.#items.includes(event.target)) return;
      if (moveFocus(event, this.#items, { columns: this.#columns })) event.stopPropagation();
    });
  }

  /** Takes the controls that are there now. With `stop` false none of them is a stop. */
  sync(items, { columns = this.#columns, stop = true } = {}) {
    const before = this.#items.find((item) => item.tabIndex === 0 && items.includes(item));
    this.#items = items;
    this.#columns = columns;
    this.#stop(stop ? (before ?? items[0]) : null);
  }

  #stop(one) {
    for (const item of this.#items) item.tabIndex = item === one ? 0 : -1;
  }
}
