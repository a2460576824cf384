// What lies under the pointer, or where the keyboard stands: one point a series, each a point that was given, none interpolated.

const reach = 12; // pixels within which the pointer means this very point
const clickReach = 24; // pixels from a curve within which a click means it
const mostRowsBeneath = 3; // rows that stand beneath a chart of a group; more stand beside the pointer
const page = 10; // points that PageUp and PageDown go
const keys = ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'];
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
  if (pointer.touches) {
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
  }
  return best < points.length ? best : -1;
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
  readout.classList.toggle('single', drawing.series.length === 1);
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

/** Follows the pointer over a drawn chart, and the keyboard in its reader; returns how to show a point, or what is at an x, and how to stop. */
export function attachHover({ host, chart, drawing }, component, root, reader) {
  const { xaxis, yaxis, series } = drawing.options;
  const points = drawing.series.map((_, index) => series[index].data);
  const overlay = shape('svg', { class: 'chart-overlay', 'aria-hidden': 'true' }, host);
  const isBeneath = drawing.group && drawing.series.length <= mostRowsBeneath;
  const readout = node('div', isBeneath ? 'chart-readout strip' : 'chart-readout', host);
  readout.setAttribute('aria-hidden', 'true');
  let reported = 0;
  let cursor = null; // where the keyboard stands: a series and one of its points

  function grid() {
    const { translateX: left, translateY: top, gridWidth: width, gridHeight: height } = chart.w.globals;
    return { left, top, width, height };
  }

  function scales(area) {
    return {
      xAt: pixel => xaxis.min + ((pixel - area.left) / area.width) * (xaxis.max - xaxis.min),
      place: ([x, y]) => ({
        left: area.left + ((x - xaxis.min) / (xaxis.max - xaxis.min)) * area.width,
        top: area.top + (1 - (y - yaxis.min) / (yaxis.max - yaxis.min)) * area.height,
      }),
    };
  }

  /** Only what is drawn can be read: not what a zoom leaves out. A step's point lies where it ends, at times beyond. */
  function isNear({ series: index, point }, x) {
    const [at] = points[index][point];
    return (at >= xaxis.min && at <= xaxis.max) || (drawing.series[index].step && at > xaxis.max && x <= at);
  }

  const isShown = ({ left, top }, area) => left >= area.left - 1 && left <= area.left + area.width + 1 && top >= area.top - 1 && top <= area.top + area.height + 1;

  function findAt(area, pointer, place) {
    const hits = points
      .map((data, index) => ({ series: index, point: pointAt(data, drawing.series[index].step, pointer, place) }))
      .filter(hit => hit.point >= 0 && isNear(hit, pointer.x))
      .map(hit => ({ ...hit, ...place(points[hit.series][hit.point]) }))
      .map(hit => ({ ...hit, distance: Math.min(Math.hypot(hit.left - pointer.left, hit.top - pointer.top), Math.abs(hit.top - pointer.top)) }));
    return { area, pointer, hits };
  }

  function find(event) {
    const box = host.getBoundingClientRect();
    const area = grid();
    const left = event.clientX - box.left;
    const top = event.clientY - box.top;
    if (left < area.left - reach || left > area.left + area.width + reach || top < area.top - reach || top > area.top + area.height + reach) return null;
    const { xAt, place } = scales(area);
    return findAt(area, { left, top, xAt, touches: true, x: Math.min(xaxis.max, Math.max(xaxis.min, xAt(left))) }, place);
  }

  /** What is at an x, whatever the y: for charts that are read in step, and for the keyboard. */
  function findX(x) {
    const area = grid();
    const { xAt, place } = scales(area);
    const { left } = place([x, yaxis.min]);
    return findAt(area, { left, top: area.top + area.height / 2, xAt, touches: false, x }, place);
  }

  function show({ area, pointer, hits }, isOwn = true) {
    const box = host.getBoundingClientRect();
    overlay.replaceChildren();
    const left = Math.min(area.left + area.width, Math.max(area.left, pointer.left));
    shape('line', { x1: left, x2: left, y1: area.top, y2: area.top + area.height }, overlay);
    for (const hit of hits.filter(each => isShown(each, area))) shape('circle', { cx: hit.left, cy: hit.top, r: hit.current ? 6 : 4, fill: drawing.series[hit.series].color }, overlay);
    if (!isBeneath && !isOwn) return; // only where the pointer is
    fill(readout, drawing, hits);
    readout.classList.add('shown');
    if (isBeneath) return; // stands below its chart, so that none is covered
    const { offsetWidth: width, offsetHeight: height } = readout;
    const besides = pointer.left + 18 + width <= box.width ? pointer.left + 18 : pointer.left - 18 - width;
    readout.style.left = `${Math.max(0, Math.min(besides, box.width - width))}px`;
    const above = pointer.top - height - 18;
    const covers = besides < 0; // too narrow for beside: above or below the pointer
    readout.style.top = `${covers ? (above >= 0 ? above : pointer.top + 24) : Math.max(0, Math.min(pointer.top - height / 2, box.height - height))}px`;
  }

  function clear() {
    overlay.replaceChildren();
    readout.classList.remove('shown');
  }

  function hide() {
    clear();
    tellGroup(null);
    report([]);
  }

  function report(hits) {
    if (!drawing.reports.hover) return;
    const now = performance.now();
    if (hits.length > 0 && now - reported < 100) return;
    reported = now;
    component.invokeMethodAsync('ReportHoverAsync', hits.map(({ series, point }) => ({ series, point })));
  }

  function tellGroup(x) {
    if (drawing.group) document.dispatchEvent(new CustomEvent('chartread', { detail: { group: drawing.group, host, x } }));
  }

  function onGroup({ detail }) {
    if (detail.group !== drawing.group || detail.host === host) return;
    if (detail.x === null) return clear();
    const found = findX(detail.x);
    if (found.hits.length > 0) show(found, false);
    else clear();
  }

  function onMove(event) {
    if (root.classList.contains('busy')) return;
    const found = find(event);
    if (!found || found.hits.length === 0) return hide();
    show(found);
    tellGroup(found.pointer.x);
    report(found.hits);
  }

  function onClick(event) {
    if (!drawing.reports.click || (event.pointerType && event.pointerType !== 'mouse')) return;
    const near = (find(event)?.hits ?? []).filter(hit => hit.distance <= clickReach && drawing.series[hit.series].keys);
    if (near.length === 0) return;
    const { series, point } = near.reduce((a, b) => (b.distance < a.distance ? b : a));
    component.invokeMethodAsync('ReportClickAsync', { series, point });
  }

  function moved(key) {
    const first = points.findIndex(data => data.length > 0);
    if (first < 0) return null;
    if (cursor === null) return { series: first, point: key === 'End' ? points[first].length - 1 : 0 };
    const { series: current, point } = cursor;
    const last = points[current].length - 1;
    const other = step => {
      for (let next = current + step; next >= 0 && next < points.length; next += step)
        if (points[next].length > 0) return { series: next, point: Math.min(lowerBound(points[next], points[current][point][0]), points[next].length - 1) };
      return cursor;
    };
    switch (key) {
      case 'ArrowRight': return { series: current, point: Math.min(last, point + 1) };
      case 'ArrowLeft': return { series: current, point: Math.max(0, point - 1) };
      case 'PageUp': return { series: current, point: Math.min(last, point + page) };
      case 'PageDown': return { series: current, point: Math.max(0, point - page) };
      case 'Home': return { series: current, point: 0 };
      case 'End': return { series: current, point: last };
      case 'ArrowUp': return other(-1);
      default: return other(1);
    }
  }

  function showPoint(index, point) {
    const at = points[index][point];
    const { place } = scales(grid());
    const found = findX(at[0]);
    found.hits = found.hits.map(hit => (hit.series === index ? { ...hit, point, current: true, ...place(at) } : hit));
    found.pointer.top = place(at).top;
    show(found);
    tellGroup(at[0]);
    return found;
  }

  function showX(x) {
    show(findX(x));
    tellGroup(x);
  }

  function onKey(event) {
    if (event.key === 'Escape') {
      cursor = null;
      return hide();
    }
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const next = keys.includes(event.key) ? moved(event.key) : null;
    if (next === null) return;
    event.preventDefault();
    cursor = next;
    const at = points[cursor.series][cursor.point];
    report(showPoint(cursor.series, cursor.point).hits);
    const { name, values } = drawing.series[cursor.series];
    reader.setAttribute('aria-valuenow', String(at[0]));
    reader.setAttribute('aria-valuetext', `${name}: ${drawing.columns.map((column, index) => `${column} ${values[cursor.point][index]}`).join(', ')}`);
  }

  host.classList.toggle('picks', drawing.reports.click && drawing.series.some(({ keys }) => keys));
  const stop = new AbortController();
  const options = { signal: stop.signal };
  root.addEventListener('pointermove', onMove, options);
  root.addEventListener('pointerdown', onMove, options);
  root.addEventListener('pointerleave', () => !root.classList.contains('busy') && hide(), options);
  host.addEventListener('click', onClick, options);
  reader?.addEventListener('keydown', onKey, options);
  reader?.addEventListener('blur', hide, options);
  document.addEventListener('chartread', onGroup, options);
  return { showPoint, showX, hide, stop: () => stop.abort() };
}
