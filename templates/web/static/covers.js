/* Covering what nobody may see on a page: a box is drawn with the pointer, or moved and sized with the keyboard, and stands as a line
   of the text box beside it, "page: left top right bottom" in percent. That text is what is kept; this file only draws it. */
"use strict";
{
  const SVG = "http://www.w3.org/2000/svg", STEP = 2, LEAST = 0.8;
  const boxOf = (key) => document.getElementById(`covers-${key}`);
  const places = (key) => boxOf(key).value.split("\n").map((line) => (line.match(/\d+(?:\.\d+)?/g) || []).map(Number)).filter((found) => found.length === 5);
  const round = (edge) => Math.round(Math.max(0, Math.min(100, edge)) * 100) / 100;
  function say(key, lines) {
    const box = boxOf(key);
    box.value = lines.join("\n");
    for (const event of ["input", "change"]) box.dispatchEvent(new Event(event, { bubbles: true }));
  }
  const lines = (key) => boxOf(key).value.split("\n").filter((line) => line.trim());
  const line = (page, [x0, y0, x1, y1]) => `${page}: ${[Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)].map(round).join(" ")}`;
  function draw(sheet, begun = null) {
    const { page, key } = sheet.dataset, svg = sheet.querySelector("svg");
    const here = places(key).filter(([at]) => at === Number(page)).map(([, ...box]) => box);
    svg.replaceChildren(...[...here.map((box) => [box, "hidden-part"]), ...(begun ? [[begun, "begun"]] : [])].map(([[x0, y0, x1, y1], name]) => {
      const rect = document.createElementNS(SVG, "rect");
      for (const [attribute, value] of Object.entries({ class: name, x: Math.min(x0, x1), y: Math.min(y0, y1), width: Math.abs(x1 - x0), height: Math.abs(y1 - y0) })) rect.setAttribute(attribute, value);
      return rect;
    }));
  }
  function sheetOf(details, page) {
    const { key } = details.dataset, sheet = document.createElement("div"), picture = new Image(), svg = document.createElementNS(SVG, "svg");
    Object.assign(sheet, { className: "sheet", tabIndex: 0 });
    Object.assign(sheet.dataset, { key, page });
    sheet.setAttribute("role", "group");
    sheet.setAttribute("aria-label", details.dataset.say.replace("{page}", page));
    sheet.setAttribute("aria-describedby", `covers-${key}-keys`);
    Object.assign(picture, { alt: "", loading: "lazy", draggable: false, src: `${details.dataset.pictures}?page=${page}` });
    svg.setAttribute("viewBox", "0 0 100 100"); svg.setAttribute("preserveAspectRatio", "none"); svg.setAttribute("aria-hidden", "true");
    sheet.append(picture, svg);
    draw(sheet);
    return sheet;
  }
  const redraw = (key) => document.querySelectorAll(`.sheet[data-key="${key}"]`).forEach((sheet) => draw(sheet));
  document.addEventListener("toggle", ({ target }) => {
    if (!target.matches?.("details.cover[open]")) return;
    const pages = Number(document.querySelector(`#look-${target.dataset.key} [data-pages]`)?.dataset.pages || 0), holder = target.querySelector(".sheets");
    if (holder.childElementCount < pages) holder.replaceChildren(...Array.from({ length: pages }, (_, at) => sheetOf(target, at + 1)));
  }, true);
  document.addEventListener("input", ({ target }) => { if (target.id?.startsWith("covers-")) redraw(target.id.slice(7)); });
  /* With the pointer: from corner to corner. */
  document.addEventListener("pointerdown", (event) => {
    const sheet = event.target.closest?.(".sheet");
    if (!sheet || event.button) return;
    const at = ({ clientX, clientY }) => { const frame = sheet.getBoundingClientRect(); return [round(100 * (clientX - frame.left) / frame.width), round(100 * (clientY - frame.top) / frame.height)]; };
    const from = at(event), box = (moved) => [...from, ...at(moved)];
    const move = (moved) => draw(sheet, box(moved));
    const end = (done) => {
      for (const [name, listener] of [["pointermove", move], ["pointerup", end], ["pointercancel", end]]) sheet.removeEventListener(name, listener);
      const [x0, y0, x1, y1] = box(done), { key, page } = sheet.dataset;
      if (done.type === "pointerup" && Math.abs(x1 - x0) > LEAST && Math.abs(y1 - y0) > LEAST / 2) say(key, [...lines(key), line(page, [x0, y0, x1, y1])]);
      draw(sheet);
    };
    sheet.setPointerCapture(event.pointerId);
    for (const [name, listener] of [["pointermove", move], ["pointerup", end], ["pointercancel", end]]) sheet.addEventListener(name, listener);
    sheet.focus({ preventScroll: true });
    event.preventDefault();
  });
  /* By keyboard: Enter puts a box, arrows move the last one of the page, with Shift they size it, Delete takes it away. */
  document.addEventListener("keydown", (event) => {
    const sheet = event.target.closest?.(".sheet");
    if (!sheet || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key, page } = sheet.dataset, said = lines(key), last = said.findLastIndex((one) => one.trim().startsWith(`${page}:`));
    const way = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP / 2], ArrowDown: [0, STEP / 2] }[event.key];
    if (event.key === "Enter") said.push(line(page, [30, 46, 70, 50]));
    else if (["Delete", "Backspace"].includes(event.key) && last >= 0) said.splice(last, 1);
    else if (way && last >= 0) {
      const [, x0, y0, x1, y1] = said[last].match(/\d+(?:\.\d+)?/g).map(Number), [across, down] = way;
      const moved = event.shiftKey ? [x0, y0, Math.max(x0 + 1, x1 + across), Math.max(y0 + 0.5, y1 + down)] : [x0 + across, y0 + down, x1 + across, y1 + down];
      if (moved.some((edge) => edge < 0 || edge > 100)) return event.preventDefault();
      said[last] = line(page, moved);
    } else return;
    event.preventDefault();
    say(key, said);
  });
  /* The place that a warning is about, in one press. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-cover]");
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    const { covers: key, cover } = button.dataset;
    say(key, [...lines(key), cover]);
    document.querySelector(`#cover-${key} summary`)?.focus({ preventScroll: true });
  }, true);
}
