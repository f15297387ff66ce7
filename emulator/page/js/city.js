import { hash } from "./dom.js";

// An invented city that goes on for ever, in metres east and south of the map's centre. It is drawn on a plan (u, v)
// with straight streets and then bent, so that the same point has the same street in every drawing.
const AVENUE = 640;
const STREET = 128;
const TURN = -0.16;
const NAMES = [
  "Libertad",
  "Los Ceibos",
  "Bolívar",
  "del Bosque",
  "Sucre",
  "La Marina",
  "Olmedo",
  "Las Palmas",
  "del Sol",
];
const PARKS = ["Parque Central", "Parque La Ronda", "Jardín Botánico", "Parque de los Juegos", "Parque del Lago"];

const chance = (...parts) => (hash(parts.join("·")) % 1000) / 1000;

/** From the plan to the ground. */
function bend(u, v) {
  const x = u + 70 * Math.sin(v / 1100 + 0.5) + 22 * Math.sin(v / 430);
  const y = v + 60 * Math.sin(u / 1300) + 18 * Math.sin(u / 510 + 1);
  return [x * Math.cos(TURN) - y * Math.sin(TURN), x * Math.sin(TURN) + y * Math.cos(TURN)];
}

/** The river's middle on the plan. */
const river = (u) => 820 + 330 * Math.sin(u / 1700 + 0.4) + 110 * Math.sin(u / 640);

const path = (points, close = "") => `M${points.map(([x, y]) => `${x.toFixed(0)} ${y.toFixed(0)}`).join("L")}${close}`;

/** The part of the plan that covers a square of `size` metres around (x, y) on the ground. */
function planAround(x, y, size) {
  const u = x * Math.cos(TURN) + y * Math.sin(TURN);
  const v = -x * Math.sin(TURN) + y * Math.cos(TURN);
  const reach = size * 0.62 + 160;
  return { left: u - reach, right: u + reach, top: v - reach, bottom: v + reach, step: Math.max(40, size / 26) };
}

/**
 * The city within `size` metres around (x, y): SVG paths by kind (`blocks, streets, parks, paths, river, avenues,
 * ring`) and labels `{text, x, y, angle, kind}` (degrees). Streets and houses are left out when seen from afar.
 */
export function city(x, y, size) {
  const plan = planAround(x, y, size);
  const near = size < 2600;
  const parks = greens(plan);
  return {
    blocks: near ? blocks(plan) : "",
    streets: near
      ? grid(plan, STREET, (index) => index % 5 !== 0)
      : grid(plan, STREET * 2.5, (index) => index % 2 !== 0),
    parks: parks.map((park) => park.outline).join(""),
    paths: near ? parks.map((park) => park.path).join("") : "",
    river: along(plan, river),
    riverside: along(plan, (u) => river(u) - 150),
    avenues: grid(plan, AVENUE, () => true),
    ring: ring(),
    labels: [...roadNames(plan, size), ...parks.map((park) => park.label)],
  };
}

function* steps(from, to, pitch) {
  for (let index = Math.ceil(from / pitch); index * pitch <= to; index += 1) yield index;
}

function line(from, to, step, point) {
  const points = [];
  for (let at = from; at < to + step; at += step) points.push(point(at));
  return path(points);
}

function grid(plan, pitch, wanted) {
  let drawn = "";
  for (const i of steps(plan.left, plan.right, pitch)) {
    if (wanted(i)) drawn += line(plan.top, plan.bottom, plan.step, (v) => bend(i * pitch, v));
  }
  for (const j of steps(plan.top, plan.bottom, pitch)) {
    if (wanted(j)) drawn += line(plan.left, plan.right, plan.step, (u) => bend(u, j * pitch));
  }
  return drawn;
}

const along = (plan, course) => line(plan.left, plan.right, plan.step, (u) => bend(u, course(u)));

/** A round road, 2.6 km from the centre. */
function ring() {
  const points = [];
  for (let angle = 0; angle < 360; angle += 6) {
    const radians = (angle * Math.PI) / 180;
    points.push(bend(2600 * Math.cos(radians), 2600 * Math.sin(radians)));
  }
  return path(points, "Z");
}

function box(u0, v0, u1, v1) {
  return path([bend(u0, v0), bend(u1, v0), bend(u1, v1), bend(u0, v1)], "Z");
}

/** Houses: each square between four streets holds one to four of them. */
function blocks(plan) {
  let drawn = "";
  for (const i of steps(plan.left - STREET, plan.right, STREET)) {
    for (const j of steps(plan.top - STREET, plan.bottom, STREET)) {
      const [u, v, side] = [i * STREET + 20, j * STREET + 20, STREET - 40];
      const cut = 0.3 + 0.4 * chance(i, j, "cut");
      const [wide, high] = [side * cut - 5, side * (1 - cut) - 5];
      if (chance(i, j) > 0.25) drawn += box(u, v, u + wide, v + high);
      if (chance(j, i) > 0.3) drawn += box(u + wide + 10, v, u + side, v + high);
      if (chance(i, j, "s") > 0.2) drawn += box(u, v + high + 10, u + side, v + side);
    }
  }
  return drawn;
}

/** One avenue square in seven is a park, and two more are where everybody would look for one. */
function greens(plan) {
  const found = [];
  for (const i of steps(plan.left - AVENUE, plan.right, AVENUE)) {
    for (const j of steps(plan.top - AVENUE, plan.bottom, AVENUE)) {
      const central = i === 0 && j === -1;
      if (!central && chance(i, j, "park") > 0.14) continue;
      const [u, v, inset] = [i * AVENUE, j * AVENUE, 16];
      const far = central ? AVENUE - inset : AVENUE * (chance(i, "w") > 0.5 ? 1 : 0.6) - inset;
      const [x, y] = bend(u + far / 2, v + far / 2);
      found.push({
        outline: box(u + inset, v + inset, u + far, v + far),
        path: path([bend(u + inset, v + inset), bend(u + far * 0.55, v + far * 0.45), bend(u + far, v + far)]),
        label: { text: central ? PARKS[0] : nth(PARKS, i * 3 + j), x, y, angle: 0, kind: "park" },
      });
    }
  }
  return found;
}

/** Each avenue bears its name at some of its crossings, the fewer the more of the city is seen. */
function roadNames(plan, size) {
  const every = AVENUE * Math.max(1, Math.round(size / 1400));
  const half = AVENUE / 2;
  const turn = (TURN * 180) / Math.PI;
  const names = [];
  const put = (kind, index, [x, y], angle) =>
    names.push({ text: `${kind} ${nth(NAMES, index)}`, x, y, angle, kind: "avenue" });
  for (const j of steps(plan.top, plan.bottom, AVENUE)) {
    for (const i of steps(plan.left, plan.right, every)) put("Av.", j, bend(i * every + half, j * AVENUE), turn);
  }
  for (const i of steps(plan.left, plan.right, AVENUE)) {
    for (const j of steps(plan.top, plan.bottom, every * 2))
      put("Calle", i + 4, bend(i * AVENUE, j * every * 2 + half), turn + 90);
  }
  return names;
}

const nth = (names, index) => names[((index % names.length) + names.length) % names.length];
