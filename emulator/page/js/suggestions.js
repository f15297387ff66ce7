import { h } from "./dom.js";
import { texts } from "./texts.js";

/** The list of commands over the composer: all of them from its button, or those that begin as what is being typed. */
export class Suggestions {
  #items = [];
  #chosen = -1;
  #choose;
  #input;

  /** `choose(command, complete)` is told the command, and whether it should be completed instead of sent. */
  constructor({ id, input, choose }) {
    this.#input = input;
    this.#choose = choose;
    this.element = h("div", { class: "suggestions", role: "listbox", id, "aria-label": texts.commands, hidden: true });
    input.setAttribute("aria-controls", id);
    this.close();
  }

  get open() {
    return !this.element.hidden;
  }

  show(commands, { all = false } = {}) {
    if (commands.length === 0) return this.close();
    this.all = all;
    this.#items = commands.map((command, at) => this.#item(command, at));
    this.element.replaceChildren(...this.#items);
    this.element.hidden = false;
    this.element.scrollTop = 0;
    this.#mark(all ? 0 : -1);
  }

  close() {
    this.element.hidden = true;
    this.#chosen = -1;
    this.#input.removeAttribute("aria-activedescendant");
  }

  /** Takes a key of the composer; answers whether it was for the list. */
  key(event) {
    if (!this.open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#mark((this.#chosen + step + this.#items.length) % this.#items.length);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" && !event.shiftKey) this.#take(Math.max(0, this.#chosen), true);
    else if (event.key === "Enter" && this.#chosen >= 0) this.#take(this.#chosen, false);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #item({ command, description }, at) {
    return h(
      "div",
      {
        role: "option",
        id: `${this.element.id}-${at}`,
        dataset: { command },
        onclick: () => this.#take(at, false),
        // The press must not take the focus out of the text.
        onpointerdown: (event) => event.preventDefault(),
      },
      h("strong", {}, `/${command}`),
      h("span", {}, description),
    );
  }

  #take(at, complete) {
    const { command } = this.#items[at].dataset;
    this.close();
    this.#choose(command, complete);
  }

  #mark(at) {
    this.#chosen = at;
    this.#items.forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    const item = this.#items[at];
    if (!item) return this.#input.removeAttribute("aria-activedescendant");
    item.scrollIntoView({ block: "nearest" });
    this.#input.setAttribute("aria-activedescendant", item.id);
  }
}
