import { button, h } from "./dom.js";
import { signButton } from "./icons.js";
import { texts } from "./texts.js";

const FOCUSABLE = "button:not([disabled]), [href], input:not([hidden]), textarea, [tabindex='0']";

/** What lies over one phone's screen: sheets that ask something, alerts, and toasts that go by themselves. */
export class Sheets {
  #below;
  #open = [];
  #toasts = h("div", { class: "toasts", role: "status", "aria-live": "polite" });

  /** `below` is the element that a sheet covers and that rests while one is open. */
  constructor(below) {
    this.#below = below;
    this.element = h("div", { class: "sheets" }, this.#toasts);
  }

  /** Shows a short text for as long as it takes to read. */
  toast(text) {
    const toast = h("div", { class: "toast" }, text);
    this.#toasts.append(toast);
    setTimeout(() => toast.remove(), 2500 + text.length * 40);
  }

  /** Shows a text until it is confirmed. */
  alert(text) {
    const foot = [button("primary", () => close(), texts.alert_ok)];
    const close = this.open({ title: null, label: text, role: "alertdialog", body: [h("p", {}, text)], foot });
  }

  /**
   * Opens a sheet with `body` and `foot` (elements), named by its `title` or `label`; answers the function that
   * closes it. Escape and the veil close it too; the focus goes back to where it was.
   */
  open({ title, label = title, role = "dialog", body, foot = [], tall = false, onclose = () => {} }) {
    const from = document.activeElement;
    // An alert that comes by itself doesn't take the focus away from who writes on another phone.
    const elsewhere = from !== document.body && !this.element.parentNode.contains(from);
    const head =
      title &&
      h(
        "header",
        {},
        h("h2", {}, title),
        signButton("close", texts.close, () => close()),
      );
    const sheet = h(
      "section",
      { class: `sheet ${role}${tall ? " tall" : ""}`, role, "aria-modal": "true", "aria-label": label, tabindex: -1 },
      head,
      h("div", { class: "sheet-body" }, body),
      h("footer", {}, foot),
    );
    const veil = h("div", { class: "veil" }, sheet);
    const close = () => {
      if (!veil.isConnected) return;
      veil.remove();
      this.#open = this.#open.filter((other) => other !== close);
      this.#below.inert = this.#open.length > 0;
      onclose();
      if (!elsewhere && from.isConnected) from.focus();
    };
    veil.addEventListener("pointerdown", (event) => event.target === veil && close());
    veil.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        close();
      } else keepInside(event, sheet);
    });
    this.#open.push(close);
    this.#below.inert = true;
    this.element.append(veil);
    if (!elsewhere) (sheet.querySelector("[data-first]") ?? sheet.querySelector("footer button") ?? sheet).focus();
    return close;
  }
}

function keepInside(event, sheet) {
  if (event.key !== "Tab") return;
  const stops = [...sheet.querySelectorAll(FOCUSABLE)].filter((element) => element.offsetParent);
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement !== edge && document.activeElement !== sheet) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}
