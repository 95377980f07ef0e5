// Work that is done in parts goes on by itself: the button of the page is pressed as soon as the page is there.
// Without this somebody presses it, and what is left when the page is closed is done by the clock.
// Where somebody else is at it, the page is asked for anew after a while: data-after, in milliseconds.
const form = document.getElementById("go-on");
if (form) window.setTimeout(() => form.requestSubmit(), Number(form.dataset.after) || 150);
