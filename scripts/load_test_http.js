// The load of fifty programs on the side server: each looks after its health, lists, opens a task and reads it back, and
// reads the metrics. A threshold that doesn't hold makes k6 exit with 99.
//
// BASE_URL and TOKEN say where and as whom; SHORT=1 is the 20-second form.

import { check, group } from "k6";
import http from "k6/http";

const STAGES = [
  { duration: "15s", target: 10 },
  { duration: "30s", target: 50 },
  { duration: "60s", target: 50 },
  { duration: "15s", target: 0 },
];
const SHORT_STAGES = [
  { duration: "5s", target: 50 },
  { duration: "12s", target: 50 },
  { duration: "3s", target: 0 },
];

export const options = {
  stages: __ENV.SHORT ? SHORT_STAGES : STAGES,
  thresholds: {
    http_req_duration: ["p(95)<500"],
    http_req_failed: ["rate<0.01"],
    checks: ["rate==1"],
  },
  summaryTrendStats: ["avg", "med", "p(95)", "p(99)", "max"],
};

const BASE = __ENV.BASE_URL;
const HEADERS = { Authorization: `Bearer ${__ENV.TOKEN}`, "Content-Type": "application/json" };

// The addresses of pages and tasks are each another; `name` keeps them one line in the summary.
const named = (name, headers = HEADERS) => ({ headers, tags: { name } });

export default function () {
  group("health", () => {
    const live = http.get(`${BASE}/health/live`, named("live"));
    check(live, { "the process lives": (answer) => answer.status === 200 });
    const ready = http.get(`${BASE}/health/ready`, named("ready"));
    check(ready, { "the desk is ready": (answer) => answer.status === 200 });
  });

  group("list", () => {
    const first = http.get(`${BASE}/api/v1/tasks?limit=20`, named("list"));
    check(first, {
      "a page comes": (answer) => answer.status === 200,
      "it has at most 20 tasks": (answer) => answer.json("tasks").length <= 20,
    });
    const next = first.json("next");
    if (next) {
      check(http.get(`${BASE}${next}`, named("list")), { "the next page comes": (answer) => answer.status === 200 });
    }
  });

  group("create and read", () => {
    const title = `Ronda ${__VU}-${__ITER}`;
    const body = JSON.stringify({ title, priority: 2, place: { lat: -0.18, lon: -78.47 } });
    const key = { ...HEADERS, "Idempotency-Key": `k6-${__VU}-${__ITER}` };
    const created = http.post(`${BASE}/api/v1/tasks`, body, named("create", key));
    check(created, { "a task is opened": (answer) => answer.status === 201 });
    const again = http.post(`${BASE}/api/v1/tasks`, body, named("create", key));
    check(again, { "the same key opens no second one": (answer) => answer.json("code") === created.json("code") });
    const read = http.get(`${BASE}/api/v1/tasks/${created.json("code")}`, named("read"));
    check(read, { "it is read back": (answer) => answer.json("title") === title });
  });

  group("metrics", () => {
    const page = http.get(`${BASE}/metrics`, named("metrics"));
    check(page, { "the metrics come": (answer) => answer.body.includes("gad_tasks{") });
  });
}
