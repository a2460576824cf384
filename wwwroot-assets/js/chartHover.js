// What lies under the pointer: one point a series, each a point that was given, none interpolated.

const reach = 12; // pixels within which the pointer means this very point
const svgNamespace = 'http://www.w3.org/2000/svg';

/** The first index whose x is not below the value; the length where there is none. */
function lowerBound(points, x) {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle][0] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index of the point that is drawn at the pointer, or the one that the pointer touches; -1 where the series does not reach. */
function pointAt(points, step, pointer, place) {
  const next = lowerBound(points, pointer.x);
  let best = next;
  if (!step && next > 0 && (next === points.length || pointer.x - points[next - 1][0] < points[next][0] - pointer.x)) best = next - 1;
  let nearest = reach;
  for (let i = lowerBound(points, pointer.xAt(pointer.left - reach)); i < points.length; i++) {
    const { left, top } = place(points[i]);
    if (left > pointer.left + reach) break;
    const distance = Math.hypot(left - pointer.left, top - pointer.top);
    if (distance < nearest) {
      nearest = distance;
      best = i;
    }
  }
  return { index: best < points.length ? best : -1, distance: nearest };
}

function node(name, className, parent, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  parent?.append(element);
  return element;
}

function shape(name, attributes, parent) {
  const element = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent.append(element);
  return element;
}

function fill(readout, drawing, hits) {
  readout.replaceChildren();
  const table = node('table', '', readout);
  const head = node('tr', '', node('thead', '', table));
  node('th', '', head);
  for (const column of drawing.columns) node('th', '', head, column);
  const body = node('tbody', '', table);
  for (const { series, point } of hits) {
    const { name, color, values } = drawing.series[series];
    const row = node('tr', '', body);
    const title = node('th', '', row);
    node('i', 'swatch', title).style.background = color;
    title.append(name);
    for (const value of values[point]) node('td', '', row, value);
  }
}

/** Follows the pointer over a drawn chart; returns how to stop. */
export function attachHover({ host, chart, drawing }, component) {
  const { xaxis, yaxis, series } = drawing.options;
  const guides = series.length - drawing.series.length;
  const points = drawing.series.map((_, index) => series[guides + index].data);
  const overlay = shape('svg', { class: 'chart-overlay', 'aria-hidden': 'true' }, host);
  const readout = node('div', 'chart-readout', host);
  readout.setAttribute('aria-hidden', 'true');
  let reported = 0;

  function grid() {
    const { translateX: left, translateY: top, gridWidth: width, gridHeight: height } = chart.w.globals;
    return { left, top, width, height };
  }

  function find(event) {
    const box = host.getBoundingClientRect();
    const area = grid();
    const left = event.clientX - box.left;
    const top = event.clientY - box.top;
    if (left < area.left - reach || left > area.left + area.width + reach || top < area.top - reach || top > area.top + area.height + reach) return null;
    const xAt = pixel => xaxis.min + ((pixel - area.left) / area.width) * (xaxis.max - xaxis.min);
    const place = ([x, y]) => ({
      left: area.left + ((x - xaxis.min) / (xaxis.max - xaxis.min)) * area.width,
      top: area.top + (1 - (y - yaxis.min) / (yaxis.max - yaxis.min)) * area.height,
    });
    const pointer = { left, top, xAt, x: Math.min(xaxis.max, Math.max(xaxis.min, xAt(left))) };
    const hits = points
      .map((data, index) => ({ series: index, ...pointAt(data, drawing.series[index].step, pointer, place) }))
      .filter(hit => hit.index >= 0)
      .map(hit => ({ series: hit.series, point: hit.index, distance: hit.distance, ...place(points[hit.series][hit.index]) }));
    return { area, box, pointer, hits };
  }

  function show({ area, box, pointer, hits }) {
    overlay.replaceChildren();
    const left = Math.min(area.left + area.width, Math.max(area.left, pointer.left));
    shape('line', { x1: left, x2: left, y1: area.top, y2: area.top + area.height }, overlay);
    for (const hit of hits) shape('circle', { cx: hit.left, cy: hit.top, r: 4, fill: drawing.series[hit.series].color }, overlay);
    fill(readout, drawing, hits);
    readout.classList.add('shown');
    const { offsetWidth: width, offsetHeight: height } = readout;
    const besides = pointer.left + 18 + width <= box.width ? pointer.left + 18 : pointer.left - 18 - width;
    readout.style.left = `${Math.max(0, Math.min(besides, box.width - width))}px`;
    const above = pointer.top - height - 18;
    const covers = besides < 0; // too narrow for beside: above or below the pointer
    readout.style.top = `${covers ? (above >= 0 ? above : pointer.top + 24) : Math.max(0, Math.min(pointer.top - height / 2, box.height - height))}px`;
  }

  function hide() {
    overlay.replaceChildren();
    readout.classList.remove('shown');
    report([]);
  }

  function report(hits) {
    if (!drawing.reportsHover) return;
    const now = performance.now();
    if (hits.length > 0 && now - reported < 100) return;
    reported = now;
    component.invokeMethodAsync('ReportHoverAsync', hits.map(({ series, point }) => ({ series, point })));
  }

  function onMove(event) {
    const found = find(event);
    if (!found || found.hits.length === 0) return hide();
    show(found);
    report(found.hits);
  }

  function onClick(event) {
    const hits = find(event)?.hits ?? [];
    if (!drawing.reportsClick || hits.length === 0) return;
    const { series, point } = hits.reduce((a, b) => (b.distance < a.distance ? b : a));
    component.invokeMethodAsync('ReportClickAsync', { series, point });
  }

  host.addEventListener('pointermove', onMove);
  host.addEventListener('pointerdown', onMove);
  host.addEventListener('pointerleave', hide);
  host.addEventListener('click', onClick);
  return () => {
    host.removeEventListener('pointermove', onMove);
    host.removeEventListener('pointerdown', onMove);
    host.removeEventListener('pointerleave', hide);
    host.removeEventListener('click', onClick);
  };
}
