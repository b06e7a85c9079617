"use strict";
// The network tab of a graph of more than a thousand lines: sigma draws lines and dots by WebGL, this script the
// boxes, line ends and counts above them, and never more than can be read. Loaded before page.js, which calls it.
// All places come from the file; what is computed here is which part to show, and room around its boxes.

/* Records from columns: view/compact.py says how they are written. */
globalThis.respgraphUnpack = (page) => {
  const records = (columns) => {
    const out = Array.from({ length: columns.n }, () => ({}));
    for (const [name, column] of Object.entries(columns)) {
      if (name === "n") continue;
      const values = column.i ? column.i.map((k) => column.t[k]) : column.v;
      values.forEach((value, k) => { if (value !== null) out[column.at ? column.at[k] : k][name] = value; });
    }
    return out;
  };
  if (page.packed) {
    page.things = records(page.things);
    for (const thing of page.things) {
      thing.iri = thing.home + thing.tail;
      if (thing.short === undefined) thing.short = thing.label;
      else if (typeof thing.short === "number") thing.short = thing.label.slice(0, thing.short) + "\u2026";
    }
    page.claims = records(page.claims);
    for (const claim of page.claims) {
      if (claim.iri === undefined) claim.iri = page.documents[claim.doc].iri + "/c/" + claim.id;
      const start = claim.start || 0;
      if (claim.start !== undefined) claim.at = [start, start + claim.size];
      if (claim.trigger) claim.trigger = [start + claim.trigger[0], start + claim.trigger[0] + claim.trigger[1]];
      if (claim.marks) {
        const flat = claim.marks;
        claim.marks = [];
        for (let k = 0; k < flat.length; k += 3) claim.marks.push([page.packed.slots[flat[k]], start + flat[k + 1], start + flat[k + 1] + flat[k + 2]]);
      }
    }
  }
  const large = page.large;
  if (large) {
    const KIND = { a: "actor", u: "author", m: "matter", f: "factor", r: "response", n: "name" };
    const ends = [...page.things.map((t) => [t.label, t.short ?? t.label]), ...large.names.map((name) => [name, name.length > 44 ? name.slice(0, 43) + "\u2026" : name])];
    page.nodes = ends.map(([full, short], id) => ({ id, full, short, label: short, kind: KIND[large.kinds[id]] })); // a thing's number is its node's
    let at = 0;
    page.edges = large.from.map((from, id) => ({ id, from, to: large.to[id], family: page.families[large.family[id]].id, part: large.said[id] === "s" ? "said" : "about", claims: large.claims.slice(at, (at += large.many[id])), bend: 0 }));
  }
  return page;
};

globalThis.respgraphLarge = (page) => {
const { D, nodes, edges, state, families, palette, colour, isShown, el, svg, button, plural, UI, $, fontOf } = page;
const tintOf = (id) => (id >= 0 && id < D.things.length ? page.tintOf(id) : null), badgeOf = (id) => (id >= 0 && id < D.things.length ? page.badgeOf(id) : "");
const homeOf = (id) => (id < D.things.length && D.things[id].apart && nodes[id].kind !== "author" ? D.things[id].apart : "");
const nameOf = (id) => nodes[id].short + (homeOf(id) ? " (" + homeOf(id) + ")" : "");
const L = D.large, lib = globalThis.respgraphSigma, PAGE = 18;
const FONT = (size, bold) => (bold ? "600 " : "") + size + "px " + UI;
const pen = document.createElement("canvas").getContext("2d");
const number = (n) => n.toLocaleString("en");
const pane = $("net");
$("p-network").classList.add("large");

// ---------------------------------------------------------------- which lines are alive, and how strong
const lineOfClaim = new Map();
for (const e of edges) for (const i of e.claims) { const held = lineOfClaim.get(i); if (held) held.push(e.id); else lineOfClaim.set(i, [e.id]); }
const linesOf = nodes.map(() => []);
for (const e of edges) { linesOf[e.from].push(e.id); if (e.to !== e.from) linesOf[e.to].push(e.id); }
const live = new Int32Array(edges.length), weight = new Int32Array(nodes.length);
// A line between two actors with names says more than one to a matter or from a "we" that nobody can place.
const NAMED = nodes.map((n) => n.kind === "actor" && !n.full.includes("(not resolved)"));
const between = Uint8Array.from(edges, (e) => (NAMED[e.from] && NAMED[e.to] && e.from !== e.to ? 1 : 0));
let ranked = [], defaults = true;
let counted = null;
function relive() {
  if (counted === page.shown()) return false;
  counted = page.shown();
  weight.fill(0);
  for (const e of edges) {
    let n = 0;
    for (const i of e.claims) if (isShown(i)) n++;
    live[e.id] = n;
    weight[e.from] += n;
    if (e.to !== e.from) weight[e.to] += n;
  }
  ranked = [];
  for (let i = 0; i < live.length; i++) if (live[i]) ranked.push(i);
  // Between actors, then how often, then how much is said of the weaker end: one number each, for a quick sort.
  const key = new Float64Array(edges.length);
  for (const i of ranked) key[i] = ((between[i] * 1e5 + Math.min(live[i], 99999)) * 1e5 + Math.min(weight[edges[i].from], weight[edges[i].to], 99999)) * 1e4 + Math.min(9999, both(i));
  ranked.sort((a, b) => key[b] - key[a] || a - b);
  defaults = page.untouched();
  return true;
}

// ---------------------------------------------------------------- which part is shown
const FIRST = 50, FOUND = 130, MAP = 2000;
let view = { kind: L.open, group: -1, node: -1, first: 0, most: FIRST };
let scene = { nodes: [], lines: [], links: [], boxes: true };
const trail = [];
function go(next, keep) {
  if (!keep) trail.push(view);
  if (trail.length > 50) trail.shift();
  view = { kind: "strongest", group: -1, node: -1, first: 0, most: FIRST, ...next };
  hide();
  paint();
  fit();
}
function back() { const last = trail.pop(); if (last) { view = last; paint(); fit(); } }
const groupOf = (e) => [L.group[e.from], L.group[e.to]];
const wants = {
  strongest: () => ranked,
  group: () => { // lines inside the group before those that leave it
    const mine = ranked.filter((i) => groupOf(edges[i]).includes(view.group)), inside = (i) => groupOf(edges[i]).every((g) => g === view.group);
    return [...mine.filter(inside), ...mine.filter((i) => !inside(i))];
  },
  rest: () => ranked.filter((i) => groupOf(edges[i]).some((g) => g >= L.groups.length)),
  actor: () => linesOf[view.node].filter((i) => live[i]).sort((a, b) => live[b] - live[a] || both(b) - both(a) || a - b),
  map: () => ranked,
};
const both = (i) => weight[edges[i].from] + weight[edges[i].to];
function build() {
  if (view.kind === "groups") return buildGroups();
  const all = wants[view.kind](), most = gl ? view.most : Math.min(view.most, 600);
  const opening = view.kind === "strongest" && defaults && view.most === FIRST;
  let lines = opening ? L.strongest.lines.filter((i) => live[i]) : all.slice(0, most);
  const held = new Set(lines);
  for (const i of forced()) if (live[i] && !held.has(i)) lines.push(i);
  const endsOf = (list) => [...new Set(list.flatMap((i) => [edges[i].from, edges[i].to]))];
  if (view.kind === "map" && !defaults && view.most === MAP && endsOf(lines).length > FOUND) lines = lines.slice(0, FIRST);
  const ids = endsOf(lines);
  // What a search leaves of the map is read like any other part of the picture, if it is not too much.
  const boxes = view.kind === "map" ? !defaults && ids.length <= FOUND : ids.length <= 420;
  const out = { lines, links: [], boxes, total: all.length, nodes: [] };
  if (view.kind === "map" && !boxes) { const seen = new Set(ids); for (const n of nodes) if (weight[n.id] && !seen.has(n.id) && (nodes.length < 15000 || NAMED[n.id])) ids.push(n.id); }
  out.nodes = itemsOf(ids);
  if (view.kind === "actor") columns(out);
  else if (!boxes) {
    for (const n of out.nodes) { n.x = L.x[n.id]; n.y = L.y[n.id]; }
  } else room(out);
  return finish(out);
}
/* The lines of what is chosen stay in the picture. */
function forced() {
  if (view.kind === "map" || state.claim === null) return [];
  const mine = lineOfClaim.get(state.claim) || [];
  return mine.every((i) => fits(edges[i])) ? mine : [];
}
const fits = (e) => (view.kind === "actor" ? e.from === view.node || e.to === view.node : view.kind === "group" ? groupOf(e).includes(view.group) : true);
function wrap(text, size, limit, most, bold) {
  pen.font = FONT(size, bold);
  const rows = [];
  for (const word of text.slice(0, 160).split(" ")) { // more is cut anyway, letter by letter
    if (rows.length && pen.measureText(rows[rows.length - 1] + " " + word).width <= limit) rows[rows.length - 1] += " " + word; else rows.push(word);
  }
  const cut = rows.slice(0, most).map((row) => { while (row.length > 2 && pen.measureText(row).width > limit) row = row.slice(0, -2).trimEnd() + "\u2026"; return row; });
  if (rows.length > most) cut[most - 1] = cut[most - 1].replace(/\u2026$/, "") + "\u2026";
  return { rows: cut, width: Math.max(...cut.map((row) => pen.measureText(row).width)) };
}
const items = new Map();
/* A box and its words; twin: another of the same name is in the picture, so it says where they differ. */
function item(id, twin) {
  const n = nodes[id], voice = n.kind === "actor" || n.kind === "author", size = n.kind === "actor" ? fontOf(id) : n.kind === "author" ? 14.5 : 13.5, key = [id, size, twin].join();
  if (!items.has(key)) {
    const bold = n.kind === "actor" && size > 16;
    const { rows, width } = wrap(twin ? nameOf(id) : n.short, size, 150 + Math.max(0, size - 15) * 8, n.kind === "actor" && !twin ? 2 : 3, bold);
    items.set(key, { id, kind: n.kind, rows, size, bold, w: Math.round(width + (voice ? 20 : n.kind === "name" ? 12 : 26)), h: Math.round(rows.length * size * 1.25 + 13) });
  }
  return { ...items.get(key), x: 0, y: 0, weight: weight[id] };
}
/* Where there is room for no more: the beginning of a name in one row. */
const briefs = new Map();
function brief(n) {
  const key = n.rows.join("|") + n.size;
  if (!briefs.has(key)) { const { rows, width } = wrap(n.rows.join(" "), n.size, 88, 1, n.bold); briefs.set(key, { rows, w: Math.round(width + 18), h: Math.round(n.size * 1.25 + 9) }); }
  return briefs.get(key);
}
function itemsOf(ids) {
  const called = new Map();
  for (const id of ids) { const name = nodes[id].short.toLowerCase(); called.set(name, (called.get(name) || 0) + 1); }
  return ids.map((id) => item(id, Boolean(homeOf(id)) && called.get(nodes[id].short.toLowerCase()) > 1));
}
function finish(out) {
  out.at = new Map(out.nodes.map((n) => [n.id, n]));
  const rank = (n) => (n.kind === "group" || NAMED[n.id] ? 0 : n.kind === "actor" ? 1 : n.kind === "author" ? 2 : 1);
  out.order = [...out.nodes].sort((a, b) => (out.boxes ? 0 : rank(a) - rank(b)) || b.weight - a.weight || a.id - b.id);
  const twins = new Map();
  for (const line of [...out.lines.map((i) => edges[i]), ...out.links]) {
    const key = Math.min(line.from, line.to) + " " + Math.max(line.from, line.to);
    if (twins.has(key)) twins.get(key).push(line.id); else twins.set(key, [line.id]);
  }
  out.offset = new Map();
  const ends = new Map([...out.lines.map((i) => edges[i]), ...out.links].map((line) => [line.id, line]));
  for (const ids of twins.values()) if (ids.length > 1) ids.forEach((id, k) => { const e = ends.get(id); out.offset.set(id, (k - (ids.length - 1) / 2) * 11 * (e.from < e.to ? 1 : -1)); });
  let box = null;
  for (const n of out.nodes) {
    const w = out.boxes ? n.w / 2 : 0, h = out.boxes ? n.h / 2 : 0;
    box = box ? [Math.min(box[0], n.x - w), Math.min(box[1], n.y - h), Math.max(box[2], n.x + w), Math.max(box[3], n.y + h)] : [n.x - w, n.y - h, n.x + w, n.y + h];
  }
  if (box && !out.boxes) { // names are as large however far away: leave them room at the rim
    const W = pane.clientWidth || 800, H = pane.clientHeight || 600, k = Math.min((W - 110) / (box[2] - box[0] || 1), (H - 60) / (box[3] - box[1] || 1), 1.15);
    box = [box[0] - 55 / k, box[1] - 30 / k, box[2] + 55 / k, box[3] + 30 / k];
  }
  out.box = box || [-100, -60, 100, 60];
  // A node of the map has about 90 by 90 of its units: dots of a full view do not run into one.
  out.grain = Math.max(0.7, 32 * Math.min((pane.clientWidth || 800) / (out.box[2] - out.box[0]), (pane.clientHeight || 600) / (out.box[3] - out.box[1])));
  return out;
}
/* Places of the opening picture where there are any, else of the map, closer together; then no box on another. */
const strongAt = new Map(L.strongest.nodes.map((id, k) => [id, [L.strongest.x[k], L.strongest.y[k]]]));
function room(out) {
  const known = out.nodes.filter((n) => strongAt.has(n.id)), opening = known.length === out.nodes.length;
  if (known.length * 2 > out.nodes.length) {
    for (const n of known) [n.x, n.y] = strongAt.get(n.id);
    const at = new Map(known.map((n) => [n.id, n]));
    const wait = out.nodes.filter((n) => !at.has(n.id)), by = new Map(out.nodes.map((n) => [n.id, n]));
    for (let turn = 0; turn < 4 && wait.length; turn++) {
      for (const n of wait.splice(0)) {
        const near = linesOf[n.id].filter((i) => live[i]).map((i) => at.get(edges[i].from === n.id ? edges[i].to : edges[i].from)).filter(Boolean);
        if (!near.length && turn < 3) { wait.push(n); continue; }
        const k = at.size, home = near[0] || { x: 0, y: 0 };
        n.x = home.x + 190 * Math.cos(k * 2.39996); n.y = home.y + 110 * Math.sin(k * 2.39996);
        at.set(n.id, by.get(n.id));
      }
    }
    if (opening) return;
  } else {
    let area = 0, x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity;
    for (const n of out.nodes) { n.x = L.x[n.id]; n.y = L.y[n.id]; area += (n.w + 40) * (n.h + 34); x0 = Math.min(x0, n.x); y0 = Math.min(y0, n.y); x1 = Math.max(x1, n.x); y1 = Math.max(y1, n.y); }
    // By rank within the group, not by distance: far strays would press all others into one spot.
    const rank = (key, low, high, stretch) => { const sorted = [...out.nodes].sort((a, b) => a[key] - b[key] || a.id - b.id), side = Math.sqrt(area * 1.5) * stretch; sorted.forEach((n, k) => { n["to" + key] = 0.55 * side * (k / Math.max(1, sorted.length - 1) - 0.5) + 0.45 * side * ((n[key] - low) / Math.max(1, high - low) - 0.5); }); };
    rank("x", x0, x1, 1.25); rank("y", y0, y1, 0.8);
    for (const n of out.nodes) { n.x = n.tox; n.y = n.toy; }
  }
  apart(out.nodes);
}
function apart(list) {
  for (let turn = 0; turn < 260; turn++) {
    let moved = false;
    for (let i = 0; i < list.length; i++) for (let j = i + 1; j < list.length; j++) {
      const a = list[i], b = list[j], dx = b.x - a.x, dy = b.y - a.y;
      const lx = (a.w + b.w) / 2 + 24 - Math.abs(dx), ly = (a.h + b.h) / 2 + 20 - Math.abs(dy);
      if (lx <= 0.5 || ly <= 0.5) continue;
      moved = true;
      if (lx < ly * 1.5) { const p = lx * 0.5 * (dx < 0 ? -1 : 1); a.x -= p; b.x += p; } else { const p = ly * 0.5 * (dy < 0 ? -1 : 1); a.y -= p; b.y += p; }
    }
    if (!moved) break;
  }
}
/* Around one node: who speaks of it on the left, what it leads to on the right, strongest in the middle rows. */
function columns(out) {
  const main = out.nodes.find((n) => n.id === view.node);
  if (!main) return;
  const into = new Map(), from = new Map();
  for (const i of out.lines) {
    const e = edges[i];
    if (e.from === e.to) continue;
    if (e.to === view.node) into.set(e.from, (into.get(e.from) || 0) + live[i]);
    else if (e.from === view.node) from.set(e.to, (from.get(e.to) || 0) + live[i]);
  }
  for (const id of [...into.keys()]) if (from.has(id)) (into.get(id) > from.get(id) ? from : into).delete(id);
  const side = (counts, sign) => {
    const list = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([id]) => out.nodes.find((n) => n.id === id)).filter(Boolean), rows = 13;
    for (let c = 0, done = 0; done < list.length; c++) {
      const part = list.slice(done, done + rows), pitch = 64;
      done += rows;
      part.forEach((n, k) => { const slot = (k % 2 ? 1 : -1) * Math.ceil(k / 2); n.x = sign * (330 + c * 250); n.y = (slot + (c % 2 ? 0.5 : 0)) * pitch; });
    }
  };
  side(into, -1); side(from, 1);
  let stray = 0;
  for (const n of out.nodes) if (n !== main && n.x === 0) { n.x = (stray % 3 - 1) * 240; n.y = 520 + 64 * Math.floor(stray++ / 3); }
}
const groupName = (g) => L.groups[g].lead.map((id) => nodes[id].short).join(", ");
const textOf = (g) => { const d = L.groups[g]; return d.text >= 0 ? D.documents[d.text].title : plural(d.texts, "text"); };
function groupCounts() {
  const counts = new Map();
  for (const i of ranked) for (const g of new Set(groupOf(edges[i]))) counts.set(g, (counts.get(g) || 0) + live[i]);
  return counts;
}
function buildGroups() {
  const counts = groupCounts(), out = { lines: [], links: [], boxes: true, nodes: [] };
  const last = Math.min(view.first + PAGE, L.groups.length);
  for (let g = view.first; g < last; g++) {
    if (!counts.get(g)) continue;
    const d = L.groups[g], name = wrap(groupName(g), 14.5, 200, 2, true), text = wrap(textOf(g), 12.5, 200, 1), count = plural(counts.get(g), "line");
    out.nodes.push({ id: -10 - g, group: g, kind: "group", rows: name.rows, text: text.rows[0], count, size: 14.5, bold: true, w: 230, h: 92, x: d.x, y: d.y, weight: counts.get(g) });
  }
  const rest = [...counts].filter(([g]) => g >= last).reduce((sum, [, n]) => sum + n, 0), first = L.groups[view.first];
  if (rest && first && first.rest) out.nodes.push({ id: -2, kind: "group", rest: last, rows: [last < L.groups.length ? "More groups" : "Everything else"], text: [...counts.keys()].filter((g) => g >= last).length + " groups, smaller", count: plural(rest, "line"), size: 14.5, bold: true, w: 230, h: 92, x: first.rest[0], y: first.rest[1], weight: 1 });
  const here = new Set(out.nodes.map((n) => n.id));
  L.links.forEach(([a, b, n], k) => { if (out.links.length < 20 && here.has(-10 - a) && here.has(-10 - b)) out.links.push({ id: -10 - k, from: -10 - a, to: -10 - b, n }); });
  if (out.links.length * 2 < out.nodes.length) out.links = []; // in rows: a line would run behind boxes
  out.total = L.groups.length;
  return finish(out);
}

// ---------------------------------------------------------------- WebGL, or a plain canvas where there is none
const gl = Boolean(lib) && (() => { try { const c = document.createElement("canvas"); return Boolean(c.getContext("webgl2") || c.getContext("webgl")); } catch { return false; } })();
/* A straight line of pixels' width with a dash of up to six lengths; it may stand beside the middle line. */
function lineProgram() {
  const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
  return class extends lib.EdgeProgram {
    getDefinition() {
      return {
        VERTICES: 6, METHOD: TRIANGLES, UNIFORMS: ["u_matrix", "u_half"],
        VERTEX_SHADER_SOURCE: `
          attribute vec2 a_start, a_end; attribute vec4 a_color, a_id; attribute vec2 a_size; attribute vec3 a_on, a_off; attribute vec2 a_at;
          uniform mat3 u_matrix; uniform vec2 u_half;
          varying vec4 v_color; varying vec3 v_on, v_off; varying vec3 v_place;
          void main() {
            vec2 a = (u_matrix * vec3(a_start, 1.0)).xy * u_half, b = (u_matrix * vec3(a_end, 1.0)).xy * u_half;
            float len = max(length(b - a), 0.001); vec2 way = (b - a) / len, side = vec2(-way.y, way.x);
            float reach = a_size.x * 0.5 + 1.0;
            vec2 p = mix(a, b, a_at.x) + side * (a_size.y + a_at.y * reach);
            gl_Position = vec4(p / u_half, 0.0, 1.0);
            v_place = vec3(a_at.x * len, a_at.y * reach, a_size.x * 0.5); v_on = a_on; v_off = a_off;
            #ifdef PICKING_MODE
            v_color = a_id;
            #else
            v_color = a_color;
            #endif
            v_color.a *= 255.0 / 254.0;
          }`,
        FRAGMENT_SHADER_SOURCE: `
          precision highp float;
          varying vec4 v_color; varying vec3 v_on, v_off; varying vec3 v_place;
          void main() {
            #ifdef PICKING_MODE
            gl_FragColor = v_color;
            #else
            float alpha = 1.0 - smoothstep(v_place.z - 0.5, v_place.z + 0.5, abs(v_place.y));
            float period = v_on.x + v_on.y + v_on.z + v_off.x + v_off.y + v_off.z;
            if (v_off.x > 0.0) {
              float m = mod(v_place.x, period), s = v_on.x + v_off.x, t = s + v_on.y + v_off.y;
              if ((m > v_on.x && m < s) || (m > s + v_on.y && m < t) || m > t + v_on.z) alpha = 0.0;
            }
            gl_FragColor = vec4(v_color.rgb * alpha, alpha);
            #endif
          }`,
        ATTRIBUTES: [{ name: "a_start", size: 2, type: FLOAT }, { name: "a_end", size: 2, type: FLOAT }, { name: "a_size", size: 2, type: FLOAT }, { name: "a_on", size: 3, type: FLOAT }, { name: "a_off", size: 3, type: FLOAT }, { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true }, { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true }],
        CONSTANT_ATTRIBUTES: [{ name: "a_at", size: 2, type: FLOAT }],
        CONSTANT_DATA: [[0, 1], [0, -1], [1, 1], [1, 1], [0, -1], [1, -1]],
      };
    }
    processVisibleItem(id, at, source, target, data) {
      const d = data.dash || [], twice = d.length && d.length < 6;
      const on = d.length === 4 ? [d[0], d[2], 0] : twice ? [d[0], 0, 0] : [d[0] || 0, d[2] || 0, d[4] || 0];
      const off = d.length === 4 ? [d[1], d[3], 0] : twice ? [d[1], 0, 0] : [d[1] || 0, d[3] || 0, d[5] || 0];
      this.array.set([source.x, source.y, target.x, target.y, data.size, data.offset || 0, ...on, ...off, lib.floatColor(data.color), id], at);
    }
    setUniforms(params, { gl: context, uniformLocations }) {
      context.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
      context.uniform2f(uniformLocations.u_half, params.width / 2, params.height / 2);
    }
  };
}
const sheet = el("canvas", { class: "sheet-over", "aria-hidden": "true" });
let sigma = null, graph = null, flat = null;
function stage() {
  if (sigma || flat) return;
  if (gl) {
    graph = new lib.Graph({ type: "directed", multi: true, allowSelfLoops: true });
    sigma = new lib.Sigma(graph, pane, {
      allowInvalidContainer: true, renderLabels: false, enableEdgeEvents: false, enableCameraRotation: false, stagePadding: 34, zIndex: false,
      defaultDrawNodeHover: () => {}, defaultNodeType: "dot", nodeProgramClasses: { dot: lib.NodePointProgram }, nodeHoverProgramClasses: { dot: lib.NodePointProgram },
      defaultEdgeType: "line", edgeProgramClasses: { line: lineProgram() }, zoomDuration: still() ? 1 : 180, inertiaDuration: still() ? 1 : 200, doubleClickZoomingDuration: 1,
    });
    // Its picking reads pixels back at each move of the mouse and knows no boxes: hitAt below does without.
    sigma.getNodeAtPosition = () => null;
    sigma.on("afterRender", draw);
    sigma.on("resize", () => { if (!page.touched()) fit(); });
    sigma.getCamera().on("updated", () => hide());
    let last = null; // two clicks in a short time are a double click only on one place
    const click = (hit) => { last = [hit.event.x, hit.event.y]; pick(...last); };
    sigma.on("clickStage", click);
    const twice = (hit) => {
      hit.preventSigmaDefault();
      const { x, y } = hit.event, found = hitAt(x, y);
      if (last && Math.hypot(x - last[0], y - last[1]) > 8) click(hit);
      else if (found && found.node !== undefined && found.node >= 0) go({ kind: "actor", node: found.node });
    };
    sigma.on("doubleClickStage", twice);
    sigma.getMouseCaptor().on("mousedown", () => page.touch()); sigma.getMouseCaptor().on("wheel", () => page.touch());
  } else startFlat();
  pane.append(sheet);
  pane.addEventListener("pointermove", (event) => { const box = pane.getBoundingClientRect(); point(event, event.clientX - box.left, event.clientY - box.top); });
  pane.addEventListener("pointerleave", hide);
  for (const canvas of pane.querySelectorAll("canvas")) canvas.setAttribute("aria-hidden", "true");
}
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
/* Without WebGL: the same picture on a plain canvas, dragged and zoomed by hand. */
function startFlat() {
  flat = { x: 0, y: 0, scale: 1 };
  let held = null, moved = false;
  pane.addEventListener("pointerdown", (event) => { held = [event.clientX, event.clientY]; moved = false; pane.setPointerCapture(event.pointerId); });
  pane.addEventListener("pointermove", (event) => {
    if (!held) return;
    const dx = event.clientX - held[0], dy = event.clientY - held[1];
    if (!moved && Math.hypot(dx, dy) < 4) return;
    moved = true; page.touch(); held = [event.clientX, event.clientY];
    flat.x -= dx / flat.scale; flat.y -= dy / flat.scale; draw();
  });
  pane.addEventListener("pointerup", (event) => { const box = pane.getBoundingClientRect(); if (held && !moved) pick(event.clientX - box.left, event.clientY - box.top); held = null; });
  pane.addEventListener("wheel", (event) => { event.preventDefault(); page.touch(); flat.scale = Math.min(3, Math.max(0.01, flat.scale * (event.deltaY < 0 ? 1.2 : 1 / 1.2))); draw(); }, { passive: false });
  new ResizeObserver(() => { if (page.touched()) draw(); else fit(); }).observe(pane);
}
/* Scene -> pane: x' = x * k + dx, the same for y. */
function transform(camera) {
  if (flat) return { k: flat.scale, dx: pane.clientWidth / 2 - flat.x * flat.scale, dy: pane.clientHeight / 2 - flat.y * flat.scale };
  const cameraState = camera || sigma.getCamera().getState(), a = sigma.graphToViewport({ x: 0, y: 0 }, { cameraState }), b = sigma.graphToViewport({ x: 1000, y: 0 }, { cameraState });
  return { k: (b.x - a.x) / 1000, dx: a.x, dy: a.y };
}
function fit() {
  if (!(sigma || flat) || pane.clientWidth < 10) return;
  const [x0, y0, x1, y1] = scene.box, most = 1.15;
  if (flat) {
    flat.x = (x0 + x1) / 2; flat.y = (y0 + y1) / 2;
    flat.scale = Math.min((pane.clientWidth - 40) / (x1 - x0), (pane.clientHeight - 70) / (y1 - y0), most);
    draw();
    return;
  }
  const camera = sigma.getCamera();
  camera.setState({ x: 0.5, y: 0.5, angle: 0, ratio: 1 });
  const { k } = transform({ x: 0.5, y: 0.5, angle: 0, ratio: 1 }), narrow = pane.clientWidth < 640 && scene.boxes ? 0.5 : 0;
  if (k > most) camera.setState({ ratio: k / most });
  else if (k < narrow) { // a phone: the strongest node and a finger to drag
    camera.setState({ ratio: k / 0.62 });
    const lines = new Map();
    for (const i of scene.lines) for (const id of [edges[i].from, edges[i].to]) lines.set(id, (lines.get(id) || 0) + 1);
    const hub = [...scene.order].sort((a, b) => (lines.get(b.id) || 0) - (lines.get(a.id) || 0))[0], at = hub && sigma.getNodeDisplayData(String(hub.id));
    if (at) camera.setState({ x: at.x, y: at.y });
  }
}
function zoom(by) {
  page.touch();
  if (flat) { flat.scale = Math.min(3, Math.max(0.01, flat.scale * by)); draw(); return; }
  const camera = sigma.getCamera();
  camera.setState({ ratio: Math.min(3, Math.max(0.002, camera.ratio / by)) });
}

// ---------------------------------------------------------------- painting
const mix = (a, b, part) => "#" + [1, 3, 5].map((k) => Math.round(parseInt(a.slice(k, k + 2), 16) * (1 - part) + parseInt(b.slice(k, k + 2), 16) * part).toString(16).padStart(2, "0")).join("");
const thick = (n, part) => (part === "about" ? 1.4 : 1.9) + Math.min(3, Math.log2(Math.max(1, n)) * 0.8);
let focus = null, hovered = null, overLine = null;
function refocus() {
  const lit = new Set(), ends = new Set();
  let main = -1;
  if (state.claim !== null) for (const i of lineOfClaim.get(state.claim) || []) lit.add(i);
  if (state.line !== null) lit.add(state.line);
  if (state.thing !== null) { main = state.thing; for (const i of linesOf[main]) if (live[i]) lit.add(i); ends.add(main); }
  for (const i of lit) { ends.add(edges[i].from); ends.add(edges[i].to); }
  focus = lit.size || main >= 0 ? { lit, ends, main } : null;
}
function look(line, link) {
  const p = palette();
  if (link) return { size: 1 + Math.min(4, Math.log2(link.n) * 0.5), color: mix(p.edge, p.bg, 0.35), dash: [], offset: 0 };
  const n = live[line.id], lit = !focus || focus.lit.has(line.id), quiet = scene.boxes ? 0 : n > 1 ? 0.3 : 0.55;
  return { size: thick(n, line.part) * (scene.boxes ? 1 : 0.75) + (focus && lit ? 0.9 : 0), color: mix(colour(line.family), p.bg, lit ? (focus ? 0 : quiet) : 0.86), dash: families.get(line.family).dash, offset: scene.offset.get(line.id) || 0 };
}
function dot(n) {
  const p = palette(), lit = !focus || focus.ends.has(n.id);
  return { size: scene.boxes ? 3 : Math.min(6, scene.grain * (0.6 + 0.35 * Math.log2(1 + n.weight))), color: mix(tintOf(n.id) || (n.kind === "actor" ? p.actor : p.edge), p.bg, lit ? 0 : 0.8) };
}
let painted = "";
function paint() {
  stage();
  const changed = relive(), now = JSON.stringify(view) + pane.clientWidth + defaults + state.claim + page.lookNow();
  if (!changed && painted === now && scene.at) { recolour(); return; }
  painted = now;
  refocus();
  scene = build();
  if (sigma) {
    graph.clear();
    // Where there are boxes all is drawn above them, on the sheet: a box may have moved, and its lines with it.
    for (const n of scene.nodes) graph.addNode(String(n.id), { x: n.x, y: -n.y, hidden: scene.boxes, ...dot(n) });
    const paler = (a, b) => live[a] - live[b];
    if (!scene.boxes) for (const i of [...scene.lines].sort(paler)) { const e = edges[i]; if (e.from !== e.to) graph.addEdgeWithKey(String(i), String(e.from), String(e.to), look(e)); }
    const [x0, y0, x1, y1] = scene.box;
    sigma.setCustomBBox({ x: [x0, x1], y: [-y1, -y0] });
    sigma.refresh();
  } else draw();
  bar();
  $("nothing").hidden = scene.nodes.length > 0;
}
function recolour() {
  refocus();
  if (sigma) {
    graph.updateEachEdgeAttributes((key, attributes) => { const e = edges[key]; return e ? Object.assign(attributes, look(e)) : attributes; }, { attributes: ["color", "size"] });
    graph.updateEachNodeAttributes((key, attributes) => { const n = scene.at.get(Number(key)); return n ? Object.assign(attributes, dot(n)) : attributes; }, { attributes: ["color"] });
    sigma.refresh();
  } else draw();
}
/* What is chosen elsewhere is brought into the picture: the surroundings of whom it is about. */
function choose() {
  if (!scene.at) return;
  if (state.claim !== null) {
    const mine = (lineOfClaim.get(state.claim) || []).filter((i) => live[i]), here = new Set(scene.lines);
    if (mine.length && !mine.some((i) => here.has(i))) {
      const c = D.claims[state.claim], node = c.bearer ?? c.speaker ?? edges[mine[0]].from;
      const near = mine.some((i) => edges[i].from === node || edges[i].to === node) ? node : edges[mine[0]].from;
      go({ kind: "actor", node: near });
      return;
    }
  } else if (state.thing !== null && !scene.at.has(state.thing) && linesOf[state.thing].some((i) => live[i])) { go({ kind: "actor", node: state.thing }); return; }
  recolour();
  bar();
}
let frame = { lines: [], boxes: [], dots: [], counts: [], leads: [] };
/* What one sees: lines, boxes that have room, dots for the others, counts; in pixels of the pane. */
function layOut(size) {
  const W = size ? size.W : pane.clientWidth, H = size ? size.H : pane.clientHeight, { k, dx, dy } = size || transform(), s = scene.boxes ? Math.min(1.2, Math.max(view.kind === "groups" ? 0.6 : 0.7, k)) : 0.84;
  const out = { lines: [], boxes: [], dots: [], counts: [], leads: [] }, taken = new Map(), spot = new Map();
  const cells = (x0, y0, x1, y1) => { const list = []; for (let x = Math.floor(x0 / 90); x <= Math.floor(x1 / 90); x++) for (let y = Math.floor(y0 / 40); y <= Math.floor(y1 / 40); y++) list.push(x + ":" + y); return list; };
  const free = (b, gap) => cells(b[0] - gap, b[1] - gap, b[2] + gap, b[3] + gap).every((c) => (taken.get(c) || []).every((o) => o[0] >= b[2] + gap || o[2] <= b[0] - gap || o[1] >= b[3] + gap || o[3] <= b[1] - gap));
  const take = (b) => { for (const c of cells(...b)) { const held = taken.get(c); if (held) held.push(b); else taken.set(c, [b]); } };
  const ends = overLine === null ? [] : [edges[overLine].from, edges[overLine].to];
  const first = scene.order.filter((n) => n.id === hovered || ends.includes(n.id) || (focus && (n.id === focus.main || focus.ends.has(n.id)))).slice(0, 60), ahead = new Set(first);
  // A box whose place is taken moves to the nearest free one: no line that is shown ends in a dot without a name.
  const beside = (x, y, w, h) => {
    for (let k = 1; k < (view.kind === "groups" ? 900 : 240); k++) {
      const far = 11 * Math.sqrt(k), px = x + far * 1.6 * Math.cos(k * 2.39996), py = y + far * Math.sin(k * 2.39996), b = [px - w / 2, py - h / 2, px + w / 2, py + h / 2];
      if (b[0] > 2 && b[1] > 2 && b[2] < W - 2 && b[3] < H - 2 && free(b, 3)) return [px, py];
    }
    return null;
  };
  let tried = 0;
  for (const n of new Set([...first, ...scene.order])) {
    const x = n.x * k + dx, y = n.y * k + dy;
    if (x < -140 || x > W + 140 || y < -60 || y > H + 60) continue;
    const w = n.w * s, h = n.h * s, b = [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
    const wanted = scene.boxes || ahead.has(n) || (tried < 3000 && out.boxes.length < 150 && (n.kind !== "author" || k > 0.12));
    tried++;
    const at = !wanted ? null : n.id === hovered || free(b, scene.boxes ? 1 : 4) ? [x, y] : scene.boxes || ahead.has(n) ? beside(x, y, w, h) : null;
    const small = at || !(scene.boxes || ahead.has(n)) || n.kind === "group" ? null : brief(n), lean = small && beside(x, y, small.w * s, small.h * s);
    if (at || lean) {
      const box = at ? { n, x: at[0], y: at[1], w, h, s, id: n.id } : { n: { ...n, ...small }, x: lean[0], y: lean[1], w: small.w * s, h: small.h * s, s, id: n.id };
      take([box.x - box.w / 2, box.y - box.h / 2, box.x + box.w / 2, box.y + box.h / 2]); 
      out.boxes.push(box);
      if (scene.boxes || (box.x === x && box.y === y)) spot.set(n.id, box); else out.leads.push([x, y, box.x, box.y]);
    }
    else { const r = Math.max(3, dot(n).size); const d = { n, x, y, w: 2 * r, h: 2 * r, r, id: n.id }; out.dots.push(d); spot.set(n.id, d); }
  }
  const place = (id) => spot.get(id) || (() => { const n = scene.at.get(id); return { x: n.x * k + dx, y: n.y * k + dy, w: 6, h: 6, r: 3, id }; })();
  for (const line of [...scene.lines.map((i) => edges[i]), ...scene.links]) {
    const a = place(line.from), b = place(line.to);
    if (Math.max(a.x, b.x) < 0 || Math.min(a.x, b.x) > W || Math.max(a.y, b.y) < 0 || Math.min(a.y, b.y) > H) continue;
    const style = look(line, line.n ? line : null), n = line.n || live[line.id];
    if (line.from === line.to) { out.lines.push({ line, loop: true, x1: a.x + a.w / 2, y1: a.y - a.h / 2, x2: a.x + a.w / 2, y2: a.y - a.h / 2, style, n }); continue; }
    const len = Math.hypot(b.x - a.x, b.y - a.y) || 1, ux = (b.x - a.x) / len, uy = (b.y - a.y) / len, ox = uy * style.offset, oy = -ux * style.offset;
    const leave = (box, wx, wy) => (box.r ? box.r : Math.min(box.w / 2 / Math.max(1e-6, Math.abs(wx)), box.h / 2 / Math.max(1e-6, Math.abs(wy))));
    const from = leave(a, ux, uy), to = leave(b, ux, uy);
    out.lines.push({ line, style, n, ux, uy, len, x1: a.x + ox + ux * from, y1: a.y + oy + uy * from, x2: b.x + ox - ux * to, y2: b.y + oy - uy * to, short: len < from + to + 4 });
  }
  if (scene.boxes || out.lines.length < 400) for (const c of out.lines) {
    if (c.n < 2 || c.short || (focus && !focus.lit.has(c.line.id) && !c.line.n)) continue;
    const text = "\u00d7" + number(c.n), w = 8 + text.length * 6.6;
    for (const part of [0.5, 0.62, 0.38, 0.74, 0.26]) {
      const x = c.x1 + (c.x2 - c.x1) * part, y = c.y1 + (c.y2 - c.y1) * part, b = [x - w / 2, y - 8, x + w / 2, y + 8];
      if (!free(b, 1)) continue;
      take(b);
      out.counts.push({ x, y, text, colour: c.line.n ? mix(palette().ink, palette().bg, 0.2) : c.style.color });
      break;
    }
  }
  out.heads = out.lines.length <= 1500 || focus;
  return out;
}
const dashOf = (c) => (c.style.dash.length ? c.style.dash : []);
function headOf(c) {
  if (c.loop || c.short || c.line.n) return null;
  const size = scene.boxes ? 10 : 7;
  if (families.get(c.line.family).head === "bar") return { bar: [c.x2 - c.ux * 2 - c.uy * 6, c.y2 - c.uy * 2 + c.ux * 6, c.x2 - c.ux * 2 + c.uy * 6, c.y2 - c.uy * 2 - c.ux * 6] };
  return { tip: [c.x2, c.y2, c.x2 - c.ux * size - c.uy * size * 0.42, c.y2 - c.uy * size + c.ux * size * 0.42, c.x2 - c.ux * size + c.uy * size * 0.42, c.y2 - c.uy * size - c.ux * size * 0.42] };
}
const corner = (n, h) => ({ actor: 5, author: 5, response: 2, group: 8 }[n.kind] ?? Math.min(20, h / 2));
const rim = (n) => ({ factor: [2, 3], author: [5, 3] }[n.kind] || []);
function skin(n) {
  const p = palette(), lit = !focus || focus.ends.has(n.id) || n.id === hovered, tint = tintOf(n.id), filled = n.kind === "actor" || tint !== null;
  const ink = filled ? p.onActor : p.ink;
  return { badge: lit ? badgeOf(n.id) : "", tint, fill: filled ? mix(tint || p.actor, p.bg, lit ? 0 : 0.84) : n.kind === "name" ? p.bg : p.oval, line: n.kind === "name" ? null : filled ? null : mix(p.edge, p.bg, lit ? 0 : 0.6), ink: lit ? ink : mix(p.ink, p.bg, 0.5), ring: (focus && focus.main === n.id) || hovered === n.id ? p.ring : null };
}
function draw() {
  if (!scene.at || pane.clientWidth < 10) return;
  frame = layOut();
  const byHand = flat || scene.boxes, W = pane.clientWidth, H = pane.clientHeight, ratio = window.devicePixelRatio || 1, p = palette(), ctx = sheet.getContext("2d");
  if (sheet.width !== Math.round(W * ratio) || sheet.height !== Math.round(H * ratio)) { sheet.width = Math.round(W * ratio); sheet.height = Math.round(H * ratio); sheet.style.width = W + "px"; sheet.style.height = H + "px"; }
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, W, H);
  for (const c of frame.lines) {
    ctx.strokeStyle = ctx.fillStyle = c.style.color;
    ctx.lineWidth = c.style.size;
    if (c.loop) { ctx.setLineDash(dashOf(c)); ctx.beginPath(); ctx.arc(c.x1, c.y1, 11, 0, 7); ctx.stroke(); ctx.setLineDash([]); continue; }
    if (byHand) { ctx.setLineDash(dashOf(c)); ctx.beginPath(); ctx.moveTo(c.x1, c.y1); ctx.lineTo(c.x2, c.y2); ctx.stroke(); ctx.setLineDash([]); }
    const head = frame.heads && headOf(c);
    if (!head) continue;
    ctx.beginPath();
    if (head.bar) { ctx.moveTo(head.bar[0], head.bar[1]); ctx.lineTo(head.bar[2], head.bar[3]); ctx.lineWidth = 3; ctx.stroke(); }
    else { ctx.moveTo(head.tip[0], head.tip[1]); ctx.lineTo(head.tip[2], head.tip[3]); ctx.lineTo(head.tip[4], head.tip[5]); ctx.closePath(); ctx.fill(); }
  }
  ctx.lineWidth = 1; ctx.strokeStyle = p.edge;
  for (const [x1, y1, x2, y2] of frame.leads) { ctx.beginPath(); ctx.moveTo(x1, y1); ctx.lineTo(x2, y2); ctx.stroke(); }
  if (byHand) for (const d of frame.dots) { ctx.fillStyle = dot(d.n).color; ctx.beginPath(); ctx.arc(d.x, d.y, dot(d.n).size, 0, 7); ctx.fill(); }
  for (const box of [...frame.boxes].reverse()) {
    const n = box.n, look_ = skin(n);
    ctx.beginPath(); ctx.roundRect(box.x - box.w / 2, box.y - box.h / 2, box.w, box.h, corner(n, box.h));
    ctx.fillStyle = look_.fill; ctx.fill();
    if (look_.line) { ctx.strokeStyle = look_.line; ctx.lineWidth = n.kind === "response" ? 2 : 1.3; ctx.setLineDash(rim(n)); ctx.stroke(); ctx.setLineDash([]); }
    if (look_.ring) { ctx.strokeStyle = look_.ring; ctx.lineWidth = 3; ctx.stroke(); }
    for (const row of wordsOf(box)) { ctx.font = FONT(row.size, row.bold); ctx.fillStyle = row.soft ? mix(look_.ink, p.bg, 0.25) : look_.ink; ctx.textAlign = "center"; ctx.textBaseline = "middle"; ctx.fillText(row.text, box.x, row.y, box.w - 6); }
  }
  ctx.textAlign = "center"; ctx.textBaseline = "middle";
  for (const box of frame.boxes) {
    const { badge, tint } = skin(box.n);
    if (!badge) continue;
    const x = box.x - box.w / 2 + 1, y = box.y - box.h / 2 + 1;
    ctx.beginPath(); ctx.arc(x, y, 8, 0, 7); ctx.fillStyle = p.bg; ctx.fill(); ctx.strokeStyle = tint; ctx.lineWidth = 1.5; ctx.stroke();
    ctx.font = FONT(10.5, true); ctx.fillStyle = p.ink; ctx.fillText(badge, x, y + 0.5, 13);
  }
  ctx.font = FONT(12, true); ctx.lineJoin = "round";
  for (const c of frame.counts) { ctx.strokeStyle = p.bg; ctx.lineWidth = 5; ctx.strokeText(c.text, c.x, c.y); ctx.fillStyle = c.colour; ctx.fillText(c.text, c.x, c.y); }
}
function wordsOf(box) {
  const n = box.n, size = n.size * box.s, rows = n.rows.map((text) => ({ text, size, bold: n.bold }));
  if (n.kind === "group") rows.push({ text: n.text, size: 12.5 * box.s, soft: true }, { text: n.count, size: 12.5 * box.s });
  const pitch = n.kind === "group" ? 18.5 * box.s : size * 1.25;
  rows.forEach((row, k) => { row.y = box.y + (k - (rows.length - 1) / 2) * pitch; });
  return rows;
}

// ---------------------------------------------------------------- pointing and picking
function hitAt(x, y) {
  for (const box of frame.boxes) if (Math.abs(x - box.x) <= box.w / 2 && Math.abs(y - box.y) <= box.h / 2) return { node: box.id, box };
  let best = null, least = 7;
  for (const d of frame.dots) { const far = Math.hypot(x - d.x, y - d.y) - d.r; if (far < least - 2) { least = far + 2; best = { node: d.id, box: d }; } }
  if (best) return best;
  least = 6;
  for (const c of frame.lines) {
    const vx = c.x2 - c.x1, vy = c.y2 - c.y1, t = Math.max(0, Math.min(1, ((x - c.x1) * vx + (y - c.y1) * vy) / (vx * vx + vy * vy || 1)));
    const far = c.loop ? Math.abs(Math.hypot(x - c.x1, y - c.y1) - 11) : Math.hypot(x - c.x1 - vx * t, y - c.y1 - vy * t);
    if (far < least) { least = far; best = { line: c.line }; }
  }
  return best;
}
function pick(x, y) {
  const hit = hitAt(x, y);
  if (!hit) { page.clear(); return; }
  if (hit.box && hit.box.n.kind === "group") { openGroup(hit.box.n); return; }
  if (hit.node !== undefined) page.chooseNode(hit.node);
  else if (hit.line.id >= 0) page.chooseLine(hit.line.id);
}
function openGroup(n) {
  if (n.rest === undefined) go({ kind: "group", group: n.group });
  else if (n.rest < L.groups.length) go({ kind: "groups", first: n.rest });
  else go({ kind: "rest" });
}
function point(event, x, y) {
  const hit = hitAt(x, y), was = hovered, before = overLine;
  hovered = hit && hit.node !== undefined && hit.node >= 0 ? hit.node : null;
  overLine = hit && hit.line && hit.line.id >= 0 ? hit.line.id : null;
  if (!hit) hide();
  else if (hit.box && hit.box.n.kind === "group") page.tip(event, hit.box.n.group === undefined ? "Show them" : groupName(hit.box.n.group) + ". " + textOf(hit.box.n.group) + ". Click to open");
  else if (hit.node !== undefined) page.tip(event, hit.node < D.things.length ? page.tell(hit.node) : nodes[hit.node].full);
  else if (hit.line.id >= 0) page.tip(event, nameOf(hit.line.from) + " \u2192 " + nameOf(hit.line.to) + ": " + families.get(hit.line.family).verb + (live[hit.line.id] > 1 ? " (\u00d7" + live[hit.line.id] + ")" : ""));
  else page.tip(event, plural(hit.line.n, "statement") + " between these groups");
  if (hovered !== was || overLine !== before) draw();
}
function hide() { $("tip").hidden = true; pane.style.cursor = ""; hovered = overLine = null; }

// ---------------------------------------------------------------- the bar above the picture
const strip = el("div", { class: "scene", id: "scene" });
$("p-network").prepend(strip);
function bar() {
  const had = document.activeElement && strip.contains(document.activeElement) ? document.activeElement.id : "";
  const tab = (kind, text, next) => button(text, () => go(next), { id: "scene-" + kind, "aria-pressed": view.kind === kind || (kind === "groups" && (view.kind === "group" || view.kind === "rest")) ? "true" : "false" });
  const kinds = el("div", { class: "kinds", role: "group", "aria-label": "Part of the picture" }, tab("strongest", "Strongest", { kind: "strongest" }), tab("groups", "Groups", { kind: "groups" }), tab("map", "Map", { kind: "map", most: gl ? MAP : 600 }));
  const pickGroup = el("select", { id: "scene-group", "aria-label": "Open a group" }, el("option", { value: "", text: "Open a group\u2026" }), ...L.groups.map((g, k) => el("option", { value: k, text: (k + 1) + ". " + groupName(k).slice(0, 60) + " \u2013 " + textOf(k).slice(0, 50) })));
  if (view.kind === "group") pickGroup.value = String(view.group);
  pickGroup.addEventListener("change", () => go(pickGroup.value === "" ? { kind: "groups" } : { kind: "group", group: Number(pickGroup.value) }));
  const parts = [kinds];
  if (trail.length) parts.push(button("\u2190 Back", back, { id: "scene-back" }));
  if (["groups", "group", "rest"].includes(view.kind)) parts.push(pickGroup);
  const chosen = state.thing !== null && linesOf[state.thing].length && !(view.kind === "actor" && view.node === state.thing) ? state.thing : null;
  if (chosen !== null) parts.push(button("Around " + nameOf(chosen), () => go({ kind: "actor", node: chosen }), { id: "scene-around", class: "cut" }));
  if (view.kind === "actor") parts.push(el("span", { class: "cut where", text: "Around " + nameOf(view.node) }));
  const status = view.kind === "groups" ? number(Math.min(PAGE, L.groups.length - view.first)) + " of " + plural(L.groups.length, "group") : number(scene.lines.length) + " of " + plural(scene.total, "line");
  parts.push(el("span", { class: "much", role: "status", text: status }));
  if (view.kind !== "groups" && scene.lines.length < scene.total && view.most < 20000 && (gl || view.most < 600)) parts.push(button("More lines", () => { view = { ...view, most: view.most * 3 }; paint(); fit(); }, { id: "scene-more" }));
  if (view.kind !== "groups" && view.most > FIRST && scene.lines.length > FIRST) parts.push(button("Fewer", () => { view = { ...view, most: Math.max(FIRST, Math.round(view.most / 3)) }; paint(); fit(); }, { id: "scene-fewer" }));
  strip.replaceChildren(...parts);
  if (had && $(had)) $(had).focus();
  $("hint").textContent = (gl ? "" : "This browser has no WebGL, so the picture is drawn more slowly and with fewer lines; the tables show all. ") + (view.kind === "groups" ? "A group is a set of actors who mostly speak with and about each other. Click one to open it" : innerWidth < 640 ? "Tap a line or a box for its words, drag to move" : "Click a line for its words, a box for its actor; double-click a box for all around it");
}

// ---------------------------------------------------------------- taking it away
function picture() {
  stage();
  if (!scene.at) { relive(); refocus(); scene = build(); }
  const hidden = pane.clientWidth < 10, W = hidden ? 1200 : Math.max(360, pane.clientWidth), H = hidden ? 800 : Math.max(240, pane.clientHeight), p = palette();
  const legend = [...D.families.filter((f) => scene.lines.some((i) => edges[i].family === f.id)).map((f) => ({ text: f.label, mark: () => page.swatch(f) })), ...page.keyRows()];
  frame = hidden ? alone(W, H) : layOut();
  const across = Math.max(1, Math.floor(W / 200)), foot = Math.ceil(legend.length / across) * 22 + 30, top = 48, r = Math.round;
  const root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", width: W, height: H + top + foot, viewBox: "0 " + -top + " " + W + " " + (H + top + foot), "font-family": UI });
  pen.font = FONT(18, true);
  let head = D.title;
  while (head.length > 3 && pen.measureText(head).width > W - 40) head = head.slice(0, -2).trimEnd() + "\u2026";
  root.append(svg("title", { text: D.title }), svg("rect", { x: 0, y: -top, width: W, height: H + top + foot, fill: p.bg }));
  const body = svg("g", { "clip-path": "url(#pane)" });
  root.append(svg("clipPath", { id: "pane" }, svg("rect", { x: 0, y: -4, width: W, height: H + 4 })), body);
  for (const c of frame.lines) {
    const dash = dashOf(c).join(" ") || null;
    if (c.loop) { body.append(svg("circle", { cx: r(c.x1), cy: r(c.y1), r: 11, fill: "none", stroke: c.style.color, "stroke-width": c.style.size.toFixed(1), "stroke-dasharray": dash })); continue; }
    body.append(svg("path", { d: `M${r(c.x1)},${r(c.y1)}L${r(c.x2)},${r(c.y2)}`, stroke: c.style.color, "stroke-width": c.style.size.toFixed(1), "stroke-dasharray": dash }));
    const end = headOf(c);
    if (end) body.append(end.bar ? svg("path", { d: `M${r(end.bar[0])},${r(end.bar[1])}L${r(end.bar[2])},${r(end.bar[3])}`, stroke: c.style.color, "stroke-width": 3 }) : svg("path", { d: `M${end.tip.map((v) => v.toFixed(1)).join(",")}Z`, fill: c.style.color }));
  }
  for (const [x1, y1, x2, y2] of frame.leads) body.append(svg("path", { d: `M${r(x1)},${r(y1)}L${r(x2)},${r(y2)}`, stroke: p.edge, "stroke-width": 1 }));
  for (const d of frame.dots) body.append(svg("circle", { cx: r(d.x), cy: r(d.y), r: dot(d.n).size.toFixed(1), fill: dot(d.n).color }));
  for (const box of [...frame.boxes].reverse()) {
    const n = box.n, s = skin(n);
    body.append(svg("rect", { x: r(box.x - box.w / 2), y: r(box.y - box.h / 2), width: r(box.w), height: r(box.h), rx: r(corner(n, box.h)), fill: s.fill, stroke: s.ring || s.line, "stroke-width": s.ring ? 3 : 1.3, "stroke-dasharray": s.ring ? null : rim(n).join(" ") || null }));
    for (const row of wordsOf(box)) body.append(svg("text", { x: r(box.x), y: r(row.y + row.size * 0.35), "font-size": row.size.toFixed(1), "text-anchor": "middle", "font-weight": row.bold ? 600 : null, fill: s.ink, text: row.text }));
    if (s.badge) body.append(svg("circle", { cx: r(box.x - box.w / 2 + 1), cy: r(box.y - box.h / 2 + 1), r: 8, fill: p.bg, stroke: s.tint, "stroke-width": 1.5 }), svg("text", { x: r(box.x - box.w / 2 + 1), y: r(box.y - box.h / 2 + 5), "font-size": 10.5, "font-weight": 600, "text-anchor": "middle", fill: p.ink, text: s.badge }));
  }
  for (const c of frame.counts) body.append(svg("text", { x: r(c.x), y: r(c.y) + 4, "font-size": 12, "font-weight": 600, "text-anchor": "middle", fill: c.colour, stroke: p.bg, "stroke-width": 4, "paint-order": "stroke", text: c.text }));
  root.append(svg("text", { x: 20, y: -18, "font-size": 18, "font-weight": 600, fill: p.ink, text: head }));
  legend.forEach((f, k) => { const x = 20 + (k % across) * 200, y = H + 18 + Math.floor(k / across) * 22, mark = f.mark(); mark.setAttribute("x", x); mark.setAttribute("y", y - 11); root.append(mark, svg("text", { x: x + 46, y, "font-size": 12, fill: p.ink, text: f.text.length > 26 ? f.text.slice(0, 25) + "\u2026" : f.text })); });
  root.append(svg("text", { x: 20, y: H + foot - 8, "font-size": 12, fill: p.ink, text: strip.querySelector(".much").textContent + ", as seen in the page" }));
  return root;
}
/* A hidden pane has no size: the whole scene, as large as needed. */
function alone(W, H) {
  const [x0, y0, x1, y1] = scene.box, k = Math.min((W - 40) / (x1 - x0), (H - 40) / (y1 - y0), 1.15);
  return layOut({ W, H, k, dx: W / 2 - (k * (x0 + x1)) / 2, dy: H / 2 - (k * (y0 + y1)) / 2 });
}
const seen = () => (frame = pane.clientWidth < 10 ? frame : layOut()); // the browser may not have drawn yet
return Object.freeze({
  paint, fit, zoom, choose, picture,
  lines: () => scene.lines.map((i) => edges[i]),
  links: () => scene.links.length,
  kind: () => view.kind, webgl: gl,
  boxes: () => seen().boxes.map((b) => ({ id: b.id, x: b.x, y: b.y, w: b.w, h: b.h, text: b.n.rows.join(" ") })),
  spot: (id) => { const c = seen().lines.find((o) => o.line.id === id), box = pane.getBoundingClientRect(); return c && { x: box.left + (c.loop ? c.x1 + 11 : (c.x1 + c.x2) / 2), y: box.top + (c.loop ? c.y1 : (c.y1 + c.y2) / 2) }; },
  box: (id) => { const now = seen(), b = [...now.boxes, ...now.dots].find((o) => o.id === id), box = pane.getBoundingClientRect(); return b && { x: b.x + box.left, y: b.y + box.top }; },
});
};
