// A cut at a quantile that can be dragged across histograms: by mouse, by touch, by keyboard. The picture follows at once; what the cut means is asked for when it rests.

import { savePicture } from './chartExport.js';

const rest = 180; // milliseconds of standing still after which a moved cut is worked out
const keySteps = { ArrowLeft: -0.005, ArrowDown: -0.005, ArrowRight: 0.005, ArrowUp: 0.005, PageDown: -0.05, PageUp: 0.05 };
const oneRun = 1500; // key presses closer than this are one change in the browser's history
const svgNamespace = 'http://www.w3.org/2000/svg';

function read(figure) {
  const { min, max, knots, left, width, name, side } = figure.dataset;
  return { figure, min: +min, max: +max, knots: knots ? knots.split(' ').map(Number) : [], left: +left, width: +width, name, side };
}

/** The value at a quantile, between the knots a straight line. */
function valueAt({ knots }, quantile) {
  if (knots.length === 0) return null;
  const place = quantile * (knots.length - 1);
  const below = Math.min(Math.floor(place), knots.length - 1);
  const above = Math.min(below + 1, knots.length - 1);
  return knots[below] + (place - below) * (knots[above] - knots[below]);
}

/** The quantile of a value: the middle of those that have it, where several do. */
function quantileOf({ knots }, value) {
  if (knots.length < 2) return 0.5;
  let low = 0;
  while (low < knots.length && knots[low] < value) low++;
  if (low === 0) return 0;
  if (low === knots.length) return 1;
  const step = knots[low] - knots[low - 1];
  return (low - 1 + (step > 0 ? (value - knots[low - 1]) / step : 0.5)) / (knots.length - 1);
}

export function attach(root, component) {
  const controller = new AbortController();
  const on = (target, name, handler, options) => target.addEventListener(name, handler, { signal: controller.signal, ...options });
  let quantile = null; // while it is moved
  let drag = null;
  let timer = 0;
  let lastKey = -Infinity;
  let isFirst = true;

  const figures = () => [...root.querySelectorAll('.histogram')].map(read);
  const handleOf = figure => figure.querySelector('[data-cut-handle]');
  const current = () => quantile ?? Number(handleOf(root.querySelector('.histogram')).getAttribute('aria-valuenow')) / 100;

  function draw() {
    const percent = String(Math.round(quantile * 1e5) / 1e3);
    for (const drawn of figures()) {
      const value = valueAt(drawn, quantile);
      if (value === null) continue;
      const share = drawn.max > drawn.min ? Math.min(1, Math.max(0, (value - drawn.min) / (drawn.max - drawn.min))) : 0;
      const at = drawn.left + drawn.width * share;
      const handle = handleOf(drawn.figure);
      handle.style.left = `${at}%`;
      handle.setAttribute('aria-valuenow', percent);
      handle.setAttribute('aria-valuetext', `${percent} % quantile, ${value.toFixed(3)}`);
      const line = drawn.figure.querySelector('[data-cut-line]');
      line.setAttribute('x1', `${at}%`);
      line.setAttribute('x2', `${at}%`);
      line.removeAttribute('visibility');
      const clip = drawn.figure.querySelector('[data-cut-clip]');
      clip.setAttribute('x', root.dataset.low === 'true' ? '0%' : `${at}%`);
      clip.setAttribute('width', root.dataset.low === 'true' ? `${at}%` : `${100 - at}%`);
    }
    const number = root.parentElement.querySelector('[data-cut-number]');
    if (number) number.value = percent;
  }

  function move(to) {
    quantile = Math.round(Math.min(1, Math.max(0, to)) * 1e4) / 1e4;
    draw();
    clearTimeout(timer);
    timer = setTimeout(commit, rest);
  }

  function commit() {
    clearTimeout(timer);
    if (quantile === null) return;
    component.invokeMethodAsync('CommitCutAsync', quantile, isFirst);
    isFirst = false;
    if (!drag) quantile = null;
  }

  function quantileUnder(event) {
    const svg = drag.drawn.figure.querySelector('svg').getBoundingClientRect();
    const share = ((event.clientX - svg.left) / svg.width * 100 - drag.drawn.left) / drag.drawn.width;
    const value = drag.drawn.min + Math.min(1, Math.max(0, share)) * (drag.drawn.max - drag.drawn.min);
    return quantileOf(drag.drawn, value);
  }

  on(root, 'pointerdown', event => {
    const plot = event.target.closest('.histogram-plot');
    if (!plot || event.button !== 0) return;
    const figure = plot.closest('.histogram');
    const onHandle = event.target.closest('[data-cut-handle]');
    if (!onHandle && event.pointerType !== 'mouse') return; // a finger on the plot scrolls the page
    drag = { drawn: read(figure), pointer: event.pointerId, handle: handleOf(figure), moved: false };
    if (drag.drawn.knots.length === 0) return void (drag = null);
    isFirst = true;
    drag.handle.setPointerCapture(event.pointerId);
    drag.handle.focus();
    if (!onHandle) {
      drag.moved = true;
      move(quantileUnder(event));
    }
    event.preventDefault();
  });

  on(root, 'pointermove', event => {
    if (!drag || event.pointerId !== drag.pointer) return;
    drag.moved = true;
    move(quantileUnder(event));
  });

  function release(event) {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { moved } = drag;
    drag = null;
    if (moved) commit();
  }

  on(root, 'pointerup', release);
  on(root, 'pointercancel', release);

  on(root, 'keydown', event => {
    if (!event.target.closest('[data-cut-handle]')) return;
    const step = keySteps[event.key];
    const to = step !== undefined ? current() + (event.shiftKey ? step / 5 : step) : event.key === 'Home' ? 0 : event.key === 'End' ? 1 : null;
    if (to === null) return;
    event.preventDefault();
    if (event.timeStamp - lastKey > oneRun) isFirst = true;
    lastKey = event.timeStamp;
    move(to);
  });

  return {
    save(format) {
      return save(root, format);
    },
    destroy() {
      clearTimeout(timer);
      controller.abort();
    },
  };
}

// What a style sheet says has to stand in a file that stands alone.
const properties = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'font-size', 'font-weight', 'visibility', 'text-anchor'];

function settle(source, copy) {
  const style = getComputedStyle(source);
  copy.setAttribute('style', properties.map(name => `${name}:${style.getPropertyValue(name)}`).join(';'));
  [...source.children].forEach((child, index) => settle(child, copy.children[index]));
}

function add(parent, name, attributes, text) {
  const element = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
}

async function save(root, format) {
  const style = getComputedStyle(root);
  const [ink, soft, paper] = ['--ink', '--soft', '--paper'].map(name => style.getPropertyValue(name).trim());
  const drawn = [...root.querySelectorAll('.histogram')];
  const width = Math.max(...drawn.map(figure => figure.querySelector('svg').getBoundingClientRect().width));
  const height = 36 + drawn.reduce((sum, figure) => sum + figure.querySelector('svg').getBoundingClientRect().height + 34, 0) + 24;
  const svg = add(document.createDocumentFragment(), 'svg', { xmlns: svgNamespace, width: width + 32, height, viewBox: `0 0 ${width + 32} ${height}`, 'font-family': style.fontFamily });
  add(svg, 'title', {}, root.dataset.title);
  add(svg, 'rect', { width: '100%', height: '100%', fill: paper });
  add(svg, 'text', { x: 16, y: 26, fill: ink, 'font-size': 15, 'font-weight': 600 }, root.dataset.title);
  let top = 40;
  for (const figure of drawn) {
    const source = figure.querySelector('svg');
    add(svg, 'text', { x: 16, y: top + 14, fill: soft, 'font-size': 13 }, `${figure.dataset.name} · ${figure.querySelector('[data-cut-words]').textContent.trim()}`);
    const copy = source.cloneNode(true);
    settle(source, copy);
    const box = source.getBoundingClientRect();
    for (const [key, value] of Object.entries({ x: 16, y: top + 22, width: box.width, height: box.height })) copy.setAttribute(key, value);
    svg.append(copy);
    top += box.height + 34;
  }
  add(svg, 'text', { x: 16, y: top + 14, fill: soft, 'font-size': 12 }, root.dataset.note);
  await savePicture({ text: new XMLSerializer().serializeToString(svg), width: width + 32, height }, root.dataset.title, format);
}
