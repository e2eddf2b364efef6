// A form marked data-passkey="get" or "create" is sent with what the browser's passkeys answer, in its field "reply".
// The question comes from the address in data-ask, or stands on the page as the JSON of #passkey-options.
const UNUSED = "No passkey was used. Try again, or choose another way.";
const KNOWN = "This device or key is set up for your account already.";

const isOffered = window.isSecureContext && "PublicKeyCredential" in window;
document.documentElement.classList.toggle("pt-without-passkeys", !isOffered);

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function text(buffer) {
  const plain = Array.from(new Uint8Array(buffer), (number) => String.fromCharCode(number)).join("");
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function asked(form) {
  if (!form.dataset.ask) return JSON.parse(document.getElementById("passkey-options").textContent);
  const token = form.elements.namedItem("csrfmiddlewaretoken").value;
  const answer = await fetch(form.dataset.ask, { method: "POST", headers: { "X-CSRFToken": token } });
  return answer.headers.get("Content-Type")?.startsWith("application/json") ? answer.json() : null;
}

function withBytes(question) {
  const listed = (keys) => keys?.map((key) => ({ ...key, id: bytes(key.id) }));
  const options = { ...question, challenge: bytes(question.challenge) };
  if (question.user) options.user = { ...question.user, id: bytes(question.user.id) };
  if (question.excludeCredentials) options.excludeCredentials = listed(question.excludeCredentials);
  if (question.allowCredentials) options.allowCredentials = listed(question.allowCredentials);
  return options;
}

function replyOf(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const said = parts.filter((part) => response[part]).map((part) => [part, text(response[part])]);
  const transports = response.getTransports?.();
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: {},
    response: { ...Object.fromEntries(said), ...(transports && { transports }) },
  });
}

function say(form, words) {
  let place = form.querySelector("[role=alert]");
  if (!place) {
    place = document.createElement("p");
    place.setAttribute("role", "alert");
    place.className = "usa-error-message";
    form.append(place);
  }
  place.textContent = words;
}

async function use(form) {
  const question = await asked(form);
  if (!question) return window.location.reload();
  const options = { publicKey: withBytes(question.publicKey) };
  const credential = await navigator.credentials[form.dataset.passkey](options);
  form.elements.namedItem("reply").value = replyOf(credential);
  return form.submit();
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-passkey]")) return;
  event.preventDefault();
  const button = event.submitter;
  if (button) button.disabled = true;
  try {
    await use(form);
  } catch (problem) {
    say(form, problem.name === "InvalidStateError" ? KNOWN : UNUSED);
  } finally {
    if (button) button.disabled = false;
  }
});
