"use strict";

// Asks once a second, shows what is told. All text goes through textContent: labels, peers and
// errors are what strangers sent.

const ASK_EVERY_MS = 1000;
const PATIENCE_MS = 4000;
const KEPT_SECONDS = 900;
const COMPACT_FROM = 40;
const WIDTH = 300;
const HEIGHT = 80;

const byId = (id) => document.getElementById(id);
const whole = new Intl.NumberFormat("en");
const few = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

let seconds = [];
let span = 300;
let lastAnswer = null;
let deathsTold = "";
let compactChosen = null;

// Words

function duration(s) {
  if (s < 0.9995) return few.format(s * 1000) + " ms";
  if (s < 60) return few.format(s) + " s";
  const minutes = Math.floor(s / 60);
  if (minutes < 60) return minutes + " min " + Math.floor(s % 60) + " s";
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return hours + " h " + (minutes % 60) + " min";
  return Math.floor(hours / 24) + " d " + (hours % 24) + " h";
}

function bytes(n) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  for (; n >= 1000 && unit < units.length - 1; unit++) n /= 1024;
  return (unit === 0 ? whole : few).format(n) + " " + units[unit];
}

function count(n, word) {
  return whole.format(n) + " " + word + (n === 1 ? "" : "s");
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function make(parent, tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
}

function makeSvg(parent, tag, className) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  if (className) element.setAttribute("class", className);
  parent.append(element);
  return element;
}

// Charts

const charts = [
  {
    title: "Being served",
    curves: [(s) => s.busy],
    ceiling: (shown, server) => capacity(server),
    value: (n) => whole.format(n),
    now: (s, server) => whole.format(s.busy) + " of " + whole.format(capacity(server)),
  },
  {
    title: "Waiting in the queue",
    curves: [(s) => Math.max(0, s.queued)],
    ceiling: () => 4,
    value: (n) => whole.format(n),
    now: (s) => (s.queued < 0 ? "not known" : whole.format(s.queued)),
    more: (s) =>
      s.queued > 0 && s.queue_wait_estimate_ms !== undefined
        ? "For about " + duration(s.queue_wait_estimate_ms / 1000) + ". "
        : "",
  },
  {
    title: "Requests per second",
    curves: [(s) => s.requests],
    ceiling: () => 10,
    value: (n) => whole.format(n),
    now: (s) => whole.format(s.requests),
  },
  {
    title: "Request time",
    curves: [(s) => (s.requests ? s.median_ms : null), (s) => (s.requests ? s.p99_ms : null)],
    names: ["median", "99 %"],
    logarithmic: true,
    ceiling: () => 10,
    value: (n) => duration(n / 1000),
    now: (s) => (s.requests ? "≤ " + duration(s.median_ms / 1000) : "none"),
  },
];

function capacity(server) {
  return server ? Math.max(1, server.accepting * server.concurrency) : 1;
}

function build(chart) {
  const figure = make(byId("charts"), "figure", "chart");
  const caption = make(figure, "figcaption");
  make(caption, "h3", "", chart.title);
  chart.nowText = make(caption, "p", "now", "–");
  if (chart.names) {
    const keys = make(caption, "p", "keys");
    chart.names.forEach((name, i) => make(keys, "span", i ? "key second" : "key", name));
  }
  const plot = make(figure, "div", "plot");
  chart.topText = make(plot, "span", "top");
  chart.topText.setAttribute("aria-hidden", "true");
  const svg = makeSvg(plot, "svg");
  svg.setAttribute("viewBox", "0 0 " + WIDTH + " " + HEIGHT);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  for (const y of [0, HEIGHT / 2, HEIGHT]) {
    makeSvg(svg, "path", "grid").setAttribute("d", "M0 " + y + "H" + WIDTH);
  }
  chart.area = chart.curves.length === 1 ? makeSvg(svg, "path", "area") : null;
  chart.paths = chart.curves.map((_, i) => makeSvg(svg, "path", i ? "curve second" : "curve"));
  chart.at = makeSvg(svg, "path", "at");
  const ends = make(figure, "div", "ends");
  ends.setAttribute("aria-hidden", "true");
  chart.oldest = make(ends, "span");
  make(ends, "span", "", "now");
  chart.told = make(figure, "p", "told");
  svg.addEventListener("pointermove", (event) => {
    const box = svg.getBoundingClientRect();
    chart.pointed = (event.clientX - box.left) / box.width;
    draw(chart);
  });
  svg.addEventListener("pointerleave", () => {
    chart.pointed = undefined;
    draw(chart);
  });
}

function draw(chart) {
  const shown = shownSeconds();
  if (shown.length === 0) return;
  const end = shown[shown.length - 1].at;
  const values = shown.flatMap((s) => chart.curves.map((curve) => curve(s) ?? 0));
  const highest = values.reduce((a, b) => Math.max(a, b), 0);
  const top = Math.max(highest, chart.ceiling(shown, lastAnswer));
  const y = chart.logarithmic
    ? (v) => HEIGHT * (1 - Math.log1p(v * 10) / Math.log1p(top * 10))
    : (v) => HEIGHT * (1 - v / top);
  const width = shownSpan(shown) * 1000;
  const x = (s) => WIDTH * (1 - (end - s.at) / width);
  chart.curves.forEach((curve, i) => {
    const runs = runsOf(shown, curve);
    const lines = runs.map((run) => line(run, x, (s) => y(curve(s))));
    chart.paths[i].setAttribute("d", lines.join(""));
    if (chart.area) chart.area.setAttribute("d", runs.map((run, k) => closed(run, lines[k], x)).join(""));
  });
  const latest = shown[shown.length - 1];
  put(chart.nowText, chart.now(latest, lastAnswer));
  put(chart.topText, chart.value(top));
  put(chart.oldest, ago(width / 1000));
  const pointed = chart.pointed === undefined ? null : nearest(shown, end - (1 - chart.pointed) * width);
  chart.at.setAttribute("d", pointed ? "M" + x(pointed).toFixed(1) + " 0V" + HEIGHT : "");
  put(chart.told, pointed ? at(chart, pointed) : summary(chart, shown, latest, highest));
}

function at(chart, second) {
  return clock.format(second.at) + ": " + tell(chart, second);
}

function tell(chart, second) {
  return chart.curves
    .map((curve, i) => {
      const value = curve(second);
      return (chart.names ? chart.names[i] + " " : "") + (value === null ? "–" : chart.value(value));
    })
    .join(", ");
}

function summary(chart, shown, latest, highest) {
  if (chart.names && highest === 0) return "No request in this time.";
  const most = "Highest " + chart.value(highest) + ".";
  if (chart.names) return tell(chart, latest) + ". " + most;
  return (chart.more ? chart.more(latest) : "") + most;
}

function runsOf(shown, curve) {
  const runs = [];
  let last = null;
  for (const s of shown) {
    if (curve(s) === null) {
      last = null;
      continue;
    }
    if (last === null || s.at - last.at > 2500) runs.push([]);
    runs[runs.length - 1].push(s);
    last = s;
  }
  return runs;
}

function line(run, x, y) {
  const points = run.map((s) => x(s).toFixed(1) + " " + y(s).toFixed(1));
  if (points.length === 1) points.push(points[0]); // a dot
  return "M" + points.join("L");
}

function closed(run, lineOfRun, x) {
  return lineOfRun + "V" + HEIGHT + "H" + x(run[0]).toFixed(1) + "Z";
}

function shownSeconds() {
  if (seconds.length === 0) return [];
  const from = seconds[seconds.length - 1].at - span * 1000;
  return seconds.filter((s) => s.at >= from);
}

// A young server's few seconds are not squeezed to the edge.
function shownSpan(shown) {
  const age = (shown[shown.length - 1].at - shown[0].at) / 1000;
  return Math.min(span, Math.max(60, age));
}

function ago(s) {
  return (s % 60 === 0 ? s / 60 + " min" : duration(Math.round(s))) + " ago";
}

function nearest(shown, time) {
  return shown.reduce((a, b) => (Math.abs(b.at - time) < Math.abs(a.at - time) ? b : a));
}

// Workers

const WORDS = {
  starting: "starting",
  spare: "spare",
  ready: "idle",
  busy: "busy",
  late: "late",
  draining: "draining",
  killed: "killed",
  backoff: "waiting to start",
  failed: "failed",
};

function lookOf(worker) {
  if (worker.life !== "ready" || worker.requests.length === 0) return worker.life;
  return worker.requests.some((request) => request.until_deadline_s < 0) ? "late" : "busy";
}

function longest(worker) {
  return worker.requests.reduce((a, b) => (b.running_s > a.running_s ? b : a));
}

function newTile() {
  const tile = document.createElement("li");
  tile.className = "tile";
  const head = make(tile, "div", "head");
  const slot = make(head, "span", "slot");
  make(slot, "span", "", "Worker ");
  tile.slotText = slot.appendChild(document.createTextNode(""));
  const state = make(head, "span", "state");
  tile.word = make(state, "span", "word");
  tile.time = make(state, "span");
  tile.doing = make(tile, "p", "doing");
  tile.identity = make(tile, "p", "meta");
  tile.served = make(tile, "p", "meta");
  tile.error = make(tile, "p", "error");
  return tile;
}

function show(tile, worker, concurrency) {
  const look = lookOf(worker);
  const busy = worker.requests.length > 0;
  const oldest = busy ? longest(worker) : null;
  if (tile.dataset.look !== look) tile.dataset.look = look;
  put(tile.slotText, String(worker.slot));
  const some = busy && concurrency > 1 ? worker.requests.length + "/" + concurrency + " " : "";
  put(tile.word, WORDS[look] + " ");
  put(tile.time, busy ? some + duration(oldest.running_s) : "");
  put(tile.doing, busy ? (oldest.label ? oldest.label + " · " : "") + oldest.peer : "");
  put(
    tile.identity,
    worker.pid
      ? "pid " + worker.pid + " · gen " + worker.generation + " · up " + duration(worker.age_s)
      : "no process",
  );
  const memory = worker.proportional_bytes || worker.resident_bytes;
  put(
    tile.served,
    count(worker.served.requests, "request") +
      (worker.served.errors ? " · " + count(worker.served.errors, "error") : "") +
      (memory ? " · " + bytes(memory) : ""),
  );
  put(tile.error, worker.last_error);
  const told = [tile.doing, tile.identity, tile.served, tile.error].map((part) => part.textContent);
  const hint = told.filter((text) => text).join("\n");
  if (tile.title !== hint) tile.title = hint;
}

function showWorkers(server) {
  const tiles = byId("tiles");
  server.workers.forEach((worker, i) => {
    const tile = tiles.children[i] ?? tiles.appendChild(newTile());
    show(tile, worker, server.concurrency);
  });
  while (tiles.children.length > server.workers.length) tiles.lastChild.remove();
  const compact = compactChosen ?? server.workers.length > COMPACT_FROM;
  tiles.classList.toggle("compact", compact);
  byId("compact").checked = compact;
  const looks = server.workers.map(lookOf);
  const parts = Object.keys(WORDS)
    .map((look) => [look, looks.filter((each) => each === look).length])
    .filter(([, n]) => n > 0)
    .map(([look, n]) => whole.format(n) + " " + WORDS[look]);
  put(
    byId("workers-summary"),
    parts.join(" · ") + (parts.length ? " · " : "") + whole.format(server.pool.wanted) + " wanted",
  );
}

// The rest of the server

function showServer(server) {
  const name = server.name || server.listeners.map((listener) => listener.address).join(", ");
  put(byId("name"), name || "Prefork");
  document.title = server.busy + "/" + capacity(server) + " busy · " + name;
  put(
    byId("identity"),
    "Prefork · supervisor pid " + server.pid + " · up " + duration(Math.floor(server.uptime_s)),
  );
  if (byId("phase").dataset.phase !== server.phase) {
    byId("phase").dataset.phase = server.phase;
    put(byId("phase"), server.phase);
    put(byId("announcement"), "The server is " + server.phase + ".");
  }
  showTotals(server);
  const rows = byId("listeners");
  server.listeners.forEach((listener, i) => {
    const row = rows.children[i] ?? newRow(rows);
    put(row.children[0], listener.address);
    put(row.children[1], listener.queued < 0 ? "not known" : whole.format(listener.queued));
    put(row.children[2], listener.limit < 0 ? "–" : whole.format(listener.limit));
  });
}

function newRow(rows) {
  const row = make(rows, "tr");
  for (let i = 0; i < 3; i++) make(row, "td");
  return row;
}

function showTotals(server) {
  const totals = server.totals;
  const entries = [
    ["Connections", whole.format(totals.connections)],
    ["Requests", whole.format(totals.requests)],
    ["Errors", whole.format(totals.errors)],
    ["Received", bytes(totals.bytes_in)],
    ["Sent", bytes(totals.bytes_out)],
    ["Time busy", duration(totals.busy_s)],
    ["Workers spawned", whole.format(server.spawned)],
    ["Unexpected deaths", whole.format(server.deaths)],
  ];
  const list = byId("totals");
  entries.forEach(([term, value], i) => {
    const group = list.children[i] ?? newEntry(list, term);
    put(group.lastChild, value);
  });
}

function newEntry(list, term) {
  const group = make(list, "div");
  make(group, "dt", "", term);
  make(group, "dd");
  return group;
}

// Deaths

function showDeaths(deaths, server) {
  const told = JSON.stringify(deaths) + (deaths.length ? "" : server.deaths);
  if (told === deathsTold) return; // what somebody has opened stays open
  deathsTold = told;
  const area = byId("deaths");
  area.replaceChildren();
  if (deaths.length === 0) {
    const text = server.deaths
      ? count(server.deaths, "unexpected death") + "; nothing more is kept."
      : "No worker has died unexpectedly.";
    make(area, "p", "quiet", text);
  }
  deaths.forEach((death) => certificate(area, death));
}

function certificate(area, death) {
  const details = make(area, "details");
  const summaryLine = make(details, "summary");
  const time = make(summaryLine, "time", "quiet", day.format(new Date(death.time)));
  time.dateTime = death.time;
  const cause = death.cause.replaceAll("_", " ");
  make(summaryLine, "span", death.expected ? "cause expected" : "cause", cause);
  summaryLine.append("worker " + death.slot + " gen " + death.generation + " pid " + death.pid);
  const list = make(details, "dl");
  const entry = (term, value) => {
    if (!value) return;
    make(list, "dt", "", term);
    make(list, "dd", "", value);
  };
  entry("How", death.text);
  entry("Exit code", death.exit_code < 0 ? "" : String(death.exit_code));
  entry("Signal", death.signal ? String(death.signal) : "");
  entry("Age", duration(death.age_s) + (death.was_ready ? "" : ", never ready"));
  entry("Served", count(death.requests, "request"));
  entry("Serving", death.serving.join("; "));
  entry("Memory", death.resident_bytes ? bytes(death.resident_bytes) : "");
  entry("Crash file", death.crash_file);
  entry("Frame", death.problematic_frame);
  if (death.thread_dump) {
    make(list, "dt", "", "Threads");
    const dump = make(make(list, "dd"), "pre", "", death.thread_dump);
    dump.tabIndex = 0; // to be scrolled by keys
  }
}

// Asking

async function ask(path) {
  const answer = await fetch(path, { signal: AbortSignal.timeout(PATIENCE_MS), cache: "no-store" });
  if (!answer.ok) throw new Error(path + " answered " + answer.status);
  return answer.json();
}

async function askAll() {
  const newest = seconds.length ? "?since=" + seconds[seconds.length - 1].time : "";
  const [server, history, deaths] = await Promise.all([ask("status"), ask("history" + newest), ask("deaths")]);
  if (lastAnswer && lastAnswer.started !== server.started) seconds = []; // it is another server
  for (const second of history.seconds) {
    second.at = Date.parse(second.time);
    seconds.push(second);
  }
  seconds = seconds.slice(-KEPT_SECONDS);
  lastAnswer = server;
  answered();
  showServer(server);
  showWorkers(server);
  showDeaths(deaths.deaths, server);
  charts.forEach(draw);
}

function answered() {
  byId("alarm").hidden = true;
  byId("main").classList.remove("stale");
  put(byId("seen"), "As of " + clock.format(new Date()));
}

function silent() {
  if (!byId("alarm").hidden) return; // said once
  const since = lastAnswer ? " Shown is what it was at " + clock.format(new Date(lastAnswer.time)) + "." : "";
  put(byId("alarm"), "The supervisor does not answer." + since + " Asking again every second.");
  byId("alarm").hidden = false;
  byId("main").classList.add("stale");
  byId("phase").dataset.phase = "silent";
  put(byId("phase"), "no answer");
  document.title = "No answer · Prefork";
}

async function askForEver() {
  for (;;) {
    try {
      await askAll();
    } catch {
      silent();
    }
    await new Promise((done) => setTimeout(done, ASK_EVERY_MS));
  }
}

charts.forEach(build);
document.querySelectorAll("input[name=span]").forEach((choice) =>
  choice.addEventListener("change", () => {
    span = Number(choice.value);
    charts.forEach(draw);
  }),
);
byId("compact").addEventListener("change", (event) => {
  compactChosen = event.target.checked;
  byId("tiles").classList.toggle("compact", compactChosen);
});
askForEver();
