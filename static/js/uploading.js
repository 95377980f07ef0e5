// Sends files one by one, each with its own progress and its own answer. Without this script the form
// sends them together. A file stays in the list until the server has said what became of it.
const form = document.getElementById("add-files");
const zone = form.querySelector("[data-uploading]");
const input = zone.querySelector("input[type=file]");
const button = form.querySelector("button[type=submit]");
const largest = Number(zone.dataset.largest);
const files = [];
let sending = false;

const made = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
};
const list = made("ul", "s11-sending");
list.setAttribute("aria-label", "What you chose");
const alerts = made("p", "govuk-visually-hidden");
alerts.setAttribute("role", "alert");
const status = made("p", "s11-sending__status");
status.setAttribute("role", "status");
zone.append(made("p", "s11-sending__drop", "Or drop files anywhere on this page."), list, alerts);
button.after(status);

// As the pages say it.
const sized = (count) => {
  if (count < 1000) return `${count} bytes`;
  return count < 1e6 ? `${(count / 1000).toFixed(0)} kB` : `${(count / 1e6).toFixed(1)} MB`;
};

// Choosing: each file gets a row. One that is too large is named at once, and does not stop the others.
function choose(chosen) {
  for (const file of chosen) {
    const known = files.some((one) => one.file.name === file.name && one.file.size === file.size && one.state !== "refused");
    if (known) continue;
    const one = { file, state: "waiting" };
    files.push(one);
    draw(one);
    if (file.size > largest) {
      turn(one, "refused", `“${file.name}” is larger than ${zone.dataset.mb} MB. Make it smaller, or split it, and add it again.`);
    } else if (file.size === 0) {
      turn(one, "refused", `“${file.name}” is empty. Check the file on your computer and choose it again.`);
    }
  }
  if (files.length) complain(input.closest(".govuk-form-group"), "");
}
function take() {
  choose([...input.files]);
  input.value = "";
}
input.addEventListener("change", take);
take(); // what was chosen while this script was still on its way
for (const kind of ["dragover", "drop"]) {
  document.addEventListener(kind, (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    zone.classList.toggle("s11-sending--over", kind === "dragover");
    if (kind === "drop") choose([...event.dataTransfer.files]);
  });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) zone.classList.remove("s11-sending--over");
});

function draw(one) {
  one.row = made("li", "s11-sending__file");
  const head = made("div", "s11-sending__head");
  head.append(made("span", "s11-sending__name", one.file.name), made("span", "s11-sending__size", sized(one.file.size)));
  one.bar = made("progress", "s11-sending__bar");
  one.bar.max = 100;
  one.bar.hidden = true;
  one.bar.setAttribute("aria-label", `Sending ${one.file.name}`);
  one.words = made("p", "s11-sending__words");
  one.take = made("button", "s11-linkbutton");
  one.take.type = "button";
  one.take.append("Take out of this list", made("span", "govuk-visually-hidden", `: ${one.file.name}`));
  one.take.addEventListener("click", () => forget(one, true));
  one.row.append(head, one.bar, one.words, one.take);
  list.append(one.row);
}

function forget(one, focus) {
  files.splice(files.indexOf(one), 1);
  one.row.remove();
  if (focus) input.focus();
}

function turn(one, state, words) {
  one.state = state;
  one.words.textContent = words;
  one.row.className = `s11-sending__file s11-sending__file--${state}`;
  one.bar.hidden = state !== "sending";
  one.take.hidden = state === "sending";
  if (state === "refused" || state === "again") alerts.textContent = words;
}

// Complaints stand where what is missing stands.
function complain(group, words) {
  const id = "uploading-error";
  const old = group.querySelector(`#${id}`);
  if (old) old.remove();
  group.classList.toggle("govuk-form-group--error", Boolean(words));
  if (!words) return;
  const message = made("p", "govuk-error-message", words);
  message.id = id;
  message.setAttribute("role", "alert");
  (group.querySelector("input[type=file]") || group.querySelector(".govuk-radios")).before(message);
}

const radios = [...form.querySelectorAll("input[name=personal_data]")];
const asked = radios[0].closest(".govuk-form-group");
radios.forEach((radio) => radio.addEventListener("change", () => complain(asked, "")));

function isReady() {
  const said = radios.some((radio) => radio.checked);
  const any = files.some((one) => one.state === "waiting" || one.state === "again");
  complain(input.closest(".govuk-form-group"), any ? "" : "Choose a file to add.");
  complain(asked, said ? "" : "Say whether the files name children, families or staff.");
  if (!any) input.focus();
  else if (!said) radios[0].focus();
  return any && said;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (sending || !isReady()) return;
  sending = true;
  button.setAttribute("aria-disabled", "true");
  if (files.some((one) => one.state === "again")) await renew();
  const round = files.filter((one) => one.state === "waiting" || one.state === "again");
  for (const [place, one] of round.entries()) {
    status.textContent = `Sending file ${place + 1} of ${round.length}.`;
    await send(one);
  }
  await finish(round);
});

function send(one) {
  turn(one, "sending", "Sending");
  const data = new FormData(form);
  data.delete("file");
  data.append(button.name, button.value);
  data.append("file", one.file, one.file.name);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      one.bar.value = event.total ? (100 * event.loaded) / event.total : 0;
    });
    request.upload.addEventListener("load", () => {
      one.bar.removeAttribute("value");
      one.words.textContent = "Sent. It is being looked through.";
    });
    request.addEventListener("loadend", () => {
      answered(one, request);
      done();
    });
    request.send(data);
  });
}

function answered(one, request) {
  let said = {};
  try {
    said = JSON.parse(request.responseText);
  } catch {
    // no answer of ours: the words below say what to do
  }
  const file = (said.files || [])[0];
  if (file) turn(one, file.state, file.sentence);
  else if (request.status === 401) {
    turn(one, "again", "Your sign-in has ended. Sign in again in another window, then press “Add files” here.");
  } else if ([403, 404, 409, 413, 422].includes(request.status) && said.error) turn(one, "refused", said.error);
  else {
    const why = said.error || "The file did not arrive.";
    turn(one, "again", `${why} It stays in this list: press “Add files” to try again.`);
  }
}

async function finish(round) {
  const how = (state) => round.filter((one) => one.state === state).length;
  const [added, asks, refused, again] = ["added", "asks", "refused", "again"].map(how);
  const told = [
    [added, "added"],
    [asks, "to decide about"],
    [refused, "refused"],
    [again, "not sent"],
  ];
  status.textContent = told
    .filter(([count]) => count)
    .map(([count, words]) => `${count} ${count === 1 ? "file" : "files"} ${words}`)
    .join(", ")
    .concat(".");
  if (added || asks) await renew();
  round.filter((one) => one.state === "added" || one.state === "asks").forEach((one) => forget(one));
  sending = false;
  button.removeAttribute("aria-disabled");
  const decide = document.getElementById("to-decide");
  if (asks && decide) {
    decide.tabIndex = -1;
    decide.focus();
  }
}

// What is shown, what waits, and the form's token, as the server has them now.
async function renew() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("evidence-now");
    if (!now) return;
    document.getElementById("evidence-now").replaceWith(document.importNode(now, true));
    const token = page.querySelector("#add-files [name=csrf_token]");
    if (token) form.querySelector("[name=csrf_token]").value = token.value;
  } catch {
    // offline: what is shown stays as it was, and the next page brings it
  }
}

window.addEventListener("beforeunload", (event) => {
  if (sending) event.preventDefault();
});
