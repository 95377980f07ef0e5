// Improves pages that already work without it. Nothing is stored in the browser.
// Events a page may send to a form: "s11:saved" (the form is as the server has it).
import { initAll } from "../vendor/govuk-frontend.min.js";
import "./presence.js";
import "./still-there.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// A form is sent once. The button keeps its name and value, so it is not disabled.
let sending = null;
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (tooLarge(form)) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  sending = form;
  if (event.submitter) event.submitter.setAttribute("aria-disabled", "true");
  // A download, or a refused connection, leaves the page where it is: let people try again.
  setTimeout(() => allowAgain(form), 8000);
});

function allowAgain(form) {
  delete form.dataset.sent;
  sending = null;
  form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
}
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(allowAgain));

// Ask before leaving a page with changes that were not saved.
const state = (form) =>
  JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value instanceof File ? value.name : value]));
const savedStates = new Map();
document.querySelectorAll("form[data-warn-unsaved]").forEach((form) => savedStates.set(form, state(form)));
document.addEventListener("s11:saved", (event) => {
  const form = event.target.closest && event.target.closest("form[data-warn-unsaved]");
  if (form) savedStates.set(form, state(form));
});
window.addEventListener("beforeunload", (event) => {
  for (const [form, saved] of savedStates) {
    // The form that is being sent is saved; words typed in another one of the page are not.
    if (sending && (form === sending || !sending.matches("main form"))) continue;
    if (form.isConnected && state(form) !== saved) {
      event.preventDefault();
      // Whoever stays can send again.
      const sent = sending;
      if (sent) setTimeout(() => allowAgain(sent));
      return;
    }
  }
});

// A file that is too large is named at once, not after a long upload.
function tooLarge(form) {
  const bad = [...form.querySelectorAll("input[type=file][data-max-bytes]")].filter((input) => !checkSize(input));
  if (bad.length) bad[0].focus();
  return bad.length > 0;
}
function checkSize(input) {
  const limit = Number(input.dataset.maxBytes);
  const bad = [...input.files].find((file) => file.size > limit);
  const id = `${input.id}-size-error`;
  const old = document.getElementById(id);
  if (old) old.remove();
  const described = (input.getAttribute("aria-describedby") || "").split(" ").filter((word) => word && word !== id);
  const group = input.closest(".govuk-form-group");
  if (bad) {
    const message = document.createElement("p");
    message.id = id;
    message.className = "govuk-error-message";
    message.setAttribute("role", "alert");
    const most = input.dataset.maxLabel || `${Math.floor(limit / 1048576)} MB`;
    message.textContent = `Error: “${bad.name}” is larger than ${most}. Choose a smaller file.`;
    input.before(message);
    described.push(id);
    if (group) group.classList.add("govuk-form-group--error");
  } else if (old && group && !group.querySelector(".govuk-error-message")) {
    group.classList.remove("govuk-form-group--error");
  }
  if (described.length) input.setAttribute("aria-describedby", described.join(" "));
  else input.removeAttribute("aria-describedby");
  return !bad;
}
document.addEventListener("change", (event) => {
  if (event.target.matches("input[type=file][data-max-bytes]")) checkSize(event.target);
});

// Browsers without :has() show the reason for "not applicable" always: writing one chooses it.
document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-na-reason]") || !event.target.value.trim()) return;
  const box = event.target.closest("fieldset").querySelector("input.s11-na");
  if (box && !box.checked) {
    box.checked = true;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
});

// A rating can be chosen by its letter once the focus is on one of its choices: G, A, R, or N for N/A.
document.addEventListener("keydown", (event) => {
  if (!event.target.matches(".s11-level__input") || event.ctrlKey || event.metaKey || event.altKey) return;
  const letters = [...event.target.closest("fieldset").querySelectorAll(".s11-level")].map((label) => [
    label.querySelector(".s11-level__letter").textContent.trim().toLowerCase()[0],
    label.querySelector("input"),
  ]);
  const found = letters.filter(([letter]) => letter === event.key.toLowerCase());
  if (found.length !== 1) return;
  const box = found[0][1];
  box.focus();
  if (box.checked) return;
  box.checked = true;
  box.dispatchEvent(new Event("change", { bubbles: true }));
});

// The menu on a phone closes with Escape.
document.addEventListener("keydown", (event) => {
  const menu = document.querySelector(".s11-nav__menu[open]");
  if (event.key !== "Escape" || !menu || !menu.contains(document.activeElement)) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// A button that prints needs this script, so it is shown by it.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
