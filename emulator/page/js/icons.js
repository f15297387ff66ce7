import { button, s } from "./dom.js";

// Strokes on a square of 24, all drawn for this page.
const STROKES = {
  add: "M12 5v14M5 12h14",
  attach:
    "M19 11.5l-7.4 7.4a4.6 4.6 0 0 1-6.5-6.5l7.8-7.8a3.1 3.1 0 0 1 4.4 4.4l-7.7 7.7a1.5 1.5 0 0 1-2.2-2.2l6.9-6.9",
  back: "M14.5 5.5L8 12l6.5 6.5",
  lock: "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
  bell_off: "M6 17h12M8 17v-6a4 4 0 0 1 6.8-2.9M16 12v5M10.5 20h3M5 4l14 16",
  block: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M6.5 6.5l11 11",
  check: "M4 12.5l4.5 4.5L19 7",
  checks: "M1.5 13l4 4L15 7.5M10.5 16l1 1L21.5 7.5",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M8 8h11v12H8zM5 16V4h11",
  document: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  down: "M6 9.5l6 6 6-6",
  edit: "M5 19l1-4L16 5l3 3L9 18zM13.5 7.5l3 3",
  external: "M9 6h9v9M18 6L7 17",
  keyboard: "M3 7h18v11H3zM7 11h.01M12 11h.01M17 11h.01M8 14.5h8",
  live: "M12 12h.01M8.5 8.5a5 5 0 0 0 0 7M15.5 8.5a5 5 0 0 1 0 7M5.7 5.7a9 9 0 0 0 0 12.6M18.3 5.7a9 9 0 0 1 0 12.6",
  menu: "M5 7.5h14M5 12h14M5 16.5h9",
  mic: "M12 4a2.6 2.6 0 0 0-2.6 2.6v4.8a2.6 2.6 0 0 0 5.2 0V6.6A2.6 2.6 0 0 0 12 4M6 11.5a6 6 0 0 0 12 0M12 17.5V21",
  minus: "M5 12h14",
  more: "M12 5.5h.01M12 12h.01M12 18.5h.01",
  next: "M9.5 5.5L16 12l-6.5 6.5",
  people:
    "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M3.5 19a5.5 5.5 0 0 1 11 0M16 5.5a3 3 0 0 1 0 5.4M17.5 14a5.5 5.5 0 0 1 3 5",
  phone: "M7 3h10v18H7zM11 18h2",
  photo: "M4 6h16v13H4zM4 16l5-5 4.5 4.5L16 13l4 4M15.5 9.5h.01",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  place: "M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11M12 7.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4",
  reply: "M10 6l-6 5.5 6 5.5v-3.5c5 0 8 1.5 10 5-.5-6-4-9-10-9z",
};

const SOLIDS = {
  pause: "M7 5h3.5v14H7zM13.5 5H17v14h-3.5z",
  play: "M8 5l11 7-11 7z",
  send: "M3.5 20.5L21.5 12 3.5 3.5 3.4 10l12 2-12 2z",
  stop: "M7 7h10v10H7z",
};

/** A drawn sign by name; it says nothing to a screen reader, so its button needs a label. */
export function icon(name) {
  const solid = name in SOLIDS;
  return s(
    "svg",
    { class: `icon${solid ? " solid" : ""}`, viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
    s("path", { d: solid ? SOLIDS[name] : STROKES[name] }),
  );
}

/** A button that shows only a sign; `label` is what it is called. */
export const signButton = (name, label, press, className = "round") =>
  button(className, press, icon(name), { "aria-label": label, title: label });
