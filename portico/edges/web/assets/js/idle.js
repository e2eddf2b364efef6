// Warns before an unused session ends, keeps it where somebody says so, and goes to the sign-in when it has ended.
import { addresses, freshToken, keep, left, onLeft, tell } from "./session.js";

const dialog = document.querySelector("dialog[data-idle]");
const SPOKEN_AT = [60, 30, 10];
const ASK_AGAIN_MS = 10_000;
const ASK_WHILE_OPEN = 15;
let endsAt = 0;
let isLast = false;
let isAsking = false;
let spoken = Infinity;

const find = (name) => dialog.querySelector(`[data-idle-${name}]`);
const remaining = () => Math.max(0, Math.ceil((endsAt - Date.now()) / 1000));

// Somebody else has signed in meanwhile: what this page shows is not theirs.
function learnt({ seconds, is_last, mark }) {
  if (mark && mark !== addresses.mark) location.assign(location.pathname);
  endsAt = Date.now() + seconds * 1000;
  isLast = is_last;
  if (dialog.open && seconds > Number(addresses.warnedBefore)) dialog.close();
}

function inWords(seconds) {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  const part = (number, word) => (number ? [`${number} ${word}${number === 1 ? "" : "s"}`] : []);
  return [...part(minutes, "minute"), ...part(rest, "second")].join(" ") || "a moment";
}

function show() {
  find("unused").hidden = isLast;
  find("whole").hidden = !isLast;
  find("keep").hidden = isLast;
  const seconds = remaining();
  find("time").textContent = inWords(seconds);
  if (!dialog.open) {
    spoken = Infinity;
    dialog.showModal();
  }
  const due = SPOKEN_AT.find((mark) => seconds <= mark && mark < spoken);
  if (due === undefined) return;
  spoken = Math.min(...SPOKEN_AT.filter((mark) => seconds <= mark));
  find("said").textContent = `You are signed out in ${inWords(seconds)}.`;
}

function leave() {
  location.assign(`${addresses.signInUrl}?next=${encodeURIComponent(location.pathname)}`);
}

// The server decides: another page, or a download, may have used the session meanwhile.
async function ask() {
  if (isAsking) return;
  isAsking = true;
  const told = await left();
  if (told) learnt(told);
  if (remaining() <= 0) leave();
  else if (remaining() <= Number(addresses.warnedBefore)) show();
  if (!told) await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  isAsking = false;
}

function tick() {
  const seconds = remaining();
  if (seconds > Number(addresses.warnedBefore)) return;
  if (!dialog.open || seconds % ASK_WHILE_OPEN === 0) ask();
  else show();
}

async function stay() {
  const told = await keep();
  if (told) tell(told);
  else await ask();
}

if (dialog) {
  onLeft(learnt);
  tell({ seconds: Number(addresses.seconds), is_last: false, mark: addresses.mark });
  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", tick);
  find("keep").addEventListener("click", stay);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    stay();
  });
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.target.elements.csrfmiddlewaretoken.value = freshToken();
  });
}
