// Saves a form while one types. What the page calls saved the server has said it has; until then the words
// stay on the page, and are sent again: after a lost connection, a refusal, an ended sign-in or a restart.
// Nothing is kept in the browser's storage.
//
// The form is marked data-saves, with the address to save to where it is not the form's own. Each part that is saved by itself is a [data-unit]: a criterion, a field, or an entry of a record.
// The form is told "s11:kept" with each answer, and hears "s11:theirs": what others saved, by the name of the unit.
const form = document.querySelector("form[data-saves]");
const PAUSE = 1500;
const PATIENCE = 20000;
const WAITS = [3000, 6000, 12000, 24000, 48000];
const KEEPALIVE_AT_MOST = 60000;
const REMARK_UNSENT = "Your remark is not sent yet: press its button";
if (form) watch(form);

function watch(form) {
  const bar = form.querySelector("[data-saving]");
  const dialog = document.getElementById("sign-in-again");
  const dirty = new Set();
  const undecided = new Set(); // units in which two people wrote the same part: somebody has to choose
  const synced = new Map(); // what each unit held when the server last had it
  let timer = 0;
  let running = null;
  let failures = 0;
  let stopped = false; // signed out: waits for a sign-in, not for time
  let sending = null; // what is on its way, to be called back when the whole form is sent
  let leaving = false;

  const unitOf = (control) => control.closest("[data-unit]");
  const unitBy = (name) => form.querySelector(`[data-unit="${CSS.escape(name)}"]`);
  // What stands beside an answer and is sent by a button of its own: a remark to colleagues.
  const isBeside = (control) => control.matches("[data-beside]");
  const controlsOf = (unit) => [...unit.querySelectorAll("input, select, textarea")].filter(
    (one) => one.name && one.type !== "file" && unitOf(one) === unit && !isBeside(one),
  );
  const unsent = () => [...form.querySelectorAll("[data-beside]")].some((one) => one.value.trim());

  form.querySelectorAll("[data-unit]").forEach((unit) => synced.set(unit, valuesOf(unit)));

  function say(unit, words, kind = "") {
    let line = unit.querySelector("[data-state]");
    if (line && unitOf(line) !== unit) line = null;
    if (!line) {
      line = document.createElement("p");
      line.dataset.state = "";
      unit.append(line);
    }
    line.className = `s11-state${kind ? ` s11-state--${kind}` : ""}`;
    line.textContent = words;
  }

  function sayAll(words, kind = "") {
    if (bar.textContent !== words) bar.textContent = words;
    bar.className = kind ? `s11-state--${kind}` : "";
  }

  function mark(control) {
    const unit = unitOf(control);
    if (!unit || control.type === "file" || !control.name || isBeside(control)) return;
    // Leaving a box tells of a change that typing has told already.
    if (!dirty.has(unit) && same(valuesOf(unit), synced.get(unit))) return;
    dirty.add(unit);
    if (undecided.has(unit)) return;
    say(unit, "");
    sayAll("Not saved yet");
  }

  function soon(pause) {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  form.addEventListener("input", (event) => {
    if (isBeside(event.target)) {
      sayAll(REMARK_UNSENT);
      return;
    }
    mark(event.target);
    soon(failures ? WAITS[0] : PAUSE);
  });
  form.addEventListener("change", (event) => {
    mark(event.target);
    soon(200);
  });
  form.addEventListener("focusout", () => {
    if (dirty.size && !failures) soon(0);
  });
  window.addEventListener("online", () => {
    failures = 0;
    if (dirty.size) soon(0);
  });
  document.addEventListener("visibilitychange", () => {
    if (dirty.size && !stopped) soon(0);
  });

  // What is sent: whole units, with the token of the session and whose words they are.
  function body(units) {
    const names = new Set(["csrf_token", "typed_by", "link"]);
    units.forEach((unit) => controlsOf(unit).forEach((one) => names.add(one.name)));
    return new URLSearchParams([...new FormData(form)].filter(([name, value]) => names.has(name) && typeof value === "string"));
  }

  function snapshot(units) {
    return new Map(units.map((unit) => [unit, valuesOf(unit)]));
  }

  function valuesOf(unit) {
    const values = new Map();
    controlsOf(unit).forEach((one) => {
      if ((one.type === "radio" || one.type === "checkbox") && !one.checked) {
        if (!values.has(one.name)) values.set(one.name, "");
      } else values.set(one.name, one.value.replaceAll("\r\n", "\n"));
    });
    return values;
  }

  function same(values, others) {
    return others !== undefined && [...values].every(([name, value]) => others.get(name) === value);
  }

  function save() {
    clearTimeout(timer);
    if (running) return running.then(save);
    const units = [...dirty].filter((unit) => unit.isConnected && !undecided.has(unit));
    if (!units.length || stopped || leaving) return Promise.resolve();
    units.forEach((unit) => dirty.delete(unit));
    sayAll("Saving…");
    running = send(units, snapshot(units)).finally(() => {
      running = null;
    });
    return running;
  }

  async function send(units, sent) {
    const data = body(units);
    const giveUp = new AbortController();
    sending = giveUp;
    const late = setTimeout(() => giveUp.abort(), PATIENCE);
    let answer = null;
    let said = null;
    try {
      answer = await fetch(form.dataset.saves || form.action, {
        method: "POST",
        body: data,
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        redirect: "manual",
        // Goes on although the page is left, where it is small enough for browsers to let it.
        keepalive: data.toString().length < KEEPALIVE_AT_MOST,
        signal: giveUp.signal,
      });
      said = await answer.json();
    } catch {
      said = null;
    } finally {
      clearTimeout(late);
    }
    if (said && said.answers) kept(units, sent, said);
    else if (answer && answer.status === 401 && dialog) signedOut(units);
    else if (answer && said && said.error && answer.status < 500 && answer.status !== 429) refused(units, said);
    else again(units);
  }

  function kept(units, sent, said) {
    failures = 0;
    document.dispatchEvent(new CustomEvent("s11:active"));
    // Not where somebody has typed on since it was sent.
    units.filter((unit) => !dirty.has(unit)).forEach((unit) => say(unit, `Saved ${said.saved}`));
    units.forEach((unit) => synced.set(unit, sent.get(unit)));
    for (const [id, state] of Object.entries(said.answers)) settle(unitBy(`v${id}`), `v${id}`, state, sent, said);
    for (const [name, stamp] of Object.entries(said.fields)) setStamp(name, stamp);
    for (const [name, words] of Object.entries(said.faults)) fault(name, words);
    said.clashes.forEach((clash) => choose(unitBy(`v${clash.criterion}`), clash, clash.parts, said.answers[clash.criterion].boxes));
    said.field_clashes.forEach((clash) => {
      setStamp(clash.field, clash.stamp);
      choose(unitBy(clash.field.replace(/^fv/, "f")), clash, [{ label: clash.label, theirs: clash.theirs }], null);
    });
    units.filter((unit) => !dirty.has(unit)).forEach((unit) => synced.set(unit, valuesOf(unit)));
    further(said);
    form.dispatchEvent(new CustomEvent("s11:kept", { detail: said }));
    if (dirty.size) {
      sayAll("Not saved yet");
      soon(PAUSE);
    } else if (!undecided.size && !Object.keys(said.faults).length) {
      sayAll(`Saved ${said.saved}${unsent() ? `. ${REMARK_UNSENT}` : ""}`, "saved");
      allSaved();
    } else {
      sayAll("Something on this page needs you", "problem");
    }
  }

  // The browser need not ask before the page is left, unless a remark would be lost.
  function allSaved() {
    if (unsent()) return;
    form.dispatchEvent(new CustomEvent("s11:saved", { bubbles: true }));
  }

  // What a colleague has put into the other boxes of this answer meanwhile comes onto the page, unless it
  // was typed over since it was sent.
  function settle(unit, name, state, sent, said) {
    if (!unit) return;
    form.elements[name].value = state.version;
    // What the page said of an earlier state is no longer so.
    unit.querySelector("[data-last-saved]")?.remove();
    if (!state.carried) unit.querySelector("[data-carried]")?.remove();
    const clashing = new Set(said.clashes.flatMap((clash) => clash.parts.map((part) => part.box)));
    const before = sent.get(unit);
    const now = valuesOf(unit);
    for (const [box, value] of Object.entries(state.boxes || {})) {
      if (!now.has(box) || clashing.has(box) || now.get(box) === value || now.get(box) !== before.get(box)) continue;
      if (now.get(box).trimEnd() !== value) put(box, value);
    }
  }

  // What others saved comes onto the page at once where nothing of it is typed over; else with the next save.
  form.addEventListener("s11:theirs", (event) => {
    if (running) running.then(() => take(event.detail));
    else take(event.detail);
  });

  function take(states) {
    for (const [id, state] of Object.entries(states)) {
      const unit = unitBy(`v${id}`);
      const stamp = form.elements[`v${id}`];
      if (!unit || !stamp || stamp.value === state.version || dirty.has(unit) || undecided.has(unit)) continue;
      stamp.value = state.version;
      const now = valuesOf(unit);
      for (const [box, value] of Object.entries(state.boxes)) {
        if (now.has(box) && now.get(box).trimEnd() !== value) put(box, value);
      }
      synced.set(unit, valuesOf(unit));
      say(unit, `Saved ${state.at} by ${state.by}`);
    }
  }

  function put(box, value) {
    const control = form.elements[box];
    if (!control) return;
    if (control instanceof RadioNodeList) {
      [...control].forEach((one) => {
        one.checked = one.value === value;
      });
    } else if (control.type === "checkbox") control.checked = value === control.value;
    else control.value = value;
  }

  function setStamp(name, stamp) {
    if (form.elements[name]) form.elements[name].value = stamp;
  }

  function fault(name, words) {
    const unit = unitBy(name.replace(/^fv/, "f"));
    if (unit) say(unit, `Not saved: ${words}`, "problem");
  }

  // Two people wrote the same part. Both texts are shown, and nothing more is sent from here until one of
  // them, or something of both, is chosen.
  function choose(unit, clash, parts, boxes) {
    if (!unit) return;
    undecided.add(unit);
    dirty.add(unit);
    say(unit, "");
    unit.querySelector("[data-clash]")?.remove();
    const box = document.createElement("div");
    box.className = "s11-inset s11-clash";
    box.dataset.clash = "";
    box.setAttribute("role", "alert");
    const add = (tag, words, where = box, classes = "govuk-body") => {
      const made = document.createElement(tag);
      made.className = classes;
      made.textContent = words;
      where.append(made);
      return made;
    };
    add("p", `${clash.name} saved something else here at ${clash.at}. Yours is still in the box, and is not saved yet.`);
    parts.forEach((part) => {
      add("p", `${part.label}, saved by ${clash.name}:`, box, "govuk-body govuk-!-font-weight-bold");
      add("div", part.theirs, box, "s11-text govuk-body");
    });
    add("p", "Put together what should stand, then save yours; or take theirs.");
    const buttons = document.createElement("div");
    buttons.className = "govuk-button-group";
    box.append(buttons);
    const mine = add("button", "Save mine", buttons, "govuk-button govuk-button--secondary");
    mine.type = "button";
    mine.addEventListener("click", () => decide(unit, box));
    if (boxes) {
      const theirs = add("button", `Take ${clash.name}’s`, buttons, "govuk-button govuk-button--secondary");
      theirs.type = "button";
      theirs.addEventListener("click", () => {
        parts.forEach((part) => put(part.box, boxes[part.box]));
        decide(unit, box);
      });
    }
    placeOf(unit, parts).before(box);
    box.scrollIntoView({ block: "nearest" });
  }

  // Before the box in question, so that both texts are seen together.
  function placeOf(unit, parts) {
    const named = parts[0].box && form.elements[parts[0].box];
    const control = named instanceof RadioNodeList ? named[0] : named;
    return control?.closest(".s11-levels, .govuk-form-group, .s11-comeback") || unit.firstElementChild;
  }

  function decide(unit, box) {
    box.remove();
    undecided.delete(unit);
    dirty.add(unit);
    save();
  }

  // An answer may open further questions, which the server puts onto the page when it is opened anew.
  function further(said) {
    let line = form.querySelector("[data-further]");
    if (!said.opened.length && !line) return;
    if (!line) {
      line = document.createElement("div");
      line.className = "s11-inset";
      line.dataset.further = "";
      line.setAttribute("role", "status");
      form.querySelector(".s11-savebar").before(line);
    }
    line.replaceChildren();
    line.hidden = !said.opened.length;
    if (line.hidden) return;
    const words = document.createElement("p");
    words.className = "govuk-body";
    words.textContent = `Your answers lead to a further question: ${said.opened.join(", ")}. `;
    const link = document.createElement("a");
    link.className = "govuk-link";
    link.href = `${location.pathname}?more=1#q${said.opened[0]}`;
    link.textContent = "Show it";
    words.append(link);
    line.append(words);
  }

  function refused(units, said) {
    units.forEach((unit) => {
      dirty.add(unit);
      say(unit, `Not saved: ${said.error}`, "problem");
    });
    sayAll("Not saved: see the message beside your answer", "problem");
  }

  function again(units) {
    if (leaving) {
      units.forEach((unit) => dirty.add(unit));
      return;
    }
    units.forEach((unit) => {
      dirty.add(unit);
      say(unit, "Not saved yet. What you typed is on this page, and is sent again.", "problem");
    });
    sayAll(navigator.onLine ? "Not saved yet: no answer. Trying again." : "Not saved yet: no connection. It is sent when you are back.", "problem");
    soon(WAITS[Math.min(failures, WAITS.length - 1)]);
    failures += 1;
  }

  // A sign-in that is over: the same person signs in again in a small window, and the page goes on.
  async function signedOut(units) {
    units.forEach((unit) => dirty.add(unit));
    if (await isBack()) {
      soon(0);
      return;
    }
    stopped = true;
    units.forEach((unit) => say(unit, "Not saved: you have been signed out.", "problem"));
    sayAll("Not saved: you have been signed out", "problem");
    if (dialog.showModal && !dialog.open) dialog.showModal();
  }

  async function isBack() {
    try {
      const answer = await fetch(dialog.dataset.who, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok) return false;
      const who = await answer.json();
      if (who.person !== form.elements.typed_by.value) {
        const problem = dialog.querySelector("[data-problem]");
        problem.textContent = `You are signed in as ${who.name} now, but this page was written by somebody else. Sign out there, and sign in as whoever wrote it.`;
        problem.hidden = false;
        return false;
      }
      document.querySelectorAll("input[name=csrf_token]").forEach((input) => {
        input.value = who.token;
      });
      return true;
    } catch {
      return false;
    }
  }

  async function lookAgain() {
    if (!stopped || !(await isBack())) return;
    stopped = false;
    if (dialog.open) dialog.close();
    sayAll("You are signed in again. Saving…");
    soon(0);
  }
  if (dialog) letThemSignInAgain();

  function letThemSignInAgain() {
    if ("BroadcastChannel" in window) new BroadcastChannel("s11-signed-in").onmessage = lookAgain;
    window.addEventListener("focus", lookAgain);
    document.addEventListener("s11:signed-out", () => signedOut([...dirty]));
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    dialog.querySelector("[data-sign-in]").addEventListener("click", (event) => {
      event.preventDefault();
      window.open(event.currentTarget.href, "s11-sign-in", "popup,width=560,height=760");
    });
  }

  // A button sends the whole form: what is on its way by itself is called back, so that one answer comes.
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    leaving = true;
    clearTimeout(timer);
    if (running && sending) sending.abort();
    // Still here after a while: the form was not sent after all.
    setTimeout(() => {
      leaving = false;
      if (dirty.size) soon(0);
    }, 8000);
  });

  // A link out of the page waits until what was typed is saved. Where it cannot be, the browser asks.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.target || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if ((!dirty.size && !running) || link.origin !== location.origin) return;
    if (link.pathname === location.pathname && link.hash && link.search === location.search) return;
    event.preventDefault();
    save().then(() => {
      if (!dirty.size) allSaved();
      location.assign(link.href);
    });
  });
  // A button beside the form that leads on waits likewise, once.
  document.addEventListener("submit", (event) => {
    const other = event.target;
    if (!other.closest("[data-waits]") || "waited" in other.dataset || (!dirty.size && !running)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    other.dataset.waited = "";
    save().then(() => {
      if (!dirty.size) allSaved();
      other.requestSubmit(event.submitter);
    });
  }, true);
  // While the browser asks whether to leave, the words are on their way already.
  for (const end of ["beforeunload", "pagehide"]) {
    window.addEventListener(end, () => {
      if (dirty.size && !stopped) save();
    });
  }
}
