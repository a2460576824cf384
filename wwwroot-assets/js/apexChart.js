import ApexCharts from '../lib/apexcharts/apexcharts.esm.js';
import { attachHover } from './chartHover.js';
import { attachZoom } from './chartZoom.js';
import { drawLayers } from './chartLayers.js';
import { handlesOf } from './chartHandles.js';
import { saveChart } from './chartExport.js';

const variable = /var\((--[\w-]+)\)/g;

/** SVG attributes know no custom properties, so each var(--x) becomes the value that the theme gives it now. */
function resolve(value, style) {
  if (typeof value === 'string') return value.includes('var(') ? value.replace(variable, (_, name) => style.getPropertyValue(name).trim()) : value;
  if (Array.isArray(value)) return value.map(item => resolve(item, style));
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, style)]));
  return value;
}

const frame = { guide: 'var(--guide)', ink: 'var(--soft)', paper: 'var(--paper)' };

/** Whether a tick of the x axis has room for its number: of those that stand too close only every second has, or third. */
function isLabelled({ min, max, tickAmount, decimalsInFloat }, value, width) {
  const letters = Math.max(...[min, max].map(end => end.toFixed(decimalsInFloat).length));
  const every = Math.ceil((tickAmount * (letters * 7 + 8)) / Math.max(1, width - 90));
  const zero = Math.round((-min / (max - min)) * tickAmount); // labels stand at zero, where it is a tick
  return (Math.round(((value - min) / (max - min)) * tickAmount) - zero) % every === 0;
}

/**
 * Draws into element and returns what the component holds: update, save, destroy.
 * An update draws beside the old picture and then takes its place, so nothing of the old one can remain and nothing flickers.
 */
export async function create(element, drawing, component) {
  const root = element.parentElement;
  const reader = root.querySelector('.chart-reader');
  const handles = handlesOf(root, component);
  let current = null;
  let turn = 0;

  async function draw() {
    const mine = ++turn;
    const host = document.createElement('div');
    host.className = 'chart-host';
    element.append(host);
    const next = { host, chart: null, drawing: resolve({ ...drawing, ...frame }, getComputedStyle(element)), marks: [], uprights: [], hover: null, zoom: null };
    // ApexCharts changes the options that it is given (yaxis becomes an array), so it gets its own copy.
    const options = structuredClone(next.drawing.options);
    const words = ({ decimalsInFloat }, value) => Number(value).toFixed(decimalsInFloat).replace('-', '\u2212');
    const { xaxis, yaxis } = next.drawing.options;
    options.yaxis.labels.formatter = value => words(yaxis, value);
    options.xaxis.labels.formatter = value => (isLabelled(xaxis, value, host.clientWidth) ? words(xaxis, value) : '');
    // It draws itself anew when the window changes its width, and what was drawn into it is gone.
    options.chart.events = { updated: () => next === current && complete(next) };
    next.chart = new ApexCharts(host, options);
    await next.chart.render();
    if (mine !== turn) return remove(next);
    const before = current;
    current = next;
    complete(next);
    next.hover = attachHover(next, component, root, reader);
    next.zoom = attachZoom(next, component, root, reader);
    if (before) remove(before);
    element.dataset.drawn = String(mine);
  }

  function complete(drawn) {
    drawLayers(drawn);
    handles.attach(drawn);
  }

  function remove({ host, chart, hover, zoom }) {
    hover?.stop();
    zoom?.();
    chart.destroy();
    host.remove();
  }

  const onTheme = () => draw();
  document.addEventListener('themechange', onTheme);
  await draw();

  return {
    update(next) {
      drawing = next;
      return draw();
    },
    save(format) {
      return current && saveChart(current, format);
    },
    destroy() {
      turn++;
      document.removeEventListener('themechange', onTheme);
      handles.destroy();
      if (current) remove(current);
      current = null;
    },
  };
}
