// The pages of a challenge day as it happens: asks every few seconds what others wrote and how the time runs,
// and gives whoever writes the record a key for each thing done often. Saving is done by saving.js.
const EVERY = 4000;
const PATIENCE = 15000;
const QUIET = 10 * 60000; // a page nobody works at is silent, so that it keeps no sign-in alive
const form = document.querySelector("form[data-saves]");
const entries = document.getElementById("entries");
const bar = document.querySelector("[data-bar]");
const part = document.querySelector("[data-refresh]");
let active = Date.now();

for (const kind of ["keydown", "pointerdown", "pointermove", "focusin", "input"]) {
  document.addEventListener(kind, () => {
    active = Date.now();
  }, { passive: true });
}
if (part) again(refresh);
if (bar) again(hear);
openProfile();
if (form && entries) write();

function again(task) {
  const always = part !== null && "always" in part.dataset;
  setInterval(() => {
    if (document.visibilityState === "visible" && (always || Date.now() - active < QUIET)) task();
  }, EVERY);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && task());
}

async function ask(address, kind) {
  const giveUp = new AbortController();
  const late = setTimeout(() => giveUp.abort(), PATIENCE);
  try {
    const answer = await fetch(address, {
      headers: { Accept: kind }, credentials: "same-origin", redirect: "manual", signal: giveUp.signal,
    });
    return answer.ok ? answer : null;
  } catch {
    return null;
  } finally {
    clearTimeout(late);
  }
}

// Puts newer words in the place of older ones. What is open stays open, and the focus stays where it is.
function swap(place, html, mark) {
  if (mark !== undefined && place.dataset.mark === mark) return;
  const held = place.contains(document.activeElement) ? document.activeElement.id : "";
  const open = [...place.querySelectorAll("details[open][id]")].map((one) => one.id);
  const made = document.createElement("template");
  made.innerHTML = html;
  const inner = made.content.querySelector("[data-mark]");
  if (mark === undefined && inner && place.querySelector("[data-mark]")?.dataset.mark === inner.dataset.mark) return;
  place.replaceChildren(made.content);
  if (mark !== undefined) place.dataset.mark = mark;
  open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
  if (held) document.getElementById(held)?.focus();
}

let since = "";
async function refresh() {
  const answer = await ask(part.dataset.refresh, "text/html");
  let line = document.querySelector("[data-stale]");
  if (answer) {
    swap(part, await answer.text());
    since = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    line?.remove();
    if ("always" in part.dataset) document.dispatchEvent(new CustomEvent("s11:active"));
    return;
  }
  if (!line) {
    line = document.createElement("p");
    line.dataset.stale = "";
    line.className = "s11-stale";
    line.setAttribute("role", "status");
    part.before(line);
  }
  line.textContent = since ? `No answer since ${since}. What stands here may be old.` : "No answer. What stands here may be old.";
}

let hearing = false;
async function hear() {
  if (hearing) return;
  hearing = true;
  const answer = await ask(`${bar.dataset.news}?since=${bar.dataset.since}`, "application/json");
  const said = answer && (await answer.json().catch(() => null));
  hearing = false;
  if (!said) return;
  bar.dataset.since = said.since;
  swap(bar, said.bar, said.mark);
  bar.classList.toggle("s11-now--over", bar.querySelector(".s11-now__left--over") !== null);
  if (!form) return;
  const known = {};
  for (const [key, state] of Object.entries(said.answers)) {
    const entry = entryBy(key);
    if (!entry) add(said.pages[key]);
    else {
      known[key] = state;
      enterPlan(entry, state, said.pages[key]);
      tell(entry, state);
    }
  }
  form.dispatchEvent(new CustomEvent("s11:theirs", { detail: known }));
}

function entryBy(key) {
  return document.getElementById(`e${key}`);
}

function all() {
  return [...entries.querySelectorAll("[data-entry]")];
}

function made(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.querySelector("[data-entry]");
}

// What others added stands before the empty entry at the end.
function add(html) {
  const entry = made(html);
  const last = all().at(-1);
  if (last && isBlank(last)) last.before(entry);
  else entries.append(entry);
  number();
  stands(entry);
  return entry;
}

function number() {
  all().forEach((entry, place) => {
    const words = entry.querySelector("[data-number]");
    if (!isBlank(entry)) words.textContent = place + 1;
  });
}

function isBlank(entry) {
  return entry.querySelector("[data-number]").textContent === "+" && ![...entry.querySelectorAll("textarea")].some((one) => one.value.trim());
}

function tell(entry, state) {
  if (!state.heading) return;
  entry.querySelector("[data-heading]").textContent = state.heading;
  entry.querySelector("[data-note]").textContent = state.note;
  const plan = entry.querySelector("[data-plan]");
  if (plan && plan.textContent !== state.plan) plan.textContent = state.plan;
  number();
  stands(entry);
}

// An action that is in the plan by now is shown as that, once nobody is in its boxes.
function enterPlan(entry, state, html) {
  const boxes = entry.querySelector("[data-action]");
  if (!state.in_plan || !boxes || boxes.contains(document.activeElement) || !html) return;
  boxes.replaceWith(made(html).querySelector(".s11-entry__plan"));
}

function stands(entry) {
  const about = entry.querySelector("[data-about]");
  const line = entry.querySelector("[data-stands]");
  const found = [...document.querySelectorAll("#rated [data-of]")].find((one) => about && one.dataset.of === about.value);
  if (line) line.textContent = found ? found.textContent : "";
}

function openProfile() {
  const profile = document.querySelector("[data-profile]");
  if (profile) profile.open = matchMedia("(min-width: 1180px)").matches;
}

function write() {
  const button = document.querySelector("[data-another]");
  button.hidden = false;
  // The empty entry at the end is for pages without this script.
  const empty = all().at(-1);
  if (empty && isBlank(empty) && !empty.open) empty.remove();
  button.addEventListener("click", another);

  form.addEventListener("s11:kept", (event) => {
    const said = event.detail;
    let planned = false;
    for (const [key, state] of Object.entries(said.answers)) {
      const entry = entryBy(key);
      if (!entry) continue;
      tell(entry, state);
      planned = planned || (state.in_plan && entry.querySelector("[data-action]") !== null);
    }
    said.clashes.forEach((clash) => {
      const entry = entryBy(clash.criterion);
      entry.open = true;
      clash.parts.forEach((one) => form.elements[one.box]?.closest?.("[data-asked]")?.setAttribute("open", ""));
    });
    if (planned) hear();
  });

  form.addEventListener("input", (event) => {
    const box = event.target;
    const entry = box.closest("[data-entry]");
    if (box.matches("[data-about]")) stands(entry);
    if (box.name.startsWith("challenge-")) entry.querySelector("[data-heading]").textContent = box.value.trim() || "No question yet";
    if (box.matches("[data-owner]")) {
      const known = [...document.querySelectorAll("#owners-known option")].find((one) => one.value === box.value);
      const role = entry.querySelector("[data-role]");
      if (known && known.dataset.role && !role.value) role.value = known.dataset.role;
    }
  });

  // An action enters the plan as somebody leaves its boxes, not in the middle of a word.
  entries.addEventListener("focusin", (event) => {
    const ready = event.target.closest("[data-action]")?.querySelector("[data-ready]");
    if (ready) ready.value = "";
  });
  entries.addEventListener("focusout", (event) => {
    const boxes = event.target.closest("[data-action]");
    if (!boxes || boxes.contains(event.relatedTarget)) return;
    const ready = boxes.querySelector("[data-ready]");
    ready.value = "y";
    ready.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // Enter in a box of one line goes to the next box, and sends nothing.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input[type=text]") || event.isComposing) return;
    event.preventDefault();
    const boxes = [...form.querySelectorAll("input:not([type=hidden]), textarea, select, button")].filter((one) => one.checkVisibility());
    boxes[boxes.indexOf(event.target) + 1]?.focus();
  });

  form.addEventListener("click", (event) => {
    const show = event.target.closest("button[name=show]");
    if (!show) return;
    event.preventDefault();
    put(show.value);
  });

  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const act = { KeyQ: () => step(1), KeyP: () => step(-1), KeyN: another, KeyR: rate, KeyA: toAction, KeyS: () => put(here()?.dataset.entry) }[event.code];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function here() {
  return document.activeElement.closest?.("[data-entry]") || entries.querySelector("[data-entry][open]");
}

function turnTo(entry) {
  const left = here();
  if (left && left !== entry && !left.querySelector("[data-clash]")) left.open = false;
  entry.open = true;
  const asked = entry.querySelector("[data-asked]");
  const first = isBlank(entry) && asked ? asked.querySelector("textarea") : entry.querySelector("[data-first]");
  if (isBlank(entry) && asked) asked.open = true;
  first?.focus();
  entry.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const list = all();
  const now = here();
  const next = list[now ? list.indexOf(now) + by : by > 0 ? 0 : list.length - 1];
  if (next) turnTo(next);
}

function another() {
  const last = all().at(-1);
  if (last && isBlank(last)) {
    turnTo(last);
    return;
  }
  const template = document.getElementById("another");
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const key = `n${[...crypto.getRandomValues(new Uint8Array(12))].map((one) => letters[one % letters.length]).join("")}`;
  const entry = made(template.innerHTML.replaceAll(template.dataset.key, key));
  entries.append(entry);
  turnTo(entry);
}

function rate() {
  const entry = here();
  const box = entry && (entry.querySelector(".s11-level__input:checked") || entry.querySelector("[name^=agreed-]"));
  if (!box) return;
  entry.open = true;
  box.focus();
}

function toAction() {
  const entry = here();
  if (!entry) return;
  entry.open = true;
  entry.querySelector("[data-action] textarea, .s11-entry__plan a")?.focus();
}

async function put(key) {
  if (!key) return;
  const body = new URLSearchParams({ entry: key, csrf_token: form.elements.csrf_token.value });
  try {
    const answer = await fetch(entries.dataset.show, {
      method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "manual",
    });
    if (!answer.ok) throw new Error("not shown");
    all().forEach((entry) => {
      entry.querySelector("[data-in-room]").hidden = entry.dataset.entry !== key;
      entry.classList.toggle("s11-entry--shown", entry.dataset.entry === key);
    });
  } catch {
    const line = entryBy(key).querySelector("[data-state]");
    line.textContent = "The room does not show this yet. Try again in a moment.";
  }
}
