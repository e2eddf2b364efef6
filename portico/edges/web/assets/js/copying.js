// A button marked data-copy copies the text of the element it names, and says so.
const COPIED = "Copied";
const LASTS_MS = 4_000;

async function copy(button) {
  const place = document.getElementById(button.dataset.copy);
  const said = document.getElementById(`${button.dataset.copy}-said`);
  await navigator.clipboard.writeText(place.textContent.trim());
  const words = button.textContent;
  button.textContent = COPIED;
  if (said) said.textContent = COPIED;
  setTimeout(() => {
    button.textContent = words;
    if (said) said.textContent = "";
  }, LASTS_MS);
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (navigator.clipboard) button.addEventListener("click", () => copy(button));
  else button.hidden = true;
}
