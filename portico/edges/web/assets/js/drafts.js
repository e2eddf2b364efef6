// Keeps what is typed into long forms, marked with data-draft, so that it is there after an idle end.
// Nothing of it is stored in the browser, and passwords and files are never sent.
import { post } from "./session.js";

const PAUSE_MS = 5_000;
const NEVER = "[type=password], [autocomplete$=password], [type=file], [name=csrfmiddlewaretoken]";

function typedInto(form) {
  const never = new Set([...form.querySelectorAll(NEVER)].map((field) => field.name));
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !never.has(name)) body.append(name, value);
  }
  return body;
}

function keepDraftsOf(form) {
  let timer = null;
  let isSent = false;

  async function save() {
    clearTimeout(timer);
    if (timer === null || isSent) return;
    timer = null;
    try {
      await post(form.dataset.draft, typedInto(form), { keepalive: true });
    } catch {
      timer = setTimeout(save, PAUSE_MS);
    }
  }

  function typed() {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
  }

  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("submit", () => {
    isSent = true;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  if (form.dataset.draft) keepDraftsOf(form);
}
