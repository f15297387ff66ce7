// Programs on the side server of a desk with many tasks: they look after its health, list, open tasks and read them back,
// read the metrics, ask who is nearest, and report emergencies. A threshold that doesn't hold makes k6 exit with 99.
//
// scripts/run_load_tests.sh says where and as whom (BASE_URL, TOKEN, FIRST_SUPERVISOR); SHORT=1 is the 15-second form;
// SUMMARY is the file for the figures. ONLY=list is 15 seconds (SECONDS) of 50 users who do nothing else; ONLY=hello asks a
// server that only says hello. ROUND tells the creates of one such run from those of the next.

import { check } from "k6";
import exec from "k6/execution";
import http from "k6/http";

const STAGES = [
  { duration: "30s", target: 20 },
  { duration: "60s", target: 50 },
  { duration: "60s", target: 50 },
  { duration: "60s", target: 100 },
  { duration: "60s", target: 10 },
];
const SHORT_STAGES = [
  { duration: "4s", target: 20 },
  { duration: "8s", target: 20 },
  { duration: "3s", target: 5 },
];

// Of a hundred iterations; which one does what is fixed, so that the shares hold however few there are.
const MIX = [
  [10, health],
  [40, list],
  [30, createAndRead],
  [10, metrics],
  [5, nearest],
  [4, stats],
  [1, emergency],
];
const wanted = __ENV.ONLY ? [...MIX, [1, hello]].filter(([, act]) => act.name === __ENV.ONLY) : MIX;
const TURNS = wanted.flatMap(([share, act]) => Array(share).fill(act));
const STEP = 37; // has no factor in common with 100: neighbours do different things

const NAMES = ["health", "list", "create", "read", "metrics", "nearest", "stats", "emergency", "cancel"];
const thresholds = { http_req_failed: ["rate<0.01"], checks: ["rate==1"] };
for (const name of __ENV.ONLY ? [] : NAMES) {
  thresholds[`http_req_duration{name:${name}}`] = ["p(95)<500", "p(99)<1000"];
  thresholds[`http_reqs{name:${name}}`] = ["count>0"];
}

const mixed = __ENV.SHORT ? SHORT_STAGES : STAGES;
export const options = {
  ...(__ENV.ONLY ? { vus: 50, duration: `${__ENV.SECONDS || 15}s` } : { stages: mixed }),
  thresholds,
  summaryTrendStats: ["avg", "med", "p(95)", "p(99)", "max"],
};

const BASE = __ENV.BASE_URL;
const SUPERVISOR = `@persona_${__ENV.FIRST_SUPERVISOR}`;
const PLACE = { lat: -2.18, lon: -79.88 };
const HEADERS = { Authorization: `Bearer ${__ENV.TOKEN}`, "Content-Type": "application/json" };

// Addresses differ from each other; `name` keeps them one line in the summary.
const named = (name, headers = HEADERS) => ({ headers, tags: { name } });
const keyed = (what) => ({ ...HEADERS, "Idempotency-Key": `k6-${what}-${__ENV.ROUND || 0}-${exec.scenario.iterationInTest}` });
const well = (answer) => answer.status === 200;

export default function () {
  TURNS[(exec.scenario.iterationInTest * STEP) % TURNS.length]();
}

function hello() {
  check(http.get(`${BASE}/hello`, named("hello", {})), { "it says hello": well });
}

function health() {
  check(http.get(`${BASE}/health/live`, named("health")), { "the process lives": well });
  check(http.get(`${BASE}/health/ready`, named("health")), { "the desk is ready": well });
}

function list() {
  const which = ["state=all", "state=open", "kind=emergency", "state=closed"][exec.scenario.iterationInTest % 4];
  const first = http.get(`${BASE}/api/v1/tasks?limit=20&${which}`, named("list"));
  check(first, {
    "a page comes": well,
    "it has at most 20 tasks": (answer) => answer.json("tasks").length <= 20,
  });
  const next = first.json("next");
  if (next) {
    check(http.get(`${BASE}${next}`, named("list")), { "the next page comes": well });
  }
}

function createAndRead() {
  const title = `Ronda ${exec.scenario.iterationInTest}`;
  const body = JSON.stringify({ title, priority: 2, place: PLACE });
  const created = http.post(`${BASE}/api/v1/tasks`, body, named("create", keyed("task")));
  check(created, { "a task is opened": (answer) => answer.status === 201 });
  if (__ENV.ONLY) {
    return;
  }
  const read = http.get(`${BASE}/api/v1/tasks/${created.json("code")}`, named("read"));
  check(read, { "it is read back": (answer) => answer.json("title") === title });
}

function metrics() {
  const page = http.get(`${BASE}/metrics`, named("metrics"));
  check(page, { "the metrics come": (answer) => answer.body.includes("gad_tasks{") });
}

function nearest() {
  const found = http.get(`${BASE}/api/v1/agents/nearest?lat=${PLACE.lat}&lon=${PLACE.lon}`, named("nearest"));
  check(found, { "agents are near": (answer) => well(answer) && answer.json("agents").length > 0 });
}

function stats() {
  check(http.get(`${BASE}/api/v1/stats`, named("stats")), { "the totals come": well });
}

// A program that has two open adds to the first: only what it opened itself does it cancel.
function emergency() {
  const body = JSON.stringify({ title: `Robo ${exec.scenario.iterationInTest}`, place: PLACE });
  const reported = http.post(`${BASE}/api/v1/emergencies`, body, named("emergency", keyed("emergency")));
  check(reported, { "an emergency is taken": (answer) => answer.status === 201 || answer.status === 200 });
  if (reported.json("opened")) {
    const end = JSON.stringify({ state: "cancelled", on_behalf_of: SUPERVISOR, reason: "load test" });
    const ended = http.patch(`${BASE}/api/v1/tasks/${reported.json("code")}`, end, named("cancel", keyed("cancel")));
    check(ended, { "it is cancelled": well });
  }
}

export function handleSummary(data) {
  return { [__ENV.SUMMARY]: JSON.stringify(data) };
}
