"use strict";
// The page's own script. Everything from the graph reaches the document through textContent or through
// attributes chosen here, never as markup. Offsets are UTF-16 units already.
(() => {
const D = (globalThis.respgraphUnpack || ((page) => page))(JSON.parse(document.getElementById("data").textContent));
// What can be said shorter is: IRIs without what they begin with, names that are their own short form.
for (const t of D.things) { t.iri = (D.base || "") + t.iri; t.short ??= t.label; }
for (const c of D.claims) c.iri ??= D.documents[c.doc].iri + "/c/" + c.id;
const $ = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";
const families = new Map(D.families.map((f) => [f.id, f]));
const UI = '-apple-system, "Segoe UI", Inter, Roboto, "Helvetica Neue", Arial, "Liberation Sans", "Noto Sans", sans-serif';
const TABS = [["network", "Network"], ["matrix", "Who holds whom responsible"], ["flow", "Flow"], ["table", "Statements"], ["conflicts", "Conflicts"], ["source", "Source"]];

// ---------------------------------------------------------------- small tools
function fill(node, attrs, kids) {
  for (const [name, value] of Object.entries(attrs || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name === "onclick") node.addEventListener("click", value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const kid of kids) if (kid !== null && kid !== undefined && kid !== "") node.append(kid);
  return node;
}
const el = (tag, attrs, ...kids) => fill(document.createElement(tag), attrs, kids);
const svg = (tag, attrs, ...kids) => fill(document.createElementNS(SVG, tag), attrs, kids);
const button = (text, onclick, attrs) => el("button", { type: "button", text, onclick, ...attrs });
const attempt = (act, other) => { try { return act(); } catch (error) { return other; } };
const inOrder = new Intl.Collator("en").compare;
const count = (n) => n.toLocaleString("en");
const plural = (n, one, many) => count(n) + " " + (n === 1 ? one : many || one + "s");
const words = (text) => text.replace(/\s+/g, " ").trim();
let toastTimer = 0;
function toast(text) {
  $("toast").textContent = text;
  $("toast").classList.add("on");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => $("toast").classList.remove("on"), 1800);
}

// ---------------------------------------------------------------- the claims in words
const thing = (i) => (i === undefined ? null : D.things[i]);
const AUTHOR = "Author of the text", MANY = D.documents.length > 1, TEXTS = -3;
const nameOf = (i) => { const t = thing(i); return !t ? "" : t.author ? AUTHOR : t.label; };
const briefOf = (i) => { const t = thing(i); return !t ? "" : t.short || t.label; };
/* The authors of many texts are one voice in tables and bands: each speaks in its own text only. */
/* A name that another on the page has too says where they differ. */
const fullOf = (i) => { const t = thing(i), name = nameOf(i); return t && t.apart && !(t.author && MANY) ? name + " (" + t.apart + ")" : name; };
const voiceOf = (claim) => (MANY && (thing(claim.speaker) || {}).author ? TEXTS : claim.speaker);
const voiceName = (id) => (id === TEXTS ? "The texts themselves" : briefOf(id));
const unresolved = (i) => i >= 0 && thing(i).label.endsWith("(not resolved)");
const titleAt = (claim) => (MANY && D.documents[claim.doc] ? D.documents[claim.doc].title : "");
const percent = (claim) => (claim.confidence === undefined ? "" : Math.round(claim.confidence * 100) + "%");
const textAt = (claim, at) => D.documents[claim.doc].text.slice(at[0], at[1]);
const quoteOf = (claim) => (claim.at ? words(textAt(claim, claim.at)) : claim.quote ? words(claim.quote) : "");
/* The words around the trigger: a table row is for finding, the panel for reading. */
function excerptOf(claim, most) {
  const full = quoteOf(claim);
  if (full.length <= most + 30) return full;
  const text = claim.at ? D.documents[claim.doc].text : "", at = claim.at && claim.trigger ? words(text.slice(claim.at[0], claim.trigger[0])).length : 0;
  let from = Math.max(0, Math.min(at - most * 0.42, full.length - most)), to = from + most;
  from = from < 25 ? 0 : full.indexOf(" ", from) + 1;
  to = to > full.length - 25 ? full.length : full.lastIndexOf(" ", to);
  if (to <= from) to = from + most;
  return (from ? "\u2026 " : "") + full.slice(from, to) + (to < full.length ? " \u2026" : "");
}
const dateOf = (claim) => claim.date || (D.documents[claim.doc] || {}).date || "";
const colour = (family) => families.get(family)[dark ? "dark" : "light"];

/* left -> right, verb, and what it is about: the same four words for headings, lists, tables and CSV */
function say(claim) {
  const s = claim.slots || {}, w = claim.words || {};
  switch (claim.type) {
    case "cause": return { left: nameOf(s.cause), right: nameOf(s.effect), verb: claim.verb, about: "", joint: "" };
    case "response": return { left: nameOf(s.factor), right: nameOf(s.response), verb: claim.verb, about: nameOf(s.responder), joint: "by " };
    case "definition": return { left: w.shortForm || "", right: w.longForm || "", verb: claim.verb, about: "", joint: "" };
    case "question": return { left: nameOf(claim.speaker), right: nameOf(claim.bearer), verb: claim.verb, about: nameOf(s.topic !== undefined ? s.topic : claim.content), joint: "" };
    case "responsibility": return { left: nameOf(claim.speaker), right: nameOf(claim.bearer), verb: claim.verb, about: nameOf(claim.content), joint: "for " };
    default: return { left: nameOf(claim.speaker), right: nameOf(claim.bearer), verb: claim.verb, about: nameOf(claim.content), joint: "" };
  }
}
function titleOf(claim) {
  const p = say(claim);
  if (p.left && p.right && p.left !== p.right) return p.left + " \u2192 " + p.right;
  return p.left || p.right || "Statement";
}
D.claims.forEach((claim, i) => { claim.i = i; });
function findable(claim) { // made when first searched: the opening of a large page does not wait for it
  const p = say(claim);
  claim.find = [p.left, p.verb, p.right, p.about, nameOf(claim.speaker), quoteOf(claim), ...Object.values(claim.slots || {}).map(nameOf), titleAt(claim), ...Object.values(claim.words || {})].join(" \n ").toLowerCase();
  return claim.find;
}
const byId = new Map(D.claims.map((claim) => [claim.id, claim.i]));
const actorId = (t) => t.iri.split("/").pop();

// ---------------------------------------------------------------- state
const OFF = D.families.filter((f) => !f.on).map((f) => f.id);
const present = D.families.filter((f) => D.claims.some((c) => c.family === f.id));
const state = { tab: "network", size: "claims", colour: "alike", reading: null, off: new Set(OFF), q: "", speaker: "", doc: "", min: 0, from: "", to: "", claim: null, line: null, thing: null, list: null };
if (present.every((f) => !f.on)) state.off.clear();
const FIRST_OFF = [...state.off].join(",");
let shown = [];
let dark = attempt(() => localStorage.getItem("respgraph-theme"), null);
dark = dark ? dark === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

function passes(claim) {
  if (state.off.has(claim.family)) return false;
  return passesRest(claim);
}
function passesRest(claim) {
  if (state.speaker !== "" && String(voiceOf(claim)) !== state.speaker && String(claim.speaker) !== state.speaker) return false;
  if (state.doc !== "" && String(claim.doc) !== state.doc) return false;
  if (claim.confidence !== undefined && claim.confidence * 100 < state.min) return false;
  if ((state.from || state.to) && !isIn(dateOf(claim), state.from, state.to)) return false;
  return passesWords(claim);
}
/* A date or an end of less precision means all of it: 2024-05 lies in "from 2024-05-20". */
function isIn(date, from, to) {
  return Boolean(date) && (!from || date.slice(0, from.length) >= from.slice(0, date.length)) && (!to || date.slice(0, to.length) <= to.slice(0, date.length));
}
function passesWords(claim) {
  return !state.q || state.q.toLowerCase().split(/\s+/).every((word) => (claim.find || findable(claim)).includes(word));
}

// ---------------------------------------------------------------- how actors are drawn: size and colour
const SIZES = { claims: "statements", held: "times held responsible", pagerank: "PageRank" };
const COLOURS = { alike: "all alike", kind: "kind of actor", coalition: "coalition" };
const KINDS = [["State", "S"], ["Government", "G"], ["Ministry", "M"], ["Office", "F"], ["Person", "P"], ["International organisation", "I"], ["Organisation", "O"], ["Group", "R"], ["Several actors together", "C"], ["Named in this text only", "T"], ["Actor", "A"]];
const GREY = D.tints.length - 1;
const partOf = new Int32Array(D.things.length);
for (const c of D.claims) for (const i of new Set([c.speaker, c.bearer, (c.slots || {}).counterpart, (c.slots || {}).responder])) if (i !== undefined) partOf[i] += 1;
const VALUE = { claims: (i) => partOf[i], held: (i) => D.things[i].held || 0, pagerank: (i) => D.things[i].pagerank || 0 };
const sizable = (i) => i >= 0 && i < D.things.length && D.things[i].actor && !D.things[i].author;
const PEAK = Object.fromEntries(Object.keys(VALUE).map((mode) => [mode, D.things.reduce((most, t, i) => (sizable(i) ? Math.max(most, VALUE[mode](i)) : most), 0)]));
/* 13 to 19 pixels, the area growing as the value does: view/lines.py has the same. */
const fontOf = (i) => 13 + (PEAK[state.size] ? Math.round(6 * Math.round(1000 * Math.sqrt(VALUE[state.size](i) / PEAK[state.size])) / 1000) : 0);
const coalitions = new Map();
D.things.forEach((t, i) => { if (t.coalition) { if (coalitions.has(t.coalition)) coalitions.get(t.coalition).push(i); else coalitions.set(t.coalition, [i]); } });
for (const list of coalitions.values()) list.sort((a, b) => Boolean(D.things[a].author) - Boolean(D.things[b].author) || partOf[b] - partOf[a] || a - b);
const kindAt = (i) => KINDS.findIndex(([kind]) => kind === D.things[i].kind);
/* The number of the tint of a thing's box, -1 where it has none; the letter or number that tells the same. */
function tintAt(i) {
  const t = D.things[i];
  if (!t || !t.actor || state.colour === "alike") return -1;
  if (state.colour === "kind") return t.author ? -1 : Math.min(GREY, kindAt(i) < 0 ? GREY : kindAt(i));
  return t.coalition ? Math.min(GREY, t.coalition - 1) : t.author ? -1 : GREY;
}
const tintOf = (i) => { const k = tintAt(i); return k < 0 ? null : D.tints[k][dark ? 1 : 0]; };
const badgeOf = (i) => (tintAt(i) < 0 ? "" : state.colour === "kind" ? (KINDS[kindAt(i)] || ["", ""])[1] : D.things[i].coalition ? String(D.things[i].coalition) : "");
const firstNames = (list, most) => list.slice(0, most).map((i) => (D.things[i].author ? (MANY ? D.things[i].label : AUTHOR) : briefOf(i))).join(", ") + (list.length > most ? " and " + count(list.length - most) + " more" : "");
const SIZE_KEY = { claims: "Larger: more statements by or about it", held: "Larger: held responsible by others more often", pagerank: "Larger: held responsible by those held responsible themselves" };
/* The groups of the present colour: tint, badge, words, who belongs to it. */
function groupsOfColour() {
  if (state.colour === "kind") return KINDS.map(([kind, letter], k) => ({ tint: Math.min(GREY, k), badge: letter, text: kind, list: D.things.flatMap((t, i) => (t.actor && !t.author && t.kind === kind ? [i] : [])) })).filter((g) => g.list.length);
  if (state.colour === "coalition") return [...coalitions.keys()].sort((a, b) => a - b).map((n) => ({ tint: Math.min(GREY, n - 1), badge: String(n), text: firstNames(coalitions.get(n).slice(0, 1), 1), more: coalitions.get(n).length - 1, list: coalitions.get(n) }));
  return [];
}
const CHIPS = 8;
function paintKey() {
  const groups = groupsOfColour(), chips = groups.slice(0, state.colour === "kind" ? 12 : CHIPS);
  $("sized").textContent = SIZE_KEY[state.size] + (state.size === "claims" ? "" : ". Who speaks for a state counts as it");
  $("key").hidden = !chips.length;
  $("key").replaceChildren(el("span", { text: state.colour === "coalition" ? "Same side on who is responsible:" : "" }), ...chips.map((g) => {
    const number = g.more === undefined ? count(g.list.length) : g.more ? "+" + count(g.more) : "", badge = el("span", { class: "badge", text: g.badge });
    badge.style.background = D.tints[g.tint][dark ? 1 : 0]; badge.style.color = palette().onActor;
    const own = new Set(g.list), title = state.colour === "kind" ? g.text : "Coalition " + g.badge + ": " + firstNames(g.list, 6);
    const go = button("", () => chooseList(shown.filter((i) => own.has(D.claims[i].speaker)), "Said by " + (state.colour === "kind" ? g.text : title)), { title: title + ". What they say", "aria-label": [g.badge, g.text, number].filter(Boolean).join(" ") + (state.colour === "kind" ? "" : ", " + title) + ". Show what they say" });
    go.append(badge, " ", el("span", { class: "what", text: g.text }), " ", el("span", { class: "small", text: number }));
    return go;
  }), el("span", { text: state.colour === "coalition" ? (groups.length > CHIPS ? count(groups.length - CHIPS) + " smaller ones: grey, with their number. " : "") + "Grey without a number: no side" : "" }));
}
/* What has nothing to show is not offered. */
function offerLooks() {
  for (const [id, names, has] of [["size", SIZES, (k) => k === "claims" || PEAK[k] > 0], ["colour", COLOURS, (k) => k !== "coalition" || coalitions.size > 0]]) {
    $(id).replaceChildren(...Object.entries(names).filter(([k]) => has(k)).map(([value, text]) => el("option", { value, text })));
    $(id).addEventListener("change", () => { state[id] = $(id).value; applyLooks(); writeHash(); });
  }
}
function applyLooks() {
  for (const id of ["size", "colour"]) {
    if (![...$(id).options].some((option) => option.value === state[id])) state[id] = $(id).options[0].value;
    $(id).value = state[id];
  }
  if (!large) for (const n of nodes) Object.assign(n, n.base, (n.looks || {})[state.size]);
  paintKey();
  if (large) { if (started && state.tab === "network") large.paint(); } else if (drawing) paintNetwork();
}
let started = false;

// ---------------------------------------------------------------- the picture
const nodes = D.nodes, edges = D.edges;
const nodeOfThing = new Map(nodes.map((n) => [n.key, n.id]));
const thingByIri = new Map(D.things.map((t, i) => [t.iri, i]));
const thingOfNode = nodes.map((n, i) => (D.large ? (i < D.things.length ? i : -1) : thingByIri.get(n.key) ?? -1));
let drawing = null, inFocus = null, hovered = null;
for (const n of nodes) if (n.looks) n.base = { rows: n.rows, size: n.size, w: n.w, h: n.h };
const palette = () => dark
  ? { bg: "#11161d", ink: "#e9edf2", actor: "#cfe3f8", onActor: "#0c1420", oval: "#1a212a", edge: "#8592a0", ring: "#ffd166" }
  : { bg: "#ffffff", ink: "#17202b", actor: "#163a5f", onActor: "#ffffff", oval: "#ffffff", edge: "#6f7b88", ring: "#d98c00" };

let touched = false, shownSet = new Set();
const large = D.large ? globalThis.respgraphLarge({
  D, nodes, edges, state, families, palette, colour, el, svg, button, plural, UI, $, tip, swatch, chooseNode, chooseLine, clear: clearChoice,
  fontOf, tintOf, badgeOf, keyRows, tell: tellOf, lookNow: () => state.size + " " + state.colour + " " + dark,
  isShown: (i) => shownSet.has(i), shown: () => shown, touched: () => touched, touch: () => { touched = true; },
  untouched: () => !state.q && state.speaker === "" && state.doc === "" && !state.min && !state.from && !state.to && [...state.off].sort().join() === FIRST_OFF.split(",").sort().join(),
}) : null;
function boxPath(ctx, x, y, w, h, r) {
  ctx.beginPath();
  ctx.moveTo(x + r, y);
  ctx.arcTo(x + w, y, x + w, y + h, r); ctx.arcTo(x + w, y + h, x, y + h, r);
  ctx.arcTo(x, y + h, x, y, r); ctx.arcTo(x, y, x + w, y, r);
  ctx.closePath();
}
const radius = (n) => ({ actor: 5, author: 5, response: 2 }[n.kind] ?? Math.min(22, n.h / 2));
const borderDash = (n) => ({ factor: [2, 3], author: [5, 3] }[n.kind] || []);
const tintOfNode = (id) => (thingOfNode[id] < 0 ? null : tintOf(thingOfNode[id]));
const badgeOfNode = (id) => (thingOfNode[id] < 0 ? "" : badgeOf(thingOfNode[id]));
function drawNode({ ctx, id, x, y }) {
  const n = nodes[id], p = palette(), tint = tintOfNode(id), badge = badgeOfNode(id);
  return {
    drawNode() {
      const left = x - n.w / 2, top = y - n.h / 2, filled = n.kind === "actor" || tint !== null;
      ctx.globalAlpha = 1;
      boxPath(ctx, left, top, n.w, n.h, radius(n));
      ctx.fillStyle = p.bg; ctx.fill();
      const dim = inFocus && !inFocus.nodes.has(id);
      ctx.globalAlpha = dim ? 0.22 : 1;
      ctx.fillStyle = tint || (filled ? p.actor : n.kind === "name" ? p.bg : p.oval); ctx.fill();
      if (!filled && n.kind !== "name") {
        ctx.lineWidth = n.kind === "response" ? 2 : 1.4; ctx.strokeStyle = p.edge; ctx.setLineDash(borderDash(n)); ctx.stroke(); ctx.setLineDash([]);
      }
      if (inFocus && inFocus.main === id) { ctx.lineWidth = 3; ctx.strokeStyle = p.ring; ctx.stroke(); }
      else if (hovered === id) { ctx.lineWidth = 2; ctx.strokeStyle = p.ring; ctx.stroke(); }
      ctx.globalAlpha = dim ? 0.5 : 1;
      ctx.fillStyle = filled && !dim ? p.onActor : p.ink;
      ctx.font = (filled && n.size > 15 ? "600 " : "") + n.size + "px " + UI;
      ctx.textAlign = "center"; ctx.textBaseline = "middle";
      n.rows.forEach((row, k) => ctx.fillText(row, x, y + (k - (n.rows.length - 1) / 2) * n.size * 1.25, n.w - 8));
      ctx.globalAlpha = dim ? 0.3 : 1;
      if (badge) {
        ctx.beginPath(); ctx.arc(left + 1, top + 1, 8.5, 0, 7); ctx.fillStyle = p.bg; ctx.fill(); ctx.lineWidth = 1.5; ctx.strokeStyle = tint; ctx.stroke();
        ctx.fillStyle = p.ink; ctx.font = "600 11px " + UI; ctx.fillText(badge, left + 1, top + 1.5, 14);
      }
      ctx.globalAlpha = 1;
    },
    nodeDimensions: { width: n.w, height: n.h },
  };
}
function lineLook(edge) {
  const f = families.get(edge.family), n = edge.claims.filter((i) => shownSet.has(i)).length, lit = !inFocus || inFocus.edges.has(edge.id);
  return {
    id: edge.id, from: edge.from, to: edge.to, hidden: n === 0, bend: edge.from === edge.to ? 0 : edge.bend,
    width: (edge.part === "said" ? 2 : 1.5) + Math.min(2.5, Math.log2(Math.max(1, n))) + (inFocus && lit ? 0.8 : 0),
    dash: f.dash, head: f.head, colour: colour(edge.family), opacity: lit ? 1 : 0.12, label: n > 1 && lit ? "\u00d7" + n : "",
  };
}
const ROOM = 26; // pixels that a line must show of itself to carry its count
/* Where a line's count stands: in the middle of what one sees of it. */
function middleOf(e, a, b) {
  const mx = (a.x + b.x) / 2 + (b.y - a.y) * e.bend, my = (a.y + b.y) / 2 - (b.x - a.x) * e.bend;
  const [sx, sy] = edgeOf(nodes[e.from], mx - a.x, my - a.y), [tx, ty] = edgeOf(nodes[e.to], mx - b.x, my - b.y);
  const x1 = a.x + sx, y1 = a.y + sy, x2 = b.x + tx, y2 = b.y + ty;
  // A straight line has its middle between its two ends, a bent one near the point that bends it.
  return e.bend === 0 ? { x: (x1 + x2) / 2, y: (y1 + y2) / 2, room: Math.hypot(x2 - x1, y2 - y1) } : { x: (x1 + 2 * mx + x2) / 4, y: (y1 + 2 * my + y2) / 4, room: Math.hypot(x2 - x1, y2 - y1) };
}
/* A renderer draws boxes and lines and knows nothing of claims. It is made once, of the pane and of what to call
   when something happens in it, and has these methods; D.renderer names the one to use, vis if it names none. */
const RENDERERS = { vis: visRenderer };
function visRenderer(pane, on) {
  const asVis = (k) => ({
    id: k.id, from: k.from, to: k.to, hidden: k.hidden, width: k.width, dashes: k.dash.length ? k.dash : false,
    color: { color: k.colour, highlight: k.colour, hover: k.colour, opacity: k.opacity },
    arrowStrikethrough: k.head === "bar", arrows: { to: { enabled: true, type: k.head, scaleFactor: k.head === "bar" ? 0.7 : 0.6 } },
    smooth: k.bend === 0 ? false : { enabled: true, type: k.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(k.bend) },
  });
  let counts = []; // vis would write them in the middle between two boxes, often behind one of them
  const boxes = new vis.DataSet(nodes.map((n) => ({ id: n.id, x: n.x, y: n.y, shape: "custom", ctxRenderer: drawNode })));
  const lines = new vis.DataSet(edges.map((edge) => asVis(lineLook(edge))));
  const drawCounts = (ctx) => {
    ctx.font = "600 15px " + UI; ctx.textAlign = "center"; ctx.textBaseline = "middle"; ctx.lineJoin = "round"; ctx.lineWidth = 4; ctx.strokeStyle = palette().bg;
    for (const k of counts) {
      const { x, y, room } = middleOf(edges[k.id], nodes[k.from], nodes[k.to]);
      if (room < ROOM) continue;
      ctx.strokeText(k.label, x, y); ctx.fillStyle = k.colour; ctx.fillText(k.label, x, y);
    }
  };
  const net = new vis.Network(pane, { nodes: boxes, edges: lines }, {
    physics: false, autoResize: true, layout: { improvedLayout: false, randomSeed: 1 },
    interaction: { hover: true, keyboard: false, multiselect: false, selectConnectedEdges: false, hoverConnectedEdges: false },
    nodes: { chosen: false, labelHighlightBold: false }, edges: { chosen: false, hoverWidth: 1.2, selectionWidth: 0, arrowStrikethrough: false, selfReference: { size: 16, angle: Math.PI / 4 } },
  });
  net.on("click", (hit) => { if (hit.nodes.length) on.node(hit.nodes[0]); else if (hit.edges.length) on.line(hit.edges[0]); else on.nothing(); });
  net.on("afterDrawing", drawCounts);
  net.on("hoverNode", (hit) => on.overNode(hit.node, hit.event));
  net.on("hoverEdge", (hit) => on.overLine(hit.edge, hit.event));
  for (const gone of ["blurNode", "blurEdge", "dragStart", "zoom"]) net.on(gone, on.leave);
  for (const moved of ["dragStart", "zoom"]) net.on(moved, on.moved);
  return {
    update(looks, live) { counts = looks.filter((k) => k.label && !k.hidden && k.from !== k.to); lines.update(looks.map(asVis)); if (live) boxes.update(nodes.map((n) => ({ id: n.id, hidden: !live.has(n.id) }))); net.redraw(); },
    places: (ids) => net.getPositions(ids),
    move: (middle, scale) => net.moveTo(middle ? { position: middle, scale, animation: false } : { scale, animation: false }),
    scale: () => net.getScale(),
    onScreen: (place) => net.canvasToDOM(place),
  };
}
function startNetwork() {
  drawing = (RENDERERS[D.renderer] || visRenderer)($("net"), {
    node: chooseNode, line: chooseLine, nothing: clearChoice,
    overNode: (id, event) => { hovered = id; tip(event, thingOfNode[id] < 0 ? nodes[id].full : tellOf(thingOfNode[id])); },
    overLine: (id, event) => {
      const e = edges[id], n = e.claims.filter((i) => shownSet.has(i)).length;
      tip(event, nameOfNode(e.from) + " \u2192 " + nameOfNode(e.to) + ": " + families.get(e.family).verb + (n > 1 ? " (\u00d7" + n + ")" : ""));
    },
    leave: () => { hovered = null; $("tip").hidden = true; $("net").style.cursor = ""; },
    moved: () => { touched = true; },
  });
  // A picture opened in a hidden frame has no size yet: show all once it gets one.
  new ResizeObserver(() => { if (!touched) showAll(); }).observe($("net"));
}
const nameOfNode = (id) => (thingOfNode[id] < 0 || nodes[id].kind === "author" ? nodes[id].label : D.things[thingOfNode[id]].apart ? nodes[id].label + " (" + D.things[thingOfNode[id]].apart + ")" : nodes[id].label);
/* An actor in one line: its name and how it stands. */
function tellOf(i) {
  const t = thing(i);
  return [fullOf(i), ...(t.actor && !t.author ? [t.kind.toLowerCase(), plural(partOf[i], "statement")] : []), t.held ? "held responsible " + times(t.held) : "", t.coalition ? "coalition " + t.coalition : ""].filter(Boolean).join(" \u00b7 ");
}
const times = (n) => (n === 1 ? "once" : n === 2 ? "twice" : count(n) + " times");
function tip(event, text) {
  const box = $("p-network").getBoundingClientRect(), at = event.center || event;
  const t = $("tip");
  t.textContent = text; t.hidden = false; $("net").style.cursor = "pointer";
  const x = (at.x ?? at.clientX) - box.left, y = (at.y ?? at.clientY) - box.top;
  t.style.left = Math.max(4, Math.min(x + 14, box.width - t.offsetWidth - 4)) + "px";
  t.style.top = Math.max(4, y + 18 + t.offsetHeight > box.height ? y - t.offsetHeight - 10 : y + 18) + "px";
}
const liveNodes = () => new Set(edges.filter((e) => e.claims.some((i) => shownSet.has(i))).flatMap((e) => [e.from, e.to]));
function frameOf(ids) {
  const at = drawing ? drawing.places([...ids]) : {};
  let box = null;
  for (const id of ids) {
    const n = nodes[id], { x, y } = at[id] || n;
    const b = [x - n.w / 2, y - n.h / 2, x + n.w / 2, y + n.h / 2];
    box = box ? [Math.min(box[0], b[0]), Math.min(box[1], b[1]), Math.max(box[2], b[2]), Math.max(box[3], b[3])] : b;
  }
  return box;
}
function showAll() {
  if (large) { large.fit(); return; }
  const box = frameOf(liveNodes()), pane = $("net").getBoundingClientRect();
  if (!drawing || !box || pane.width < 10) return;
  const fit = Math.min((pane.width - 36) / (box[2] - box[0]), (pane.height - 40) / (box[3] - box[1]), 1.15);
  const least = pane.width < 640 ? 0.5 : 0.42; // below this, readable words and a finger to drag beat a full view
  let middle = { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 };
  if (fit < least) {
    const live = [...liveNodes()], degree = (id) => edges.filter((e) => shownSet.has(e.claims[0]) && (e.from === id || e.to === id)).length;
    const hub = live.sort((a, b) => degree(b) - degree(a) || a - b)[0], at = drawing.places([hub])[hub];
    middle = { x: at.x, y: at.y };
  }
  drawing.move(middle, fit < least ? 0.62 : fit);
}
function zoom(by) { touched = true; if (large) { large.zoom(by); return; } drawing.move(null, Math.min(4, Math.max(0.1, drawing.scale() * by))); }
function paintNetwork() {
  if (large) { large.paint(); return; }
  if (!drawing) startNetwork();
  const live = liveNodes();
  drawing.update(edges.map(lineLook), live);
  $("nothing").hidden = live.size > 0;
}
function focusOn() {
  if (large) return;
  if (state.line !== null) {
    const e = edges[state.line], also = edges.filter((o) => o.claims.some((i) => i === state.claim));
    inFocus = { edges: new Set([e.id, ...also.map((o) => o.id)]), nodes: new Set([e, ...also].flatMap((o) => [o.from, o.to])) };
  } else if (state.claim !== null) {
    const mine = edges.filter((e) => e.claims.includes(state.claim));
    inFocus = mine.length ? { edges: new Set(mine.map((e) => e.id)), nodes: new Set(mine.flatMap((e) => [e.from, e.to])) } : null;
  } else if (state.thing !== null && nodeOfThing.has(D.things[state.thing].iri)) {
    const id = nodeOfThing.get(D.things[state.thing].iri);
    const mine = edges.filter((e) => (e.from === id || e.to === id) && e.claims.some((i) => shownSet.has(i)));
    inFocus = { main: id, edges: new Set(mine.map((e) => e.id)), nodes: new Set([id, ...mine.flatMap((e) => [e.from, e.to])]) };
  } else inFocus = null;
}

// ---------------------------------------------------------------- choosing
function chooseClaim(i, keep) {
  if (D.claims[i].doc !== undefined) state.reading = D.claims[i].doc;
  Object.assign(state, { claim: i, thing: null, list: keep ? state.list : null, line: keep ? state.line : null });
  refreshChoice();
}
function chooseLine(id) {
  const live = edges[id].claims.filter((i) => shownSet.has(i));
  if (!live.length) return;
  chooseClaim(live[0]);
  state.line = id;
  refreshChoice();
}
function chooseNode(id) {
  if (thingOfNode[id] >= 0) return chooseThing(thingOfNode[id]);
  const live = edges.filter((e) => e.from === id || e.to === id).flatMap((e) => e.claims).filter((i) => shownSet.has(i));
  if (live.length) chooseList([...new Set(live)], nodes[id].full);
}
function chooseThing(i) { Object.assign(state, { thing: i, claim: null, line: null, list: null }); refreshChoice(); }
function chooseList(claims, title) { Object.assign(state, { list: { claims, title }, claim: null, line: null, thing: null }); refreshChoice(); }
function clearChoice() { Object.assign(state, { thing: null, claim: null, line: null, list: null }); refreshChoice(); }
function step(by) {
  if (!shown.length) return;
  const at = shown.indexOf(state.claim);
  chooseClaim(shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : (at + by + shown.length) % shown.length]);
}
function refreshChoice() {
  focusOn();
  if (drawing) drawing.update(edges.map(lineLook));
  if (large) large.choose();
  paintEvidence();
  if (state.tab === "flow" || (state.tab === "source" && MANY && readingNow() !== painted)) paintTab();
  markChoice();
  writeHash();
}
function markChoice() {
  for (const row of document.querySelectorAll("tr[data-claim]")) {
    if (Number(row.dataset.claim) === state.claim) row.setAttribute("aria-current", "true"); else row.removeAttribute("aria-current");
  }
  let first = null;
  for (const part of document.querySelectorAll(".said-here")) {
    const now = part.dataset.claims.split(" ").includes(String(state.claim));
    part.classList.toggle("now", now);
    if (now && !first) first = part;
  }
  if (first && state.tab === "source") {
    const pane = $("p-source"), narrow = getComputedStyle(pane).overflowY === "visible";
    const top = first.getBoundingClientRect().top;
    if (narrow) { if (jump) window.scrollTo(0, window.scrollY + top - innerHeight / 3); }
    else { const box = pane.getBoundingClientRect(); if (top < box.top + 40 || top > box.bottom - 60) pane.scrollTop += top - box.top - pane.clientHeight / 3; }
  }
  jump = false;
}
let jump = false;

// ---------------------------------------------------------------- evidence
function claimLink(i) {
  const c = D.claims[i], p = say(c);
  return el("li", null,
    button(titleOf(c), () => chooseClaim(i), { class: "link" }),
    el("div", null, verb(c), p.about ? " " + p.joint + briefAbout(c) : ""),
    el("div", { class: "small", text: ["said by " + (nameOf(c.speaker) === AUTHOR ? "the author" : nameOf(c.speaker)), percent(c), titleAt(c)].filter(Boolean).join(" \u00b7 ") }));
}
function briefAbout(c) {
  const s = c.slots || {};
  return c.type === "response" ? nameOf(s.responder) : briefOf(c.type === "question" && s.topic !== undefined ? s.topic : c.content);
}
function verb(c) {
  const b = el("b", { class: "verb", text: c.verb });
  b.style.color = colour(c.family);
  return b;
}
function listOf(title, claims, most) {
  if (!claims.length) return null;
  const box = el("div", null, el("h3", { text: title })), ul = el("ul", { class: "list" });
  claims.slice(0, most || 8).forEach((i) => ul.append(claimLink(i)));
  box.append(ul);
  if (claims.length > (most || 8)) {
    const more = button("Show " + (claims.length - (most || 8)) + " more", () => { claims.slice(most || 8).forEach((i) => ul.append(claimLink(i))); more.remove(); });
    box.append(more);
  }
  return box;
}
function contextOf(claim) {
  const doc = D.documents[claim.doc], [start, end] = claim.at;
  const around = doc.blocks.filter(([a, b]) => a < end && b > start);
  let from = around.length ? Math.min(start, around[0][0]) : start, to = around.length ? Math.max(end, around[around.length - 1][1]) : end;
  let before = "", after = "";
  if (start - from > 330) { from = cutAt(doc.text, start - 260, 1); before = "\u2026 "; }
  if (to - end > 330) { to = cutAt(doc.text, end + 260, -1); after = " \u2026"; }
  return { text: doc.text, from, to, before, after, number: doc.blocks.findIndex(([a, b]) => a < end && b > start) + 1 };
}
function cutAt(text, at, way) { for (let k = 0; k < 40; k++) if (/\s/.test(text[at + k * way] || " ")) return at + k * way; return at; }
function quoteBox(claim) {
  const box = el("blockquote");
  box.style.borderLeftColor = colour(claim.family);
  if (!claim.at) { box.append(el("mark", { text: quoteOf(claim) || "(no words stored)" })); return box; }
  const c = contextOf(claim), [start, end] = claim.at, mark = el("mark");
  const ROLE = { speaker: "who speaks", bearer: "who is meant" };
  const parts = [...(claim.trigger ? [["trigger", ...claim.trigger]] : []), ...(claim.marks || []).filter((m) => ROLE[m[0]])].filter(([, a, b]) => a >= start && b <= end && a < b);
  const cuts = [...new Set([start, end, ...parts.flatMap(([, a, b]) => [a, b])])].sort((a, b) => a - b);
  for (let k = 0; k + 1 < cuts.length; k++) {
    const text = c.text.slice(cuts[k], cuts[k + 1]), here = parts.filter(([, a, b]) => a <= cuts[k] && b >= cuts[k + 1]).map(([name]) => name);
    const role = here.find((name) => ROLE[name]);
    mark.append(here.includes("trigger") ? el("strong", { text }) : role ? el("span", { class: "role", title: ROLE[role], text }) : text);
  }
  box.append(c.before + c.text.slice(c.from, start), mark, c.text.slice(end, c.to) + c.after);
  return box;
}
const SLOT = { counterpart: "Towards", responder: "Response by", condition: "Condition", basis: "Based on", sanction: "Or else", cause: "Cause", effect: "Effect", factor: "Factor", response: "Response", topic: "Question" };
function facts(rows) {
  const dl = el("dl", { class: "facts" });
  for (const [name, value] of rows) if (value !== "" && value !== null && value !== undefined) dl.append(el("dt", { text: name }), el("dd", null, value));
  return dl;
}
function paintEvidence() {
  const box = $("evidence");
  const chosen = state.claim !== null || state.thing !== null || Boolean(state.list);
  box.replaceChildren(chosen ? button("\u00d7", clearChoice, { class: "shut", "aria-label": "Close the evidence" }) : "");
  box.scrollTop = 0;
  box.classList.toggle("open", chosen);
  document.body.classList.toggle("sheet", chosen);
  if (state.claim !== null) evidenceOfClaim(box, D.claims[state.claim]);
  else if (state.thing !== null) evidenceOfThing(box, state.thing);
  else if (state.list) { box.append(el("p", { class: "eyebrow", text: plural(state.list.claims.length, "statement") }), el("h2", { text: state.list.title }), listOf("", state.list.claims, 30)); box.querySelector("h3").remove(); }
  else overview(box);
  box.dataset.claim = state.claim === null ? "" : D.claims[state.claim].id;
}
function overview(box) {
  box.append(el("p", { class: "eyebrow", text: "In short" }), el("h2", { text: D.summary.headline }));
  for (const note of D.summary.notes) box.append(el("p", { class: "about", text: note }));
  box.append(listOf("Start with", D.summary.start) || "");
  box.append(el("p", { class: "small about", text: "Every line is something somebody said, read by rules from the source; none of it is a finding. Open a line and check the words." }));
}
function evidenceOfClaim(box, c) {
  const p = say(c), v = c.values || {}, doc = D.documents[c.doc], about = p.about;
  const said = el("p", { class: "said" }, verb(c), about ? (p.joint ? " " + p.joint : ": ") : "", about ? el("b", { text: about }) : "");
  box.append(el("p", { class: "eyebrow", text: "Evidence" }), el("h2", { text: titleOf(c) }), said, quoteBox(c));
  if (!c.at) box.append(el("p", { class: "warn", text: "These words were not found at their place in the source. Check the text before you use them." }));
  const sure = el("span", null);
  if (c.confidence !== undefined) {
    const bar = el("i"); bar.style.width = Math.round(c.confidence * 100) + "%";
    sure.append(el("span", { class: "bar", "aria-hidden": "true" }, bar), percent(c) + (c.hedged ? ", hedged in the text" : ""));
  }
  const who = c.speaker === undefined ? "not said" : button(nameOf(c.speaker), () => chooseThing(c.speaker), { class: "link" });
  const how = [v.degree && v.degree !== "unspecified" ? v.degree : "", v.sense || ""].filter(Boolean).join(", ");
  const named = ["speaker", "bearer"].map((slot) => [slot, (c.marks || []).find((m) => m[0] === slot)]).filter(([slot, m]) => m && words(textAt(c, m.slice(1))) !== nameOf(c[slot]));
  box.append(facts([
    ["Said by", el("span", null, who, c.cue ? " (\u201c" + c.cue + "\u201d)" : "")],
    ["To", c.to || ""], ["Where", c.forum || ""],
    ["When", c.date || "not dated" + (doc && doc.date ? "; text of " + doc.date : "")],
    ["Sense", how],
    ["Label", (c.words || {}).itemLabel || ""],
    ...Object.entries(c.slots || {}).filter(([slot]) => !["cause", "effect", "factor", "response"].includes(slot)).filter(([slot]) => !(slot === "topic" && about) && !(slot === "responder" && about)).map(([slot, i]) => [SLOT[slot], nameOf(i)]),
    ["In the text", named.map(([slot, m]) => (slot === "speaker" ? "speaker" : "bearer") + " is \u201c" + words(textAt(c, m.slice(1))) + "\u201d").join("; ")],
    ["Confidence", c.confidence === undefined ? (c.hedged ? "hedged in the text" : "") : sure],
    ["Document", doc ? doc.title : "not in this graph"],
    ["Place", c.at ? "paragraph " + contextOf(c).number + ", characters " + c.at[0].toLocaleString("en") + "\u2013" + c.at[1].toLocaleString("en") : ""],
    ["Read by", c.rule || ""],
  ]));
  box.append(el("div", { class: "row" },
    button("\u2190 Previous", () => step(-1), { "aria-keyshortcuts": "[" }), button("Next \u2192", () => step(1), { "aria-keyshortcuts": "]" }),
    c.at ? button("Show in source", () => { jump = true; openTab("source"); }) : null,
    button("Copy quote", () => copy("\u201c" + quoteOf(c) + "\u201d" + (doc ? " \u2013 " + doc.title : "")), { id: "copy-quote" })));
  const LABEL = { contradicts: "Contradicted by", shiftsFrom: "Changed position", corroborates: "Said alike", conflictsWith: "Rival name" };
  const used = new Set([c.i]);
  for (const kind of Object.keys(LABEL)) {
    const others = [...new Set(D.ties.filter((t) => t[0] === kind && (t[1] === c.i || t[2] === c.i)).map((t) => (t[1] === c.i ? t[2] : t[1])))];
    others.forEach((i) => used.add(i));
    box.append(listOf(LABEL[kind], others) || "");
  }
  const same = state.line === null ? [] : edges[state.line].claims.filter((i) => shownSet.has(i) && i !== c.i && !used.has(i));
  same.forEach((i) => used.add(i));
  if (same.length) box.append(listOf("Other quotes of the same line", same));
  const point = D.claims.filter((o) => !used.has(o.i) && o.speaker !== c.speaker && ((c.content !== undefined && o.content === c.content) || (c.bearer !== undefined && o.bearer === c.bearer && ["assigns", "denies", "accepts"].includes(o.family)))).map((o) => o.i);
  point.forEach((i) => used.add(i));
  if (point.length) box.append(listOf("What others say on the same point", point, 5));
  const words_ = D.claims.filter((o) => !used.has(o.i) && o.doc === c.doc && c.at && o.at && o.at[0] < c.at[1] && o.at[1] > c.at[0]).map((o) => o.i);
  if (words_.length) box.append(listOf("Also read from these words", words_, 5));
}
function evidenceOfThing(box, i) {
  const t = thing(i), by = shown.filter((k) => D.claims[k].speaker === i), on = shown.filter((k) => D.claims[k].bearer === i && D.claims[k].speaker !== i);
  const used = new Set([...by, ...on]), rest = shown.filter((k) => !used.has(k) && (D.claims[k].content === i || Object.values(D.claims[k].slots || {}).includes(i)));
  box.append(el("p", { class: "eyebrow", text: t.actor ? t.kind : "What it is about" }), el("h2", { text: t.author && MANY ? t.label : fullOf(i) }));
  const web = t.same && /^https?:\/\//.test(t.same) ? el("a", { href: t.same, rel: "noopener noreferrer", target: "_blank", text: t.same }) : t.same || "";
  const rows = facts([
    ["Also called", (t.aliases || []).join(", ")], ["Members", (t.members || []).join(", ")], ["Belongs to", (t.belongs || []).join(", ")], ["Same as", web],
    ["Counts as", t.as ? t.as + (t.under ? ", which has its measures" : "") : ""],
    ["Held responsible", t.held ? times(t.held) + ", by " + plural(t.voices || 1, "voice") : ""],
    ["Holds others responsible", t.holds ? times(t.holds) : ""],
    ["PageRank", t.pagerank ? t.pagerank.toFixed(3) + ", rank " + count(t.rank) : ""],
    ["Coalition", t.coalition ? t.coalition + (coalitions.get(t.coalition).length > 1 ? ", with " + firstNames(coalitions.get(t.coalition).filter((k) => k !== i), 4) : "") : ""],
  ]);
  if (rows.childNodes.length) { rows.classList.add("about"); box.append(rows); }
  if (t.actor) {
    const only = String(i) === state.speaker;
    if (D.claims.some((c) => c.speaker === i)) box.append(el("div", { class: "row" }, button(only ? "Show all voices" : "Only what is said by this actor", () => { state.speaker = only ? "" : String(i); showFilters(); refresh(); })));
  }
  box.append(listOf("Says", by) || "", listOf("Others say about it", on) || "", listOf(t.actor ? "Mentioned in" : "Said about it", rest) || "");
  if (!by.length && !on.length && !rest.length) box.append(el("p", { class: "about", text: "No statement with the present filters." }));
}

// ---------------------------------------------------------------- tables
const homeHint = (i) => (i >= 0 && !thing(i).author ? thing(i).apart || "" : "");
/* Who is spoken about by most voices comes first, then by most statements; whom nobody could place comes last. */
function ranked(pairs) {
  const seen = new Map();
  for (const [id, other] of pairs) {
    const e = seen.get(id) || seen.set(id, { n: 0, others: new Set() }).get(id);
    e.n += 1; e.others.add(other);
  }
  return [...seen].map(([id, e]) => [id, e.n, e.others.size]).sort((a, b) => unresolved(a[0]) - unresolved(b[0]) || b[2] - a[2] || b[1] - a[1] || inOrder(voiceName(a[0]), voiceName(b[0])) || a[0] - b[0]);
}
function paintMatrix(box) {
  const cells = new Map(), said = [];
  for (const i of shown) {
    const c = D.claims[i];
    if (c.bearer === undefined || c.speaker === undefined) continue;
    const key = c.bearer + " " + voiceOf(c);
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(i);
    said.push([c.bearer, voiceOf(c)]);
  }
  if (!said.length) return box.append(none());
  const rows = ranked(said), tall = rows.slice(0, 60);
  // The voices that speak about the uppermost rows come first: an empty corner would say nothing.
  const place = new Map(tall.map((r, k) => [r[0], tall.length - k])), reach = new Map();
  for (const [b, s] of new Map(said.map((pair) => [pair.join(" "), pair])).values()) reach.set(s, (reach.get(s) || 0) + (place.get(b) || 0));
  const columns = ranked(said.map(([b, s]) => [s, b])), wide = [...columns].sort((a, b) => reach.get(b[0]) - reach.get(a[0])).slice(0, 24);
  const most = Math.max(...[...cells.values()].map((c) => c.length));
  const head = el("tr", null, el("th", { scope: "col", text: "About \u2193   said by \u2192" }), ...wide.map(([s]) => el("th", { scope: "col", title: s >= 0 ? fullOf(s) : null }, voiceName(s), homeHint(s) ? el("span", { class: "home", text: homeHint(s) }) : "")));
  const body = el("tbody");
  for (const [b] of tall) {
    const tr = el("tr", null, el("th", { scope: "row" }, button(briefOf(b), () => chooseThing(b), { class: "link" }), homeHint(b) ? el("span", { class: "home", text: homeHint(b) }) : ""));
    for (const [s] of wide) {
      const list = cells.get(b + " " + s);
      const td = el("td");
      if (!list) td.append(el("span", { class: "none", "aria-hidden": "true", text: "\u00b7" }));
      else {
        const split = el("span", { class: "split", "aria-hidden": "true" });
        for (const f of present) {
          const n = list.filter((i) => D.claims[i].family === f.id).length;
          if (n) { const part = el("i"); part.style.flexGrow = n; part.style.background = colour(f.id); split.append(part); }
        }
        const detail = present.map((f) => [f, list.filter((i) => D.claims[i].family === f.id).length]).filter(([, n]) => n).map(([f, n]) => f.label + ": " + n).join(", ");
        const go = button("", () => (list.length === 1 ? chooseClaim(list[0]) : chooseList(list, (s >= 0 ? fullOf(s) : voiceName(s)) + " \u2192 " + fullOf(b))), { "aria-label": list.length + ", " + (s >= 0 ? fullOf(s) : voiceName(s)) + " about " + fullOf(b) + " (" + detail + ")", title: detail });
        go.append(el("span", { text: list.length }), split);
        go.style.background = "rgba(var(--heat), " + (0.06 + 0.26 * Math.sqrt(list.length / most)).toFixed(3) + ")";
        td.append(go);
      }
      tr.append(td);
    }
    body.append(tr);
  }
  box.append(el("p", { class: "note", id: "heat-note", text: "Rows: whose responsibility the statements are about. Columns: who speaks. A number is how many statements, the strip below it what kinds; open it for the quotes." }));
  box.append(el("table", { class: "heat", "aria-describedby": "heat-note" }, el("thead", null, head), body));
  if (rows.length > tall.length || columns.length > wide.length) box.append(el("p", { class: "note about", text: "Shown: " + tall.length + " of " + count(rows.length) + " actors, those most voices speak about first, and " + wide.length + " of " + count(columns.length) + " voices. Narrow the filters for the others." }));
}
const none = () => el("p", { class: "note", text: "Nothing matches these filters." });
const COLUMNS = [["Who says it", (c) => nameOf(c.speaker)], ["Says", (c) => c.verb], ["Whom", (c) => (["cause", "response", "definition"].includes(c.type) ? titleOf(c) : nameOf(c.bearer))], ["For what", (c) => (c.type === "response" ? nameOf((c.slots || {}).responder) : say(c).about)], ["Conf.", (c) => c.confidence ?? 1], ["In these words", (c) => c.i]];
const sorting = { by: 5, up: true };
let rowsShown = 250;
function paintTable(box) {
  if (!shown.length) return box.append(none());
  const value = COLUMNS[sorting.by][1], way = sorting.up ? 1 : -1;
  const list = [...shown].sort((a, b) => {
    const x = value(D.claims[a]), y = value(D.claims[b]);
    return way * (typeof x === "number" ? x - y : inOrder(x, y)) || a - b;
  });
  const head = el("tr");
  COLUMNS.forEach(([name], k) => {
    const arrow = sorting.by === k ? (sorting.up ? " \u2191" : " \u2193") : "";
    head.append(el("th", { scope: "col", "aria-sort": sorting.by === k ? (sorting.up ? "ascending" : "descending") : null }, button(name + arrow, () => { sorting.up = sorting.by === k ? !sorting.up : true; sorting.by = k; paintTab(); const again = $("p-table").querySelectorAll("th button")[k]; if (again) again.focus(); })));
  });
  const body = el("tbody");
  for (const i of list.slice(0, rowsShown)) {
    const c = D.claims[i], cell = (k, kid) => el("td", { "data-label": COLUMNS[k][0] }, kid);
    const tr = el("tr", { "data-claim": i, onclick: () => chooseClaim(i) },
      cell(0, COLUMNS[0][1](c)), el("td", { "data-label": "Says" }, verb(c)), COLUMNS[2][1](c) ? cell(2, COLUMNS[2][1](c)) : el("td"), COLUMNS[3][1](c) ? cell(3, COLUMNS[3][1](c)) : el("td"),
      el("td", { class: "num", "data-label": "Confidence", text: percent(c) }),
      el("td", { class: "q" }, button("\u201c" + excerptOf(c, 170) + "\u201d", (event) => { event.stopPropagation(); chooseClaim(i); }, { class: "link" }), MANY ? el("span", { class: "home", title: titleAt(c), text: [dateOf(c), titleAt(c)].filter(Boolean).join(" \u00b7 ") }) : null));
    body.append(tr);
  }
  box.append(el("table", { class: "rows" }, el("thead", null, head), body));
  if (list.length > rowsShown) box.append(el("p", { class: "about" }, button("Show more of " + count(list.length) + " statements", () => { rowsShown += 500; paintTab(); })));
}
function paintFlow(box) {
  const MOST = 14, told = shown.map((i) => D.claims[i]).filter((c) => c.speaker !== undefined && c.bearer !== undefined && !["cause", "response", "name"].includes(c.family));
  if (!told.length) return box.append(none());
  const topics = (c) => c.content ?? (c.slots || {}).topic ?? -1;
  const bearers = ranked(told.map((c) => [c.bearer, voiceOf(c)])), kept = bearers.length > MOST + 2 ? bearers.slice(0, MOST) : bearers;
  const about = new Set(kept.map((r) => r[0])), mine = told.filter((c) => about.has(c.bearer));
  const tally = (pick) => { const n = new Map(); for (const c of mine) n.set(pick(c), (n.get(pick(c)) || 0) + 1); return [...n].sort((a, b) => b[1] - a[1] || inOrder(voiceName(a[0]), voiceName(b[0])) || a[0] - b[0]); };
  const voices = tally(voiceOf), matters = tally(topics);
  const most = mine.length <= 60 ? 30 : MOST;
  const loud = new Set((voices.length > MOST + 2 ? voices.slice(0, MOST) : voices).map((r) => r[0]));
  const frequent = new Set((matters.length > most + 2 ? matters.slice(0, most).filter((r) => mine.length < 120 || r[1] > 1) : matters).map((r) => r[0]));
  // What is not named one by one is named by its kind: -10 and below are families, -2 the other voices.
  const other = (c) => -10 - D.families.findIndex((f) => f.id === c.family);
  const flows = new Map();
  for (const c of mine) {
    const ends = [loud.has(voiceOf(c)) ? voiceOf(c) : -2, c.bearer, frequent.has(topics(c)) ? topics(c) : other(c)], key = [...ends, c.family].join(" ");
    if (!flows.has(key)) flows.set(key, { ends, family: c.family, claims: [] });
    flows.get(key).claims.push(c.i);
  }
  const all = [...flows.values()];
  const columns = [0, 1, 2].map((k) => {
    const map = new Map();
    for (const f of all) { const e = map.get(f.ends[k]) || map.set(f.ends[k], { id: f.ends[k], n: 0, out: 0, in: 0 }).get(f.ends[k]); e.n += f.claims.length; }
    return new Map([...map].sort((a, b) => (a[0] === -2) - (b[0] === -2) || b[1].n - a[1].n || a[0] - b[0]));
  });
  const total = mine.length, unit = Math.min(20, 520 / total);
  const width = Math.max(620, Math.min(1100, box.clientWidth - 36)), xs = [0, width * 0.36, width * 0.69], BAR = 8;
  // Two of one name in the picture say where they differ.
  const called = new Map();
  for (const map of columns) for (const id of map.keys()) if (id >= 0) { const name = briefOf(id).toLowerCase(); called.set(name, (called.get(name) || new Set()).add(id)); }
  const hint = (id) => (called.get(briefOf(id).toLowerCase()).size > 1 && !thing(id).author && thing(id).apart ? " (" + thing(id).apart + ")" : "");
  const label = (e) => (e.id === -1 ? "not said" : e.id === -2 ? count(voices.length - loud.size) + " other voices" : e.id <= -10 ? "Other: " + D.families[-10 - e.id].label.toLowerCase() : e.id < 0 ? voiceName(e.id) : voiceName(e.id) + hint(e.id));
  const room = [xs[1] - BAR - 26, xs[2] - xs[1] - BAR - 26, width - xs[2] - BAR - 10];
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = "12.5px " + UI;
  const linesOf = (text, limit) => {
    const out = [];
    for (const word of text.split(" ")) {
      if (out.length && pen.measureText(out[out.length - 1] + " " + word).width <= limit) out[out.length - 1] += " " + word; else out.push(word);
    }
    const cut = out.slice(0, 2).map((line) => { while (pen.measureText(line).width > limit && line.length > 2) line = line.slice(0, -2) + "\u2026"; return line; });
    if (out.length > 2) cut[1] = cut[1].replace(/\u2026$/, "") + "\u2026";
    return cut;
  };
  let height = 0;
  columns.forEach((map, k) => {
    let order = [...map.values()];
    if (k) { // each column in the order of what flows into it: fewer crossings
      const weight = (e) => { const mine = all.filter((f) => f.ends[k] === e.id); return mine.reduce((sum, f) => sum + columns[k - 1].get(f.ends[k - 1]).mid * f.claims.length, 0) / mine.reduce((sum, f) => sum + f.claims.length, 0); };
      order = order.map((e) => [weight(e), e]).sort((a, b) => (a[1].id < 0) - (b[1].id < 0) || a[0] - b[0] || a[1].id - b[1].id).map((pair) => pair[1]);
    }
    let y = 30;
    for (const e of order) {
      e.lines = linesOf(label(e) + (e.n > 1 ? " (" + count(e.n) + ")" : ""), room[k]);
      e.h = Math.max(3, e.n * unit);
      const slot = Math.max(e.h, e.lines.length * 15 + 3);
      e.y = y + (slot - e.h) / 2; e.mid = y + slot / 2;
      y += slot + 9;
    }
    height = Math.max(height, y);
  });
  for (const map of columns) { // centre shorter columns
    const low = Math.max(...[...map.values()].map((e) => e.mid + Math.max(e.h, e.lines.length * 15) / 2)), shift = (height - 9 - low) / 2;
    for (const e of map.values()) { e.y += shift; e.mid += shift; }
  }
  const root = svg("svg", { class: "flow", width, height: height + 6, viewBox: "0 0 " + width + " " + (height + 6), role: "group", "aria-label": "Flow from who speaks, to who is held responsible, to what for. Arrow keys move along bands and names, Enter opens them. The Statements tab lists the same." });
  ["Who says it", "about whom", "for what"].forEach((text, k) => root.append(svg("text", { class: "head", x: xs[k], y: 14, text })));
  const a0 = (f) => columns[0].get(f.ends[0]);
  const mids = (f) => f.ends.map((id, k) => columns[k].get(id));
  const bands = svg("g", { role: "group", "aria-label": "Bands" }), drawn = new Map(), chosen = all.filter((f) => f.claims.includes(state.claim) || (state.list && f.claims.some((i) => state.list.claims.includes(i))));
  for (const k of [0, 1]) {
    const sorted = [...all].sort((a, b) => { const A = mids(a), B = mids(b); return A[k].mid - B[k].mid || A[k + 1].mid - B[k + 1].mid; });
    const tops = new Map();
    sorted.forEach((f) => { const e = mids(f)[k]; tops.set(f, e.y + e.out); e.out += f.claims.length * (e.h / e.n); });
    const back = [...all].sort((a, b) => { const A = mids(a), B = mids(b); return A[k + 1].mid - B[k + 1].mid || A[k].mid - B[k].mid; });
    for (const f of back) {
      const a = mids(f)[k], b = mids(f)[k + 1], n = f.claims.length, h1 = n * (a.h / a.n), h2 = n * (b.h / b.n);
      const y1 = tops.get(f), y2 = b.y + b.in; b.in += h2;
      const x1 = xs[k] + BAR, x2 = xs[k + 1], m = (x1 + x2) / 2;
      const lit = chosen.includes(f);
      if (!drawn.has(f)) {
        const way = label(a0(f)) + " \u2192 " + nameOf(f.ends[1]) + hint(f.ends[1]), open = () => (n === 1 ? chooseClaim(f.claims[0]) : chooseList(f.claims, way)), told = way + ": " + families.get(f.family).label.toLowerCase() + (n > 1 ? " (" + n + ")" : "") + ", " + label(mids(f)[2]);
        drawn.set(f, svg("g", { class: "band", role: "button", tabindex: -1, "data-key": "b " + f.ends.join(" ") + " " + f.family, "aria-label": told, onclick: open }, svg("title", { text: told })));
      }
      drawn.get(f).append(svg("path", { class: lit ? "lit" : null, fill: colour(f.family), "fill-opacity": lit ? 0.95 : chosen.length ? 0.22 : 0.5, d: `M${x1},${y1}C${m},${y1} ${m},${y2} ${x2},${y2}V${y2 + h2}C${m},${y2 + h2} ${m},${y1 + h1} ${x1},${y1 + h1}Z` }));
    }
  }
  bands.append(...[...drawn].sort((a, b) => mids(a[0])[0].mid - mids(b[0])[0].mid || mids(a[0])[1].mid - mids(b[0])[1].mid).map((pair) => pair[1]));
  root.append(bands);
  walk(bands, ".band");
  const named = svg("g", { role: "group", "aria-label": "Names" });
  columns.forEach((map, k) => map.forEach((e) => {
    const list = () => chooseList(all.filter((f) => f.ends[k] === e.id).flatMap((f) => f.claims), label(e));
    const open = e.id >= 0 ? () => chooseThing(e.id) : list;
    const part = svg("g", { class: "name", role: "button", tabindex: -1, "data-key": "n " + k + " " + e.id, "aria-label": e.lines.join(" ") + ", " + plural(e.n, "statement") + (e.lines.join(" ").includes("\u2026") ? ": " + (e.id >= 0 ? fullOf(e.id) : label(e)) : ""), onclick: open });
    part.append(svg("rect", { x: xs[k], y: e.y, width: BAR, height: e.h, rx: 1.5, fill: palette().ink }));
    e.lines.forEach((line, j) => part.append(svg("text", { x: xs[k] + BAR + 6, y: e.mid + 4.5 + (j - (e.lines.length - 1) / 2) * 15, text: line + (j < e.lines.length - 1 ? " " : ""), stroke: palette().bg, "stroke-width": 3.5, "stroke-linejoin": "round", "paint-order": "stroke" })));
    named.append(part);
  }));
  root.append(named);
  walk(named, ".name");
  box.append(root);
  if (kept.length < bearers.length) box.append(el("p", { class: "note about", text: "Shown: the " + kept.length + " actors that most voices speak about, with " + count(total) + " of " + plural(told.length, "statement") + ". Narrow the filters, or search, for the others." }));
  if (state.tab === "flow" && innerWidth < 1020 && width > box.clientWidth) box.prepend(el("p", { class: "small", text: "Drag sideways to see for what." }));
}
/* Parts of a picture as one stop of the Tab key: arrows, Home and End move among them, Enter and Space press them. */
function walk(group, parts) {
  const list = [...group.querySelectorAll(parts)];
  if (list.length) list[0].setAttribute("tabindex", 0);
  group.addEventListener("keydown", (event) => {
    const at = list.indexOf(event.target.closest(parts)), to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: list.length - 1 }[event.key];
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (to !== undefined) { event.preventDefault(); stopAt(list[(to + list.length) % list.length]); }
    else if (event.key === "Enter" || event.key === " ") { event.preventDefault(); list[at].dispatchEvent(new MouseEvent("click", { bubbles: true })); }
  });
}
function stopAt(part) {
  for (const other of part.parentNode.children) if (other.hasAttribute("tabindex")) other.setAttribute("tabindex", other === part ? 0 : -1);
  part.focus();
}
function card(i, note) {
  const c = D.claims[i], box = el("article", { class: "card" }, note ? el("p", { class: "eyebrow", text: note }) : "", el("h3", null, button(titleOf(c), () => chooseClaim(i), { class: "link" })), el("div", null, verb(c), say(c).about ? " " + say(c).joint + briefAbout(c) : ""), el("span", { class: "q", text: "\u201c" + excerptOf(c, 240) + "\u201d" }), el("p", { class: "small", text: [nameOf(c.speaker), dateOf(c), percent(c), titleAt(c)].filter(Boolean).join(" \u00b7 ") }));
  box.style.borderTopColor = colour(c.family);
  return box;
}
function conflicts() {
  const allowed = (t) => [t[1], t[2]].every((i) => state.doc === "" || String(D.claims[i].doc) === state.doc);
  const seen = new Set(), once = (t) => { const key = [t[1], t[2]].sort((a, b) => a - b).join(" "); return seen.has(key) ? false : seen.add(key); };
  const names = new Map();
  const rivals = D.ties.filter((t) => t[0] === "conflictsWith" && allowed(t));
  for (const t of rivals) for (const i of [t[1], t[2]]) {
    const short = (D.claims[i].words || {}).shortForm || "?";
    if (!names.has(short)) names.set(short, new Set());
    names.get(short).add(i);
  }
  return { sides: D.ties.filter((t) => t[0] === "contradicts" && allowed(t) && once(t)), shifts: D.ties.filter((t) => t[0] === "shiftsFrom" && allowed(t)), names, rivals };
}
/* A text does not tell things in their order: what one text dates alike, or not at all, has no first and then. */
function inTime(i, j) {
  const [a, b] = [D.claims[i], D.claims[j]];
  return a.doc !== b.doc || Boolean(a.date && b.date && a.date !== b.date);
}
/* Statements that contradict each other, directly or through a third, stand in one group: each once, on its side. */
function disputes(ties) {
  const near = new Map(), side = new Map(), groups = [];
  for (const [, a, b] of ties) for (const [x, y] of [[a, b], [b, a]]) near.set(x, [...(near.get(x) || []), y]);
  for (const first of [...near.keys()].sort((a, b) => a - b)) {
    if (side.has(first)) continue;
    const queue = [first];
    side.set(first, D.claims[first].family === "denies" ? 1 : 0);
    for (const i of queue) for (const other of near.get(i)) if (!side.has(other)) { side.set(other, 1 - side.get(i)); queue.push(other); }
    queue.sort((a, b) => a - b);
    const bearers = [...new Set(queue.map((i) => D.claims[i].bearer).filter((b) => b !== undefined))], topics = [...new Set(queue.map((i) => briefAbout(D.claims[i])).filter((text) => text && !/^(it|this|that|them|these|those|so)$/i.test(text)))];
    groups.push({ left: queue.filter((i) => !side.get(i)), right: queue.filter((i) => side.get(i)), name: [bearers.length === 1 ? nameOf(bearers[0]) : "", topics.length === 1 ? topics[0] : ""].filter(Boolean).join(": ") });
  }
  return groups;
}
/* The first of many, and a button for the others. */
function more(box, list, most, draw) {
  list.slice(0, most).forEach((item) => box.append(draw(item)));
  if (list.length <= most) return;
  const go = button("Show " + count(list.length - most) + " more", () => { go.before(...list.slice(most).map(draw)); go.remove(); });
  box.append(go);
}
function paintConflicts(box) {
  const found = conflicts();
  if (!found.sides.length && !found.shifts.length && !found.names.size) return box.append(el("h2", { text: "No conflicts" }), el("p", { class: "note", text: "No two statements on this page were found to contradict each other, nobody was seen to change position, and no acronym is written out in two ways." }));
  const told = [[found.sides, "contradiction"], [found.shifts, "change of position", "changes of position"], [found.rivals, "pair of rival names", "pairs of rival names"]].filter(([list]) => list.length).map(([list, one, many]) => plural(list.length, one, many));
  box.append(el("p", { class: "note", text: told.join(", ") + ". Both sides stay: nothing here says who is right. The legend does not hide conflicts." }));
  const groups = disputes(found.sides);
  if (groups.length) box.append(el("h2", { text: "Two sides of the same matter" }));
  more(box, groups, 40, ({ left, right, name }) => el("section", null, name ? el("h3", { class: "matter", text: name }) : "", el("div", { class: "sides" }, el("div", null, ...left.map((i) => card(i))), el("div", null, ...right.map((i) => card(i))))));
  if (found.shifts.length) box.append(el("h2", { text: "The same voice, changed" }));
  more(box, found.shifts, 40, ([, later, earlier]) => el("div", { class: "side-by-side" }, ...(inTime(earlier, later) ? [card(earlier, "First"), card(later, "Then")] : [card(earlier, "Here"), card(later, "And here")])));
  if (found.names.size) box.append(el("h2", { text: "One short name, several long ones" }));
  for (const [short, list] of found.names) {
    const longs = new Map();
    for (const i of [...list].sort((a, b) => a - b)) { const long = (D.claims[i].words || {}).longForm || "?"; if (!longs.has(long)) longs.set(long, i); }
    box.append(el("h3", { text: short }), el("div", { class: "side-by-side" }, ...[...longs].map(([long, i]) => {
      const c = D.claims[i], one = el("article", { class: "card" }, el("h3", null, button(long, () => chooseClaim(i), { class: "link" })), el("span", { class: "q", text: "\u201c" + excerptOf(c, 240) + "\u201d" }));
      return one;
    })));
  }
}
/* One document at a time: the one chosen in the filter or the list, else the one of the chosen statement. */
function readingNow() {
  if (state.doc !== "") return Number(state.doc);
  if (state.reading !== null) return state.reading;
  const first = shown.find((i) => D.claims[i].doc !== undefined);
  return first === undefined ? 0 : D.claims[first].doc;
}
let painted = null;
function paintSource(box) {
  if (!D.documents.length) return box.append(el("p", { class: "note", text: "The graph does not hold the source text." }));
  painted = readingNow();
  const marks = new Map();
  for (const i of shown) if (D.claims[i].at) marks.set(D.claims[i].doc, (marks.get(D.claims[i].doc) || 0) + 1);
  const art = articleOf(painted, shown.map((i) => D.claims[i]).filter((c) => c.doc === painted && c.at));
  if (!MANY) return box.append(art);
  const open = (k) => { state.reading = k; if (state.doc !== "") { state.doc = String(k); showFilters(); refresh(); } else { paintTab(); writeHash(); } $("p-source").scrollTop = 0; };
  const entry = (k) => {
    const doc = D.documents[k], go = button("", () => open(k), { "aria-current": k === painted ? "true" : null });
    go.append(el("span", { class: "name", text: doc.title }), el("span", { class: "small", text: [doc.date || "", marks.has(k) ? plural(marks.get(k), "statement") : "no statement"].filter(Boolean).join(" \u00b7 ") }));
    return el("li", null, go);
  };
  const all = D.documents.map((doc, k) => k), full = all.filter((k) => marks.has(k) || k === painted), bare = all.filter((k) => !full.includes(k));
  const list = el("details", { class: "docs", open: innerWidth > 1020 }, el("summary", { text: plural(D.documents.length, "document") }), el("ul", null, ...full.map(entry)));
  if (bare.length) list.append(el("details", null, el("summary", { text: count(bare.length) + " without a statement shown" }), el("ul", null, ...bare.map(entry))));
  const at = full.indexOf(painted);
  art.append(el("div", { class: "row" }, at > 0 ? button("\u2190 Previous document", () => open(full[at - 1])) : null, at < full.length - 1 ? button("Next document \u2192", () => open(full[at + 1])) : null));
  box.append(el("div", { class: "reader" }, list, art));
  const now = list.querySelector("[aria-current]"), pane = list.querySelector("ul");
  if (now) pane.scrollTop = now.offsetTop - pane.offsetTop - pane.clientHeight / 3;
}
function articleOf(k, mine) {
  const doc = D.documents[k], opening = doc.blocks[0] || [0, 0, ""], titled = words(doc.text.slice(opening[0], opening[1])).replace(/^#+ /, "") === doc.title;
  const about = el("p", { class: "small", text: [doc.name, doc.date || "", plural(mine.length, "marked statement")].filter(Boolean).join(" \u00b7 ") });
  const art = el("article", { class: "document text", "aria-label": doc.title }, titled ? "" : el("h2", { text: doc.title }), titled ? "" : about);
  if (!doc.text) art.append(el("p", { class: "note", text: "The graph does not hold the text of this document." }));
  let table = null;
  for (const [start, end, kind] of doc.blocks) {
    if (kind === "row" || kind === "rule") {
      if (!table) { table = el("tbody"); art.append(el("table", null, table)); }
      if (kind === "row") { const tr = el("tr"); for (const [a, b] of cellsOf(doc.text, start, end)) tr.append(marked(el(table.childNodes.length ? "td" : "th", table.childNodes.length ? null : { scope: "col" }), doc, a, b, mine)); table.append(tr); }
      continue;
    }
    table = null;
    const lead = kind === "heading" ? (/^#+\s*/.exec(doc.text.slice(start, end)) || [""])[0].length : 0;
    const tag = titled && start === opening[0] ? "h2" : kind !== "heading" ? "p" : "h3";
    art.append(marked(el(tag, kind === "item" ? { class: "item" } : null), doc, start + lead, end, mine));
    if (tag === "h2") art.append(about);
  }
  return art;
}
function cellsOf(text, start, end) {
  const cells = [];
  let a = start + 1;
  for (let k = a; k <= end; k++) if (k === end || text[k] === "|") { if (k < end || text.slice(a, k).trim()) { const raw = text.slice(a, k), s = a + (raw.length - raw.trimStart().length); cells.push([s, Math.max(s, s + raw.trim().length)]); } a = k + 1; }
  return cells;
}
function marked(box, doc, start, end, claims) {
  const mine = claims.filter((c) => c.at[0] < end && c.at[1] > start);
  const cuts = [...new Set([start, end, ...mine.flatMap((c) => c.at).filter((x) => x > start && x < end)])].sort((a, b) => a - b);
  for (let k = 0; k + 1 < cuts.length; k++) {
    const here = mine.filter((c) => c.at[0] < cuts[k + 1] && c.at[1] > cuts[k]), text = doc.text.slice(cuts[k], cuts[k + 1]);
    if (!here.length) { box.append(text); continue; }
    const begins = here.some((c) => Math.max(c.at[0], start) === cuts[k]);
    const span = el("span", { class: "said-here", role: "button", tabindex: begins ? 0 : -1, text, "data-claims": here.map((c) => c.i).join(" "), title: here.map((c) => titleOf(c) + ": " + c.verb).slice(0, 6).join("\n") });
    const colours = [...new Set(here.map((c) => c.family))].slice(0, 3).map(colour);
    span.style.boxShadow = colours.map((c, n) => [`0 ${3 * n + 2}px 0 ${c}`, n + 1 < colours.length ? `0 ${3 * n + 3}px 0 ${palette().bg}` : null]).flat().filter(Boolean).join(", ");
    const open = () => { const ids = here.map((c) => c.i), at = ids.indexOf(state.claim); chooseClaim(ids[(at + 1) % ids.length]); };
    span.addEventListener("click", open);
    span.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); } });
    box.append(span);
  }
  return box;
}

// ---------------------------------------------------------------- tabs, filters, painting
const PAINT = { matrix: paintMatrix, flow: paintFlow, table: paintTable, conflicts: paintConflicts, source: paintSource };
function paintTab() {
  if (state.tab === "network") { paintNetwork(); return; }
  const box = $("p-" + state.tab), top = box.scrollTop, held = box.contains(document.activeElement) ? document.activeElement.getAttribute("data-key") : null;
  box.replaceChildren();
  box.classList.add("panel");
  PAINT[state.tab](box);
  if (held) { const again = [...box.querySelectorAll("[data-key]")].find((part) => part.getAttribute("data-key") === held); if (again) stopAt(again); }
  box.scrollTop = top;
  markChoice();
}
function openTab(name, focus) {
  state.tab = name;
  for (const [id] of TABS) {
    const on = id === name, tab = $("t-" + id);
    tab.setAttribute("aria-selected", on); tab.tabIndex = on ? 0 : -1;
    $("p-" + id).hidden = !on;
    if (on && focus) tab.focus();
    if (on) { const strip = $("tabs"); if (strip.scrollWidth > strip.clientWidth) strip.scrollLeft = tab.offsetLeft - 40; }
  }
  paintTab();
  if (name === "network" && !touched) showAll();
  writeHash();
}
function refresh(fit) {
  shown = D.claims.filter(passes).map((c) => c.i);
  shownSet = new Set(shown);
  const hidden = D.claims.filter((c) => state.off.has(c.family) && passesRest(c)).length;
  const undated = state.from || state.to ? D.claims.filter((c) => !dateOf(c)).length : 0;
  $("shown").textContent = count(shown.length) + " of " + plural(D.claims.length, "statement") + " shown" + (state.q && hidden ? "; " + count(hidden) + " more in families that are off" : "") + (undated ? "; " + count(undated) + " without a date left out" : "");
  paintTimeline();
  if (state.line !== null && !edges[state.line].claims.some((i) => shownSet.has(i))) state.line = null;
  focusOn();
  paintTab();
  if (state.tab !== "network" && drawing) paintNetwork();
  if (fit !== false) { touched = false; showAll(); }
  if (state.thing !== null) paintEvidence();
  writeHash();
}
/* Bars of equal time; a click or a drag over some of them is the period. Keyboards have the two fields below. */
const STEPS = { decade: [3, (d) => d + "0s"], year: [4, (d) => d], month: [7, (d) => d], day: [10, (d) => d] };
function binsOf(dates) {
  const exact = (size) => dates.filter((d) => d.length >= size).length >= dates.length * 0.8, sorted = [...dates].sort();
  const day = (d) => Date.UTC(Number(d.slice(0, 4)), Number(d.slice(5, 7) || 1) - 1, Number(d.slice(8, 10) || 1)) / 864e5;
  const span = day(sorted[sorted.length - 1]) - day(sorted[0]);
  const step = exact(10) && span <= 45 ? "day" : exact(7) && span <= 1100 ? "month" : span <= 366 * 60 ? "year" : "decade", size = STEPS[step][0];
  const from = sorted[0], to = sorted[sorted.length - 1], keys = [];
  if (step === "day") for (let k = day(from.padEnd(10, "-01")); k <= day(to) && keys.length < 400; k++) keys.push(new Date(k * 864e5).toISOString().slice(0, 10));
  else if (step === "month") for (let y = Number(from.slice(0, 4)), m = Number(from.slice(5, 7) || 1); keys.length < 400; m++) { if (m > 12) { m = 1; y += 1; } const key = String(y).padStart(4, "0") + "-" + String(m).padStart(2, "0"); keys.push(key); if (key >= to.slice(0, 7)) break; }
  else for (let k = Number(from.slice(0, size)); k <= Number(to.slice(0, size)) && keys.length < 400; k++) keys.push(String(k).padStart(size, "0"));
  return { keys, size, name: STEPS[step][1], step };
}
const DATED = [...new Set(D.claims.map(dateOf).filter((d) => /^\d{4}(-\d\d(-\d\d)?)?$/.test(d)))];
const bins = DATED.length > 1 ? binsOf(DATED) : null;
const firstDay = (key) => (key.length === 3 ? key + "0-01-01" : (key + "-01-01").slice(0, 10));
function lastDay(key) {
  if (key.length === 10) return key;
  if (key.length === 7) return new Date(Date.UTC(Number(key.slice(0, 4)), Number(key.slice(5, 7)), 0)).toISOString().slice(0, 10);
  return (key.length === 3 ? key + "9" : key) + "-12-31";
}
function paintTimeline() {
  if (!bins) return;
  const was = [state.from, state.to], counts = new Map(bins.keys.map((key) => [key, 0]));
  let rough = 0, undated = 0;
  state.from = state.to = "";
  for (const c of D.claims) {
    const date = dateOf(c);
    if (!passes(c)) continue;
    if (!date) undated += 1;
    else if (counts.has(date.slice(0, bins.size))) counts.set(date.slice(0, bins.size), counts.get(date.slice(0, bins.size)) + 1);
    else rough += 1;
  }
  [state.from, state.to] = was;
  const W = 208, H = 44, n = bins.keys.length, step = W / n, most = Math.max(1, ...counts.values());
  const picked = (key) => (!state.from && !state.to) || isIn(key.length === 3 ? key + "0" : key, state.from, state.to);
  const root = svg("svg", { viewBox: `0 0 ${W} ${H}`, preserveAspectRatio: "none", role: "img", "aria-label": "Statements by " + bins.step + ", from " + bins.name(bins.keys[0]) + " to " + bins.name(bins.keys[n - 1]) + ". The two fields below choose a period." });
  bins.keys.forEach((key, k) => {
    const v = counts.get(key), h = v ? Math.max(3, (H - 4) * Math.sqrt(v / most)) : 0, gap = Math.min(1.5, step * 0.2);
    root.append(svg("rect", { class: "bar-" + (picked(key) ? "in" : "out"), x: k * step + gap / 2, y: H - h, width: Math.max(0.6, step - gap), height: h }),
      svg("rect", { class: "hit", x: k * step, y: 0, width: step, height: H }, svg("title", { text: bins.name(key) + ": " + plural(v, "statement") })));
  });
  let from = null;
  const at = (event) => { const box = root.getBoundingClientRect(); return Math.max(0, Math.min(n - 1, Math.floor((event.clientX - box.left) / box.width * n))); };
  root.addEventListener("pointerdown", (event) => { from = at(event); attempt(() => root.setPointerCapture(event.pointerId)); });
  root.addEventListener("pointerup", (event) => {
    if (from === null) return;
    const ends = [from, at(event)].sort((a, b) => a - b), first = firstDay(bins.keys[ends[0]]), last = lastDay(bins.keys[ends[1]]);
    from = null;
    [state.from, state.to] = state.from === first && state.to === last ? ["", ""] : [first, last];
    showFilters(); refresh();
  });
  const notes = [undated ? count(undated) + " without a date" : "", rough ? count(rough) + " dated less exactly" : ""].filter(Boolean).join(", ");
  $("timeline").replaceChildren(root, el("p", { class: "ends", "aria-hidden": "true" }, el("span", { text: bins.name(bins.keys[0]) }), el("span", { text: bins.name(bins.keys[n - 1]) })), notes ? el("p", { class: "small", text: notes }) : "");
}
function swatch(f) {
  const box = svg("svg", { width: 38, height: 14, viewBox: "0 0 38 14", "aria-hidden": "true" });
  box.append(svg("path", { d: "M1,7H" + (f.head === "bar" ? 34 : 29), stroke: colour(f.id), "stroke-width": 2.4, fill: "none", "stroke-dasharray": f.dash.length ? f.dash.join(" ") : null }));
  box.append(f.head === "bar" ? svg("path", { d: "M35,1.5V12.5", stroke: colour(f.id), "stroke-width": 3 }) : svg("path", { d: "M28,2.2L37,7L28,11.8Z", fill: colour(f.id) }));
  return box;
}
function paintLegend() {
  $("legend").replaceChildren(...present.map((f) => {
    const check = el("input", { type: "checkbox", value: f.id });
    check.checked = !state.off.has(f.id);
    check.addEventListener("change", () => { if (check.checked) state.off.delete(f.id); else state.off.add(f.id); refresh(); });
    return el("li", null, el("label", null, check, swatch(f), el("span", { text: f.label }), el("span", { class: "n", text: count(D.claims.filter((c) => c.family === f.id).length) })));
  }));
  const p = palette(), kinds = new Set(nodes.map((n) => n.kind)), shape = (attrs) => svg("svg", { width: 44, height: 20, viewBox: "0 0 44 20", "aria-hidden": "true" }, svg("rect", { x: 2, y: 2, width: 40, height: 16, ...attrs }));
  const SHAPES = [["actor", "an actor", { rx: 3, fill: p.actor }], ["author", "the text\u2019s own voice", { rx: 3, fill: p.oval, stroke: p.edge, "stroke-width": 1.4, "stroke-dasharray": "5 3" }], ["matter", "what it is about", { rx: 8, fill: p.oval, stroke: p.edge, "stroke-width": 1.4 }], ["factor", "a factor or cause", { rx: 8, fill: p.oval, stroke: p.edge, "stroke-width": 1.4, "stroke-dasharray": "2 3" }], ["response", "a response", { rx: 1, fill: p.oval, stroke: p.edge, "stroke-width": 2 }]];
  $("shapes").replaceChildren(el("span", { class: "title", text: "Shapes" }), ...SHAPES.filter(([kind]) => kinds.has(kind)).map(([, text, attrs]) => el("p", null, shape(attrs), el("span", { text }))));
}
function applyTheme() {
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  $("do-dark").setAttribute("aria-pressed", dark);
  $("do-dark").textContent = dark ? "Light" : "Dark";
  $("do-dark").setAttribute("aria-label", "Dark mode, switch to " + (dark ? "light" : "dark"));
  paintLegend();
  paintKey();
  paintEvidence();
  paintTab();
  if (state.tab !== "network" && drawing) paintNetwork();
}

// ---------------------------------------------------------------- links to this view
function writeHash() {
  const h = new URLSearchParams();
  if (state.claim !== null) h.set("claim", D.claims[state.claim].id);
  if (state.thing !== null) h.set(thing(state.thing).actor ? "actor" : "matter", actorId(thing(state.thing)));
  if (state.tab !== "network") h.set("tab", state.tab);
  if ([...state.off].sort().join() !== FIRST_OFF.split(",").sort().join()) h.set("off", [...state.off].sort().join(" ") || "none");
  if (state.speaker !== "") h.set("speaker", state.speaker === String(TEXTS) ? "texts" : actorId(thing(Number(state.speaker))));
  if (state.tab === "source" && MANY && state.reading !== null && state.claim === null) h.set("read", state.reading);
  if (state.doc !== "") h.set("doc", state.doc);
  for (const k of ["q", "from", "to"]) if (state[k]) h.set(k, state[k]);
  if (state.min) h.set("min", state.min);
  if (state.size !== "claims") h.set("size", state.size);
  if (state.colour !== "alike") h.set("colour", state.colour);
  attempt(() => history.replaceState(null, "", h.size ? "#" + h : location.pathname + location.search));
}
function readHash() {
  const h = new URLSearchParams(location.hash.slice(1));
  const find = (id) => { const i = D.things.findIndex((t) => actorId(t) === id); return i < 0 ? null : i; };
  if (h.has("off")) state.off = new Set(h.get("off").split(" ").filter((f) => families.has(f)));
  if (TABS.some(([id]) => id === h.get("tab"))) state.tab = h.get("tab");
  const speaker = find(h.get("speaker"));
  state.speaker = h.get("speaker") === "texts" && MANY ? String(TEXTS) : speaker === null ? "" : String(speaker);
  state.reading = /^\d+$/.test(h.get("read") || "") && D.documents[h.get("read")] ? Number(h.get("read")) : null;
  state.doc = D.documents[h.get("doc")] ? h.get("doc") : "";
  for (const k of ["q", "from", "to"]) state[k] = h.get(k) || "";
  state.min = Math.max(0, Math.min(100, Number(h.get("min")) || 0));
  state.size = Object.hasOwn(SIZES, h.get("size") || "") ? h.get("size") : "claims";
  state.colour = Object.hasOwn(COLOURS, h.get("colour") || "") ? h.get("colour") : "alike";
  state.claim = byId.has(h.get("claim")) ? byId.get(h.get("claim")) : null;
  state.thing = state.claim === null ? find(h.get("actor") || h.get("matter")) : null;
  if (state.claim !== null) { state.off.delete(D.claims[state.claim].family); state.reading = D.claims[state.claim].doc ?? state.reading; }
}
function showFilters() {
  if (state.speaker !== "" && !$("speaker").querySelector(`option[value="${Number(state.speaker)}"]`)) $("speaker").append(el("option", { value: state.speaker, text: voiceName(Number(state.speaker)).slice(0, 80) }));
  $("q").value = state.q; $("speaker").value = state.speaker; $("doc").value = state.doc; $("min").value = state.min; $("minout").textContent = state.min + "%";
  $("from").value = state.from; $("to").value = state.to;
}
function reset() {
  Object.assign(state, { off: new Set(FIRST_OFF ? FIRST_OFF.split(",") : []), q: "", speaker: "", doc: "", min: 0, from: "", to: "" });
  showFilters(); paintLegend(); refresh();
}

// ---------------------------------------------------------------- taking it away
function save(blob, name) {
  const url = URL.createObjectURL(blob), a = el("a", { href: url, download: name });
  document.body.append(a); a.click(); a.remove();
  setTimeout(() => URL.revokeObjectURL(url), 4000);
}
const fileName = (end) => (D.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60).toLowerCase() || "respgraph") + "." + end;
async function copy(text) {
  let done = await attempt(() => navigator.clipboard.writeText(text).then(() => true, () => false), false);
  if (!done) {
    const box = el("textarea", { "aria-hidden": "true" });
    box.value = text; box.style.position = "fixed"; box.style.opacity = "0";
    document.body.append(box); box.select();
    done = attempt(() => document.execCommand("copy"), false);
    box.remove();
  }
  toast(done ? "Copied" : "Copying is not allowed here");
}
/* A cell that starts like a formula gets a quote: spreadsheets run it otherwise (OWASP, CSV injection). */
function csvCell(value) {
  let text = String(value ?? "");
  if (/^[\s]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text)) text = "'" + text;
  return '"' + text.replace(/"/g, '""') + '"';
}
function csv() {
  const head = ["id", "type", "family", "speaker", "says", "bearer", "about", "stance", "degree", "sense", "modality", "hedged", "confidence", "quote", "start_utf16", "end_utf16", "document", "date", "forum", "rule", "iri"];
  const rows = shown.map((i) => {
    const c = D.claims[i], v = c.values || {}, doc = D.documents[c.doc] || {}, p = say(c);
    const plain = ["cause", "response", "definition"].includes(c.type);
    return [c.id, c.type, c.family, nameOf(c.speaker), c.verb, plain ? titleOf(c) : p.right, p.about, v.stance, v.degree, v.sense, v.modality, c.hedged ? "yes" : "", c.confidence, quoteOf(c), c.at ? c.at[0] : "", c.at ? c.at[1] : "", doc.title, dateOf(c), c.forum, c.rule, c.iri];
  });
  return "\ufeff" + [head, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
}
function edgeOf(n, dx, dy) { // where a ray from the middle of a box leaves it
  const s = Math.min(n.w / 2 / Math.max(1e-6, Math.abs(dx)), n.h / 2 / Math.max(1e-6, Math.abs(dy)));
  return [dx * s, dy * s];
}
/* What size and colour mean, for the legend of a picture that leaves the page. */
function keyRows() {
  const chip = (g) => svg("svg", { width: 38, height: 14, viewBox: "0 0 38 14" }, svg("rect", { x: 8, y: 0, width: 24, height: 14, rx: 4, fill: D.tints[g.tint][dark ? 1 : 0] }), svg("text", { x: 20, y: 11, "font-size": 10.5, "font-weight": 600, "text-anchor": "middle", fill: palette().onActor, text: g.badge }));
  const rows = groupsOfColour().slice(0, CHIPS + 3).map((g) => ({ text: g.text + (g.more ? " +" + g.more : ""), mark: () => chip(g) }));
  const size = () => svg("svg", { width: 38, height: 14, viewBox: "0 0 38 14" }, svg("rect", { x: 1, y: 5, width: 12, height: 8, rx: 2, fill: palette().actor }), svg("rect", { x: 16, y: 0, width: 21, height: 13, rx: 3, fill: palette().actor }));
  return state.size === "claims" ? rows : [...rows, { text: "Size: " + SIZES[state.size].replace("times ", ""), mark: size }];
}
function picture() {
  if (large) return large.picture();
  const live = liveNodes(), at = drawing ? drawing.places() : {}, spot = (id) => at[id] || nodes[id];
  const box = frameOf(live) || [0, 0, 300, 100], p = palette(), pad = 24, legend = [...present.filter((f) => !state.off.has(f.id)).map((f) => ({ text: f.label, mark: () => swatch(f) })), ...keyRows()];
  const left = box[0] - pad, top = box[1] - pad - 44, columns = Math.max(1, Math.floor((box[2] - box[0] + 2 * pad) / 200)), rows = Math.ceil(legend.length / columns);
  const width = Math.max(box[2] - box[0] + 2 * pad, 360), height = box[3] - box[1] + 2 * pad + 44 + rows * 22 + 12;
  const root = svg("svg", { xmlns: SVG, width: Math.round(width), height: Math.round(height), viewBox: [left, top, width, height].map(Math.round).join(" "), "font-family": UI });
  root.append(svg("title", { text: D.title }), svg("rect", { x: left, y: top, width, height, fill: p.bg }));
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = "600 18px " + UI;
  let head = D.title;
  while (head.length > 3 && pen.measureText(head).width > width - 2 * pad) head = head.slice(0, -2).trimEnd() + "\u2026";
  root.append(svg("text", { x: left + pad, y: top + 32, "font-size": 18, "font-weight": 600, fill: p.ink, text: head }));
  const over = svg("g", null);
  for (const e of edges) {
    const n = e.claims.filter((i) => shownSet.has(i)).length;
    if (!n) continue;
    const a = spot(e.from), b = spot(e.to), f = families.get(e.family), c = colour(e.family), w = (e.part === "said" ? 2 : 1.5) + Math.min(2.5, Math.log2(n));
    if (e.from === e.to) { const m = nodes[e.from]; over.append(svg("circle", { cx: a.x + m.w / 2, cy: a.y - m.h / 2, r: 14, fill: "none", stroke: c, "stroke-width": w, "stroke-dasharray": f.dash.join(" ") || null })); continue; }
    const dx = b.x - a.x, dy = b.y - a.y, mx = (a.x + b.x) / 2 + dy * e.bend, my = (a.y + b.y) / 2 - dx * e.bend;
    const [sx, sy] = edgeOf(nodes[e.from], mx - a.x, my - a.y), [tx, ty] = edgeOf(nodes[e.to], mx - b.x, my - b.y);
    const x1 = a.x + sx, y1 = a.y + sy, x2 = b.x + tx, y2 = b.y + ty, len = Math.hypot(x2 - mx, y2 - my) || 1, ux = (x2 - mx) / len, uy = (y2 - my) / len, r = Math.round;
    const stop = f.head === "bar" ? 1 : 8;
    root.append(svg("path", { d: `M${r(x1)},${r(y1)}Q${r(mx)},${r(my)} ${r(x2 - ux * stop)},${r(y2 - uy * stop)}`, fill: "none", stroke: c, "stroke-width": w, "stroke-dasharray": f.dash.join(" ") || null }));
    root.append(f.head === "bar" ? svg("path", { d: `M${r(x2 - uy * 7)},${r(y2 + ux * 7)}L${r(x2 + uy * 7)},${r(y2 - ux * 7)}`, stroke: c, "stroke-width": 3 })
      : svg("path", { d: `M${r(x2)},${r(y2)}L${r(x2 - ux * 11 - uy * 5)},${r(y2 - uy * 11 + ux * 5)}L${r(x2 - ux * 11 + uy * 5)},${r(y2 - uy * 11 - ux * 5)}Z`, fill: c }));
    const middle = middleOf(e, a, b);
    if (n > 1 && middle.room >= ROOM) over.append(svg("text", { x: r(middle.x), y: r(middle.y) + 5, "font-size": 14, "font-weight": 600, "text-anchor": "middle", fill: c, stroke: p.bg, "stroke-width": 4, "paint-order": "stroke", text: "\u00d7" + n }));
  }
  for (const id of live) {
    const n = nodes[id], { x, y } = spot(id), tint = tintOfNode(id), actor = n.kind === "actor" || tint !== null, badge = badgeOfNode(id);
    if (n.kind !== "name") over.append(svg("rect", { x: Math.round(x - n.w / 2), y: Math.round(y - n.h / 2), width: n.w, height: n.h, rx: radius(n), fill: tint || (actor ? p.actor : p.oval), stroke: tint || (actor ? p.actor : p.edge), "stroke-width": n.kind === "response" ? 2 : 1.4, "stroke-dasharray": borderDash(n).join(" ") || null }));
    n.rows.forEach((row, k) => over.append(svg("text", { x: Math.round(x), y: Math.round(y + (k - (n.rows.length - 1) / 2) * n.size * 1.25 + n.size * 0.35), "font-size": n.size, "text-anchor": "middle", fill: actor ? p.onActor : p.ink, "font-weight": actor && n.size > 15 ? 600 : null, text: row })));
    if (badge) over.append(svg("circle", { cx: Math.round(x - n.w / 2 + 1), cy: Math.round(y - n.h / 2 + 1), r: 8.5, fill: p.bg, stroke: tint, "stroke-width": 1.5 }), svg("text", { x: Math.round(x - n.w / 2 + 1), y: Math.round(y - n.h / 2 + 5), "font-size": 11, "font-weight": 600, "text-anchor": "middle", fill: p.ink, text: badge }));
  }
  root.append(over);
  legend.forEach((f, k) => {
    const x = left + pad + (k % columns) * 200, y = box[3] + pad + 16 + Math.floor(k / columns) * 22, s = f.mark();
    s.setAttribute("x", x); s.setAttribute("y", y - 11);
    root.append(s, svg("text", { x: x + 46, y, "font-size": 12, fill: p.ink, text: f.text.length > 26 ? f.text.slice(0, 25) + "\u2026" : f.text }));
  });
  return root;
}
// XML has no place for NUL and its like: the reader of the file would refuse all of it.
const svgText = () => '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(picture()).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
function savePng() {
  const text = svgText(), url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" })), image = new Image();
  image.onload = () => {
    const scale = Math.min(2, 8000 / Math.max(image.width, image.height)), canvas = el("canvas", { width: Math.round(image.width * scale), height: Math.round(image.height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => { URL.revokeObjectURL(url); save(blob, fileName("png")); }, "image/png");
  };
  image.onerror = () => toast("The picture could not be made");
  image.src = url;
}
const PRINTED = 2000; // rows on paper; more would hold the browser for minutes
function paper() {
  const was = dark;
  dark = false;
  const table = el("table", null, el("thead", null, el("tr", null, ...["Who says it", "Says", "Whom", "For what", "In these words"].map((text) => el("th", { text })))), el("tbody", null, ...shown.slice(0, PRINTED).map((i) => {
    const c = D.claims[i];
    return el("tr", null, ...[0, 1, 2, 3].map((k) => el("td", { text: COLUMNS[k][1](c) })), el("td", { text: "\u201c" + quoteOf(c) + "\u201d" }));
  })));
  $("paper").replaceChildren(picture(), el("p", { class: "note", text: plural(shown.length, "statement") + (shown.length > PRINTED ? ", the first " + PRINTED.toLocaleString("en") + " listed" : "") + ". Each is something somebody said, with its words; none is a finding." }), table);
  dark = was;
}

// ---------------------------------------------------------------- start
function start() {
  const actors = D.things.filter((t) => t.actor && !t.author).length, matters = D.things.filter((t) => !t.actor).length;
  const held = D.narrowed ? count(D.claims.length) + " of " + plural(D.total, "statement") : plural(D.claims.length, "statement");
  $("counts").textContent = [held + " from " + (D.documents.length === 1 ? "one text" : plural(D.documents.length, "text")), plural(actors, "actor"), plural(matters, "matter")].join(" \u00b7 ");
  if (D.narrowed) $("counts").after(el("p", { id: "narrowed", text: "This page was made with only what is " + D.narrowed + "." + (D.undated ? " " + plural(D.undated, "statement") + " without a date " + (D.undated === 1 ? "is" : "are") + " not on it." : "") }));
  if (D.repeats) {
    const [texts, claims] = D.repeats;
    $("counted").hidden = false;
    $("counted").textContent = plural(texts, "text") + (texts === 1 ? " nearly repeats" : " nearly repeat") + " another. " + (texts === 1 ? "Its " : "Their ") + plural(claims, "statement") + (claims === 1 ? " is" : " are") + " shown but not counted by measures: those count " + count(D.claims.length - claims) + " statements of " + plural(D.documents.length - texts, "text") + ".";
  }
  if (location.protocol === "about:") $("do-link").hidden = true;
  const clash = conflicts(), clashes = clash.sides.length + clash.shifts.length + clash.rivals.length;
  $("tabs").replaceChildren(...TABS.map(([id, text]) => {
    const tab = button(text, () => openTab(id), { id: "t-" + id, role: "tab", "aria-controls": "p-" + id });
    if (id === "conflicts" && clashes) tab.append(el("span", { class: "n", text: count(clashes) }));
    return tab;
  }));
  const voices = new Map();
  for (const c of D.claims) if (c.speaker !== undefined) voices.set(voiceOf(c), (voices.get(voiceOf(c)) || 0) + 1);
  const loudest = [...voices].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  $("speaker").append(el("option", { value: "", text: "Anyone" }), ...loudest.slice(0, 120).map(([i, n]) => el("option", { value: i, text: (i === TEXTS ? voiceName(i) : fullOf(i)).slice(0, 90) + " (" + count(n) + ")" })));
  if (loudest.length > 120) $("speaker").append(el("option", { disabled: true, text: "and " + count(loudest.length - 120) + " more: search finds them" }));
  $("docbox").hidden = D.documents.length < 2;
  $("doc").append(el("option", { value: "", text: "All " + count(D.documents.length) + " documents" }), ...D.documents.map((doc, k) => [doc.title, k]).sort((a, b) => inOrder(a[0], b[0]) || a[1] - b[1]).map(([title, k]) => el("option", { value: k, text: title.slice(0, 80) })));
  $("datebox").hidden = !bins;
  if (!large) $("hint").textContent = (D.leftOut ? "The picture shows the " + edges.length + " strongest of " + count(edges.length + D.leftOut) + " lines; the tables show all. " : "") + (innerWidth < 640 ? "Tap a line for its words, drag to move" : "Click a line for the words it comes from" + (nodes.length > 40 ? "; drag to move, scroll to zoom" : ""));
  offerLooks();
  readHash();
  showFilters();
  applyLooks();
  let waiting = 0;
  $("q").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => { state.q = $("q").value.trim(); refresh(); }, 120); });
  $("speaker").addEventListener("change", () => { state.speaker = $("speaker").value; refresh(); });
  $("doc").addEventListener("change", () => { state.doc = $("doc").value; refresh(); });
  $("min").addEventListener("input", () => { state.min = Number($("min").value); $("minout").textContent = state.min + "%"; refresh(); });
  for (const k of ["from", "to"]) $(k).addEventListener("change", () => { state[k] = $(k).value; refresh(); });
  $("reset").addEventListener("click", reset);
  $("reset2").addEventListener("click", reset);
  $("zin").addEventListener("click", () => zoom(1.3));
  $("zout").addEventListener("click", () => zoom(1 / 1.3));
  $("zfit").addEventListener("click", () => { touched = false; showAll(); });
  $("do-link").addEventListener("click", () => copy(location.href));
  $("do-png").addEventListener("click", savePng);
  $("do-svg").addEventListener("click", () => save(new Blob([svgText()], { type: "image/svg+xml" }), fileName("svg")));
  $("do-csv").addEventListener("click", () => save(new Blob([csv()], { type: "text/csv;charset=utf-8" }), fileName("csv")));
  $("do-print").addEventListener("click", () => window.print());
  $("do-help").addEventListener("click", () => $("help").showModal());
  $("do-dark").addEventListener("click", () => { dark = !dark; attempt(() => localStorage.setItem("respgraph-theme", dark ? "dark" : "light")); applyTheme(); });
  window.addEventListener("beforeprint", paper);
  window.addEventListener("hashchange", () => { readHash(); showFilters(); applyLooks(); paintLegend(); openTab(state.tab); refresh(); refreshChoice(); });
  $("fold").addEventListener("click", () => { const shut = document.querySelector(".filters").classList.toggle("closed"); $("fold").setAttribute("aria-expanded", !shut); });
  document.querySelector(".filters").classList.add("closed");
  $("tabs").addEventListener("keydown", (event) => {
    const at = TABS.findIndex(([id]) => id === state.tab), to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: TABS.length - 1 }[event.key];
    if (to !== undefined) { event.preventDefault(); event.stopPropagation(); openTab(TABS[(to + TABS.length) % TABS.length][0], true); }
  });
  $("net").addEventListener("keydown", (event) => {
    const act = { ArrowRight: () => step(1), ArrowDown: () => step(1), ArrowLeft: () => step(-1), ArrowUp: () => step(-1), "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: () => { touched = false; showAll(); }, Enter: () => $("evidence").focus() }[event.key];
    if (act && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); act(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !$("help").open) { clearChoice(); return; }
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") { event.preventDefault(); document.querySelector(".filters").classList.remove("closed"); $("fold").setAttribute("aria-expanded", true); $("q").focus(); }
    else if (event.key === "[") step(-1);
    else if (event.key === "]") step(1);
    else if (event.key === "?") $("help").showModal();
  });
  const tab = state.tab;
  state.tab = "network";
  started = true;
  applyTheme();
  refresh();
  openTab(tab);
  refreshChoice();
  for (const canvas of $("net").querySelectorAll("canvas")) canvas.setAttribute("aria-hidden", "true");
}
start();

// Read-only: where things are drawn, for tests and for pages that embed this one.
const named = (e) => ({ id: e.id, from: nodes[e.from].full, to: nodes[e.to].full, family: e.family, claims: e.claims.filter((i) => !large || shownSet.has(i)).map((i) => D.claims[i].id) });
window.respgraph = Object.freeze({
  large,
  claims: D.claims.length,
  lines: () => (large ? large.lines() : edges.filter((e) => e.claims.some((i) => shownSet.has(i)))).map(named),
  spot: (id) => {
    if (large) return large.spot(id);
    const e = edges[id], at = drawing.places([e.from, e.to]), a = at[e.from], b = at[e.to], box = $("net").getBoundingClientRect();
    const [sx, sy] = edgeOf(nodes[e.from], b.x - a.x, b.y - a.y), [tx, ty] = edgeOf(nodes[e.to], a.x - b.x, a.y - b.y);
    const k = e.bend === 0 ? 0 : 0.5, mid = drawing.onScreen({ x: (a.x + sx + b.x + tx) / 2 + (b.y - a.y) * e.bend * k, y: (a.y + sy + b.y + ty) / 2 - (b.x - a.x) * e.bend * k });
    return { x: mid.x + box.left, y: mid.y + box.top };
  },
  box: (id) => { if (large) return large.box(id); const m = drawing.onScreen(drawing.places([id])[id]), box = $("net").getBoundingClientRect(); return { x: m.x + box.left, y: m.y + box.top }; },
  csv, svg: svgText,
});
})();
