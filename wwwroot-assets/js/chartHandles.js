// Handles that a hand, a finger or the keyboard moves: a mark along its curve, an upright line along the axis. The picture follows
// at once; the page is told at intervals, and once more where the handle is let go.

import { placeMark, placeUpright, scalesOf } from './chartLayers.js';

const pause = 60; // milliseconds between two reports while a handle moves
const rest = 500; // milliseconds without a key after which the handle counts as let go
const page = 10; // steps that PageUp and PageDown go
const stepsAcross = 200; // steps of a key along the axis

/** A round number near a share of the span. */
function roundStep(span) {
  const power = 10 ** Math.floor(Math.log10(span / stepsAcross));
  return [1, 2, 5, 10].find(factor => factor * power >= span / stepsAcross * 0.999) * power;
}

const tidy = (value, step) => Number((Math.round(value / step) * step).toFixed(Math.max(0, Math.ceil(-Math.log10(step))) + 1));

/** Sends the latest value only, never two at once. */
function reporterOf(component) {
  let next = null;
  let isSending = false;
  let last = 0;
  async function send() {
    if (isSending || !next) return;
    const wait = next.ended ? 0 : pause - (performance.now() - last);
    if (wait > 0) return void setTimeout(send, wait);
    const drag = next;
    next = null;
    isSending = true;
    last = performance.now();
    try {
      await component.invokeMethodAsync('ReportDragAsync', drag);
    } finally {
      isSending = false;
      send();
    }
  }
  return drag => {
    next = drag;
    send();
  };
}

/** Keeps a chart's handles over all of its drawings: a redraw neither takes the focus nor a handle out of a hand. */
export function handlesOf(root, component) {
  const layer = root.querySelector('.chart-handles');
  const report = reporterOf(component);
  const elements = new Map(); // by what they move
  let current = null;
  let moving = null; // the handle that is being moved, and where to
  let resting = 0;

  const nameOf = (kind, handle) => `${kind} ${handle}`;
  const seriesOf = handle => current.drawing.series.findIndex(({ id, keys }) => id === handle && keys);
  const pointsOf = series => current.drawing.options.series[series].data;

  /** The place of the lowest key that is not below the value: where a threshold's counts stand. */
  function placeOfKey(keys, value) {
    let best = -1;
    keys.forEach((key, place) => {
      if (key !== null && key >= value && (best < 0 || key < keys[best])) best = place;
    });
    if (best >= 0) return best;
    keys.forEach((key, place) => {
      if (key !== null && (best < 0 || key > keys[best])) best = place;
    });
    return best;
  }

  function moveMark(handle, value) {
    const series = seriesOf(handle);
    if (series < 0) return;
    const place = placeOfKey(current.drawing.series[series].keys, value);
    const mark = current.marks.find(each => each.handle === handle);
    if (place < 0 || !mark) return;
    mark.place = place;
    placeMark(mark, ...pointsOf(series)[place], scalesOf(current));
  }

  /** Moves what a value moves: the handle itself, or all of them. */
  function follow(handle, value) {
    const moves = each => each.handle !== undefined && each.handle !== null && (current.drawing.layers.linksHandles || each.handle === handle);
    current.marks.filter(moves).forEach(mark => moveMark(mark.handle, value));
    current.uprights.filter(moves).forEach(upright => placeUpright(upright, value, scalesOf(current)));
    place();
  }

  function tellGroup(handle, value) {
    if (current.drawing.group) document.dispatchEvent(new CustomEvent('chartdrag', { detail: { group: current.drawing.group, root, handle, value } }));
  }

  function move(handle, value) {
    moving = { handle, value };
    root.classList.add('busy');
    follow(handle, value);
    tellGroup(handle, value);
    report({ handle, value, ended: false });
  }

  function letGo() {
    clearTimeout(resting);
    root.classList.remove('busy');
    if (!moving) return;
    const { handle, value } = moving;
    moving = null;
    current?.hover?.hide();
    report({ handle, value, ended: true });
  }

  function onGroup({ detail }) {
    if (current?.drawing.group && detail.group === current.drawing.group && detail.root !== root) follow(detail.handle, detail.value);
  }

  function place() {
    const { area, across, down, holds, yAt } = scalesOf(current);
    for (const { kind, handle, element } of elements.values()) {
      const item = (kind === 'mark' ? current.marks : current.uprights).find(each => each.handle === handle);
      const isSeen = item && (kind === 'mark' ? holds(item.x, item.y) : holds(item.x, yAt(area.height / 2)));
      element.hidden = !isSeen;
      if (!isSeen) continue;
      element.style.left = `${area.left + across(item.x)}px`;
      element.style.top = `${area.top + (kind === 'mark' ? down(item.y) : 0)}px`;
      element.style.height = kind === 'mark' ? '' : `${area.height}px`;
      tell(element, kind, item);
    }
  }

  /** What a screen reader says of it. */
  function tell(element, kind, item) {
    const { drawing } = current;
    const { xaxis } = drawing.options;
    if (kind === 'mark') {
      const series = drawing.series[seriesOf(item.handle)];
      const at = item.place ?? pointsOf(seriesOf(item.handle)).findIndex(([x, y]) => x === item.x && y === item.y);
      const keys = series.keys.filter(key => key !== null);
      element.setAttribute('aria-valuemin', Math.min(...keys));
      element.setAttribute('aria-valuemax', Math.max(...keys));
      element.setAttribute('aria-valuenow', series.keys[at] ?? keys[0]);
      element.setAttribute('aria-valuetext', at < 0 ? item.handleName : drawing.columns.map((column, index) => `${column} ${series.values[at][index]}`).join(', '));
    } else {
      element.setAttribute('aria-valuemin', xaxis.min);
      element.setAttribute('aria-valuemax', xaxis.max);
      element.setAttribute('aria-valuenow', item.x);
      element.setAttribute('aria-valuetext', `log odds ${item.x.toFixed(2)}, probability ${(1 / (1 + Math.exp(-item.x))).toFixed(4)}`);
    }
  }

  const itemOf = ({ kind, handle }) => (kind === 'mark' ? current.marks : current.uprights).find(each => each.handle === handle);

  /** The point of a mark's curve that is nearest to the pointer. */
  function nearest(handle, left, top) {
    const series = seriesOf(handle);
    const { across, down } = scalesOf(current);
    const { keys } = current.drawing.series[series];
    let [best, least] = [-1, Infinity];
    pointsOf(series).forEach(([x, y], place) => {
      const distance = Math.hypot(across(x) - left, down(y) - top);
      if (keys[place] !== null && distance < least) [best, least] = [place, distance];
    });
    return best;
  }

  function movePoint(handle, place) {
    const series = seriesOf(handle);
    move(handle, current.drawing.series[series].keys[place]);
    current.hover?.showPoint(series, place);
  }

  function moveTo(handle, value) {
    const { xaxis } = current.drawing.options;
    const bounded = Math.min(xaxis.max, Math.max(xaxis.min, value));
    move(handle, bounded);
    current.hover?.showX(bounded);
  }

  function onPointer(own, event) {
    const frame = current.host.getBoundingClientRect();
    const { area, xAt } = scalesOf(current);
    const [left, top] = [event.clientX - frame.left - area.left, event.clientY - frame.top - area.top];
    if (own.kind === 'mark') {
      const best = nearest(own.handle, left, top);
      if (best >= 0 && current.drawing.series[seriesOf(own.handle)].keys[best] !== moving?.value) movePoint(own.handle, best);
    } else {
      moveTo(own.handle, tidy(xAt(left), roundStep(current.drawing.options.xaxis.max - current.drawing.options.xaxis.min) / 10));
    }
  }

  /** Left and right as on the picture, up to a higher threshold, down to a lower one. */
  function nextPlace(own, key) {
    const series = seriesOf(own.handle);
    const { keys } = current.drawing.series[series];
    const at = itemOf(own).place ?? placeOfKey(keys, Number(own.element.getAttribute('aria-valuenow')));
    const falls = keys.find(each => each !== null) > keys.findLast(each => each !== null);
    const ends = [keys.findIndex(each => each !== null), keys.findLastIndex(each => each !== null)];
    const [lowest, highest] = falls ? [ends[1], ends[0]] : ends;
    const higher = falls ? -1 : 1;
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowUp: at + higher, ArrowDown: at - higher, PageUp: at + page * higher, PageDown: at - page * higher, Home: lowest, End: highest }[key];
    return to === undefined ? -1 : Math.min(ends[1], Math.max(ends[0], to));
  }

  function nextValue(own, key) {
    const { min, max } = current.drawing.options.xaxis;
    const step = roundStep(max - min);
    const { x } = itemOf(own);
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: page, PageDown: -page }[key];
    return key === 'Home' ? min : key === 'End' ? max : by === undefined ? null : tidy(x + by * step, step);
  }

  function onKey(own, event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const to = own.kind === 'mark' ? nextPlace(own, event.key) : nextValue(own, event.key);
    if (to === null || to === -1) return;
    event.preventDefault();
    if (own.kind === 'mark') movePoint(own.handle, to);
    else moveTo(own.handle, to);
    clearTimeout(resting);
    resting = setTimeout(letGo, rest);
  }

  function add(kind, handle) {
    const element = document.createElement('div');
    const own = { kind, handle, element };
    element.className = `chart-handle ${kind}`;
    element.tabIndex = 0;
    element.setAttribute('role', 'slider');
    element.setAttribute('aria-orientation', 'horizontal');
    element.addEventListener('pointerdown', event => {
      if (event.button !== 0) return;
      element.setPointerCapture(event.pointerId);
    });
    element.addEventListener('pointermove', event => {
      if (element.hasPointerCapture(event.pointerId)) onPointer(own, event);
    });
    element.addEventListener('lostpointercapture', letGo);
    element.addEventListener('keydown', event => onKey(own, event));
    element.addEventListener('blur', () => moving && letGo());
    layer.append(element);
    elements.set(nameOf(kind, handle), own);
  }

  document.addEventListener('chartdrag', onGroup);
  return {
    /** For a picture that was drawn anew. */
    attach(next) {
      current = next;
      const items = [...next.marks.map(item => ['mark', item]), ...next.uprights.map(item => ['upright', item])].filter(([, item]) => next.drawing.reports.drag && item.handle !== undefined && item.handle !== null);
      const names = new Set(items.map(([kind, item]) => nameOf(kind, item.handle)));
      let orphaned = null; // the kind of a handle that had the focus and is gone: where runs come to share a threshold, the shared one takes it over
      for (const [name, { kind, element }] of elements)
        if (!names.has(name)) {
          if (element === document.activeElement) orphaned = kind;
          element.remove();
          elements.delete(name);
        }
      for (const [kind, item] of items) {
        if (!elements.has(nameOf(kind, item.handle))) add(kind, item.handle);
        const { element } = elements.get(nameOf(kind, item.handle));
        element.setAttribute('aria-label', item.handleName);
        element.style.setProperty('--grip', item.color);
      }
      if (moving) follow(moving.handle, moving.value);
      else place();
      if (orphaned) [...elements.values()].find(({ kind, element }) => kind === orphaned && !element.hidden)?.element.focus({ preventScroll: true });
    },
    destroy() {
      clearTimeout(resting);
      document.removeEventListener('chartdrag', onGroup);
      layer.replaceChildren();
    },
  };
}
