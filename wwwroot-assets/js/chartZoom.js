// Looking closer: a rectangle that is drawn, the wheel, the keyboard. What was asked for is reported; the page decides and draws anew.

import { scalesOf } from './chartLayers.js';

const least = 8; // pixels that a rectangle has at least in one direction
const wheelRest = 160; // milliseconds after the last turn of the wheel
const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** Follows pointer, wheel and keyboard over a drawn chart; returns how to stop. */
export function attachZoom(current, component, root, reader) {
  const { host, drawing } = current;
  if (!drawing.reports.zoom) return () => {};
  const canvas = host.parentElement;
  const { xaxis, yaxis } = drawing.options;
  let from = null; // where the rectangle begins
  let box = null;
  let ended = -Infinity;
  let wheel = null; // the part that the wheel has come to

  const report = part => component.invokeMethodAsync('ReportZoomAsync', part);

  function pixelsOf(event) {
    const { area } = scalesOf(current);
    const frame = host.getBoundingClientRect();
    return {
      left: Math.min(area.width, Math.max(0, event.clientX - frame.left - area.left)),
      top: Math.min(area.height, Math.max(0, event.clientY - frame.top - area.top)),
    };
  }

  /** A direction that was hardly moved in keeps its whole span. */
  function partBetween(a, b) {
    const { xAt, yAt } = scalesOf(current);
    const wide = Math.abs(a.left - b.left) >= least;
    const high = Math.abs(a.top - b.top) >= least;
    return {
      xMin: wide ? xAt(Math.min(a.left, b.left)) : xaxis.min,
      xMax: wide ? xAt(Math.max(a.left, b.left)) : xaxis.max,
      yMin: high ? yAt(Math.max(a.top, b.top)) : yaxis.min,
      yMax: high ? yAt(Math.min(a.top, b.top)) : yaxis.max,
      nothing: !wide && !high,
    };
  }

  function draw(to) {
    const { area } = scalesOf(current);
    Object.assign(box.style, {
      left: `${area.left + Math.min(from.left, to.left)}px`,
      top: `${area.top + Math.min(from.top, to.top)}px`,
      width: `${Math.abs(from.left - to.left)}px`,
      height: `${Math.abs(from.top - to.top)}px`,
    });
  }

  function onDown(event) {
    if (event.button !== 0 || !(event.shiftKey || root.classList.contains('zooms'))) return;
    event.preventDefault();
    event.stopPropagation();
    from = pixelsOf(event);
    box = document.createElement('div');
    box.className = 'chart-rectangle';
    canvas.append(box);
    draw(from);
    canvas.setPointerCapture(event.pointerId);
    root.classList.add('busy');
  }

  function onMove(event) {
    if (from) draw(pixelsOf(event));
  }

  function end() {
    box?.remove();
    [from, box] = [null, null];
    root.classList.remove('busy');
  }

  function onUp(event) {
    if (!from) return;
    const { nothing, ...part } = partBetween(from, pixelsOf(event));
    end();
    ended = performance.now();
    if (!nothing) report(part);
  }

  function onWheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const { left, top } = pixelsOf(event);
    const { area } = scalesOf(current);
    const part = wheel?.part ?? { xMin: xaxis.min, xMax: xaxis.max, yMin: yaxis.min, yMax: yaxis.max };
    const factor = Math.exp(Math.max(-120, Math.min(120, event.deltaY)) / 300);
    const [x, y] = [part.xMin + (left / area.width) * (part.xMax - part.xMin), part.yMax - (top / area.height) * (part.yMax - part.yMin)];
    clearTimeout(wheel?.timer);
    wheel = {
      part: { xMin: x - (x - part.xMin) * factor, xMax: x + (part.xMax - x) * factor, yMin: y - (y - part.yMin) * factor, yMax: y + (part.yMax - y) * factor },
      timer: setTimeout(() => {
        const turned = wheel.part;
        wheel = null;
        report(turned);
      }, wheelRest),
    };
  }

  function onKey(event) {
    if (event.key === 'Escape' && from) return end();
    const direction = event.shiftKey ? directions[event.key] : undefined;
    if (!direction || event.target !== reader) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const [x, y] = [(direction[0] * (xaxis.max - xaxis.min)) / 4, (direction[1] * (yaxis.max - yaxis.min)) / 4];
    report({ xMin: xaxis.min + x, xMax: xaxis.max + x, yMin: yaxis.min + y, yMax: yaxis.max + y });
  }

  const stop = new AbortController();
  const options = { signal: stop.signal };
  canvas.addEventListener('pointerdown', onDown, { ...options, capture: true });
  canvas.addEventListener('pointermove', onMove, options);
  canvas.addEventListener('pointerup', onUp, options);
  canvas.addEventListener('pointercancel', end, options);
  canvas.addEventListener('click', event => performance.now() - ended < 80 && event.stopPropagation(), { ...options, capture: true }); // the rectangle's end is no click
  canvas.addEventListener('wheel', onWheel, { ...options, passive: false });
  root.addEventListener('keydown', onKey, { ...options, capture: true });
  return () => {
    clearTimeout(wheel?.timer);
    end();
    stop.abort();
  };
}
