// People who write and supervisors who receive pushes, through Telegram and the desk's webhook, under Telegram's limits.
//
// Each virtual user is an agent and the supervisor of their unit. The agent asks for their tasks, and reports an
// emergency; the supervisor's phone gets the alert, they press *Recibido*, the agent is told, and the supervisor
// cancels it. Every alert is accounted for: one that doesn't come, or that comes twice, breaks a threshold.
//
// scripts/run_load_tests.sh says where everything is (BASE_URL, EMULATOR_URL, BOT_URL) and who is who; SHORT=1 is the
// 25-second form; SUMMARY is the file for the figures.

import { check, sleep } from "k6";
import exec from "k6/execution";
import http from "k6/http";
import { Counter, Trend } from "k6/metrics";

const STAGES = [
  { duration: "30s", target: 5 },
  { duration: "30s", target: 5 },
  { duration: "30s", target: 20 },
  { duration: "60s", target: 20 },
  { duration: "30s", target: 30 },
  { duration: "90s", target: 30 },
];
const SHORT_STAGES = [
  { duration: "2s", target: 5 },
  { duration: "23s", target: 5 },
];
const stages = __ENV.SHORT ? SHORT_STAGES : STAGES;

// An emergency and all that follows are some 20 messages, of the 30 a second that Telegram takes from a bot: with one
// emergency a second at the highest stage, two thirds of the limit are used.
const CYCLE = Math.max(...stages.map((stage) => stage.target)); // seconds
const READS_FOR = 1; // seconds until the supervisor presses
const WAIT = 10; // seconds until a push counts as lost
const ALERT = __ENV.SHORT ? ["p(95)<1500"] : ["p(95)<500", "p(99)<1000"];

const push = new Trend("push_alert", true);
const acknowledged = new Trend("push_acknowledged", true);
const answered = new Trend("push_answer", true);
const reported = new Counter("alerts_reported");
const received = new Counter("alerts_received");
const lost = new Counter("alerts_lost");
const twice = new Counter("alerts_twice");
const confirmed = new Counter("alerts_acknowledged");

export const options = {
  scenarios: {
    pairs: { executor: "ramping-vus", stages, startVUs: 1, gracefulStop: "60s", gracefulRampDown: "60s" },
  },
  thresholds: {
    push_alert: ALERT,
    push_acknowledged: ["p(95)<3000"],
    push_answer: ["p(95)<3000"],
    alerts_reported: ["count>0"],
    alerts_lost: ["count==0"],
    alerts_twice: ["count==0"],
    http_req_failed: ["rate<0.01"],
    checks: ["rate==1"],
  },
  summaryTrendStats: ["avg", "med", "p(95)", "p(99)", "max"],
  teardownTimeout: "60s",
};

const EMULATOR = __ENV.EMULATOR_URL;
const JSON_BODY = { headers: { "Content-Type": "application/json" }, tags: { name: "act" } };

function act(who, what, more) {
  return http.post(`${EMULATOR}/act`, JSON.stringify({ act: what, as: who, ...more }), JSON_BODY);
}

// The messages with this text on a phone, as soon as one is as wanted.
function seen(who, text, wanted = {}) {
  const query = { as: who, text, wait: WAIT, ...wanted };
  const parts = Object.keys(query).map((key) => `${key}=${encodeURIComponent(query[key])}`);
  return http.get(`${EMULATOR}/phone?${parts.join("&")}`, { tags: { name: "phone" } }).json();
}

const shows = (messages, button) => messages.some((message) => message.buttons.includes(button));

export default function () {
  const began = Date.now();
  const pair = (exec.vu.idInTest - 1) % Number(__ENV.UNITS);
  const agent = Number(__ENV.FIRST_AGENT) + pair;
  const supervisor = Number(__ENV.FIRST_SUPERVISOR) + pair;
  beat();
  asksForTasks(agent);
  const title = `Robo ${exec.vu.idInTest}-${exec.scenario.iterationInTest}`;
  const alert = reports(agent, supervisor, `${title}.`);
  if (alert) {
    sleep(READS_FOR);
    acknowledges(agent, supervisor, `${title}.`, alert);
    cancels(supervisor, `${title}.`, alert);
  }
  sleep(Math.max(0, CYCLE - (Date.now() - began) / 1000));
}

// The channel's heartbeat: the desk is ready, and Telegram has no word of a push that failed.
function beat() {
  const ready = http.get(`${__ENV.BASE_URL}/health/ready`, { tags: { name: "ready" } });
  const webhook = http.get(`${__ENV.BOT_URL}/getWebhookInfo`, { tags: { name: "webhook" } }).json("result");
  check(webhook, {
    "heartbeat: the desk is ready": () => ready.status === 200,
    "heartbeat: the webhook takes updates": (info) => info.url !== "" && !info.last_error_message,
  });
}

function asksForTasks(agent) {
  const before = seen(agent, "Tus tareas", { wait: 0 }).length;
  const began = Date.now();
  act(agent, "say", { text: "/mistareas" });
  const messages = seen(agent, "Tus tareas", { count: before + 1 });
  answered.add(Date.now() - began);
  check(messages, { "whoever asks is answered": (list) => list.length > before });
}

// The supervisor's alert, if it came.
function reports(agent, supervisor, title) {
  const began = Date.now();
  act(agent, "say", { text: `/emergencia ${title}` });
  reported.add(1);
  const messages = seen(supervisor, title, { button: "Recibido" });
  const came = check(messages, { "the alert was taken by Telegram": (list) => shows(list, "Recibido") });
  lost.add(came ? 0 : 1);
  received.add(came ? 1 : 0);
  if (came) {
    push.add(Date.now() - began);
  }
  return came ? messages[messages.length - 1].id : null;
}

function acknowledges(agent, supervisor, title, alert) {
  const began = Date.now();
  act(supervisor, "press", { message_id: alert, label: "Recibido" });
  const told = seen(agent, "se hizo cargo", { and: title });
  acknowledged.add(Date.now() - began);
  const card = seen(supervisor, title, { without: "Recibido" });
  const done = check(told, {
    "whoever reported is told who took charge": (list) => list.length > 0,
    "the alert asks no more": () => !shows(card, "Recibido"),
  });
  confirmed.add(done ? 1 : 0);
  twice.add(card.length - 1);
}

// The desk asks again when the emergency has changed meanwhile: an agent answered, or another one was asked.
function cancels(supervisor, title, alert) {
  act(supervisor, "press", { message_id: alert, label: "Cancelar tarea" });
  let left = true;
  for (let tries = 0; left && tries < 3; tries += 1) {
    const asked = seen(supervisor, title, { button: "Sí, cancelar" });
    check(asked, { "the desk asks before it cancels": (list) => shows(list, "Sí, cancelar") });
    act(supervisor, "press", { message_id: asked[asked.length - 1].id, label: "Sí, cancelar" });
    left = shows(seen(supervisor, title, { without: "Cancelar tarea", wait: 3 }), "Cancelar tarea");
  }
  check(left, { "the emergency is over": (any) => !any });
}

// Nothing waits between Telegram and the desk any more, and Telegram refused nothing.
export function teardown() {
  let stats;
  for (let tries = 0; tries < 50; tries += 1) {
    stats = http.get(`${EMULATOR}/stats`, { tags: { name: "stats" } }).json();
    if (Object.values(stats.waiting).every((count) => count === 0)) {
      break;
    }
    sleep(0.2);
  }
  check(stats, {
    "no update waits": (found) => Object.values(found.waiting).every((count) => count === 0),
    "Telegram refused nothing": (found) => Object.keys(found.calls).every((call) => call.endsWith(" ok")),
  });
}

export function handleSummary(data) {
  return { [__ENV.SUMMARY]: JSON.stringify(data) };
}
