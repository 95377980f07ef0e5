// Asks whether somebody is still there before a sign-in ends, and says so when it has. What is typed on the
// page is left alone. Times are read from the clock, not counted: a computer that slept has missed its ticks.
const dialog = document.getElementById("still-there");
if (dialog && dialog.showModal) watch(dialog);

function watch(dialog) {
  const seconds = (name) => Number(dialog.dataset[name]) * 1000;
  const warning = seconds("warning");
  const ends = Date.now() + seconds("longest");
  let over = Math.min(Date.now() + seconds("idle"), ends);
  const parts = [...dialog.querySelectorAll("[data-when]")];
  const minutes = dialog.querySelector("[data-minutes]");
  const problem = dialog.querySelector("[data-problem]");
  const form = dialog.querySelector("form");
  const savesItself = document.querySelector("form[data-saves]") !== null;
  // Pages of the same sign-in in other tabs tell each other that it goes on.
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("s11-still-there") : null;

  function goesOn(tell) {
    over = Math.min(Date.now() + seconds("idle"), ends);
    problem.hidden = true;
    if (dialog.open) dialog.close();
    if (tell && tabs) tabs.postMessage(over);
  }

  function show(part) {
    parts.forEach((one) => {
      one.hidden = one.dataset.when !== part;
    });
    const title = dialog.querySelector(`[data-when="${part}"] h2`);
    parts.forEach((one) => one.querySelector("h2").removeAttribute("id"));
    title.id = "still-there-title";
    if (!dialog.open) dialog.showModal();
    title.focus();
  }

  let shown = "";
  function look() {
    const left = over - Date.now();
    const part = left <= 0 ? "over" : left <= warning ? "warning" : "";
    if (part === "warning") {
      const count = Math.ceil(left / 60000);
      const words = `${count} minute${count === 1 ? "" : "s"}`;
      if (minutes.textContent !== words) minutes.textContent = words;
    }
    if (part === "over" && part !== shown && savesItself) {
      // That page has a dialog of its own, from which one signs in again without leaving it.
      if (dialog.open) dialog.close();
      document.dispatchEvent(new CustomEvent("s11:signed-out"));
    } else if (part && part !== shown) show(part);
    shown = part;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new FormData(form), credentials: "same-origin", redirect: "manual",
      });
      if (answer.status === 204) {
        goesOn(true);
        shown = "";
        look();
      } else if (answer.status === 401) {
        over = 0;
        look();
      } else {
        problem.hidden = false;
      }
    } catch {
      problem.hidden = false;
    }
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  // Escape means "leave me alone", not "sign me out": it answers like the button.
  dialog.addEventListener("cancel", (event) => {
    if (shown !== "warning") return;
    event.preventDefault();
    form.requestSubmit();
  });
  // Words saved without leaving the page are activity too.
  document.addEventListener("s11:active", () => goesOn(true));
  if (tabs) {
    tabs.postMessage(over);
    tabs.onmessage = (event) => {
      if (event.data <= over) return;
      over = Math.min(event.data, ends);
      if (shown) {
        dialog.close();
        shown = "";
      }
    };
  }
  setInterval(look, 1000);
  document.addEventListener("visibilitychange", look);
}
