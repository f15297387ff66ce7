import { button, h } from "./dom.js";
import { signButton } from "./icons.js";
import { texts } from "./texts.js";

const FIRST = ["emergencia", "nueva", "estado", "tareas", "mistareas"];
const DULL = ["start", "cancelar"];

/** One thing to try at a time, made of what the people can do now; a press on it does the first half. */
export class Hints {
  #world;
  #try;
  #at = 0;
  #shown = null;

  /** `attempt(person, text)` puts a text into a person's composer; null only shows the phone. */
  constructor({ world, attempt }) {
    this.#world = world;
    this.#try = attempt;
    this.element = h("p", { class: "hint" });
  }

  sync() {
    const ideas = this.#ideas();
    const { person, command } = ideas[this.#at % ideas.length] ?? {};
    const shown = `${person?.id} ${command} ${ideas.length > 1}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    if (!person) return this.element.replaceChildren();
    const who = person.name.split(" ")[0];
    const [before, what, after] = command ? texts.hint_command(command, who) : texts.hint_start(who);
    const go = button("chip", () => this.#try(person, command && `/${command}`), what);
    const next = signButton("next", texts.hint_next, () => this.#next());
    this.element.replaceChildren(h("span", {}, before), go, h("span", {}, after), ideas.length > 1 ? next : "");
  }

  #next() {
    this.#at += 1;
    this.sync();
    this.element.querySelector("button.round")?.focus();
  }

  /** Each command once, with the first person who has it; who hasn't begun yet comes last. */
  #ideas() {
    const found = new Map();
    for (const person of this.#world.people.values()) {
      const commands = this.#world.commands(person.id, person.id).map(({ command }) => command);
      if (this.#world.messages(person.id).length === 0) {
        found.set(`start ${person.id}`, { person });
        continue;
      }
      for (const command of commands) {
        if (!found.has(command) && !DULL.includes(command)) found.set(command, { person, command });
      }
    }
    const rank = ({ command }) => (!command ? 999 : FIRST.includes(command) ? FIRST.indexOf(command) : 99);
    return [...found.values()].sort((a, b) => rank(a) - rank(b));
  }
}
