// The way out replaces this page, so that "back" does not return to it; so does Shift pressed three times.
// Without this script the link is a plain link.
const leave = document.querySelector(".leave");
const go = () => location.replace(leave.href);

leave.addEventListener("click", (event) => {
  event.preventDefault();
  go();
});

let presses = 0;
document.addEventListener("keydown", (event) => {
  if (event.repeat) return;
  presses = event.key === "Shift" ? presses + 1 : 0;
  if (presses === 3) go();
});
