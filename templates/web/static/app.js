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
    const at = new Date(time.dateTime), zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    time.textContent = `${at.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" })} (${zone})`;
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
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});
document.addEventListener("input", ({ target }) => {
  const mark = target.id && one(`[data-count="${target.id}"]`);
  if (!mark) return;
  mark.textContent = [...target.value].length;
  mark.classList.toggle("over", Number(mark.dataset.limit) > 0 && [...target.value].length > Number(mark.dataset.limit));
});
document.addEventListener("DOMContentLoaded", () => {
  clocks(); online();
  setInterval(clocks, 30000);
  addEventListener("online", online); addEventListener("offline", online);
  one("#problem")?.focus();
  if (one("#case") && window.htmx && window.Dropzone) desk(one("#case"));
});

/* ---- the form of a case */
function desk(form) {
  const say = form.dataset, files = one("#files"), status = one("#progress");
  let action = "", composing = false, wanted = null, kind = "", after = null;
  const id = () => form.elements.draft?.value;
  const follow = () => htmx.trigger(form, "desk");
  function unsaved() { one("#saved").textContent = document.body.dataset.unsaved; setTimeout(follow, 5000); }
  form.addEventListener("compositionstart", () => { composing = true; });
  form.addEventListener("compositionend", () => { composing = false; follow(); });
  form.addEventListener("htmx:beforeRequest", (event) => { if (composing) event.preventDefault(); });
  form.addEventListener("change", (event) => { if (event.target.matches("[data-redraw]")) action ||= "refresh"; }, true);
  form.addEventListener("htmx:configRequest", (event) => { event.detail.parameters.set?.("action", action); action = ""; });
  for (const trouble of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) form.addEventListener(trouble, unsaved);
  addEventListener("online", follow);
  /* A box that is written in is not drawn anew under the writer's hands, only the text above it; nor is a picture that is there. */
  document.body.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    const { target, fragment } = detail, writing = document.activeElement?.closest("#preview textarea");
    if (writing && target.id === "preview") for (const fresh of all("[data-paragraph]", fragment))
      one(`#preview [data-paragraph="${fresh.dataset.paragraph}"]`)?.replaceChildren(...fresh.childNodes);
    if (target.id === "preview" ? writing : target.matches(".thumb-link") ? one("img", target) : target.matches("option") && target.textContent === fragment.textContent) detail.shouldSwap = false;
  });
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
    if (id() && !location.pathname.startsWith("/drafts/")) history.replaceState(null, "", `/drafts/${id()}`);
    clocks();
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
    const here = ["add", "restore", "mail", "save"].includes(what), ofRow = ["up", "down", "remove"].includes(what);
    if (here || ofRow || late) event.preventDefault();
    if (here) { if (what !== "save") action = pressed; follow(); }
    else if (late && !ofRow) { after = event.submitter; toast(say.sayWaiting); } // leaving now would lose what is on its way
    else if (!ofRow) form.elements.version.value = "";
    if (what === "build" && !late) { event.submitter.setAttribute("aria-busy", "true"); toast(say.sayBuilding); }
  });
  addEventListener("pageshow", () => all("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy")));
  /* ---- files */
  Dropzone.confirm = (_, yes) => yes();
  const zone = new Dropzone(document.body, {
    url: () => `/drafts/${id()}/files`, paramName: "files", clickable: false, parallelUploads: Number(form.dataset.readers), timeout: 180000, maxFilesize: 100,
    previewsContainer: files, previewTemplate: one("#waiting").innerHTML, createImageThumbnails: true, thumbnailWidth: 208,
    accept: (file, done) => draft().then(() => done(), () => done(say.sayFailed)),
  });
  /* What was dropped last is what somebody looks at: it does not wait behind what came before. */
  zone.getQueuedFiles = () => zone.getFilesWithStatus(Dropzone.QUEUED).sort((one, other) => other.turn - one.turn);
  const state = (file, text) => { const mark = one(".state", file.previewElement); if (mark) mark.textContent = text; };
  const busy = () => zone.getFilesWithStatus("uploading").length + zone.getFilesWithStatus("queued").length + zone.getFilesWithStatus("added").length;
  function tell() {
    const left = busy(), done = all(".file[data-key]", files).length;
    status.textContent = say.sayProgress.replace("{done}", done).replace("{all}", done + left).replace("{bad}", all(".verdict-bar.bad").length);
  }
  zone.on("queuecomplete", () => { after?.click(); after = null; });
  zone.on("addedfile", (file) => { file.kind ??= kind; file.turn = Math.round(Date.now() / 500); });
  zone.on("sending", (file, request, data) => { data.append("kind", file.kind || ""); for (const [name, value] of Object.entries(csrf())) request.setRequestHeader(name, value); state(file, say.sayUploading); });
  zone.on("uploadprogress", (file, percent) => {
    const bar = one("progress", file.previewElement);
    if (!bar) return;
    if (percent >= 100) { bar.removeAttribute("value"); state(file, say.sayReading); } else bar.value = percent;
  });
  zone.on("success", (file, html) => {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const row = holder.content.firstElementChild;
    file.previewElement.replaceWith(row); file.previewElement = row;
    htmx.process(row);
    number(); tell(); follow();
  });
  zone.on("error", (file, _, request) => {
    const row = file.previewElement, again = one(".again", row), text = request?.status ? request.responseText : "";
    state(file, "");
    one("[data-dz-errormessage]", row).textContent = text.trim().slice(0, 400) || say.sayFailed;
    one("progress", row).hidden = true;
    row.classList.add("bad");
    again.hidden = false;
    again.onclick = () => { zone.removeFile(file); zone.addFile(file); };
    tell();
  });
  for (const [event, on] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false], ["dragend", false]])
    zone.on(event, () => document.body.classList.toggle("dragging", on));
  function take(list) { for (const file of list) zone.addFile(file); kind = ""; }
  for (const input of all("[id^=pick-]")) {
    input.addEventListener("change", (event) => { event.stopPropagation(); take(input.files); input.value = ""; });
    input.addEventListener("cancel", () => { kind = ""; });
  }
  document.addEventListener("click", (event) => {
    const pick = event.target.closest("[data-pick]"), fill = event.target.closest("[data-fill]");
    const keep = event.target.closest("[data-keep]"), sentence = event.target.closest(".sentence[data-exhibits]");
    const move = event.target.closest("[data-move]"), gone = event.target.closest("[data-remove]");
    if (pick) { kind = pick.dataset.kind || ""; one(`#pick-${pick.dataset.pick}`).click(); }
    if (fill) { form.elements[fill.dataset.fill].value = fill.dataset.value; fill.remove(); follow(); }
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
    if (!pasted.length) return;
    event.preventDefault();
    const stamp = new Date().toTimeString().slice(0, 8).replaceAll(":", "");
    take(pasted.map((file, n) => (/^image\.\w+$/.test(file.name)
      ? new File([file], `${say.pasted}_${stamp}${n ? `_${n + 1}` : ""}.${file.name.split(".").pop()}`, { type: file.type }) : file)));
  });
  function number() { all(".file[data-key]", files).forEach((row, n) => { one(".no", row).textContent = row.dataset.exhibit = n + 1; }); }
  function shift(row, up, button) {
    const other = up ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (up) other.before(row); else other.after(row);
    number(); follow(); button.focus();
  }
  function show(exhibit) {
    const row = one(`.file[data-exhibit="${exhibit}"]`);
    row?.scrollIntoView({ block: "center", behavior: "smooth" });
    row?.classList.add("flash");
    setTimeout(() => row?.classList.remove("flash"), 1500);
  }
  Sortable.create(files, { handle: ".no", draggable: ".file[data-key]", animation: 120, ghostClass: "ghost", onEnd: () => { number(); follow(); } });
  settled();
  /* What was typed before this file had come, or what the browser put back, is saved as well. */
  if (all("input[name]:not([type=checkbox]), textarea[name]", form).some((field) => field.value !== field.defaultValue)) follow();
}
