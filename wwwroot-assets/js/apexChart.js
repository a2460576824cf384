import ApexCharts from '../lib/apexcharts/apexcharts.esm.js';
import { attachHover } from './chartHover.js';
import { saveChart } from './chartExport.js';

const variable = /^var\((--[\w-]+)\)$/;

/** SVG attributes know no custom properties, so each var(--x) becomes the value that the theme gives it now. */
function resolve(value, style) {
  if (typeof value === 'string') {
    const name = variable.exec(value)?.[1];
    return name ? style.getPropertyValue(name).trim() : value;
  }
  if (Array.isArray(value)) return value.map(item => resolve(item, style));
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, style)]));
  return value;
}

/**
 * Draws into element and returns what the component holds: update, save, destroy.
 * An update draws beside the old picture and then takes its place, so nothing of the old one can remain and nothing flickers.
 */
export async function create(element, drawing, component) {
  let current = null;
  let turn = 0;

  async function draw() {
    const mine = ++turn;
    const host = document.createElement('div');
    host.className = 'chart-host';
    element.append(host);
    // ApexCharts changes the options that it is given (yaxis becomes an array), so it gets its own copy.
    const resolved = resolve(drawing, getComputedStyle(element));
    const chart = new ApexCharts(host, structuredClone(resolved.options));
    await chart.render();
    const next = { host, chart, drawing: resolved, hover: null };
    if (mine !== turn) return remove(next);
    next.hover = attachHover(next, component, element.parentElement.querySelector('.chart-reader'));
    if (current) remove(current);
    current = next;
    element.dataset.drawn = String(mine);
  }

  function remove({ host, chart, hover }) {
    hover?.();
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
      if (current) remove(current);
      current = null;
    },
  };
}
