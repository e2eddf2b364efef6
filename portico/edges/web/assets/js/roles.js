// A role ticks the functions it usually needs, and what differs from it is said at once.
const roles = document.querySelector("[data-roles]");
const functions = () => [...document.querySelectorAll('#functions input[type="checkbox"][name="functions"]')];
const nameOf = (box) => document.querySelector(`label[for="${box.id}"]`).textContent.trim();

function needed() {
  return new Set((roles.selectedOptions[0].dataset.functions ?? "").split(" ").filter(Boolean));
}

function say() {
  const place = document.getElementById(roles.dataset.roles);
  place.replaceChildren();
  if (!roles.value) return;
  const usual = needed();
  const added = functions().filter((box) => box.checked && !usual.has(box.value));
  const missing = functions().filter((box) => !box.checked && usual.has(box.value));
  const words = [
    added.length ? `and besides: ${added.map(nameOf).join(", ")}.` : "",
    missing.length ? `Without: ${missing.map(nameOf).join(", ")}.` : "",
  ].filter(Boolean);
  const said = document.createElement("p");
  const role = document.createElement("strong");
  role.textContent = roles.selectedOptions[0].textContent.trim();
  said.append(role, ` ${words.join(" ") || "as it usually is."}`);
  place.append(said);
}

function tick() {
  const usual = needed();
  if (roles.value) {
    for (const box of functions()) {
      if (!box.disabled) box.checked = usual.has(box.value);
    }
  }
  say();
}

if (roles) {
  roles.addEventListener("change", tick);
  document.getElementById("functions").addEventListener("change", say);
}

// Enter in a field that searches presses the button beside it, and sends nothing else.
document.addEventListener("keydown", (event) => {
  const presses = event.target.dataset?.presses;
  if (event.key !== "Enter" || !presses) return;
  event.preventDefault();
  document.getElementById(presses)?.click();
});
