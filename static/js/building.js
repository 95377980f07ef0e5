// Lets a criterion be dragged to another place of the draft. The menu beside each does the same without it.
const list = document.querySelector("[data-building]");
let held = null;

function lines() {
  return [...list.querySelectorAll(".s11-build__line")];
}

function unmark() {
  lines().forEach((line) => line.classList.remove("s11-build__line--before", "s11-build__line--after"));
}

function upperHalf(line, event) {
  const box = line.getBoundingClientRect();
  return event.clientY < box.top + box.height / 2;
}

// The place as the form of "Move to…" names it: the standard, and the criterion to stand behind.
function place(line, before) {
  const standard = line.closest("[data-standard]").dataset.standard;
  if (!before) return `${standard}/${line.dataset.key}`;
  let previous = line.previousElementSibling;
  while (previous && (!previous.dataset.key || previous === held)) previous = previous.previousElementSibling;
  return `${standard}/${previous ? previous.dataset.key : ""}`;
}

function send(line, where) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = line.dataset.move;
  const token = list.querySelector("[name=csrf_token]").value;
  for (const [name, value] of [["csrf_token", token], ["place", where]]) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.requestSubmit();
}

function over(event) {
  const line = held && event.target.closest(".s11-build__line");
  if (!line || line === held) return;
  event.preventDefault();
  unmark();
  line.classList.add(upperHalf(line, event) ? "s11-build__line--before" : "s11-build__line--after");
}

function drop(event) {
  const line = held && event.target.closest(".s11-build__line");
  if (!line || line === held) return;
  event.preventDefault();
  send(held, place(line, upperHalf(line, event)));
}

if (list) {
  lines().forEach((line) => {
    const handle = line.querySelector(".s11-build__handle");
    handle.hidden = false;
    handle.draggable = true;
    handle.addEventListener("dragstart", (event) => {
      held = line;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", line.dataset.key);
      event.dataTransfer.setDragImage(line, 0, 0);
    });
    handle.addEventListener("dragend", () => {
      held = null;
      unmark();
    });
  });
  list.addEventListener("dragover", over);
  list.addEventListener("drop", drop);
}
