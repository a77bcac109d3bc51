// Keys, the map, and dropped files. Everything works without this file, but for the map.

const typing = (element) => element instanceof HTMLElement && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));
const one = (selector) => document.querySelector(selector);
const press = (selector) => one(selector)?.click();
const send = (form) => form?.requestSubmit();

const keys = {
  j: () => press("#later"),
  k: () => press("#earlier"),
  a: () => send(one("#accept")),
  r: () => one("#reject-reason")?.focus(),
  n: () => one("#note-text")?.focus(),
  u: () => send(one("form.undo[data-mine]")),
  q: () => press("#next-in-queue"),
  c: () => {
    const fix = one("details.fix");
    if (fix) {
      fix.open = true;
      fix.querySelector("input:not([type=hidden]), select")?.focus();
    }
  },
  "?": () => {
    const shown = one("#keys");
    if (shown) shown.open ? shown.close() : shown.showModal();
  },
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && typing(event.target)) event.target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
  const act = keys[event.key];
  if (act && (event.key === "?" || !one("#keys")?.open)) {
    event.preventDefault();
    act();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-keys]")) one("#keys")?.showModal();
});

for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const area = event.target.closest?.("[data-drop]");
    if (!area) return;
    event.preventDefault();
    area.classList.toggle("over", kind === "dragenter" || kind === "dragover");
    if (kind === "drop") area.querySelector("input").files = event.dataTransfer.files;
  });
}

let drawn = null;
async function settle() {
  one("#here")?.scrollIntoView({ block: "center" });
  const place = one("#map");
  if (place && place !== drawn) {
    drawn = place;
    const { draw } = await import("/static/map.js");
    draw(place);
  }
}
document.addEventListener("htmx:afterSettle", () => {
  // htmx gives the focus back to the field that was just sent; the keys must work again instead.
  if (["reject-reason", "note-text"].includes(document.activeElement?.id)) document.activeElement.blur();
  settle();
});
settle();
