// What the parts of a page that stay open share: asking how long the session goes on, and sending within it.
const dialog = document.querySelector("dialog[data-idle]");
const channel = "BroadcastChannel" in window ? new BroadcastChannel("portico-session") : null;
const listeners = new Set();
let token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

export const addresses = dialog?.dataset;

// Calls back with { seconds, is_last, mark } whenever this page or another learns how long the session goes on.
export function onLeft(listener) {
  listeners.add(listener);
}

export function tell(left) {
  for (const listener of listeners) listener(left);
  channel?.postMessage(left);
}

channel?.addEventListener("message", (event) => {
  for (const listener of listeners) listener(event.data);
});

// What the server knows; null where it does not answer. Asking is no use of the session.
export async function left() {
  return learn(() => fetch(addresses.leftUrl, { cache: "no-store", redirect: "error" }));
}

export async function keep() {
  return learn(() => post(addresses.keepUrl, new URLSearchParams()));
}

// Sends within the session. A token that is out of date, after a switch in another page, is asked for anew, once.
export async function post(address, body, options = {}) {
  const send = () =>
    fetch(address, { method: "POST", body, redirect: "error", headers: { "X-CSRFToken": token }, ...options });
  const answer = await send();
  if (answer.status !== 403 || (await left()) === null) return answer;
  return send();
}

export function freshToken() {
  return token;
}

async function learn(ask) {
  try {
    const answer = await ask();
    if (!answer.ok) return null;
    const told = await answer.json();
    token = told.token;
    return { seconds: told.seconds, is_last: told.is_last, mark: told.mark };
  } catch {
    return null;
  }
}
