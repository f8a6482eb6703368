"use strict";
// How things stand is asked for again and again; whatever is pressed is sent, and answered with how things stand then.
const say = document.documentElement.dataset;
const base = `/${say.key}`;
const EVERY = 1000;
const MISSED = 3;
const by = (id) => document.getElementById(id);
let state = null;
let eyes = null;
let shown = "";
let missed = 0;
let turns = 0;
const read = {};

function put(list, items, make) {
  // Only what is different is made anew, so that the keyboard stays where it is.
  const text = JSON.stringify(items);
  if (list.dataset.holds === text) return;
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  list.dataset.holds = text;
  list.replaceChildren(...items.map(make));
  if (focused) list.querySelector(`[data-focus="${focused}"]`)?.focus();
}

function element(name, text, more = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(more)) made.setAttribute(key, value);
  return made;
}

function placeItem(place) {
  const item = document.createElement("li");
  const button = element("button", place.name, { type: "button", "data-place": place.id, "data-focus": place.id });
  if (place.here) button.setAttribute("aria-current", "true");
  if (place.fresh) {
    button.classList.add("new");
    button.setAttribute("aria-label", `${place.name} (${say.new})`);
  }
  item.append(button);
  return item;
}

function fillPlaces() {
  const items = state.places.map((place) => {
    const here = place.id === state.place;
    if (here || !(place.id in read)) read[place.id] = place.latest;
    return { id: place.id, kind: place.kind, name: place.name, here, fresh: !here && read[place.id] !== place.latest };
  });
  put(by("places"), items.filter((place) => place.kind !== "inbox"), placeItem);
  put(by("inboxes"), items.filter((place) => place.kind === "inbox"), placeItem);
}

function allowed() {
  return state.places.find((place) => place.id === state.place)?.who ?? [];
}

function fillPeople() {
  const who = allowed();
  if (eyes === null) eyes = state.you ?? 0;
  if (who.length && !who.includes(eyes)) eyes = who.includes(state.you) ? state.you : who[0];
  const people = state.people.map((person, number) => ({ number, name: person.name, here: who.includes(number) }));
  put(by("eyes"), people, (person) => {
    const option = element("option", person.here ? person.name : `${person.name} (${say.notHere})`, { value: person.number });
    option.disabled = !person.here;
    return option;
  });
  put(by("you"), [{ number: "nobody", name: say.nobody }, ...people.map(({ number, name }) => ({ number, name }))],
    (person) => element("option", person.name, { value: person.number }));
  if (document.activeElement !== by("eyes")) by("eyes").value = String(eyes);
  if (document.activeElement !== by("you")) by("you").value = String(state.you ?? "nobody");
}

function fillPanel() {
  for (const [id, part] of Object.entries(state.panel)) {
    const section = by(id);
    put(section, [part.title, ...part.lines], (text, number) => element(number ? "p" : "h2", text));
  }
}

function turnFrame() {
  const wanted = state.capability;
  if (wanted !== shown) {
    shown = wanted;
    turns += 1;
    // The part after # alone would load nothing.
    by("frame").contentWindow.location.replace(`/?${turns}#${wanted}`);
  }
  by("frame").title = state.frame;
  // The simulator's own list of viewers stands hidden in its page.
  const picker = by("frame").contentDocument?.getElementById("viewer-picker");
  const id = state.people[eyes]?.id;
  if (picker && id && picker.value !== id && [...picker.options].some((option) => option.value === id)) {
    picker.value = id;
    picker.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function emptyFrame() {
  if (shown) by("frame").contentWindow.location.replace("about:blank");
  shown = "";
}

function show(told) {
  missed = 0;
  by("ended").hidden = true;
  by("preparing").hidden = !told.preparing;
  document.body.setAttribute("aria-busy", String(Boolean(told.preparing)));
  if (told.preparing) {
    by("preparing").textContent = told.preparing;
    emptyFrame();
    return;
  }
  if (state?.run !== told.run) {
    eyes = null;
    for (const id of Object.keys(read)) delete read[id];
  }
  state = told;
  by("title").textContent = told.title;
  by("now").textContent = told.now;
  if (by("notice").textContent !== told.notice) by("notice").textContent = told.notice;
  for (const radio of document.querySelectorAll("[name=pace]")) radio.checked = radio.value === told.pace;
  by("next").hidden = told.pace !== "step";
  by("next").disabled = told.off;
  document.querySelector("[data-do='cut-off']").hidden = told.off;
  document.querySelector("[data-do='restart']").hidden = told.off;
  document.querySelector("[data-do='bring-back']").hidden = !told.off;
  for (const item of document.querySelectorAll("[data-scenario]")) {
    item.setAttribute("aria-current", String(item.dataset.scenario === told.scenario));
  }
  fillPlaces();
  fillPeople();
  fillPanel();
  put(by("downloads"), told.downloads, (name) => {
    const item = document.createElement("li");
    item.append(element("a", name, { href: `${base}/take/${encodeURIComponent(name)}`, download: name, "data-focus": name }));
    return item;
  });
  turnFrame();
}

async function ask(path, method = "GET") {
  try {
    const answer = await fetch(`${base}/${path}${eyes === null ? "" : `?as=${eyes}`}`, { method, cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.json());
  } catch {
    missed += 1;
    if (missed >= MISSED) {
      by("ended").hidden = false;
      emptyFrame();
    }
  }
}

let asking = Promise.resolve();
function send(path) {
  // One after the other: an older answer must not come last.
  asking = asking.then(() => ask(path, "POST"));
  return asking;
}

async function poll() {
  asking = asking.then(() => ask("state"));
  await asking;
  setTimeout(poll, EVERY);
}

function sure(name, title) {
  by("sure-title").textContent = title;
  const dialog = by("sure");
  dialog.returnValue = "no";
  dialog.onclose = () => { if (dialog.returnValue === "yes") send(`begin/${name}`); };
  dialog.showModal();
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.do) {
    button.disabled = true;
    await send(button.dataset.do);
    button.disabled = false;
    if (state?.off && button.dataset.do === "next") button.disabled = true;
  } else if (button.dataset.place) {
    const place = state.places.find((each) => each.id === button.dataset.place);
    if (!place) return;
    if (!place.who.includes(eyes)) eyes = place.who.includes(state.you) ? state.you : place.who[0];
    await send(`go/${place.id}`);
  } else if (button.dataset.begin) {
    sure(button.dataset.begin, button.closest("li").querySelector("h3").textContent);
  }
});
by("pace").addEventListener("change", (event) => send(`pace/${event.target.value}`));
by("eyes").addEventListener("change", async () => {
  eyes = Number(by("eyes").value);
  await send(`go/${state.place}`);
});
by("you").addEventListener("change", async () => {
  const you = by("you").value;
  if (you !== "nobody" && allowed().includes(Number(you))) eyes = Number(you);
  await send(`you/${you}`);
});
by("sees").open = window.matchMedia("(min-width: 701px)").matches;
poll();
