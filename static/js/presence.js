// Says to colleagues on the same page who is at work on which criterion, and hears it from them. Only while
// somebody works: a page left open is silent, so that it keeps no sign-in alive.
const place = document.querySelector("[data-presence]");
const EVERY = 25000;
const SOON = 1000; // going through a page with the tab key is no work on every criterion of it
if (place) work(place.dataset.presence);
watch();

function work(address) {
  const token = document.querySelector('#answers [name="csrf_token"]');
  let criterion = 0;
  let told = 0; // the criterion last told
  let toldAt = 0;
  let active = 0; // when somebody last did something here
  let waiting = null;

  function turnTo(target) {
    const found = target.closest && target.closest("[data-criterion]");
    if (!found) return;
    active = Date.now();
    criterion = Number(found.dataset.criterion);
    if (criterion !== told && !waiting) waiting = setTimeout(tell, SOON);
  }

  async function tell() {
    waiting = null;
    if (!criterion || document.visibilityState !== "visible") return;
    told = criterion;
    toldAt = Date.now();
    try {
      const answer = await fetch(address, {
        method: "POST",
        credentials: "same-origin",
        redirect: "manual",
        headers: { Accept: "application/json" },
        body: new URLSearchParams({ criterion, csrf_token: token.value }),
      });
      if (answer.ok) show((await answer.json()).working);
      else if (answer.status < 500) criterion = 0; // signed out, taken back or closed: say no more
    } catch {
      // Without a connection nobody hears it. The next one may get through.
    }
  }

  for (const kind of ["focusin", "input", "keydown", "pointerdown"]) {
    document.addEventListener(kind, (event) => turnTo(event.target), { passive: true });
  }
  setInterval(() => {
    const now = Date.now();
    if (criterion && now - active < EVERY && now - toldAt >= EVERY) tell();
  }, 5000);
}

// Every criterion says who is there, and says it no longer than it is true.
function show(working) {
  const there = new Map(working.map((one) => [String(one.criterion), one]));
  for (const line of document.querySelectorAll("[data-at-work]")) {
    const one = there.get(line.dataset.atWork);
    say(line, one ? `${one.words} ${line.dataset.number} now` : "", one ? one.seconds : 0);
  }
}
function say(line, words, seconds) {
  if (line.textContent !== words) line.textContent = words;
  line.over = Date.now() + seconds * 1000;
}
function watch() {
  const lines = [...document.querySelectorAll("[data-at-work]")];
  if (!lines.length) return;
  lines.forEach((line) => say(line, line.textContent, Number(line.dataset.seconds || 0)));
  setInterval(() => {
    for (const line of lines) {
      if (line.textContent && Date.now() > line.over) line.textContent = "";
    }
  }, 2000);
}
