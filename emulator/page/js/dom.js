const SVG = "http://www.w3.org/2000/svg";

/**
 * Builds an HTML element: `h("button", {class: "send", onclick: go, "aria-label": "Enviar"}, "text", child)`.
 * Children that are strings become text nodes, so what people write is never read as markup. Properties and
 * children that are null, undefined or false are left out.
 */
export function h(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/** The same for SVG. */
export function s(tag, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A button: its class, what a press does, what is on it, and properties of its own. */
export const button = (className, press, children, properties = {}) =>
  h("button", { type: "button", class: className, onclick: press, ...properties }, children);

/** Runs `job` once for the next picture, however often it is asked for until then. */
export function once(job) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    const soon = document.hidden ? setTimeout : requestAnimationFrame;
    soon(() => {
      asked = false;
      job();
    });
  };
}

/** A small whole number made from a text: the same text always gives the same one. */
export function hash(text) {
  let value = 2166136261;
  for (const unit of String(text)) value = Math.imul(value ^ unit.codePointAt(0), 16777619);
  return value >>> 0;
}

/** Moves the focus among `items` with the arrow keys, Home and End; answers whether the key was one of those. */
export function moveFocus(event, items, { columns = 1 } = {}) {
  const at = items.indexOf(document.activeElement);
  const steps = { ArrowDown: columns, ArrowUp: -columns, Home: -at, End: items.length - 1 - at };
  if (columns > 1) Object.assign(steps, { ArrowRight: 1, ArrowLeft: -1 });
  if (!(event.key in steps) || items.length === 0) return false;
  event.preventDefault();
  const next = Math.min(items.length - 1, Math.max(0, at + steps[event.key]));
  items[next].focus();
  return true;
}
