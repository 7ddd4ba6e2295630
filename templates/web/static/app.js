/* The form with scripts: files are taken in one by one and judged at once, everything typed is saved, the desk beside it follows.
   Every page works without this file; it only saves waiting. Dropzone queues and sends, htmx swaps, SortableJS drags. */
"use strict";
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = (selector, root = document) => root.querySelector(selector);
document.documentElement.classList.add("scripts");

/* ---- every page: copying, clocks, being offline */
function toast(text) {
  const box = Object.assign(document.createElement("p"), { className: "toast", textContent: text });
  box.setAttribute("role", "status");
  document.body.append(box);
  setTimeout(() => box.remove(), 2200);
}
async function copy(button) {
  const box = document.getElementById(button.dataset.copy);
  try { await navigator.clipboard.writeText(box.value); } catch { box.select(); document.execCommand("copy"); }
  const label = button.innerHTML;
  button.textContent = document.body.dataset.copied;
  setTimeout(() => { button.innerHTML = label; }, 1600);
}
function clocks() {
  for (const time of all("time[data-local]")) {
    const at = new Date(time.dateTime), tongue = document.documentElement.lang;
    const zone = new Intl.DateTimeFormat(tongue, { timeZoneName: "longGeneric" }).formatToParts(at).find((part) => part.type === "timeZoneName").value;
    time.textContent = `${at.toLocaleString(tongue, { dateStyle: "medium", timeStyle: "short" })} (${zone})`;
  }
  for (const left of all("[data-due]")) {
    const minutes = Math.floor((new Date(left.dataset.due) - Date.now()) / 60000), say = document.body.dataset;
    const over = minutes < 0, whole = Math.abs(minutes), days = Math.floor(whole / 1440), hours = Math.floor(whole / 60);
    const span = days >= 3 ? say.days.replace("{days}", days) : say.hours.replace("{hours}", hours).replace("{minutes}", whole % 60);
    left.textContent = (over ? say.over : say.left).replace("{span}", span);
    left.classList.toggle("bad", over);
  }
}
function online() { one("#offline").hidden = navigator.onLine; }
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]"), tick = event.target.closest("[data-tick]");
  if (button) copy(button);
  if (tick) tick.closest("li").classList.add("done");
});
document.addEventListener("input", ({ target }) => {
  const mark = target.id && one(`[data-count="${target.id}"]`);
  if (!mark) return;
  mark.textContent = [...target.value].length;
  mark.classList.toggle("over", Number(mark.dataset.limit) > 0 && [...target.value].length > Number(mark.dataset.limit));
});
/* A sheet is looked at as soon as it is chosen: what its columns are taken for, and three rows; corrections are kept for the next. */
document.addEventListener("change", async ({ target }) => {
  const box = one("#columns");
  if (!box) return;
  const kept = () => `columns ${all("[data-column]", box).map((one) => one.dataset.column).join("|")}`;
  if (target.id === "sheet" && target.files[0]) {
    const sent = new FormData();
    sent.append("sheet", target.files[0]); sent.append("csrf", one("[name=csrf]")?.value || "");
    const reply = await fetch("/batches/columns", { method: "POST", body: sent }).catch(() => null);
    box.hidden = !reply; box.innerHTML = reply ? await reply.text() : "";
    const before = JSON.parse(localStorage.getItem(kept()) || "{}");
    for (const choice of all("[data-column]:not(:disabled)", box)) if (choice.dataset.column in before) choice.value = before[choice.dataset.column];
  }
  if (target.id !== "sheet" && !target.closest("#columns")) return;
  const said = all("[data-column]:not(:disabled)", box).filter((choice) => choice.value && choice.value !== choice.dataset.was);
  one("#map").value = said.map((choice) => `${choice.dataset.column}=${choice.value}`).join(";");
  if (target.closest("#columns")) localStorage.setItem(kept(), JSON.stringify(Object.fromEntries(said.map((choice) => [choice.dataset.column, choice.value]))));
});
/* The desk by keyboard: j and k go from case to case, n begins one, / searches. */
document.addEventListener("keydown", (event) => {
  const cases = all(".case"), list = one(".cases, .first, .filter");
  if (!list || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  const key = one(`[data-key="${CSS.escape(event.key)}"]`), at = cases.indexOf(document.activeElement);
  if (key) { event.preventDefault(); if (key.matches("a")) key.click(); else key.select(); }
  if ("jk".includes(event.key) && cases.length) cases[Math.max(0, Math.min(cases.length - 1, at + (event.key === "j" ? 1 : -1)))].focus();
});
document.addEventListener("DOMContentLoaded", () => {
  clocks(); online();
  setInterval(clocks, 30000);
  addEventListener("online", online); addEventListener("offline", online);
  one("#problem")?.focus();
  if (one("#case") && window.htmx && window.Dropzone) desk(one("#case"));
  for (const made of all("[data-made]")) taken(made.dataset.made);
});

/* What this window kept went into what was made of it; where the session had ended before that, it is still to be saved. */
function taken(made) {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith("unsaved ")) {
    if (name === `unsaved ${location.pathname}` && JSON.parse(sessionStorage.getItem(name))["made before"] === made) return location.replace("?edit");
    sessionStorage.removeItem(name);
  }
}

/* ---- the form of a case */
function desk(form) {
  const say = form.dataset, files = one("#files"), status = one("#progress");
  let action = "", composing = false, wanted = null, kind = "", after = null, redrawn = false, focused = null, stale = false, held = null;
  const touched = new Set(), sent = new Set(); // what no request carries yet, and what the last one carries until it is known to be kept
  const mark = crypto.getRandomValues(new Uint32Array(2)).join("-");
  let turn = 0, leaving = false, troubled = false;
  const id = () => form.elements.draft?.value;
  const follow = () => htmx.trigger(form, "desk");
  const press = (what) => { action = what; follow(); };
  const drawer = () => `unsaved ${location.pathname}`;
  /* What could not be saved is kept by this window too, so that signing in again and loading the page anew lose nothing. */
  function unsaved({ detail } = {}, refused = null) {
    const status = Number(refused?.dataset.refused || detail?.xhr?.status || 0), signed = [401, 403].includes(status);
    sent.forEach((name) => touched.add(name));
    action ||= sent.action || "";
    troubled = true;
    stow();
    if (signed || !refused) one("#saved").textContent = signed ? say.saySigned : document.body.dataset.unsaved;
    clearTimeout(unsaved.timer);
    unsaved.timer = setTimeout(follow, status < 400 || status >= 500 || [401, 408, 429].includes(status) ? 5000 : 30000);
  }
  function stow(left = 0) {
    const kept = Object.fromEntries([["made before", say.madeBefore], ["over", form.elements.version?.value || ""], ["left", left], ...[...touched].filter((name) => form.elements[name]?.value !== undefined).map((name) => [name, form.elements[name].value])]);
    try { sessionStorage.setItem(drawer(), JSON.stringify(kept)); } catch { /* a window without storage */ }
  }
  for (const event of ["input", "change"]) form.addEventListener(event, ({ target }) => { if (target.name && target.name !== "mail") touched.add(target.name); }, true);
  form.addEventListener("compositionstart", () => { composing = true; });
  form.addEventListener("compositionend", () => { composing = false; follow(); });
  form.addEventListener("change", (event) => { if (event.target.matches("[data-redraw]")) action ||= "refresh"; }, true);
  form.addEventListener("htmx:configRequest", (event) => {
    if (composing) return event.preventDefault(); // who writes with an input method is not disturbed; all of it is sent when a word is done
    const { parameters } = event.detail;
    sent.action = action;
    parameters.set?.("action", action); parameters.set?.("touched", [...touched].join(" "));
    sent.clear(); touched.forEach((name) => sent.add(name)); touched.clear();
    redrawn = Boolean(action); sent.mail = action === "mail" ? one("#mail").value : null; action = "";
  });
  form.addEventListener("htmx:afterRequest", ({ detail }) => {
    const refused = one("#saved [data-refused]");
    if (!detail.successful) return;
    if (one("[data-keep]")) { sent.forEach((name) => touched.add(name)); action ||= sent.action; return; }
    if (refused) return unsaved({}, refused);
    sent.clear(); sent.action = ""; troubled = false;
    clearTimeout(unsaved.timer);
    if (!leaving) sessionStorage.removeItem(drawer()); // what goes with the page was typed after this was sent
    if (sent.mail && one("#mail").value === sent.mail) one("#mail").value = "";
  });
  for (const trouble of ["htmx:sendError", "htmx:sendAbort", "htmx:responseError", "htmx:timeout"]) form.addEventListener(trouble, unsaved);
  addEventListener("online", () => { follow(); all(".cut-off .again").forEach((again) => again.click()); });
  /* Who goes before a pause was saved: it is sent while the page closes, and kept by this window for the page that comes. */
  addEventListener("pagehide", () => {
    sent.forEach((name) => touched.add(name));
    if (leaving || !touched.size || one("[data-keep]")) return;
    stow(troubled ? 0 : Date.now());
    if (!id()) return;
    const typed = new FormData(form), ofFiles = [...touched].some((name) => name === "rows" || name.startsWith("file."));
    for (const name of [...typed.keys()]) if (name === "mail" || (name.startsWith("file.") && !ofFiles)) typed.delete(name);
    typed.set("action", "left");
    fetch(form.getAttribute("hx-post"), { method: "POST", body: typed, headers: csrf(), keepalive: true }).catch(() => {});
  });
  /* A box that is written in is not drawn anew under the writer's hands, only the text above it; nor is a picture that is there. */
  document.body.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    const { target, fragment } = detail, active = document.activeElement, writing = active?.closest("#preview textarea");
    if (target.id === "fields" && (composing || !redrawn) && active?.matches("#fields :is(input, select, textarea)")) { detail.shouldSwap = false; stale = true; }
    else if (target.id === "fields") held = { values: [...touched].map((name) => [name, form.elements[name]?.value, form.elements[name]?.checked]), name: active?.closest("#fields") ? active.name : "", at: active?.selectionStart };
    if (active?.matches("button[value], a[href]") && target.contains(active)) focused = active.value ? `button[value="${CSS.escape(active.value)}"]` : active.dataset.walk ? "[data-walk]" : `a[href="${CSS.escape(active.getAttribute("href"))}"]`;
    if (writing && target.id === "preview") for (const fresh of all("[data-paragraph]", fragment))
      one(`#preview [data-paragraph="${fresh.dataset.paragraph}"]`)?.replaceChildren(...fresh.childNodes);
    if (target.id === "preview" ? writing : target.matches(".thumb-link") ? one("img", target) : target.matches("option") && target.textContent === fragment.textContent) detail.shouldSwap = false;
  });
  /* What was typed or chosen while the answer was on its way stands in the new fields too, and so does the cursor. */
  document.body.addEventListener("htmx:oobAfterSwap", ({ detail }) => {
    if (detail.target.id !== "fields" || !held) return;
    for (const [name, value, checked] of held.values) {
      const field = form.elements[name];
      if (value !== undefined && field && field.value !== value) field.value = value;
      if (field?.type === "checkbox") field.checked = checked;
    }
    const active = held.name && form.elements[held.name];
    if (active?.focus && document.activeElement === document.body) { active.focus({ preventScroll: true }); if (typeof held.at === "number") active.setSelectionRange?.(held.at, held.at); }
    held = null;
  });
  form.addEventListener("formdata", ({ formData }) => { formData.set("touched", [...touched].join(" ")); formData.set("turn", `${mark}.${turn += 1}`); });
  form.addEventListener("focusout", () => { if (stale) setTimeout(() => { if (!document.activeElement?.closest("#fields")) { stale = false; press("refresh"); } }, 200); });
  form.addEventListener("focusout", (event) => { if (event.target.matches("#preview textarea")) follow(); });
  document.body.addEventListener("htmx:afterSettle", settled);
  form.addEventListener("htmx:afterRequest", settled);
  const opened = new Set();
  document.addEventListener("click", (event) => {
    const fold = event.target.closest("summary")?.parentElement;
    if (fold?.id) opened[fold.open ? "delete" : "add"](fold.id);
    if (fold?.matches(".own:not([open])")) setTimeout(() => one(`#${fold.id} textarea`)?.focus());
  }, true);
  function settled() {
    for (const fold of all("details[id]")) fold.open ||= opened.has(fold.id);
    if (focused && document.activeElement === document.body) (one(focused) || one("[data-accept]") || one("[data-walk]"))?.focus();
    focused = null;
    const moved = one("[data-moved]");
    if (moved && !busy() && !one("[data-reading]")) return one("#mail").value.trim() ? press("mail") : location.assign(moved.dataset.moved); // a mail that nobody read yet is read before its box goes
    if (id() && !location.pathname.startsWith("/drafts/")) history.replaceState(null, "", `/drafts/${id()}`);
    clocks(); number();
    if (one("[data-reading]") && !busy()) { clearTimeout(settled.timer); settled.timer = setTimeout(follow, 1200); }
  }

  /* A draft has to be there before the first file can go into it. */
  function draft() {
    if (id()) return Promise.resolve();
    wanted ||= new Promise((resolve, reject) => {
      form.addEventListener("htmx:afterRequest", () => { wanted = null; if (id()) resolve(); else reject(new Error()); }, { once: true });
      follow();
    });
    return wanted;
  }
  form.addEventListener("submit", (event) => {
    const pressed = event.submitter?.value || "save", [what] = pressed.split(":"), late = busy() > 0;
    const here = ["add", "restore", "mail", "save", "accept", "fill"].includes(what), ofRow = ["up", "down", "remove"].includes(what);
    if (here || ofRow || late) event.preventDefault();
    if (what === "mail" && one("#mail").value.trim()) toast(say.sayMail);
    if (here) { if (what !== "save") action = pressed; follow(); }
    else if (late && !ofRow) { after = pressed; toast(say.sayWaiting); } // leaving now would lose what is on its way
    else if (!ofRow) form.elements.version.value = "";
    if (what === "build" && !late) { sent.forEach((name) => touched.add(name)); stow(); if (id()) history.replaceState(null, "", `/drafts/${id()}?edit`); } // the session may have ended; going back leads to where it was typed
    leaving = !event.defaultPrevented;
    if (what === "build" && !late) { event.submitter.setAttribute("aria-busy", "true"); toast(say.sayBuilding); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && one("button[value=build]")) { event.preventDefault(); one("button[value=build]").click(); }
  });
  form.addEventListener("change", ({ target }) => { if (target.matches("[data-place]") && target.value) form.requestSubmit(one("button[value=place]")); });
  one("#mail").addEventListener("paste", ({ clipboardData }) => { if (!clipboardData?.files.length) setTimeout(() => { if (one("#mail").value.trim().length > 60) { toast(say.sayMail); press("mail"); } }); });
  /* To the place where something is mended: what is folded opens, what was read is opened for typing. */
  function reveal(place) {
    let target = place && document.getElementById(place);
    if (!target) return;
    if (target.matches(".anchor")) target = target.closest(".file");
    if (target.matches("h2")) target = target.closest("section");
    if (target.matches(".file")) one("details", target).open = true;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const own = target.matches("summary, details.own, textarea") ? target.closest("details") : null;
    if (own) own.open = true;
    const field = target.closest(".field"), inside = all("input:not([type=hidden]), select, textarea, button, summary, a", target);
    if (field?.closest(".fact")) field.classList.add("editing");
    flash(field || target);
    (target.matches("input, select, textarea") ? target : inside.find((one) => one.offsetParent))?.focus({ preventScroll: true });
    (field || target).scrollIntoView({ block: "center" });
  }
  function flash(mark) { mark.classList.add("flash"); setTimeout(() => mark.classList.remove("flash"), 1500); }
  let walked = -1;
  document.addEventListener("click", (event) => {
    const walk = event.target.closest("[data-walk]"), link = event.target.closest("a[href^='#']:not(.skip)"), edit = event.target.closest("[data-edit]");
    if (walk) {
      const way = walk.dataset.walk.split(" ");
      walked = (walked + 1) % way.length;
      one("span", walk).textContent = walk.dataset.say.replace("{at}", walked + 1).replace("{all}", way.length);
      event.preventDefault();
      reveal(way[walked].slice(1));
      if (!way[walked].startsWith("#")) location.assign(way[walked]);
    } else if (link && document.getElementById(link.hash.slice(1))) { event.preventDefault(); reveal(link.hash.slice(1)); }
    if (edit) { const field = edit.closest(".field"); field.classList.add("editing"); one("input, select, textarea", field)?.focus(); }
  });
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("pageshow", () => all("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy")));
  /* ---- files */
  Dropzone.confirm = (_, yes) => yes();
  /* In place of what Dropzone does: a picture that this browser cannot draw small is no fault, and its file goes up all the same. */
  function failed(file, why, request) {
    if (why === zone.options.dictThumbnailError) return;
    const row = file.previewElement, again = one(".again", row), text = request?.status ? request.responseText : request ? "" : String(why);
    state(file, "");
    one("[data-dz-errormessage]", row).textContent = text.trim().slice(0, 400) || say.sayFailed;
    one("progress", row).hidden = true;
    row.classList.add("bad", "dz-error");
    row.classList.toggle("cut-off", why === say.sayFailed || Boolean(request && !request.status)); // goes up by itself when the line is back
    again.hidden = !request && why !== say.sayFailed;
    again.onclick = () => { zone.removeFile(file); zone.addFile(file); };
    tell();
  }
  /* What the service would refuse is told before it is sent. */
  function unfit(file) {
    const most = Number(/^video\//.test(file.type) || /\.(zip|mp4|mov|webm)$/i.test(file.name) ? say.filmMegabytes : say.megabytes);
    if (!file.size) return say.sayEmpty;
    if (file.size > most * 1e6) return say.sayLarge.replace("{size}", most);
    return all(".file:not(.dz-error)", files).length > Number(say.mostFiles) ? say.sayMany : "";
  }
  const zone = new Dropzone(document.body, {
    url: () => `/drafts/${id()}/files`, paramName: "files", clickable: false, parallelUploads: Number(say.readers), timeout: 180000, maxFilesize: null,
    previewsContainer: files, previewTemplate: one("#waiting").innerHTML, createImageThumbnails: true, thumbnailWidth: 208, error: failed,
    accept: (file, done) => { const why = unfit(file); if (why) done(why); else draft().then(() => done(), () => done(say.sayFailed)); },
  });
  /* What was dropped last is what somebody looks at: it does not wait behind what came before. */
  zone.getQueuedFiles = () => zone.getFilesWithStatus(Dropzone.QUEUED).sort((one, other) => other.turn - one.turn);
  const state = (file, text) => { const mark = one(".state", file.previewElement); if (mark) mark.textContent = text; };
  const busy = () => zone.getFilesWithStatus("uploading").length + zone.getFilesWithStatus("queued").length + zone.getFilesWithStatus("added").length;
  function tell() {
    const left = busy(), done = all(".file[data-key]", files).length, seen = one("#left");
    status.textContent = seen.textContent = say.sayProgress.replace("{done}", done).replace("{all}", done + left).replace("{bad}", all(".verdict-bar.bad").length);
    seen.hidden = !left;
  }
  zone.on("queuecomplete", () => { if (after) one(`button[value="${CSS.escape(after)}"]`)?.click(); after = null; }); // the button may be another one by now
  zone.on("addedfiles", () => tell());
  zone.on("addedfile", (file) => { file.kind ??= kind; file.turn = Math.round(Date.now() / 500); file.previewElement.scrollIntoView({ block: "nearest" }); });
  zone.on("sending", (file, request, data) => { data.append("kind", file.kind || ""); for (const [name, value] of Object.entries(csrf())) request.setRequestHeader(name, value); state(file, say.sayUploading); });
  zone.on("uploadprogress", (file, percent) => {
    const bar = one("progress", file.previewElement);
    if (!bar) return;
    if (percent >= 100) { bar.removeAttribute("value"); state(file, say.sayReading); } else bar.value = percent;
  });
  let followed = 0, together = false; // when the desk was asked for; whether others were on their way beside it
  zone.on("success", (file, html) => {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const row = holder.content.firstElementChild;
    const twin = document.getElementById(row.id);
    if (twin) { file.previewElement.remove(); flash(twin); twin.scrollIntoView({ block: "nearest" }); return tell(); } // the same file twice
    file.previewElement.replaceWith(row); file.previewElement = row;
    htmx.process(row);
    together ||= busy() > 0;
    if (together && all(".file[data-key]", files).length > 1) touched.add("rows"); // in which order the service kept them nobody knows: the list's counts, and the letter cites it
    if (!busy()) together = false;
    number(); tell();
    if (busy() <= say.readers || Date.now() - followed > 2000) { followed = Date.now(); follow(); } // among many the desk follows now and then, and with the last
  });
  for (const [event, on] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false], ["dragend", false]])
    zone.on(event, () => document.body.classList.toggle("dragging", on));
  function take(list) { for (const file of list) zone.addFile(file); kind = ""; tell(); }
  for (const input of all("[id^=pick-]")) {
    input.addEventListener("change", (event) => { event.stopPropagation(); take(input.files); input.value = ""; });
    input.addEventListener("cancel", () => { kind = ""; });
  }
  document.addEventListener("click", (event) => {
    const pick = event.target.closest("[data-pick]");
    const keep = event.target.closest("[data-keep]"), sentence = event.target.closest(".sentence[data-exhibits]");
    const move = event.target.closest("[data-move]"), gone = event.target.closest("[data-remove]");
    if (pick) { kind = pick.dataset.kind || ""; one(`#pick-${pick.dataset.pick}`).click(); }
    if (keep) { form.elements.version.value = keep.dataset.keep; follow(); }
    if (sentence) show(sentence.dataset.exhibits.split(" ")[0].split(":")[0]);
    if (move) shift(move.closest(".file"), move.dataset.move === "up", move);
    if (gone) fetch(gone.dataset.remove, { method: "DELETE", headers: csrf() }).then((reply) => {
      if (!reply.ok) return unsaved();
      const row = gone.closest(".file"), next = row.nextElementSibling || row.previousElementSibling;
      row.remove(); number(); tell(); follow();
      (next ? one("[data-remove]", next) : one("[data-pick]"))?.focus();
    }, unsaved);
  });
  const csrf = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}");
  addEventListener("paste", (event) => {
    const pasted = [...(event.clipboardData?.files || [])];
    const text = event.clipboardData?.getData("text/plain") || "";
    if (!pasted.length && text.trim().length > 60 && !event.target.closest?.("input, textarea")) { one("#mail").value = text; toast(say.sayMail); press("mail"); }
    if (!pasted.length) return;
    event.preventDefault();
    const stamp = new Date().toTimeString().slice(0, 8).replaceAll(":", "");
    take(pasted.map((file, n) => (/^image\.\w+$/.test(file.name)
      ? new File([file], `${say.pasted}_${stamp}${n ? `_${n + 1}` : ""}.${file.name.split(".").pop()}`, { type: file.type }) : file)));
  });
  /* As the letter counts them: what cannot be used is no exhibit. */
  function number() {
    let count = 0;
    for (const row of all(".file[data-key]", files)) {
      const mark = one(".no", row), anchor = one(".anchor", mark), exhibit = one("[data-out]", row) ? "" : String(count += 1);
      if (mark.textContent !== (exhibit || "–")) mark.replaceChildren(anchor, exhibit || "–");
      if (exhibit) anchor.id = `exhibit-${exhibit}`; else anchor.removeAttribute("id");
      row.dataset.exhibit = exhibit;
    }
  }
  function shift(row, up, button) {
    const other = up ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (up) other.before(row); else other.after(row);
    touched.add("rows"); number(); follow(); button.focus();
  }
  function show(exhibit) {
    const row = one(`.file[data-exhibit="${exhibit}"]`);
    row?.scrollIntoView({ block: "center", behavior: "smooth" });
    if (row) flash(row);
  }
  /* The other way round: a file that is looked at marks the sentences that cite it. */
  for (const event of ["pointerover", "focusin"]) document.addEventListener(event, ({ target }) => {
    const row = target.closest?.(".file[data-exhibit]"), link = target.closest?.(".said a[href^='#exhibit-']");
    const exhibit = row?.dataset.exhibit || link?.hash.slice(9);
    for (const sentence of all(".sentence[data-exhibits]")) sentence.classList.toggle("cited", Boolean(exhibit) && sentence.dataset.exhibits.split(" ").some((cited) => cited.split(":")[0] === exhibit));
  });
  Sortable.create(files, { handle: ".no", draggable: ".file[data-key]", animation: 120, ghostClass: "ghost", onEnd: () => { touched.add("rows"); number(); follow(); } });
  settled();
  if (location.hash) reveal(location.hash.slice(1));
  /* What a closed page had sent on its way is there long since, unless nobody was signed in; a new case never begins with what was left of another. */
  function strayed({ left }) {
    const way = performance.getEntriesByType("navigation")[0]?.type, signed = document.referrer.includes("/sign-in");
    return !signed && ((left && Date.now() - left > 10000) || (!id() && way === "navigate"));
  }
  /* What was typed before this file had come, or what the browser put back, is saved as well. */
  const kept = JSON.parse(sessionStorage.getItem(drawer()) || "{}");
  if (strayed(kept)) sessionStorage.removeItem(drawer());
  else for (const [name, value] of Object.entries(kept))
    if (form.elements[name]?.type !== "hidden" && "value" in (form.elements[name] || {})) { form.elements[name].value = value; touched.add(name); }
  if (touched.size && kept.over && id()) form.elements.version.value = kept.over; // whoever changed the same meanwhile is asked about
  if (touched.size) follow();
  const late = all("input[name]:not([type=checkbox], [type=hidden]), textarea[name]:not(#mail)", form).filter((field) => field.value !== field.defaultValue);
  if (late.length) { late.forEach((field) => touched.add(field.name)); follow(); }
}
