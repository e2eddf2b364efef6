// What scripts add to pages that already work without them.
import comboBox from "../node_modules/@uswds/uswds/packages/usa-combo-box/src/index.js";
import datePicker from "../node_modules/@uswds/uswds/packages/usa-date-picker/src/index.js";
import "./copying.js";
import "./drafts.js";
import "./idle.js";
import "./passkeys.js";
import "./roles.js";

const PICKER = ".usa-date-picker";
const EXTERNAL = ".usa-date-picker__external-input";
const FOCUS_FIRST = "[data-focus-first]";

// The picker empties a date it cannot read; people get back what they typed, beside the error that names it.
function keepingTypedDates(root, enhance) {
  const typed = [...root.querySelectorAll(PICKER)].map((picker) => [picker, picker.querySelector("input")?.value]);
  enhance();
  for (const [picker, value] of typed) {
    const field = picker.querySelector(EXTERNAL);
    if (field && value && !field.value) field.value = value;
  }
}

// The calendar's days are buttons: for them "pressed" is the state, "selected" is none of theirs.
const calendars = new MutationObserver((changes) => {
  for (const { target } of changes) {
    for (const button of target.querySelectorAll("button[aria-selected]")) {
      button.setAttribute("aria-pressed", button.getAttribute("aria-selected"));
      button.removeAttribute("aria-selected");
    }
  }
});

function watchCalendars(root) {
  for (const picker of root.querySelectorAll(PICKER)) calendars.observe(picker, { childList: true, subtree: true });
}

function enhanceFragment(root) {
  keepingTypedDates(root, () => {
    datePicker.init(root);
    comboBox.init(root);
  });
  watchCalendars(root);
  offerToShow(root);
}

function focusFirst(root) {
  root.querySelector(FOCUS_FIRST)?.focus();
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
}

function onEscape(event) {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details[data-menu][open]");
  closeMenus(null);
  menu?.querySelector("summary").focus();
}

// A password that is being chosen may be looked at; it is hidden again before it is sent.
function offerToShow(root) {
  for (const button of root.querySelectorAll("[data-show-password]")) button.hidden = false;
}

function showPassword(button, isShown) {
  const field = document.getElementById(button.getAttribute("aria-controls"));
  if (field) field.type = isShown ? "text" : "password";
  button.setAttribute("aria-pressed", String(isShown));
}

document.documentElement.classList.add("js");
offerToShow(document);
keepingTypedDates(document, () => {
  datePicker.on(document.body);
  comboBox.on(document.body);
});
watchCalendars(document);
if (!document.querySelector("[autofocus]")) focusFirst(document);

// A form that only carries somebody on is sent by itself; its button serves where scripts do not run.
document.querySelector("form[data-go-on]")?.requestSubmit();

document.addEventListener("keydown", onEscape);
document.addEventListener("click", (event) => {
  closeMenus(event.target);
  if (event.target.closest("[data-print]")) window.print();
  const shower = event.target.closest("[data-show-password]");
  if (shower) showPassword(shower, shower.getAttribute("aria-pressed") !== "true");
});
document.addEventListener("submit", (event) => {
  for (const button of event.target.querySelectorAll("[data-show-password]")) showPassword(button, false);
});
document.addEventListener("htmx:after:swap", (event) => {
  const target = event.detail?.ctx?.target;
  const root = target instanceof Element && target.isConnected ? target : document.body;
  enhanceFragment(root);
  focusFirst(root);
});
